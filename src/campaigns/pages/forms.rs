//! The forms: a campaign, its summary, why a matter is taken out.

use super::days;
use crate::campaigns::forms::{CampaignForm, CloseForm, TakeOutForm};
use crate::campaigns::types::Campaign;
use crate::campaigns::urls;
use crate::campaigns::views::Shown;
use crate::matters::Matter;
use crate::matters::pages::head_line;
use crate::people::StaffId;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, date, hidden, select, text, textarea};
use crate::web::formats::money;
use maud::{Markup, html};

/// What the form of a campaign is drawn from.
pub struct CampaignPage<'a> {
    /// The one that is changed; `None` for a new one.
    pub campaign: Option<&'a Campaign>,
    pub staff: &'a [(StaffId, String)],
    pub typed: &'a CampaignForm,
}

pub fn campaign(frame: &Frame, page: &CampaignPage, told: &Complaints) -> Markup {
    let (title, back, back_label) = match page.campaign {
        Some(campaign) => ("修改集中执行", urls::campaign(campaign.id), campaign.name.as_str()),
        None => ("新建集中执行", urls::LIST.to_owned(), "集中执行"),
    };
    frame
        .titled(title, "enforcement#campaigns")
        .back(back, back_label)
        .narrow()
        .body(html! { (told.summary()) (fields(frame, page, told)) })
}

fn fields(frame: &Frame, page: &CampaignPage, told: &Complaints) -> Markup {
    let to = page.campaign.map_or_else(|| urls::NEW.to_owned(), |campaign| urls::edit(campaign.id));
    let staff = page.staff.iter().map(|(id, name)| (id.to_string(), name.clone()));
    let typed = page.typed;
    html! {
        (PostForm::to(&to, &frame.csrf).enter_next().body(html! {
            (hidden("version", typed.version))
            (text("name", "名称").value(&typed.name).told(told).required().hint("例如：2026年冬季涉民生案件集中执行。"))
            (textarea("goal", "目标", 3).value(&typed.goal).told(told).required()
                .hint("针对哪些事项，要达到什么结果。"))
            (date("starts_on", "开始日期").value(&typed.starts_on).told(told).required())
            (date("ends_on", "结束日期").value(&typed.ends_on).told(told).required())
            (select("responsible", "负责人", staff).value(&typed.responsible).told(told).required())
            div.actions { button.primary { "保存" } }
        }))
    }
}

/// Somebody else changed the campaign meanwhile: as it stands now beside what was typed.
pub fn conflict(frame: &Frame, page: &CampaignPage, now: &Shown) -> Markup {
    let campaign = &now.campaign;
    let anew = CampaignForm { version: campaign.version, ..page.typed.clone() };
    let again = CampaignPage { typed: &anew, ..*page };
    frame
        .titled("别人刚刚改动过这次集中执行", "enforcement#campaigns")
        .back(urls::campaign(campaign.id), &campaign.name)
        .body(html! {
            p { "您打开页面以后，有人先改动了，您填写的还没有保存。请对照两边，再决定怎么办。" }
            div.two {
                section.box {
                    h2 { "您填写的" }
                    @if campaign.is_open() { (fields(frame, &again, &Complaints::default())) }
                    @else { p { "这次集中执行已经总结，不能再修改。" } }
                }
                section.box {
                    h2 { "现在的情况" }
                    dl.facts {
                        dt { "名称" } dd { (campaign.name) }
                        dt { "时间" } dd { (days(campaign)) }
                        dt { "负责人" } dd { (now.responsible) }
                        dt { "目标" } dd { (campaign.goal) }
                    }
                }
            }
            p { a href=(urls::campaign(campaign.id)) { "不改了，回到集中执行" } }
        })
}

pub fn close(frame: &Frame, shown: &Shown, typed: &CloseForm, told: &Complaints) -> Markup {
    let (campaign, results) = (&shown.campaign, &shown.results);
    frame
        .titled("总结", "enforcement#campaign")
        .back(urls::campaign(campaign.id), &campaign.name)
        .narrow()
        .body(html! {
            p {
                (results.matters) " 件事项，办结 " (results.closed) " 件，期间到账 " (money(results.during))
                "，累计到账 " (money(results.paid)) "，没有到账 " (money(results.outstanding)) "。"
            }
            (told.summary())
            (PostForm::to(&urls::close(campaign.id), &frame.csrf).enter_next().body(html! {
                (hidden("version", typed.version))
                (textarea("summary", "总结", 6).value(&typed.summary).told(told).required()
                    .hint("做成了什么，没有做成的为什么、由谁接着办。"))
                p.soft { "总结以后不能再修改，也不能再列入、移出事项；各件事项照常办理，累计到账继续更新。" }
                div.actions { button.primary { "完成总结" } }
            }))
        })
}

pub fn take_out(
    frame: &Frame,
    (campaign, matter): (&Campaign, &Matter),
    typed: &TakeOutForm,
    told: &Complaints,
) -> Markup {
    frame
        .titled("移出集中执行", "enforcement#campaign")
        .back(urls::campaign(campaign.id), &campaign.name)
        .narrow()
        .body(html! {
            (head_line(matter))
            (told.summary())
            (PostForm::to(&urls::take_out(campaign.id, matter.id), &frame.csrf).enter_next().body(html! {
                (textarea("reason", "为什么移出", 2).value(&typed.reason).told(told).required())
                div.actions { button.primary { "移出" } }
            }))
        })
}

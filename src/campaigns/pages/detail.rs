//! One campaign: its aim, its results, its matters.

use super::{days, standing};
use crate::campaigns::forms::PutInForm;
use crate::campaigns::urls;
use crate::campaigns::views::{Detail, MemberRow};
use crate::enforcement;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, textarea};
use crate::web::formats::{money, plain_date, yuan};
use crate::web::{Column, Frame, Paging, Row, Table};
use chrono::NaiveDate;
use maud::{Markup, html};

/// What the page is drawn from.
pub struct DetailPage<'a> {
    pub detail: &'a Detail,
    pub today: NaiveDate,
    /// Whether this isn't the first page of its matters.
    pub later: bool,
    pub may_export: bool,
    pub typed: &'a PutInForm,
}

pub fn detail(frame: &Frame, page: &DetailPage, told: &Complaints) -> Markup {
    let campaign = &page.detail.shown.campaign;
    let mut titled = frame.titled(&campaign.name, "enforcement#campaign").back(urls::LIST, "集中执行");
    if page.detail.may_run {
        titled = titled.action(html! {
            a.button href=(urls::edit(campaign.id)) { "修改" }
            a.button.primary href=(urls::close(campaign.id)) { "总结" }
        });
    }
    titled.body(html! {
        (told.summary())
        (facts(page))
        (results(page.detail))
        (members(page))
        @if page.detail.may_run { (put_in(frame, page, told)) }
    })
}

fn facts(page: &DetailPage) -> Markup {
    let (detail, campaign) = (page.detail, &page.detail.shown.campaign);
    html! {
        dl.facts {
            dt { "时间" } dd { (days(campaign)) "　" (standing(&detail.shown, page.today)) }
            dt { "负责人" } dd { (detail.shown.responsible) }
            dt { "目标" } dd { (campaign.goal) }
            dt { "建立" } dd { (detail.created_by) "，" (plain_date(Moment::from_utc(campaign.created_at).today())) }
            @if let (Some(by), Some(at)) = (&detail.closed_by, campaign.closed_at) {
                dt { "总结" } dd { (campaign.summary) "\n" span.soft { (by) "，" (plain_date(Moment::from_utc(at).today())) } }
            }
        }
    }
}

fn results(detail: &Detail) -> Markup {
    let results = &detail.shown.results;
    html! {
        section aria-labelledby="results" {
            h2 id="results" { "成效" }
            dl.facts.strip {
                div { dt { "事项" } dd { (results.matters) " 件" } }
                div { dt { "期间办结" } dd { (results.closed) " 件" } }
                div { dt { "应执行金额" } dd { (money(results.due)) } }
                div { dt { "期间到账" } dd { (money(results.during)) } }
                div { dt { "累计到账" } dd { (money(results.paid)) @if let Some(percent) = results.percent() { "（" (percent) "%）" } } }
                div { dt { "没有到账" } dd { (money(results.outstanding)) } }
                div { dt { "满意度" } dd {
                    @match results.satisfaction() {
                        Some(percent) => { (percent) "%（" (results.rated) " 人评价，" (results.satisfied) " 人满意或者基本满意）" }
                        None => "还没有评价",
                    }
                } }
            }
            p.soft { "只算您看得到的事项。办结、评价和“期间到账”只算日期在这次集中执行起止日期之内的，更正冲销的不算；到账比例逐件计算，一件多收的不抵另一件的差额。" }
        }
    }
}

fn members(page: &DetailPage) -> Markup {
    let (detail, campaign) = (page.detail, &page.detail.shown.campaign);
    let here = urls::campaign(campaign.id);
    let next = detail.members.next(|last| format!("{here}?after={}", last.listed.matter.id));
    let columns = vec![
        Column::new("事项编号").class("tight"),
        Column::new("信访人和诉求").class("wide"),
        Column::new("责任人").class("tight"),
        Column::new("应执行（元）").class("number tight"),
        Column::new("期间到账（元）").class("number tight"),
        Column::new("累计到账（元）").class("number tight"),
        Column::new("未到账（元）").class("number tight"),
        Column::new("办理").class("tight"),
    ];
    let tools = html! {
        @if page.may_export { a.button href=(urls::export(campaign.id)) { "导出 Excel" } }
    };
    let table = Table::new("列入的事项", columns)
        .rows(detail.members.rows.iter().map(|member| row(detail, member)))
        .paging(Paging { previous: page.later.then(|| here.clone()), next })
        .tools(tools)
        .empty(html! {
            p { "还没有列入您看得到的事项。" }
            @if detail.may_run { p { "可以在下面填写事项编号，也可以在事项的“执行任务和到账”页面列入。" } }
        });
    html! {
        section aria-labelledby="members" { h2 id="members" { "列入的事项" } (table.draw()) }
    }
}

fn row(detail: &Detail, member: &MemberRow) -> Row {
    let (line, matter) = (&member.line, &member.listed.matter);
    Row::link(enforcement::urls::of_matter(matter.id))
        .due(member.listed.due.as_ref())
        .cell(&matter.number)
        .cell(html! { div {
            span.clamp { (matter.petitioner_line) "：" (matter.claim) }
            @if let Some(due) = &member.listed.due { span.soft { "最早的措施 " } (due) }
        } })
        .cell(&member.listed.accountable)
        .cell(line.due.map_or_else(|| "未确定".to_owned(), yuan))
        .cell(yuan(line.during))
        .cell(yuan(line.paid))
        .cell(yuan(line.outstanding))
        .cell(html! { div {
            (matter.stage.label())
            @if let Some(score) = line.score { br; span.soft { (score.label()) } }
            @if detail.may_run {
                br; a href=(urls::take_out(detail.shown.campaign.id, matter.id)) aria-label={ "移出" (matter.number) } { "移出" }
            }
        } })
}

fn put_in(frame: &Frame, page: &DetailPage, told: &Complaints) -> Markup {
    html! {
        section.box aria-labelledby="put-in" {
            h2 id="put-in" { "列入事项" }
            (PostForm::to(&urls::put_in(page.detail.shown.campaign.id), &frame.csrf).body(html! {
                (textarea("numbers", "事项编号", 3).value(&page.typed.numbers).told(told)
                    .hint("每行一个，可以从台账或者 Excel 里复制，例如 石法访〔2026〕0012号。已经列入的不会重复。"))
                div.actions { button { "列入" } }
            }))
        }
    }
}

//! The forms of a tier, one page each.

use super::{offered, sitting, step};
use crate::escalation::forms::{
    ActForm, GiveUpForm, HeardForm, HintForm, HintOutcome, HoldForm, MeasureForm, MeetingForm, MemberForm,
    NamingForm, NewsForm, PlanForm, ReportForm, SignForm, TextForm,
};
use crate::escalation::types::{LeaderAct, Measure, MeasureState, Member, Seat, Tier};
use crate::escalation::urls;
use crate::escalation::views::Detail;
use crate::matters::types::{HeardAt, HeardLevel, HeardManner, HeardSource, Stage};
use crate::people::StaffId;
use crate::people::types::Division;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, date, hidden, radios, select, text, textarea};
use crate::web::formats::{date as day, plain_date};
use chrono::NaiveDate;
use maud::{Markup, html};

/// What the page for naming who is in charge is drawn from.
pub struct NamingPage<'a> {
    pub detail: &'a Detail,
    /// The leaders with what each has in charge: open matters, and those without their acts.
    pub leaders: &'a [(StaffId, String, (i64, i64))],
    /// The last day that can be asked for.
    pub last: NaiveDate,
    pub typed: &'a NamingForm,
}

/// Names the leader in charge, the responsible person and the deadline, each leader's load beside the name.
pub fn naming(frame: &Frame, page: &NamingPage, told: &Complaints) -> Markup {
    let (detail, typed) = (page.detail, page.typed);
    let id = detail.matter.id;
    let load = |(who, name, (open, late)): &(StaffId, String, (i64, i64))| {
        let late = if *late > 0 { format!("，其中包而未办 {late} 件") } else { String::new() };
        (who.to_string(), format!("{name}　正在包案 {open} 件{late}"))
    };
    let leaders: Vec<(String, String)> = page.leaders.iter().map(load).collect();
    let third = detail.tier == Some(Tier::Three);
    let choose = if third {
        "三级事项由组长包案，这里调整责任人和期限。"
    } else {
        "按分管已经选好，可以改选。须回避的领导不在名单里。"
    };
    step(frame, "确定包案领导", "tiers#leader", &detail.matter).body(html! {
        (told.summary())
        @if let Some(why) = detail.history.first() { p { "进入" (detail.tier.map_or("", Tier::label)) "：" (why.row.facts) } }
        (PostForm::to(&urls::step(id, "leader"), &frame.csrf).enter_next().body(html! {
            (hidden("version", &typed.version))
            (radios("leader", "包案领导", leaders).value(&typed.leader).told(told).required()
                .hint(choose))
            (select("responsible", "责任人", offered(&detail.choices)).value(&typed.responsible).told(told).required())
            (date("due_on", "什么时候以前化解").value(&typed.due_on).told(told).required()
                .hint(format!("不晚于{} {}。", if third { "三级期限" } else { "二级期限" }, plain_date(page.last))))
            div.actions { button.primary { "确定" } }
        }))
    })
}

/// Holds an escalation back.
pub fn hold(frame: &Frame, detail: &Detail, typed: &HoldForm, told: &Complaints) -> Markup {
    let id = detail.matter.id;
    step(frame, "暂缓升级", "tiers#hold", &detail.matter).body(html! {
        (told.summary())
        (PostForm::to(&urls::step(id, "hold"), &frame.csrf).body(html! {
            (hidden("stay", typed.stay))
            (date("until", "暂缓到").value(&typed.until).told(told).required().hint("最多五个工作日，每一级只能暂缓一次。"))
            (textarea("text", "理由", 3).value(&typed.text).told(told).required().hint("例如：双方约定本周五签订和解协议。"))
            div.actions { button.primary { "暂缓升级" } }
        }))
    })
}

/// Says that it can't be solved in its tier.
pub fn give_up(frame: &Frame, detail: &Detail, typed: &GiveUpForm, told: &Complaints) -> Markup {
    let id = detail.matter.id;
    let above = detail.tier.and_then(Tier::above).map_or("", Tier::label);
    step(frame, "化解不成，升级", "tiers#hold", &detail.matter).body(html! {
        (told.summary())
        p { "提交以后，事项立即升为" (above) "，重新组成工作组，有关领导会收到邮件。级别不能自行降低。" }
        (PostForm::to(&urls::step(id, "give-up"), &frame.csrf).body(html! {
            (hidden("stay", typed.stay))
            (textarea("text", "为什么在这一级化解不了", 4).value(&typed.text).told(told).required())
            div.actions { button.primary { "升为" (above) } }
        }))
    })
}

/// Ends a sign.
pub fn settle(frame: &Frame, detail: &Detail, typed: &TextForm, told: &Complaints) -> Markup {
    let id = detail.matter.id;
    step(frame, "苗头已化解", "tiers#sign", &detail.matter).body(html! {
        (told.summary())
        (PostForm::to(&urls::step(id, "settle"), &frame.csrf).body(html! {
            (hidden("version", typed.version))
            (textarea("text", "做了什么，结果怎样", 4).value(&typed.text).told(told).required()
                .hint("例如：庭长和原案承办人当面释明，当事人表示接受，不再反映。"))
            div.actions { button.primary { "办结苗头" } }
        }))
    })
}

/// What the page for marking a sign is drawn from.
pub struct SignPage<'a> {
    pub divisions: &'a [Division],
    pub typed: &'a SignForm,
}

/// Marks a sign: one field is enough.
pub fn sign(frame: &Frame, page: &SignPage, told: &Complaints) -> Markup {
    let divisions = std::iter::once((String::new(), "本庭室".to_owned()))
        .chain(page.divisions.iter().map(|one| (one.id.to_string(), one.name.clone())));
    frame
        .titled("标记苗头", "tiers#sign")
        .back(urls::LIST, "三级化解")
        .lead(html! { "案件还没有人来访，但可能引起信访的，写一句话就可以。标记以后进入一级，由带班值周领导牵头化解。" })
        .narrow()
        .body(html! {
            (told.summary())
            (PostForm::to(urls::NEW_SIGN, &frame.csrf).enter_next().body(html! {
                (hidden("submission", &page.typed.submission))
                (textarea("text", "发现了什么", 3).value(&page.typed.text).told(told).required().focus()
                    .hint("例如：宣判后当事人情绪激动，多次表示要到上级反映。"))
                (text("case_number", "案号（可不填）").value(&page.typed.case_number).told(told))
                (select("division", "哪个庭室的案件", divisions).value(&page.typed.division).told(told))
                div.actions { button.primary { "标记苗头" } }
            }))
        })
}

/// Records where it has been heard.
pub fn heard(frame: &Frame, detail: &Detail, typed: &HeardForm, told: &Complaints) -> Markup {
    let id = detail.matter.id;
    let levels = HeardLevel::ALL.iter().map(|level| (level.code(), level.label()));
    let manners = HeardManner::ALL.iter().map(|manner| (manner.code(), manner.label()));
    let sources = [HeardSource::Notice, HeardSource::Confirmed].map(|source| (source.code(), source.label()));
    step(frame, "登记在别处的反映", "tiers#heard", &detail.matter).body(html! {
        (told.summary())
        @if detail.matter.stage == Stage::Closed { p.next { "这件事项已经办结。登记以后，恢复办理时按规则升级。" } }
        (PostForm::to(&urls::step(id, "heard"), &frame.csrf).enter_next().body(html! {
            (hidden("submission", &typed.submission))
            (radios("level", "到哪一级反映", levels).value(&typed.level).told(told).required())
            (text("body", "机关名称").value(&typed.body).told(told).required())
            (radios("manner", "反映方式", manners).value(&typed.manner).told(told).required().hint("视频接访不算外出反映，不升级。"))
            (date("heard_on", "日期").value(&typed.heard_on).told(told).required())
            (radios("source", "来源", sources).value(&typed.source).told(told).required())
            (text("reference", "通报文号，或者怎样核实的").value(&typed.reference).told(told).required())
            div.actions { button.primary { "登记" } }
        }))
    })
}

/// Answers what a visitor said of having been heard elsewhere.
pub fn hint(
    frame: &Frame,
    (detail, heard): (&Detail, &HeardAt),
    typed: &HintForm,
    told: &Complaints,
) -> Markup {
    step(frame, "核实外出反映", "tiers#heard", &detail.matter).body(html! {
        (told.summary())
        blockquote {
            p { "本人陈述：曾到" (heard.level.label()) @if !heard.body.is_empty() { "（" (heard.body) "）" } (heard.manner.label()) "反映" }
            @if let Some(on) = heard.heard_on { p.soft { (day(on)) } }
        }
        (PostForm::to(&urls::hint(detail.matter.id, heard.id), &frame.csrf).body(html! {
            (radios("outcome", "核实结果", HintOutcome::CHOICES).value(&typed.outcome).told(told).required()
                .hint("属实的，事项按规则升级；查无此事的，不再提示。"))
            (textarea("text", "怎样核实的", 2).value(&typed.text).told(told).required().hint("例如：电话询问市信访局接谈科，有登记。"))
            div.actions { button.primary { "确定" } }
        }))
    })
}

/// Records an act of the leader in charge.
pub fn act(frame: &Frame, detail: &Detail, typed: &ActForm, told: &Complaints) -> Markup {
    let id = detail.matter.id;
    let acts = LeaderAct::ALL.iter().map(|act| (act.code(), act.label()));
    let leader = detail.charge.as_ref().map_or("", |shown| shown.leader.as_str());
    step(frame, "记录领导亲自办理", "tiers#acts", &detail.matter).body(html! {
        (told.summary())
        p { "包案领导：" (leader) "。只记领导本人做的事。" }
        (PostForm::to(&urls::step(id, "act"), &frame.csrf).enter_next().body(html! {
            (hidden("submission", &typed.submission))
            (radios("act", "做了什么", acts).value(&typed.act).told(told).required())
            (date("done_on", "日期（不填就是今天）").value(&typed.done_on).told(told))
            (textarea("record", "情况", 4).value(&typed.record).told(told).required().hint("见了谁、研究了什么、协调了哪些单位，结果怎样。"))
            div.actions { button.primary { "记录" } }
        }))
    })
}

/// Records a meeting of the group.
pub fn meeting(frame: &Frame, detail: &Detail, typed: &MeetingForm, told: &Complaints) -> Markup {
    let id = detail.matter.id;
    step(frame, "记录工作组研究", "tiers#meeting", &detail.matter).body(html! {
        (told.summary())
        (PostForm::to(&urls::step(id, "meeting"), &frame.csrf).enter_next().body(html! {
            (hidden("submission", &typed.submission))
            (date("held_on", "日期（不填就是今天）").value(&typed.held_on).told(told))
            (text("present", "参加人").value(&typed.present).told(told).required())
            (textarea("record", "研究情况和结论", 5).value(&typed.record).told(told).required())
            div.actions { button.primary { "记录" } }
        }))
    })
}

/// Adds a measure.
pub fn measure(frame: &Frame, detail: &Detail, typed: &MeasureForm, told: &Complaints) -> Markup {
    let id = detail.matter.id;
    step(frame, "增加措施", "tiers#plan", &detail.matter).body(html! {
        (told.summary())
        (PostForm::to(&urls::step(id, "measures"), &frame.csrf).enter_next().body(html! {
            (hidden("submission", &typed.submission))
            (textarea("text", "措施", 2).value(&typed.text).told(told).required())
            (select("owner", "由谁负责", offered(&sitting(detail))).value(&typed.owner).told(told).required()
                .hint("工作组成员。需要别人负责的，先加入工作组。"))
            (date("due_on", "什么时候以前完成").value(&typed.due_on).told(told).required())
            div.actions { button.primary { "增加措施" } }
        }))
    })
}

/// Says how a measure stands.
pub fn news(frame: &Frame, detail: &Detail, one: &Measure, typed: &NewsForm, told: &Complaints) -> Markup {
    let states = MeasureState::ALL.iter().map(|state| (state.code(), state.label()));
    step(frame, "登记措施进展", "tiers#plan", &detail.matter).body(html! {
        (told.summary())
        blockquote { p { (one.text) } p.soft { (detail.names.get(&one.owner_id).map_or("", String::as_str)) "　" (day(one.due_on)) "前" } }
        (PostForm::to(&urls::measure(detail.matter.id, one.id), &frame.csrf).body(html! {
            (hidden("version", typed.version))
            (radios("state", "现在", states).value(&typed.state).told(told).required())
            (textarea("result", "进展或者结果", 3).value(&typed.result).told(told).hint("完成的必须写明结果。"))
            div.actions { button.primary { "登记" } }
        }))
    })
}

/// Writes the plan.
pub fn plan(frame: &Frame, detail: &Detail, typed: &PlanForm, told: &Complaints) -> Markup {
    let id = detail.matter.id;
    let work = if detail.tier == Some(Tier::Three) { "分工" } else { "分工（二级可不填）" };
    step(frame, "写化解方案", "tiers#plan", &detail.matter).body(html! {
        (told.summary())
        (PostForm::to(&urls::step(id, "plan"), &frame.csrf).body(html! {
            (hidden("number", typed.number))
            (textarea("crux", "症结", 4).value(&typed.crux).told(told).required().hint("事情卡在哪里，信访人真正要的是什么。"))
            (textarea("approach", "化解思路", 5).value(&typed.approach).told(told).required())
            (textarea("division_of_work", work, 4).value(&typed.division_of_work).told(told))
            p.soft { "保存为新的一稿。具体措施在“增加措施”里逐项写明负责人和期限。" }
            div.actions { button.primary { "保存方案" } }
        }))
    })
}

/// Writes the report.
pub fn report(frame: &Frame, detail: &Detail, typed: &ReportForm, told: &Complaints) -> Markup {
    let id = detail.matter.id;
    step(frame, "写案件情况汇报", "tiers#report", &detail.matter).body(html! {
        (told.summary())
        (PostForm::to(&urls::step(id, "report"), &frame.csrf).body(html! {
            (hidden("number", typed.number))
            (textarea("case_facts", "案件基本情况", 5).value(&typed.case_facts).told(told).required())
            (textarea("course", "信访诉求和办理经过", 5).value(&typed.course).told(told).required())
            (textarea("obstacles", "问题和难点", 4).value(&typed.obstacles).told(told).required())
            (textarea("opinion", "下一步意见", 4).value(&typed.opinion).told(told).required())
            div.actions { button.primary { "保存汇报" } }
        }))
    })
}

/// Puts somebody into the group, or gives a seat to somebody else.
pub fn member(
    frame: &Frame,
    detail: &Detail,
    seat: Option<&Member>,
    typed: &MemberForm,
    told: &Complaints,
) -> Markup {
    let id = detail.matter.id;
    let (title, to) = match seat {
        Some(seat) => ("调整工作组成员", urls::member(id, seat.id)),
        None => ("增加工作组成员", urls::step(id, "members")),
    };
    let mut people: Vec<(String, String)> = offered(&detail.choices);
    if let (Some(first), Some(Seat::Invited)) = (people.first_mut(), seat.map(|seat| seat.seat)) {
        "不再参加，不要人接替".clone_into(&mut first.1);
    }
    let name = seat.and_then(|seat| detail.names.get(&seat.staff_id));
    step(frame, title, "tiers#group", &detail.matter).body(html! {
        (told.summary())
        @if let (Some(seat), Some(name)) = (seat, name) { p { (seat.seat.label()) "：现在是" (name) } }
        (PostForm::to(&to, &frame.csrf).enter_next().body(html! {
            (hidden("version", typed.version))
            (select("staff", if seat.is_some() { "由谁接替" } else { "增加谁" }, people).value(&typed.staff).told(told))
            (text("reason", "理由").value(&typed.reason).told(told).required())
            div.actions { button.primary { "保存" } }
        }))
    })
}

//! Somebody else was there first: how things stand now beside what was typed, and the choice between them.

use super::papers::{measure_form, plan_of, report_of};
use crate::error::Problem;
use crate::escalation::forms::{MemberForm, NamingForm, NewsForm, PlanForm, ReportForm, TextForm};
use crate::escalation::types::{Measure, MeasureState, Member, Tier};
use crate::escalation::urls;
use crate::escalation::views::Detail;
use crate::people::StaffId;
use crate::web::Frame;
use crate::web::conflict::{Beside, Both, fields_of};
use crate::web::formats::plain_date;
use actix_web::HttpResponse;

const HELP: &str = "tiers#detail";

/// A plan of which there is a newer version.
pub fn plan(frame: &Frame, detail: &Detail, mine: &PlanForm) -> Result<HttpResponse, Problem> {
    let theirs = plan_of(detail);
    let both = Both {
        title: "化解方案",
        help: "tiers#plan",
        keep: &urls::of(detail.matter.id),
        action: &urls::step(detail.matter.id, "plan"),
        mine: fields_of(mine)?,
        theirs: fields_of(&theirs)?,
        labels: &[("crux", "症结"), ("approach", "化解思路"), ("division_of_work", "分工")],
        fresh: vec![("number", theirs.number.to_string())],
        words: &|_, _| None,
    };
    Ok(both.answer(frame))
}

/// A report of which there is a newer version.
pub fn report(frame: &Frame, detail: &Detail, mine: &ReportForm) -> Result<HttpResponse, Problem> {
    let theirs = report_of(detail);
    let both = Both {
        title: "案件情况汇报",
        help: "tiers#report",
        keep: &urls::of(detail.matter.id),
        action: &urls::step(detail.matter.id, "report"),
        mine: fields_of(mine)?,
        theirs: fields_of(&theirs)?,
        labels: &[
            ("case_facts", "案件基本情况"),
            ("course", "信访诉求和办理经过"),
            ("obstacles", "问题和难点"),
            ("opinion", "下一步意见"),
        ],
        fresh: vec![("number", theirs.number.to_string())],
        words: &|_, _| None,
    };
    Ok(both.answer(frame))
}

/// A measure whose state was told meanwhile.
pub fn news(frame: &Frame, detail: &Detail, one: &Measure, mine: &NewsForm) -> Result<HttpResponse, Problem> {
    let both = Both {
        title: "措施进展",
        help: "tiers#plan",
        keep: &urls::of(detail.matter.id),
        action: &urls::measure(detail.matter.id, one.id),
        mine: fields_of(mine)?,
        theirs: fields_of(&measure_form(one))?,
        labels: &[("state", "现在"), ("result", "进展或者结果")],
        fresh: vec![("version", one.version.to_string())],
        words: &|name, value| {
            let state = MeasureState::from_code(value).filter(|_| name == "state");
            state.map(|state| state.label().to_owned())
        },
    };
    Ok(both.answer(frame))
}

/// What somebody is called whose id was sent.
fn called(detail: &Detail, id: &str) -> Option<String> {
    let id: StaffId = id.parse().ok()?;
    let choice = detail.choices.iter().find(|(who, _)| *who == id).map(|(_, name)| name.clone());
    choice.or_else(|| detail.names.get(&id).cloned())
}

/// A leader in charge who was named meanwhile.
pub fn naming(
    frame: &Frame,
    detail: &Detail,
    (mine, theirs): (&NamingForm, &NamingForm),
) -> Result<HttpResponse, Problem> {
    let both = Both {
        title: "包案领导",
        help: "tiers#leader",
        keep: &urls::of(detail.matter.id),
        action: &urls::step(detail.matter.id, "leader"),
        mine: fields_of(mine)?,
        theirs: fields_of(theirs)?,
        labels: &[("leader", "包案领导"), ("responsible", "责任人"), ("due_on", "什么时候以前化解")],
        fresh: vec![("version", theirs.version.clone())],
        words: &|name, value| if name == "due_on" { None } else { called(detail, value) },
    };
    Ok(both.answer(frame))
}

/// Who sits in the group, as one line says it.
fn sitting(detail: &Detail) -> String {
    let one = |shown: &crate::escalation::views::MemberShown| {
        format!("{}（{}）", shown.name, shown.member.seat.label())
    };
    detail.members.iter().map(one).collect::<Vec<_>>().join("、")
}

/// A group that was changed meanwhile, or the seat in it. `seat`: as it is held now, if it still is.
pub fn member(
    frame: &Frame,
    detail: &Detail,
    (action, seat): (&str, Option<&Member>),
    mine: &MemberForm,
) -> HttpResponse {
    let version = detail.group.as_ref().map(|group| group.version);
    let who =
        if mine.staff.is_empty() { Some("不要人接替".to_owned()) } else { called(detail, &mine.staff) };
    let mut now = vec![("工作组现在", sitting(detail))];
    if let Some(seat) = seat {
        now.push(("这个席位", seat.seat.label().to_owned()));
    }
    now.extend([("您选择的", who.unwrap_or_default()), ("您写的理由", mine.reason.clone())]);
    let again = version.filter(|_| detail.may.run && (seat.is_some() || !action.contains("/members/")));
    let fields = |version: i64| {
        vec![("version", version.to_string()), ("staff", mine.staff.clone()), ("reason", mine.reason.clone())]
    };
    beside(frame, detail, "调整工作组", (&now, again.map(|version| (action, fields(version)))))
}

/// A group that was changed before it was confirmed.
pub fn confirm(frame: &Frame, detail: &Detail) -> HttpResponse {
    let action = urls::step(detail.matter.id, "confirm");
    let version = detail.group.as_ref().map(|group| group.version).filter(|_| detail.may.confirm);
    let again = version.map(|version| (action.as_str(), vec![("version", version.to_string())]));
    beside(frame, detail, "确定工作组", (&[("工作组现在", sitting(detail))], again))
}

/// A sign to which something happened before it was ended.
pub fn settle(frame: &Frame, detail: &Detail, mine: &TextForm) -> HttpResponse {
    let action = urls::step(detail.matter.id, "settle");
    let again = detail.may.settle.then(|| {
        (action.as_str(), vec![("version", detail.matter.version.to_string()), ("text", mine.text.clone())])
    });
    let mut now = standing(detail);
    now.push(("您填写的", mine.text.clone()));
    beside(frame, detail, "办结苗头", (&now, again))
}

/// A stay in a tier that has ended. What was meant was about that stay, so that it can't be done any more.
pub fn stay(frame: &Frame, detail: &Detail, (meant, typed): (&str, &str)) -> HttpResponse {
    let mut now = standing(detail);
    now.push(("您填写的", typed.to_owned()));
    beside(frame, detail, meant, (&now, None))
}

/// Where the matter is, why, and since when.
fn standing(detail: &Detail) -> Vec<(&'static str, String)> {
    let mut now = vec![
        ("阶段", detail.matter.stage.label().to_owned()),
        ("级别", detail.tier.map_or("未入级", Tier::label).to_owned()),
    ];
    if let Some(why) = detail.history.first() {
        let day = plain_date(crate::time::Moment::from_utc(why.row.at).today());
        now.push(("为什么在这一级", format!("{}（{day}，{}）", why.row.facts, why.by)));
    }
    now
}

/// What stands now, and where the button is pressed once more.
type NowAndAgain<'a> = (&'a [(&'a str, String)], Option<(&'a str, Vec<(&'a str, String)>)>);

fn beside(frame: &Frame, detail: &Detail, meant: &str, (now, again): NowAndAgain) -> HttpResponse {
    let keep = urls::of(detail.matter.id);
    Beside { title: &detail.matter.number, help: HELP, keep: &keep, meant, now, again }.answer(frame)
}

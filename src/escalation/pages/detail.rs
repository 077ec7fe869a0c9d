//! One matter in its tier: why, who solves it, what the leader did, the plan as a board, the meetings.

use super::board::board;
use super::{back_to_matter, reason};
use crate::escalation::types::{LeaderAct, Role, Seat, Standin, Tier};
use crate::escalation::urls;
use crate::escalation::views::{Detail, MemberShown};
use crate::time::Moment;
use crate::web::Frame;
use crate::web::form::{hidden, post_button};
use crate::web::formats::{date, plain_date, short_date, short_moment};
use maud::{Markup, html};

pub fn detail(frame: &Frame, page: &Detail) -> Markup {
    let matter = &page.matter;
    let title = format!("三级化解　{}", matter.number);
    let mut titled = frame
        .titled(&title, "tiers#detail")
        .back(back_to_matter(matter), matter.number.clone())
        .lead(html! { (matter.petitioner_line) "：" (matter.claim) });
    if page.may.name {
        let label = if page.charge.is_some() { "调整包案领导" } else { "确定包案领导" };
        titled = titled.action(html! { a.button.primary href=(urls::step(matter.id, "leader")) { (label) } });
    }
    titled.body(html! {
        (head(page))
        (acts(page))
        div.two {
            div {
                @if page.tier.is_some() { (board(frame, page)) }
                (meetings(page))
            }
            div {
                (why(page))
                (group(frame, page))
                (leader(page))
                (papers(page))
            }
        }
    })
}

fn head(page: &Detail) -> Markup {
    html! {
        dl.facts.strip {
            div { dt { "级别" } dd { (page.tier.map_or("未入级", Tier::label)) } }
            @if let Some(shown) = &page.charge {
                div { dt { "包案领导" } dd { (shown.leader) } }
                div { dt { "责任人" } dd { (shown.responsible) } }
                div { dt { "要求化解" } dd { (plain_date(shown.charge.due_on)) "前" } }
            }
            @for (_, rule, due) in &page.clocks { div { dt { (rule.name) } dd { (due) " " span.soft { (short_date(due.on)) } } } }
        }
        @if let Some(hold) = &page.hold { p.next { "已暂缓升级到 " (date(hold.until_on)) "：" (hold.reason) } }
    }
}

/// What this person may do, each a page of its own.
fn acts(page: &Detail) -> Markup {
    let id = page.matter.id;
    let all = [
        (page.may.work, "measures", "增加措施"),
        (page.may.work, "plan", "写化解方案"),
        (page.may.work, "report", "写情况汇报"),
        (page.may.record_act, "act", "记录领导亲自办理"),
        (page.may.work, "meeting", "记录工作组研究"),
        (page.may.run, "members", "增加成员"),
        (page.may.hold, "hold", "暂缓升级"),
        (page.may.give_up, "give-up", "化解不成，升级"),
        (page.may.settle, "settle", "苗头已化解"),
        (page.may.hear, "heard", "登记在别处的反映"),
    ];
    html! {
        @if all.iter().any(|(may, _, _)| *may) {
            nav.acts aria-label="可以办理的事" {
                @for (_, step, label) in all.iter().filter(|(may, _, _)| *may) { a.button href=(urls::step(id, step)) { (label) } }
            }
        }
    }
}

fn why(page: &Detail) -> Markup {
    html! {
        section.box aria-labelledby="why" {
            h2 id="why" { "为什么在这一级" }
            @if page.history.is_empty() { p.soft { "这件事项没有进入三级机制。" } }
            ol.plain {
                @for one in &page.history {
                    li {
                        p { strong { (one.row.tier.map_or("未入级", Tier::label)) } }
                        (reason(one))
                    }
                }
            }
        }
    }
}

fn group(frame: &Frame, page: &Detail) -> Markup {
    let Some(group) = &page.group else { return html! {} };
    let id = page.matter.id;
    html! {
        section.box aria-labelledby="group" {
            h2 id="group" { "工作组" }
            @match group.confirmed_at {
                Some(at) => p.soft { (short_date(Moment::from_utc(at).today())) "确定" },
                None => p { span.tag.warn { "系统提出，等待确定" } },
            }
            ul.plain { @for seats in by_person(&page.members) { li { (person(page, &seats)) } } }
            @if page.may.confirm {
                div.actions { (post_button(&frame.csrf, &urls::step(id, "confirm"), "确定工作组", hidden("version", group.version))) }
            }
        }
    }
}

/// The seats of each person, in the order of the first.
fn by_person(members: &[MemberShown]) -> Vec<Vec<&MemberShown>> {
    let mut people: Vec<Vec<&MemberShown>> = Vec::new();
    for one in members {
        let same = |seats: &&mut Vec<&MemberShown>| {
            seats.first().is_some_and(|first| first.member.staff_id == one.member.staff_id)
        };
        match people.iter_mut().find(same) {
            Some(seats) => seats.push(one),
            None => people.push(vec![one]),
        }
    }
    people
}

fn person(page: &Detail, seats: &[&MemberShown]) -> Markup {
    let leads = seats.iter().map(|one| one.member.role).find(|role| *role != Role::Member);
    html! {
        @if let Some(first) = seats.first() { (first.name) }
        @if let Some(role) = leads { " " span.tag.strong { (role.label()) } }
        @for one in seats { br; (seat(page, one)) }
    }
}

fn seat(page: &Detail, one: &MemberShown) -> Markup {
    let row = &one.member;
    html! {
        span.soft { (row.seat.label())
            @match row.standin {
                Standin::Own => "",
                Standin::Vacant | Standin::Recused | Standin::Chosen => { "（" (row.standin.label()) "）" }
            }
            @if !row.reason.is_empty() { "：" (row.reason) }
        }
        @if page.may.run && !matches!(row.seat, Seat::LeaderInCharge | Seat::President) { " " a href=(urls::member(page.matter.id, row.id)) { "调整" } }
    }
}

fn leader(page: &Detail) -> Markup {
    let Some(shown) = &page.charge else { return html! {} };
    html! {
        section.box aria-labelledby="leader" {
            h2 id="leader" { "包案领导亲自办理" }
            ul.plain {
                @for act in LeaderAct::ALL {
                    li {
                        (act.label()) "　"
                        @if shown.missing.contains(act) { span.tag.warn { "还没有" } } @else { span.tag.strong { "已做" } }
                    }
                }
            }
            @for act in &page.acts {
                p { span.soft { (short_date(act.done_on)) "　" (act.act.label()) } br; (act.record) }
            }
        }
    }
}

fn papers(page: &Detail) -> Markup {
    let id = page.matter.id;
    let missing = page.tier == Some(Tier::Two) && page.report.is_none();
    html! {
        @if missing || page.plan.is_some() || page.report.is_some() {
            section.box aria-labelledby="papers" {
                h2 id="papers" { "文书" }
                ul.plain {
                    @if missing { li { "案件情况汇报 " span.tag.warn { "还没有" } @if page.may.work { " " a href=(urls::step(id, "report")) { "现在写" } } } }
                    @if let Some(report) = &page.report { li { a href=(urls::step(id, "report-paper")) { "案件情况汇报（第" (report.number) "稿）" } } }
                    @if let Some(plan) = &page.plan { li { a href=(urls::step(id, "plan-paper")) { "化解方案（第" (plan.number) "稿）" } } }
                }
            }
        }
    }
}

fn meetings(page: &Detail) -> Markup {
    html! {
        @if !page.meetings.is_empty() {
            h2 { "工作组研究" }
            ol.timeline {
                @for one in &page.meetings {
                    li {
                        p.soft { (date(one.held_on)) "　参加：" (one.present) "　记录：" (short_moment(Moment::from_utc(one.at))) }
                        p.keep-lines { (one.record) }
                    }
                }
            }
        }
    }
}

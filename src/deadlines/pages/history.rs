//! All clocks of a matter, with what happened to each, and what may be done.

use crate::deadlines::types::{ClockEvent, Count, ExtensionRequest, RuleStatus, Standing};
use crate::deadlines::urls;
use crate::deadlines::views::{MatterClocks, Shown};
use crate::matters::urls::matter as matter_url;
use crate::time::Moment;
use crate::web::form::post_button;
use crate::web::{Column, Frame, Row, Table, formats, light};
use maud::{Markup, html};

/// A matter's clocks. `may_correct` draws the way to correct the day of receipt.
pub fn of_matter(frame: &Frame, page: &MatterClocks, may_correct: bool) -> Markup {
    let matter = &page.matter;
    let (open, ended): (Vec<&Shown>, Vec<&Shown>) =
        page.clocks.iter().partition(|shown| shown.history.clock.is_open());
    let received = Moment::from_utc(matter.received_at).today();
    let mut titled =
        frame.titled("全部时限", "clocks#matter").back(matter_url(matter.id), matter.number.clone());
    if may_correct {
        titled = titled.action(html! { a.button href=(urls::received(matter.id)) { "更正收到日期" } });
    }
    titled
        .lead(html! {
            (matter.petitioner_line) "：" (matter.claim)
            br;
            "责任人" (page.accountable) "，" (formats::plain_date(received)) "收到，"
            (formats::plain_date(Moment::from_utc(matter.registered_at).today())) "登记。"
        })
        .body(html! {
            h2 { "正在计算" }
            @if open.is_empty() { p { "没有在走的时限。" } }
            @for shown in open { (clock(frame, shown)) }
            @if !ended.is_empty() {
                h2 { "已经结束" }
                @for shown in ended.iter().filter(|shown| is_eventful(shown)) { (clock(frame, shown)) }
                (plainly_ended(ended.iter().filter(|shown| !is_eventful(shown))))
            }
        })
}

/// Whether anything happened to it, or was asked for, between its start and its end.
fn is_eventful(shown: &Shown) -> bool {
    !shown.history.events.is_empty() || !shown.settled.is_empty() || shown.waiting.is_some()
}

fn plainly_ended<'a>(ended: impl Iterator<Item = &'a &'a Shown>) -> Markup {
    let columns = ["时限", "结果", "到期日", "期限"].map(Column::new).to_vec();
    let rows = ended.map(|shown| {
        let (clock, rule) = (&shown.history.clock, &shown.history.rule);
        Row::link(urls::clock(clock.id))
            .cell(&rule.name)
            .cell(standing(shown))
            .cell(formats::date(clock.due_on))
            .cell(rule.count().words())
    });
    Table::new("已经结束的时限", columns).rows(rows).empty(html! { p { "没有其他已经结束的时限。" } }).draw()
}

fn clock(frame: &Frame, shown: &Shown) -> Markup {
    let (clock, rule, state) = (&shown.history.clock, &shown.history.rule, &shown.history.state);
    let id = format!("c{}", clock.id);
    html! {
        section.box aria-labelledby=(id) {
            h3 id=(id) { (rule.name) " " span.tag.strong[rule.status == RuleStatus::Statutory] { (rule.status.label()) } }
            p { (standing(shown)) }
            dl.facts {
                dt { "到期日" }
                dd {
                    strong { (formats::date(clock.due_on)) }
                    @if clock.provisional { " " span.tag.warn { "暂定" } }
                    "　" a href=(urls::clock(clock.id)) { "为什么是这一天" }
                }
                @if let Some(original) = &state.original {
                    dt { "原到期日" } dd { (formats::date(original.due_on)) }
                }
                dt { "起算" } dd { (rule.trigger_event.label()) "，" (formats::date(clock.starts_on)) }
                dt { "期限" } dd { (length(rule.count(), state.course.extended_by)) }
                dt { "依据" } dd { (rule.basis) }
            }
            (events(&shown.history.events))
            @for request in &shown.settled { (settled(request)) }
            @if let Some(request) = &shown.waiting { (waiting(frame, shown, request)) }
            (buttons(shown))
        }
    }
}

fn length(count: Count, extended_by: Option<u32>) -> String {
    match extended_by {
        None => count.words(),
        Some(days) => format!("{}，延期{days}日", count.words()),
    }
}

/// How it stands, as a light and words.
fn standing(shown: &Shown) -> Markup {
    let left =
        format!("按规则还剩{}{}", shown.left, if counts_working_days(shown) { "个工作日" } else { "日" });
    match (shown.standing, &shown.light) {
        (Standing::Met(on), _) => light::unlit(&format!("已于{}履行", formats::plain_date(on))),
        (Standing::Cancelled, _) => light::unlit("已取消，不再计算"),
        (Standing::Paused { reason, to }, _) => html! {
            (light::unlit("中止中")) "　" (reason.label()) "，至迟自" (formats::plain_date(to)) "起恢复。"
            span.soft { (left) "，中止期间不计；到期日先按中止到最迟恢复日推算。" }
        },
        (Standing::Running, Some(due)) => html! {
            (due) @if shown.left > 0 { "　" span.soft { (left) } }
        },
        (Standing::Running, None) => light::unlit("已结束"),
    }
}

fn counts_working_days(shown: &Shown) -> bool {
    shown.history.rule.unit == crate::deadlines::types::Unit::WorkingDay
}

fn events(events: &[ClockEvent]) -> Markup {
    html! {
        @if !events.is_empty() {
            h4 { "经过" }
            ol.timeline {
                @for event in events {
                    li {
                        span.when { (formats::short_moment(Moment::from_utc(event.at))) "　" (event.by_name) }
                        p { strong { (event.kind.label()) } "　" (event.words()) (moved(event)) }
                        p { "理由：" (event.note) @if event.allowed_by != event.by_name { "（" (event.allowed_by) "同意）" } }
                    }
                }
            }
        }
    }
}

fn moved(event: &ClockEvent) -> String {
    if event.due_before == event.due_after {
        return "到期日不变。".to_owned();
    }
    let (before, after) = (formats::plain_date(event.due_before), formats::plain_date(event.due_after));
    format!("到期日由{before}调整为{after}。")
}

/// A request that was settled.
fn settled(request: &ExtensionRequest) -> Markup {
    let decided = request.decided_at.map(|at| formats::short_moment(Moment::from_utc(at)));
    html! {
        p.soft {
            (request.asked_by_name) "于" (formats::short_moment(Moment::from_utc(request.asked_at)))
            "申请延期" (request.days) "日（" (request.reason) "）：" (request.state.label())
            @if let (Some(by), Some(at)) = (&request.decided_by_name, decided) { "，" (by) "，" (at) }
            @if !request.decision_note.is_empty() { "。" (request.decision_note) }
        }
    }
}

fn waiting(frame: &Frame, shown: &Shown, request: &ExtensionRequest) -> Markup {
    html! {
        div.note {
            p {
                strong { "延期申请待批" } "　" (request.asked_by_name) "于"
                (formats::short_moment(Moment::from_utc(request.asked_at)))
                "申请延期" (request.days) "日。理由：" (request.reason)
            }
            @if shown.choices.decide { p { a.button.primary href=(urls::extension(request.id)) { "处理延期申请" } } }
            @if shown.choices.withdraw {
                (post_button(&frame.csrf, &urls::withdraw(request.id), "撤回申请", html! {
                    input type="hidden" name="version" value=(request.version);
                }))
            }
        }
    }
}

fn buttons(shown: &Shown) -> Markup {
    let (id, may) = (shown.history.clock.id, shown.choices);
    html! {
        @if may.pause || may.resume || may.extend || may.ask {
            div.actions {
                @if may.resume { a.button href=(urls::resume(id)) { "恢复计算" } }
                @if may.pause { a.button href=(urls::pause(id)) { "中止计算" } }
                @if may.extend { a.button href=(urls::extend(id)) { "延期" } }
                @if may.ask { a.button href=(urls::ask(id)) { "申请延期" } }
            }
        }
    }
}

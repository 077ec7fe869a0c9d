//! All tiers at a glance, for the desk and for the wall; the groups of one person.

use super::hints::waiting;
use crate::escalation::forms::{GroupQuery, TierQuery, WhichGroups};
use crate::escalation::rules::missing_acts;
use crate::escalation::types::{LeaderAct, Tier};
use crate::escalation::urls;
use crate::escalation::views::{GroupRow, MOST, Row as Glance, Wall};
use crate::time::Moment;
use crate::web::form::select;
use crate::web::formats::{ago, short_date};
use crate::web::listing::in_address;
use crate::web::table::filters;
use crate::web::{Column, Frame, Paper, Row, Table, light};
use maud::{Markup, html};

/// The page of all tiers.
pub fn list(frame: &Frame, wall: &Wall, query: &TierQuery, now: Moment) -> Markup {
    let mut titled = frame.titled("三级化解", "tiers#list").lead(html! {
        "二级、三级事项由谁负责、还剩几天、领导做了什么、最近有没有进展。升级由事实和期限自动发生，不能自行降级。"
    });
    if wall.may_mark {
        titled = titled.action(html! { a.button.primary href=(urls::NEW_SIGN) { "标记苗头" } });
    }
    let tiers = std::iter::once((String::new(), "三级和二级".to_owned()))
        .chain(Tier::ALL.iter().rev().map(|tier| (tier.number().to_string(), tier.label().to_owned())));
    let wall_of = |size: &str| in_address(urls::WALL, &TierQuery { size: size.to_owned(), ..query.clone() });
    titled.body(html! {
        (waiting(wall))
        @if wall.more { (cut()) }
        (filters(urls::LIST, html! { (select("tier", "级别", tiers).value(&query.tier)) }))
        (Table::new("三级化解", columns())
            .rows(wall.rows.iter().map(|row| glance(row, now)))
            .tools(html! { a.button href=(wall_of("")) { "打印 A4" } " " a.button href=(wall_of("a3")) { "打印 A3" } })
            .empty(html! { p { "现在没有这一级的事项。" } p { "发现苗头的，请点“标记苗头”。" } })
            .draw())
    })
}

/// That it isn't all.
fn cut() -> Markup {
    html! { p.next { "事项太多，这里只列出前 " (MOST) " 件：级别高的在前，同级先进入的在前。请按级别分别查看。" } }
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("级别").class("tight"),
        Column::new("信访事项").class("wide"),
        Column::new("由谁负责").class("tight"),
        Column::new("本级期限").class("tight"),
        Column::new("领导亲自办理").class("tight"),
        Column::new("最近进展").class("tight"),
    ]
}

fn glance(row: &Glance, now: Moment) -> Row {
    let matter = &row.listed.matter;
    let line = Row::link(urls::of(matter.id));
    let line = match &row.due {
        Some(due) => line.light(due.light()),
        None => line,
    };
    line.cell(row.tier.label())
        .cell(html! { div { span.clamp { (matter.petitioner_line) "：" (matter.claim) } span.soft { (matter.number) } } })
        .cell(who(row))
        .cell(due(row))
        .cell(done(row))
        .cell(match row.moved {
            Some(at) => ago(at, now),
            None => "—".to_owned(),
        })
}

fn who(row: &Glance) -> Markup {
    html! {
        div {
            @match &row.leader {
                Some(leader) => { "包案 " (leader) }
                None if row.may_name => a href=(urls::step(row.listed.matter.id, "leader")) { "确定包案领导" },
                None if row.tier == Tier::Two => span.tag.warn { "待确定包案领导" },
                None => { "组长 " (row.head.as_deref().unwrap_or("—")) }
            }
            br; span.soft { "责任人 " (row.responsible.as_ref().unwrap_or(&row.listed.accountable)) }
        }
    }
}

fn due(row: &Glance) -> Markup {
    match &row.due {
        Some(due) => html! { div { (due) br; span.soft { (short_date(due.on)) } } },
        None => light::unlit("没有计时"),
    }
}

fn done(row: &Glance) -> Markup {
    let missing = missing_acts(&row.done);
    html! {
        div {
            @if row.leader.is_some() {
                @for act in LeaderAct::ALL { span.tag.strong[row.done.contains(act)] { @if row.done.contains(act) { "✓ " } (short(*act)) } " " }
                @if row.without_acts && !missing.is_empty() { br; span.tag.late { "包而未办" } }
            } @else { "—" }
            @if row.measures > 0 { br; span.soft { "未完成措施 " (row.measures) " 项" } }
        }
    }
}

/// In one character and a half, for a narrow column.
const fn short(act: LeaderAct) -> &'static str {
    match act {
        LeaderAct::Met => "接访",
        LeaderAct::Studied => "研究",
        LeaderAct::Coordinated => "协调",
    }
}

/// The same for the wall.
pub fn wall(frame: &Frame, wall: &Wall, query: &TierQuery, now: Moment) -> Markup {
    let (paper, other) = if query.size == "a3" { (Paper::A3Wide, "") } else { (Paper::A4Wide, "a3") };
    let switch = in_address(urls::WALL, &TierQuery { size: other.to_owned(), ..query.clone() });
    let label = if other.is_empty() { "改用 A4" } else { "改用 A3" };
    let body = html! {
        h1 { "二级、三级信访事项一览" }
        p.sheet-number { (crate::web::formats::date(now.today())) @if wall.more { "　只列出前 " (MOST) " 件" } @else { "　共 " (wall.rows.len()) " 件" } }
        div.scroll tabindex="0" role="region" aria-label="一览表" {
            table {
                thead { tr { th { "级别" } th { "编号" } th { "信访人和诉求" } th { "包案领导" } th { "责任人" } th { "期限" } th { "接访" } th { "研究" } th { "协调" } th { "最近进展" } } }
                tbody {
                    @for row in &wall.rows {
                        tr {
                            td { (row.tier.label()) }
                            td { (row.listed.matter.number) }
                            td { (row.listed.matter.petitioner_line) "：" (row.listed.matter.claim) }
                            td { (row.leader.as_deref().unwrap_or("待确定")) }
                            td { (row.responsible.as_ref().unwrap_or(&row.listed.accountable)) }
                            td { @if let Some(due) = &row.due { (short_date(due.on)) br; (due.words()) } }
                            @for act in LeaderAct::ALL { td { @if row.done.contains(act) { "✓" } } }
                            td { @if let Some(at) = row.moved { (short_date(at.today())) } }
                        }
                    }
                }
            }
        }
    };
    let back = in_address(urls::LIST, &TierQuery { size: String::new(), ..query.clone() });
    frame.paper_with(
        "二级、三级信访事项一览",
        paper,
        &back,
        false,
        html! { a href=(switch) { (label) } },
        body,
    )
}

/// The work groups in which somebody sits.
pub fn groups(frame: &Frame, rows: &[GroupRow], (query, now): (&GroupQuery, Moment)) -> Markup {
    let mut columns = columns();
    columns.push(Column::new("我的席位"));
    let row = |one: &GroupRow| {
        let seats: Vec<&str> = one.seats.iter().map(|seat| seat.seat.label()).collect();
        glance(&one.row, now).cell(seats.join("、"))
    };
    frame.titled("我的工作组", "tiers#groups").body(
        html! {
            (filters(urls::GROUPS, html! { (select("which", "哪些", GroupQuery::CHOICES).value(&query.which)) }))
            (Table::new("我的工作组", columns)
                .rows(rows.iter().map(row))
                .empty(html! { p { @if query.which() == WhichGroups::All { "您现在不在任何工作组里。进入工作组时会收到邮件。" } @else { "没有这样的事项。" } } })
                .draw())
        },
    )
}

//! The figures of a month, and what was known before somebody came.

use super::share;
use crate::matters::urls::matter;
use crate::sweeps::forms::{FiguresQuery, RowQuery};
use crate::sweeps::rules::{self, Counted, Seen};
use crate::sweeps::types::{Answer, Item};
use crate::sweeps::urls;
use crate::sweeps::views::{Figures, Hindsight};
use crate::time::Moment;
use crate::web::form::text;
use crate::web::formats::short_date;
use crate::web::listing::{export_button, in_address};
use crate::web::table::filters;
use crate::web::{Column, Frame, Row, Table};
use maud::{Markup, html};

/// The figures of a month, by division. Each leads to its cases.
pub fn figures(frame: &Frame, page: &Figures, may_export: bool) -> Markup {
    let month = rules::month_word(page.month.0);
    let query = FiguresQuery { month: month.clone(), ..FiguresQuery::default() };
    let title = format!("{}排查统计", page.month.0.format("%Y年%-m月"));
    frame.titled(&title, "sweeps#figures").back(urls::LIST, "排查").body(html! {
        (filters(urls::FIGURES, html! { (text("month", "月份").value(&month).hint("如 2026-11").size("w-date")) }))
        p { @if may_export { (export_button(urls::FIGURES_EXPORT, &query)) } }
        (coverage(page, &month))
        (closings(page, &month))
        (hindsights(page, &month))
        p.soft {
            "排查覆盖＝有结论的案件 ÷ 排查期在本月开始的排查表上的全部案件。结案情况各项＝“是” ÷（“是”＋“否”），不适用的不算。"
            "评估覆盖＝评估过的案件 ÷ 排查表上的全部案件。回看＝本月登记、写明案号的信访事项中，登记以前已有排查结论（评估过）的。"
        }
    })
}

fn rows(month: &str, division: &str, with: impl FnOnce(&mut RowQuery)) -> String {
    let mut query =
        RowQuery { month: month.to_owned(), division: division.to_owned(), ..RowQuery::default() };
    with(&mut query);
    in_address(urls::ROWS, &query)
}

fn linked(href: &str, words: String) -> Markup {
    html! { a href=(href) { (words) } }
}

fn lines(page: &Figures) -> impl Iterator<Item = (String, String, Counted, (i64, i64, i64))> + '_ {
    let of =
        page.lines.iter().map(|line| (line.division.to_string(), line.name.clone(), line.counted, line.came));
    of.chain([(String::new(), "合计".to_owned(), page.all, page.all_came)])
}

fn coverage(page: &Figures, month: &str) -> Markup {
    let columns = ["庭室", "案件", "有结论", "列入一级", "下月再看", "风险评估"].map(Column::new).to_vec();
    let row = |(division, name, counted, _): (String, String, Counted, (i64, i64, i64))| {
        let to = |with: fn(&mut RowQuery)| rows(month, &division, with);
        let answered = |code: &'static str| rows(month, &division, |query| query.answer = code.to_owned());
        Row::plain()
            .cell(name)
            .cell(linked(&to(|_| {}), counted.cases.to_string()))
            .cell(linked(&answered("any"), share(counted.answered, counted.cases)))
            .cell(linked(&answered(Answer::TierOne.code()), counted.tier_one.to_string()))
            .cell(linked(&answered(Answer::Again.code()), counted.again.to_string()))
            .cell(linked(
                &to(|query| query.assessed = "1".to_owned()),
                share(counted.assessed, counted.cases),
            ))
    };
    html! { h2 { "排查和评估覆盖" } (Table::new("排查和评估覆盖", columns).rows(lines(page).map(row)).draw()) }
}

fn closings(page: &Figures, month: &str) -> Markup {
    let mut columns = vec![Column::new("庭室"), Column::new("结案"), Column::new("已登记")];
    columns.extend(Item::ALL.iter().map(|item| Column::new(item.label())));
    let row = |(division, name, counted, _): (String, String, Counted, (i64, i64, i64))| {
        let ended = |closing: String| {
            rows(month, &division, |query| {
                query.kind = "ended".to_owned();
                query.closing = closing;
            })
        };
        let mut row = Row::plain()
            .cell(name)
            .cell(linked(&ended(String::new()), counted.closed.to_string()))
            .cell(html! {
                (share(counted.recorded, counted.closed))
                @if counted.recorded < counted.closed { br; (linked(&ended("missing".to_owned()), format!("还差 {} 件", counted.closed - counted.recorded))) }
            });
        for (item, (yes, of)) in Item::ALL.iter().zip(counted.done) {
            row = row.cell(linked(&ended(format!("{}:yes", item.code())), share(yes, of)));
        }
        row
    };
    html! { h2 { "结案情况" } (Table::new("结案情况", columns).rows(lines(page).map(row)).draw()) }
}

fn hindsights(page: &Figures, month: &str) -> Markup {
    let columns = ["庭室", "本月写明案号的信访", "此前排查有结论", "此前评估过"].map(Column::new).to_vec();
    let row = |(division, name, _, (came, swept, assessed)): (String, String, Counted, (i64, i64, i64))| {
        let to = |which: &str| {
            let query =
                FiguresQuery { month: month.to_owned(), division: division.clone(), which: which.to_owned() };
            in_address(urls::HINDSIGHT, &query)
        };
        Row::plain()
            .cell(name)
            .cell(linked(&to(""), came.to_string()))
            .cell(linked(&to("swept"), share(swept, came)))
            .cell(linked(&to("assessed"), share(assessed, came)))
    };
    html! { h2 { "回看：后来有人反映的案件" } (Table::new("回看", columns).rows(lines(page).map(row)).draw()) }
}

/// The petitions of a month about cases, with what was known before.
pub struct HindsightPage<'a> {
    pub rows: &'a [Hindsight],
    pub query: &'a FiguresQuery,
    pub month: chrono::NaiveDate,
    pub may_export: bool,
}

/// The petitions of a month about cases.
pub fn hindsight(frame: &Frame, page: &HindsightPage<'_>) -> Markup {
    let columns = vec![
        Column::new("信访事项").class("wide"),
        Column::new("案号"),
        Column::new("庭室").class("tight"),
        Column::new("登记").class("tight"),
        Column::new("此前排查"),
        Column::new("此前评估"),
    ];
    let row = |one: &Hindsight| {
        Row::link(matter(one.matter.id))
            .cell(html! { div { (one.matter.number) br; span.soft { (one.matter.claim) } } })
            .cell(one.numbers.join("、"))
            .cell(&one.division)
            .cell(short_date(Moment::from_utc(one.matter.registered_at).today()))
            .cell(one.seen.label())
            .cell(assessed_words(one))
    };
    let kinds = [
        ("", "全部"),
        ("swept", "此前有排查结论"),
        (Answer::Nothing.code(), "此前认为无苗头"),
        (Answer::Again.code(), "此前下月再看"),
        (Answer::TierOne.code(), "此前列入一级"),
        (Seen::Unanswered.code(), "在表上没有结论"),
        (Seen::Never.code(), "没有排查过"),
        ("assessed", "此前评估过"),
        ("not_assessed", "没有评估过"),
    ];
    let tools = html! { @if page.may_export { (export_button(urls::HINDSIGHT_EXPORT, page.query)) } };
    let table = Table::new("回看", columns)
        .rows(page.rows.iter().map(row))
        .tools(tools)
        .empty(html! { p { "这个月没有符合条件的信访事项。" } });
    let title = format!("{}回看", page.month.format("%Y年%-m月"));
    frame.titled(&title, "sweeps#figures").back(urls::FIGURES, "排查统计").body(html! {
        (filters(urls::HINDSIGHT, html! {
            (text("month", "月份").value(rules::month_word(page.month)).size("w-date"))
            (crate::web::form::select("which", "此前", kinds).value(&page.query.which))
            (crate::web::form::hidden("division", &page.query.division))
        }))
        (table.draw())
    })
}

/// What an assessment had said.
pub(in crate::sweeps) fn assessed_words(one: &Hindsight) -> String {
    match one.assessed {
        None => "没有评估过".to_owned(),
        Some((points, true)) => format!("{points} 分，建议列入一级"),
        Some((points, false)) => format!("{points} 分，未达到建议分值"),
    }
}

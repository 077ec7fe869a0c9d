//! The list of sheets, the list of cases, and the form to open sheets.

use super::{case_row, share};
use crate::people::types::Division;
use crate::sweeps::forms::{OpeningForm, RowQuery, SweepQuery};
use crate::sweeps::types::{Answer, Item, Mark, RowKind, SweepKind};
use crate::sweeps::urls;
use crate::sweeps::views::{ListedRow, ListedSweep};
use crate::web::form::{Complaints, PostForm, checkboxes, date, radios, select, text};
use crate::web::formats::{plain_date, short_date};
use crate::web::listing::{DueFilter, Order, export_button, place};
use crate::web::table::filters;
use crate::web::{Column, Frame, Listing, Paging, Row, Table, light};
use maud::{Markup, html};

fn divisions_choice(divisions: &[Division]) -> Vec<(String, String)> {
    let all = divisions.iter().map(|one| (one.id.to_string(), one.name.clone()));
    std::iter::once((String::new(), "全部庭室".to_owned())).chain(all).collect()
}

/// The list of sheets.
pub fn list(
    frame: &Frame,
    listing: &Listing<ListedSweep>,
    query: &SweepQuery,
    (divisions, may_open, may_export): (&[Division], bool, bool),
) -> Markup {
    let next = listing.next(|last| place(Order::Due, Some(last.sweep.due_on), last.sweep.id));
    let tools = html! {
        a href=(urls::ROWS) { "按案件查看" } "　" a href=(urls::FIGURES) { "排查统计" }
        @if may_export { "　" (export_button(urls::EXPORT, query)) }
    };
    let columns = vec![
        Column::new("排查表").class("wide"),
        Column::new("庭长").class("tight"),
        Column::new("已有结论").class("tight"),
        Column::new("列入一级").class("number"),
        Column::new("下月再看").class("number"),
        Column::new("期限").class("tight"),
    ];
    let table = Table::new("排查表", columns)
        .rows(listing.rows.iter().map(row))
        .paging(Paging::of(urls::LIST, query, next))
        .tools(tools)
        .empty(html! {
            p { "没有符合条件的排查表。" }
            p { "每月一日各庭室的排查表自动打开；每旬、专项排查由信访专干或者庭长点“开始一次排查”。" }
        });
    let mut titled = frame.titled("排查", "sweeps");
    if may_open {
        titled = titled.action(html! { a.button.primary href=(urls::NEW) { "开始一次排查" } });
    }
    titled
        .lead(html! { "每月逐庭室看一遍收案和结案：无苗头、下月再看，还是列入一级。排查的是案件，不是人。" })
        .body(html! { (filter_row(query, divisions)) (table.draw()) })
}

fn filter_row(query: &SweepQuery, divisions: &[Division]) -> Markup {
    let states = [("", "排查中"), ("finished", "排查完毕"), ("all", "全部")];
    let kinds = std::iter::once(("", "全部种类"));
    let kinds = kinds.chain(SweepKind::ALL.iter().map(|kind| (kind.code(), kind.label())));
    filters(
        urls::LIST,
        html! {
            (select("state", "状态", states).value(&query.state))
            (select("kind", "种类", kinds).value(&query.kind))
            (select("division", "庭室", divisions_choice(divisions)).value(&query.division))
            (select("due", "期限", DueFilter::CHOICES).value(&query.due))
        },
    )
}

fn row(listed: &ListedSweep) -> Row {
    let (sweep, counts) = (&listed.sweep, &listed.counts);
    Row::link(urls::sweep(sweep.id))
        .due(listed.due.as_ref())
        .cell(html! { div { (listed.division) "　" (sweep.title()) br; span.soft { (sweep.kind.label()) } } })
        .cell(listed.head.as_deref().unwrap_or("（空缺）"))
        .cell(if counts.total == 0 {
            "还没有案件".to_owned()
        } else {
            share(counts.answered(), counts.total)
        })
        .cell(counts.tier_one)
        .cell(counts.again)
        .cell(html! {
            @match &listed.due {
                Some(due) => { (short_date(due.on)) br; (due) }
                None => (light::unlit(sweep.state.label())),
            }
        })
}

/// The form to open sheets for a period.
pub fn open(frame: &Frame, divisions: &[Division], typed: &OpeningForm, complaints: &Complaints) -> Markup {
    let kinds =
        [SweepKind::TenDay, SweepKind::Special, SweepKind::Monthly].map(|kind| (kind.code(), kind.label()));
    let all = divisions.iter().map(|one| (one.id.to_string(), one.name.clone()));
    frame.titled("开始一次排查", "sweeps#open").back(urls::LIST, "排查").narrow().body(html! {
        (complaints.summary())
        (PostForm::to(urls::NEW, &frame.csrf).enter_next().body(html! {
            (radios("kind", "种类", kinds).value(&typed.kind).told(complaints))
            (text("name", "专项排查的名称").value(&typed.name).told(complaints).hint("例如“年底集中排查”；每旬、每月的不填。"))
            (date("from_on", "从哪一天").value(&typed.from_on).told(complaints).required()
                .hint("每旬、每月的按这一天所在的旬、月"))
            (date("to_on", "到哪一天").value(&typed.to_on).told(complaints).required())
            (date("due_on", "什么时候以前答完").value(&typed.due_on).told(complaints).required())
            (checkboxes("divisions", "哪些庭室", all).values(typed.divisions.iter().cloned()).told(complaints))
            div.actions { button.primary { "开始排查" } }
        }))
    })
}

/// The list of cases over all sheets.
pub struct RowsPage<'a> {
    pub listing: &'a Listing<ListedRow>,
    pub query: &'a RowQuery,
    pub divisions: &'a [Division],
    pub may_export: bool,
}

/// The list of cases over all sheets.
pub fn rows(frame: &Frame, page: &RowsPage<'_>) -> Markup {
    let next = page.listing.next(|last| last.row.id.to_string());
    let columns = vec![
        Column::new("案件").class("wide"),
        Column::new("收结").class("tight"),
        Column::new("承办人").class("tight"),
        Column::new("结论"),
        Column::new("庭室").class("tight"),
        Column::new("排查期").class("tight"),
    ];
    let row = |listed: &ListedRow| {
        case_row(listed).cell(&listed.division).cell(listed.from_on.format("%Y年%-m月").to_string())
    };
    let table = Table::new("排查的案件", columns)
        .rows(page.listing.rows.iter().map(row))
        .paging(Paging::of(urls::ROWS, page.query, next))
        .tools(html! { @if page.may_export { (export_button(urls::ROWS_EXPORT, page.query)) } })
        .empty(html! { p { "没有符合条件的案件。换一个月份或者庭室看看。" } });
    frame
        .titled("排查的案件", "sweeps#rows")
        .back(urls::LIST, "排查")
        .body(html! { (rows_filters(page.query, page.divisions)) (table.draw()) })
}

fn rows_filters(query: &RowQuery, divisions: &[Division]) -> Markup {
    let all = |words: &'static str| std::iter::once((String::new(), words.to_owned()));
    let own = |code: &str, label: &str| (code.to_owned(), label.to_owned());
    let answers = all("全部结论").chain([own("none", "没有结论"), own("any", "已有结论")]);
    let answers = answers.chain(Answer::ALL.iter().map(|one| own(one.code(), one.label())));
    let kinds = all("全部案件").chain([own("ended", "结案的")]);
    let kinds = kinds.chain(RowKind::ALL.iter().map(|one| own(one.code(), one.label())));
    let closings = all("不限结案情况").chain([own("missing", "结案情况没有登记")]);
    let marks = Item::ALL.iter().flat_map(|item| {
        let of = |mark: Mark| {
            (format!("{}:{}", item.code(), mark.code()), format!("{}：{}", item.label(), mark.label()))
        };
        [of(Mark::Yes), of(Mark::No)]
    });
    let assessed = [("", "不限评估"), ("1", "评估过"), ("0", "没有评估")];
    filters(
        urls::ROWS,
        html! {
            (text("month", "月份").value(&query.month).hint("如 2026-11").size("w-date"))
            (select("division", "庭室", divisions_choice(divisions)).value(&query.division))
            (select("answer", "结论", answers).value(&query.answer))
            (select("kind", "收结", kinds).value(&query.kind))
            (select("closing", "结案情况", closings.chain(marks)).value(&query.closing))
            (select("assessed", "风险评估", assessed).value(&query.assessed))
        },
    )
}

/// The first and last day of a sheet.
pub(super) fn span(sweep: &crate::sweeps::types::Sweep) -> String {
    format!("{}至{}", plain_date(sweep.from_on), plain_date(sweep.to_on))
}

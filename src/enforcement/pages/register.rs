//! The register of enforcement matters (涉执信访台账).

use crate::enforcement::forms::EnforcementQuery;
use crate::enforcement::types::{EnforcementMatter, Order};
use crate::enforcement::urls;
use crate::enforcement::views::Listed;
use crate::matters::views as matter_views;
use crate::people::types::Division;
use crate::time::Moment;
use crate::web::form::{select, tick};
use crate::web::formats::{short_date, yuan};
use crate::web::light::day_or;
use crate::web::listing::{DueFilter, address, export_button};
use crate::web::table::{Sorted, filters};
use crate::web::{Column, Frame, Listing, Paging, Row, Table};
use maud::{Markup, html};

/// What the register's page is drawn from.
pub struct RegisterPage<'a, T> {
    pub listing: &'a Listing<T>,
    pub query: &'a EnforcementQuery,
    pub divisions: &'a [Division],
    pub may_export: bool,
}

const LEAD: &str = "下达了执行任务单，或者记录了应执行金额、到账、汇报、约见的信访事项。";

pub fn register(frame: &Frame, page: &RegisterPage<Listed>) -> Markup {
    let next = page.listing.next(|last| page.query.place(&last.row));
    let tools = html! { @if page.may_export { (export_button(urls::EXPORT, page.query)) } };
    let table = Table::new("涉执信访", columns(page.query))
        .rows(page.listing.rows.iter().map(row))
        .paging(Paging::of(urls::LIST, page.query, next))
        .tools(tools)
        .empty(html! {
            p { "没有符合条件的涉执信访。" }
            p { "要把一件事项列进来，请打开它的页面，点“执行任务和到账”；还没有任务单的，把上面的“范围”改成“还没有任务单的”。" }
        });
    frame
        .titled("涉执信访", "enforcement#register")
        .lead(html! { (LEAD) })
        .body(html! { (filter_row(page.query, page.divisions)) (table.draw()) })
}

fn columns(query: &EnforcementQuery) -> Vec<Column> {
    let by = |order: &str| address(urls::LIST, query, &[("order", order), ("after", "")]);
    let (newest, due, money) = match query.order("") {
        Order::Newest(_) => (Some(Sorted::Descending), None, None),
        Order::Due(_) => (None, Some(Sorted::Ascending), None),
        Order::Money(_) => (None, None, Some(Sorted::Descending)),
    };
    vec![
        Column::new("事项编号").class("tight").sort(by(""), newest),
        Column::new("信访人和诉求").class("wide"),
        Column::new("责任人").class("tight"),
        Column::new("应执行（元）").class("number tight"),
        Column::new("已到账（元）").class("number tight"),
        Column::new("未到账（元）").class("number tight").sort(by("money"), money),
        Column::new("最早的措施期限").class("tight").sort(by("due"), due),
    ]
}

fn filter_row(query: &EnforcementQuery, divisions: &[Division]) -> Markup {
    let divisions = std::iter::once((String::new(), "全部庭室".to_owned()))
        .chain(divisions.iter().map(|division| (division.id.to_string(), division.name.clone())));
    let which = [("", "已经列入的"), ("waiting", "还没有任务单的")];
    let orders = [("", "新登记在前"), ("due", "先到期在前"), ("money", "未到账多的在前")];
    filters(
        urls::LIST,
        html! {
            (select("which", "范围", which).value(&query.which))
            (select("division", "涉及庭室", divisions).value(&query.division))
            (select("due", "措施期限", DueFilter::CHOICES).value(&query.due))
            (select("order", "排序", orders).value(&query.order))
            (tick("outstanding", "只看没有全部到账的").value(&query.outstanding))
            (tick("mine", "只看我名下的措施").value(&query.mine))
        },
    )
}

fn row(listed: &Listed) -> Row {
    let (row, matter) = (&listed.row, &listed.matter);
    Row::link(urls::of_matter(matter.id))
        .due(listed.due.as_ref())
        .cell(&matter.number)
        .cell(html! { div {
            span.clamp { (matter.petitioner_line) "：" (matter.claim) }
            span.soft { (matter.stage.label()) @if let Some(division) = &listed.division { "　" (division) } }
        } })
        .cell(&listed.accountable)
        .cell(row.due_fen.map_or_else(|| "未确定".to_owned(), yuan))
        .cell(html! { div { (yuan(row.paid_fen)) @if let Some(percent) = listed.balance().percent() { br; span.soft { (percent) "%" } } } })
        .cell(yuan(row.outstanding_fen))
        .cell(html! { div { (day_or(listed.due.as_ref(), unlit(row))) } })
}

/// Why an enforcement matter has no light.
fn unlit(row: &EnforcementMatter) -> &'static str {
    if row.next_due_on.is_some() { "事项已办结" } else { "没有未完成的措施" }
}

/// The open matters about a case under enforcement for which nothing was begun yet.
pub fn waiting(frame: &Frame, page: &RegisterPage<matter_views::Listed>) -> Markup {
    let next = page.listing.next(|last| last.matter.id.to_string());
    let columns = vec![
        Column::new("事项编号").class("tight"),
        Column::new("信访人和诉求").class("wide"),
        Column::new("阶段").class("tight"),
        Column::new("责任人").class("tight"),
        Column::new("登记").class("tight"),
    ];
    let rows = page.listing.rows.iter().map(|listed| {
        let matter = &listed.matter;
        Row::link(urls::of_matter(matter.id))
            .cell(&matter.number)
            .cell(html! { div { span.clamp { (matter.petitioner_line) "：" (matter.claim) } span.soft { (listed.category) } } })
            .cell(matter.stage.label())
            .cell(&listed.accountable)
            .cell(short_date(Moment::from_utc(matter.registered_at).today()))
    });
    let tools = html! { @if page.may_export { (export_button(urls::EXPORT, page.query)) } };
    let table = Table::new("还没有任务单的涉执信访", columns)
        .rows(rows)
        .tools(tools)
        .paging(Paging::of(urls::LIST, page.query, next))
        .empty(html! { p { "没有这样的事项：诉求或者案件涉及执行、没有办结的，都已经列入。" } });
    frame
        .titled("涉执信访", "enforcement#register")
        .lead(html! { "案件在执行阶段，或者诉求是执行方面的，没有办结，也还没有任务单和到账记录。" })
        .body(html! { (filter_row(page.query, page.divisions)) (table.draw()) })
}

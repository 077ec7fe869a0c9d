//! The register of matters (信访事项台账).

use crate::escalation::Tier;
use crate::matters::forms::MatterQuery;
use crate::matters::types::{Category, Stage};
use crate::matters::urls;
use crate::matters::views::Listed;
use crate::people::types::Division;
use crate::time::Moment;
use crate::web::form::{PostForm, date, select, tick};
use crate::web::listing::{DueFilter, export_button, place, sorted_by};
use crate::web::table::filters;
use crate::web::{Column, Due, Frame, Listing, Order, Paging, Row, Table, formats, light};
use maud::{Markup, html};

/// What the register's page is drawn from.
pub struct MatterList<'a> {
    pub listing: &'a Listing<Listed>,
    pub query: &'a MatterQuery,
    pub categories: &'a [Category],
    pub divisions: &'a [Division],
    pub may_export: bool,
    pub may_register: bool,
    /// May refer several at once.
    pub may_refer: bool,
    /// Above the filters: what this person keeps of the register, and how to keep more.
    pub saved: Markup,
}

pub fn list(frame: &Frame, page: &MatterList) -> Markup {
    let next = page.listing.next(|last| place(page.query.order(), last.matter.next_due_on, last.matter.id));
    let paging = Paging::of(urls::MATTERS, page.query, next);
    let tools = html! { @if page.may_export { (export_button(urls::MATTERS_EXPORT, page.query)) } };
    let table =
        matter_table("信访事项", page.query).rows(tickable_rows(page)).paging(paging).tools(tools).empty(
            html! {
                p { "没有符合条件的信访事项。" }
                p { "可以放宽上面的筛选条件，或者用页面上方的搜索框按姓名、案号、事由查找。" }
            },
        );
    let table = if page.may_refer { table.ticks(BULK, "ids") } else { table };
    let mut titled = frame.titled("信访事项台账", "registers#matters");
    if page.may_register {
        titled = titled.action(html! { a.button.primary href="/intake" { "登记来访来信" } });
    }
    titled.body(html! { (filter_row(page)) (page.saved) (table.draw()) @if page.may_refer && !page.listing.rows.is_empty() { (bulk(frame)) } })
}

/// The form to which the boxes before the rows belong.
const BULK: &str = "bulk";

/// The rows; before each that may be open to referral a box to tick.
fn tickable_rows(page: &MatterList) -> impl Iterator<Item = Row> {
    let may = page.may_refer;
    matter_rows(&page.listing.rows).zip(&page.listing.rows).map(move |(row, listed)| {
        let matter = &listed.matter;
        let open = matter.stage != Stage::Closed;
        if may && open { row.tick(matter.id.to_string(), format!("选择 {}", matter.number)) } else { row }
    })
}

fn bulk(frame: &Frame) -> Markup {
    PostForm::to(crate::bulk_referrals::urls::CHOOSE, &frame.csrf).id(BULK).class("bulk sticky-actions").body(
        html! {
            button data-ticked-of=(BULK) { "批量转办所选的事项" }
            span.soft { "先看每一件能不能转，再确认。" }
        },
    )
}

/// What one may have to do with a matter, as the filter offers it.
const HANDS: [(&str, &str); 4] =
    [("", "不限"), ("addressee", "待我接办"), ("handler", "我承办的"), ("helper", "我协办的")];

/// The tiers of the mechanism, as the filter offers them.
const TIERS: [(&str, &str); 4] = [("", "不限级别"), ("3", "三级"), ("2", "二级"), ("1", "一级（苗头）")];

fn filter_row(page: &MatterList) -> Markup {
    let query = page.query;
    let stages = std::iter::once(("", "全部阶段")).chain(Stage::ALL.iter().map(|s| (s.code(), s.label())));
    let categories = std::iter::once(("".to_owned(), "全部类别".to_owned())).chain(
        page.categories
            .iter()
            .filter(|category| category.parent_code.is_none())
            .map(|category| (category.code.clone(), category.name.clone())),
    );
    let divisions = std::iter::once((String::new(), "全部庭室".to_owned()))
        .chain(page.divisions.iter().map(|division| (division.id.to_string(), division.name.clone())));
    let orders = Order::choices("新登记在前");
    filters(
        urls::MATTERS,
        html! {
            (select("stage", "阶段", stages).value(&query.stage))
            (select("category", "诉求类别", categories).value(&query.category))
            (select("division", "涉及庭室", divisions).value(&query.division))
            (select("due", "时限", DueFilter::CHOICES).value(&query.due))
            (select("order", "排序", orders).value(query.order().code()))
            (date("from", "登记日期从").value(&query.from))
            (date("to", "到").value(&query.to))
            (select("tier", "级别", TIERS).value(&query.tier))
            (select("hand", "与我有关", HANDS).value(&query.hand))
            (tick("mine", "只看我负责的").value(&query.mine))
        },
    )
}

/// The columns of a list of matters.
pub fn matter_table(caption: &str, query: &MatterQuery) -> Table {
    let by = |order| sorted_by(urls::MATTERS, query, order);
    let (newest, due) = query.order().marks();
    Table::new(
        caption,
        vec![
            Column::new("编号").class("tight"),
            Column::new("信访人"),
            Column::new("诉求").class("wide"),
            Column::new("阶段").class("tight"),
            Column::new("责任人").class("tight"),
            Column::new("下一时限").class("tight").sort(by(Order::Due), due),
            Column::new("登记").class("tight").sort(by(Order::Newest), newest),
        ],
    )
}

/// Matters as rows of [`matter_table`].
pub fn matter_rows(rows: &[Listed]) -> impl Iterator<Item = Row> {
    rows.iter().map(|listed| {
        let matter = &listed.matter;
        Row::link(urls::matter(matter.id))
            .due(listed.due.as_ref())
            .cell(&matter.number)
            .cell(html! {
                (matter.petitioner_line)
                @if matter.contact_count > 1 { " " span.tag { "第" (matter.contact_count) "次" } }
                @if let Some(tier) = matter.tier.and_then(Tier::of) { " " span.tag.strong { (tier.label()) } }
            })
            .cell(html! { span.clamp { (matter.claim) } span.soft { (listed.category) } })
            .cell(matter.stage.label())
            .cell(&listed.accountable)
            .cell(due_cell(listed.due.as_ref()))
            .cell(formats::short_date(Moment::from_utc(matter.registered_at).today()))
    })
}

/// A due date with its light, or that nothing runs.
pub fn due_cell(due: Option<&Due>) -> Markup {
    match due {
        Some(due) => html! { (due) " " span.soft { (formats::short_date(due.on)) } },
        None => light::unlit("已办结"),
    }
}

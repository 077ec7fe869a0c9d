//! The register of contacts (来访来信台账).

use crate::matters::forms::ContactQuery;
use crate::matters::types::Channel;
use crate::matters::urls;
use crate::matters::views::ListedContact;
use crate::time::Moment;
use crate::web::form::{date, select, tick};
use crate::web::listing::export_button;
use crate::web::table::filters;
use crate::web::{Column, Frame, Listing, Paging, Row, Table, formats};
use maud::{Markup, html};

/// What the register's page is drawn from.
pub struct ContactList<'a> {
    pub listing: &'a Listing<ListedContact>,
    pub query: &'a ContactQuery,
    pub may_export: bool,
    pub may_register: bool,
    /// Above the filters: what this person keeps of the register, and how to keep more.
    pub saved: Markup,
}

pub fn contact_list(frame: &Frame, page: &ContactList) -> Markup {
    let query = page.query;
    let next = page.listing.next(|last| last.contact.id.to_string());
    let table = Table::new(
        "来访来信",
        vec![
            Column::new("时间").class("tight"),
            Column::new("渠道").class("tight"),
            Column::new("信访人"),
            Column::new("内容").class("wide"),
            Column::new("事项编号").class("tight"),
            Column::new("接待人").class("tight"),
        ],
    )
    .rows(page.listing.rows.iter().map(row))
    .paging(Paging::of(urls::CONTACTS, query, next))
    .tools(html! { @if page.may_export { (export_button(urls::CONTACTS_EXPORT, query)) } })
    .empty(html! { p { "没有符合条件的来访来信。" } p { "可以放宽筛选条件，或者从“登记”新登记一次。" } });
    let mut titled = frame.titled("来访来信台账", "registers#contacts");
    if page.may_register {
        titled = titled.action(html! { a.button.primary href="/intake" { "登记来访来信" } });
    }
    titled.body(html! { (filter_row(query)) (page.saved) (table.draw()) })
}

fn filter_row(query: &ContactQuery) -> Markup {
    let channels =
        std::iter::once(("", "全部渠道")).chain(Channel::ALL.iter().map(|c| (c.code(), c.label())));
    let kinds = [("", "初访和重复访"), ("first", "初访"), ("repeat", "重复访"), ("group", "集体访")];
    filters(
        urls::CONTACTS,
        html! {
            (select("channel", "渠道", channels).value(&query.channel))
            (select("kind", "类型", kinds).value(&query.kind))
            (date("from", "日期从").value(&query.from))
            (date("to", "到").value(&query.to))
            (tick("mine", "只看我接待的").value(&query.mine))
        },
    )
}

fn row(listed: &ListedContact) -> Row {
    let contact = &listed.contact;
    Row::link(urls::matter(contact.matter_id))
        .cell(formats::short_moment(Moment::from_utc(contact.happened_at)))
        .cell(contact.channel.label())
        .cell(html! {
            (contact.petitioner_line) " "
            @if contact.is_first() { span.tag { "初访" } } @else { span.tag { "第" (contact.nth) "次" } }
            @if contact.is_group() { " " span.tag.warn { "集体访" } }
        })
        .cell(html! { span.clamp { (contact.summary) } })
        .cell(&listed.number)
        .cell(&listed.receiver)
}

//! The list of closed matters, the form that archives one, and the printed cover and index.

use super::forms::{ArchiveForm, ArchiveQuery};
use super::rules;
use super::types::{Retention, Which};
use super::urls;
use super::views::{Cover, Listed, Opening};
use crate::matters::pages::head_line;
use crate::matters::stages::Event;
use crate::matters::urls::{event as event_url, matter as matter_url};
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, hidden, number, select, text, textarea};
use crate::web::listing::export_button;
use crate::web::table::filters;
use crate::web::{Column, Frame, Listing, Paging, Paper, Row, Table, formats};
use maud::{Markup, html};

/// What the list is drawn from.
pub struct ListPage<'a> {
    pub listing: &'a Listing<Listed>,
    pub query: &'a ArchiveQuery,
    pub may_export: bool,
}

pub fn list(frame: &Frame, page: &ListPage) -> Markup {
    let next = page.listing.next(|last| last.matter.id.to_string());
    let columns = vec![
        Column::new("编号").class("tight"),
        Column::new("信访事项").class("wide"),
        Column::new("办结").class("tight"),
        Column::new("归档").class("tight"),
    ];
    let tools = html! { @if page.may_export { (export_button(urls::EXPORT, page.query)) } };
    let table = Table::new("归档", columns)
        .rows(page.listing.rows.iter().map(row))
        .paging(Paging::of(urls::LIST, page.query, next))
        .tools(tools)
        .empty(html! { p { "没有符合条件的事项。" } p { "事项办结以后，在它的页面上按“归档”。" } });
    let which = Which::ALL.map(|which| (which.code(), which.label()));
    frame
        .titled("归档", "archive#list")
        .lead(html! { "事项办结后三个月内归档（院定）。并案的随继续办理的那一件归档。" })
        .body(html! {
            (filters(urls::LIST, html! { (select("which", "范围", which).value(page.query.which().code())) }))
            (table.draw())
        })
}

fn row(listed: &Listed) -> Row {
    let matter = &listed.matter;
    Row::link(matter_url(matter.id))
        .cell(&matter.number)
        .cell(html! { span.clamp { (matter.petitioner_line) "：" (matter.claim) } })
        .cell(html! {
            @if let Some(at) = matter.closed_at { (formats::plain_date(Moment::from_utc(at).today())) }
            @if let Some(reason) = matter.close_reason { br; span.soft { (reason.label()) } }
        })
        .cell(html! {
            @match &listed.archive {
                Some(archive) => {
                    a href=(urls::cover(matter.id)) { (archive.number) } br;
                    @if listed.filed { span.soft { "保管" (archive.retention.label()) } }
                    @else if listed.overdue { span.tag.late { "再次办结满三个月" } }
                    @else { "再次办结，没有归档" }
                }
                None => { @if listed.overdue { span.tag.late { "满三个月" } } @else { "没有归档" } }
            }
        })
}

/// Empty lines below the index, for what the system doesn't know of.
const BLANK: usize = 6;

/// The form as it is offered at first.
pub fn offered(opening: &Opening) -> ArchiveForm {
    let archive = opening.archive.as_ref();
    ArchiveForm {
        version: opening.matter.version,
        filed: archive.map_or_else(String::new, |archive| archive.version.to_string()),
        retention: archive.map_or_else(String::new, |archive| archive.retention.code().to_owned()),
        title: opening.items.iter().map(|item| item.title.clone()).collect(),
        pages: opening.items.iter().map(|item| item.pages.to_string()).collect(),
        remark: archive.map_or_else(String::new, |archive| archive.remark.clone()),
    }
}

pub fn archive(frame: &Frame, opening: &Opening, form: &ArchiveForm, told: &Complaints) -> Markup {
    let matter = &opening.matter;
    let retentions =
        std::iter::once(("", "请选择")).chain(Retention::ALL.iter().map(|r| (r.code(), r.label())));
    let filled = form.title.iter().zip(&form.pages).map(|(title, pages)| (title.clone(), pages.clone()));
    let lines: Vec<(String, String)> =
        filled.chain(std::iter::repeat_n((String::new(), String::new()), BLANK)).collect();
    let mut page =
        frame.titled(Event::Archive.label(), "archive#form").back(matter_url(matter.id), &matter.number);
    if opening.archive.is_some() {
        page = page.action(html! { a.button href=(urls::cover(matter.id)) { "打印封面和目录" } });
    }
    page.body(html! {
        (head_line(matter))
        @if let Some(archive) = &opening.archive {
            p {
                "归档号 " strong { (archive.number) } "。"
                @if opening.filed { "更正目录不改变归档号。" } @else { "归档以后恢复办理、又办结的，补上新的材料再归档一次，归档号不变。" }
            }
        }
        (told.summary())
        (PostForm::to(&event_url(matter.id, Event::Archive), &frame.csrf).body(html! {
            (hidden("version", form.version))
            (hidden("filed", &form.filed))
            (select("retention", "保管期限", retentions).value(&form.retention).told(told).required()
                .hint("档次出自《机关文件材料归档范围和文书档案保管期限规定》；信访卷适用哪一档由本院确定，待核实。"))
            fieldset.group {
                legend { "卷内目录（按顺序，空行不算）" }
                @for (at, (title, pages)) in lines.iter().enumerate() {
                    div.index-line {
                        (text("title", "题名").row(at).value(title).told(told))
                        (number("pages", "页数").row(at).value(pages).told(told))
                    }
                }
            }
            (textarea("remark", "备注（可不填）", 2).value(&form.remark).told(told))
            button.primary { @if opening.filed { "保存目录" } @else { "归档" } }
        }))
    })
}

pub fn cover(frame: &Frame, cover: &Cover) -> Markup {
    let (matter, archive) = (&cover.matter, &cover.archive);
    let day = |at| formats::plain_date(Moment::from_utc(at).today());
    let placed = rules::numbered(&cover.items);
    let body = html! {
        h1 { (cover.court) br; "信访案卷" }
        p.sheet-number { (archive.number) }
        dl.facts {
            dt { "事项编号" } dd { (matter.number) }
            dt { "信访人" } dd { (matter.petitioner_line) }
            dt { "诉求" } dd { (matter.claim) }
            dt { "登记日期" } dd { (day(matter.registered_at)) }
            @if let Some(at) = matter.closed_at { dt { "办结日期" } dd { (day(at)) } }
            @if let Some(reason) = matter.close_reason { dt { "办结方式" } dd { (reason.label()) } }
            dt { "页数" } dd { (rules::page_count(&cover.items)) " 页" }
            dt { "保管期限" } dd { (archive.retention.label()) }
            dt { "归档" } dd { (day(archive.archived_at)) "，" (cover.archived_by) }
            @if !archive.remark.is_empty() { dt { "备注" } dd { (archive.remark) } }
        }
        h2 { "卷内目录" }
        table {
            thead { tr { th { "序号" } th { "题名" } th { "页号" } th { "页数" } } }
            tbody {
                @for (at, (item, (first, last))) in cover.items.iter().zip(&placed).enumerate() {
                    tr { td { (at + 1) } td { (item.title) } td { (first) @if last > first { "—" (last) } } td { (item.pages) } }
                }
            }
        }
        div.sign { span { "立卷人：＿＿＿＿＿＿" } span { "检查人：＿＿＿＿＿＿　＿＿年＿＿月＿＿日" } }
    };
    frame.paper("案卷封面和目录", Paper::A4, &event_url(matter.id, Event::Archive), false, body)
}

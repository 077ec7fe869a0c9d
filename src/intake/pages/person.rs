//! One row of people in the form: somebody known in a line, somebody new as fields.

use super::cards::person_line;
use crate::intake::forms::{IntakeForm, PersonRow};
use crate::intake::types::PersonCard;
use crate::matters::types::Part;
use crate::petitioners::document_number::{DocumentType, Sex};
use crate::petitioners::types::{CareFlag, PetitionerKind};
use crate::web::form::{Complaints, checkboxes, date, hidden, select, tel, text};
use maud::{Markup, html};

/// The row, with what is wrong in it. `focus` is where typing starts, in a form that has just been opened.
pub fn person_row(
    form: &IntakeForm,
    row: usize,
    known: &[PersonCard],
    told: &Complaints,
    focus: bool,
) -> Markup {
    let person = form.person(row);
    match known.iter().find(|card| Some(card.id) == person.id) {
        Some(card) => known_row(&person, card, row, told),
        None => new_row(&person, row, told, focus),
    }
}

/// Keeps the place of a row whose fields aren't shown.
fn placeholders(names: &[&str]) -> Markup {
    html! { @for name in names { (hidden(name, "")) } }
}

fn known_row(person: &PersonRow, card: &PersonCard, row: usize, told: &Complaints) -> Markup {
    html! {
        (hidden("person_id", card.id))
        (placeholders(&["kind", "name", "doc_type", "doc_number", "doc_reason", "sex", "birth", "phone", "address", "confidential"]))
        p { (person_line(card)) }
        (about_case(person, row, told))
    }
}

fn wrong(told: &Complaints, row: usize, names: &[&str]) -> bool {
    names.iter().any(|name| told.about(&format!("{name}.{row}")).next().is_some())
}

/// Part and relation, folded away.
fn about_case(person: &PersonRow, row: usize, told: &Complaints) -> Markup {
    html! {
        details.more open[wrong(told, row, &["part", "relation"])] {
            summary { "身份、与案件的关系" }
            (part_and_relation(person, row, told))
        }
    }
}

fn part_and_relation(person: &PersonRow, row: usize, told: &Complaints) -> Markup {
    let parts = std::iter::once(("", "信访人（五人以上时为代表）")).chain(
        Part::ALL.iter().filter(|part| **part != Part::Petitioner).map(|part| (part.code(), part.label())),
    );
    html! {
        div.columns {
            (select("part", "身份", parts).row(row).value(&person.part).told(told))
            (text("relation", "与案件的关系").row(row).value(&person.relation).hint("例如 原告、申请执行人、被害人家属").told(told))
        }
    }
}

fn new_row(person: &PersonRow, row: usize, told: &Complaints, focus: bool) -> Markup {
    let form = &person.form;
    let anonymous = form.kind == PetitionerKind::Anonymous.code();
    let number_wrong = wrong(told, row, &["doc_number"]) || !form.doc_reason.is_empty();
    let name = text("name", "姓名").row(row).value(&form.name).told(told);
    let name = if focus && form.name.is_empty() && !anonymous { name.focus() } else { name };
    let number = text("doc_number", "证件号码").row(row).size("w-id").value(&form.doc_number).told(told);
    let number =
        if focus && !form.name.is_empty() && form.doc_number.is_empty() { number.focus() } else { number };
    let phone = tel("phone", "电话").row(row).value(&form.phone).told(told);
    let phone =
        if focus && !form.name.is_empty() && !form.doc_number.is_empty() { phone.focus() } else { phone };
    html! {
        (hidden("person_id", ""))
        @if anonymous { p.note { "匿名：不需要填写姓名和证件。愿意留下联系方式的，仍可以填写。" } }
        div.columns.top-aligned {
            (name)
            (number)
            (phone)
            (text("address", "住址").row(row).value(&form.address).told(told))
        }
        @if number_wrong { (reason(person, row, told)) }
        (more(person, row, told, number_wrong))
    }
}

fn reason(person: &PersonRow, row: usize, told: &Complaints) -> Markup {
    html! {
        (text("doc_reason", "号码无法核对的原因").row(row).value(&person.form.doc_reason)
            .hint("填写后按“未核实”保存，例如 证件磨损、来信自述").told(told))
    }
}

fn more(person: &PersonRow, row: usize, told: &Complaints, reason_above: bool) -> Markup {
    let form = &person.form;
    let inside =
        ["kind", "doc_type", "doc_reason", "sex", "birth", "relation", "part", "care", "confidential"];
    let kind = if form.kind.is_empty() { PetitionerKind::Person.code() } else { &form.kind };
    let doc_type = if form.doc_type.is_empty() { "" } else { &form.doc_type };
    let types = std::iter::once(("", "按号码识别（身份证）"))
        .chain(DocumentType::ALL.iter().map(|kind| (kind.code(), kind.label())));
    let kinds = PetitionerKind::ALL.iter().map(|kind| (kind.code(), kind.label()));
    let flags = CareFlag::ALL.iter().map(|flag| (flag.code(), flag.label()));
    let sexes =
        std::iter::once(("", "按证件识别")).chain(Sex::ALL.iter().map(|sex| (sex.code(), sex.label())));
    html! {
        details.more open[wrong(told, row, &inside)] {
            summary { "更多 " span.soft { "单位或匿名、其他证件、与案件的关系、需要关照的情况" } }
            div.columns {
                (select("kind", "类别", kinds).row(row).value(kind).told(told))
                (select("doc_type", "证件类型", types).row(row).value(doc_type).told(told))
                (select("sex", "性别", sexes).row(row).value(&form.sex).told(told))
                (date("birth", "出生日期").row(row).value(&form.birth).told(told))
            }
            @if !reason_above { (reason(person, row, told)) }
            (part_and_relation(person, row, told))
            (checkboxes("care", "需要关照的情况", flags).row(row).values(form.care.clone()).hint("年龄由证件号码得知，不用选").told(told))
            (select("confidential", "姓名保密", [("", "不需要"), ("1", "需要：列表上只显示姓氏")]).row(row).value(&form.confidential).told(told))
        }
    }
}

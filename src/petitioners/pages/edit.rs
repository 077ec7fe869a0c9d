//! The form of a petitioner's particulars.

use super::super::document_number::{DocumentType, Sex};
use super::super::forms::PetitionerForm;
use super::super::types::{CareFlag, Petitioner, PetitionerKind, SealedField};
use super::super::urls;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, checkboxes, date, hidden, radios, select, tel, text, tick};
use maud::{Markup, html};

const LABELS: [(&str, &str); 9] = [
    ("kind", "类别"),
    ("name", "姓名或名称"),
    ("doc_type", "证件类型"),
    ("doc_number", "证件号码"),
    ("doc_reason", "原因"),
    ("sex", "性别"),
    ("birth", "出生日期"),
    ("phone", "电话"),
    ("address", "地址"),
];

/// The fields of one petitioner, for any form that has just one.
pub fn particulars(form: &PetitionerForm, complaints: &Complaints) -> Markup {
    html! {
        (radios("kind", "类别", PetitionerKind::ALL.iter().map(|kind| (kind.code(), kind.label())))
            .value(if form.kind.is_empty() { "person" } else { &form.kind }).told(complaints))
        (text("name", "姓名或名称").value(&form.name).told(complaints).required())
        (select("doc_type", "证件类型", DocumentType::ALL.iter().map(|kind| (kind.code(), kind.label())))
            .value(&form.doc_type).told(complaints))
        (text("doc_number", "证件号码").size("w-id").value(&form.doc_number).told(complaints)
            .hint("填错时会指出不符合哪条规则；确实无法核对的，写明原因后按“未核实”保存。"))
        (text("doc_reason", "无证件或未核实的原因").value(&form.doc_reason).told(complaints))
        (radios("sex", "性别", Sex::ALL.iter().map(|sex| (sex.code(), sex.label())))
            .value(&form.sex).told(complaints))
        (date("birth", "出生日期").value(&form.birth).told(complaints).hint("有身份证号码的会自动带出。"))
        (tel("phone", "电话").value(&form.phone).told(complaints))
        (text("address", "地址").value(&form.address).told(complaints))
        (checkboxes("care", "关怀", CareFlag::ALL.iter().map(|flag| (flag.code(), flag.label())))
            .values(form.care.clone()).told(complaints).hint("只用于更好地接待；老年人和未成年人会按出生日期自动标出。"))
        (tick("confidential", "对姓名保密，查看须写明理由").value(&form.confidential))
    }
}

/// The page on which a petitioner's particulars are corrected. What is sealed is not shown: empty keeps it.
pub fn edit(
    frame: &Frame,
    petitioner: &Petitioner,
    form: &PetitionerForm,
    version: i64,
    complaints: &Complaints,
) -> Markup {
    let action = urls::edit(petitioner.id);
    let there = |field: &SealedField| match field {
        SealedField::Name => false,
        SealedField::Document => petitioner.doc_sealed.is_some(),
        SealedField::Phone => petitioner.phone_sealed.is_some(),
        SealedField::Address => petitioner.address_sealed.is_some(),
    };
    let sealed: Vec<_> = SealedField::ALL.iter().copied().filter(there).collect();
    let title = format!("更正信息：{}", petitioner.name_shown());
    frame.titled(&title, "petitioners#edit").back(urls::petitioner(petitioner.id), "信访人").narrow().body(html! {
        (complaints.summary_naming(&LABELS))
        (PostForm::to(&action, &frame.csrf).enter_next().body(html! {
            (hidden("version", version))
            p.note { "证件号码、电话、地址已经加密保存，这里不显示；留空就是保持不变。旧的姓名、证件和电话仍然可以用来查找。"
                @if petitioner.confidential { "这位信访人的姓名保密，姓名留空就是保持不变。" } }
            (particulars(form, complaints))
            @if !sealed.is_empty() {
                (checkboxes("dropped", "已经不对、不再使用的", sealed.iter().map(|field| (field.code(), field.label())))
                    .values(form.dropped.clone()).told(complaints))
            }
            div.actions { button.primary { "保存" } a.button href=(urls::petitioner(petitioner.id)) { "取消" } }
        }))
    })
}

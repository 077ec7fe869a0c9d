//! One petitioner: particulars masked, what they are found by, their matters, merges and near-doubles.

use super::super::document_number::mask;
use super::super::profile::Profile;
use super::super::types::{DocumentStatus, Key, KeyKind, Merge, Petitioner, SealedField, mask_name};
use super::super::urls;
use super::{cares, in_short};
use crate::matters::types::Contact;
use crate::matters::{self, Matter};
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, hidden, post_button, radios, text};
use crate::web::{Column, Frame, Row, Table, formats};
use chrono::{NaiveDate, NaiveDateTime};
use maud::{Markup, html};

/// What this person may do here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct May {
    pub edit: bool,
    pub merge: bool,
    pub reveal: bool,
    /// Sees more of a masked number, since they handle the matter.
    pub handles: bool,
}

/// What was opened for this one page, or was asked for without a good reason.
#[derive(Clone, Debug, Default)]
pub struct Revealed {
    pub field: Option<SealedField>,
    pub plain: Option<String>,
    pub reason: String,
    pub complaints: Complaints,
}

/// The page of one petitioner.
pub fn detail(frame: &Frame, profile: &Profile, revealed: &Revealed, may: May, today: NaiveDate) -> Markup {
    let petitioner = &profile.petitioner;
    let active = petitioner.merged_into.is_none();
    let title = petitioner.name_shown();
    let mut page = frame.titled(&title, "petitioners#one").back(urls::LIST, "信访人");
    if may.edit && active {
        page = page.action(html! { a.button href=(urls::edit(petitioner.id)) { "更正信息" } });
    }
    page.body(html! {
        (merged_notice(profile))
        div.two {
            div {
                (particulars(petitioner, revealed, may, today))
                (their_matters(&profile.matters))
                (contacts(&profile.contacts))
                (history(profile, may))
            }
            div {
                @if may.reveal { (reveal(frame, petitioner, revealed)) }
                @if active && may.edit { (doubles(frame, profile, may, today)) }
                (merges(frame, profile, may))
                (distinct(frame, profile, may))
            }
        }
    })
}

fn merged_notice(profile: &Profile) -> Markup {
    html! {
        @if let Some(survivor) = &profile.survivor {
            div.note {
                p { "这条记录已确认与 " a href=(urls::petitioner(survivor.id)) { (survivor.name_shown()) }
                    " 是同一人，已经并入。今后的来访请登记在那条记录上。" }
            }
        }
    }
}

fn fact(name: &str, value: Option<&str>) -> Markup {
    html! { dt { (name) } dd { @match value { Some(value) => (value), None => span.soft { "未登记" } } } }
}

fn particulars(petitioner: &Petitioner, revealed: &Revealed, may: May, today: NaiveDate) -> Markup {
    let plain = |field| revealed.plain.as_deref().filter(|_| revealed.field == Some(field));
    let document = petitioner.document_shown(may.handles);
    let birth = petitioner.birth_on.map(|birth| {
        let age = petitioner.age(today).unwrap_or_default();
        format!("{}（{age}岁）", formats::plain_date(birth))
    });
    html! {
        section {
            h2 { "基本信息" }
            @if let Some(field) = revealed.field.filter(|_| revealed.plain.is_some()) {
                div.note role="status" {
                    p { "已显示" (field.label()) "原文，查看人和理由已经留痕。离开本页后恢复遮盖。" }
                }
            }
            dl.facts {
                (fact("姓名或名称", plain(SealedField::Name).or(Some(&petitioner.name_shown()))))
                (fact("类别", Some(petitioner.kind.label())))
                (fact("性别", petitioner.sex.map(|sex| sex.label())))
                (fact("出生日期", birth.as_deref()))
                (fact("证件类型", Some(petitioner.doc_type.label())))
                (fact("证件号码", plain(SealedField::Document).or(document.as_deref())))
                (fact("核对情况", Some(petitioner.doc_status.label())))
                @if let Some(reason) = &petitioner.doc_reason {
                    dt { @if petitioner.doc_status == DocumentStatus::None { "无证件原因" } @else { "未核实原因" } }
                    dd { (reason) }
                }
                (fact("电话", plain(SealedField::Phone).or(petitioner.phone_masked.as_deref())))
                (fact("地址", plain(SealedField::Address).or(petitioner.address_masked.as_deref())))
                dt { "关怀与标记" } dd { (cares(petitioner, today)) }
            }
        }
    }
}

fn reveal(frame: &Frame, petitioner: &Petitioner, revealed: &Revealed) -> Markup {
    let there = |field: &SealedField| match field {
        SealedField::Name => petitioner.confidential,
        SealedField::Document => petitioner.doc_sealed.is_some(),
        SealedField::Phone => petitioner.phone_sealed.is_some(),
        SealedField::Address => petitioner.address_sealed.is_some(),
    };
    let fields: Vec<_> = SealedField::ALL.iter().copied().filter(there).collect();
    let action = urls::reveal(petitioner.id);
    html! {
        @if !fields.is_empty() {
            section.box {
                h2 { "查看原文" }
                (PostForm::to(&action, &frame.csrf).body(html! {
                    (revealed.complaints.summary())
                    (radios("field", "要看哪一项", fields.iter().map(|field| (field.code(), field.label())))
                        .value(revealed.field.unwrap_or(SealedField::Phone).code()).told(&revealed.complaints))
                    (text("reason", "理由").hint("例如：电话通知来院领取答复。查看会留痕。")
                        .value(if revealed.plain.is_some() { "" } else { &revealed.reason })
                        .told(&revealed.complaints).required())
                    button { "查看" }
                }))
            }
        }
    }
}

fn their_matters(matters: &[Matter]) -> Markup {
    let row = |matter: &Matter| {
        Row::link(matters::urls::matter(matter.id))
            .cell(&matter.number)
            .cell(&matter.claim)
            .cell(matter.stage.label())
            .cell(html! { (matter.contact_count) " 次" })
            .cell(day(matter.registered_at))
            .cell(matter.next_due_on.map(formats::plain_date).unwrap_or_default())
    };
    let columns =
        ["编号", "诉求", "阶段", "来访来信", "登记日期", "下一时限"].map(Column::new).into_iter().collect();
    html! {
        section {
            h2 { "信访事项" }
            (Table::new("这位信访人的事项", columns).rows(matters.iter().map(row))
                .empty(html! { p { "没有您可以查看的信访事项。" } }).draw())
        }
    }
}

fn contacts(contacts: &[Contact]) -> Markup {
    let row = |contact: &Contact| {
        Row::link(matters::urls::matter(contact.matter_id))
            .cell(formats::moment(Moment::from_utc(contact.happened_at)))
            .cell(contact.channel.label())
            .cell(html! { "第 " (contact.nth) " 次" })
            .cell(html! { span.clamp { (contact.summary) } })
    };
    let columns = ["时间", "方式", "次数", "情况"].map(Column::new).into_iter().collect();
    html! {
        @if !contacts.is_empty() {
            section {
                h2 { "来访来信" }
                (Table::new("这位信访人的来访来信", columns).rows(contacts.iter().map(row)).draw())
            }
        }
    }
}

fn day(at: NaiveDateTime) -> String {
    formats::plain_date(Moment::from_utc(at).today())
}

/// What a key says to this person: nobody's mask is thinner here than above.
fn key_shown(key: &Key, profile: &Profile, may: May) -> String {
    let shown = key.shown.as_deref().unwrap_or_default();
    let confidential = std::iter::once(&profile.petitioner)
        .chain(&profile.survivor)
        .chain(&profile.merged)
        .any(|record| record.confidential);
    match key.kind {
        KeyKind::Name if confidential => mask_name(shown),
        KeyKind::Document if !may.handles => mask(shown),
        KeyKind::Name | KeyKind::Document | KeyKind::DocumentTail | KeyKind::Phone | KeyKind::PhoneTail => {
            shown.to_owned()
        }
    }
}

fn history(profile: &Profile, may: May) -> Markup {
    let keys = &profile.history;
    html! {
        @if keys.len() > 1 {
            details.more {
                summary { "用过的姓名、证件和电话" span.soft { "（" (keys.len()) " 项，都还能用来查找）" } }
                table {
                    caption.unseen { "用过的姓名、证件和电话" }
                    thead { tr { th { "类别" } th { "内容" } th { "登记日期" } } }
                    tbody {
                        @for key in keys {
                            tr { td { (key.kind.label()) } td { (key_shown(key, profile, may)) }
                                td { (day(key.recorded_at)) } }
                        }
                    }
                }
            }
        }
    }
}

fn doubles(frame: &Frame, profile: &Profile, may: May, today: NaiveDate) -> Markup {
    let id = profile.petitioner.id;
    html! {
        section.box {
            h2 { "可能是同一人" }
            @if profile.doubles.is_empty() { p.soft { "没有发现重复的记录。" } }
            ul.plain {
                @for found in &profile.doubles {
                    li {
                        a href=(urls::petitioner(found.petitioner.id)) { (found.petitioner.name_shown()) }
                        p.small { (in_short(&found.petitioner, may.handles, today)) }
                        p.why { (found.reason()) }
                        (post_button(&frame.csrf, &urls::distinct(id), "不是同一人",
                            html! { (hidden("other", found.petitioner.id)) }))
                    }
                }
            }
            @if may.merge { p { a.button href=(urls::merge(id)) { "合并重复记录" } } }
        }
    }
}

fn merges(frame: &Frame, profile: &Profile, may: May) -> Markup {
    let name = |merge: &Merge| {
        let all = profile.merged.iter().chain(std::iter::once(&profile.petitioner)).chain(&profile.survivor);
        all.into_iter().find(|record| record.id == merge.petitioner_id).map(Petitioner::name_shown)
    };
    html! {
        @if !profile.merges.is_empty() {
            section.box {
                h2 { "合并记录" }
                ul.plain {
                    @for merge in profile.merges.iter().filter(|merge| merge.id == merge.batch_id) {
                        li {
                            p { a href=(urls::petitioner(merge.petitioner_id)) { (name(merge).unwrap_or_else(|| "另一条记录".into())) }
                                " 于 " (day(merge.merged_at)) " 并入：" (merge.reason) }
                            @match (&merge.undone_at, &merge.undone_reason) {
                                (Some(at), Some(why)) => p.soft { (day(*at)) " 已撤销：" (why) },
                                _ => @if may.merge { (undo(frame, merge)) },
                            }
                        }
                    }
                }
            }
        }
    }
}

fn undo(frame: &Frame, merge: &Merge) -> Markup {
    let action = urls::unmerge(merge.id);
    html! {
        details.more {
            summary { "撤销这次合并" }
            (PostForm::to(&action, &frame.csrf).body(html! {
                (text("reason", "撤销理由").hint("四个字以上，会留痕。").required())
                button.danger { "撤销合并" }
            }))
        }
    }
}

fn distinct(frame: &Frame, profile: &Profile, may: May) -> Markup {
    html! {
        @if !profile.distinct.is_empty() {
            section.box {
                h2 { "已确认不是同一人" }
                ul.plain {
                    @for (said, other) in &profile.distinct {
                        li {
                            @if let Some(other) = other {
                                a href=(urls::petitioner(other.id)) { (other.name_shown()) }
                            }
                            " " span.soft { (day(said.said_at)) }
                            @if !said.reason.is_empty() { p.why { (said.reason) } }
                            @if may.edit {
                                (post_button(&frame.csrf, &urls::undo_distinct(said.id), "撤销", html! {}))
                            }
                        }
                    }
                }
            }
        }
    }
}

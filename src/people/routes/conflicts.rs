//! Both versions of a setting that somebody else changed while it was being edited.

use super::super::forms::{CourtForm, DivisionForm, RolesForm, StaffForm};
use super::super::types::{
    Account, Court, CourtLevel, Division, DivisionId, DivisionKind, Post, Role, Staff, TierPreset,
};
use super::super::urls;
use crate::error::Problem;
use crate::web::Frame;
use crate::web::conflict::{Beside, Both, fields_of};
use actix_web::HttpResponse;

/// Somebody's particulars.
pub fn staff(
    frame: &Frame,
    mine: &StaffForm,
    (staff, account): (&Staff, &Account),
    divisions: &[Division],
) -> Result<HttpResponse, Problem> {
    let division =
        |id: &str| divisions.iter().find(|one| one.id.to_string() == id).map(|one| one.name.clone());
    let words = |name: &str, value: &str| match name {
        "division" => division(value),
        "post" => Post::from_code(value).map(|post| post.label().to_owned()),
        _ => None,
    };
    let both = Both {
        title: &staff.name,
        help: "staff",
        keep: &urls::staff(staff.id),
        action: &urls::staff(staff.id),
        mine: fields_of(mine)?,
        theirs: fields_of(&StaffForm::of(staff, account))?,
        labels: &[
            ("name", "姓名"),
            ("division", "庭室"),
            ("post", "职务"),
            ("rank", "排名"),
            ("mail", "邮箱"),
            ("telephone", "电话"),
            ("expires_on", "账号有效期至"),
        ],
        fresh: vec![("version", staff.version.to_string())],
        words: &words,
    };
    Ok(both.answer(frame))
}

/// An account that is to be deactivated, or used again, where the person's record has changed.
pub fn account(frame: &Frame, staff: &Staff, roles: &[Role], active: bool) -> HttpResponse {
    let now = [
        ("姓名", staff.name.clone()),
        ("职务", staff.post.label().to_owned()),
        ("角色", roles.iter().map(|role| role.label()).collect::<Vec<_>>().join("、")),
        ("账号", if staff.active { "在用" } else { "已停用" }.to_owned()),
    ];
    let keep = urls::staff(staff.id);
    let (meant, action) = if active {
        ("恢复使用", urls::reactivate(staff.id))
    } else {
        ("停用账号", urls::deactivate(staff.id))
    };
    let again = (action.as_str(), vec![("version", staff.version.to_string())]);
    let again = (staff.active != active).then_some(again);
    Beside { title: &staff.name, help: "staff", keep: &keep, meant, now: &now, again }.answer(frame)
}

/// A division's particulars.
pub fn division(
    frame: &Frame,
    mine: &DivisionForm,
    (id, now): (DivisionId, &Division),
) -> Result<HttpResponse, Problem> {
    let words = |name: &str, value: &str| match name {
        "kind" => DivisionKind::from_code(value).map(|kind| kind.label().to_owned()),
        "active" => Some("在用".to_owned()),
        _ => None,
    };
    let both = Both {
        title: &now.name,
        help: "divisions",
        keep: &urls::division(id),
        action: &urls::division(id),
        mine: fields_of(mine)?,
        theirs: fields_of(&DivisionForm::of(now))?,
        labels: &[
            ("name", "名称"),
            ("kind", "类别"),
            ("telephone", "电话"),
            ("position", "排列次序"),
            ("active", "是否在用"),
        ],
        fresh: vec![("version", now.version.to_string())],
        words: &words,
    };
    Ok(both.answer(frame))
}

/// The court's particulars.
pub fn court(frame: &Frame, mine: &CourtForm, now: &Court) -> Result<HttpResponse, Problem> {
    let words = |name: &str, value: &str| match name {
        "level" => CourtLevel::from_code(value).map(|level| level.label().to_owned()),
        "tier_preset" => TierPreset::from_code(value).map(|preset| preset.label().to_owned()),
        _ => None,
    };
    let both = Both {
        title: "本院信息",
        help: "court",
        keep: urls::COURT,
        action: urls::COURT,
        mine: fields_of(mine)?,
        theirs: fields_of(&CourtForm::of(now))?,
        labels: &[
            ("code", "法院代字"),
            ("name", "名称"),
            ("short_name", "简称"),
            ("level", "级别"),
            ("address", "地址"),
            ("window_name", "窗口名称"),
            ("telephone", "电话"),
            ("number_pattern", "事项编号的写法"),
            ("tier_preset", "三级机制"),
        ],
        fresh: vec![("version", now.version.to_string())],
        words: &words,
    };
    Ok(both.answer(frame))
}

/// Somebody's roles.
pub fn roles(frame: &Frame, mine: &RolesForm, staff: &Staff, now: &[Role]) -> Result<HttpResponse, Problem> {
    let theirs =
        RolesForm { version: staff.version, roles: now.iter().map(|role| role.code().to_owned()).collect() };
    let both = Both {
        title: &staff.name,
        help: "roles",
        keep: &urls::roles(staff.id),
        action: &urls::roles(staff.id),
        mine: fields_of(mine)?,
        theirs: fields_of(&theirs)?,
        labels: &[("roles", "角色")],
        fresh: vec![("version", staff.version.to_string())],
        words: &|_, value| Role::from_code(value).map(|role| role.label().to_owned()),
    };
    Ok(both.answer(frame))
}

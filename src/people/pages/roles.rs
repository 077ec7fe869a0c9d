//! Roles, portfolios and the permission table.

use super::{choices, division_name};
use crate::people::Permission;
use crate::people::forms::PortfolioForm;
use crate::people::types::{Account, Division, Portfolio, Role, Staff, StaffId};
use crate::people::urls;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, checkboxes, date, hidden, post_button, select};
use crate::web::formats;
use crate::web::table::{Column, Row, Table};
use chrono::NaiveDate;
use maud::{Markup, html};

/// Somebody with their roles and whether they can sign in.
pub struct Line {
    pub staff: Staff,
    pub roles: Vec<Role>,
    /// Closed, or locked by failures.
    pub locked: bool,
}

/// People and their roles.
pub fn matrix(frame: &Frame, lines: &[Line], divisions: &[Division]) -> Markup {
    let columns = ["姓名", "庭室", "职务", "角色", "账号"].map(Column::new);
    let row = |line: &Line| {
        let roles: Vec<&str> = line.roles.iter().map(|role| role.label()).collect();
        Row::link(urls::roles(line.staff.id))
            .cell(&line.staff.name)
            .cell(division_name(divisions, &line.staff))
            .cell(line.staff.post.label())
            .cell(if roles.is_empty() { "尚未分配".to_owned() } else { roles.join("、") })
            .cell(if line.locked { "锁定" } else { "正常" })
    };
    frame
        .titled("角色", "roles")
        .lead(html! { "谁担任什么角色。点开一行可以调整，或者解锁账号。" })
        .action(html! { a.button href=(urls::PERMISSIONS) { "权限表" } })
        .body(
            Table::new("人员与角色", columns.to_vec())
                .rows(lines.iter().map(row))
                .empty(html! { p { "还没有人员。请系统管理员先新增人员。" } })
                .draw(),
        )
}

/// One person's roles.
pub struct Assignment<'a> {
    pub staff: &'a Staff,
    pub account: &'a Account,
    pub roles: &'a [Role],
    pub locked: bool,
    pub oneself: bool,
}

pub fn assignment(frame: &Frame, one: &Assignment<'_>, told: &Complaints) -> Markup {
    let (staff, csrf) = (one.staff, &frame.csrf);
    let chosen = one.roles.iter().map(|role| role.code());
    frame.titled(&staff.name, "roles").back(urls::ROLES, "角色").narrow().body(html! {
        dl.facts {
            dt { "用户名" } dd { (one.account.user_name) }
            dt { "职务" } dd { (staff.post.label()) }
            dt { "账号" } dd { @if one.locked { "锁定" } @else { "正常" } }
        }
        @if one.oneself {
            p.hint { "自己的角色要由另一位安全管理员调整。" }
        } @else {
            div.actions {
                @if one.locked { (post_button(csrf, &urls::unlock(staff.id), "解锁账号", hidden("version", staff.version))) }
                @else { (post_button(csrf, &urls::close_account(staff.id), "锁定账号", hidden("version", staff.version))) }
            }
            (PostForm::to(&urls::roles(staff.id), csrf).body(html! {
                (told.summary())
                (hidden("version", staff.version))
                (checkboxes("roles", "角色", choices!(Role)).values(chosen).told(told)
                    .hint("三员各自独立，不能兼任别的角色；财务不能兼任司法救助的提出和审批"))
                div.actions { button.primary { "保存角色" } }
            }))
        }
    })
}

/// The portfolios, and the form to set one.
pub struct Portfolios<'a> {
    pub today: NaiveDate,
    pub entries: &'a [Portfolio],
    pub leaders: &'a [Staff],
    pub divisions: &'a [Division],
    pub names: &'a [(StaffId, String)],
}

pub fn portfolios(frame: &Frame, page: &Portfolios<'_>, form: &PortfolioForm, told: &Complaints) -> Markup {
    let leaders =
        page.leaders.iter().map(|one| (one.id.to_string(), format!("{} {}", one.post.label(), one.name)));
    let mut charges = vec![("petitions".to_owned(), "信访工作（全院）".to_owned())];
    charges.extend(page.divisions.iter().map(|one| (one.id.to_string(), one.name.clone())));
    frame
        .titled("分管", "portfolios")
        .lead(html! { "哪位院领导分管哪个庭室、谁分管信访工作。信访事项的主管领导由此确定。" })
        .body(html! {
            (entries(frame, page))
            h2 { "调整分管" }
            @if page.leaders.is_empty() {
                p { "还没有院领导。请系统管理员先新增人员并填写院长、副院长等职务。" }
            } @else {
                (PostForm::to(urls::PORTFOLIOS, &frame.csrf).body(html! {
                    (told.summary())
                    (select("staff", "院领导", leaders).value(&form.staff).told(told).required())
                    (select("charge", "分管", charges).value(&form.charge).told(told).required())
                    (date("from_on", "从哪一天起").value(&form.from_on).told(told).required()
                        .hint("原来分管的人到前一天为止"))
                    div.actions { button.primary { "保存分管" } }
                }))
            }
        })
}

fn entries(frame: &Frame, page: &Portfolios<'_>) -> Markup {
    let columns = ["分管", "院领导", "起", "止", "操作"].map(Column::new);
    let what = |entry: &Portfolio| {
        let division = page.divisions.iter().find(|one| Some(one.id) == entry.division_id);
        division.map_or("信访工作（全院）", |one| one.name.as_str()).to_owned()
    };
    let who = |entry: &Portfolio| {
        page.names
            .iter()
            .find(|(id, _)| *id == entry.staff_id)
            .map_or("—", |(_, name)| name.as_str())
            .to_owned()
    };
    let row = |entry: &Portfolio| {
        let running = entry.to_on.is_none_or(|last| last >= page.today);
        Row::plain()
            .cell(what(entry))
            .cell(who(entry))
            .cell(formats::plain_date(entry.from_on))
            .cell(entry.to_on.map_or_else(|| "至今".to_owned(), formats::plain_date))
            .cell(html! {
                @if running {
                    (post_button(&frame.csrf, &urls::end_portfolio(entry.id), "今天止",
                        hidden("to_on", page.today)))
                } @else { "已结束" }
            })
    };
    Table::new("分管", columns.to_vec())
        .rows(page.entries.iter().map(row))
        .empty(html! { p { "还没有设定分管。没有分管的事项由常务副院长主管，没有常务副院长时由院长主管。" } })
        .draw()
}

/// The permission table, for people to read.
pub fn permissions(frame: &Frame) -> Markup {
    frame
        .titled("权限表", "roles#permissions")
        .lead(html! { "每个角色能做什么。这张表写在程序里，所有页面和操作都按它判断。" })
        .body(html! {
            table.cards {
                caption.unseen { "角色与权限" }
                thead { tr { th scope="col" { "角色" } th scope="col" { "可以做什么" } } }
                tbody { @for role in Role::ALL { (permission_row(*role)) } }
            }
        })
}

fn permission_row(role: Role) -> Markup {
    let may: Vec<&str> = Permission::ALL
        .iter()
        .filter(|permission| role.permissions().contains(permission))
        .map(|permission| permission.label())
        .collect();
    html! {
        tr {
            td data-label="角色" { (role.label()) }
            td data-label="可以做什么" { @if may.is_empty() { "登录和修改自己的密码" } @else { (may.join("、")) } }
        }
    }
}

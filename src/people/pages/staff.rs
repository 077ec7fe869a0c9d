//! Staff and their accounts, for the system administrator.

use super::{choices, division_choices, division_name, moment};
use crate::people::forms::StaffForm;
use crate::people::types::{Account, Division, Post, Role, Staff, StaffFilter};
use crate::people::urls;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, date, hidden, number, post_button, search, select, tel, text};
use crate::web::table::{Column, Paging, Row, Table};
use maud::{Markup, html};

/// A list of staff.
pub struct List<'a> {
    pub filter: &'a StaffFilter,
    pub divisions: &'a [Division],
    /// With user names.
    pub people: &'a [(Staff, Option<String>)],
    /// Address of the following page.
    pub next: Option<String>,
}

pub fn list(frame: &Frame, list: &List<'_>) -> Markup {
    let columns = ["姓名", "用户名", "庭室", "职务", "状态"].map(Column::new);
    let row = |(one, user): &(Staff, Option<String>)| {
        Row::link(urls::staff(one.id))
            .cell(&one.name)
            .cell(user.as_deref().unwrap_or("—"))
            .cell(division_name(list.divisions, one))
            .cell(one.post.label())
            .cell(if one.active { "在用" } else { "停用" })
    };
    frame
        .titled("人员账号", "staff")
        .action(html! { a.button.primary href=(urls::NEW_STAFF) { "新增人员" } })
        .body(html! {
            (filters(frame, list))
            (export(frame, list))
            (Table::new("人员", columns.to_vec())
                .rows(list.people.iter().map(row))
                .paging(Paging { next: list.next.clone(), ..Paging::default() })
                .empty(html! { p { "没有符合条件的人员。请放宽筛选条件，或者新增人员。" } })
                .draw())
        })
}

/// The list as it is narrowed now, as a workbook.
fn export(frame: &Frame, list: &List<'_>) -> Markup {
    let filter = list.filter;
    let division = filter.division_id.map_or_else(String::new, |id| id.to_string());
    PostForm::to(urls::STAFF_EXPORT, &frame.csrf).class("one-button").body(html! {
        (hidden("text", &filter.text))
        (hidden("division", division))
        (hidden("state", state(filter)))
        button { "导出 Excel" }
    })
}

fn state(filter: &StaffFilter) -> &'static str {
    match filter.active {
        Some(true) => "active",
        Some(false) => "inactive",
        None => "all",
    }
}

fn filters(frame: &Frame, list: &List<'_>) -> Markup {
    let filter = list.filter;
    let mut divisions = vec![("".to_owned(), "全部庭室".to_owned())];
    divisions.extend(list.divisions.iter().map(|one| (one.id.to_string(), one.name.clone())));
    let division = filter.division_id.map_or_else(String::new, |id| id.to_string());
    PostForm::to(urls::STAFF_SEARCH, &frame.csrf).class("filters").body(html! {
        (search("text", "姓名或用户名").value(&filter.text))
        (select("division", "庭室", divisions).value(division))
        (select("state", "状态", [("active", "在用"), ("inactive", "停用"), ("all", "全部")]).value(state(filter)))
        button { "筛选" }
    })
}

fn fields(form: &StaffForm, divisions: &[Division], told: &Complaints) -> Markup {
    html! {
        (hidden("version", &form.version))
        (text("name", "姓名").value(&form.name).told(told).required().size("w-half"))
        (select("division", "庭室", division_choices(divisions)).value(&form.division).told(told))
        (select("post", "职务", choices!(Post)).value(&form.post).told(told).required())
        (number("rank", "同职务中的排名").value(&form.rank).told(told).required()
            .hint("院领导按职务、再按排名依次排列；第一位填 1"))
        (text("mail", "邮箱").value(&form.mail).told(told).hint("摘要和提醒发到这里；改动后要重新确认"))
        (tel("telephone", "办公电话").value(&form.telephone).told(told))
        (date("expires_on", "账号有效期至").value(&form.expires_on).told(told)
            .hint("借调、聘用人员填写最后一天；长期使用的留空"))
    }
}

/// Entering somebody.
pub fn new(frame: &Frame, form: &StaffForm, divisions: &[Division], told: &Complaints) -> Markup {
    frame.titled("新增人员", "staff#new").back(urls::STAFF, "人员账号").narrow().body(
        PostForm::to(urls::STAFF, &frame.csrf).enter_next().body(html! {
            (told.summary())
            (text("user_name", "用户名").value(&form.user_name).told(told).required().focus()
                .hint("3 到 32 个小写字母、数字、点、横线或下划线，例如姓名的拼音；以后不能更改"))
            (fields(form, divisions, told))
            div.actions { button.primary { "新增" } }
        }),
    )
}

/// A one-time password, shown once.
pub fn one_time(frame: &Frame, staff: &Staff, user_name: &str, password: &str) -> Markup {
    frame.titled("一次性密码", "staff#one-time").back(urls::staff(staff.id), &staff.name).narrow().body(html! {
        p.flash.done role="status" { "已为 " (staff.name) " 生成一次性密码。它只显示这一次，请现在抄下来交给本人。" }
        dl.facts {
            dt { "用户名" } dd { (user_name) }
            dt { "一次性密码" } dd { code { (password) } }
        }
        p { "本人第一次登录时须修改密码；7 天内没有使用就失效，可以再次重置。" }
        p { "还没有角色的人员登录后什么也看不到，请通知安全管理员分配角色。" }
        div.actions { a.button href=(urls::STAFF) { "回到人员账号" } }
    })
}

/// Somebody, as the system administrator sees them.
pub struct Detail<'a> {
    pub staff: &'a Staff,
    pub account: &'a Account,
    pub roles: &'a [Role],
    pub divisions: &'a [Division],
    /// Failures have locked the account for a while.
    pub locked: bool,
    /// What they hold of matters, in words; empty for nothing.
    pub holds: &'a str,
    /// The person who looks is this person.
    pub oneself: bool,
}

pub fn detail(frame: &Frame, detail: &Detail<'_>, form: &StaffForm, told: &Complaints) -> Markup {
    let staff = detail.staff;
    frame.titled(&staff.name, "staff").back(urls::STAFF, "人员账号").narrow().body(html! {
        (facts(detail))
        (account_buttons(frame, detail))
        h2 { "修改" }
        (PostForm::to(&urls::staff(staff.id), &frame.csrf).enter_next().body(html! {
            (told.summary())
            (fields(form, detail.divisions, told))
            div.actions { button.primary { "保存" } }
        }))
    })
}

fn facts(detail: &Detail<'_>) -> Markup {
    let (staff, account) = (detail.staff, detail.account);
    let roles: Vec<&str> = detail.roles.iter().map(|role| role.label()).collect();
    let state = match (staff.active, account.locked, detail.locked) {
        (false, _, _) => "停用",
        (true, true, _) => "已锁定，由安全管理员解锁",
        (true, false, true) => "登录失败过多，暂时锁定",
        (true, false, false) => "在用",
    };
    html! {
        dl.facts {
            dt { "用户名" } dd { (account.user_name) }
            dt { "状态" } dd { (state) }
            dt { "角色" } dd { @if roles.is_empty() { "尚未分配，由安全管理员分配" } @else { (roles.join("、")) } }
            dt { "最近登录" } dd { (account.last_sign_in_at.map_or_else(|| "从未登录".to_owned(), moment)) }
            dt { "经手的信访" } dd { @if detail.holds.is_empty() { "没有" } @else { (detail.holds) } }
        }
    }
}

fn account_buttons(frame: &Frame, detail: &Detail<'_>) -> Markup {
    let staff = detail.staff;
    let version = || hidden("version", staff.version);
    let administrator = detail.roles.iter().any(|role| role.is_administrator());
    html! {
        div.actions {
            @if detail.oneself {
                a.button href=(urls::PASSWORD) { "修改我的密码" }
            } @else if !staff.active {
                @if !administrator {
                    (post_button(&frame.csrf, &urls::reactivate(staff.id), "恢复使用", version()))
                }
            } @else {
                @if !administrator {
                    (post_button(&frame.csrf, &urls::reset_password(staff.id), "重置密码", version()))
                }
                @if detail.holds.is_empty() {
                    (post_button(&frame.csrf, &urls::deactivate(staff.id), "停用", version()))
                }
            }
        }
        @if staff.active && !detail.holds.is_empty() {
            p.hint { "手上还有信访，不能停用；请信访专干或者庭长先在“移交”页面移交给其他同事。" }
        }
        @if administrator && !detail.oneself {
            p.hint { "三员的密码只能由运维人员在服务器上重置：tingsong staff reset-password " (detail.account.user_name) }
        }
    }
}

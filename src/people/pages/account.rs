//! One's own account: password, sessions, roles.

use super::moment;
use crate::people::types::{Role, Session, SessionId};
use crate::people::urls;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, password, post_button};
use crate::web::table::{Column, Row, Table};
use maud::{Markup, html};

/// Changing one's password; `forced` when nothing else is open before that.
pub fn change_password(frame: &Frame, forced: bool, told: &Complaints) -> Markup {
    let body = html! {
        @if forced {
            p.flash.notice { "您的密码是一次性的，或者已经到期。请先设置自己的新密码，再开始工作。" }
        }
        (PostForm::to(urls::PASSWORD, &frame.csrf).body(html! {
            (told.summary())
            (password("old", "原密码").told(told).required().focus().autocomplete("current-password"))
            (password("new", "新密码").told(told).required().autocomplete("new-password")
                .hint("至少 10 个字符，大写字母、小写字母、数字、符号四类中至少三类；不含用户名和姓名拼音；不同于最近 5 个密码"))
            (password("repeated", "再输入一次新密码").told(told).required().autocomplete("new-password"))
            div.actions { button.primary { "修改密码" } }
        }))
        p.hint { "修改后，您在其他电脑上的登录会自动退出。" }
    };
    let page = frame.titled("修改密码", "account#password").narrow();
    if forced { page.body(body) } else { page.back(crate::web::frame::ACCOUNT, "我的账户").body(body) }
}

/// Who one is here.
pub struct Account<'a> {
    pub name: &'a str,
    pub user_name: &'a str,
    pub division: &'a str,
    pub roles: &'a [Role],
    /// Names of divisions, and the petition work.
    pub portfolio: Vec<String>,
    pub session_id: SessionId,
    pub sessions: Vec<Session>,
}

/// One's own page.
pub fn account(frame: &Frame, account: &Account<'_>) -> Markup {
    let roles: Vec<&str> = account.roles.iter().map(|role| role.label()).collect();
    frame
        .titled("我的账户", "account")
        .action(html! { a.button.primary href=(urls::PASSWORD) { "修改密码" } })
        .body(html! {
            dl.facts {
                dt { "姓名" } dd { (account.name) }
                dt { "用户名" } dd { (account.user_name) }
                dt { "庭室" } dd { (account.division) }
                dt { "角色" } dd { @if roles.is_empty() { "还没有角色，请联系安全管理员" } @else { (roles.join("、")) } }
                @if !account.portfolio.is_empty() { dt { "分管" } dd { (account.portfolio.join("、")) } }
            }
            h2 { "登录情况" }
            (sessions(frame, account))
            @if account.sessions.len() > 1 {
                (post_button(&frame.csrf, urls::END_OTHERS, "退出其他所有登录", html! {}))
            }
            p { a href=(urls::PERMISSIONS) { "各角色的权限" } }
        })
}

fn sessions(frame: &Frame, account: &Account<'_>) -> Markup {
    let columns = ["登录时间", "最近使用", "地址", "浏览器", "操作"].map(Column::new);
    let row = |one: &Session| {
        Row::plain()
            .cell(moment(one.created_at))
            .cell(moment(one.last_seen_at))
            .cell(&one.address)
            .cell(browser(&one.agent))
            .cell(html! {
                @if one.id == account.session_id { "这次登录" }
                @else { (post_button(&frame.csrf, &urls::end_session(one.id), "退出", html! {})) }
            })
    };
    Table::new("我的登录", columns.to_vec()).rows(account.sessions.iter().map(row)).draw()
}

/// The browser's name, as people know it.
fn browser(agent: &str) -> &str {
    let known = [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    known
        .iter()
        .find(|(sign, _)| agent.contains(sign))
        .map_or(if agent.is_empty() { "—" } else { agent }, |(_, name)| name)
}

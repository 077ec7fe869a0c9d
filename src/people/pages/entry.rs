//! Signing in, and the first run.

use super::choices;
use crate::people::forms::{SetUpForm, SignInForm};
use crate::people::types::CourtLevel;
use crate::people::urls;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, hidden, password, select, text};
use maud::{Markup, html};

/// Where one signs in. `refusal` says why the last attempt failed.
pub fn sign_in(frame: &Frame, form: &SignInForm, refusal: Option<&str>) -> Markup {
    frame.bare(
        "登录",
        html! {
            @if let Some(refusal) = refusal { p.flash.trouble role="alert" { (refusal) } }
            (PostForm::to(urls::SIGN_IN, &frame.csrf).body(html! {
                (hidden("next", &form.next))
                (text("user_name", "用户名").value(&form.user_name).autocomplete("username").focus())
                (password("password", "密码").autocomplete("current-password"))
                div.actions { button.primary { "登录" } }
            }))
            p.hint { "忘记密码请联系系统管理员重置；账号锁定请联系安全管理员解锁。" }
        },
    )
}

/// The first run: a court and its three administrators.
pub fn set_up(frame: &Frame, form: &SetUpForm, told: &Complaints) -> Markup {
    frame.bare(
        "首次设置",
        html! {
            p { "这台服务器上的听讼还没有设置。请填写本院信息和三位管理员；三位管理员必须是三个不同的人，互相不能代替，也都不能查看信访内容。" }
            (PostForm::to(urls::SET_UP, &frame.csrf).enter_next().body(html! {
                (told.summary())
                (text("code", "设置码").value(&form.code).told(told).required().focus()
                    .hint("服务启动时显示在控制台上，也在数据目录的 setup-code 文件里。"))
                h2 { "本院" }
                (text("court_name", "法院全称").value(&form.court_name).told(told).required()
                    .hint("例如 某市某区人民法院"))
                (text("short_name", "简称").value(&form.short_name).told(told).required().size("w-half")
                    .hint("写在信访编号里，例如 石法"))
                (text("court_code", "法院代码").value(&form.court_code).told(told).required().size("w-half")
                    .hint("案号里的代码，例如 豫0404"))
                (select("level", "层级", choices!(CourtLevel)).value(&form.level).told(told).required())
                (administrator("系统管理员", "管人员、庭室和账号", "sysadmin",
                    (&form.sysadmin_name, &form.sysadmin_user), told))
                (administrator("安全管理员", "管角色、分管和规则生效", "security",
                    (&form.security_name, &form.security_user), told))
                (administrator("审计管理员", "查阅留痕", "auditor",
                    (&form.auditor_name, &form.auditor_user), told))
                div.actions { button.primary { "完成设置" } }
            }))
        },
    )
}

fn administrator(
    title: &str,
    what: &str,
    field: &str,
    (name, user): (&str, &str),
    told: &Complaints,
) -> Markup {
    let (name_field, user_field) = (format!("{field}_name"), format!("{field}_user"));
    let (name_label, user_label) = (format!("{title}姓名"), format!("{title}用户名"));
    html! {
        h2 { (title) }
        p.hint { (what) }
        (text(&name_field, &name_label).value(name).told(told).required().size("w-half"))
        (text(&user_field, &user_label).value(user).told(told).required().size("w-half")
            .hint("3 到 32 个小写字母、数字、点、横线或下划线，例如姓名的拼音"))
    }
}

/// The administrators' one-time passwords: role, user name, password. Shown once.
pub fn set_up_done(frame: &Frame, three: &[(&str, String, String)]) -> Markup {
    frame.bare(
        "设置完成",
        html! {
            p.flash.done role="status" { "设置完成。下面的一次性密码只显示这一次，请现在抄下来，分别交给本人。" }
            table {
                thead { tr { th { "岗位" } th { "用户名" } th { "一次性密码" } } }
                tbody { @for (role, user, password) in three {
                    tr { td { (role) } td { (user) } td { code { (password) } } }
                } }
            }
            p { "第一次登录时系统会要求修改密码；一次性密码 7 天内有效。" }
            div.actions { a.button.primary href=(urls::SIGN_IN) { "去登录" } }
        },
    )
}

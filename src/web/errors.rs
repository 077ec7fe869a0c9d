//! The pages that say why something could not be done, one for each kind of problem.

use super::frame::Frame;
use crate::error::Problem;
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The status that a problem is answered with.
pub fn status(problem: &Problem) -> u16 {
    match problem {
        Problem::Refused(_) => 422,
        Problem::NotFound => 404,
        Problem::Forbidden => 403,
        Problem::Stale => 409,
        Problem::SignedOut => 401,
        Problem::TooLarge(_) => 413,
        Problem::Unavailable(_) => 503,
        Problem::Internal(_) => 500,
    }
}

/// A form that could not be taken, through no fault of whoever filled it in: the page holds it, to be sent once more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsent {
    /// Where it goes.
    pub action: String,
    /// Everything that was in it, with its token.
    pub fields: Vec<(String, String)>,
    /// Whether files came with it; a page can't hold those.
    pub files: bool,
}

/// The page for `problem`. `incident` is the number in the log, for problems that are the system's; those give back the
/// form that they didn't take.
pub fn page(frame: &Frame, problem: &Problem, incident: Option<&str>, unsent: Option<&Unsent>) -> Markup {
    let unsent = unsent.filter(|_| incident.is_some());
    let body = html! {
        p.lead { (problem) }
        @if let Some(unsent) = unsent { (kept(unsent)) } @else { (advice(problem)) }
        @if let Some(incident) = incident {
            p { "事件编号：" strong.number { (incident) } "。与系统管理员联系时请报这个编号。" }
        }
        p.actions {
            @if matches!(problem, Problem::SignedOut) {
                a.button.primary href="/sign-in" { "去登录" }
            } @else {
                a.button.primary[unsent.is_none()] href="/" { "回到今日" }
                button type="button" data-back hidden { "返回上一页" }
            }
        }
    };
    frame.bare(title(problem), body)
}

/// The page after a form that came when the session had lapsed: nothing was done with it. `back` is the page it came from.
pub fn lapsed(frame: &Frame, back: Option<&str>) -> Markup {
    let sign_in = match back {
        Some(path) => format!("/sign-in?next={}", utf8_percent_encode(path, NON_ALPHANUMERIC)),
        None => "/sign-in".to_owned(),
    };
    let body = html! {
        p.lead { "登录已经过期，刚才提交的内容没有保存。" }
        @if back.is_some() { p { "请重新登录，登录后会回到刚才的页面；看一看内容，再提交一次。" } }
        @else { p { "请重新登录，回到原来的页面后再提交一次。" } }
        p.actions { a.button.primary href=(sign_in) { "重新登录" } }
    };
    frame.bare("登录已过期", body)
}

/// What was typed, out of sight, and the button that sends it again.
fn kept(unsent: &Unsent) -> Markup {
    html! {
        p { "您填写的内容都保留在这一页里。请不要关闭这一页，过一会儿按“再提交一次”；恢复以后即可提交成功。" }
        @if unsent.files { p { "选好的附件没有保留，提交成功以后请在事项页面补传。" } }
        form method="post" action=(unsent.action) {
            @for (name, value) in &unsent.fields { input type="hidden" name=(name) value=(value); }
            button.primary { "再提交一次" }
        }
    }
}

fn title(problem: &Problem) -> &'static str {
    match problem {
        Problem::Refused(_) => "没有办成",
        Problem::NotFound => "没有找到",
        Problem::Forbidden => "没有权限",
        Problem::Stale => "内容已被改动",
        Problem::SignedOut => "请先登录",
        Problem::TooLarge(_) => "内容太大",
        Problem::Unavailable(_) => "暂时无法使用",
        Problem::Internal(_) => "系统出错了",
    }
}

fn advice(problem: &Problem) -> Markup {
    let words = match problem {
        Problem::Refused(_) | Problem::TooLarge(_) => "您可以返回上一页修改后再提交，填写的内容还在。",
        Problem::NotFound => "请核对地址，或回到今日页重新查找。",
        Problem::Forbidden => "这次访问已经留痕。",
        Problem::Stale => "返回上一页并刷新，即可看到最新内容。",
        Problem::SignedOut => "登录后会回到刚才的页面，已保存的草稿不会丢失。",
        Problem::Unavailable(_) => {
            "可能是数据库正在重启、服务器磁盘已满或者数据目录不能写入，恢复以后不用重新登录。请过一会儿再试；如果一直这样，请告知系统管理员。"
        }
        Problem::Internal(_) => "请返回上一页再试一次；仍不成功，请与系统管理员联系。",
    };
    html! { p { (words) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_internal_problem_shows_its_number_and_never_its_cause() {
        let problem = Problem::internal("no such column: secret");
        let page = page(&Frame::anonymous("示例法院"), &problem, Some("20261123-0007"), None).into_string();
        assert!(page.contains("20261123-0007") && !page.contains("secret"));
    }

    #[test]
    fn every_problem_has_a_page_with_its_sentence() {
        for problem in [Problem::refused("日期不对。"), Problem::NotFound, Problem::Forbidden, Problem::Stale]
        {
            let page = page(&Frame::anonymous("示例法院"), &problem, None, None).into_string();
            assert!(page.contains(&problem.to_string()) && page.contains(title(&problem)));
            assert!(!page.contains("事件编号"));
        }
    }

    #[test]
    fn what_could_not_be_taken_is_given_back_whole_and_escaped() {
        let fields = vec![("csrf".into(), "t".into()), ("summary".into(), "<b>\"八个月\"\n没有执行".into())];
        let unsent = Unsent { action: "/intake/register".into(), fields, files: true };
        let frame = Frame::anonymous("示例法院");
        let away = Problem::Unavailable(anyhow::anyhow!("disk full"));
        let told = page(&frame, &away, Some("1"), Some(&unsent)).into_string();
        assert!(told.contains("action=\"/intake/register\"") && told.contains("再提交一次"), "{told}");
        assert!(
            told.contains("value=\"&lt;b&gt;&quot;八个月&quot;\n没有执行\"") && told.contains("附件没有保留")
        );
        let refused = page(&frame, &Problem::refused("日期不对。"), None, Some(&unsent)).into_string();
        assert!(!refused.contains("再提交一次"), "that page has the form itself");
    }
}

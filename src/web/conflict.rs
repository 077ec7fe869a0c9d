//! Somebody else changed a record while it was being edited: both versions side by side, and the choice between them. Or
//! while a button without a form was about to be pressed: what it is now, beside what was meant.

use super::form::{PostForm, hidden};
use super::frame::Frame;
use super::request;
use crate::error::Problem;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maud::{Markup, html};
use serde::Serialize;

/// A record as it stands now beside what somebody wanted to make of it.
pub struct Both<'a> {
    /// What the record is called.
    pub title: &'a str,
    pub help: &'a str,
    /// Where the record is looked at, for whoever leaves it as it is.
    pub keep: &'a str,
    /// Where the form is sent.
    pub action: &'a str,
    /// The form's fields as they were typed.
    pub mine: Vec<(String, String)>,
    /// The same fields as a form would show them now.
    pub theirs: Vec<(String, String)>,
    /// What the fields are called; others are sent along unseen.
    pub labels: &'a [(&'a str, &'a str)],
    /// What says which version was looked at, as it is now.
    pub fresh: Vec<(&'a str, String)>,
    /// What a field's code is called on pages; `None` for what was typed in words.
    pub words: &'a dyn Fn(&str, &str) -> Option<String>,
}

/// A form's fields, as they are sent.
///
/// # Errors
///
/// When it is no flat form.
pub fn fields_of(form: &impl Serialize) -> Result<Vec<(String, String)>, Problem> {
    let encoded = serde_html_form::to_string(form).map_err(Problem::internal)?;
    serde_html_form::from_str(&encoded).map_err(Problem::internal)
}

fn all<'a>(fields: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    let own = fields.iter().filter(|(field, value)| field == name && !value.is_empty());
    own.map(|(_, value)| value.as_str()).collect()
}

impl Both<'_> {
    /// The page, with its status (409).
    pub fn answer(&self, frame: &Frame) -> HttpResponse {
        request::html(StatusCode::CONFLICT, self.page(frame))
    }

    fn page(&self, frame: &Frame) -> Markup {
        let title = format!("别人刚刚改过：{}", self.title);
        frame.titled(&title, self.help).back(self.keep, self.title).body(html! {
            p { "您打开页面以后，有人先保存了改动，您的改动还没有保存。请对照两边，再决定用哪一边。" }
            (self.rows())
            (PostForm::to(self.action, &frame.csrf).body(html! {
                @for (name, value) in &self.fresh { (hidden(name, value)) }
                @for (name, value) in self.sent() { (hidden(name, value)) }
                div.actions {
                    button.primary { "用我填写的" }
                    a.button href=(self.keep) { "保留现在的" }
                }
            }))
        })
    }

    /// What is sent again: everything but the versions.
    fn sent(&self) -> impl Iterator<Item = &(String, String)> {
        self.mine.iter().filter(|(name, _)| self.fresh.iter().all(|(fresh, _)| fresh != name))
    }

    fn said(&self, name: &str, values: &[&str]) -> String {
        if values.is_empty() {
            return "（空）".to_owned();
        }
        let word = |value: &&str| (self.words)(name, value).unwrap_or_else(|| (*value).to_owned());
        values.iter().map(word).collect::<Vec<_>>().join("、")
    }

    fn rows(&self) -> Markup {
        html! {
            table.cards {
                caption.unseen { "两边的内容" }
                thead { tr { th scope="col" { "项目" } th scope="col" { "现在的内容" } th scope="col" { "您填写的" } } }
                tbody {
                    @for (name, label) in self.labels {
                        @let (theirs, mine) = (all(&self.theirs, name), all(&self.mine, name));
                        tr {
                            td data-label="项目" { (label) @if theirs != mine { " " span.tag.warn { "不同" } } }
                            td.keep-lines data-label="现在的内容" { (self.said(name, &theirs)) }
                            td.keep-lines data-label="您填写的" { (self.said(name, &mine)) }
                        }
                    }
                }
            }
        }
    }
}

/// A button that was pressed on a page that showed an earlier state of its record.
pub struct Beside<'a> {
    /// What the record is called.
    pub title: &'a str,
    pub help: &'a str,
    /// Where the record is looked at.
    pub keep: &'a str,
    /// What the button says: 确认生效.
    pub meant: &'a str,
    /// The record as it is now: what a line is called, and what it says. Empty ones are left out.
    pub now: &'a [(&'a str, String)],
    /// Where the button is pressed once more, and with which fields; `None` where it can't be any more.
    pub again: Option<(&'a str, Vec<(&'a str, String)>)>,
}

impl Beside<'_> {
    /// The page, with its status (409).
    pub fn answer(&self, frame: &Frame) -> HttpResponse {
        request::html(StatusCode::CONFLICT, self.page(frame))
    }

    fn page(&self, frame: &Frame) -> Markup {
        let title = format!("别人刚刚办理过：{}", self.title);
        frame.titled(&title, self.help).back(self.keep, self.title).narrow().body(html! {
            p { "您打开页面以后，有人先办理了。您要办的还没有办：" strong { (self.meant) } "。" }
            section.box {
                h2 { "现在的情况" }
                dl.facts {
                    @for (label, words) in self.now.iter().filter(|(_, words)| !words.is_empty()) {
                        dt { (label) } dd.keep-lines { (words) }
                    }
                }
            }
            @match &self.again {
                Some((action, fields)) => {
                    (PostForm::to(action, &frame.csrf).body(html! {
                        @for (name, value) in fields { (hidden(name, value)) }
                        div.actions {
                            button.primary { "仍然" (self.meant) }
                            a.button href=(self.keep) { "不办了" }
                        }
                    }))
                }
                None => {
                    p { "现在已经不能再办这一步。" }
                    div.actions { a.button.primary href=(self.keep) { "回到“" (self.title) "”" } }
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_are_shown_and_the_new_version_is_sent() {
        #[derive(Serialize)]
        struct Typed {
            version: i64,
            name: String,
            roles: Vec<String>,
        }
        let form = |version, name: &str| Typed {
            version,
            name: name.into(),
            roles: vec!["clerk".into(), "officer".into()],
        };
        let both = Both {
            title: "立案庭",
            help: "",
            keep: "/settings/divisions",
            action: "/settings/divisions/1",
            mine: fields_of(&form(1, "立案一庭")).unwrap(),
            theirs: fields_of(&form(2, "立案<庭>")).unwrap(),
            labels: &[("name", "名称"), ("roles", "角色")],
            fresh: vec![("version", "2".to_owned())],
            words: &|name, value| (name == "roles" && value == "clerk").then(|| "窗口".to_owned()),
        };
        let page = both.page(&Frame::anonymous("示例法院")).into_string();
        assert!(
            page.contains("立案一庭") && page.contains("立案&lt;庭&gt;") && page.contains("窗口、officer")
        );
        assert_eq!(page.matches("不同").count(), 1);
        assert!(
            page.contains(r#"name="version" value="2""#) && !page.contains(r#"name="version" value="1""#)
        );
        assert_eq!(page.matches(r#"name="roles""#).count(), 2);
    }

    #[test]
    fn a_button_is_pressed_again_only_where_it_still_can_be() {
        let now = [("状态", "已退回".to_owned()), ("说明", String::new())];
        let beside = |again| Beside {
            title: "工作日历",
            help: "",
            keep: "/settings/calendar",
            meant: "确认生效",
            now: &now,
            again,
        };
        let fields = vec![("version", "2".to_owned())];
        let page = beside(Some(("/a", fields))).page(&Frame::anonymous("示例法院")).into_string();
        assert!(page.contains("已退回") && page.contains("仍然确认生效") && !page.contains("说明"));
        assert!(page.contains(r#"name="version" value="2""#));
        let page = beside(None).page(&Frame::anonymous("示例法院")).into_string();
        assert!(page.contains("现在已经不能再办这一步") && !page.contains("<form"));
    }
}

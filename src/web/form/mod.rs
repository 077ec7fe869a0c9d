//! Forms: what is wrong with them, how they are sent, their fields, and the readers of what was typed.

mod drawing;
mod fields;
mod readers;
mod readers_dates;
mod readers_money;
mod repeat;

pub use fields::{
    Choice, Field, checkboxes, date, datetime, file, hidden, number, password, radios, search, select,
    select_grouped, tel, text, textarea, tick, time,
};
pub use readers::{
    digits, many_of, mobile_or_landline, number_in, one_of, optional, paragraphs, ticked, words,
};
pub use readers_dates::{date_between, date_in, date_until, moment_until, read_date, read_time};
pub use readers_money::fen_in;
pub use repeat::{ROWS_FIELD, Repeat, RowChange, repeat};

use maud::{Markup, html};

/// Told above how things stand now and what was typed.
const STALE: &str = "就在刚才，另有同事办理过。下面是现在的情况和您填写的内容，请对照以后，再决定是否提交。";

/// Everything that is wrong with a form: the field's name (with `.row` for one of several) and a whole sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Complaints(Vec<(String, String)>);

impl Complaints {
    /// Keeps the value, or the complaint about `field`.
    pub fn hear<T>(&mut self, field: impl Into<String>, read: Result<T, String>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(sentence) => {
                self.add(field, sentence);
                None
            }
        }
    }

    /// That somebody else was there first; for a page that shows how things stand now above what was typed.
    pub fn of_stale() -> Self {
        Complaints(vec![(String::new(), STALE.to_owned())])
    }

    /// Whether this is [`Complaints::of_stale`].
    pub fn is_stale(&self) -> bool {
        matches!(self.0.as_slice(), [(field, sentence)] if field.is_empty() && sentence == STALE)
    }

    /// A complaint about `field`; about the form as a whole where `field` is empty.
    pub fn add(&mut self, field: impl Into<String>, sentence: impl Into<String>) {
        self.0.push((field.into(), sentence.into()));
    }

    /// The hidden field that says on which state of a row the form was filled in: the one that is `shown`; where the form
    /// comes back with complaints, still the one that it `came_with`, so that what somebody else changed meanwhile doesn't
    /// pass for seen.
    pub fn version(&self, name: &str, shown: i64, came_with: i64) -> Markup {
        hidden(name, if self.is_empty() || self.is_stale() { shown } else { came_with })
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value, if nothing is wrong.
    ///
    /// # Errors
    ///
    /// The complaints themselves, where there are any or the value is missing.
    pub fn verdict<T>(self, value: Option<T>) -> Result<T, Complaints> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(self),
        }
    }

    /// What is wrong with `field`, in the order it was found.
    pub fn about<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(name, _)| name == field).map(|(_, sentence)| sentence.as_str())
    }

    /// All of them: field and sentence.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, sentence)| (field.as_str(), sentence.as_str()))
    }

    /// The box at the top of the form that lists them and leads to their fields; nothing where nothing is wrong.
    pub fn summary(&self) -> Markup {
        self.summary_naming(&[])
    }

    /// As [`Complaints::summary`], each sentence after the label of its field: pairs of name and label.
    pub fn summary_naming(&self, labels: &[(&str, &str)]) -> Markup {
        let label = |field: &str| {
            let name = field.split('.').next().unwrap_or(field);
            labels.iter().find(|(known, _)| *known == name).map(|(_, label)| *label)
        };
        html! {
            @if !self.is_empty() {
                div.complaints role="alert" tabindex="-1" data-complaints {
                    h2 { "有 " (self.0.len()) " 处需要修改" }
                    ul {
                        @for (field, sentence) in &self.0 {
                            li {
                                @if field.is_empty() { (sentence) }
                                @else { a href={ "#" (id_of(field)) } {
                                    @if let Some(label) = label(field) { (label) "：" }
                                    (sentence)
                                } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The id of the field with this name: `petitioner.1` is `f-petitioner-1`.
pub fn id_of(field: &str) -> String {
    format!("f-{}", field.replace('.', "-"))
}

/// A form that is sent by POST, with the token that proves it came from one of our pages.
pub fn post_form(csrf: &str, action: &str, body: Markup) -> Markup {
    PostForm::to(action, csrf).body(body)
}

/// A form of one button: `post_button(csrf, url, "受理", html! { (hidden("version", 3)) })`.
pub fn post_button(csrf: &str, action: &str, label: &str, fields: Markup) -> Markup {
    html! { (PostForm::to(action, csrf).class("one-button").body(html! { (fields) button { (label) } })) }
}

/// A form with its conveniences; ends with [`PostForm::body`].
pub struct PostForm<'a> {
    action: &'a str,
    csrf: &'a str,
    class: Option<&'a str>,
    id: Option<&'a str>,
    multipart: bool,
    enter_next: bool,
    draft: Option<&'a str>,
}

impl<'a> PostForm<'a> {
    /// A plain form to `action`.
    pub fn to(action: &'a str, csrf: &'a str) -> Self {
        PostForm { action, csrf, class: None, id: None, multipart: false, enter_next: false, draft: None }
    }

    /// A class of `app.css`.
    pub fn class(self, class: &'a str) -> Self {
        PostForm { class: Some(class), ..self }
    }

    /// An id, for buttons outside the form.
    pub fn id(self, id: &'a str) -> Self {
        PostForm { id: Some(id), ..self }
    }

    /// For files.
    pub fn multipart(self) -> Self {
        PostForm { multipart: true, ..self }
    }

    /// Enter moves to the next field, Ctrl+Enter submits; and leaving with something typed is asked about.
    pub fn enter_next(self) -> Self {
        PostForm { enter_next: true, ..self }
    }

    /// What is typed is kept by POST to `url` while typing.
    pub fn draft(self, url: &'a str) -> Self {
        PostForm { draft: Some(url), ..self }
    }

    /// The form, with these fields and buttons.
    pub fn body(self, body: Markup) -> Markup {
        html! {
            form method="post" action=(self.action) novalidate class=[self.class] id=[self.id]
                enctype=[self.multipart.then_some("multipart/form-data")]
                data-enter=[self.enter_next.then_some("next")] data-unsaved[self.enter_next]
                data-draft-url=[self.draft] {
                input type="hidden" name="csrf" value=(self.csrf);
                (body)
                @if self.draft.is_some() { p.draft-state role="status" data-draft-state {} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_and_leads_to_each_field() {
        let mut complaints = Complaints::default();
        assert_eq!(complaints.summary().into_string(), "");
        assert_eq!(complaints.hear("age", Ok(3)), Some(3));
        assert_eq!(complaints.hear::<u8>("name.1", Err("请填写姓名。".into())), None);
        complaints.add("", "两处日期互相矛盾。");
        let named = complaints.summary_naming(&[("name", "姓名")]).into_string();
        assert!(named.contains("<a href=\"#f-name-1\">姓名：请填写姓名。</a>"));
        let page = complaints.summary().into_string();
        assert!(page.contains("有 2 处需要修改") && page.contains("<a href=\"#f-name-1\">请填写姓名。</a>"));
        assert!(page.contains("<li>两处日期互相矛盾。</li>"));
        assert_eq!(complaints.about("name.1").collect::<Vec<_>>(), ["请填写姓名。"]);
    }

    #[test]
    fn a_verdict_needs_a_value_and_no_complaint() {
        assert_eq!(Complaints::default().verdict(Some(1)), Ok(1));
        assert!(Complaints::default().verdict(None::<u8>).is_err());
        let mut complaints = Complaints::default();
        complaints.add("name", "请填写姓名。");
        assert!(complaints.verdict(Some(1)).is_err());
    }

    #[test]
    fn every_posted_form_carries_the_token() {
        let form = post_form("t0ken", "/matters", html! {}).into_string();
        assert!(form.contains(r#"<input type="hidden" name="csrf" value="t0ken">"#));
    }
}

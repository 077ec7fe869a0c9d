//! A page inside the frame: its head with one obvious next action, the way back, its help.

use super::frame::Frame;
use maud::{Markup, html};

/// A page being furnished.
pub struct Page<'a> {
    pub(super) frame: &'a Frame,
    pub(super) title: &'a str,
    pub(super) help: &'a str,
    pub(super) action: Option<Markup>,
    pub(super) lead: Option<Markup>,
    pub(super) back: Option<(String, String)>,
    pub(super) narrow: bool,
}

impl Page<'_> {
    /// The one obvious next action, at the top right.
    pub fn action(self, action: Markup) -> Self {
        Page { action: Some(action), ..self }
    }

    /// A sentence under the title.
    pub fn lead(self, lead: Markup) -> Self {
        Page { lead: Some(lead), ..self }
    }

    /// The page above this one.
    pub fn back(self, href: impl Into<String>, label: impl Into<String>) -> Self {
        Page { back: Some((href.into(), label.into())), ..self }
    }

    /// One column at a comfortable reading width: forms.
    pub fn narrow(self) -> Self {
        Page { narrow: true, ..self }
    }

    /// The page, with this under its head.
    pub fn body(self, body: Markup) -> Markup {
        let content = html! {
            @if let Some((href, label)) = &self.back {
                p.back { a href=(href) { "‹ " (label) } }
            }
            div.head {
                h1 { (self.title) }
                div.head-actions {
                    @if let Some(action) = &self.action { (action) }
                    @if !self.help.is_empty() {
                        a.help href={ "/help/" (self.help) } { "本页帮助" }
                    }
                }
            }
            @if let Some(lead) = &self.lead { p.lead { (lead) } }
            (body)
        };
        let class = if self.narrow { "content narrow" } else { "content" };
        self.frame.document(
            self.title,
            "framed",
            html! {
                (self.frame.top())
                div.below {
                    (self.frame.navigation())
                    main class=(class) id="main" tabindex="-1" {
                        @for alert in &self.frame.alerts { div.alert role="note" { (alert) } }
                        (self.frame.messages())
                        (content)
                    }
                }
            },
        )
    }
}

//! The frame round a page: top bar, navigation, title, messages; and the bare frame of the sign-in page.

use super::assets;
use super::form::post_form;
use super::page::Page;
use maud::{DOCTYPE, Markup, html};

/// Where the furniture's own buttons go. The addresses are mounted by the people slice.
pub const SIGN_OUT: &str = "/sign-out";
/// The person's own page: password, sessions.
pub const ACCOUNT: &str = "/account";
/// Takes `large=1` or `large=0` by POST, remembers it in a cookie and goes back.
pub const TYPE_SIZE: &str = "/type-size";
/// Takes `q` by POST, so that no name or number gets into an address.
pub const SEARCH: &str = "/search";

/// A message about what was just done, shown once on the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// How it went.
    pub tone: Tone,
    /// A whole sentence.
    pub text: String,
}

/// How what was just done went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It is done.
    Done,
    /// It is done, and there is something to know.
    Notice,
    /// It is not done.
    Trouble,
}

impl Flash {
    /// It is done.
    pub fn done(text: impl Into<String>) -> Self {
        Flash { tone: Tone::Done, text: text.into() }
    }

    /// It is done, and there is something to know.
    pub fn notice(text: impl Into<String>) -> Self {
        Flash { tone: Tone::Notice, text: text.into() }
    }

    /// It is not done.
    pub fn trouble(text: impl Into<String>) -> Self {
        Flash { tone: Tone::Trouble, text: text.into() }
    }
}

/// A titled part of the left navigation.
#[derive(Clone, Debug, Default)]
pub struct NavGroup {
    /// Its heading; empty for the first group.
    pub title: String,
    /// Its links.
    pub items: Vec<NavItem>,
}

/// One link of the left navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Its words.
    pub label: String,
    /// Its address, also compared with [`Frame::current`].
    pub href: String,
    /// The letter that goes there after `g`.
    pub key: Option<char>,
    /// How many things wait there; drawn when above nought.
    pub waiting: u32,
}

impl NavItem {
    /// A link without a key and with nothing waiting.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        NavItem { label: label.into(), href: href.into(), key: None, waiting: 0 }
    }

    /// The letter that goes there after `g`.
    pub fn key(self, key: char) -> Self {
        NavItem { key: Some(key), ..self }
    }

    /// How many things wait there.
    pub fn waiting(self, waiting: u32) -> Self {
        NavItem { waiting, ..self }
    }
}

/// What a page needs to know about who looks at it, apart from its content.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The court's name, at the top left.
    pub court: String,
    /// Who is signed in, as shown; nobody on the sign-in page.
    pub person: Option<String>,
    /// The left navigation, by role.
    pub nav: Vec<NavGroup>,
    /// The address of this page, by which its link is marked.
    pub current: String,
    /// What every form carries.
    pub csrf: String,
    /// What was just done.
    pub flash: Option<Flash>,
    /// 20 px instead of 16.
    pub large_type: bool,
    /// Whether the search box stands in the top bar.
    pub may_search: bool,
    /// Whether `n` opens a new registration.
    pub may_register: bool,
    /// What everybody must see on every page, such as a missing calendar year.
    pub alerts: Vec<Markup>,
}

impl Frame {
    /// The frame where nobody is signed in: sign-in and error pages.
    pub fn anonymous(court: impl Into<String>) -> Self {
        Frame { court: court.into(), ..Frame::default() }
    }

    /// A page with this title; `help` is a page of the manual, perhaps with its section: `intake#search`.
    pub fn page(&self, title: &str, help: &str, body: Markup) -> Markup {
        self.titled(title, help).body(body)
    }

    /// A page to be furnished further; ends with [`Page::body`].
    pub fn titled<'a>(&'a self, title: &'a str, help: &'a str) -> Page<'a> {
        Page { frame: self, title, help, action: None, lead: None, back: None, narrow: false }
    }

    /// A page without navigation, in the middle of the window: signing in, errors.
    pub fn bare(&self, title: &str, body: Markup) -> Markup {
        self.document(
            title,
            "bare",
            html! {
                header.bare-head { (emblem()) span.court { (self.court) } span.system { "听讼 · 涉诉信访" } }
                main id="main" { h1 { (title) } (self.messages()) (body) }
            },
        )
    }

    /// The whole document; `class` is the body's.
    pub(super) fn document(&self, title: &str, class: &str, body: Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang="zh-CN" data-type=[self.large_type.then_some("large")] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="same-origin";
                    title { (title) @if !self.court.is_empty() { " · " (self.court) } " · 听讼" }
                    link rel="icon" type="image/svg+xml" href=(assets::href("emblem.svg"));
                    link rel="stylesheet" href=(assets::href("app.css"));
                    script src=(assets::href("app.js")) defer {}
                }
                body class=(class) data-new=[self.may_register.then_some("/intake")] {
                    a.skip href="#main" { "跳到正文" }
                    (body)
                }
            }
        }
    }

    pub(super) fn messages(&self) -> Markup {
        html! {
            div.flashes role="status" aria-live="polite" id="flashes" {
                @if let Some(flash) = &self.flash {
                    @match flash.tone {
                        Tone::Done => p.flash.done { (flash.text) },
                        Tone::Notice => p.flash.notice { (flash.text) },
                        Tone::Trouble => p.flash.trouble role="alert" { (flash.text) },
                    }
                }
            }
        }
    }

    pub(super) fn top(&self) -> Markup {
        html! {
            header.top {
                a.home href="/" { (emblem()) span.court { (self.court) } span.system { "听讼" } }
                @if self.may_search {
                    form.top-search method="post" action=(SEARCH) role="search" data-guard="off" {
                        input type="hidden" name="csrf" value=(self.csrf);
                        label.unseen for="top-search" { "搜索姓名、证件号、电话、案号或事由" }
                        input id="top-search" type="search" name="q" autocomplete="off" data-search
                            placeholder="搜索姓名、证件号、电话、案号、事由";
                        button.quiet { "搜索" }
                    }
                }
                @if let Some(person) = &self.person { (self.person_menu(person)) }
            }
        }
    }

    fn person_menu(&self, person: &str) -> Markup {
        let (large, words) = if self.large_type { ("0", "标准字号") } else { ("1", "大字号") };
        html! {
            details.person {
                summary { (person) }
                div.menu {
                    a href=(ACCOUNT) { "我的账户" }
                    (post_form(&self.csrf, TYPE_SIZE, html! {
                        input type="hidden" name="large" value=(large);
                        button { (words) }
                    }))
                    button type="button" data-shortcuts hidden { "快捷键 ?" }
                    a href="/help" { "使用手册" }
                    (post_form(&self.csrf, SIGN_OUT, html! { button { "退出登录" } }))
                }
            }
        }
    }

    pub(super) fn navigation(&self) -> Markup {
        let chosen = self.chosen();
        html! {
            div.nav {
                details.nav-fold { summary { "菜单" } }
                nav aria-label="主导航" {
                    @for group in &self.nav {
                        @if !group.title.is_empty() { p.group { (group.title) } }
                        ul { @for item in &group.items { (nav_item(item, chosen == Some(item.href.as_str()))) } }
                    }
                }
            }
        }
    }

    /// The link under which the current page lies: the longest address that it begins with.
    fn chosen(&self) -> Option<&str> {
        let begins = |href: &str| {
            self.current == href
                || (href != "/" && self.current.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
        };
        let hrefs = self.nav.iter().flat_map(|group| &group.items).map(|item| item.href.as_str());
        hrefs.filter(|href| begins(href)).max_by_key(|href| href.len())
    }
}

fn nav_item(item: &NavItem, chosen: bool) -> Markup {
    html! {
        li {
            a href=(item.href) aria-current=[chosen.then_some("page")] data-key=[item.key] {
                (item.label)
                @if item.waiting > 0 { span.waiting { (item.waiting) span.unseen { " 件待办" } } }
            }
        }
    }
}

fn emblem() -> Markup {
    html! { img.emblem src=(assets::href("emblem.svg")) alt="" width="32" height="32"; }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(current: &str) -> Frame {
        let items = ["/", "/matters", "/matters/new"].map(|href| NavItem::new(href, href)).to_vec();
        let nav = vec![NavGroup { title: String::new(), items }];
        Frame { nav, current: current.into(), ..Frame::anonymous("示例法院") }
    }

    #[test]
    fn the_link_with_the_longest_matching_address_is_marked() {
        assert_eq!(frame("/").chosen(), Some("/"));
        assert_eq!(frame("/matters").chosen(), Some("/matters"));
        assert_eq!(frame("/matters/17").chosen(), Some("/matters"));
        assert_eq!(frame("/matters/new").chosen(), Some("/matters/new"));
        assert_eq!(frame("/mattersx").chosen(), None);
    }

    #[test]
    fn what_a_person_typed_is_escaped_in_title_and_message() {
        let mut frame = frame("/");
        frame.flash = Some(Flash::done("<b>已登记</b>"));
        let page = frame.page("<i>", "intake", html! {}).into_string();
        assert!(page.contains("&lt;b&gt;已登记&lt;/b&gt;") && page.contains("<h1>&lt;i&gt;</h1>"));
        assert!(page.contains("href=\"/help/intake\""));
    }

    #[test]
    fn no_page_carries_a_style_attribute_or_inline_script() {
        let page = frame("/").page("今日", "", html! {}).into_string();
        assert!(!page.contains(" style=") && !page.contains("onclick"));
        assert!(page.contains("defer></script>"));
    }
}

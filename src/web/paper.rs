//! Pages for the printer: no navigation, black on white, A4 or an 80 mm slip.

use super::frame::Frame;
use maud::{Markup, html};

/// The sheet a page is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// A4, upright, 20 mm margins, page numbers at the foot.
    A4,
    /// A4 lying on its side, for wide tables.
    A4Wide,
    /// A3 lying on its side, for the wall.
    A3Wide,
    /// The roll of a slip printer, 80 mm wide.
    Slip80,
}

impl Paper {
    fn class(self) -> &'static str {
        match self {
            Paper::A4 => "paper a4",
            Paper::A4Wide => "paper a4-wide",
            Paper::A3Wide => "paper a3-wide",
            Paper::Slip80 => "paper slip80",
        }
    }
}

impl Frame {
    /// A paper to print; on the screen a bar above it prints and leads `back`. `auto` opens the printer at once.
    pub fn paper(&self, title: &str, paper: Paper, back: &str, auto: bool, body: Markup) -> Markup {
        self.paper_with(title, paper, back, auto, html! {}, body)
    }

    /// As [`Frame::paper`], with more in the bar that is not printed: the other size, the next thing to do.
    pub fn paper_with(
        &self,
        title: &str,
        paper: Paper,
        back: &str,
        auto: bool,
        bar: Markup,
        body: Markup,
    ) -> Markup {
        self.document(
            title,
            paper.class(),
            html! {
                header.paper-bar {
                    a href=(back) { "‹ 返回" }
                    (bar)
                    button.primary type="button" data-print data-autoprint[auto] { "打印" }
                }
                main.sheet id="main" { (body) }
            },
        )
    }
}

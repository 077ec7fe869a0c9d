//! The manual's index and its pages.

use super::{Block, Manual, manuals};
use crate::web::Frame;
use maud::{Markup, html};

pub fn index(frame: &Frame) -> Markup {
    frame
        .titled("使用手册", "")
        .lead(html! { "按您手头的工作选一节；每个页面右上角的“本页帮助”也会直接打开对应的一节。" })
        .body(html! {
            ul.manual-index {
                @for manual in manuals() {
                    li { a href={ "/help/" (manual.key) } { (manual.title) } p.soft { (manual.lead) } }
                }
            }
        })
}

pub fn manual(frame: &Frame, manual: &Manual) -> Markup {
    frame.titled(manual.title, "").back("/help", "使用手册").lead(html! { (manual.lead) }).body(html! {
        div.manual {
            nav aria-label="本页目录" {
                ul { @for section in manual.sections { li { a href={ "#" (section.id) } { (section.title) } } } }
            }
            @for section in manual.sections {
                section aria-labelledby=(section.id) {
                    h2 id=(section.id) { (section.title) }
                    @for block in section.body { (draw(block)) }
                }
            }
        }
    })
}

fn draw(block: &Block) -> Markup {
    match block {
        Block::P(text) => html! { p { (text) } },
        Block::Steps(steps) => html! { ol { @for step in *steps { li { (step) } } } },
        Block::Points(points) => html! { ul { @for point in *points { li { (point) } } } },
        Block::Keys(keys) => {
            html! { dl.facts { @for (key, does) in *keys { dt { kbd { (key) } } dd { (does) } } } }
        }
    }
}

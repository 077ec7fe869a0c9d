//! Likely doubles, shown before saving and never in the way.

use super::cards::{matter_line, person_line};
use crate::intake::forms::Go;
use crate::intake::types::Double;
use maud::{Markup, html};

/// The box above the form; its buttons belong to the form.
pub fn doubles(found: &[Double], may_tell_apart: bool) -> Markup {
    html! {
        @if !found.is_empty() {
            div.note role="alert" tabindex="-1" data-complaints id="doubles" {
                h2 { "保存之前请看一眼：可能已经登记过" }
                @for double in found { (one(double, may_tell_apart)) }
                p { "都不是的，直接再提交一次即可，不会再问。" }
                p { button.primary { "继续登记为新事项" } }
            }
        }
    }
}

fn one(double: &Double, may_tell_apart: bool) -> Markup {
    let person = &double.person;
    html! {
        div.match {
            p { strong { (person_line(person)) } }
            @if !person.reason.is_empty() { p.why { (person.reason) } }
            @if !person.matters.is_empty() {
                ul.plain {
                    @for matter in &person.matters {
                        li.match-matter {
                            div { (matter_line(matter, false)) }
                            button name="go" value=(Go::Further(matter.id, Some((double.row, person.id))).value()) {
                                "登记为这件的再次来访"
                            }
                        }
                    }
                }
            }
            @if !double.known {
                div.actions {
                    button name="go" value=(Go::Same(double.row, person.id).value()) { "就是此人，用原有记录" }
                    @if may_tell_apart {
                        div.choice {
                            @let id = format!("not-same-{}-{}", double.row, person.id);
                            input id=(id) type="checkbox" name="not_same" value={ (double.row) ":" (person.id) };
                            label for=(id) { "不是同一人，以后不再提示" }
                        }
                    }
                }
            }
        }
    }
}

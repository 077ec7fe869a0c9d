//! The box on a matter's page: its tier, and why.

use super::hints::of_matter;
use crate::escalation::urls;
use crate::escalation::views::{BoxData, Why};
use crate::mail::MailState;
use crate::time::Moment;
use crate::web::formats::short_moment;
use maud::{Markup, html};

/// The matter's tier with why it is there, who solves it, and what the petition officer has to confirm.
pub fn matter_box(data: &BoxData) -> Markup {
    html! {
        @if data.tier.is_some() || data.may_hear {
            section.box aria-labelledby="tier" {
                h2 id="tier" { "三级化解" }
                @match data.tier {
                    Some(tier) => {
                        p { span.tag.strong { (tier.label()) } @if let Some(due) = data.due.as_ref().filter(|_| data.open) { " " (due) } }
                        @if let Some(why) = &data.why { (reason(why)) }
                        (people(data))
                        div.actions {
                            a.button href=(urls::of(data.matter)) { "工作组和化解方案" }
                            @if data.may_name { a.button.primary href=(urls::step(data.matter, "leader")) { @if data.leader.is_some() { "调整包案领导" } @else { "确定包案领导" } } }
                        }
                    }
                    None => p.soft { "未入级，由主管领导按一般程序督促办理。" },
                }
                @for heard in &data.hints { (of_matter(data.matter, heard)) }
                @if data.may_hear { p { a href=(urls::step(data.matter, "heard")) { "登记上级通报：在别处的反映" } } }
            }
        }
    }
}

fn people(data: &BoxData) -> Markup {
    html! {
        @if let Some(leader) = &data.leader {
            p { "包案领导 " (leader.leader) br; "责任人 " (leader.responsible)
                @if !leader.missing.is_empty() {
                    br; span.soft { "还没有：" @for (n, act) in leader.missing.iter().enumerate() { @if n > 0 { "、" } (act.label()) } }
                }
            }
        } @else if let Some(head) = &data.head {
            p { "组长 " (head) }
        }
    }
}

/// Why it is there, and who was told.
pub fn reason(why: &Why) -> Markup {
    html! {
        p {
            (why.row.facts)
            br; span.soft { (why.row.rule_words) }
            br; span.soft { (short_moment(Moment::from_utc(why.row.at))) "　" (why.by) }
        }
        @if !why.told.is_empty() {
            details.more { summary { "告知了 " (why.told.len()) " 人" } (told(why)) }
        }
    }
}

/// Who was told, and whether the mail arrived.
pub fn told(why: &Why) -> Markup {
    html! {
        ul.plain {
            @for (name, state) in &why.told {
                li { (name) "　" span.soft { (state.map_or("没有邮箱，请当面告知", MailState::label)) } }
            }
        }
    }
}

//! How a waiting proposal and the earlier ones are shown on the page of what they change.

use super::types::{Proposal, ProposalState};
use crate::time::Moment;
use crate::web::form::{Complaints, hidden, post_button, post_form, text};
use crate::web::formats;
use maud::{Markup, html};

/// What the person may do about a proposal, and where.
#[derive(Clone, Debug)]
pub struct Decide<'a> {
    pub csrf: &'a str,
    /// The address to which `/accept`, `/reject` or `/withdraw` is added.
    pub action: String,
    pub may_accept: bool,
    pub may_withdraw: bool,
}

/// A waiting proposal: what would change, who asks for it and why, and the buttons.
pub fn waiting(proposal: &Proposal, changes: Markup, decide: &Decide<'_>) -> Markup {
    let version = || hidden("version", proposal.version);
    html! {
        section.next aria-labelledby="proposal" {
            h2 id="proposal" { "有一项改动待生效" }
            p {
                (proposal.proposed_by_name) " 于 "
                (formats::moment(Moment::from_utc(proposal.proposed_at)))
                " 拟订，理由：" (proposal.reason)
            }
            (changes)
            @if decide.may_accept {
                div.actions {
                    (post_button(decide.csrf, &format!("{}/accept", decide.action), "确认生效", version()))
                }
                (post_form(decide.csrf, &format!("{}/reject", decide.action), html! {
                    (version())
                    (text("note", "退回理由", ).told(&Complaints::default()))
                    button { "退回修改" }
                }))
            }
            @if decide.may_withdraw {
                div.actions {
                    (post_button(decide.csrf, &format!("{}/withdraw", decide.action), "撤回这项改动", version()))
                }
            }
            @if !decide.may_accept { p.soft { "安全管理员确认后才会生效。" } }
        }
    }
}

/// The settled proposals, newest first; nothing where there is none.
pub fn settled(history: &[Proposal]) -> Markup {
    let settled: Vec<_> = history.iter().filter(|p| p.state != ProposalState::Proposed).collect();
    html! {
        @if !settled.is_empty() {
            section aria-labelledby="settled" {
                h2 id="settled" { "改动记录" }
                ul.timeline {
                    @for proposal in settled {
                        li {
                            span.when { (formats::moment(Moment::from_utc(proposal.proposed_at))) }
                            h3 { (proposal.state.label()) "：" (proposal.reason) }
                            p {
                                "拟订：" (proposal.proposed_by_name)
                                @if let (Some(name), Some(at)) = (&proposal.decided_by_name, proposal.decided_at) {
                                    "；" (proposal.state.label()) "：" (name) "，"
                                    (formats::moment(Moment::from_utc(at)))
                                }
                                @if !proposal.decision_note.is_empty() { "；" (proposal.decision_note) }
                            }
                        }
                    }
                }
            }
        }
    }
}

//! 涉执信访: matters about enforcement. A leader sets a task with measures (任务单), each with its owner, day and result; what
//! is due and what was paid stand in a ledger to which is only ever added; reports heard and parties met are kept.

mod actions;
mod boxes;
pub mod forms;
mod mails;
pub mod pages;
mod routes;
pub mod rules;
mod sheets;
mod store;
pub mod types;
pub mod urls;
mod views;

pub use actions::{
    MeasureDraft, ResultDraft, Said, SheetDraft, SumDraft, add_measure, begin, correct_posting, correct_talk,
    fix_due, follow, issue, pass_on, record_payment, record_result, record_talk,
};
pub use boxes::{BoxData, box_for, closing_hint, mine};
pub use routes::routes;
pub use rules::Balance;
pub use store::{of_matters, payments};
pub use types::{
    EnforcementMatter, MeasureId, Outcome, PaidBy, PostingId, PostingKind, SheetId, TalkId, TalkKind,
};
pub use views::{Listed, listed, of_matter};

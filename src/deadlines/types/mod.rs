//! The nouns: how a deadline is counted, the rules, and the clocks that run by them.

mod counting;
mod course;
mod event;
mod rule;

pub use counting::{Count, Derivation, Due, Mark, Refusal, Step, Unit};
pub use course::{ClockRefusal, Course, End, Pause, Standing, State};
pub use event::{
    ClockEvent, ClockEventId, Event, EventKind, ExtensionRequest, PauseReason, RequestId, RequestState,
};
pub use rule::{Approver, Clock, ClockId, Code, Explanation, Rule, RuleId, RuleStatus, Trigger};

//! The nouns: how a deadline is counted, the rules, and the clocks that run by them.

mod counting;
mod rule;

pub use counting::{Count, Derivation, Due, Mark, Refusal, Step, Unit};
pub use rule::{Approver, Clock, ClockId, Code, Explanation, Rule, RuleId, RuleStatus, Trigger};

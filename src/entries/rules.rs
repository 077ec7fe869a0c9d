//! What may be recorded, and what of the matter's deadlines it fulfils. Nothing here reads a clock, a database or a request.

use crate::deadlines::Code;
use crate::matters::EntryKind;

/// What may be recorded by hand, the most frequent first.
pub const KINDS: [EntryKind; 9] = [
    EntryKind::Progress,
    EntryKind::Talk,
    EntryKind::Meeting,
    EntryKind::Notice,
    EntryKind::Explanation,
    EntryKind::Mediation,
    EntryKind::Hearing,
    EntryKind::Expert,
    EntryKind::Undertaking,
];

/// What an entry fulfils.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The clocks that are met by it, where they run.
    pub meets: Vec<Code>,
    /// The next month's progress falls due from now.
    pub next_progress: bool,
}

/// What recording `kind` fulfils. `told`: the petitioner was told how the matter goes. `handling`: it is being handled, so
/// that progress goes on falling due.
pub fn effect(kind: EntryKind, told: bool, handling: bool) -> Effect {
    let mut meets = Vec::new();
    if matches!(kind, EntryKind::Talk | EntryKind::Meeting) {
        meets.push(Code::FirstTalk);
    }
    if kind == EntryKind::Notice {
        meets.push(Code::FirstNotice);
    }
    if told {
        meets.extend([Code::ProgressFirst, Code::ProgressMonthly]);
    }
    Effect { meets, next_progress: told && handling }
}

/// Whether an entry of this kind names others who took part: partners of mediation, experts, those at a hearing.
pub fn names_others(kind: EntryKind) -> bool {
    matches!(kind, EntryKind::Mediation | EntryKind::Hearing | EntryKind::Expert)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talking_meets_the_first_talk_and_telling_meets_progress() {
        let talk = effect(EntryKind::Talk, false, true);
        assert_eq!(talk, Effect { meets: vec![Code::FirstTalk], next_progress: false });
        let told = effect(EntryKind::Progress, true, true);
        assert_eq!(told.meets, [Code::ProgressFirst, Code::ProgressMonthly]);
        assert!(told.next_progress);
    }

    #[test]
    fn what_was_only_noted_fulfils_nothing() {
        for kind in KINDS {
            let noted = effect(kind, false, true);
            let fulfils = matches!(kind, EntryKind::Talk | EntryKind::Meeting | EntryKind::Notice);
            assert_eq!(!noted.meets.is_empty(), fulfils, "{kind:?}");
            assert!(!noted.next_progress && !effect(kind, true, false).next_progress);
        }
    }
}

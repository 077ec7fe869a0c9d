//! Which request may come next. Nothing here reads a clock, a database or a request.

use super::types::{ReviewKind, ReviewOutcome, ReviewRequest, ReviewState};
use crate::replies::DraftId;

/// Where the reviews of a matter stand, as far as what may happen next depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Where the request stands that has no result yet.
    pub open: Option<ReviewState>,
    /// What may be asked for next: 复查, after it 复核, after that nothing (信访工作条例 36).
    pub next: Option<ReviewKind>,
    /// The matter is itself the review of a lower court's reply, and waits for this court's opinion.
    pub here: bool,
}

/// Where the reviews stand; `requests` in the order in which they came. Nothing may be asked for but against the reply
/// that offers it; each reply begins anew (信访工作条例 35: 对处理意见不服).
pub fn standing(offered: Option<DraftId>, requests: &[ReviewRequest]) -> Standing {
    let open = requests.iter().map(|one| one.state).find(|state| *state != ReviewState::Decided);
    let decided = |kind| {
        requests.iter().filter(|one| one.draft_id == offered).any(|one| {
            one.kind == kind && one.outcome.is_some_and(|outcome| outcome != ReviewOutcome::Withdrawn)
        })
    };
    let next = if offered.is_none() || open.is_some() || decided(ReviewKind::Recheck) {
        None
    } else if decided(ReviewKind::Review) {
        Some(ReviewKind::Recheck)
    } else {
        Some(ReviewKind::Review)
    };
    Standing { open, next, here: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matters::MatterId;
    use crate::people::{CourtId, StaffId};
    use crate::reviews::ReviewRequestId;

    fn request(kind: ReviewKind, outcome: Option<ReviewOutcome>) -> ReviewRequest {
        let day = "2026-11-23".parse().unwrap();
        ReviewRequest {
            id: ReviewRequestId(1),
            court_id: CourtId(1),
            matter_id: MatterId(1),
            kind,
            state: if outcome.is_some() { ReviewState::Decided } else { ReviewState::Requested },
            requested_on: day,
            grounds: String::new(),
            above: String::new(),
            above_court_id: None,
            recorded_by: StaffId(1),
            recorded_at: day.and_hms_opt(1, 0, 0).unwrap(),
            handed_over_by: None,
            handed_over_on: None,
            hand_over_note: String::new(),
            outcome,
            opinion: String::new(),
            decided_on: outcome.map(|_| day),
            version: 0,
            draft_id: REPLY,
            above_matter_id: None,
            received_on: day,
        }
    }

    const REPLY: Option<DraftId> = Some(DraftId(7));

    #[test]
    fn first_review_then_recheck_then_nothing() {
        use ReviewKind::{Recheck, Review};
        let next = |requests: &[ReviewRequest]| standing(REPLY, requests).next;
        assert_eq!(standing(None, &[]).next, None);
        assert_eq!(next(&[]), Some(Review));
        assert_eq!(next(&[request(Review, None)]), None, "one at a time");
        let upheld = request(Review, Some(ReviewOutcome::Upheld));
        assert_eq!(next(std::slice::from_ref(&upheld)), Some(Recheck));
        assert_eq!(next(&[request(Review, Some(ReviewOutcome::Withdrawn))]), Some(Review));
        assert_eq!(next(&[upheld, request(Recheck, Some(ReviewOutcome::Upheld))]), None);
    }

    #[test]
    fn what_is_open_says_whether_the_file_is_owed() {
        let asked = request(ReviewKind::Review, None);
        assert_eq!(standing(REPLY, std::slice::from_ref(&asked)).open, Some(ReviewState::Requested));
        assert_eq!(
            standing(None, &[asked]).open,
            Some(ReviewState::Requested),
            "also while it is handled anew"
        );
    }

    #[test]
    fn a_new_reply_begins_anew() {
        use ReviewKind::{Recheck, Review};
        let revoked = request(Review, Some(ReviewOutcome::Revoked));
        assert_eq!(standing(REPLY, std::slice::from_ref(&revoked)).next, Some(Recheck));
        let again = Some(DraftId(9));
        assert_eq!(standing(again, std::slice::from_ref(&revoked)).next, Some(Review));
        let both = [revoked, request(Recheck, Some(ReviewOutcome::Revoked))];
        assert_eq!((standing(REPLY, &both).next, standing(again, &both).next), (None, Some(Review)));
    }
}

//! The one place that says which matters a scope sees: lists, counts, search and exports all filter by it.

use crate::db::MultiBackend;
use crate::matters::types::{HandPart, MatterId};
use crate::people::{Rows, Scope, StaffId};
use crate::schema::{
    accountability_reviews, askings, assignments, campaign_matters, clocks, contacts, enforcement_matters,
    hands, heard_at, instructions, matter_bars, matter_petitioners, matters, supervisions,
};
use diesel::dsl::{InnerJoinQuerySource, exists, not};
use diesel::prelude::*;
use diesel::sql_types::Bool;

type Condition<T> = Box<dyn BoxableExpression<T, MultiBackend, SqlType = Bool>>;

/// Nobody has this id.
const NOBODY: StaffId = StaffId(0);

/// The condition for queries on `$from`, of which `$court` is the column that an index begins with. Written once, for
/// the shapes of query that list matters.
macro_rules! condition {
    ($scope:expr, $from:ty, $court:expr) => {{
        let scope: &Scope = $scope;
        let me = scope.staff_id.unwrap_or(NOBODY);
        let Some(court) = scope.court_id.filter(|_| scope.rows != Rows::None) else {
            return Box::new(matters::id.lt(MatterId(0)));
        };
        let bars = matter_bars::table
            .filter(matter_bars::matter_id.eq(matters::id))
            .filter(matter_bars::staff_id.eq(me));
        let allowed = $court.eq(court).and(not(exists(bars)));
        let in_hand = hands::table
            .filter(hands::staff_id.assume_not_null().eq(me).and(hands::staff_id.is_not_null()))
            .filter(hands::until.is_null().and(hands::part.ne(HandPart::CaseJudge)))
            .select(hands::matter_id);
        let own = move || {
            matters::accountable_id
                .eq(me)
                .or(matters::first_receiver_id.eq(me))
                .or(matters::id.eq_any(in_hand))
        };
        let reach: Condition<$from> = match &scope.rows {
            Rows::None | Rows::Court => Box::new(allowed),
            Rows::Own => Box::new(allowed.and(own())),
            Rows::Divisions(divisions) => {
                let theirs = matters::division_id.assume_not_null().eq_any(divisions.clone());
                let theirs = matters::division_id.is_not_null().and(theirs);
                let mine = matters::supervising_leader_id.assume_not_null().eq(me);
                let mine = matters::supervising_leader_id.is_not_null().and(mine);
                let handled = hands::table
                    .filter(hands::division_id.assume_not_null().eq_any(divisions.clone()))
                    .filter(hands::division_id.is_not_null().and(hands::until.is_null()))
                    .select(hands::matter_id);
                let handled = matters::id.eq_any(handled);
                Box::new(allowed.and(theirs.or(own()).or(mine).or(handled)))
            }
        };
        if scope.conduct { reach } else { Box::new(reach.and(matters::conduct.eq(false).or(own()))) }
    }};
}

/// Which matters this scope sees: those of its court and reach, never a complaint about the person, and complaints about
/// conduct only for inspection, the president and whoever answers for or received them.
pub fn visible(scope: &Scope) -> Condition<matters::table> {
    condition!(scope, matters::table, matters::court_id)
}

/// Contacts joined with their matters.
pub type ContactsWithMatters = InnerJoinQuerySource<contacts::table, matters::table>;

/// Which contacts this scope sees: those of the matters it sees.
pub fn contact_visible(scope: &Scope) -> Condition<ContactsWithMatters> {
    condition!(scope, ContactsWithMatters, contacts::court_id)
}

/// Where matters have been heard, joined with them.
pub type HeardWithMatters = InnerJoinQuerySource<heard_at::table, matters::table>;

/// Which of it this scope sees: that of the matters it sees.
pub fn heard_visible(scope: &Scope) -> Condition<HeardWithMatters> {
    condition!(scope, HeardWithMatters, matters::court_id)
}

/// Who takes part, joined with their matters.
pub type ParticipantsWithMatters = InnerJoinQuerySource<matter_petitioners::table, matters::table>;

/// Which parts in matters this scope sees: those in the matters it sees.
pub fn participant_visible(scope: &Scope) -> Condition<ParticipantsWithMatters> {
    condition!(scope, ParticipantsWithMatters, matters::court_id)
}

/// Supervisions joined with their matters.
pub type SupervisionsWithMatters = InnerJoinQuerySource<supervisions::table, matters::table>;

/// Which supervisions this scope sees: those of the matters it sees.
pub fn supervision_visible(scope: &Scope) -> Condition<SupervisionsWithMatters> {
    condition!(scope, SupervisionsWithMatters, supervisions::court_id)
}

/// What is asked after closing, joined with the matters.
pub type AskingsWithMatters = InnerJoinQuerySource<askings::table, matters::table>;

/// Which askings this scope sees: those about the matters it sees.
pub fn asking_visible(scope: &Scope) -> Condition<AskingsWithMatters> {
    condition!(scope, AskingsWithMatters, askings::court_id)
}

/// Assignments from above joined with their matters and clocks.
pub type AssignmentsWithMatters =
    InnerJoinQuerySource<InnerJoinQuerySource<assignments::table, matters::table>, clocks::table>;

/// Which assignments this scope sees: those of the matters it sees.
pub fn assignment_visible(scope: &Scope) -> Condition<AssignmentsWithMatters> {
    condition!(scope, AssignmentsWithMatters, assignments::court_id)
}

/// Leaders' instructions joined with their matters.
pub type InstructionsWithMatters = InnerJoinQuerySource<instructions::table, matters::table>;

/// Which instructions this scope sees: those of the matters it sees.
pub fn instruction_visible(scope: &Scope) -> Condition<InstructionsWithMatters> {
    condition!(scope, InstructionsWithMatters, instructions::court_id)
}

/// Accountability reviews joined with their matters.
pub type ReviewsWithMatters = InnerJoinQuerySource<accountability_reviews::table, matters::table>;

/// Which accountability reviews lie within this scope, as far as their matters go; who may see them at all and from
/// whom each is hidden is for their own store to say.
pub fn review_within(scope: &Scope) -> Condition<ReviewsWithMatters> {
    condition!(scope, ReviewsWithMatters, accountability_reviews::court_id)
}

/// Enforcement matters joined with their matters.
pub type EnforcementWithMatters = InnerJoinQuerySource<enforcement_matters::table, matters::table>;

/// Which enforcement matters this scope sees: those of the matters it sees.
pub fn enforcement_visible(scope: &Scope) -> Condition<EnforcementWithMatters> {
    condition!(scope, EnforcementWithMatters, enforcement_matters::court_id)
}

/// What was put into campaigns, joined with the matters.
pub type CampaignsWithMatters = InnerJoinQuerySource<campaign_matters::table, matters::table>;

/// Which matters of campaigns this scope sees.
pub fn campaign_visible(scope: &Scope) -> Condition<CampaignsWithMatters> {
    condition!(scope, CampaignsWithMatters, campaign_matters::court_id)
}

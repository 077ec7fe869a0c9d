//! What is done about a matter's enforcement. Each act is noted on the timeline and in the trail, and the matter's row in the
//! register follows, all in one transaction. A form that comes twice does nothing the second time.

mod ledger;
mod owners;
mod talks;
mod tasks;

pub use ledger::{SumDraft, correct_posting, fix_due, record_payment};
pub use owners::{follow, pass_on};
pub use talks::{Said, correct_talk, record_talk};
pub use tasks::{MeasureDraft, ResultDraft, SheetDraft, add_measure, issue, record_result};

use super::types::EnforcementMatter;
use super::{rules, store};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::{self, EntryKind, Matter, audience};
use crate::people::types::Staff;
use crate::people::{self, Act, Permission, Role};

/// Makes an enforcement matter of this one, if it isn't yet, and brings its row up to what its measures and postings say.
///
/// # Errors
///
/// When it can't be written.
pub fn begin(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<(), Problem> {
    let balance = rules::balance(&store::postings_of(conn, matter.id)?);
    let measures = store::measures_of(conn, matter.id)?;
    let open: Vec<_> = measures.iter().filter(|one| one.done_on.is_none()).map(|one| one.due_on).collect();
    let row = EnforcementMatter {
        matter_id: matter.id,
        court_id: matter.court_id,
        due_fen: balance.due,
        paid_fen: balance.paid,
        outstanding_fen: balance.outstanding(),
        next_due_on: open.iter().min().copied(),
        open_measures: i64::try_from(open.len()).map_err(Problem::internal)?,
        since: act.now.utc(),
    };
    Ok(store::keep(conn, &row)?)
}

/// The row of the register, an entry of the timeline and a line of the trail.
fn leave(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    action: &'static str,
    text: String,
    values: &[(&'static str, &str)],
) -> Result<(), Problem> {
    begin(conn, act, matter)?;
    matters::note(conn, act, matter, EntryKind::Enforcement, text)?;
    let mut all = vec![("matter", matter.number.as_str())];
    all.extend_from_slice(values);
    audit::record(conn, act, action, Subject::Matter(matter.id.0), &all)
}

/// Who may be chosen for a matter.
#[derive(Clone, Debug)]
pub struct Eligible {
    /// The leaders who see the matter: who hears reports.
    pub leaders: Vec<Staff>,
    /// Those of them who may issue task sheets.
    pub issuers: Vec<Staff>,
    /// Who may own a measure or meet a party: whoever answers for the matter or has a hand in it, the leaders, the petition
    /// officers and inspection; those of them who see it and may record what comes of it.
    pub owners: Vec<Staff>,
}

/// Who may be chosen for a matter. Whether somebody sees it is asked once of each.
pub(super) fn eligible(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Eligible, Problem> {
    let leaders = leaders(conn, act, matter)?;
    let issue = people::who_may(conn, matter.court_id, Permission::IssueTaskSheet)?;
    let manage = people::who_may(conn, matter.court_id, Permission::ManageEnforcement)?;
    let mut owners = audience::answerable(conn, matter, act.now)?;
    let mut others = Vec::new();
    for id in matters::hands_of(conn, matter)?.into_iter().filter_map(|hand| hand.staff_id) {
        others.push(people::staff_of_any_court(conn, id)?);
    }
    others.extend(people::petition_officers(conn, matter.court_id)?);
    others.extend(people::with_role(conn, matter.court_id, Role::Inspector)?);
    let among = |some: &[Staff], one: &Staff| some.iter().any(|known| known.id == one.id);
    others.retain(|one| manage.contains(&one.id) && !among(&owners, one) && !among(&leaders, one));
    owners.extend(audience::who_see(conn, others, act.now, matter.id)?);
    let leading: Vec<Staff> = leaders.iter().filter(|one| !among(&owners, one)).cloned().collect();
    owners.extend(leading);
    owners.retain(|one| manage.contains(&one.id));
    let issuers = leaders.iter().filter(|one| issue.contains(&one.id)).cloned().collect();
    Ok(Eligible { leaders, issuers, owners })
}

/// The leaders who see the matter: who hears reports.
pub(super) fn leaders(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Vec<Staff>, Problem> {
    let leaders = people::leaders(conn, matter.court_id)?;
    audience::who_see(conn, leaders, act.now, matter.id)
}

/// Who may own a measure of the matter, or meet a party.
pub(super) fn owners(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<Vec<Staff>, Problem> {
    Ok(eligible(conn, act, matter)?.owners)
}

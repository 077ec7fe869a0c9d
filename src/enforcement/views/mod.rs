//! What pages show of enforcement matters, put together by one scope.

mod register;

pub use register::{Listed, listed, page, untaken, untaken_as_listed};

use super::actions::{Eligible, eligible};
use super::rules::{self, Balance};
use super::store;
use super::types::{Measure, MeasureId, MeasureResult, Outcome, Posting, SheetId, Talk, TalkId, TaskSheet};
use crate::calendar;
use crate::campaigns;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::types::Stage;
use crate::matters::{self, Matter, MatterId};
use crate::people::types::Staff;
use crate::people::{self, Act, Permission, StaffId};
use crate::web::Due;
use chrono::NaiveDate;
use std::collections::HashMap;

/// A measure with its owner, its light while it is open, and what became of it.
#[derive(Clone, Debug)]
pub struct ShownMeasure {
    pub measure: Measure,
    pub owner: String,
    pub due: Option<Due>,
    /// The first result first, each with who recorded it; the last one holds.
    pub results: Vec<(MeasureResult, String)>,
}

impl ShownMeasure {
    /// Where it stands, once nobody is reminded of it any more.
    pub fn standing(&self) -> &'static str {
        let newest = self.results.last().map(|(result, _)| result).filter(|_| self.measure.done_on.is_some());
        match newest {
            Some(MeasureResult { outcome: Outcome::GivenUp, .. }) => "没有做成，不再继续",
            Some(result) if result.done_on > self.measure.due_on => "逾期完成",
            Some(_) => "已完成",
            None => "事项已办结",
        }
    }

    /// Whether the result at this place was taken back by the next one, rather than gone on from.
    pub fn corrected(&self, nth: usize) -> bool {
        let next = self.results.len() > nth + 1;
        next && self.results.get(nth).is_some_and(|(result, _)| result.outcome != Outcome::GoingOn)
    }
}

/// A task sheet with its measures.
#[derive(Clone, Debug)]
pub struct ShownSheet {
    pub sheet: TaskSheet,
    pub issuer: String,
    pub entered_by: String,
    pub measures: Vec<ShownMeasure>,
    /// Its time limit's light, while a measure is open.
    pub due: Option<Due>,
}

impl ShownSheet {
    /// Why it has no light.
    pub fn unlit(&self) -> &'static str {
        if self.measures.iter().any(|shown| shown.measure.done_on.is_none()) {
            "事项已办结"
        } else {
            "没有未完成的措施"
        }
    }
}

/// Everything that the page of a matter's enforcement shows.
#[derive(Clone, Debug)]
pub struct Detail {
    pub matter: Matter,
    pub court: String,
    pub balance: Balance,
    /// The newest first.
    pub sheets: Vec<ShownSheet>,
    /// By day, each with who recorded it.
    pub postings: Vec<(Posting, String)>,
    /// The newest first, each with who heard it.
    pub talks: Vec<(Talk, String)>,
    pub campaigns: campaigns::OfMatter,
    pub may_issue: bool,
    pub may_record: bool,
}

impl Detail {
    /// Its sheet of this id.
    pub fn sheet(&self, id: SheetId) -> Option<&ShownSheet> {
        self.sheets.iter().find(|shown| shown.sheet.id == id)
    }

    /// Its measure of this id.
    pub fn measure(&self, id: MeasureId) -> Option<&ShownMeasure> {
        self.sheets.iter().flat_map(|shown| &shown.measures).find(|shown| shown.measure.id == id)
    }

    /// What corrects this talk, if anything does.
    pub fn correction_of(&self, id: TalkId) -> Option<&Talk> {
        self.talks.iter().map(|(talk, _)| talk).find(|talk| talk.corrects_id == Some(id))
    }

    /// What this talk has become by its corrections, if there are any.
    pub fn newest_of(&self, id: TalkId) -> Option<&Talk> {
        let mut newest = self.correction_of(id)?;
        while let Some(newer) = self.correction_of(newest.id) {
            newest = newer;
        }
        Some(newest)
    }
}

/// Everything about the enforcement of one matter.
///
/// # Errors
///
/// `NotFound` when there is no such matter, or none for this person.
pub fn of_matter(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Detail, Problem> {
    let matter = matters::find(conn, &act.by.scope, id)?;
    let measures = store::measures_of(conn, id)?;
    let ids: Vec<MeasureId> = measures.iter().map(|measure| measure.id).collect();
    let results = store::results_of(conn, &ids)?;
    let sheets = store::sheets_of(conn, id)?;
    let postings = store::postings_of(conn, id)?;
    let talks = store::talks_of(conn, id)?;
    let involved = sheets.iter().flat_map(|one| [one.issued_by, one.entered_by]);
    let involved = involved.chain(measures.iter().map(|one| one.owner_id));
    let involved = involved.chain(results.iter().map(|one| one.by_id));
    let involved = involved.chain(postings.iter().map(|one| one.by_id));
    let involved: Vec<_> = involved.chain(talks.iter().map(|one| one.staff_id)).collect();
    let names = people::names_of(conn, &unique(involved))?;
    let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
    let days = calendar::working_days(conn)?;
    let light = |on| (matter.stage != Stage::Closed).then(|| days.due(act.now.today(), on));
    let measures = shown(measures, results, &names, &light);
    let sheets = sheets.into_iter().map(|sheet| {
        let own: Vec<_> =
            measures.iter().filter(|shown| shown.measure.sheet_id == sheet.id).cloned().collect();
        let open = own.iter().any(|shown| shown.measure.done_on.is_none());
        ShownSheet {
            issuer: name(sheet.issued_by),
            entered_by: name(sheet.entered_by),
            due: light(sheet.due_on).filter(|_| open),
            measures: own,
            sheet,
        }
    });
    Ok(Detail {
        court: people::court(conn, matter.court_id)?.name,
        balance: rules::balance(&postings),
        sheets: sheets.collect(),
        postings: postings.into_iter().map(|one| (one.clone(), name(one.by_id))).collect(),
        talks: talks.into_iter().map(|one| (one.clone(), name(one.staff_id))).collect(),
        campaigns: campaigns::of_matter(conn, act, &matter)?,
        may_issue: act.by.may(Permission::IssueTaskSheet) && matter.stage != Stage::Closed,
        may_record: act.by.may(Permission::ManageEnforcement),
        matter,
    })
}

fn shown(
    measures: Vec<Measure>,
    results: Vec<MeasureResult>,
    names: &HashMap<StaffId, String>,
    light: &impl Fn(NaiveDate) -> Option<Due>,
) -> Vec<ShownMeasure> {
    let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
    let of = |measure: Measure| ShownMeasure {
        owner: name(measure.owner_id),
        due: light(measure.due_on).filter(|_| measure.done_on.is_none()),
        results: results
            .iter()
            .filter(|one| one.measure_id == measure.id)
            .map(|one| (one.clone(), name(one.by_id)))
            .collect(),
        measure,
    };
    measures.into_iter().map(of).collect()
}

fn unique(mut ids: Vec<StaffId>) -> Vec<StaffId> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Who can be chosen on a form: pairs of id and name with post.
pub type Choices = Vec<(StaffId, String)>;

fn named(staff: Vec<Staff>) -> Choices {
    staff.into_iter().map(|one| (one.id, format!("{}（{}）", one.name, one.post.label()))).collect()
}

/// A matter and who may be chosen for it: to issue a task sheet, as leader, and as owner of a measure.
#[derive(Clone, Debug)]
pub struct Offering {
    pub detail: Detail,
    pub issuers: Choices,
    pub leaders: Choices,
    pub owners: Choices,
}

/// What the forms about a matter are drawn from.
///
/// # Errors
///
/// `NotFound`.
pub fn offering(conn: &mut Conn, act: &Act, id: MatterId) -> Result<Offering, Problem> {
    let detail = of_matter(conn, act, id)?;
    let Eligible { leaders, issuers, owners } = eligible(conn, act, &detail.matter)?;
    Ok(Offering { detail, issuers: named(issuers), leaders: named(leaders), owners: named(owners) })
}

/// The matter of a task sheet, measure, posting or talk that the person may see.
///
/// # Errors
///
/// `NotFound`.
pub fn matter_of(conn: &mut Conn, act: &Act, what: Of) -> Result<MatterId, Problem> {
    let scope = &act.by.scope;
    Ok(match what {
        Of::Sheet(id) => store::sheet(conn, scope, id)?.1.id,
        Of::Measure(id) => store::measure(conn, scope, id)?.1.id,
        Of::Posting(id) => store::posting(conn, scope, id)?.1.id,
        Of::Talk(id) => store::talk(conn, scope, id)?.1.id,
    })
}

/// Something of a matter's enforcement, by its own id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Sheet(SheetId),
    Measure(MeasureId),
    Posting(super::types::PostingId),
    Talk(TalkId),
}

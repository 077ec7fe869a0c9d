//! Courts and divisions.

use super::within;
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::error::Problem;
use crate::people::act::Act;
use crate::people::permissions::Permission;
use crate::people::rules::{self, CourtRefusal};
use crate::people::store;
use crate::people::types::{
    Court, CourtId, CourtLevel, Division, DivisionId, DivisionKind, StaffFilter, TierPreset,
};

/// How matter numbers are written unless the court says otherwise: 石法访〔2026〕0001号.
pub const NUMBER_PATTERN: &str = "{short}访〔{year}〕{seq:4}号";

/// A court's particulars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourtDraft {
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub level: CourtLevel,
    pub parent_id: Option<CourtId>,
    pub address: String,
    pub window_name: String,
    pub telephone: String,
    pub number_pattern: String,
    pub tier_preset: TierPreset,
}

impl CourtDraft {
    /// A court of which no more is known than this.
    pub fn new(code: &str, name: &str, short_name: &str, level: CourtLevel) -> Self {
        CourtDraft {
            code: code.to_owned(),
            name: name.to_owned(),
            short_name: short_name.to_owned(),
            level,
            parent_id: None,
            address: String::new(),
            window_name: "诉讼服务中心信访窗口".to_owned(),
            telephone: String::new(),
            number_pattern: NUMBER_PATTERN.to_owned(),
            tier_preset: TierPreset::Standard,
        }
    }

    fn with(&self, id: CourtId, version: i64) -> Court {
        Court {
            id,
            code: self.code.clone(),
            name: self.name.clone(),
            short_name: self.short_name.clone(),
            level: self.level,
            parent_id: self.parent_id,
            address: self.address.clone(),
            window_name: self.window_name.clone(),
            telephone: self.telephone.clone(),
            number_pattern: self.number_pattern.clone(),
            tier_preset: self.tier_preset,
            version,
        }
    }

    fn check(&self, conn: &mut Conn, but: Option<CourtId>) -> Result<(), Problem> {
        rules::check_court_code(&self.code)?;
        rules::check_number_pattern(&self.number_pattern)?;
        match store::court_by_code(conn, &self.code)? {
            Some(other) if Some(other.id) != but => Err(CourtRefusal::CodeTaken.into()),
            Some(_) | None => Ok(()),
        }
    }
}

/// Enters a court (新增法院).
///
/// # Errors
///
/// `Forbidden` for anybody but the system: people belong to one court. `Refused` for a code that is ill-formed or taken.
pub fn add_court(conn: &mut Conn, act: &Act, draft: &CourtDraft) -> Result<CourtId, Problem> {
    if !act.by.is_system() {
        return Err(Problem::Forbidden);
    }
    draft.check(conn, None)?;
    let court = draft.with(CourtId::new(act.now), 1);
    store::insert_court(conn, &court)?;
    let values = [("code", draft.code.as_str()), ("name", &draft.name)];
    audit::record(conn, act, "court.added", Subject::Court(court.id.0), &values)?;
    Ok(court.id)
}

/// Corrects a court's particulars (本院信息) as they were at `version`.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` for a code or a number pattern that can't stand.
pub fn save_court(
    conn: &mut Conn,
    act: &Act,
    id: CourtId,
    version: i64,
    draft: &CourtDraft,
) -> Result<(), Problem> {
    act.require(Permission::ManageStaff)?;
    within(act, id)?;
    draft.check(conn, Some(id))?;
    if !store::save_court(conn, &draft.with(id, version))? {
        return Err(Problem::Stale);
    }
    let values = [
        ("code", draft.code.as_str()),
        ("name", &draft.name),
        ("number_pattern", &draft.number_pattern),
        ("tier_preset", draft.tier_preset.label()),
    ];
    audit::record(conn, act, "court.saved", Subject::Court(id.0), &values)
}

/// A division's particulars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DivisionDraft {
    pub name: String,
    pub kind: DivisionKind,
    pub telephone: String,
    /// Place in the court's order, the first being 1.
    pub position: i64,
    pub active: bool,
}

/// Enters a division (庭室), or corrects the one with this id as it was at this version.
///
/// # Errors
///
/// `Forbidden`, `NotFound`, `Stale`; `Refused` for a name that is taken, and for putting one out of use that still has
/// staff.
pub fn save_division(
    conn: &mut Conn,
    act: &Act,
    court: CourtId,
    existing: Option<(DivisionId, i64)>,
    draft: &DivisionDraft,
) -> Result<DivisionId, Problem> {
    act.require(Permission::ManageStaff)?;
    within(act, court)?;
    let id = existing.map(|(id, _)| id);
    match store::division_named(conn, court, &draft.name)? {
        Some(other) if Some(other.id) != id => return Err(CourtRefusal::DivisionNameTaken.into()),
        Some(_) | None => {}
    }
    let division = |id, version| Division {
        id,
        court_id: court,
        name: draft.name.clone(),
        kind: draft.kind,
        telephone: draft.telephone.clone(),
        position: draft.position,
        active: draft.active,
        version,
    };
    let id = match existing {
        Some((id, version)) => {
            store::division(conn, court, id)?;
            if !draft.active {
                check_empty(conn, court, id)?;
            }
            if !store::save_division(conn, &division(id, version))? {
                return Err(Problem::Stale);
            }
            id
        }
        None => {
            let id = DivisionId::new(act.now);
            store::insert_division(conn, &division(id, 1))?;
            id
        }
    };
    let values = [
        ("name", draft.name.as_str()),
        ("kind", draft.kind.label()),
        ("active", if draft.active { "在用" } else { "停用" }),
    ];
    audit::record(conn, act, "division.saved", Subject::Division(id.0), &values)?;
    Ok(id)
}

fn check_empty(conn: &mut Conn, court: CourtId, id: DivisionId) -> Result<(), Problem> {
    let filter = StaffFilter { text: String::new(), division_id: Some(id), active: Some(true) };
    let people = store::staff_page(conn, court, &filter, None, 1_000)?.len();
    match i64::try_from(people).unwrap_or(i64::MAX) {
        0 => Ok(()),
        count => Err(CourtRefusal::DivisionInUse(count).into()),
    }
}

//! The demo court's people: entered once, then found by their user names.

use super::super::staff::{DIVISIONS, PORTFOLIOS, STAFF};
use super::super::{COURT, COURT_CODE, COURT_SHORT};
use crate::crypto::Keys;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::actions::{self, Charge, CourtDraft, DivisionDraft, NewStaff};
use crate::people::passwords::OneTime;
use crate::people::types::{CourtLevel, Staff};
use crate::people::{self, Act, CourtId, DivisionId, StaffFilter, StaffId, sessions};
use crate::time::Moment;
use chrono::{Datelike, NaiveDate, TimeDelta};
use std::collections::HashMap;
use std::sync::Arc;

/// How many years before the demonstration its court took the system into use.
const YEARS_IN_USE: i32 = 6;
/// More people than the demo court has.
const MOST_STAFF: i64 = 1_000;

/// Enters the court, its divisions, staff, accounts and portfolios. `hash` is the password of every account.
pub(super) fn found(conn: &mut Conn, keys: &Arc<Keys>, now: Moment, hash: &str) -> Result<CourtId, Problem> {
    let act = Act::system("演示", opening(now), keys.clone());
    let mut draft = CourtDraft::new(COURT_CODE, COURT, COURT_SHORT, CourtLevel::Basic);
    draft.address = "石龙区中心路1号".to_owned();
    draft.telephone = "0375-2520000".to_owned();
    let court = actions::add_court(conn, &act, &draft)?;
    let mut divisions = HashMap::new();
    for (position, division) in (1..).zip(DIVISIONS) {
        let draft = DivisionDraft {
            name: division.name.to_owned(),
            kind: division.kind,
            telephone: division.telephone.to_owned(),
            position,
            active: true,
        };
        divisions.insert(division.name, actions::save_division(conn, &act, court, None, &draft)?);
    }
    let staff = enter(conn, &act, now, court, &divisions, hash)?;
    for portfolio in PORTFOLIOS {
        let Some(leader) = staff.get(portfolio.user) else { continue };
        let petitions = portfolio.petitions.then_some(Charge::Petitions);
        let over = portfolio.divisions.iter().filter_map(|name| divisions.get(name).copied());
        for charge in petitions.into_iter().chain(over.map(Charge::Division)) {
            actions::set_portfolio(conn, &act, *leader, charge, act.now.today())?;
        }
    }
    Ok(court)
}

/// Everybody, with the password known.
fn enter(
    conn: &mut Conn,
    act: &Act,
    now: Moment,
    court: CourtId,
    divisions: &HashMap<&str, DivisionId>,
    hash: &str,
) -> Result<HashMap<&'static str, StaffId>, Problem> {
    let known = OneTime { shown: super::super::staff::PASSWORD.to_owned(), hash: hash.to_owned() };
    let today = Act { now, ..act.clone() };
    let mut staff = HashMap::new();
    for one in STAFF {
        let new = NewStaff {
            court_id: court,
            division_id: one.division.and_then(|name| divisions.get(name).copied()),
            name: one.name.to_owned(),
            post: one.post,
            rank: one.rank,
            mail: Some(format!("{}@shilong.test", one.user)),
            telephone: None,
            user_name: one.user.to_owned(),
            roles: one.roles.to_vec(),
            expires_on: None,
        };
        let id = actions::add_staff(conn, act, &new, &known)?;
        actions::give_known_password(conn, &today, id, hash)?;
        staff.insert(one.user, id);
    }
    Ok(staff)
}

/// The morning on which the court took the system into use.
fn opening(now: Moment) -> Moment {
    let day = NaiveDate::from_ymd_opt(now.today().year() - YEARS_IN_USE, 1, 4).unwrap_or(now.today());
    day.and_hms_opt(9, 0, 0).map_or(now, Moment::from_court).min(now)
}

/// Who plays in the script.
pub struct Cast {
    pub court: CourtId,
    divisions: HashMap<String, DivisionId>,
    staff: HashMap<String, Staff>,
}

impl Cast {
    /// The court's people as they stand in the database.
    ///
    /// # Errors
    ///
    /// When the database is away.
    pub fn load(conn: &mut Conn, court: CourtId) -> Result<Self, Problem> {
        let divisions = people::every_division(conn, court)?.into_iter().map(|d| (d.name, d.id)).collect();
        let everybody = people::staff_page(conn, court, &StaffFilter::default(), None, MOST_STAFF)?;
        let staff = everybody.into_iter().filter_map(|(staff, user)| Some((user?, staff))).collect();
        Ok(Cast { court, divisions, staff })
    }

    /// The division of this name.
    pub fn division(&self, name: &str) -> Option<DivisionId> {
        self.divisions.get(name).copied()
    }

    /// Who signs in with this name.
    ///
    /// # Errors
    ///
    /// `Internal` when nobody does.
    pub fn staff(&self, user: &str) -> Result<&Staff, Problem> {
        self.staff.get(user).ok_or_else(|| Problem::internal(format!("the demo court has no {user}")))
    }

    /// This person doing something at this moment.
    ///
    /// # Errors
    ///
    /// When the database is away.
    pub fn act(&self, conn: &mut Conn, user: &str, now: Moment, keys: &Arc<Keys>) -> Result<Act, Problem> {
        let by = sessions::actor(conn, self.staff(user)?, now)?;
        Ok(Act { by, now, keys: keys.clone() })
    }
}

/// How long a clerk takes to write down a contact.
pub(super) const WRITING_DOWN: TimeDelta = TimeDelta::minutes(6);

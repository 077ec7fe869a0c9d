//! What the auditor narrows the list to.

use super::store::{Filter, Hidden};
use super::types::SubjectKind;
use crate::people::{CourtId, StaffId};
use crate::time::Moment;
use crate::web::form::{Complaints, one_of, optional, read_date};
use chrono::{Days, NaiveDate, NaiveTime};
use serde::Deserialize;

/// The filter as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct FilterForm {
    pub actor: String,
    pub action: String,
    pub kind: String,
    pub id: String,
    /// The first and the last day, inclusive.
    pub from: String,
    pub to: String,
    /// Lines older than this one.
    pub before: String,
}

impl FilterForm {
    /// What to show of this court's trail, and before which line.
    ///
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self, court: Option<CourtId>) -> Result<(Filter, Option<i64>), Complaints> {
        let mut told = Complaints::default();
        let actor = told.hear("actor", optional(&self.actor, number));
        let id = told.hear("id", optional(&self.id, number));
        let before = told.hear("before", optional(&self.before, number));
        let kind = told.hear("kind", optional(&self.kind, |code| one_of(code, SubjectKind::from_code)));
        let from = told.hear("from", optional(&self.from, read_date));
        let to = told.hear("to", optional(&self.to, read_date));
        let action = optional(&self.action, |code| Ok(code.to_owned())).unwrap_or(None);
        if let (Some(Some(from)), Some(Some(to))) = (from, to)
            && to < from
        {
            told.add("to", "截止日期早于起始日期，请核对。");
        }
        if self.kind.trim().is_empty() && !self.id.trim().is_empty() {
            told.add("kind", "填了编号，还要选对象类别。");
        }
        let subject = kind.flatten().map(|kind| (kind, id.flatten()));
        let filter = Filter {
            court,
            actor: actor.flatten().map(StaffId),
            action,
            subject,
            from: from.flatten().map(start_of),
            until: to.flatten().and_then(|to| to.checked_add_days(Days::new(1))).map(start_of),
            hidden: Hidden::default(),
        };
        told.verdict(Some((filter, before.flatten())))
    }
}

fn number(typed: &str) -> Result<i64, String> {
    typed.trim().parse().map_err(|_not_a_number| "编号由数字组成，请核对。".to_owned())
}

/// When the court's day begins, in UTC.
fn start_of(day: NaiveDate) -> chrono::NaiveDateTime {
    Moment::from_court(day.and_time(NaiveTime::MIN)).utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_runs_from_the_courts_midnight_to_the_next() {
        let form = FilterForm { from: "2026-11-23".into(), to: "2026-11-23".into(), ..FilterForm::default() };
        let (filter, before) = form.check(Some(CourtId(1))).unwrap();
        assert_eq!(filter.from.unwrap().to_string(), "2026-11-22 16:00:00");
        assert_eq!(filter.until.unwrap().to_string(), "2026-11-23 16:00:00");
        assert_eq!((before, filter.subject, filter.actor), (None, None, None));
    }

    #[test]
    fn what_makes_no_sense_is_told_beside_its_field() {
        let form = FilterForm {
            actor: "谁".into(),
            id: "7".into(),
            from: "2026-11-24".into(),
            to: "2026-11-23".into(),
            ..FilterForm::default()
        };
        let told = form.check(None).unwrap_err();
        for field in ["actor", "kind", "to"] {
            assert_eq!(told.about(field).count(), 1, "{field}");
        }
    }
}

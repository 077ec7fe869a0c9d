//! What is chosen above a register and typed on a matter's page, and what it comes to.

use super::rules::Screening;
use super::types::{Channel, ContactFilter, ContactId, HandPart, MatterFilter, MatterId, Stage, Track};
use crate::people::{Actor, DivisionId, Role, StaffId};
use crate::time::Moment;
use crate::web::form::{Complaints, date_until, one_of, optional, paragraphs, read_date, words};
use crate::web::listing::{Cursor, Near, Order, cursor};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The filters above the register of matters, as they stand in the address: codes and ids only.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct MatterQuery {
    pub stage: String,
    pub category: String,
    pub division: String,
    /// `overdue`, `soon` or empty.
    pub due: String,
    /// `1`: only mine.
    pub mine: String,
    /// `addressee`: what waits for me to take it over; `handler`, `helper`: what I handle or help with.
    pub hand: String,
    /// `1`, `2`, `3`, or empty.
    pub tier: String,
    /// `due` or empty for the newest first.
    pub order: String,
    pub from: String,
    pub to: String,
    /// Where the page goes on: an id, or `date_id` by date.
    pub after: String,
}

impl MatterQuery {
    /// Closed matters have no next day to come by.
    pub fn order(&self) -> Order {
        let closed = self.stage == Stage::Closed.code();
        if closed { Order::Newest } else { Order::of(&self.order, &self.due) }
    }

    /// The filter it comes to for this person. What makes no sense narrows nothing.
    pub fn filter(&self, by: &Actor, near: &Near) -> MatterFilter {
        let me = by.staff_id;
        let heads = by.division_id.filter(|_| by.roles.contains(&Role::DivisionHead));
        let day = |text: &str| read_date(text).ok();
        MatterFilter {
            stage: Stage::from_code(&self.stage),
            category: Some(self.category.clone()).filter(|code| !code.is_empty() && is_code(code)),
            division: self.division.parse::<DivisionId>().ok(),
            accountable: me.filter(|_| self.mine == "1"),
            tier: self.tier.parse().ok().filter(|tier| (1..=3).contains(tier)),
            hand: HandPart::from_code(&self.hand).zip(me).map(|(part, me)| (part, me, heads)),
            due_until: near.until(&self.due),
            registered_from: day(&self.from).map(start_of),
            registered_before: day(&self.to).and_then(|to| to.checked_add_days(Days::new(1))).map(start_of),
            ..MatterFilter::default()
        }
    }

    pub fn after(&self) -> Option<Cursor<MatterId>> {
        cursor(&self.after)
    }
}

/// The first moment of a court's day, in UTC.
fn start_of(day: NaiveDate) -> chrono::NaiveDateTime {
    Moment::from_court(day.and_time(chrono::NaiveTime::MIN)).utc()
}

fn is_code(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_')
}

/// The filters above the register of contacts.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ContactQuery {
    pub channel: String,
    /// `first`, `repeat`, `group` or empty.
    pub kind: String,
    pub mine: String,
    pub from: String,
    pub to: String,
    pub after: String,
}

impl ContactQuery {
    pub fn filter(&self, me: Option<StaffId>) -> ContactFilter {
        let day = |text: &str| read_date(text).ok();
        ContactFilter {
            channel: Channel::from_code(&self.channel),
            first: match self.kind.as_str() {
                "first" => Some(true),
                "repeat" => Some(false),
                _ => None,
            },
            group: self.kind == "group",
            received_by: me.filter(|_| self.mine == "1"),
            from: day(&self.from).map(start_of),
            before: day(&self.to).and_then(|to| to.checked_add_days(Days::new(1))).map(start_of),
        }
    }

    pub fn after_id(&self) -> Option<ContactId> {
        self.after.parse().ok()
    }
}

/// A screening decision as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ScreenForm {
    pub version: i64,
    /// `accepted`, `in_litigation`, `not_this_court` or `answered`.
    pub decision: String,
    pub track: String,
    /// From which day the procedure's own time counts; empty: today.
    pub track_from: String,
    pub authority: String,
    pub guidance: String,
    pub answer: String,
}

impl ScreenForm {
    /// The decision, or everything that is missing of it.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<Screening, Complaints> {
        let mut complaints = Complaints::default();
        let screening = match self.decision.as_str() {
            "accepted" => Some(Screening::Accepted),
            "in_litigation" => {
                let track = complaints.hear("track", one_of(&self.track, Track::from_code));
                let from = optional(&self.track_from, |typed| date_until(typed, today));
                let from = complaints.hear("track_from", from);
                track.zip(from).map(|(track, from)| Screening::InLitigation(track, from))
            }
            "not_this_court" => {
                let authority = complaints.hear("authority", words(&self.authority, 2..=60));
                let guidance = self.guidance.trim().to_owned();
                authority.map(|authority| Screening::NotThisCourt { authority, guidance })
            }
            "answered" => complaints
                .hear("answer", paragraphs(&self.answer, 4..=2000))
                .map(|answer| Screening::AnsweredOnTheSpot { answer }),
            _ => {
                complaints.add("decision", "请选择甄别结果。");
                None
            }
        };
        complaints.verdict(screening)
    }
}

/// What is typed into the search box.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    pub q: String,
    pub before: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_take_codes_and_ignore_nonsense() {
        let near = Near { yesterday: "2026-11-22".parse().unwrap(), soon: "2026-11-26".parse().unwrap() };
        let query = MatterQuery {
            stage: "handling".into(),
            category: "x' OR 1".into(),
            due: "overdue".into(),
            mine: "1".into(),
            ..MatterQuery::default()
        };
        let me = Actor { staff_id: Some(StaffId(3)), ..Actor::system("丁静") };
        let filter = query.filter(&me, &near);
        assert_eq!(filter.stage, Some(Stage::Handling));
        assert_eq!(filter.category, None);
        assert_eq!(filter.due_until, Some(near.yesterday));
        assert_eq!(filter.accountable, Some(StaffId(3)));
        assert_eq!(query.order(), Order::Due);
        let closed = MatterQuery { stage: "closed".into(), order: "due".into(), ..MatterQuery::default() };
        assert_eq!(closed.order(), Order::Newest, "what is closed has no next day");
    }

    #[test]
    fn each_decision_needs_what_belongs_to_it() {
        let today = "2026-11-23".parse().unwrap();
        let form = |decision: &str| ScreenForm { decision: decision.into(), ..ScreenForm::default() };
        assert_eq!(form("accepted").check(today), Ok(Screening::Accepted));
        assert!(form("").check(today).is_err());
        assert!(form("in_litigation").check(today).is_err());
        assert!(form("not_this_court").check(today).is_err());
        assert!(form("answered").check(today).is_err());
        let track = ScreenForm { track: "filing".into(), ..form("in_litigation") };
        assert_eq!(track.check(today), Ok(Screening::InLitigation(Track::Filing, None)));
        let served = |day: &str| ScreenForm {
            track: "appeal_civil_judgment".into(),
            track_from: day.into(),
            ..form("in_litigation")
        };
        let from = "2026-11-10".parse().ok();
        let appeal = Screening::InLitigation(Track::AppealCivilJudgment, from);
        assert_eq!(served("2026-11-10").check(today), Ok(appeal));
        assert!(served("2026-11-24").check(today).is_err(), "not before it was served");
    }
}

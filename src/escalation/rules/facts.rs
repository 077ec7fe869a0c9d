//! Facts, and which rule each of them calls.

use crate::escalation::types::{Cause, Tier, TierRule};
use crate::matters::ContactId;
use crate::matters::types::{HeardLevel, HeardManner, MatterId};
use crate::web::formats::plain_date;
use chrono::NaiveDate;

/// Something that happened, as the rules look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// It has been heard somewhere. Only `sure` counts: a higher body's notice, or what the petition officer confirmed.
    Heard {
        row: i64,
        level: HeardLevel,
        body: String,
        manner: HeardManner,
        on: Option<NaiveDate>,
        sure: bool,
    },
    /// Somebody came, wrote or called for the `nth` time, so many people together.
    Contact { id: ContactId, nth: i64, people: i64, in_person: bool },
    /// It was opened again after a reply; `version` is the matter's at that time.
    Reopened { matter: MatterId, version: i64 },
    /// A sign: found in a sweep, by an assessment, or marked.
    Sign { how: Cause, row: i64 },
    /// Its time in a tier, which this clock counted, has run out.
    RanOver { tier: Tier, clock: i64, due_on: NaiveDate },
    /// Whoever is to solve it in this tier says that it can't be solved there.
    Failed { tier: Tier, clock: i64, why: String },
    /// A deadline of the law or the court has been late for so many working days.
    Late { clock: i64, due_on: NaiveDate, days: i64 },
}

impl Fact {
    /// The one name of the fact: it raises a matter to a tier once.
    pub fn key(&self) -> String {
        match self {
            Fact::Heard { row, .. } => format!("heard:{row}"),
            Fact::Contact { id, .. } => format!("contact:{id}"),
            Fact::Reopened { matter, version } => format!("reopened:{matter}:{version}"),
            Fact::Sign { row, .. } => format!("sign:{row}"),
            Fact::RanOver { clock, .. } => format!("over:{clock}"),
            Fact::Failed { clock, .. } => format!("failed:{clock}"),
            Fact::Late { clock, .. } => format!("late:{clock}"),
        }
    }

    /// What was seen, in a sentence for people.
    pub fn words(&self) -> String {
        match self {
            Fact::Heard { level, body, manner, on, .. } => {
                let on = on.map(plain_date).unwrap_or_default();
                let place = if body.is_empty() { level.label() } else { body.as_str() };
                format!("{on}到{place}（{}）{}反映", level.label(), manner.label())
            }
            Fact::Contact { nth, people, in_person, .. } => {
                let how = if *in_person { "，来访" } else { "" };
                format!("第{nth}次反映，{people}人{how}")
            }
            Fact::Reopened { .. } => "答复以后恢复办理".to_owned(),
            Fact::Sign { how, .. } => how.label().to_owned(),
            Fact::RanOver { tier, due_on, .. } => {
                format!("{}期限为{}，到期没有化解", tier.label(), plain_date(*due_on))
            }
            Fact::Failed { why, .. } => why.clone(),
            Fact::Late { due_on, days, .. } => format!("期限为{}，已超期{days}个工作日", plain_date(*due_on)),
        }
    }
}

/// Whether a rule is called by a fact about a matter that is, or isn't, accepted as a petition (受理).
pub fn fits(rule: &TierRule, fact: &Fact, accepted: bool) -> bool {
    let heard_at = |wanted: HeardLevel| matches!(fact, Fact::Heard { level, manner: HeardManner::InPerson, sure: true, .. } if *level == wanted);
    let contact = |holds: fn(i64, i64, i64) -> bool| matches!(fact, Fact::Contact { nth, people, .. } if holds(*nth, *people, rule.threshold));
    match rule.cause {
        Cause::Swept | Cause::Assessed | Cause::Marked => {
            matches!(fact, Fact::Sign { how, .. } if *how == rule.cause)
        }
        Cause::HeardCity => accepted && heard_at(HeardLevel::City),
        Cause::BackAfterReply => matches!(fact, Fact::Reopened { .. }),
        Cause::Group => accepted && contact(|_, people, from| people >= from),
        Cause::NthRepeat => accepted && contact(|nth, _, from| nth >= from),
        Cause::Overdue => matches!(fact, Fact::Late { days, .. } if *days >= rule.threshold),
        Cause::AcceptedHere => {
            accepted && (heard_at(HeardLevel::City) || matches!(fact, Fact::Contact { in_person: true, .. }))
        }
        Cause::OneRanOver => matches!(fact, Fact::RanOver { tier: Tier::One, .. }),
        Cause::TwoRanOver => matches!(fact, Fact::RanOver { tier: Tier::Two, .. }),
        Cause::OneFailed => matches!(fact, Fact::Failed { tier: Tier::One, .. }),
        Cause::TwoFailed => matches!(fact, Fact::Failed { tier: Tier::Two, .. }),
        Cause::HeardProvince => heard_at(HeardLevel::Province),
        Cause::HeardBeijing => heard_at(HeardLevel::Beijing),
        Cause::Correction => false,
    }
}

/// The rule and the fact by which a matter rises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grounds<'a> {
    pub rule: &'a TierRule,
    pub fact: &'a Fact,
}

/// By which rule and fact a matter now in `from` rises: the one that leads highest; `None` where none leads higher.
pub fn choose<'a>(
    rules: &'a [TierRule],
    facts: &'a [Fact],
    accepted: bool,
    from: Option<Tier>,
) -> Option<Grounds<'a>> {
    let called = rules.iter().filter(|rule| rule.in_use).flat_map(|rule| {
        facts.iter().filter(move |fact| fits(rule, fact, accepted)).map(move |fact| Grounds { rule, fact })
    });
    let mut best: Option<Grounds<'a>> = None;
    for one in called.filter(|one| from.is_none_or(|from| one.rule.tier > from)) {
        if best.is_none_or(|best| one.rule.tier > best.rule.tier) {
            best = Some(one);
        }
    }
    best
}

//! What of a register's filters may be kept, and under what name. Nothing here reads a clock, a database or a request.

use crate::error::Problem;
use crate::matters::forms::{ContactQuery, MatterQuery};
use crate::matters::types::{Channel, HandPart, Stage};
use crate::web::form::read_date;

/// The most filters that one person keeps.
pub const MOST: usize = 20;
/// As many digits in a row could be a telephone or a document number.
const TELLING_DIGITS: usize = 7;

/// Why a filter isn't kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is narrowed, or nothing that is known.
    Nothing,
    TooMany,
    NameTaken,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refusal::Nothing => "还没有筛选条件可以保存。请先在台账上选好条件，按“筛选”，再保存。",
            Refusal::TooMany => "每人最多保存二十个筛选。请先删除不用的，再保存新的。",
            Refusal::NameTaken => "您已经有一个同名的筛选，请换一个名称。",
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// The codes and ids that a court knows: nothing else is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub categories: Vec<String>,
    pub divisions: Vec<String>,
}

/// `value`, where it is one of these; else nothing.
fn among(value: &str, known: impl Fn(&str) -> bool) -> String {
    if known(value) { value.to_owned() } else { String::new() }
}

fn day(value: &str) -> String {
    read_date(value).map(|day| day.to_string()).unwrap_or_default()
}

/// What of these filters is kept: known codes, ids and days; words that somebody put into the address are left out.
///
/// # Errors
///
/// [`Refusal::Nothing`] when nothing is left.
pub fn kept_of_matters(query: &MatterQuery, known: &Known) -> Result<MatterQuery, Refusal> {
    let kept = MatterQuery {
        stage: among(&query.stage, |code| Stage::from_code(code).is_some()),
        category: among(&query.category, |code| known.categories.iter().any(|one| one == code)),
        division: among(&query.division, |id| known.divisions.iter().any(|one| one == id)),
        due: among(&query.due, |code| matches!(code, "overdue" | "soon")),
        mine: among(&query.mine, |code| code == "1"),
        hand: among(&query.hand, |code| HandPart::from_code(code).is_some()),
        tier: among(&query.tier, |code| matches!(code, "1" | "2" | "3")),
        order: among(&query.order, |code| code == "due"),
        from: day(&query.from),
        to: day(&query.to),
        after: String::new(),
    };
    let filters =
        [&kept.stage, &kept.category, &kept.division, &kept.due, &kept.mine, &kept.hand, &kept.tier];
    let narrows = filters.into_iter().chain([&kept.from, &kept.to]).any(|value| !value.is_empty());
    if narrows { Ok(kept) } else { Err(Refusal::Nothing) }
}

/// As [`kept_of_matters`], of the register of contacts.
///
/// # Errors
///
/// [`Refusal::Nothing`] when nothing is left.
pub fn kept_of_contacts(query: &ContactQuery) -> Result<ContactQuery, Refusal> {
    let kept = ContactQuery {
        channel: among(&query.channel, |code| Channel::from_code(code).is_some()),
        kind: among(&query.kind, |code| matches!(code, "first" | "repeat" | "group")),
        mine: among(&query.mine, |code| code == "1"),
        from: day(&query.from),
        to: day(&query.to),
        after: String::new(),
    };
    let filters = [&kept.channel, &kept.kind, &kept.mine, &kept.from, &kept.to];
    if filters.iter().any(|value| !value.is_empty()) { Ok(kept) } else { Err(Refusal::Nothing) }
}

/// Whether a name could hold a telephone or document number.
pub fn tells_a_number(name: &str) -> bool {
    let mut row = 0;
    name.chars().filter(|c| !matches!(c, ' ' | '-' | '　')).any(|c| {
        row = if c.is_numeric() { row + 1 } else { 0 };
        row >= TELLING_DIGITS
    })
}

/// Whether a person who keeps these names may keep one more under `name`.
///
/// # Errors
///
/// Why not.
pub fn may_add(names: &[&str], name: &str) -> Result<(), Refusal> {
    if names.contains(&name) {
        return Err(Refusal::NameTaken);
    }
    if names.len() >= MOST { Err(Refusal::TooMany) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_court_knows_is_kept() {
        let known = Known { categories: vec!["enforcement".into()], divisions: vec!["7".into()] };
        let typed = MatterQuery {
            stage: "handling".into(),
            category: "enforcement".into(),
            division: "7".into(),
            from: "20260901".into(),
            after: "9".into(),
            ..MatterQuery::default()
        };
        let kept = kept_of_matters(&typed, &known).unwrap();
        assert_eq!((kept.stage.as_str(), kept.category.as_str()), ("handling", "enforcement"));
        assert_eq!(
            (kept.division.as_str(), kept.from.as_str(), kept.after.as_str()),
            ("7", "2026-09-01", "")
        );
        let words = MatterQuery {
            stage: "张建国".into(),
            category: "41040419600102001X".into(),
            division: "13800001234".into(),
            due: "x".into(),
            mine: "张".into(),
            hand: "李".into(),
            from: "兴平路12号".into(),
            ..MatterQuery::default()
        };
        assert!(matches!(kept_of_matters(&words, &known), Err(Refusal::Nothing)));
        assert!(matches!(kept_of_contacts(&ContactQuery::default()), Err(Refusal::Nothing)));
        let contacts =
            ContactQuery { channel: "letter".into(), kind: "张建国".into(), ..ContactQuery::default() };
        let kept = kept_of_contacts(&contacts).unwrap();
        assert_eq!((kept.channel.as_str(), kept.kind.as_str()), ("letter", ""));
    }

    #[test]
    fn an_order_alone_is_no_filter() {
        let order = MatterQuery { order: "due".into(), ..MatterQuery::default() };
        assert!(matches!(kept_of_matters(&order, &Known::default()), Err(Refusal::Nothing)));
    }

    #[test]
    fn a_name_with_a_number_in_it_is_found_out() {
        for telling in ["张 138 0000 1234", "410404196001020013", "1234-567", "１３８００００１２３４"]
        {
            assert!(tells_a_number(telling), "{telling}");
        }
        for fine in ["2026年11月执行类", "三个工作日内到期", "民一庭 2026-11"] {
            assert!(!tells_a_number(fine), "{fine}");
        }
    }

    #[test]
    fn a_person_keeps_twenty_each_name_once() {
        let names: Vec<String> = (0..MOST).map(|n| n.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(may_add(&names, "x"), Err(Refusal::TooMany));
        assert_eq!(may_add(&names, "3"), Err(Refusal::NameTaken));
        assert_eq!(may_add(&names[1..], "x"), Ok(()));
    }
}

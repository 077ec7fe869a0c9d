//! The figures of a month by division, and what was known before somebody came.

use super::{divisions, names};
use crate::assessments;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::Matter;
use crate::people::{Act, DivisionId};
use crate::sweeps::rules::{self, Counted, Fact, Look, Seen, reach};
use crate::sweeps::store;
use crate::sweeps::types::{Closing, Item, SweepRow};
use crate::time::Moment;
use chrono::{NaiveDate, NaiveTime};
use std::collections::{HashMap, HashSet};

/// A division's figures of a month.
#[derive(Clone, Debug)]
pub struct Line {
    pub division: DivisionId,
    pub name: String,
    pub counted: Counted,
    /// Petitions of the month that name a case, how many of those cases had an answer, and how many had been assessed.
    pub came: (i64, i64, i64),
}

/// A month's figures.
#[derive(Clone, Debug)]
pub struct Figures {
    pub month: (NaiveDate, NaiveDate),
    pub lines: Vec<Line>,
    pub all: Counted,
    pub all_came: (i64, i64, i64),
}

/// The figures of a month: of the cases on sheets whose period begins in it, and of the petitions registered in it.
///
/// # Errors
///
/// When the database is away.
pub fn figures(conn: &mut Conn, act: &Act, month: (NaiveDate, NaiveDate)) -> Result<Figures, Problem> {
    let court = act.by.court()?;
    let found = store::month_facts(conn, (court, &reach(&act.by)), month)?;
    let numbers: Vec<String> = found.iter().map(|(_, row, _)| row.case_number.clone()).collect();
    let assessed: HashSet<String> =
        assessments::of_cases(conn, act, &numbers)?.into_iter().map(|one| one.case_number).collect();
    let fact = |(division, row, closing): &(DivisionId, SweepRow, Option<Closing>)| Fact {
        division: *division,
        closed: row.kind.is_closed(),
        answer: row.answer,
        marks: closing.as_ref().map(marks),
        assessed: assessed.contains(&row.case_number),
    };
    let facts: Vec<Fact> = found.iter().map(fact).collect();
    let counted = rules::count(&facts);
    let came = hindsight(conn, act, month)?;
    let line = |division: DivisionId, name: String| Line {
        division,
        name,
        counted: counted.get(&division).copied().unwrap_or_default(),
        came: tally(came.iter().filter(|one| one.matter.division_id == Some(division))),
    };
    let mut lines: Vec<Line> = divisions(conn, act)?.into_iter().map(|one| line(one.id, one.name)).collect();
    let names = names(conn, act)?;
    let shown: HashSet<DivisionId> = lines.iter().map(|line| line.division).collect();
    let more = counted.keys().filter(|id| !shown.contains(id));
    lines.extend(more.map(|id| line(*id, names.get(id).cloned().unwrap_or_default())));
    let all = Counted::sum(lines.iter().map(|line| &line.counted));
    Ok(Figures { month, all, all_came: tally(came.iter()), lines })
}

fn marks(closing: &Closing) -> [crate::sweeps::types::Mark; 5] {
    let of = |item| closing.mark(item);
    [
        of(Item::Pronounced),
        of(Item::ServedInPerson),
        of(Item::Explained),
        of(Item::ViewsHeard),
        of(Item::Mediated),
    ]
}

fn tally<'a>(all: impl Iterator<Item = &'a Hindsight>) -> (i64, i64, i64) {
    all.fold((0, 0, 0), |(came, swept, assessed), one| {
        let answered = matches!(one.seen, Seen::Answered(_));
        (came + 1, swept + i64::from(answered), assessed + i64::from(one.assessed.is_some()))
    })
}

/// A petition about a case, and what had been known of the case before.
#[derive(Clone, Debug)]
pub struct Hindsight {
    pub matter: Matter,
    pub division: String,
    pub numbers: Vec<String>,
    pub seen: Seen,
    /// The points of the newest assessment before, and whether they reached the threshold.
    pub assessed: Option<(i64, bool)>,
}

impl Hindsight {
    /// Whether it belongs to this list: `swept`, `assessed`, what was answered, or all.
    pub fn is(&self, which: &str) -> bool {
        match which {
            "" => true,
            "swept" => matches!(self.seen, Seen::Answered(_)),
            "assessed" => self.assessed.is_some(),
            "not_assessed" => self.assessed.is_none(),
            code => self.seen.code() == code,
        }
    }
}

/// The petitions registered in a month that name a case, with what sweeps and assessments had said of it before.
///
/// # Errors
///
/// When the database is away.
pub fn hindsight(
    conn: &mut Conn,
    act: &Act,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<Hindsight>, Problem> {
    let court = act.by.court()?;
    let start = |day: NaiveDate| Moment::from_court(day.and_time(NaiveTime::MIN)).utc();
    let span = (start(first), start(last.succ_opt().unwrap_or(last)));
    let found = store::petitions_of(conn, (court, &act.by.scope), span)?;
    let numbers: Vec<String> = found.iter().flat_map(|one| one.numbers.iter().cloned()).collect();
    let mut looks: HashMap<String, Vec<Look>> = HashMap::new();
    for (number, answer, answered_at, added_at) in store::answered_before(conn, court, &numbers)? {
        looks.entry(number).or_default().push(Look { answer, answered_at, added_at });
    }
    let assessed = assessments::of_cases(conn, act, &numbers)?;
    let names = names(conn, act)?;
    let shown = |one: store::HindsightRow| {
        let at = one.matter.registered_at;
        let of_it: Vec<Look> =
            one.numbers.iter().filter_map(|number| looks.get(number)).flatten().copied().collect();
        let before = assessed
            .iter()
            .filter(|row| one.numbers.contains(&row.case_number) && row.assessed_at <= at)
            .max_by_key(|row| row.assessed_at);
        let division = one.matter.division_id.and_then(|id| names.get(&id).cloned());
        Hindsight {
            seen: rules::seen_before(&of_it, at),
            assessed: before.map(|row| (row.points, row.points >= row.threshold)),
            division: division.unwrap_or_default(),
            matter: one.matter,
            numbers: one.numbers,
        }
    };
    Ok(found.into_iter().map(shown).collect())
}

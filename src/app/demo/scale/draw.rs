//! Draws a matter of the bulk: its people, words, life, clocks and lines of the trail. Needs no database, so that any
//! number of threads can draw at once.

use super::super::build::care;
use super::super::random::Random;
use super::super::staff::STAFF;
use super::super::texts::{Grievance, Texts};
use super::super::{COURT_SHORT, names};
use super::SEED;
use super::rows::Rows;
use super::stages::{self, Life};
use super::timetable::{Start, Timetable};
use super::trail::Said;
use crate::audit::Subject;
use crate::calendar::WorkingDays;
use crate::crypto::Keys;
use crate::deadlines::ClockId;
use crate::deadlines::clocks::RuleTable;
use crate::matters::rules;
use crate::matters::types::{CaseStage, Channel, CloseReason, Matter, MatterId, MatterKind, Stage, Track};
use crate::people::{Act, Actor, CourtId, DivisionId, Role, StaffId};
use crate::petitioners::document_number::{DocumentType, Sex};
use crate::petitioners::phone::Phone;
use crate::petitioners::types::{Document, PetitionerKind};
use crate::petitioners::{self, PetitionerDetails, PetitionerId};
use crate::time::Moment;
use chrono::{Datelike, NaiveDate, TimeDelta};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What drawing needs to know of the court, read once.
pub struct Court {
    pub id: CourtId,
    pub keys: Arc<Keys>,
    pub now: Moment,
    pub days: Arc<WorkingDays>,
    pub rules: Arc<RuleTable>,
    pub texts: Texts,
    pub pattern: String,
    /// Whether search words are made for SQLite.
    pub sqlite: bool,
    /// Everybody, by user name.
    pub actors: BTreeMap<&'static str, Actor>,
    pub divisions: BTreeMap<&'static str, DivisionId>,
    /// Who supervises what is about this division; the one of none for the rest.
    pub leaders: BTreeMap<Option<DivisionId>, StaffId>,
}

/// What a number of matters puts into the database and the trail.
#[derive(Default)]
pub struct Drawn {
    pub rows: Rows,
    pub said: Vec<Said>,
}

/// Who has to do with one matter.
pub(super) struct People<'c> {
    pub receiver: &'c Actor,
    pub handler: &'c Actor,
    division: Option<DivisionId>,
}

const RECEIVERS: [(&str, u64); 3] = [("dingjing", 60), ("luyaoyuan", 35), ("tianyuan", 5)];
const CHANNELS: [(Channel, u64); 6] = [
    (Channel::Visit, 560),
    (Channel::Letter, 160),
    (Channel::Call, 120),
    (Channel::Online, 120),
    (Channel::Video, 10),
    (Channel::Assigned, 30),
];
/// Of a thousand matters, how many a group brings.
const GROUPS: u64 = 25;

/// Which division a category is about, by the category's first word.
fn division_of(category: &str, random: &mut Random) -> Option<&'static str> {
    match category.split('.').next() {
        Some("enforcement") => Some("执行局"),
        Some("filing") => Some("立案庭"),
        Some("judgment" | "openness") => Some(random.pick(&[
            "民事审判第一庭",
            "民事审判第二庭",
            "刑事审判庭",
            "行政审判庭",
            "韩店人民法庭",
        ])),
        Some("compensation" | "aid") => Some("审判监督庭"),
        _ => None,
    }
}

impl Court {
    /// Draws these matters of the timetable.
    pub fn draw(&self, table: &Timetable, range: std::ops::Range<usize>) -> Drawn {
        let mut drawn = Drawn::default();
        for start in range.filter_map(|index| table.get(index)) {
            self.matter(table, start, &mut drawn);
        }
        drawn
    }

    fn actor(&self, user: &str) -> &Actor {
        self.actors.get(user).expect("the demo court's staff are all entered")
    }

    fn people(&self, random: &mut Random, category: &str) -> People<'_> {
        let receiver = self.actor(random.pick_weighted(&RECEIVERS));
        let name = division_of(category, random);
        let division = name.and_then(|name| self.divisions.get(name).copied());
        let handler = if category.starts_with("conduct") {
            self.actor("zhaizhiyuan")
        } else {
            let home = name.unwrap_or("立案庭");
            let handlers: Vec<&str> = STAFF
                .iter()
                .filter(|s| s.division == Some(home) && s.roles.contains(&Role::Handler))
                .map(|s| s.user)
                .collect();
            self.actor(if handlers.is_empty() { "xuewei" } else { random.pick(&handlers) })
        };
        People { receiver, handler, division }
    }

    fn matter(&self, table: &Timetable, start: Start, drawn: &mut Drawn) {
        let mut random = Random::of(SEED ^ 2, start.index.into());
        let told = self.texts.grievance(&mut random, start.at.today());
        let people = self.people(&mut random, told.category);
        let life = stages::life(&mut random, start.at, self.now, &self.days);
        let channel = random.pick_weighted(&CHANNELS);
        let count = if random.happens(GROUPS) { random.between(5, 40) } else { 1 };
        let id = MatterId(table.id(start, start.at, 0));
        let (petitioner, name) = self.petitioner(table, start, people.receiver, drawn);
        let mut clocks = self.clocks(table, start, id, channel, &life);
        let passed = self.passed(&people, &life);
        if let Some(passed) = passed
            && let Some(answer) = self.answer_clock(table, (start, id), passed)
        {
            self.pass(table, (start, id), (passed, &answer), drawn);
            clocks.push(answer);
        }
        let begun = Begun {
            start,
            id,
            told: &told,
            people: &people,
            life: &life,
            count: i64::try_from(count).unwrap_or(1),
            waits: passed.is_some_and(|passed| passed.waits),
            next: clocks.iter().filter(|c| c.met_on.is_none()).map(|c| (c.due_on, c.id)).min(),
        };
        let row = self.row(&begun, &name, &mut random);
        drawn.rows.clocks.extend(clocks);
        let sketch = Sketch { table, start, row: &row, told: &told, people: &people, life: &life, channel };
        self.tell(&sketch, petitioner, &mut random, drawn);
        self.find_by(&sketch, (petitioner, &name), drawn);
        drawn.rows.matters.push(row);
    }

    fn row(&self, begun: &Begun<'_>, name: &str, random: &mut Random) -> Matter {
        let Begun { start, id, told, people, life, count, waits, next } = *begun;
        let year = i64::from(start.at.today().year());
        let conduct = told.category.starts_with("conduct");
        let reasons = [(CloseReason::Settled, 4), (CloseReason::Answered, 6)];
        let [_, _, last_contact] = life.contacts;
        Matter {
            id,
            court_id: self.id,
            kind: MatterKind::Petition,
            number: rules::number(&self.pattern, COURT_SHORT, year, start.seq.into()),
            year,
            seq: start.seq.into(),
            petitioner_line: rules::petitioner_line(&[name], count),
            anonymous: false,
            category_code: told.category.to_owned(),
            case_stage: CaseStage::from_code(told.case_stage).unwrap_or(CaseStage::Other),
            claim: told.claim.clone(),
            summary: told.summary.clone(),
            conduct,
            division_id: people.division,
            stage: life.stage,
            close_reason: life.closed_at.map(|_| random.pick_weighted(&reasons)),
            track: (life.stage == Stage::InLitigation).then(|| Track::Filing.code().to_owned()),
            tier: None,
            first_receiver_id: staff_of(people.receiver),
            accountable_id: self.accountable(people, (conduct, waits), life.stage),
            supervising_leader_id: self.leaders.get(&people.division).copied(),
            received_at: start.at.utc(),
            registered_at: start.at.utc(),
            closed_at: life.closed_at.map(Moment::utc),
            next_due_on: next.map(|(due, _)| due),
            next_clock_id: next.map(|(_, clock)| clock),
            contact_count: 3,
            last_contact_at: last_contact.utc(),
            people_count: count,
            query_code: query_code(random),
            version: 3,
            to_archive_since: life.closed_at.map(Moment::utc),
        }
    }

    /// Whoever brought it: somebody new gets a record.
    fn petitioner(
        &self,
        table: &Timetable,
        start: Start,
        receiver: &Actor,
        drawn: &mut Drawn,
    ) -> (PetitionerId, String) {
        let brought = usize::try_from(start.brought_by).ok().and_then(|index| table.get(index));
        let first = brought.unwrap_or(start);
        let id = PetitionerId(table.id(first, first.at, 0));
        let person = names::person(SEED, first.index.into(), self.now.today() - TimeDelta::days(GROWN_UP));
        if first.index == start.index {
            let act = self.act(receiver, start.at);
            let details = details(&person);
            let (row, keys) = petitioners::actions::drawn_up(&act, self.id, id, &details);
            let values = petitioners::actions::trail_of(&row);
            let values = values.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
            drawn.said.push(Said {
                act,
                action: "petitioner.saved",
                subject: Subject::Petitioner(id.0),
                values,
            });
            drawn.rows.petitioners.push(row);
            drawn.rows.keys.extend(keys);
        }
        (id, person.name)
    }

    pub(super) fn act(&self, by: &Actor, now: Moment) -> Act {
        Act { by: by.clone(), now, keys: self.keys.clone() }
    }

    fn accountable(&self, people: &People<'_>, (conduct, waits): (bool, bool), stage: Stage) -> StaffId {
        let answers = match stage {
            _ if waits => people.receiver,
            _ if conduct => people.handler,
            Stage::Registered | Stage::Screening => people.receiver,
            Stage::InLitigation => self.actor("fanxiaomei"),
            Stage::Handling | Stage::Replied | Stage::Closed => people.handler,
        };
        staff_of(answers)
    }
}

/// Everybody was grown up so many days before now.
const GROWN_UP: i64 = 6 * 365;

/// What a matter's row is drawn from.
struct Begun<'a> {
    start: Start,
    id: MatterId,
    told: &'a Grievance,
    people: &'a People<'a>,
    life: &'a Life,
    count: i64,
    /// It was referred and isn't taken over yet.
    waits: bool,
    /// The earliest clock that runs.
    next: Option<(NaiveDate, ClockId)>,
}

/// A matter half drawn.
pub(super) struct Sketch<'a> {
    pub table: &'a Timetable,
    pub start: Start,
    pub row: &'a Matter,
    pub told: &'a Grievance,
    pub people: &'a People<'a>,
    pub life: &'a Life,
    pub channel: Channel,
}

/// Nobody in the bulk is the system.
pub(super) fn staff_of(actor: &Actor) -> StaffId {
    actor.staff_id.unwrap_or(StaffId(0))
}

fn details(person: &names::Person) -> PetitionerDetails {
    PetitionerDetails {
        kind: PetitionerKind::Person,
        name: person.name.clone(),
        sex: Some(if person.male { Sex::Male } else { Sex::Female }),
        birth: Some(person.born_on),
        document: Some(Document::Verified { kind: DocumentType::Id, number: person.id_number.clone() }),
        phone: Phone::parse(&person.phone).ok(),
        address: Some(person.address.clone()),
        care: care(person.care),
        confidential: false,
        dropped: Vec::new(),
    }
}

fn query_code(random: &mut Random) -> String {
    const LETTERS: [char; 28] = [
        '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P',
        'Q', 'R', 'T', 'U', 'V', 'W', 'X', 'Y',
    ];
    (0..8).map(|_| random.pick(&LETTERS)).collect()
}

//! What happened to a bulk matter: contacts, timeline, clocks, the reply, what it is found by, and the trail's lines.

use super::super::random::Random;
use super::super::texts::Line;
use super::draw::{Court, Drawn, Sketch, staff_of};
use super::rows::{Came, TakesPart};
use super::stages::Life;
use super::timetable::{Start, Timetable};
use super::trail::Said;
use crate::audit::Subject;
use crate::deadlines::{self, Clock, ClockId, Code};
use crate::matters::rules;
use crate::matters::types::{
    Channel, Contact, ContactId, EntryId, EntryKind, MatterCase, MatterId, Part, Reply, ReplyManner, Stage,
    TimelineEntry,
};
use crate::people::Actor;
use crate::petitioners::PetitionerId;
use crate::search;
use crate::time::Moment;
use chrono::{NaiveDate, TimeDelta};

/// Between two things at one sitting.
const SHORTLY: TimeDelta = TimeDelta::minutes(1);

/// Something for the timeline and the trail.
struct Happened<'a> {
    kind: EntryKind,
    at: Moment,
    by: &'a Actor,
    text: String,
    contact: Option<ContactId>,
}

impl Court {
    /// The matter's clocks, as registering, screening and closing it would have left them.
    pub(super) fn clocks(
        &self,
        table: &Timetable,
        start: Start,
        id: MatterId,
        channel: Channel,
        life: &Life,
    ) -> Vec<Clock> {
        (0_i64..)
            .zip(self.wanted(start.at.today(), channel, life))
            .filter_map(|(nth, (code, from, met_on))| {
                let rule = self.rules.on(Some(self.id), code, from)?;
                let due = deadlines::rules::due(from, rule.count(), &self.days).ok()?;
                Some(Clock {
                    id: ClockId(table.id(start, start.at, nth)),
                    court_id: self.id,
                    matter_id: id.0,
                    rule_id: rule.id,
                    code,
                    starts_on: from,
                    raw_due_on: due.raw_due_on,
                    due_on: due.due_on,
                    provisional: due.is_provisional(),
                    met_on,
                    cancelled: false,
                })
            })
            .collect()
    }

    /// Which clocks, from when, and when they were met.
    fn wanted(
        &self,
        began: NaiveDate,
        channel: Channel,
        life: &Life,
    ) -> Vec<(Code, NaiveDate, Option<NaiveDate>)> {
        let (screened, closed) = (life.screened_at.map(Moment::today), life.closed_at.map(Moment::today));
        let told = if rules::receipt_is_first_notice(channel) { began } else { began + TimeDelta::days(2) };
        // Nothing runs on in a matter that is closed.
        let told = Some(told).filter(|day| *day <= self.now.today()).or(closed);
        let [_, second, third] = life.contacts.map(Moment::today);
        let mut wanted = vec![
            (Code::Screening, began, screened),
            (Code::ScreeningLatest, began, screened),
            (Code::FirstNotice, began, told),
        ];
        if channel == Channel::Assigned {
            wanted.push((Code::Assigned, began, closed));
        }
        match (life.stage, screened) {
            (Stage::InLitigation, Some(day)) => wanted.push((Code::Filing, day, None)),
            (Stage::Handling | Stage::Closed, Some(day)) => wanted.extend([
                (Code::FirstTalk, day, Some(second)),
                (Code::ProgressFirst, day, Some(third)),
                (Code::Reply, day, closed),
            ]),
            _ => {}
        }
        wanted
    }

    /// Contacts, timeline, reply and trail.
    pub(super) fn tell(
        &self,
        sketch: &Sketch<'_>,
        who: PetitionerId,
        random: &mut Random,
        drawn: &mut Drawn,
    ) {
        let mut all = self.contacts(sketch, who, random, drawn);
        all.push(self.screened(sketch, random));
        all.push(self.last(sketch, random, drawn));
        all.sort_by_key(|one| one.at);
        for (nth, one) in (0_i64..).zip(all) {
            self.say(sketch, &one, drawn);
            drawn.rows.timeline.push(TimelineEntry {
                id: EntryId(sketch.table.id(sketch.start, one.at, nth)),
                court_id: self.id,
                matter_id: sketch.row.id,
                kind: one.kind,
                at: one.at.utc(),
                staff_id: one.by.staff_id,
                staff_name: one.by.name.clone(),
                text: one.text,
                contact_id: one.contact,
                corrects_id: None,
            });
        }
    }

    /// What screening came to; more papers while it waits.
    fn screened<'a>(&self, sketch: &Sketch<'a>, random: &mut Random) -> Happened<'a> {
        let by = sketch.people.receiver;
        match sketch.life.screened_at {
            Some(at) => {
                let text = if sketch.life.stage == Stage::InLitigation {
                    "甄别：转入诉讼程序，由立案庭庭长负责。"
                } else {
                    "甄别：作为信访事项受理。"
                };
                Happened { kind: EntryKind::Screened, at, by, text: text.to_owned(), contact: None }
            }
            None => {
                let [_, _, at] = sketch.life.contacts;
                let text = self.texts.line(Line::Materials, random, &sketch.told.story);
                Happened { kind: EntryKind::Paper, at: at.plus(SHORTLY), by, text, contact: None }
            }
        }
    }

    /// The reply that ended it, or how far it has come.
    fn last<'a>(&self, sketch: &Sketch<'a>, random: &mut Random, drawn: &mut Drawn) -> Happened<'a> {
        let by = sketch.people.handler;
        match sketch.life.closed_at {
            Some(at) => {
                let reply = self.texts.line(Line::Reply, random, &sketch.told.story);
                let text = format!("答复办结。{reply}");
                drawn.rows.replies.push(self.reply(sketch, at, reply));
                Happened { kind: EntryKind::Closed, at, by, text, contact: None }
            }
            None => {
                let [_, _, at] = sketch.life.contacts;
                let text = self.texts.line(Line::Progress, random, &sketch.told.story);
                Happened { kind: EntryKind::Progress, at: at.plus(SHORTLY * 2), by, text, contact: None }
            }
        }
    }

    fn reply(&self, sketch: &Sketch<'_>, at: Moment, text: String) -> Reply {
        Reply {
            id: sketch.table.id(sketch.start, at, 0),
            matter_id: sketch.row.id,
            manner: ReplyManner::Written,
            text,
            by_id: staff_of(sketch.people.handler),
            given_at: at.utc(),
        }
    }

    /// The line of the trail that this leaves.
    fn say(&self, sketch: &Sketch<'_>, one: &Happened<'_>, drawn: &mut Drawn) {
        let (row, matter) = (sketch.row, Subject::Matter(sketch.row.id.0));
        let (action, subject, values) = match (one.kind, one.contact) {
            (EntryKind::Registered, _) => (
                "matter.registered",
                matter,
                vec![("number", row.number.clone()), ("channel", sketch.channel.code().to_owned())],
            ),
            (EntryKind::Contact, Some(contact)) => (
                "contact.registered",
                Subject::Contact(contact.0),
                vec![("channel", sketch.channel.code().to_owned())],
            ),
            (EntryKind::Screened, _) => {
                ("matter.screened", matter, vec![("stage", row.stage.code().to_owned())])
            }
            (EntryKind::Closed, _) => {
                let reason = row.close_reason.map_or("", |reason| reason.code());
                ("matter.closed", matter, vec![("reason", reason.to_owned())])
            }
            (kind, _) => ("matter.noted", matter, vec![("kind", kind.code().to_owned())]),
        };
        drawn.said.push(Said { act: self.act(one.by, one.at), action, subject, values });
    }

    /// The three contacts, and what the timeline says of them.
    fn contacts<'a>(
        &self,
        sketch: &Sketch<'a>,
        who: PetitionerId,
        random: &mut Random,
        drawn: &mut Drawn,
    ) -> Vec<Happened<'a>> {
        let mut told = Vec::with_capacity(5);
        let mut before: Option<Moment> = None;
        for (nth, at) in (1_i64..).zip(sketch.life.contacts) {
            let label = sketch.channel.label();
            let (kind, summary, text) = if nth == 1 {
                let text = format!("{label}登记，编号{}。", sketch.row.number);
                (EntryKind::Registered, sketch.row.summary.clone(), text)
            } else {
                let said = self.texts.line(Line::Contact, random, &sketch.told.story);
                let text = format!("第{nth}次{label}。{said}");
                (EntryKind::Contact, said, text)
            };
            let id = ContactId(sketch.table.id(sketch.start, at, nth));
            drawn.rows.contacts.push(Contact {
                id,
                court_id: self.id,
                matter_id: sketch.row.id,
                nth,
                channel: sketch.channel,
                happened_at: at.utc(),
                registered_at: at.utc(),
                people_count: sketch.row.people_count,
                petitioner_line: sketch.row.petitioner_line.clone(),
                summary,
                handed_in: String::new(),
                received_by: staff_of(sketch.people.receiver),
                outside_number: None,
                interval_days: before.map(|before| rules::interval_days(before.today(), at.today())),
                submission_key: format!("bulk-{}-{nth}", sketch.start.index),
            });
            drawn.rows.came.push(Came { contact_id: id, petitioner_id: who, part: Part::Petitioner });
            before = Some(at);
            told.push(Happened { kind, at, by: sketch.people.receiver, text, contact: Some(id) });
        }
        told
    }

    /// Its cases, its petitioner's part, and what a search finds it by.
    pub(super) fn find_by(&self, sketch: &Sketch<'_>, who: (PetitionerId, &str), drawn: &mut Drawn) {
        let (row, cases) = (sketch.row, &sketch.told.case_numbers);
        for (position, number) in (0_i64..).zip(cases) {
            drawn.rows.cases.push(MatterCase {
                id: sketch.table.id(sketch.start, sketch.start.at, position),
                court_id: self.id,
                matter_id: row.id,
                number: number.clone(),
                verified: true,
                reason: None,
                position,
            });
        }
        drawn.rows.take_part.push(TakesPart {
            matter_id: row.id,
            petitioner_id: who.0,
            part: Part::Petitioner,
            relation: "当事人".to_owned(),
            position: 0,
        });
        let mut numbers: Vec<&str> = vec![&row.number];
        numbers.extend(cases.iter().map(String::as_str));
        let court = format!("court{}", self.id);
        let document = search::Document {
            texts: &[&row.claim, &row.summary],
            names: &[who.1],
            numbers: &numbers,
            marks: &[&court],
        };
        drawn.rows.search.push((row.id.0, search::prepare(&document, self.sqlite)));
    }
}

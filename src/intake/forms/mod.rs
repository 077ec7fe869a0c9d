//! The registration form as typed: the same on the page, in the draft, and in the answer when something is wrong.

mod check;
mod ledger;
mod rows;
mod sheet;

pub use ledger::{LEDGER_FIELDS, LedgerRead, MOST_ROWS, read_ledger};
pub use rows::PersonRow;
pub use sheet::{MEMBER_FIELDS, MembersRead, read_members};

use super::types::{Carried, DraftFileId, DraftId};
use crate::matters::MatterId;
use crate::petitioners::PetitionerId;
use crate::web::form::RowChange;
use serde::{Deserialize, Serialize};

/// Everything that may be typed at the counter. Fields of rows that can be repeated are lists of the same length; field
/// names are the keys of complaints, with `.row` behind them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IntakeForm {
    /// Made with the form, so that it registers once however often it is sent.
    pub submission_key: String,
    pub draft_id: String,
    /// The matter of a further contact; empty for a new one.
    pub matter_id: String,
    pub channel: String,
    pub happened_at: String,
    /// Empty: as many as are named.
    pub people_count: String,

    /// The record of somebody known; empty for somebody new.
    pub person_id: Vec<String>,
    pub kind: Vec<String>,
    pub name: Vec<String>,
    pub doc_type: Vec<String>,
    pub doc_number: Vec<String>,
    pub doc_reason: Vec<String>,
    pub sex: Vec<String>,
    pub birth: Vec<String>,
    pub phone: Vec<String>,
    pub address: Vec<String>,
    pub confidential: Vec<String>,
    pub part: Vec<String>,
    pub relation: Vec<String>,
    /// `row:flag` for each box that is ticked.
    pub care: Vec<String>,

    pub category: String,
    pub claim: String,
    /// Facts and reasons; for a further contact what was said this time.
    pub summary: String,
    pub case_number: Vec<String>,
    /// Why a case number that breaks the rule is kept.
    pub case_reason: Vec<String>,
    pub case_stage: String,
    pub division: String,
    pub complained: Vec<String>,
    pub handed_in: String,
    pub outside_number: String,
    /// Who assigned it, where it came from above.
    pub sender: String,
    pub sender_kind: String,
    pub dated_on: String,
    pub due_on: String,
    pub demand: String,

    pub heard_level: Vec<String>,
    pub heard_body: Vec<String>,
    pub heard_manner: Vec<String>,
    pub heard_on: Vec<String>,
    pub heard_source: Vec<String>,

    pub screening: String,
    pub track: String,
    /// From which day the procedure's own time counts; empty: today.
    pub track_from: String,
    pub guidance: String,
    pub authority: String,
    pub answer: String,

    /// The likely doubles that the clerk has been shown, so that they are shown once.
    pub seen_doubles: String,
    /// `row:petitioner` for each "not the same person".
    pub not_same: Vec<String>,
    /// `good`: of a member list the good rows are taken; else all or none.
    pub members_take: String,

    /// The pressed button of repeated rows.
    #[serde(skip_serializing)]
    pub rows: String,
    /// The pressed button of a proposal, see [`Go`].
    #[serde(skip_serializing)]
    pub go: String,
}

/// What a button inside the form asks for, other than to register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// Take the proposed case number in this row.
    FixCase(usize),
    /// The person in this row is this record.
    Same(usize, PetitionerId),
    /// It is a further contact on this matter, by this record where a row is named.
    Further(MatterId, Option<(usize, PetitionerId)>),
    /// Read the member list.
    Members,
    /// Take this file out of the draft.
    DropFile(DraftFileId),
    /// Keep the files that were chosen.
    KeepFiles,
}

impl Go {
    /// What the pressed button's value says.
    pub fn read(value: &str) -> Option<Self> {
        let parts: Vec<&str> = value.split(':').collect();
        match parts.as_slice() {
            ["members"] => Some(Go::Members),
            ["keep-files"] => Some(Go::KeepFiles),
            ["drop-file", file] => Some(Go::DropFile(file.parse().ok()?)),
            ["fix", row] => Some(Go::FixCase(row.parse().ok()?)),
            ["same", row, person] => Some(Go::Same(row.parse().ok()?, person.parse().ok()?)),
            ["further", matter, row, person] => {
                let who = (row.parse().ok()?, person.parse().ok()?);
                Some(Go::Further(matter.parse().ok()?, Some(who)))
            }
            _ => None,
        }
    }

    /// The value of the button.
    pub fn value(self) -> String {
        match self {
            Go::Members => "members".to_owned(),
            Go::KeepFiles => "keep-files".to_owned(),
            Go::DropFile(file) => format!("drop-file:{file}"),
            Go::FixCase(row) => format!("fix:{row}"),
            Go::Same(row, person) => format!("same:{row}:{person}"),
            Go::Further(matter, who) => match who {
                Some((row, person)) => format!("further:{matter}:{row}:{person}"),
                None => format!("further:{matter}"),
            },
        }
    }
}

impl IntakeForm {
    /// A form with one empty row of each kind.
    pub fn blank(submission_key: String, draft_id: String) -> Self {
        let mut form =
            IntakeForm { submission_key, draft_id, channel: "visit".to_owned(), ..IntakeForm::default() };
        for what in ["person", "case", "complained", "heard"] {
            form.add_row(what);
        }
        form
    }

    /// What was carried over from the search box, in the first rows.
    pub fn carry(&mut self, carried: &Carried) {
        if !carried.channel.is_empty() {
            self.channel.clone_from(&carried.channel);
        }
        let pairs = [
            (&mut self.person_id, &carried.person_id),
            (&mut self.kind, &carried.kind),
            (&mut self.name, &carried.name),
            (&mut self.doc_type, &carried.doc_type),
            (&mut self.doc_number, &carried.doc_number),
            (&mut self.sex, &carried.sex),
            (&mut self.birth, &carried.birth),
            (&mut self.address, &carried.address),
            (&mut self.phone, &carried.phone),
            (&mut self.case_number, &carried.case_number),
        ];
        for (list, value) in pairs {
            if let Some(first) = list.first_mut() {
                first.clone_from(value);
            }
        }
    }

    /// The form for these people, who are known.
    pub fn known(&mut self, people: &[PetitionerId]) {
        while self.person_rows() < people.len() {
            self.add_row("person");
        }
        for (slot, id) in self.person_id.iter_mut().zip(people) {
            *slot = id.to_string();
        }
    }

    /// The matter of a further contact.
    pub fn matter(&self) -> Option<MatterId> {
        self.matter_id.trim().parse().ok()
    }

    /// Its place among the drafts.
    pub fn draft(&self) -> Option<DraftId> {
        self.draft_id.trim().parse().ok()
    }

    /// Does what a button of repeated rows asks for; says whether one was pressed.
    pub fn change_rows(&mut self) -> bool {
        let pressed = std::mem::take(&mut self.rows);
        match RowChange::read(&pressed) {
            Some(RowChange::Add(what)) => self.add_row(what),
            Some(RowChange::Remove(what, row)) => self.remove_row(what, row),
            None => return false,
        }
        true
    }

    /// The records that rows of this form stand for.
    pub fn known_people(&self) -> Vec<PetitionerId> {
        self.person_id.iter().filter_map(|id| id.trim().parse().ok()).collect()
    }

    /// Which rows were said not to be which record.
    pub fn told_apart(&self) -> Vec<(usize, PetitionerId)> {
        let read = |value: &String| {
            let (row, person) = value.split_once(':')?;
            Some((row.parse().ok()?, person.parse().ok()?))
        };
        self.not_same.iter().filter_map(read).collect()
    }

    /// Whom and what a draft is about, for its owner's list.
    pub fn words(&self) -> String {
        let named = self.name.iter().map(|name| name.trim()).find(|name| !name.is_empty());
        let who = match named {
            Some(name) => name.to_owned(),
            None if self.known_people().is_empty() => "未填姓名".to_owned(),
            None => "已登记的信访人".to_owned(),
        };
        let said =
            [&self.claim, &self.summary].into_iter().map(|text| text.trim()).find(|text| !text.is_empty());
        match said {
            Some(said) => format!("{who}：{}", said.chars().take(30).collect::<String>()),
            None => who,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_say_what_they_ask_for_and_are_read_back() {
        for go in [
            Go::Members,
            Go::KeepFiles,
            Go::DropFile(DraftFileId(5)),
            Go::FixCase(2),
            Go::Same(0, PetitionerId(7)),
            Go::Further(MatterId(9), Some((1, PetitionerId(7)))),
        ] {
            assert_eq!(Go::read(&go.value()), Some(go));
        }
        assert_eq!(Go::read(""), None);
        assert_eq!(Go::read("same:x:1"), None);
    }

    #[test]
    fn what_a_card_said_lands_in_the_first_row() {
        let mut form = IntakeForm::blank("k".into(), "1".into());
        form.carry(&Carried { name: "王桂兰".into(), doc_number: "1".into(), ..Carried::default() });
        assert_eq!(
            (form.name.as_slice(), form.doc_number.as_slice()),
            (&["王桂兰".to_owned()][..], &["1".to_owned()][..])
        );
        assert_eq!(form.words(), "王桂兰");
        form.claim = "要求执行".into();
        assert_eq!(form.words(), "王桂兰：要求执行");
    }
}

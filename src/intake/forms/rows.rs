//! Rows that can be repeated: the lists of one kind of row grow and shrink together.

use super::IntakeForm;
use crate::petitioners::PetitionerId;
use crate::petitioners::forms::PetitionerForm;

/// No more people in one form; larger groups bring a list.
pub const MOST_PEOPLE: usize = 200;
/// No more rows of the other kinds.
pub const MOST_ROWS: usize = 20;

/// One of those who came, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonRow {
    /// Somebody known.
    pub id: Option<PetitionerId>,
    pub form: PetitionerForm,
    pub part: String,
    pub relation: String,
}

impl PersonRow {
    /// Nothing was typed.
    pub fn is_blank(&self) -> bool {
        let form = &self.form;
        let typed = [&form.name, &form.doc_number, &form.phone, &form.address, &self.relation];
        self.id.is_none() && form.kind != "anonymous" && typed.iter().all(|text| text.trim().is_empty())
    }
}

/// The value in this row; empty where the list is shorter.
pub(super) fn at(list: &[String], row: usize) -> &str {
    list.get(row).map_or("", String::as_str)
}

impl IntakeForm {
    /// How many rows of people there are.
    pub fn person_rows(&self) -> usize {
        self.name.len().max(self.person_id.len())
    }

    /// The person in this row.
    pub fn person(&self, row: usize) -> PersonRow {
        let of = |list: &[String]| at(list, row).to_owned();
        PersonRow {
            id: at(&self.person_id, row).trim().parse().ok(),
            form: PetitionerForm {
                kind: of(&self.kind),
                name: of(&self.name),
                sex: of(&self.sex),
                doc_type: of(&self.doc_type),
                doc_number: of(&self.doc_number),
                doc_reason: of(&self.doc_reason),
                birth: of(&self.birth),
                phone: of(&self.phone),
                address: of(&self.address),
                care: self.care_of(row),
                confidential: of(&self.confidential),
                dropped: Vec::new(),
            },
            part: of(&self.part),
            relation: of(&self.relation),
        }
    }

    /// The care flags that are ticked in this row.
    fn care_of(&self, row: usize) -> Vec<String> {
        let in_row = |value: &String| {
            let (at, flag) = value.split_once(':')?;
            (at.parse() == Ok(row)).then(|| flag.to_owned())
        };
        self.care.iter().filter_map(in_row).collect()
    }

    /// Puts somebody new into a row of their own, in an empty one where there is one.
    pub fn push_person(&mut self, person: PersonRow) {
        let rows = self.person_rows();
        let row = (0..rows).find(|row| self.person(*row).is_blank()).unwrap_or(rows);
        if row == rows {
            self.add_row("person");
        }
        let form = person.form;
        let values = [
            (&mut self.kind, form.kind),
            (&mut self.name, form.name),
            (&mut self.sex, form.sex),
            (&mut self.doc_type, form.doc_type),
            (&mut self.doc_number, form.doc_number),
            (&mut self.doc_reason, form.doc_reason),
            (&mut self.birth, form.birth),
            (&mut self.phone, form.phone),
            (&mut self.address, form.address),
            (&mut self.part, person.part),
            (&mut self.relation, person.relation),
        ];
        for (list, value) in values {
            if let Some(slot) = list.get_mut(row) {
                *slot = value;
            }
        }
    }

    /// The person in this row is somebody known.
    pub fn settle_person(&mut self, row: usize, id: PetitionerId) {
        if let Some(slot) = self.person_id.get_mut(row) {
            *slot = id.to_string();
        }
    }

    fn lists(&mut self, what: &str) -> Vec<&mut Vec<String>> {
        match what {
            "person" => vec![
                &mut self.person_id,
                &mut self.kind,
                &mut self.name,
                &mut self.doc_type,
                &mut self.doc_number,
                &mut self.doc_reason,
                &mut self.sex,
                &mut self.birth,
                &mut self.phone,
                &mut self.address,
                &mut self.confidential,
                &mut self.part,
                &mut self.relation,
            ],
            "case" => vec![&mut self.case_number, &mut self.case_reason],
            "complained" => vec![&mut self.complained],
            "heard" => vec![
                &mut self.heard_level,
                &mut self.heard_body,
                &mut self.heard_manner,
                &mut self.heard_on,
                &mut self.heard_source,
            ],
            _ => Vec::new(),
        }
    }

    /// Makes all lists of this kind equally long, at least `rows`.
    pub(super) fn level(&mut self, what: &str, rows: usize) {
        let mut lists = self.lists(what);
        let longest = lists.iter().map(|list| list.len()).max().unwrap_or(0).max(rows);
        for list in &mut lists {
            list.resize(longest, String::new());
        }
    }

    /// Adds an empty row at the end.
    pub fn add_row(&mut self, what: &str) {
        self.level(what, 0);
        let most = if what == "person" { MOST_PEOPLE } else { MOST_ROWS };
        for list in self.lists(what) {
            if list.len() < most {
                list.push(String::new());
            }
        }
    }

    /// Takes a row away; the last one stays, emptied.
    pub fn remove_row(&mut self, what: &str, row: usize) {
        self.level(what, 0);
        for list in self.lists(what) {
            if row < list.len() {
                list.remove(row);
            }
        }
        self.level(what, 1);
        if what == "person" {
            self.care = self.care.iter().filter_map(|value| moved(value, row)).collect();
            self.not_same = self.not_same.iter().filter_map(|value| moved(value, row)).collect();
        }
    }

    /// Every kind of row has at least one, whatever was sent.
    pub fn tidy_rows(&mut self) {
        for what in ["person", "case", "complained", "heard"] {
            self.level(what, 1);
        }
    }
}

/// `row:value` after `gone` was taken away: the rows behind it move up.
fn moved(value: &str, gone: usize) -> Option<String> {
    let (row, rest) = value.split_once(':')?;
    let row: usize = row.parse().ok()?;
    match row.cmp(&gone) {
        std::cmp::Ordering::Less => Some(value.to_owned()),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(format!("{}:{rest}", row - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> IntakeForm {
        let mut form = IntakeForm::blank("k".into(), "1".into());
        for (row, name) in ["甲", "乙", "丙"].into_iter().enumerate() {
            if row > 0 {
                form.add_row("person");
            }
            form.name[row] = name.into();
        }
        form.care = vec!["0:ill".into(), "1:minor".into(), "2:ill".into(), "2:writing".into()];
        form
    }

    #[test]
    fn a_row_goes_with_all_that_belongs_to_it() {
        let mut form = three();
        form.rows = "remove-person-1".into();
        assert!(form.change_rows());
        assert_eq!(form.name, ["甲", "丙"]);
        assert_eq!(form.phone.len(), 2);
        assert_eq!(form.person(1).form.care, ["ill", "writing"]);
        assert!(!form.change_rows());
    }

    #[test]
    fn the_last_row_is_emptied_and_stays() {
        let mut form = IntakeForm { name: vec!["甲".into()], ..IntakeForm::default() };
        form.remove_row("person", 0);
        assert_eq!(form.name, [""]);
        assert!(form.person(0).is_blank());
    }

    #[test]
    fn somebody_added_takes_the_empty_row_first() {
        let mut form = IntakeForm::blank("k".into(), "1".into());
        let named = |name: &str| PersonRow {
            form: PetitionerForm { name: name.into(), ..PetitionerForm::default() },
            ..PersonRow::default()
        };
        form.push_person(named("甲"));
        form.push_person(named("乙"));
        assert_eq!(form.name, ["甲", "乙"]);
        for _ in 0..MOST_PEOPLE + 5 {
            form.add_row("person");
        }
        assert_eq!(form.person_rows(), MOST_PEOPLE);
    }
}

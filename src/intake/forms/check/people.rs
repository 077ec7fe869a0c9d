//! Those who came, and how many they were.

use crate::intake::forms::IntakeForm;
use crate::intake::rules;
use crate::matters::actions::register::{Person, Who};
use crate::matters::rules::check_people;
use crate::matters::types::{MOST_REPRESENTATIVES, Part};
use crate::text::tidy;
use crate::time::Moment;
use crate::web::form::{Complaints, number_in, one_of, optional, words};

/// More people than ever come at once.
const MOST_CAME: i64 = 9999;

impl IntakeForm {
    /// Those who came, and how many they were in all.
    pub(super) fn people(&self, now: Moment, c: &mut Complaints) -> (Option<Vec<Person>>, Option<i64>) {
        let rows: Vec<usize> = (0..self.person_rows()).filter(|row| !self.person(*row).is_blank()).collect();
        let rows = if rows.is_empty() { vec![0] } else { rows };
        let mut people = Vec::with_capacity(rows.len());
        for row in &rows {
            people.push(self.one_person(*row, now, c));
        }
        let came = people.iter().flatten().filter(|p| !matches!(p.part, Part::Agent | Part::Lawyer)).count();
        let came = i64::try_from(came.max(1)).unwrap_or(MOST_CAME);
        let count =
            c.hear("people_count", optional(&self.people_count, |typed| number_in(typed, 1..=MOST_CAME)));
        let count = count.map(|typed| typed.unwrap_or(came));
        let people: Option<Vec<Person>> = people.into_iter().collect();
        let people = people.map(|mut people| {
            for person in &mut people {
                person.part = rules::part_in(person.part, count.unwrap_or(came));
            }
            people
        });
        if let (Some(people), Some(count)) = (&people, count) {
            let parts: Vec<Part> = people.iter().map(|person| person.part).collect();
            if let Err(refusal) = check_people(&parts, count) {
                let speaking = |(at, _): &(usize, &Part)| {
                    parts.iter().take(at + 1).filter(|p| **p == Part::Representative).count()
                        > MOST_REPRESENTATIVES
                };
                let sixth = parts.iter().enumerate().find(speaking).and_then(|(at, _)| rows.get(at));
                let field = sixth.map_or_else(|| "people_count".to_owned(), |row| format!("part.{row}"));
                c.add(field, refusal.to_string());
            }
        }
        (people, count)
    }

    pub(super) fn one_person(&self, row: usize, now: Moment, c: &mut Complaints) -> Option<Person> {
        let typed = self.person(row);
        let part = match typed.part.trim() {
            "" => Some(Part::Petitioner),
            code => c.hear(format!("part.{row}"), one_of(code, Part::from_code)),
        };
        let relation = c.hear(format!("relation.{row}"), words(&tidy(&typed.relation), 0..=60));
        let who = match typed.id {
            Some(id) => Some(Who::Known(id)),
            None => {
                let details = typed.form.check_into(now.today(), c, |field| format!("{field}.{row}"));
                details.map(|details| Who::New(Box::new(details)))
            }
        };
        Some(Person { who: who?, part: part?, relation: relation? })
    }
}

//! Where the visitor says it has been heard.

use crate::intake::forms::IntakeForm;
use crate::intake::forms::rows::at;
use crate::matters::actions::register::Heard;
use crate::matters::types::{HeardLevel, HeardManner, HeardSource};
use crate::text::tidy;
use crate::time::Moment;
use crate::web::form::{Complaints, date_until, one_of, optional, words};

impl IntakeForm {
    pub(super) fn heard(&self, now: Moment, c: &mut Complaints) -> Option<Vec<Heard>> {
        let mut all = Vec::new();
        let mut all_right = true;
        for row in 0..self.heard_level.len().max(self.heard_body.len()) {
            let (level, body) = (at(&self.heard_level, row).trim(), at(&self.heard_body, row).trim());
            if level.is_empty() && body.is_empty() {
                continue;
            }
            match self.one_heard(row, now, c) {
                Some(heard) => all.push(heard),
                None => all_right = false,
            }
        }
        all_right.then_some(all)
    }

    pub(super) fn one_heard(&self, row: usize, now: Moment, c: &mut Complaints) -> Option<Heard> {
        let level = one_of(at(&self.heard_level, row), HeardLevel::from_code);
        let level = c.hear(format!("heard_level.{row}"), level);
        let body = c.hear(format!("heard_body.{row}"), words(&tidy(at(&self.heard_body, row)), 0..=60));
        let manner = optional(at(&self.heard_manner, row), |code| one_of(code, HeardManner::from_code));
        let manner = c.hear(format!("heard_manner.{row}"), manner);
        let on = optional(at(&self.heard_on, row), |typed| date_until(typed, now.today()));
        let heard_on = c.hear(format!("heard_on.{row}"), on);
        let source = optional(at(&self.heard_source, row), |code| one_of(code, HeardSource::from_code));
        let source = c.hear(format!("heard_source.{row}"), source);
        Some(Heard {
            level: level?,
            body: body?,
            manner: manner?.unwrap_or(HeardManner::InPerson),
            heard_on: heard_on?,
            source: source?.unwrap_or(HeardSource::Visitor),
        })
    }
}

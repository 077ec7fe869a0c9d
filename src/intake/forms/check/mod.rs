//! From what was typed to a registration, with every complaint at once.

mod cases;
mod heard;
mod matter;
mod people;
#[cfg(test)]
mod tests;

use crate::assignments::{NewAssignment, TakeForm};
use crate::intake::forms::IntakeForm;
use crate::intake::types::Choices;
use crate::matters::actions::register::{About, Registration};
use crate::matters::types::Channel;
use crate::text::tidy;
use crate::time::Moment;
use crate::web::form::{Complaints, moment_until, one_of, optional, paragraphs, words};

impl IntakeForm {
    /// Reads the whole form. `choices` is what could be chosen.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, field by field.
    pub fn check(&self, choices: &Choices, now: Moment) -> Result<Registration, Complaints> {
        let mut complaints = Complaints::default();
        let c = &mut complaints;
        let channel = c.hear("channel", one_of(&self.channel, Channel::from_code));
        let happened_at =
            c.hear("happened_at", optional(&self.happened_at, |typed| moment_until(typed, now)));
        let (people, people_count) = self.people(now, c);
        let about = self.about(choices, now, c);
        let handed_in = c.hear("handed_in", paragraphs(&self.handed_in, 0..=1000));
        let outside = optional(&tidy(&self.outside_number), |typed| words(typed, 1..=60));
        let outside_number = c.hear("outside_number", outside);
        let heard_at = self.heard(now, c);
        let received = happened_at.flatten().unwrap_or(now);
        let assigned = self.assigned(channel, received, now, c);
        if self.submission_key.trim().is_empty() {
            c.add("", "这张表单不完整，请从“登记”页重新打开。");
        }
        let contact_summary = match &about {
            Some(About::Existing(_)) => c.hear("summary", paragraphs(&self.summary, 2..=4000)),
            Some(About::New(_)) | None => Some(String::new()),
        };
        let registration = (|| {
            Some(Registration {
                submission_key: self.submission_key.trim().chars().take(80).collect(),
                channel: channel?,
                happened_at: happened_at?.unwrap_or(now),
                people_count: people_count?,
                people: people?,
                about: about?,
                contact_summary: contact_summary?,
                handed_in: handed_in?,
                outside_number: outside_number?,
                heard_at: heard_at?,
                assigned: assigned?,
            })
        })();
        complaints.verdict(registration)
    }

    /// Who assigned it, what they ask for and by when; nothing where it did not come from above.
    fn assigned(
        &self,
        channel: Option<Channel>,
        received: Moment,
        now: Moment,
        c: &mut Complaints,
    ) -> Option<Option<NewAssignment>> {
        if channel != Some(Channel::Assigned) {
            return Some(None);
        }
        let received_on = received.today();
        let form = TakeForm { received_on: received_on.to_string(), ..self.from_above() };
        form.read(now.today(), c).map(Some)
    }

    /// The fields of an assignment, as they are drawn.
    pub fn from_above(&self) -> TakeForm {
        TakeForm {
            sender_kind: self.sender_kind.clone(),
            sender: self.sender.clone(),
            number: self.outside_number.clone(),
            dated_on: self.dated_on.clone(),
            received_on: String::new(),
            due_on: self.due_on.clone(),
            demand: self.demand.clone(),
        }
    }
}

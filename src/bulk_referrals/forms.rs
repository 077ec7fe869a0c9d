//! What was ticked, and where it goes, as sent.

use super::types::{MOST, Ticked};
use crate::matters::MatterId;
use crate::referrals::forms::{Destination, ReferForm};
use crate::web::form::{Complaints, paragraphs, words};
use serde::Deserialize;
use std::collections::HashMap;

/// The ticked matters and their destination.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BulkForm {
    /// Ids, or `id:version` once the preview was shown.
    pub ids: Vec<String>,
    pub to: String,
    pub note: String,
    /// The matters that go to the judge of their case, and why each does, in the same order.
    pub excuse_for: Vec<String>,
    pub excuse: Vec<String>,
    pub submission_key: String,
}

impl BulkForm {
    /// What was ticked, each once, in its order.
    ///
    /// # Errors
    ///
    /// That nothing was ticked, too much, or something that is no matter.
    pub fn ticked(&self) -> Result<Vec<Ticked>, String> {
        let mut ticked: Vec<Ticked> = Vec::new();
        for id in &self.ids {
            let one = read_ticked(id).ok_or("勾选的内容有误，请回到台账重新勾选。")?;
            if ticked.iter().all(|known| known.id != one.id) {
                ticked.push(one);
            }
        }
        match ticked.len() {
            0 => Err("还没有勾选事项。请回到台账，在要转办的事项前面打勾。".to_owned()),
            n if n > MOST => Err(format!("一次最多转办 {MOST} 件，现在勾选了 {n} 件。请分几次转办。")),
            _ => Ok(ticked),
        }
    }

    /// To whom they go.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn destination(&self) -> Result<Destination, Complaints> {
        let one =
            ReferForm { version: 0, to: self.to.clone(), note: self.note.clone(), excuse: String::new() };
        one.check()
    }

    /// Why matters go to the judges of their cases, each by itself.
    ///
    /// # Errors
    ///
    /// Which of them is too long.
    pub fn excuses(&self) -> Result<HashMap<MatterId, String>, Complaints> {
        let mut complaints = Complaints::default();
        let mut excuses = HashMap::new();
        for (row, (id, typed)) in self.excuse_for.iter().zip(&self.excuse).enumerate() {
            let why = complaints.hear(format!("excuse.{row}"), paragraphs(typed, 0..=200));
            if let (Ok(id), Some(why)) = (id.parse(), why) {
                excuses.insert(MatterId(id), why);
            }
        }
        complaints.verdict(Some(excuses))
    }

    /// What was typed of why this one goes to the judge of its case.
    pub fn excuse_of(&self, id: MatterId) -> &str {
        let mut pairs = self.excuse_for.iter().zip(&self.excuse);
        pairs.find(|(of, _)| **of == id.to_string()).map_or("", |(_, typed)| typed)
    }

    /// The key that was made with the form.
    ///
    /// # Errors
    ///
    /// That it isn't there.
    pub fn key(&self) -> Result<String, String> {
        words(&self.submission_key, 20..=64)
    }
}

fn read_ticked(typed: &str) -> Option<Ticked> {
    let (id, version) = typed.split_once(':').unwrap_or((typed, "0"));
    Some(Ticked { id: MatterId(id.parse().ok()?), version: version.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(ids: &[&str]) -> BulkForm {
        BulkForm { ids: ids.iter().map(|id| (*id).to_owned()).collect(), ..BulkForm::default() }
    }

    #[test]
    fn each_matter_counts_once_and_fifty_at_most() {
        let ticked = form(&["7:3", "9", "7:4"]).ticked().unwrap();
        assert_eq!(ticked, [Ticked { id: MatterId(7), version: 3 }, Ticked { id: MatterId(9), version: 0 },]);
        assert!(form(&[]).ticked().is_err());
        assert!(form(&["x"]).ticked().is_err());
        let many: Vec<String> = (1..=51).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(form(&many).ticked().unwrap_err().contains("51 件"));
        assert!(form(&many[..50]).ticked().is_ok());
    }
}

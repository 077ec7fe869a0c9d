//! The reply as it is typed, item by item.

use crate::replies::types::{Content, Item, Outcome, Remedy};
use crate::web::form::{Complaints, RowChange, paragraphs};
use serde::{Deserialize, Serialize};

/// The most claims that one reply answers.
pub const MOST_ITEMS: usize = 20;

/// The version that the writer had in front of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// 0 where there was none.
    pub number: i64,
    pub version: i64,
}

/// A reply as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct DraftForm {
    pub number: i64,
    pub version: i64,
    pub receipt: String,
    pub claim: Vec<String>,
    pub facts: Vec<String>,
    pub basis: Vec<String>,
    pub outcome: Vec<String>,
    pub opinion: Vec<String>,
    pub remedy: String,
    pub remedy_text: String,
    /// The pressed button of repeated rows.
    pub rows: String,
    /// `submit`, or empty to keep the draft.
    pub go: String,
}

impl DraftForm {
    /// What was written already, to be gone on with.
    pub fn of(content: &Content, base: Base) -> Self {
        let column = |of: fn(&Item) -> String| content.items.iter().map(of).collect();
        DraftForm {
            number: base.number,
            version: base.version,
            receipt: content.receipt.clone(),
            claim: column(|item| item.claim.clone()),
            facts: column(|item| item.facts.clone()),
            basis: column(|item| item.basis.clone()),
            outcome: column(|item| {
                item.outcome.map_or_else(String::new, |outcome| outcome.code().to_owned())
            }),
            opinion: column(|item| item.opinion.clone()),
            remedy: content.remedy.code().to_owned(),
            remedy_text: content.remedy_text.clone(),
            rows: String::new(),
            go: String::new(),
        }
    }

    pub fn base(&self) -> Base {
        Base { number: self.number, version: self.version }
    }

    pub fn wants_submitting(&self) -> bool {
        self.go == "submit"
    }

    /// How many items there are.
    pub fn items(&self) -> usize {
        self.claim.len().max(1)
    }

    /// One more item or one less, where such a button was pressed; says whether it was.
    pub fn change_rows(&mut self) -> bool {
        let pressed = std::mem::take(&mut self.rows);
        let columns =
            [&mut self.claim, &mut self.facts, &mut self.basis, &mut self.outcome, &mut self.opinion];
        match RowChange::read(&pressed) {
            Some(RowChange::Add(_)) => {
                for column in columns {
                    column.push(String::new());
                }
                true
            }
            Some(RowChange::Remove(_, row)) => {
                for column in columns.into_iter().filter(|column| row < column.len()) {
                    column.remove(row);
                }
                true
            }
            None => false,
        }
    }

    /// What stands in this row of a column.
    pub fn at(column: &[String], row: usize) -> &str {
        column.get(row).map_or("", String::as_str)
    }

    /// What was written. To be submitted it must be complete; to be kept it only mustn't be too long.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<Content, Complaints> {
        let mut complaints = Complaints::default();
        let least = |least: usize| if self.wants_submitting() { least } else { 0 };
        let receipt = complaints.hear("receipt", paragraphs(&self.receipt, least(5)..=1_000));
        let mut items = Vec::new();
        for row in 0..self.items() {
            items.extend(self.item(row, least, &mut complaints));
        }
        if self.items() > MOST_ITEMS {
            complaints.add("", format!("一份答复意见书最多答复 {MOST_ITEMS} 项诉求，请合并同类的诉求。"));
        }
        let remedy = Remedy::from_code(&self.remedy);
        if remedy.is_none() {
            complaints.add("remedy", "请选择救济途径。");
        }
        let remedy_text = complaints.hear("remedy_text", paragraphs(&self.remedy_text, least(10)..=1_000));
        let content = receipt.zip(remedy).zip(remedy_text).map(|((receipt, remedy), remedy_text)| Content {
            receipt,
            items,
            remedy,
            remedy_text,
        });
        complaints.verdict(content)
    }

    fn item(&self, row: usize, least: impl Fn(usize) -> usize, complaints: &mut Complaints) -> Option<Item> {
        let mut hear = |name: &str, column: &[String], at_least: usize, at_most: usize| {
            let read = paragraphs(Self::at(column, row), least(at_least)..=at_most);
            complaints.hear(format!("{name}.{row}"), read)
        };
        let claim = hear("claim", &self.claim, 2, 500);
        let facts = hear("facts", &self.facts, 5, 5_000);
        let basis = hear("basis", &self.basis, 5, 2_000);
        let opinion = hear("opinion", &self.opinion, 5, 3_000);
        let outcome = Outcome::from_code(Self::at(&self.outcome, row));
        if outcome.is_none() && self.wants_submitting() {
            complaints.add(format!("outcome.{row}"), "请选择对这项诉求的处理意见。");
        }
        Some(Item { claim: claim?, facts: facts?, basis: basis?, outcome, opinion: opinion? })
    }

    /// What was typed so far, whatever it is, to be kept while typing; cut where it is much too long.
    pub fn as_typed(&self) -> Content {
        let cut = |text: &str| text.chars().take(5_000).collect::<String>();
        let items = (0..self.items().min(MOST_ITEMS))
            .map(|row| Item {
                claim: cut(Self::at(&self.claim, row)),
                facts: cut(Self::at(&self.facts, row)),
                basis: cut(Self::at(&self.basis, row)),
                outcome: Outcome::from_code(Self::at(&self.outcome, row)),
                opinion: cut(Self::at(&self.opinion, row)),
            })
            .collect();
        Content {
            receipt: cut(&self.receipt),
            items,
            remedy: Remedy::from_code(&self.remedy).unwrap_or(Remedy::Procedure),
            remedy_text: cut(&self.remedy_text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> DraftForm {
        DraftForm {
            receipt: "本院收到您的来访。".into(),
            claim: vec!["请求尽快执行".into()],
            facts: vec!["已冻结对方账户。".into()],
            basis: vec!["民事诉讼法的规定".into()],
            outcome: vec!["supported".into()],
            opinion: vec!["本月底前发放。".into()],
            remedy: "review".into(),
            remedy_text: "可以自收到之日起30日内申请复查。".into(),
            go: "submit".into(),
            ..DraftForm::default()
        }
    }

    #[test]
    fn half_a_reply_is_kept_but_not_submitted() {
        assert_eq!(typed().check().unwrap().items.len(), 1);
        let half = DraftForm { facts: vec![String::new()], outcome: vec![String::new()], ..typed() };
        let wrong = half.check().unwrap_err();
        assert_eq!(wrong.about("facts.0").count() + wrong.about("outcome.0").count(), 2);
        assert!(DraftForm { go: String::new(), ..half }.check().is_ok());
    }

    #[test]
    fn what_is_typed_comes_back_as_it_was() {
        let content = typed().check().unwrap();
        let again = DraftForm { go: "submit".into(), ..DraftForm::of(&content, Base::default()) };
        assert_eq!(again, typed());
        assert_eq!(typed().as_typed(), content);
    }

    #[test]
    fn items_come_and_go() {
        let mut form = DraftForm { rows: "add-item".into(), ..typed() };
        assert!(form.change_rows() && form.items() == 2 && form.opinion.len() == 2);
        form.rows = "remove-item-0".into();
        assert!(form.change_rows() && form.items() == 1);
        assert_eq!(DraftForm::at(&form.claim, 0), "");
        assert!(!form.change_rows());
    }
}

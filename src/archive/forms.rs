//! What is typed to archive a file, and what is chosen above the list.

use super::actions::Filing;
use super::types::{Item, Retention, Which};
use crate::matters::MatterId;
use crate::web::form::{Complaints, number_in, one_of, paragraphs, words};
use serde::{Deserialize, Serialize};

/// The most papers an index lists.
const MOST: usize = 300;

/// A filing as typed: titles and pages line by line, of which those without a title count as not there.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ArchiveForm {
    /// Of the matter.
    pub version: i64,
    /// Of the archived file; empty where there is none yet.
    pub filed: String,
    pub retention: String,
    pub title: Vec<String>,
    pub pages: Vec<String>,
    pub remark: String,
}

impl ArchiveForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<Filing, Complaints> {
        let mut complaints = Complaints::default();
        let retention = complaints.hear("retention", one_of(&self.retention, Retention::from_code));
        let remark = complaints.hear("remark", paragraphs(&self.remark, 0..=300));
        let mut items = Vec::new();
        for (row, (title, pages)) in self.title.iter().zip(&self.pages).enumerate().take(MOST) {
            if title.trim().is_empty() {
                continue;
            }
            let title = complaints.hear(format!("title.{row}"), words(title, 1..=100));
            let pages = complaints.hear(format!("pages.{row}"), number_in(pages, 1..=9999));
            items.extend(title.zip(pages).map(|(title, pages)| Item { title, pages }));
        }
        if items.is_empty() && complaints.is_empty() {
            complaints.add("title.0", "卷内目录至少要有一份材料。");
        }
        let filing = retention.zip(remark).map(|(retention, remark)| Filing { retention, remark, items });
        complaints.verdict(filing)
    }

    /// The version of the file that the person had in front of them.
    pub fn filed(&self) -> Option<i64> {
        self.filed.parse().ok()
    }
}

/// What is chosen above the list.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ArchiveQuery {
    pub which: String,
    /// Where the page goes on.
    pub after: String,
}

impl ArchiveQuery {
    pub fn which(&self) -> Which {
        Which::ALL.into_iter().find(|which| which.code() == self.which).unwrap_or(Which::Waiting)
    }

    pub fn after(&self) -> Option<MatterId> {
        self.after.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(titles: &[&str], pages: &[&str]) -> ArchiveForm {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        ArchiveForm {
            retention: "ten_years".into(),
            title: own(titles),
            pages: own(pages),
            ..ArchiveForm::default()
        }
    }

    #[test]
    fn empty_lines_are_not_there_and_every_paper_has_pages() {
        let filing = form(&["登记表", "", "答复意见书"], &["2", "", "3"]).check().unwrap();
        assert_eq!(filing.items.len(), 2);
        let wrong = form(&["登记表"], &["零"]).check().unwrap_err();
        assert_eq!(wrong.about("pages.0").count(), 1);
        assert!(form(&[""], &[""]).check().is_err());
    }
}

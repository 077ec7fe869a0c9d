//! What was typed into the one search box, or is known of a person about to be registered: everything it may be.

use super::document_number::{DocumentType, normalise};
use super::phone::{Phone, PhoneKind};
use super::reader_line::{self, ReaderLine};
use super::rules::name_key;
use super::types::PetitionerDetails;
use crate::matters::case_number::CaseNumber;
use crate::text::{is_han, squeeze, tidy};
use chrono::NaiveDate;

/// Longest text that is looked up.
const MOST_CHARS: usize = 600;

/// Ways to look for a petitioner. Empty when nothing can be made of what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// What a card reader typed.
    pub card: Option<ReaderLine>,
    /// Whole document numbers, normalised.
    pub documents: Vec<String>,
    /// The last four or six characters of one.
    pub document_tails: Vec<String>,
    /// Telephone numbers as [`Phone::key`] gives them.
    pub phones: Vec<String>,
    pub phone_tails: Vec<String>,
    /// As [`name_key`] gives it.
    pub name: Option<String>,
    /// Whether names that only begin so are wanted too.
    pub name_may_go_on: bool,
    pub birth: Option<NaiveDate>,
    /// Pinyin or initials of a name, lower case.
    pub latin: Option<String>,
    pub cases: Vec<String>,
}

impl Typed {
    /// Reads what was typed into the search box. `today` is the court's day.
    pub fn read(text: &str, today: NaiveDate) -> Self {
        let mut typed = Typed::default();
        if text.chars().count() > MOST_CHARS {
            return typed;
        }
        if let Some(card) = reader_line::read(text, today) {
            typed.documents.push(card.number.clone());
            typed.name = card.name.as_deref().map(name_key);
            typed.birth = card.birth;
            typed.card = Some(card);
            return typed;
        }
        if let Ok(case) = CaseNumber::parse(text) {
            typed.cases.push(case.canonical());
            return typed;
        }
        typed.read_number(text);
        typed.read_name(text);
        typed
    }

    /// Everything by which somebody with these particulars may already be known.
    pub fn of(details: &PetitionerDetails) -> Self {
        Typed {
            documents: details.document.iter().filter_map(|d| d.number().map(str::to_owned)).collect(),
            phones: details.phone.iter().map(Phone::key).collect(),
            name: Some(name_key(&details.name)),
            birth: details.birth,
            ..Typed::default()
        }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        *self == Typed::default()
    }

    fn read_number(&mut self, text: &str) {
        if let Ok(phone) = Phone::parse(text)
            && phone.kind() != PhoneKind::Service
        {
            self.phones.push(phone.key());
        }
        let number = normalise(DocumentType::Id, text);
        let digits = number.trim_end_matches('X').chars().filter(char::is_ascii_digit).count()
            + usize::from(number.ends_with('X'));
        let plain = number.chars().all(|c| c.is_ascii_alphanumeric());
        if !plain || digits < 4 {
            return;
        }
        let length = number.chars().count();
        if (5..=20).contains(&length) {
            self.documents.push(number.clone());
        }
        if let (15, Some(card)) = (length, fifteen(&number)) {
            self.documents.push(card);
        }
        if matches!(length, 4 | 6) {
            self.document_tails.push(number.clone());
        }
        if length == 4 && number.chars().all(|c| c.is_ascii_digit()) {
            self.phone_tails.push(number);
        }
    }

    fn read_name(&mut self, text: &str) {
        let tidied = tidy(text);
        let squeezed = squeeze(text);
        if squeezed.is_empty()
            || squeezed.chars().count() > 100
            || squeezed.chars().any(|c| c.is_ascii_digit())
        {
            return;
        }
        if squeezed.chars().any(is_han) {
            self.name = Some(name_key(&tidied));
            self.name_may_go_on = true;
        } else if squeezed.chars().any(char::is_alphabetic) {
            self.name = Some(name_key(&tidied));
            self.latin =
                Some(squeezed.to_lowercase()).filter(|latin| latin.bytes().all(|b| b.is_ascii_lowercase()));
        }
    }
}

/// A first-generation number as the eighteen digits that replaced it.
fn fifteen(number: &str) -> Option<String> {
    let far = NaiveDate::MAX;
    super::document_number::DocumentNumber::parse(DocumentType::Id, number, far)
        .ok()
        .map(|number| number.number().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Typed {
        Typed::read(text, "2026-11-23".parse().unwrap())
    }

    #[test]
    fn the_box_takes_whatever_is_at_hand() {
        assert_eq!(read("王桂兰").name.as_deref(), Some("王桂兰"));
        assert!(read("王").name_may_go_on);
        assert_eq!(read("Wgl").latin.as_deref(), Some("wgl"));
        assert_eq!(read("138 0000 5678").phones, ["13800005678"]);
        assert_eq!(read("11010519491231002x").documents, ["11010519491231002X"]);
        assert_eq!(read("110105491231002").documents, ["110105491231002", "11010519491231002X"]);
        assert_eq!(read("(2026)豫0404民初1号").cases, ["（2026）豫0404民初1号"]);
        assert_eq!(
            (read("5678").phone_tails, read("5678").document_tails),
            (vec!["5678".into()], vec!["5678".into()])
        );
        assert_eq!(read("31002x").document_tails, ["31002X"]);
        assert_eq!(
            read("王桂兰|女|汉|19491231|某地某路某号|11010519491231002X").name.as_deref(),
            Some("王桂兰")
        );
        assert!(read("").is_empty() && read("  ").is_empty() && read("？！").is_empty());
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_panic(text in ".*") {
            let _ = read(&text);
        }

        #[test]
        fn nothing_like_a_number_makes_it_panic(text in "[0-9A-Zx（）豫民初号王 |-]{0,24}") {
            let _ = read(&text);
        }
    }
}

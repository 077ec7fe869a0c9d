//! The demo court's numbers against the court's own readers of numbers.

use super::{names, random::Random, script, texts::Texts};
use crate::matters::case_number::CaseNumber;
use crate::petitioners::document_number::{DocumentNumber, DocumentType};
use crate::petitioners::phone::Phone;
use chrono::NaiveDate;

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

#[test]
fn the_counter_would_take_every_document_number_and_telephone() {
    for index in 0..3_000 {
        let person = names::person(9, index, today());
        let id = DocumentNumber::parse(DocumentType::Id, &person.id_number, today());
        assert_eq!(id.unwrap().birth(), Some(person.born_on));
        assert!(Phone::parse(&person.phone).is_ok(), "{}", person.phone);
        let code = names::credit_code(index);
        assert!(DocumentNumber::parse(DocumentType::Uscc, &code, today()).is_ok(), "{code}");
    }
}

#[test]
fn the_counter_would_take_every_case_number() {
    let texts = Texts::shipped();
    let told = (0..2_000).flat_map(|i| texts.grievance(&mut Random::of(5, i), today()).case_numbers);
    let scripted = script::matters();
    let scripted = scripted.iter().flat_map(|m| m.cases).map(|n| script::with_years(n, today()));
    for number in told.chain(scripted) {
        assert!(CaseNumber::parse_until(&number, today()).is_ok(), "{number}");
    }
}

use super::*;
use proptest::prelude::*;

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn parse(kind: DocumentType, text: &str) -> Result<DocumentNumber, DocumentFault> {
    DocumentNumber::parse(kind, text, today())
}

#[test]
fn numbers_of_the_standards_own_examples_hold() {
    for (kind, text, birth, sex) in [
        (DocumentType::Id, "11010519491231002X", Some("1949-12-31"), Some(Sex::Female)),
        (DocumentType::Id, "440524188001010014", Some("1880-01-01"), Some(Sex::Male)),
        (DocumentType::Residence, "810000199001010019", Some("1990-01-01"), Some(Sex::Male)),
        (DocumentType::Residence, "820000198512310029", Some("1985-12-31"), Some(Sex::Female)),
        (DocumentType::Residence, "830000197810150032", Some("1978-10-15"), Some(Sex::Male)),
        (DocumentType::ForeignId, "911124198001010015", Some("1980-01-01"), Some(Sex::Male)),
        (DocumentType::ForeignId, "USA110088123456", None, None),
        (DocumentType::Uscc, "91350100M000100Y43", None, None),
        (DocumentType::Orgcode, "D2143569X", None, None),
        (DocumentType::Hkmo, "H12345678", None, None),
        (DocumentType::Hkmo, "M1234567801", None, None),
        (DocumentType::Tw, "12345678", None, None),
        (DocumentType::Tw, "1234567890", None, None),
        (DocumentType::Passport, "EA1234567", None, None),
        (DocumentType::Passport, "C01X00T47", None, None),
        (DocumentType::Military, "军字第12345678号", None, None),
        (DocumentType::Lawyer, "14101201010123456", None, None),
        (DocumentType::None, "", None, None),
    ] {
        let number = parse(kind, text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        assert_eq!(number.number(), text);
        assert_eq!(number.birth(), birth.map(|date| date.parse().unwrap()), "{text}");
        assert_eq!(number.sex(), sex, "{text}");
    }
}

#[test]
fn a_wrong_number_names_its_rule() {
    for (kind, text, rule) in [
        (DocumentType::Id, "110105194912310021", Rule::Check),
        (DocumentType::Id, "11010519491231002", Rule::Length),
        (DocumentType::Id, "1101051949123100211", Rule::Length),
        (DocumentType::Id, "1101O519491231002X", Rule::Character),
        (DocumentType::Id, "11010519491231002Y", Rule::Character),
        (DocumentType::Id, "11010519490231002X", Rule::BirthDate),
        (DocumentType::Id, "11010520261124002X", Rule::BirthDate),
        (DocumentType::Id, "11010517001231002X", Rule::BirthDate),
        (DocumentType::Id, "10010519491231002X", Rule::Region),
        (DocumentType::Id, "", Rule::Empty),
        (DocumentType::Id, "110105491331002", Rule::BirthDate),
        (DocumentType::Residence, "11010519491231002X", Rule::Region),
        (DocumentType::Residence, "810000199001010018", Rule::Check),
        (DocumentType::ForeignId, "811124198001010015", Rule::Format),
        (DocumentType::ForeignId, "911124198001010016", Rule::Check),
        (DocumentType::ForeignId, "US1110088123456", Rule::Format),
        (DocumentType::ForeignId, "USA11008812345A", Rule::Character),
        (DocumentType::Uscc, "91350100M000100Y44", Rule::Check),
        (DocumentType::Uscc, "91350100I000100Y43", Rule::Character),
        (DocumentType::Uscc, "91350100M000100Y4", Rule::Length),
        (DocumentType::Orgcode, "D21435691", Rule::Check),
        (DocumentType::Orgcode, "D2143569", Rule::Length),
        (DocumentType::Hkmo, "A12345678", Rule::Format),
        (DocumentType::Hkmo, "H1234567", Rule::Length),
        (DocumentType::Hkmo, "H1234567A", Rule::Character),
        (DocumentType::Tw, "123456789", Rule::Length),
        (DocumentType::Passport, "E12", Rule::Length),
        (DocumentType::Passport, "E1234*678", Rule::Character),
        (DocumentType::Military, "军1", Rule::Length),
        (DocumentType::Lawyer, "1410120101012345", Rule::Length),
        (DocumentType::None, "1", Rule::NotEmpty),
    ] {
        let fault = parse(kind, text).expect_err(text);
        assert_eq!(fault.rule, rule, "{text}: {fault}");
        assert!(fault.to_string().contains(rule.label()) && fault.to_string().ends_with('。'), "{fault}");
        assert!(
            text.len() < 8 || !fault.to_string().contains(text),
            "a fault never repeats the number: {fault}"
        );
    }
}

#[test]
fn the_check_says_what_the_last_digit_should_be() {
    let fault = parse(DocumentType::Id, "110105194912310023").unwrap_err();
    assert!(fault.reason.contains("应为X，这里是3"), "{fault}");
}

#[test]
fn small_x_blanks_and_wide_digits_are_one_number() {
    for text in [
        "11010519491231002x",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２ｘ",
        "110105-19491231-002X",
    ] {
        assert_eq!(parse(DocumentType::Id, text).unwrap().number(), "11010519491231002X");
    }
    assert_eq!(parse(DocumentType::Orgcode, "d2143569-x").unwrap().number(), "D2143569X");
}

#[test]
fn fifteen_digits_find_the_same_person_but_are_no_document() {
    let old = parse(DocumentType::Id, "110105491231002").unwrap();
    assert_eq!(old.number(), "11010519491231002X");
    assert!(old.is_converted());
    assert!(old.parts().iter().any(|(_, which)| which.contains("停用")));
    assert!(!parse(DocumentType::Id, "11010519491231002X").unwrap().is_converted());
}

#[test]
fn masks_show_no_more_than_they_may() {
    assert_eq!(mask_for_handler("410404199001011234"), "410404********1234");
    assert_eq!(mask("410404199001011234"), "4****************4");
    assert_eq!(mask(&mask_for_handler("410404199001011234")), mask("410404199001011234"));
    assert_eq!(mask_for_handler("H12345678"), "H12****78");
    assert_eq!(mask_for_handler("12345678"), "12****78");
    assert_eq!(mask_for_handler("军官1234"), "军官**34");
    assert_eq!((mask("ab"), mask("abc"), mask("")), ("**".to_owned(), "a*c".to_owned(), String::new()));
    assert_eq!(tails("410404199001011234"), ["1234", "011234"]);
    assert!(tails("1234567").is_empty());
}

#[test]
fn an_organisations_code_tells_where_it_is_registered() {
    let code = parse(DocumentType::Uscc, "91350100M000100Y43").unwrap();
    let parts = code.parts();
    assert!(parts.iter().any(|(_, which)| which.contains("350100（福建省）")), "{parts:?}");
    assert!(parts.iter().any(|(_, which)| which == "M000100Y4"), "{parts:?}");
}

fn kinds() -> impl Strategy<Value = DocumentType> {
    proptest::sample::select(DocumentType::ALL)
}

proptest! {
    #[test]
    fn a_made_number_holds_and_any_one_wrong_digit_is_found(
        days in 0_u64..40_000, sequence in 0_u32..1000, at in 0_usize..18, other in 0_u32..10,
    ) {
        let birth = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Days::new(days);
        let first = format!("410404{}{sequence:03}", birth.format("%Y%m%d"));
        let number = format!("{first}{}", citizen::check_digit(&first).unwrap());
        let read = parse(DocumentType::Id, &number).unwrap();
        prop_assert_eq!(read.birth(), Some(birth));
        prop_assert_eq!(read.sex() == Some(Sex::Male), sequence % 2 == 1);
        prop_assert_eq!(read.number(), &number);

        let mut wrong: Vec<char> = number.chars().collect();
        wrong[at] = char::from_digit(other, 10).unwrap();
        let wrong: String = wrong.into_iter().collect();
        prop_assert_eq!(parse(DocumentType::Id, &wrong).is_ok(), wrong == number);
    }

    #[test]
    fn any_one_wrong_character_of_an_organisations_code_is_found(
        first in "[1-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}", at in 0_usize..18, other in "[0-9A-HJ-NPQRTUWXY]",
    ) {
        let number = format!("{first}{}", organisation::uscc_check(&first).unwrap());
        prop_assert!(parse(DocumentType::Uscc, &number).is_ok());
        let wrong: String =
            number.chars().enumerate().map(|(i, c)| if i == at { other.chars().next().unwrap() } else { c }).collect();
        prop_assert_eq!(parse(DocumentType::Uscc, &wrong).is_ok(), wrong == number);
    }

    #[test]
    fn nothing_typed_makes_it_panic(kind in kinds(), text in ".*") {
        if let Ok(number) = parse(kind, &text) {
            prop_assert_eq!(parse(kind, number.number()).unwrap().number().to_owned(), number.number());
            let _ = number.parts();
        }
        let _ = (mask(&text), mask_for_handler(&text), tails(&text));
    }

    #[test]
    fn nothing_like_a_number_makes_it_panic(kind in kinds(), text in "[0-9A-Zx军 -]{0,20}") {
        if let Ok(number) = parse(kind, &text) {
            prop_assert_eq!(parse(kind, number.number()).unwrap().number().to_owned(), number.number());
        }
    }
}

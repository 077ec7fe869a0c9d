use super::*;
use proptest::prelude::*;

/// The examples of the design notes (facts-law 3.4), with the court and the kind of case to be read from each.
const EXAMPLES: [(&str, &str, &str); 17] = [
    ("（2026）豫0404民初123号", "河南省，基层人民法院", "民事一审"),
    ("（2025）豫0404执1357号", "河南省，基层人民法院", "首次执行"),
    ("（2026）豫0404执恢28号", "河南省，基层人民法院", "恢复执行"),
    ("（2026）豫0404执异6号", "河南省，基层人民法院", "执行异议"),
    ("（2026）豫04民终905号", "河南省，中级人民法院", "民事二审"),
    ("（2025）豫民申4321号", "河南省高级人民法院", "民事申请再审审查"),
    ("（2024）豫04民再17号", "河南省，中级人民法院", "民事再审"),
    ("（2026）豫0404刑初45号", "河南省，基层人民法院", "刑事一审"),
    ("（2026）豫7101行初12号", "河南省，基层人民法院（铁路运输法院）", "行政一审"),
    ("（2026）豫0404司救执3号", "河南省，基层人民法院", "执行司法救助"),
    ("（2026）豫0404司救访1号", "河南省，基层人民法院", "涉诉信访司法救助"),
    ("（2026）豫04司救刑2号", "河南省，中级人民法院", "刑事司法救助"),
    ("（2024）豫0404诉前调确88号", "河南省，基层人民法院", "诉前调解申请司法确认"),
    ("（2023）最高法知民终1号", "最高人民法院", "民事二审"),
    ("（2019）京0108民初100号之一", "北京市，基层人民法院", "民事一审"),
    ("（2026）豫0404执保210号", "河南省，基层人民法院", "财产保全执行"),
    ("（2013）平民终字第123号", "", "民事二审"),
];

#[test]
fn every_example_is_read() {
    for (text, court, kind) in EXAMPLES {
        let number = CaseNumber::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        assert_eq!(number.canonical(), text);
        assert_eq!(number.court().map(CourtCode::meaning).unwrap_or_default(), court, "{text}");
        assert_eq!(number.kind().as_deref(), Some(kind), "{text}");
        assert!(number.is_verified());
    }
}

#[test]
fn each_wrong_one_names_its_part_and_offers_what_was_meant() {
    for (text, part, suggestion) in [
        ("（26）豫0404民初1号", Part::Year, Some("（2026）豫0404民初1号")),
        ("（2026）豫040民初1号", Part::Court, None),
        ("（2026）豫04041民初1号", Part::Court, None),
        ("（2026）豫0400民初1号", Part::Court, None),
        ("（2026）0404民初1号", Part::Court, None),
        ("（2026）豫0404民诉1号", Part::Kind, None),
        ("（2026）豫04041号", Part::Court, None),
        ("（2026）豫0404号", Part::Kind, None),
        ("（2026）豫0404民初0123号", Part::Number, Some("（2026）豫0404民初123号")),
        ("（2026）豫0404民初0号", Part::Number, None),
        ("（2026）豫0404民初号", Part::Number, None),
        ("（2026）豫0404民初12a号", Part::Number, None),
        ("（2026）豫0404民初100之一号", Part::Number, Some("（2026）豫0404民初100号之一")),
        ("（2026）滇01民终1号", Part::Court, Some("（2026）云01民终1号")),
        ("2026豫0404民初1号", Part::Brackets, Some("（2026）豫0404民初1号")),
        ("2026年豫0404民初01", Part::Brackets, Some("（2026）豫0404民初1号")),
        ("（2026豫0404民初1号", Part::Brackets, Some("（2026）豫0404民初1号")),
        ("(2026年)豫0404民初1号", Part::Year, Some("（2026）豫0404民初1号")),
        ("（2015）豫0404民初1号", Part::Year, None),
        ("（2020）平民终字第1号", Part::Year, None),
        ("（二〇二六）豫0404民初1号", Part::Year, None),
        ("（2026）豫0404民初1", Part::End, Some("（2026）豫0404民初1号")),
        ("（2026）豫0404民初1号民事判决书", Part::Suffix, Some("（2026）豫0404民初1号")),
        ("（2026）豫0404民初1号之十十", Part::Suffix, Some("（2026）豫0404民初1号")),
        ("案号：（2026）豫0404民初1号", Part::Whole, Some("（2026）豫0404民初1号")),
        ("（2026）豫0404刑核123号", Part::Number, None),
        ("（2026）", Part::End, None),
        ("  ", Part::Whole, None),
    ] {
        let fault = CaseNumber::parse(text).expect_err(text);
        assert_eq!((fault.part, fault.suggestion.as_deref()), (part, suggestion), "{text}: {fault}");
        assert!(fault.to_string().contains(part.label()), "{fault}");
    }
}

#[test]
fn real_numbers_are_read_however_they_are_typed() {
    for (typed, canonical) in [
        ("(2025)粤0604民初3231号", "（2025）粤0604民初3231号"),
        ("〔２０２５〕 粤 ０６０４ 民初 ３２３１ 号", "（2025）粤0604民初3231号"),
        ("[2025]粤0604民初3231号之二", "（2025）粤0604民初3231号之二"),
        ("【2025】京04行初1号之1", "（2025）京04行初1号之一"),
        ("(2015)雨法民一初字第1179号", "（2015）雨法民一初字第1179号"),
        ("(2015)雨法民一初字第1179－1号", "（2015）雨法民一初字第1179-1号"),
        ("(2014)一中民终字第01234号", "（2014）一中民终字第01234号"),
        ("（2020）最高法刑核01234567号", "（2020）最高法刑核01234567号"),
        ("（2024）沪73知民初1号", "（2024）沪73知民初1号"),
        ("（2021）兵民申9号", "（2021）兵民申9号"),
    ] {
        let number = CaseNumber::parse(typed).unwrap_or_else(|fault| panic!("{typed}: {fault}"));
        assert_eq!(number.canonical(), canonical);
    }
}

#[test]
fn an_unknown_kind_is_kept_unverified_when_a_person_says_so() {
    let today = "2026-11-23".parse().unwrap();
    let fault = CaseNumber::parse("（2026）豫0404民诉1号").unwrap_err();
    assert!(fault.may_be_unverified);
    assert!(fault.reason.contains("民初"), "{fault}");
    let number = CaseNumber::parse_unverified("(2026)豫0404民诉1号", today).unwrap();
    assert_eq!(number.canonical(), "（2026）豫0404民诉1号");
    assert!(!number.is_verified());
    assert!(CaseNumber::parse_unverified("（2026）豫040民诉1号", today).is_err());
}

#[test]
fn a_year_that_has_not_come_is_refused() {
    let today = "2026-11-23".parse().unwrap();
    assert!(CaseNumber::parse_until("（2026）豫0404民初1号", today).is_ok());
    let fault = CaseNumber::parse_until("（2027）豫0404民初1号", today).unwrap_err();
    assert_eq!(fault.part, Part::Year);
}

#[test]
fn the_parts_say_what_they_mean() {
    let number = CaseNumber::parse("（2019）京73知民初100号之一").unwrap();
    let parts = number.parts();
    let texts: Vec<_> = parts.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(texts, ["2019", "京73", "知", "民初", "100", "之一"]);
    assert_eq!(parts[1].meaning, "北京市，中级人民法院（知识产权法院）");
    let legacy = CaseNumber::parse("（2013）平民终字第123号").unwrap();
    assert!(legacy.is_legacy());
    assert!(legacy.parts()[1].meaning.contains("民事二审"));
}

fn number_text() -> impl Strategy<Value = String> {
    let courts: Vec<char> = province_codes().collect();
    let kinds: Vec<&str> = kinds::codes().collect();
    let court = prop_oneof![
        Just("最高法".to_owned()),
        (
            proptest::sample::select(courts),
            prop_oneof![Just(0_u32), Just(2), Just(4)],
            1..100_u32,
            1..100_u32
        )
            .prop_map(|(province, digits, a, b)| match digits {
                0 => province.to_string(),
                2 => format!("{province}{a:02}"),
                _ => format!("{province}{a:02}{b:02}"),
            }),
    ];
    (2016..=2099, court, any::<bool>(), proptest::sample::select(kinds), 1..100_000_000_u32, 0..=120_u32)
        .prop_map(|(year, court, special, kind, number, suffix)| {
            let special = if special { "知" } else { "" };
            let number = if kind == "刑核" { format!("{number:08}") } else { number.to_string() };
            let suffix = match suffix {
                0 => String::new(),
                n => format!("之{}", crate::text::chinese_numeral(n)),
            };
            format!("（{year}）{court}{special}{kind}{number}号{suffix}")
        })
}

fn legacy_text() -> impl Strategy<Value = String> {
    (1949..2016, "[一-龥]{2,12}", 1..100_000_000_u32, 0..100_u32)
        .prop_filter("words of the form itself", |(_, head, ..)| !head.contains(['字', '第', '号']))
        .prop_map(|(year, head, number, sub)| {
            let sub = if sub == 0 { String::new() } else { format!("-{sub}") };
            format!("（{year}）{head}字第{number}{sub}号")
        })
}

/// The same number as another keyboard would type it.
fn retyped(text: &str, full_width: bool, spaced: bool) -> String {
    let mut out = String::new();
    for c in text.chars() {
        out.push(match c {
            '0'..='9' if full_width => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
            '（' => '[',
            '）' => ')',
            c => c,
        });
        if spaced {
            out.push('\u{3000}');
        }
    }
    out
}

proptest! {
    #[test]
    fn what_is_written_reads_back(text in prop_oneof![number_text(), legacy_text()]) {
        let number = CaseNumber::parse(&text).unwrap();
        prop_assert_eq!(number.canonical(), text.clone());
        prop_assert_eq!(CaseNumber::parse(&number.canonical()).unwrap(), number);
    }

    #[test]
    fn widths_brackets_and_blanks_do_not_matter(
        text in prop_oneof![number_text(), legacy_text()], full: bool, spaced: bool,
    ) {
        prop_assert_eq!(CaseNumber::parse(&retyped(&text, full, spaced)).unwrap().canonical(), text);
    }

    #[test]
    fn nothing_typed_makes_it_panic(text in ".*") {
        let _ = CaseNumber::parse(&text);
    }

    #[test]
    fn nothing_like_a_number_makes_it_panic(
        text in "[(（]?[0-9]{0,5}[)）年]?[豫滇最高法知军]{0,4}[0-9]{0,5}[民初执字第刑核]{0,5}[0-9之一-]{0,10}号?[之一二十百]{0,4}",
    ) {
        match CaseNumber::parse(&text) {
            Ok(number) => prop_assert_eq!(CaseNumber::parse(&number.canonical()), Ok(number)),
            Err(fault) => if let Some(suggestion) = fault.suggestion {
                prop_assert_eq!(CaseNumber::parse(&suggestion).unwrap().canonical(), suggestion);
            },
        }
    }
}

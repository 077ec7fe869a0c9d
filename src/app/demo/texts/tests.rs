use super::sentences::Piece;
use super::*;
use crate::matters::shipped;
use std::collections::HashSet;

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn summaries(count: u64) -> Vec<Grievance> {
    let texts = Texts::shipped();
    (0..count).map(|i| texts.grievance(&mut Random::of(1, i), today())).collect()
}

#[test]
fn summaries_differ_and_are_as_long_as_a_clerk_writes_them() {
    let all = summaries(10_000);
    let distinct: HashSet<&str> = all.iter().map(|g| g.summary.as_str()).collect();
    assert!(distinct.len() > 9_900, "{}", distinct.len());
    for g in &all {
        let length = g.summary.chars().count() + g.claim.chars().count();
        assert!((60..=200).contains(&length), "{length}: {}{}", g.summary, g.claim);
    }
}

#[test]
fn each_shipped_category_of_the_second_level_comes_up() {
    let told: HashSet<&str> = summaries(10_000).iter().map(|g| g.category).collect();
    let shipped: HashSet<&str> =
        shipped::categories().filter(|c| c.parent.is_some()).map(|c| c.code).collect();
    assert_eq!(told, shipped);
}

#[test]
fn the_case_numbers_beside_a_summary_are_those_it_names() {
    for g in summaries(1_000) {
        assert_eq!(g.case_numbers.len(), g.summary.matches("豫0404").count().min(g.case_numbers.len()));
        assert_eq!(g.case_numbers.is_empty(), !g.summary.contains("豫0404"), "{}", g.summary);
        assert!(g.case_numbers.iter().all(|n| n.starts_with('（') && n.ends_with('号')));
    }
}

#[test]
fn every_slot_has_something_to_fill_it() {
    let story = Story::draw(&mut Random::of(1, 1), today(), 700);
    let texts = Texts::shipped();
    let told = texts.grievances.iter().flat_map(|s| ['f', 't', 'a'].map(|mark| s.lines(mark)));
    for sentences in told.chain(texts.lines.iter().cloned()) {
        assert!(sentences.len() >= 2);
        for piece in sentences.iter().flatten() {
            match piece {
                Piece::Slot(name) => assert!(story.slot(name).is_some_and(|s| !s.is_empty()), "{name}"),
                Piece::Words(words) => assert!(!words.contains(['{', '}']), "{words}"),
            }
        }
    }
}

#[test]
fn nobody_is_branded_and_nobody_is_watched() {
    for word in super::super::NEVER_SAID {
        assert!(!GRIEVANCES.contains(word) && !TIMELINE.contains(word), "{word}");
    }
}

#[test]
fn the_same_seed_tells_the_same_stories() {
    let told: String = summaries(1_000).into_iter().map(|g| format!("{}{}", g.summary, g.claim)).collect();
    assert_eq!(fingerprint(&told), 10_358_765_793_364_089_348, "only when sentences were changed on purpose");
}

/// FNV-1a.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

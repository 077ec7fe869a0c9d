//! Whatever is done to a chain is found, and the first line that is wrong is named.

use super::*;
use crate::crypto::Keys;
use crate::people::{CourtId, StaffId};
use proptest::prelude::*;
use proptest::sample::Index;

type Line = (Entry, Vec<Value>);

fn at(seconds: i64) -> chrono::NaiveDateTime {
    chrono::DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap().naive_utc()
}

fn line(keys: &Keys, seq: i64, prev: &str, words: &[(String, String)]) -> Line {
    let pairs: Vec<(&str, &str)> = words.iter().map(|(f, v)| (f.as_str(), v.as_str())).collect();
    let mut entry = Entry {
        seq,
        at: at(seq),
        court_id: Some(CourtId(1)),
        actor_id: (seq % 3 != 0).then_some(StaffId(seq)),
        actor_name: format!("王{seq}"),
        action: "matter.registered".to_owned(),
        subject_kind: "matter".to_owned(),
        subject_id: Some(seq * 10),
        digests: digests(keys.audit(), seq, &pairs),
        prev: prev.to_owned(),
        hash: String::new(),
    };
    entry.hash = link(keys.audit(), &entry);
    let values = words
        .iter()
        .map(|(field, value)| Value { seq, field: field.clone(), value: Some(value.clone()) })
        .collect();
    (entry, values)
}

fn words() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::btree_map("[a-z_]{1,6}", ".{0,12}", 0..4).prop_map(|map| map.into_iter().collect())
}

fn chain() -> impl Strategy<Value = Vec<Line>> {
    prop::collection::vec(words(), 1..12).prop_map(|lines| {
        let keys = Keys::for_tests();
        let mut prev = NO_LINE.to_owned();
        (1..)
            .zip(lines)
            .map(|(seq, words)| {
                let made = line(&keys, seq, &prev, &words);
                prev.clone_from(&made.0.hash);
                made
            })
            .collect()
    })
}

fn check(chain: &[Line]) -> Result<Checker, Broken> {
    let keys = Keys::for_tests();
    let mut checker = Checker::default();
    for (entry, values) in chain {
        checker.take(keys.audit(), entry, values)?;
    }
    Ok(checker)
}

fn first_broken(chain: &[Line]) -> Option<i64> {
    check(chain).err().map(|broken| broken.seq)
}

/// Every way to alter one column of a line.
const EDITS: [fn(&mut Entry); 12] = [
    |e| e.at += chrono::TimeDelta::microseconds(1),
    |e| e.court_id = None,
    |e| e.court_id = Some(CourtId(2)),
    |e| e.actor_id = Some(StaffId(99)),
    |e| e.actor_name.push('x'),
    |e| e.action = "matter.closed".to_owned(),
    |e| e.subject_kind = "petitioner".to_owned(),
    |e| e.subject_id = None,
    |e| e.subject_id = Some(7),
    |e| e.digests.push('0'),
    |e| e.prev = e.prev.replace(|c: char| c.is_ascii_digit(), "f") + "f",
    |e| e.hash = NO_LINE.to_owned(),
];

proptest! {
    #[test]
    fn an_untouched_chain_holds(chain in chain()) {
        let checker = check(&chain).unwrap();
        prop_assert_eq!(usize::try_from(checker.lines).unwrap(), chain.len());
        prop_assert_eq!(&checker.head, &chain.last().unwrap().0.hash);
    }

    #[test]
    fn any_edit_is_found_at_the_line_where_it_was_made(mut chain in chain(), which: Index, edit: Index) {
        let which = which.index(chain.len());
        edit.get(&EDITS)(&mut chain[which].0);
        prop_assert_eq!(first_broken(&chain), Some(chain[which].0.seq));
    }

    #[test]
    fn a_deleted_line_is_named(mut chain in chain(), which: Index) {
        prop_assume!(chain.len() > 1);
        let which = which.index(chain.len() - 1);
        let gone = chain.remove(which).0.seq;
        prop_assert_eq!(check(&chain).err(), Some(Broken { seq: gone, fault: Fault::Missing(gone + 1) }));
    }

    #[test]
    fn closing_the_gap_after_a_deletion_does_not_help(mut chain in chain(), which: Index) {
        prop_assume!(chain.len() > 1);
        let which = which.index(chain.len() - 1);
        let gone = chain.remove(which).0.seq;
        for (entry, _) in &mut chain[which..] {
            entry.seq -= 1;
        }
        prop_assert_eq!(first_broken(&chain), Some(gone));
    }

    #[test]
    fn two_swapped_lines_are_found_at_the_first(mut chain in chain(), one: Index, other: Index) {
        let (one, other) = (one.index(chain.len()), other.index(chain.len()));
        prop_assume!(one != other);
        let (first, second) = (one.min(other), one.max(other));
        chain.swap(first, second);
        let (low, high) = (chain[second].0.seq, chain[first].0.seq);
        chain[first].0.seq = low;
        chain[second].0.seq = high;
        prop_assert_eq!(first_broken(&chain), Some(low));
    }

    #[test]
    fn an_inserted_line_is_found(mut chain in chain(), which: Index) {
        let which = which.index(chain.len());
        let mut copy = chain[which].clone();
        copy.0.action = "matter.closed".to_owned();
        for (entry, _) in &mut chain[which..] {
            entry.seq += 1;
        }
        chain.insert(which, copy);
        prop_assert_eq!(first_broken(&chain), Some(chain[which].0.seq));
    }

    #[test]
    fn a_line_in_front_of_the_first_is_found(mut chain in chain(), back in 0i64..5) {
        let mut copy = chain[0].clone();
        copy.0.seq = -back;
        chain.insert(0, copy);
        prop_assert_eq!(check(&chain).err(), Some(Broken { seq: -back, fault: Fault::Extra }));
    }

    #[test]
    fn a_chain_of_another_history_does_not_join(one in chain(), other in chain()) {
        prop_assume!(one.len() < other.len());
        prop_assume!(one.last().unwrap().0.hash != other[one.len() - 1].0.hash);
        let mut spliced = one.clone();
        spliced.extend_from_slice(&other[one.len()..]);
        let seam = other[one.len()].0.seq;
        prop_assert_eq!(check(&spliced).err(), Some(Broken { seq: seam, fault: Fault::OutOfPlace }));
    }

    #[test]
    fn an_altered_deleted_or_added_value_is_found(mut chain in chain(), which: Index, what in 0..3) {
        let which = which.index(chain.len());
        let (entry, values) = &mut chain[which];
        let seq = entry.seq;
        prop_assume!(what == 2 || !values.is_empty());
        let fault = match what {
            0 => {
                values[0].value.as_mut().unwrap().push('x');
                Fault::ValueAltered(values[0].field.clone())
            }
            1 => Fault::ValueMissing(values.remove(0).field),
            _ => {
                values.push(Value { seq, field: "added_later".to_owned(), value: None });
                Fault::ValueAdded("added_later".to_owned())
            }
        };
        prop_assert_eq!(check(&chain).err(), Some(Broken { seq, fault }));
    }

    #[test]
    fn anonymised_values_break_nothing(mut chain in chain(), mask: u64) {
        let mut gone = 0;
        for (nth, value) in chain.iter_mut().flat_map(|(_, values)| values).enumerate() {
            if mask >> (nth % 64) & 1 == 1 {
                value.value = None;
                gone += 1;
            }
        }
        prop_assert_eq!(check(&chain).unwrap().anonymised, gone);
    }

    #[test]
    fn nothing_can_be_forged_without_the_key(chain in chain()) {
        let stranger = Keys::for_tests();
        let mut forged = chain;
        let (entry, _) = forged.last_mut().unwrap();
        entry.action = "matter.closed".to_owned();
        // Another key of the same court is not the trail's key.
        entry.hash = link(stranger.anchor(), entry);
        prop_assert_eq!(first_broken(&forged), Some(forged.last().unwrap().0.seq));
    }
}

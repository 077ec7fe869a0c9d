//! What a year's numbers, and somebody's roles, have to be like.

use crate::people::{Role, StaffId, incompatible};
use chrono::{Days, NaiveDate};

/// Days within which the organ above decides (信访工作条例 35, 36).
const REVIEW_DAYS: Days = Days::new(30);

/// What was asked of the organ above before this day should have been decided by `today`.
pub fn asked_before(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(REVIEW_DAYS).unwrap_or(today)
}

/// How many numbers of a year are wrong: doubled, left out, or beyond the counter.
pub fn faults_of_numbers(last: i64, matters: i64, numbers: i64, ends: (i64, i64)) -> i64 {
    let doubled = matters - numbers;
    let outside = i64::from(matters > 0 && ends.0 < 1) + (ends.1 - last).max(0);
    let left_out = (last.max(ends.1) - numbers).max(0);
    doubled + outside + left_out
}

/// The first number between 1 and `last` that is missing, and the first that is there twice. `numbers` is in order.
pub fn first_faults(numbers: &[i64], last: i64) -> (Option<i64>, Option<i64>) {
    let twice = numbers.windows(2).find_map(|pair| match pair {
        [a, b] if a == b => Some(*a),
        _ => None,
    });
    let mut expected = 1;
    for number in numbers {
        if *number > expected {
            break;
        }
        if *number == expected {
            expected += 1;
        }
    }
    ((expected <= last).then_some(expected), twice)
}

/// Those with roles that don't go together, with the first two such roles. `held` has each person's roles next to each
/// other.
pub fn clashes(held: &[(StaffId, String, Role)]) -> Vec<(StaffId, String, Role, Role)> {
    held.chunk_by(|one, next| one.0 == next.0)
        .filter_map(|of_one| {
            let roles: Vec<Role> = of_one.iter().map(|(_, _, role)| *role).collect();
            let (one, other) = incompatible(&roles)?;
            of_one.first().map(|(id, name, _)| (*id, name.clone(), one, other))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_right_only_without_a_double_a_gap_or_one_beyond_the_counter() {
        for (last, matters, numbers, ends, faults) in [
            (0, 0, 0, (1, 0), 0),
            (3, 3, 3, (1, 3), 0),
            (3, 2, 2, (1, 3), 1),
            (3, 3, 2, (1, 3), 2),
            (2, 3, 3, (1, 3), 1),
            (5, 3, 3, (1, 3), 2),
            (4, 0, 0, (1, 0), 4),
            (3, 4, 4, (0, 3), 1),
        ] {
            assert_eq!(faults_of_numbers(last, matters, numbers, ends), faults, "{last} {numbers} {ends:?}");
        }
    }

    #[test]
    fn the_first_gap_and_the_first_double_are_named() {
        assert_eq!(first_faults(&[1, 2, 3], 3), (None, None));
        assert_eq!(first_faults(&[1, 3], 3), (Some(2), None));
        assert_eq!(first_faults(&[1, 2, 2], 4), (Some(3), Some(2)));
        assert_eq!(first_faults(&[], 1), (Some(1), None));
        assert_eq!(first_faults(&[2, 3], 3), (Some(1), None));
    }

    #[test]
    fn only_a_person_with_both_roles_clashes() {
        let held = |id, role| (StaffId(id), format!("{id}"), role);
        let apart = [held(1, Role::Auditor), held(2, Role::Handler), held(2, Role::DivisionHead)];
        assert_eq!(clashes(&apart), []);
        let both = [held(1, Role::Auditor), held(1, Role::Handler), held(2, Role::Handler)];
        assert_eq!(clashes(&both), [(StaffId(1), "1".to_owned(), Role::Auditor, Role::Handler)]);
    }
}

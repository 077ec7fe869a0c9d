//! Document numbers and telephones of the right form, checked as GB 11643 and GB 32100 check them.

use super::super::random::Random;
use chrono::{Datelike, Months, NaiveDate, TimeDelta};

/// The demo district's code in document numbers.
const DISTRICT: &str = "410404";
/// The first of the sequence numbers used. No district so small registers five hundred births in a day.
const FIRST_SEQUENCE: u64 = 500;
/// Grown-up people of this many years of birth live in the district.
const YEARS: u64 = 70;
/// A day in the life of the district, stepped so that neighbours are not born on neighbouring days.
const DAY_STEP: u64 = 9_973;

/// The ID number of the `index`th person, and the day of birth in it: at least 18 years and at most 89 before `today`.
pub fn citizen_number(index: u64, male: bool, today: NaiveDate) -> (String, NaiveDate) {
    let days = YEARS * 365;
    let day = index.wrapping_mul(DAY_STEP) % days;
    let youngest = today.checked_sub_months(Months::new(18 * 12)).unwrap_or(today);
    let born_on = youngest - TimeDelta::days(i64::try_from(day).unwrap_or(0));
    let pair = (index / days) % 250;
    let sequence = FIRST_SEQUENCE + pair * 2 + u64::from(male);
    let body =
        format!("{DISTRICT}{:04}{:02}{:02}{sequence:03}", born_on.year(), born_on.month(), born_on.day());
    let check = id_checksum(&body).expect("seventeen digits have a checksum");
    (format!("{body}{check}"), born_on)
}

/// The check character of the first seventeen digits of an ID number (GB 11643); none when they aren't digits.
pub fn id_checksum(body: &str) -> Option<char> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits: Option<Vec<u32>> = body.chars().map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits.filter(|d| d.len() == 17)?.iter().zip(WEIGHTS).map(|(d, w)| d * w).sum();
    "10X98765432".chars().nth(usize::try_from(sum % 11).ok()?)
}

/// The unified social credit code of the district's `index`th organisation (GB 32100), made in the demo district.
pub fn credit_code(index: u64) -> String {
    const DIGITS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let body = format!("91{DISTRICT}MA{:06}", index % 1_000_000);
    let organisation = format!("MA{:06}", index % 1_000_000);
    let full = format!("{body}{}", organisation_check(&organisation));
    let value = |c: char| DIGITS.find(c).unwrap_or(0);
    let sum: usize = full
        .chars()
        .zip([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
        .map(|(c, w)| value(c) * w)
        .sum();
    let check = DIGITS.chars().nth((31 - sum % 31) % 31).unwrap_or('0');
    format!("{full}{check}")
}

/// The check character of the eight characters of an organisation code (GB 11714).
fn organisation_check(body: &str) -> char {
    let value = |c: char| c.to_digit(36).unwrap_or(0);
    let sum: u32 = body.chars().zip([3, 7, 9, 10, 5, 8, 4, 2]).map(|(c, w)| value(c) * w).sum();
    match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    }
}

/// A mobile telephone number of eleven digits.
pub fn mobile(random: &mut Random) -> String {
    const PREFIXES: [&str; 16] = [
        "130", "132", "135", "136", "137", "138", "139", "150", "151", "155", "158", "159", "176", "183",
        "187", "199",
    ];
    let prefix = random.pick(&PREFIXES);
    format!("{prefix}{:08}", random.below(100_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standards_example() {
        assert_eq!(id_checksum("11010519491231002"), Some('X'));
        assert_eq!(id_checksum("44052418800101001"), Some('4'));
        assert_eq!(id_checksum("4405241880010100"), None);
        assert_eq!(id_checksum("4405241880010100A"), None);
    }

    #[test]
    fn credit_codes_have_eighteen_characters_and_differ() {
        let codes: std::collections::HashSet<String> = (0..5000).map(credit_code).collect();
        assert_eq!(codes.len(), 5000);
        assert!(codes.iter().all(|c| c.len() == 18 && c.starts_with("91410404MA")));
    }

    #[test]
    fn the_organisation_check_is_that_of_the_standards_example() {
        assert_eq!(organisation_check("D2143569"), 'X');
    }
}

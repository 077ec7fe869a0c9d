//! Who lives in the demo court's district: people, organisations, addresses, document numbers and telephones. All of
//! it is made up; the document numbers carry the district's code and sequence numbers that are not given out.

mod documents;
mod organisations;
mod people;
mod places;

pub use documents::{citizen_number, credit_code, id_checksum, mobile};
pub use organisations::organisation;
pub use people::{full_name, surname};
pub use places::{address, road, town, village};

use super::random::Random;
use chrono::NaiveDate;

/// A petitioner as the demo court's counter would take one down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub male: bool,
    pub born_on: NaiveDate,
    /// 18 characters, checksum right.
    pub id_number: String,
    pub phone: String,
    pub address: String,
    /// The nation as an ID card prints it, without 族.
    pub nation: &'static str,
    pub care: Care,
}

/// What somebody needs so that the court can serve them (关怀标记).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Care {
    pub elderly: bool,
    pub disabled: bool,
    pub ill: bool,
    pub interpreter: bool,
}

/// The age from which a visitor is served as elderly.
const ELDERLY_YEARS: u32 = 65;

/// The `index`th person of the district, grown up on `today`. No two indices below 5,000,000 share an ID number.
pub fn person(seed: u64, index: u64, today: NaiveDate) -> Person {
    let mut random = Random::of(seed, index);
    let male = random.happens(560);
    let (id_number, born_on) = citizen_number(index, male, today);
    let elderly = today.years_since(born_on).is_some_and(|age| age >= ELDERLY_YEARS);
    Person {
        name: full_name(&mut random, male, born_on),
        male,
        born_on,
        id_number,
        phone: mobile(&mut random),
        address: address(&mut random),
        nation: random.pick_weighted(&[
            ("汉", 962),
            ("回", 30),
            ("满", 4),
            ("蒙古", 2),
            ("壮", 1),
            ("土家", 1),
        ]),
        care: Care {
            elderly,
            disabled: random.happens(25),
            ill: random.happens(if elderly { 60 } else { 15 }),
            interpreter: random.happens(4),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    #[test]
    fn every_id_number_is_right_and_nobody_elses() {
        let people: Vec<Person> = (0..20_000).map(|i| person(1, i, today())).collect();
        let numbers: HashSet<&str> = people.iter().map(|p| p.id_number.as_str()).collect();
        assert_eq!(numbers.len(), people.len());
        for p in &people {
            let (body, check) = p.id_number.split_at(17);
            assert_eq!(id_checksum(body), check.chars().next(), "{}", p.id_number);
            assert!(body.starts_with("410404"));
            assert_eq!(body[6..14], p.born_on.format("%Y%m%d").to_string());
            assert_eq!(body[16..].parse::<u32>().unwrap() % 2 == 1, p.male);
            let age = today().years_since(p.born_on).unwrap();
            assert!((18..=89).contains(&age), "{age}");
        }
    }

    #[test]
    fn care_is_needed_at_the_rates_a_counter_sees() {
        let people: Vec<Person> = (0..10_000).map(|i| person(1, i, today())).collect();
        let rate = |has: fn(&Person) -> bool| people.iter().filter(|p| has(p)).count();
        assert!((1_500..3_500).contains(&rate(|p| p.care.elderly)));
        assert!((150..350).contains(&rate(|p| p.care.disabled)));
        assert!((10..100).contains(&rate(|p| p.care.interpreter)));
    }

    #[test]
    fn names_repeat_as_they_do_in_life_but_not_more() {
        let names: HashSet<String> = (0..10_000).map(|i| person(1, i, today()).name).collect();
        assert!((7_500..9_990).contains(&names.len()), "{}", names.len());
        assert!(names.iter().all(|n| (2..=4).contains(&n.chars().count())));
    }

    #[test]
    fn phones_have_eleven_digits_and_addresses_lie_in_the_district() {
        for i in 0..1000 {
            let p = person(3, i, today());
            assert!(p.phone.len() == 11 && p.phone.starts_with('1'), "{}", p.phone);
            assert!(p.address.starts_with("石龙区"), "{}", p.address);
        }
    }
}

//! Passwords as they are kept: argon2id, each with a salt of its own. Hashing is slow on purpose (tens of milliseconds,
//! 19 MiB), so it is done outside transactions.

use crate::error::Problem;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use pinyin::ToPinyin;
use rand::seq::IndexedRandom;
use std::sync::{Condvar, LazyLock, Mutex, PoisonError};

/// How many passwords are hashed at the same time. Each takes 19 MiB; without a bound, a flood of sign-ins would take
/// all memory.
const AT_ONCE: usize = 4;

/// What a password is compared with when there is no account: takes as long as a comparison with a real one.
static NOBODYS: LazyLock<Option<String>> = LazyLock::new(|| hash("nobody has this password").ok());

static FREE: Mutex<usize> = Mutex::new(AT_ONCE);
static RETURNED: Condvar = Condvar::new();

/// One of [`AT_ONCE`] turns, given back when dropped.
struct Turn;

impl Turn {
    fn take() -> Self {
        let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            free = RETURNED.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Turn
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *FREE.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        RETURNED.notify_one();
    }
}

/// `password` as it is kept.
///
/// # Errors
///
/// `Internal` when the machine gives no random salt.
pub fn hash(password: &str) -> Result<String, Problem> {
    let _turn = Turn::take();
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| Problem::internal(format!("a password could not be hashed: {error}")))
}

/// Whether `password` is the one kept as `hash`. With no account to compare with it is not, and takes as long to say so.
pub fn matches(password: &str, hash: Option<&str>) -> bool {
    let kept = hash.or(NOBODYS.as_deref());
    let Some(Ok(parsed)) = kept.map(PasswordHash::new) else {
        return false;
    };
    let _turn = Turn::take();
    let same = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
    same && hash.is_some()
}

/// A password that the system made up: shown once, and changed at the first sign-in.
pub struct OneTime {
    /// As given to the person.
    pub shown: String,
    /// As kept.
    pub hash: String,
}

impl std::fmt::Debug for OneTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OneTime(…)")
    }
}

/// Letters and digits that nobody mistakes for one another on paper.
const UPPER: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
const LOWER: &[u8] = b"abcdefghijkmnpqrstuvwxyz";
const DIGITS: &[u8] = b"23456789";

impl OneTime {
    /// Twelve random characters in groups of four, such as `Kp7m-x3Qd-R9tw`; about 54 random bits.
    ///
    /// # Errors
    ///
    /// As [`hash`].
    pub fn new() -> Result<Self, Problem> {
        let shown = (0..3).map(|_| group()).collect::<Vec<_>>().join("-");
        let hash = hash(&shown)?;
        Ok(OneTime { shown, hash })
    }
}

/// Upper case, lower case, digit, and one of any: each class is there whatever the dice say.
fn group() -> String {
    let rng = &mut rand::rng();
    let any: Vec<u8> = [UPPER, LOWER, DIGITS].concat();
    [UPPER, LOWER, DIGITS, &any].iter().filter_map(|set| set.choose(rng)).map(|b| char::from(*b)).collect()
}

/// How a name reads, without tones and blanks: 张三 is `zhangsan`, 吕布 as it is typed, `lvbu`. What is no Chinese
/// character stays out.
pub fn name_pinyin(name: &str) -> String {
    name.to_pinyin().flatten().map(|syllable| syllable.plain().replace('ü', "v")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::rules::password_complaints;

    #[test]
    fn a_password_matches_itself_only() {
        let kept = hash("Kestrel-42").unwrap();
        assert!(kept.starts_with("$argon2id$"), "{kept}");
        assert_ne!(kept, hash("Kestrel-42").unwrap());
        assert!(matches("Kestrel-42", Some(&kept)));
        assert!(!matches("kestrel-42", Some(&kept)));
        assert!(!matches("Kestrel-42", Some("not a hash")));
        assert!(!matches("nobody has this password", None));
    }

    #[test]
    fn one_time_passwords_keep_the_rules_and_differ() {
        let (one, two) = (OneTime::new().unwrap(), OneTime::new().unwrap());
        assert_ne!(one.shown, two.shown);
        assert_eq!(password_complaints(&one.shown, "zhangsan", "zhangsan"), []);
        assert!(matches(&one.shown, Some(&one.hash)));
        assert!(!format!("{one:?}").contains(&one.shown));
    }

    #[test]
    fn names_read_as_pinyin() {
        assert_eq!(name_pinyin("张三"), "zhangsan");
        assert_eq!(name_pinyin("吕 布"), "lvbu");
        assert_eq!(name_pinyin("Smith"), "");
    }
}

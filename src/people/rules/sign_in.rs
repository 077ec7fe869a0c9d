//! When signing in is refused, and how long a session lasts (GB/T 22239-2019 8.1.4.1 b).

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// The numbers that sign-in and sessions go by. The defaults are practice under 等保 level 3; the standard has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInLimits {
    /// Failures in a row that lock an account.
    pub account_failures: i64,
    /// Minutes that an account stays locked.
    pub account_minutes: i64,
    /// Failures from one address, within `address_minutes`, after which it is refused for as long again.
    pub address_failures: i64,
    pub address_minutes: i64,
    /// Minutes without a request after which a session lapses.
    pub idle_minutes: i64,
    /// Hours after signing in when a session lapses in any case.
    pub absolute_hours: i64,
    /// Days after which a password must be changed; 0 for never.
    pub password_days: i64,
    /// Days after which a one-time password that was not used no longer opens the account; 0 for never.
    pub one_time_days: i64,
    /// How many of a person's last passwords, the present one among them, may not be chosen again.
    pub remembered_passwords: i64,
}

impl Default for SignInLimits {
    fn default() -> Self {
        SignInLimits {
            account_failures: 5,
            account_minutes: 15,
            address_failures: 20,
            address_minutes: 15,
            idle_minutes: 30,
            absolute_hours: 12,
            password_days: 90,
            one_time_days: 7,
            remembered_passwords: 5,
        }
    }
}

/// Failed sign-ins, of one account or from one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    pub failures: i64,
    /// When the first of them was.
    pub since_at: NaiveDateTime,
    pub locked_until: Option<NaiveDateTime>,
}

/// Until when signing in is refused without looking at the password, if it is. The end itself is open again.
pub fn refused_until(tally: Option<Tally>, now: NaiveDateTime) -> Option<NaiveDateTime> {
    tally.and_then(|tally| tally.locked_until).filter(|until| now < *until)
}

/// The tally of an account after one more failure: failures in a row, however far apart, lock it. After a lock has
/// ended the count begins anew.
pub fn account_failure(tally: Option<Tally>, now: NaiveDateTime, limits: &SignInLimits) -> Tally {
    let before = tally.filter(|tally| tally.locked_until.is_none_or(|until| now < until));
    one_more(before, now, limits.account_failures, limits.account_minutes)
}

/// The tally of an address after one more failure: those of the last `address_minutes` count.
pub fn address_failure(tally: Option<Tally>, now: NaiveDateTime, limits: &SignInLimits) -> Tally {
    let window = TimeDelta::minutes(limits.address_minutes);
    let before = tally.filter(|tally| match tally.locked_until {
        Some(until) => now < until,
        None => now - tally.since_at < window,
    });
    one_more(before, now, limits.address_failures, limits.address_minutes)
}

fn one_more(before: Option<Tally>, now: NaiveDateTime, most: i64, minutes: i64) -> Tally {
    let failures = before.map_or(0, |tally| tally.failures) + 1;
    let locked_until = (failures >= most).then(|| now + TimeDelta::minutes(minutes));
    Tally { failures, since_at: before.map_or(now, |tally| tally.since_at), locked_until }
}

/// How a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    Live,
    /// Its time ran out.
    Lapsed,
    /// Somebody ended it.
    Ended,
}

/// A session that was ended stays ended; one that was idle or open for too long has lapsed, to the moment.
pub fn session_state(
    created_at: NaiveDateTime,
    last_seen_at: NaiveDateTime,
    ended_at: Option<NaiveDateTime>,
    now: NaiveDateTime,
    limits: &SignInLimits,
) -> SessionState {
    if ended_at.is_some() {
        SessionState::Ended
    } else if now - last_seen_at >= TimeDelta::minutes(limits.idle_minutes)
        || now - created_at >= TimeDelta::hours(limits.absolute_hours)
    {
        SessionState::Lapsed
    } else {
        SessionState::Live
    }
}

/// Whether a password must be changed before anything else: a one-time one, or one older than the limit.
pub fn must_change(
    one_time: bool,
    changed_at: NaiveDateTime,
    now: NaiveDateTime,
    limits: &SignInLimits,
) -> bool {
    one_time || older(changed_at, now, limits.password_days)
}

/// Whether a one-time password has waited too long to be used.
pub fn one_time_lapsed(
    one_time: bool,
    given_at: NaiveDateTime,
    now: NaiveDateTime,
    limits: &SignInLimits,
) -> bool {
    one_time && older(given_at, now, limits.one_time_days)
}

fn older(at: NaiveDateTime, now: NaiveDateTime, days: i64) -> bool {
    days > 0 && now - at >= TimeDelta::days(days)
}

/// Whether an account's time is over. `expires_on` is its last day.
pub fn account_ended(expires_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    expires_on.is_some_and(|last| last < today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(&format!("2026-11-{text}"), "%Y-%m-%d %H:%M").unwrap()
    }

    const LIMITS: SignInLimits = SignInLimits {
        account_failures: 5,
        account_minutes: 15,
        address_failures: 20,
        address_minutes: 15,
        idle_minutes: 30,
        absolute_hours: 12,
        password_days: 90,
        one_time_days: 7,
        remembered_passwords: 5,
    };

    #[test]
    fn five_failures_in_a_row_lock_an_account_for_fifteen_minutes() {
        let mut tally = None;
        for n in 1..=4 {
            tally = Some(account_failure(tally, at("23 09:00"), &LIMITS));
            assert_eq!(tally.unwrap().failures, n);
            assert_eq!(refused_until(tally, at("23 09:00")), None);
        }
        tally = Some(account_failure(tally, at("25 09:00"), &LIMITS));
        assert_eq!(refused_until(tally, at("25 09:14")), Some(at("25 09:15")));
        assert_eq!(refused_until(tally, at("25 09:15")), None);
        let again = account_failure(tally, at("25 09:15"), &LIMITS);
        assert_eq!((again.failures, again.locked_until), (1, None));
    }

    #[test]
    fn twenty_failures_within_fifteen_minutes_refuse_an_address() {
        let mut tally = None;
        for _ in 0..19 {
            tally = Some(address_failure(tally, at("23 09:00"), &LIMITS));
        }
        assert_eq!(refused_until(tally, at("23 09:00")), None);
        let slow = address_failure(tally, at("23 09:15"), &LIMITS);
        assert_eq!((slow.failures, slow.since_at), (1, at("23 09:15")));
        let fast = Some(address_failure(tally, at("23 09:14"), &LIMITS));
        assert_eq!(refused_until(fast, at("23 09:28")), Some(at("23 09:29")));
        assert_eq!(refused_until(fast, at("23 09:29")), None);
    }

    #[test]
    fn a_session_lapses_after_half_an_hour_idle_or_twelve_hours_at_most() {
        use SessionState::{Ended, Lapsed, Live};
        let cases = [
            ("23 09:00", "23 09:00", None, "23 09:00", Live),
            ("23 09:00", "23 09:00", None, "23 09:29", Live),
            ("23 09:00", "23 09:00", None, "23 09:30", Lapsed),
            ("23 09:00", "23 20:59", None, "23 20:59", Live),
            ("23 09:00", "23 20:59", None, "23 21:00", Lapsed),
            ("23 09:00", "23 09:00", Some("23 09:10"), "23 09:11", Ended),
            ("23 09:00", "23 09:00", Some("23 09:10"), "24 09:11", Ended),
        ];
        for (created, seen, ended, now, state) in cases {
            assert_eq!(session_state(at(created), at(seen), ended.map(at), at(now), &LIMITS), state, "{now}");
        }
    }

    #[test]
    fn passwords_age_and_one_time_ones_lapse() {
        let day = |n: i64| at("23 09:00") + TimeDelta::days(n);
        assert!(must_change(true, day(0), day(0), &LIMITS));
        assert!(!must_change(false, day(0), day(89), &LIMITS));
        assert!(must_change(false, day(0), day(90), &LIMITS));
        let never = SignInLimits { password_days: 0, one_time_days: 0, ..LIMITS };
        assert!(!must_change(false, day(0), day(900), &never));
        assert!(!one_time_lapsed(true, day(0), day(6), &LIMITS));
        assert!(one_time_lapsed(true, day(0), day(7), &LIMITS));
        assert!(!one_time_lapsed(false, day(0), day(7), &LIMITS));
        assert!(!one_time_lapsed(true, day(0), day(700), &never));
    }

    #[test]
    fn an_account_works_on_its_last_day() {
        let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        assert!(!account_ended(None, day(23)));
        assert!(!account_ended(Some(day(23)), day(23)));
        assert!(account_ended(Some(day(23)), day(24)));
    }

    #[test]
    fn the_defaults_are_those_documented() {
        assert_eq!(SignInLimits::default(), LIMITS);
    }
}

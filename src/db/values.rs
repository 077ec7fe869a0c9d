//! Ids and coded enums: how they are made, and how both databases keep them.

use crate::time::Moment;
use std::sync::atomic::{AtomicI64, Ordering};

/// Makes ids: 63 bits, later ones greater, no two alike within a process and, with ten bits drawn at start, none
/// alike between instances in practice.
///
/// Bits from the top: 41 of milliseconds since 2024, 12 of a counter, 10 of the instance.
#[derive(Debug)]
pub struct NewIds {
    last: AtomicI64,
    instance: i64,
}

/// 2024-01-01T00:00:00Z in milliseconds.
const EPOCH_MS: i64 = 1_704_067_200_000;
const INSTANCE_BITS: u32 = 10;
const STEP: i64 = 1 << INSTANCE_BITS;

impl NewIds {
    /// Ids marked with these ten bits.
    pub const fn of_instance(instance: i64) -> Self {
        NewIds { last: AtomicI64::new(0), instance: instance & (STEP - 1) }
    }

    /// The next id at `now`. Moments before 2024 count as its first.
    pub fn next(&self, now: Moment) -> i64 {
        let ms = (now.utc().and_utc().timestamp_millis() - EPOCH_MS).max(0);
        let floor = ms << 22;
        let after = |last: i64| if last >= floor { last + STEP } else { floor };
        let last = self
            .last
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| Some(after(last)))
            .unwrap_or_else(|last| last);
        after(last) | self.instance
    }
}

static IDS: std::sync::LazyLock<NewIds> =
    std::sync::LazyLock::new(|| NewIds::of_instance(rand::random::<i64>()));

/// The process's next id; see [`NewIds`].
pub fn next_id(now: Moment) -> i64 {
    IDS.next(now)
}

/// Defines the id of a thing: `id!(/// Which matter. MatterId);` gives a newtype over `i64` that both databases keep as
/// `BIGINT`, that reads and prints as its number, and `MatterId::new(now)`.
#[macro_export]
macro_rules! __id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
            serde::Serialize, serde::Deserialize,
        )]
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub i64);

        impl $name {
            /// The process's next id.
            pub fn new(now: $crate::time::Moment) -> Self {
                $name($crate::db::next_id(now))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }

        impl TryFrom<String> for $name {
            type Error = std::num::ParseIntError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.to_string()
            }
        }

        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::BigInt, DB> for $name
        where
            i64: diesel::serialize::ToSql<diesel::sql_types::BigInt, DB>,
        {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, DB>,
            ) -> diesel::serialize::Result {
                self.0.to_sql(out)
            }
        }

        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB> for $name
        where
            i64: diesel::deserialize::FromSql<diesel::sql_types::BigInt, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                i64::from_sql(bytes).map($name)
            }
        }
    };
}
pub use __id as id;

/// Defines an enum that the databases keep as a word (`code`) and pages show as another (`label`):
/// `coded!(/// Where a matter stands. pub enum Stage { Registered = "registered" "已登记", … });`
/// Never change a code: old rows hold it.
#[macro_export]
macro_rules! __coded {
    ($(#[$doc:meta])* pub enum $name:ident {
        $($(#[$vdoc:meta])* $variant:ident = $code:literal $label:literal),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
            serde::Serialize, serde::Deserialize,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in the databases and in addresses.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The word on every page, paper and mail.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// The one with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(code: &str) -> Result<Self, String> {
                Self::from_code(code).ok_or_else(|| format!("{} has no {code:?}", stringify!($name)))
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(code: String) -> Result<Self, String> {
                code.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.code().to_owned()
            }
        }

        impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, DB>,
            ) -> diesel::serialize::Result {
                self.code().to_sql(out)
            }
        }

        impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                Ok(String::from_sql(bytes)?.parse()?)
            }
        }
    };
}
pub use __coded as coded;

#[cfg(test)]
mod tests {
    use super::*;

    coded! {
        /// For this test.
        pub enum Light { Red = "red" "超期", Green = "green" "正常" }
    }
    id!(LampId);

    #[test]
    fn a_coded_enum_knows_its_words() {
        assert_eq!(Light::ALL.len(), 2);
        assert_eq!((Light::Red.code(), Light::Red.label()), ("red", "超期"));
        assert_eq!(Light::from_code("green"), Some(Light::Green));
        assert!("blue".parse::<Light>().is_err());
    }

    #[test]
    fn ids_rise_and_never_repeat_also_when_the_clock_stands_or_goes_back() {
        let ids = NewIds::of_instance(5);
        let at = |ms| Moment::from_utc(chrono::DateTime::from_timestamp_millis(ms).unwrap().naive_utc());
        let made: Vec<i64> = [EPOCH_MS + 9, EPOCH_MS + 9, EPOCH_MS + 3, EPOCH_MS + 10]
            .map(at)
            .into_iter()
            .map(|m| ids.next(m))
            .collect();
        assert!(made.windows(2).all(|w| w[0] < w[1]), "{made:?}");
        assert_eq!(LampId(7).to_string().parse::<LampId>(), Ok(LampId(7)));
    }
}

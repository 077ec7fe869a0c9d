//! Where the list is.

use super::types::Duty;

pub const LIST: &str = "/after-closing";

pub fn of(duty: Duty) -> String {
    format!("{LIST}?what={}", duty.code())
}

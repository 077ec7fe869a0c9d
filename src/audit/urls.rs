//! Where the trail is. Only ids, codes and days stand in its addresses.

use super::forms::FilterForm;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

pub const TRAIL: &str = "/audit";
pub const VERIFY: &str = "/audit/verify";

/// The list narrowed by `form`, from the lines older than `before` on.
pub fn page(form: &FilterForm, before: Option<i64>) -> String {
    let before = before.map_or_else(String::new, |seq| seq.to_string());
    let fields = [
        ("actor", &form.actor),
        ("action", &form.action),
        ("kind", &form.kind),
        ("id", &form.id),
        ("from", &form.from),
        ("to", &form.to),
        ("before", &before),
    ];
    let filled: Vec<String> = fields
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
        .collect();
    if filled.is_empty() { TRAIL.to_owned() } else { format!("{TRAIL}?{}", filled.join("&")) }
}

//! Where archived files are. Archiving is an event of a matter: `matters::urls::event`.

use crate::matters::MatterId;

pub const LIST: &str = "/archive";
pub const EXPORT: &str = "/archive/export";

/// The printed cover and index.
pub fn cover(matter: MatterId) -> String {
    format!("/archive/{matter}/cover")
}

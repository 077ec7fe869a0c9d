//! The demo court: a made-up basic court with people, matters and a history, the same each time it is built.

pub mod names;
pub mod random;

/// The demo court's full name.
pub const COURT: &str = "石龙区人民法院";
/// Its code in case numbers.
pub const COURT_CODE: &str = "豫0404";
/// Its short name, in the numbers of matters.
pub const COURT_SHORT: &str = "石法";

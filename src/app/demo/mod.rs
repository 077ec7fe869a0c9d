//! The demo court: a made-up basic court with people, matters and a history, the same each time it is built.

pub mod build;
pub mod names;
pub mod random;
pub mod scale;
pub mod script;
pub mod staff;
#[cfg(test)]
mod tests;
pub mod texts;

/// The demo court's full name.
pub const COURT: &str = "石龙区人民法院";
/// Its code in case numbers.
pub const COURT_CODE: &str = "豫0404";
/// Its short name, in the numbers of matters.
pub const COURT_SHORT: &str = "石法";

/// Words that brand people or speak of watching them. The demo court, like a real one, doesn't use them.
#[cfg(test)]
const NEVER_SAID: [&str; 12] =
    ["缠访", "闹访", "缠诉", "非访", "无理", "老户", "重点人", "稳控", "盯控", "截访", "劝返", "黑名单"];

//! Where call-backs are.

pub const LIST: &str = "/call-backs";
pub const EXPORT: &str = "/call-backs/export";

//! Where requests for review are.

/// What lower courts of this installation sent up.
pub const ABOVE: &str = "/reviews";

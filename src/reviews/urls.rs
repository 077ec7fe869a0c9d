//! Where requests for review are.

/// What is open, and what lower courts of this installation sent up.
pub const ABOVE: &str = "/reviews";

//! 信访事项: one grievance about one thing, its contacts and its life.

pub mod case_number;
pub mod command;
pub mod shipped;

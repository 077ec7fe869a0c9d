//! 信访事项: one grievance about one thing, its contacts and its life.

pub mod shipped;

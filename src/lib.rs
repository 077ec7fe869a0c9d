//! 听讼 Tingsong: a court-internal tracker of 涉诉信访. This page is the map.

pub mod people;

pub mod crypto;
pub mod db;
pub mod error;
pub mod schema;
pub mod time;

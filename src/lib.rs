//! 听讼 Tingsong: a court-internal tracker of 涉诉信访. This page is the map.

pub mod app;
pub mod audit;
pub mod calendar;
pub mod deadlines;
pub mod people;
pub mod proposals;

pub mod crypto;
pub mod db;
pub mod error;
pub mod files;
pub mod mail;
pub mod matters;
pub mod petitioners;
pub mod schema;
pub mod search;
pub mod sheets;
pub mod text;
pub mod ticker;
pub mod time;
pub mod today;
pub mod web;

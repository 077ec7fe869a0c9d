//! `tingsong demo --scale N`: a court of any size, to measure on. Rows are drawn on all cores, each matter from a stream
//! of chance of its own, and written in order by one connection; the trail's chain is whole. What is drawn depends on
//! nothing but the number of matters and the moment.

mod draw;
mod history;
mod load;
mod passing;
mod rows;
mod stages;
mod timetable;
mod trail;

pub use load::{Progress, load};

/// The most matters: ids have room for so many.
pub const MOST: u32 = 4_000_000;

/// Streams of chance of bulk matters: nobody else's.
const SEED: u64 = 0x6d61_7373;

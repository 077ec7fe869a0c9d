//! 信访事项: one grievance about one thing, its contacts and its life.

pub mod actions;
pub mod audience;
pub mod case_number;
pub mod command;
pub mod due;
pub mod forms;
mod index;
pub mod life;
pub mod mails;
pub mod pages;
mod routes;
pub mod rules;
mod sheets;
pub mod shipped;
pub mod stages;
pub mod store;
mod timeline;
pub mod types;
pub mod urls;
pub mod views;

pub use index::{index, reindex};
pub use routes::{conflict, routes};
pub use store::{
    barred, barred_from, complaints_about, end_hands, entry_of, find, find_all, guidance_given, hands_of,
    hands_of_all, insert_hand, loads, of_job,
};
pub use timeline::{add_case, correct, note, refresh_next, reply};
pub use types::{ContactId, EntryKind, Matter, MatterId};

use crate::db::{Conn, next_id};
use crate::error::Problem;
use crate::time::Moment;

/// Puts in the categories and guidance reasons that come with the program, where there are none yet.
///
/// # Errors
///
/// When the database is away.
pub fn seed(conn: &mut Conn, now: Moment) -> Result<(), Problem> {
    if !store::categories(conn)?.is_empty() {
        return Ok(());
    }
    for (position, shipped) in (1_i64..).zip(shipped::categories()) {
        let category = types::Category {
            id: next_id(now),
            court_id: None,
            code: shipped.code.to_owned(),
            parent_code: shipped.parent.map(str::to_owned),
            name: shipped.name.to_owned(),
            conduct: shipped.code.starts_with("conduct"),
            position,
            active: true,
            version: 0,
        };
        store::insert_category(conn, &category)?;
    }
    for (position, shipped) in (1_i64..).zip(shipped::guidance_reasons()) {
        let reason = types::GuidanceReason {
            id: next_id(now),
            court_id: None,
            code: shipped.code.to_owned(),
            name: shipped.name.to_owned(),
            channel: shipped.channel.to_owned(),
            legal_source: shipped.legal_source.unwrap_or("").to_owned(),
            active: shipped.legal_source.is_some(),
            position,
            version: 0,
        };
        store::insert_guidance_reason(conn, &reason)?;
    }
    Ok(())
}

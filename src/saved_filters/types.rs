//! A filter that somebody keeps.

use crate::db::{coded, id};
use crate::people::StaffId;
use crate::schema::saved_filters;
use chrono::NaiveDateTime;
use diesel::prelude::*;

id!(
    /// Which saved filter (保存的筛选).
    SavedFilterId
);

coded! {
    /// The register that a filter narrows.
    pub enum Register {
        Matters = "matters" "信访事项",
        Contacts = "contacts" "来访来信",
    }
}

/// A filter under the name that its owner gave it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = saved_filters)]
pub struct SavedFilter {
    pub id: SavedFilterId,
    pub staff_id: StaffId,
    pub register: Register,
    pub name: String,
    /// As it stands in the address, without `?`; made by [`super::rules`] from known codes, ids and days.
    pub query: String,
    pub saved_at: NaiveDateTime,
}

/// A saved filter as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub filter: SavedFilter,
    pub href: String,
    /// How many open matters it finds, no further than the workbench counts; `None` where it isn't counted.
    pub open: Option<i64>,
}

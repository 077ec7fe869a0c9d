//! Where saved filters are kept. Each is its owner's alone, so that every query names the owner.

use super::types::{SavedFilter, SavedFilterId};
use crate::db::Conn;
use crate::people::StaffId;
use crate::schema::saved_filters;
use diesel::prelude::*;

/// Everything that this person keeps, the oldest first.
pub fn of(conn: &mut Conn, owner: StaffId) -> QueryResult<Vec<SavedFilter>> {
    saved_filters::table.filter(saved_filters::staff_id.eq(owner)).order(saved_filters::id).load(conn)
}

/// One of this person's.
pub fn find(conn: &mut Conn, owner: StaffId, id: SavedFilterId) -> QueryResult<SavedFilter> {
    saved_filters::table.find(id).filter(saved_filters::staff_id.eq(owner)).first(conn)
}

pub fn insert(conn: &mut Conn, filter: &SavedFilter) -> QueryResult<()> {
    diesel::insert_into(saved_filters::table).values(filter.clone()).execute(conn).map(drop)
}

pub fn rename(conn: &mut Conn, id: SavedFilterId, name: &str) -> QueryResult<usize> {
    diesel::update(saved_filters::table.find(id)).set(saved_filters::name.eq(name)).execute(conn)
}

pub fn delete(conn: &mut Conn, id: SavedFilterId) -> QueryResult<usize> {
    diesel::delete(saved_filters::table.find(id)).execute(conn)
}

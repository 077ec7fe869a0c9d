//! The registers (台账): filtered, keyset-paged.

use super::visible::{contact_visible, visible};
use crate::db::Conn;
use crate::matters::types::{Contact, ContactFilter, ContactId, Matter, MatterFilter, MatterId, Stage};
use crate::people::Scope;
use crate::schema::{contacts as contacts_table, hands, matters};
use chrono::NaiveDate;
use diesel::prelude::*;

const MOST_IN_HAND: i64 = 2_000;

/// The matters in which somebody has this hand: read first, because they are few and the matters are many. Nobody has
/// more than [`MOST_IN_HAND`].
fn in_hand(conn: &mut Conn, filter: &MatterFilter) -> QueryResult<Option<Vec<MatterId>>> {
    let Some((part, who, heads)) = filter.hand else { return Ok(None) };
    let held = hands::table
        .filter(hands::part.eq(part).and(hands::until.is_null()))
        .order(hands::matter_id.desc())
        .select(hands::matter_id)
        .limit(MOST_IN_HAND);
    let mut all: Vec<MatterId> = held.filter(hands::staff_id.eq(who)).load(conn)?;
    if let Some(division) = heads {
        let to_division = hands::staff_id.is_null().and(hands::division_id.eq(division));
        all.extend(held.filter(to_division).load::<MatterId>(conn)?);
    }
    Ok(Some(all))
}

type Filtered<'a> = matters::BoxedQuery<'a, crate::db::MultiBackend>;

fn filtered<'a>(conn: &mut Conn, scope: &Scope, filter: &MatterFilter) -> QueryResult<Filtered<'a>> {
    let mut query = matters::table.filter(visible(scope)).into_boxed();
    if let Some(ids) = in_hand(conn, filter)? {
        query = query.filter(matters::id.eq_any(ids));
    }
    if let Some(stage) = filter.stage {
        query = query.filter(matters::stage.eq(stage));
    }
    if filter.open {
        query = query.filter(matters::stage.ne(Stage::Closed));
    }
    if let Some(category) = filter.category.clone() {
        let below = format!("{category}.%");
        query = query.filter(matters::category_code.eq(category).or(matters::category_code.like(below)));
    }
    if let Some(division) = filter.division {
        query = query.filter(matters::division_id.eq(division));
    }
    if let Some(accountable) = filter.accountable {
        query = query.filter(matters::accountable_id.eq(accountable));
    }
    if let Some(day) = filter.due_until {
        query = query.filter(matters::next_due_on.le(day));
    }
    if let Some(conduct) = filter.conduct {
        query = query.filter(matters::conduct.eq(conduct));
    }
    if let Some(tier) = filter.tier {
        query = query.filter(matters::tier.eq(tier));
    }
    if let Some(contacts) = filter.contacts_from {
        query = query.filter(matters::contact_count.ge(contacts));
    }
    if let Some(from) = filter.registered_from {
        query = query.filter(matters::registered_at.ge(from));
    }
    if let Some(before) = filter.registered_before {
        query = query.filter(matters::registered_at.lt(before));
    }
    Ok(query)
}

/// How many open matters this person may see of those filtered; counts no further than `most`.
pub fn count_open(conn: &mut Conn, scope: &Scope, filter: &MatterFilter, most: i64) -> QueryResult<i64> {
    let mut query = filtered(conn, scope, filter)?.filter(matters::stage.ne(Stage::Closed));
    if filter.stage.is_none() {
        // By date, so that it is counted along the index of what is open, not among all that was ever closed.
        query = query.order((matters::next_due_on, matters::id));
    }
    let rows: Vec<MatterId> = query.select(matters::id).limit(most).load(conn)?;
    Ok(i64::try_from(rows.len()).unwrap_or(most))
}

/// Matters this person may see, the newest first, after `after`.
pub fn matters_newest(
    conn: &mut Conn,
    scope: &Scope,
    filter: &MatterFilter,
    after: Option<MatterId>,
    limit: i64,
) -> QueryResult<Vec<Matter>> {
    let mut query = filtered(conn, scope, filter)?;
    if let Some(after) = after {
        query = query.filter(matters::id.lt(after));
    }
    query.order(matters::id.desc()).limit(limit).load(conn)
}

/// Open matters this person may see, the next due first, after the row `(due_on, id)`.
pub fn matters_by_due(
    conn: &mut Conn,
    scope: &Scope,
    filter: &MatterFilter,
    after: Option<(NaiveDate, MatterId)>,
    limit: i64,
) -> QueryResult<Vec<Matter>> {
    let mut query = filtered(conn, scope, filter)?.filter(matters::stage.ne(Stage::Closed));
    if let Some((due_on, id)) = after {
        let later = matters::next_due_on.gt(due_on);
        query = query.filter(later.or(matters::next_due_on.eq(due_on).and(matters::id.gt(id))));
    }
    query.order((matters::next_due_on, matters::id)).limit(limit).load(conn)
}

/// Contacts of matters this person may see, the newest first, after `after`.
pub fn contacts(
    conn: &mut Conn,
    scope: &Scope,
    filter: &ContactFilter,
    after: Option<ContactId>,
    limit: i64,
) -> QueryResult<Vec<Contact>> {
    let mut query = contacts_table::table
        .inner_join(matters::table)
        .filter(contact_visible(scope))
        .select(contacts_table::all_columns)
        .into_boxed();
    if let Some(channel) = filter.channel {
        query = query.filter(contacts_table::channel.eq(channel));
    }
    if let Some(first) = filter.first {
        query = if first {
            query.filter(contacts_table::nth.eq(1))
        } else {
            query.filter(contacts_table::nth.gt(1))
        };
    }
    if filter.group {
        query = query.filter(contacts_table::people_count.ge(crate::matters::types::GROUP_FROM));
    }
    if let Some(who) = filter.received_by {
        query = query.filter(contacts_table::received_by.eq(who));
    }
    if let Some(from) = filter.from {
        query = query.filter(contacts_table::happened_at.ge(from));
    }
    if let Some(before) = filter.before {
        query = query.filter(contacts_table::happened_at.lt(before));
    }
    if let Some(after) = after {
        query = query.filter(contacts_table::id.lt(after));
    }
    query.order(contacts_table::id.desc()).limit(limit).load(conn)
}

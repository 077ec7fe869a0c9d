//! Saved filters with their addresses and counts.

use super::store;
use super::types::{Register, SavedFilter, Shown};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::forms::{ContactQuery, MatterQuery};
use crate::matters::types::Stage;
use crate::matters::{urls, views};
use crate::people::Act;
use crate::web::listing::address;
use serde::Serialize;

/// Where a saved filter leads.
fn href(filter: &SavedFilter) -> String {
    let register = match filter.register {
        Register::Matters => urls::MATTERS,
        Register::Contacts => urls::CONTACTS,
    };
    format!("{register}?{}", filter.query)
}

/// The person's filters of a register, uncounted, for the register's own page.
///
/// # Errors
///
/// When the database is away.
pub fn of_register(conn: &mut Conn, act: &Act, register: Register) -> Result<Vec<Shown>, Problem> {
    let Some(me) = act.by.staff_id else { return Ok(Vec::new()) };
    let all = store::of(conn, me)?.into_iter().filter(|one| one.register == register);
    Ok(all.map(|filter| Shown { href: href(&filter), filter, open: None }).collect())
}

/// All filters of the person. Those of matters say how many open ones they find; one that looks for closed matters, and
/// those of contacts, aren't counted: years of them would have to be walked.
///
/// # Errors
///
/// When the database is away.
pub fn counted(conn: &mut Conn, act: &Act) -> Result<Vec<Shown>, Problem> {
    let Some(me) = act.by.staff_id else { return Ok(Vec::new()) };
    let near = calendar::working_days(conn)?.near(act.now.today());
    let mut shown = Vec::new();
    for filter in store::of(conn, me)? {
        let open = match filter.register {
            Register::Matters => {
                let query: MatterQuery =
                    serde_html_form::from_str(&filter.query).map_err(Problem::internal)?;
                let closed = query.stage == Stage::Closed.code();
                let narrowed = query.filter(&act.by, &near);
                if closed { None } else { Some(views::count(conn, &act.by.scope, &narrowed)?) }
            }
            Register::Contacts => None,
        };
        shown.push(Shown { href: href(&filter), filter, open });
    }
    Ok(shown)
}

/// What a register's form to save sends along: the filters that are set, without the place in the list; `None` where
/// none is.
pub fn to_save_of_matters(query: &MatterQuery) -> Option<String> {
    let any = !address("", query, &[("order", ""), ("after", "")]).is_empty();
    any.then(|| from_the_beginning(query))
}

/// As [`to_save_of_matters`], of contacts.
pub fn to_save_of_contacts(query: &ContactQuery) -> Option<String> {
    Some(from_the_beginning(query)).filter(|set| !set.is_empty())
}

fn from_the_beginning(query: &impl Serialize) -> String {
    address("", query, &[("after", "")]).trim_start_matches('?').to_owned()
}

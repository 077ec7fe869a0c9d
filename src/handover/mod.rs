//! 移交: everything that a departing or moved person holds goes to those who take it on, in one act: a dry run first, a
//! printed list after. Nobody who still holds something can be deactivated.

pub mod actions;
pub mod forms;
pub mod pages;
mod routes;
pub mod rules;
mod store;
pub mod types;
pub mod urls;

pub use routes::routes;
pub use store::{holdings, holdings_shown, left_holding};

use crate::campaigns;
use crate::db::Conn;
use crate::people::StaffId;
use diesel::QueryResult;
use types::Holding;

/// What keeps somebody from leaving, in words: what they hold of matters, and the campaigns that they run, which are given
/// to somebody else on their own page. Empty for nothing. Complaints about whoever looks (`None`: the system) are counted
/// in none of it.
///
/// # Errors
///
/// When the database is away.
pub fn all_in_words(conn: &mut Conn, who: StaffId, looking: Option<StaffId>) -> QueryResult<String> {
    let held = in_words_of(conn, who, looking, <[Holding]>::to_vec)?;
    with_campaigns(conn, who, held)
}

/// What somebody holds, as a page shows it: of complaints about whoever looks there is no trace, not even that there is
/// something else.
///
/// # Errors
///
/// When the database is away.
pub fn shown_in_words(conn: &mut Conn, who: StaffId, looking: StaffId) -> QueryResult<String> {
    let held = rules::in_words(&holdings_shown(conn, who, looking)?);
    with_campaigns(conn, who, held)
}

fn with_campaigns(conn: &mut Conn, who: StaffId, held: String) -> QueryResult<String> {
    let led = campaigns::led_by(conn, who)?.into_iter();
    let led = led.map(|name| format!("集中执行“{name}”的负责人（请在集中执行页更换）"));
    Ok(Some(held).filter(|held| !held.is_empty()).into_iter().chain(led).collect::<Vec<_>>().join("、"))
}

/// What `which` picks of what somebody holds, in words, as [`all_in_words`].
///
/// # Errors
///
/// When the database is away.
pub fn in_words_of(
    conn: &mut Conn,
    who: StaffId,
    looking: Option<StaffId>,
    which: impl Fn(&[Holding]) -> Vec<Holding>,
) -> QueryResult<String> {
    let all = which(&holdings(conn, who)?);
    let shown = match looking {
        Some(me) => which(&holdings_shown(conn, who, me)?),
        None => all.clone(),
    };
    let hidden = shown.is_empty() && !all.is_empty();
    Ok(if hidden { "其他事项".to_owned() } else { rules::in_words(&shown) })
}

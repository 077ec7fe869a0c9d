//! Lets the petition office bring together what belongs together and archive a file, once everything else has happened.

use super::cast::Cast;
use crate::archive::{self, Filing, Item, Retention};
use crate::crypto::Keys;
use crate::db::Conn;
use crate::error::Problem;
use crate::links::LinkKind;
use crate::links::actions::{self, Entered};
use crate::matters::{self, Matter, MatterId};
use crate::time::Moment;
use chrono::TimeDelta;
use std::collections::HashMap;
use std::sync::Arc;

/// Links, merges and archives matters of the script, shortly before `now`.
pub(super) fn bind(
    conn: &mut Conn,
    cast: &Cast,
    keys: &Arc<Keys>,
    known: &HashMap<&'static str, MatterId>,
    now: Moment,
) -> Result<(), Problem> {
    let act = cast.act(conn, "tianyuan", now.plus(-TimeDelta::seconds(50)), keys)?;
    let (later, original) = (at(conn, known, "special-same-visitor-again")?, at(conn, known, "handling-01")?);
    let entered = Entered {
        other: original.id,
        kind: LinkKind::Repeat,
        is_original: false,
        note: "同一信访人，他的执行事项正在办理，接待时一并说明。".to_owned(),
    };
    actions::link(conn, &act, later.id, later.version, &entered)?;
    let act = cast.act(conn, "tianyuan", now.plus(-TimeDelta::seconds(40)), keys)?;
    let (merged, survivor) = (at(conn, known, "counter-01")?, at(conn, known, "handling-03-overdue")?);
    let reason = "被执行人是同一家公司，由执行局一并查控、一并答复。";
    actions::merge(conn, &act, merged.id, merged.version, survivor.id, reason)?;
    let act = cast.act(conn, "dingjing", now.plus(-TimeDelta::seconds(30)), keys)?;
    let filed = at(conn, known, "closed-02")?;
    let papers = [("来访登记表", 2), ("转办函", 1), ("退费手续", 4), ("答复意见书", 2), ("送达回证", 1)];
    let item = |(title, pages): (&str, i64)| Item { title: title.to_owned(), pages };
    let items = papers.into_iter().map(item).collect();
    let filing = Filing { retention: Retention::TenYears, remark: String::new(), items };
    archive::archive(conn, &act, filed.id, (filed.version, None), &filing).map(drop)
}

fn at(conn: &mut Conn, known: &HashMap<&'static str, MatterId>, key: &str) -> Result<Matter, Problem> {
    let id =
        known.get(key).copied().ok_or_else(|| Problem::internal(format!("{key} is not in the script")))?;
    Ok(matters::of_job(conn, id)?)
}

//! `tingsong calendar due`: by the court's own calendar where the data folder has one, else by the one that is shipped.

use super::Common;
use crate::calendar::command::{DueArgs, due_by};
use crate::calendar::{self, WorkingDays};
use crate::db::Connector;
use diesel::r2d2::ManageConnection;
use std::path::Path;
use std::sync::Arc;

/// The date alone on the first line, how it comes about below, and on the last line by whose calendar.
///
/// # Errors
///
/// A Chinese sentence saying what is wrong with the arguments or the settings.
pub fn due(common: &Common, args: &DueArgs) -> Result<String, String> {
    let config = common.settings(&[])?;
    let (calendar, whose) = match own(config.text("database")) {
        Ok(Some(calendar)) => (calendar, "按本院的工作日历推算。".to_owned()),
        Ok(None) => {
            let shown = config.data.display();
            let whose = format!("按软件自带的工作日历推算：数据目录 {shown} 里没有本院的工作日历。");
            (WorkingDays::shipped(), whose)
        }
        Err(why) => {
            (WorkingDays::shipped(), format!("按软件自带的工作日历推算：本院的数据库现在打不开（{why}）。"))
        }
    };
    Ok(format!("{}\n{whose}", due_by(args, &calendar)?))
}

/// The calendar in the database at `url`; `None` where there is no database, or nothing in it yet.
fn own(url: &str) -> Result<Option<Arc<WorkingDays>>, String> {
    let connector = Connector::to(url)?;
    if let Connector::Sqlite(path) = &connector
        && !Path::new(path).exists()
    {
        return Ok(None);
    }
    crate::db::quiet_sqlite();
    let mut conn = connector.connect().map_err(|error| error.to_string())?;
    let days = calendar::working_days(&mut conn).map_err(|problem| format!("{problem:?}"))?;
    let entered = days.years().next().is_some();
    Ok(entered.then_some(days))
}

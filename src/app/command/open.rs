//! Opening the court's data for a command: settings, keys, database, trail.

use super::Common;
use crate::app::App;
use crate::app::config::Config;
use crate::audit::{self, Anchor};
use crate::crypto::Keys;
use crate::db::{self, Connector, Database};
use crate::people::Act;
use crate::private;
use crate::time::{Clock, Moment};
use diesel::r2d2::ManageConnection;
use std::path::Path;
use std::sync::Arc;

/// A court's data, opened.
pub struct Opened {
    pub config: Config,
    pub keys: Arc<Keys>,
    pub database: Database,
    pub clock: Clock,
}

impl Opened {
    /// Opens the data folder that the command names, after bringing its tables up to date.
    ///
    /// # Errors
    ///
    /// A Chinese sentence saying what is missing or wrong.
    pub fn by(common: &Common, options: &[(&str, String)]) -> Result<Self, String> {
        let config = common.settings(options)?;
        Opened::with(config, common.clock())
    }

    /// Opens what the settings name.
    ///
    /// # Errors
    ///
    /// A Chinese sentence saying what is missing or wrong.
    pub fn with(config: Config, clock: Clock) -> Result<Self, String> {
        made_ready(&config.data)?;
        db::quiet_sqlite();
        let keys = Keys::load_or_create(Path::new(config.text("key_file"))).map_err(|e| e.to_string())?;
        let keys = Arc::new(keys);
        let url = config.text("database");
        db::migrate(url).map_err(|e| format!("数据库打不开或升级不成：{e:#}"))?;
        let anchor = prepare(&config, &keys, clock.now())?;
        let database = Database::open(url, Arc::new(anchor)).map_err(|e| format!("数据库打不开：{e:#}"))?;
        let now = clock.now();
        super::super::seed(&database, now).map_err(|e| e.to_string())?;
        Ok(Opened { config, keys, database, clock })
    }

    /// The application over this data.
    pub fn app(self) -> App {
        App::new(self.database, self.clock, self.keys, self.config)
    }
}

/// Makes the data folder where there is none, and makes sure that files can be made in it.
fn made_ready(data: &Path) -> Result<(), String> {
    private::folder(data).map_err(|e| format!("建不了数据目录 {}：{e}", data.display()))?;
    let probe = data.join(format!(".probe-{}", std::process::id()));
    let made = std::fs::File::create(&probe).and_then(|_| std::fs::remove_file(&probe));
    made.map_err(|e| {
        let shown = data.display();
        format!("数据目录 {shown} 不能写入（{e}）：可能是以只读方式挂载、磁盘已满，或者运行用户没有权限。请检查后再启动。")
    })
}

/// The trail's anchor in the data folder, made where there is none.
fn prepare(config: &Config, keys: &Arc<Keys>, now: Moment) -> Result<Anchor, String> {
    let connector = Connector::to(config.text("database"))?;
    let mut conn = connector.connect().map_err(|e| format!("数据库打不开：{e}"))?;
    let act = Act::system("系统", now, keys.clone());
    let path = config.data.join("anchor");
    db::write(&mut conn, |conn| audit::prepare_anchor(conn, &act, &path))
        .map_err(|e| format!("打不开留痕锚点文件 {}：{e}", path.display()))
}

/// `tingsong migrate`.
pub fn migrate(common: &Common) -> Result<String, String> {
    let config = common.settings(&[])?;
    made_ready(&config.data)?;
    let done = db::migrate(config.text("database")).map_err(|e| format!("数据库打不开或升级不成：{e:#}"))?;
    Ok(match done {
        0 => "数据库表已是最新。".to_owned(),
        n => format!("数据库表已升级 {n} 步。"),
    })
}

//! `tingsong serve`: the server, until it is told to stop.

use super::{Common, Opened, say};
use crate::app::background::Background;
use crate::app::{App, server};
use crate::error::Problem;
use crate::people;
use std::net::TcpListener;

/// What `tingsong serve` takes.
#[derive(Clone, Debug, clap::Args)]
pub struct ServeArgs {
    /// 监听地址和端口，优先于设置文件
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
}

/// Serves the court's data until a signal stops it.
///
/// # Errors
///
/// A Chinese sentence when it can't start.
pub fn serve(common: &Common, args: &ServeArgs) -> Result<String, String> {
    let options: Vec<(&str, String)> = args.listen.iter().map(|listen| ("listen", listen.clone())).collect();
    let opened = Opened::by(common, &options)?;
    super::super::log::start(&opened.config)?;
    let listen = opened.config.text("listen").to_owned();
    let listener = bind(&listen)?;
    run(&opened.app(), listener)
}

/// Takes the address, or says why not.
///
/// # Errors
///
/// A Chinese sentence, such as that another program has the port.
pub fn bind(listen: &str) -> Result<TcpListener, String> {
    TcpListener::bind(listen)
        .map_err(|e| format!("监听不了 {listen}：{e}。请换一个端口，或者先停掉占用它的程序。"))
}

/// Serves on `listener` until a signal stops it.
///
/// # Errors
///
/// A Chinese sentence when it can't start.
pub fn run(app: &App, listener: TcpListener) -> Result<String, String> {
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    let scheme = if app.config().has_tls() { "https" } else { "http" };
    let code = set_up_code(app).map_err(|e| format!("设置码写不进数据目录：{e}"))?;
    let _background = Background::start(app)?;
    let system = actix_web::rt::System::new();
    system
        .block_on(async {
            let server = server::start(app, listener)?;
            say(&format!("听讼已启动：{scheme}://{address}/"));
            if let Some(code) = &code {
                say(&format!("还没有设置。请打开 {scheme}://{address}/setup 完成首次设置，设置码：{code}"));
            }
            server.await.map_err(anyhow::Error::from)
        })
        .map_err(|e| format!("服务启动不了：{e:#}"))?;
    Ok("听讼已停止。".to_owned())
}

/// The code for the first run, as long as there is nobody yet.
fn set_up_code(app: &App) -> Result<Option<String>, Problem> {
    if app.database().read(|conn| Ok(people::any_staff(conn)?))? {
        return Ok(None);
    }
    people::actions::setup_code(&app.config().data).map(Some)
}

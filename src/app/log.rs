//! Logs: to standard error, one line an event, no personal data.

use super::config::Config;
use tracing_subscriber::EnvFilter;

/// Starts logging as the settings say.
///
/// # Errors
///
/// A Chinese sentence when the level makes no sense.
pub fn start(config: &Config) -> Result<(), String> {
    let level = config.text("log");
    let filter = EnvFilter::try_new(level)
        .map_err(|_error| format!("日志级别“{level}”不认识，请用 info 或 warn。"))?;
    // What can't be logged, because the disk is full, must not become a panic of the thread that wanted to log it.
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .log_internal_errors(false);
    let started =
        if config.text("log_json") == "true" { builder.json().try_init() } else { builder.try_init() };
    started.map_err(|e| format!("日志启动不了：{e}"))
}

//! `Problem`: the only error that an action or a handler returns. Each variant is a different page.

use diesel::result::{DatabaseErrorKind, Error as Diesel};
use std::io::ErrorKind;

/// Why something could not be done. What it carries is a whole Chinese sentence for the person, except `Internal`.
#[derive(Debug)]
pub enum Problem {
    /// The rules do not allow it; says what is wrong and what to do (422).
    Refused(String),
    /// Not there, or not for this person to know of (404).
    NotFound,
    /// Known to exist, but not this person's to do (403).
    Forbidden,
    /// Somebody else changed it meanwhile (409).
    Stale,
    /// Nobody is signed in, or no longer (303 to the sign-in page).
    SignedOut,
    /// More was sent than is taken (413).
    TooLarge(String),
    /// The database is locked, full or away; what was typed is kept and it may be tried again (503).
    Unavailable(anyhow::Error),
    /// Our fault: logged once with an incident number, which is all that the person is shown (500).
    Internal(anyhow::Error),
}

impl Problem {
    /// A refusal with this sentence.
    pub fn refused(sentence: impl Into<String>) -> Self {
        Problem::Refused(sentence.into())
    }

    /// An internal problem described by `what`.
    pub fn internal(what: impl std::fmt::Display + std::fmt::Debug + Send + Sync + 'static) -> Self {
        Problem::Internal(anyhow::Error::msg(what))
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Problem::Refused(sentence) | Problem::TooLarge(sentence) => f.write_str(sentence),
            Problem::NotFound => f.write_str("没有找到这一页，或者它不在您的查看范围内。"),
            Problem::Forbidden => f.write_str("您的岗位没有这项权限。如工作需要，请与安全管理员联系。"),
            Problem::Stale => {
                f.write_str("就在刚才，另有同事改动了这条记录。请先查看最新内容，再决定是否继续修改。")
            }
            Problem::SignedOut => f.write_str("您还没有登录，或者登录已经过期，请重新登录。"),
            Problem::Unavailable(_) => f.write_str("数据库暂时无法使用，请稍后再试；您填写的内容没有丢失。"),
            Problem::Internal(_) => f.write_str("系统出现了内部错误，已经记录下来。"),
        }
    }
}

impl From<Diesel> for Problem {
    #[expect(clippy::wildcard_enum_match_arm, reason = "whatever else a database says is our fault")]
    fn from(error: Diesel) -> Self {
        match error {
            Diesel::NotFound => Problem::NotFound,
            Diesel::DatabaseError(DatabaseErrorKind::ClosedConnection, _) => {
                Problem::Unavailable(error.into())
            }
            Diesel::DatabaseError(_, ref about) if is_outage(about.message()) => {
                Problem::Unavailable(error.into())
            }
            other => Problem::Internal(other.into()),
        }
    }
}

/// What SQLite and PostgreSQL say when the disk is full, the file is read-only or locked, or the server is away.
fn is_outage(message: &str) -> bool {
    const SIGNS: [&str; 9] = [
        "database is locked",
        "database or disk is full",
        "attempt to write a readonly database",
        "disk I/O error",
        "unable to open database file",
        "No space left on device",
        "server closed the connection",
        "terminating connection",
        "could not connect",
    ];
    SIGNS.iter().any(|sign| message.contains(sign))
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Problem::Internal(error)
    }
}

impl From<std::io::Error> for Problem {
    #[expect(clippy::wildcard_enum_match_arm, reason = "whatever else goes wrong with a file is our fault")]
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull
            | ErrorKind::QuotaExceeded
            | ErrorKind::FileTooLarge
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::PermissionDenied => Problem::Unavailable(error.into()),
            _ => Problem::Internal(error.into()),
        }
    }
}

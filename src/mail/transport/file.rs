//! Mails as `.eml` files in a folder: for trying the system out, and until a mail server is set.

use super::Failure;
use crate::mail::rules::{Fault, Phase};
use crate::private;
use lettre::Message;
use std::io::Write;
use std::path::PathBuf;

/// A folder that takes mails. Any mail program opens what is in it.
pub struct Files {
    folder: PathBuf,
}

impl Files {
    pub fn new(folder: PathBuf) -> Self {
        Files { folder }
    }

    /// Writes the message under its Message-ID: the same mail twice is one file.
    pub fn send(&self, message: &Message, message_id: &str) -> Result<String, Failure> {
        let name: String =
            message_id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
        self.keep(&name, &message.formatted()).map_err(|error| Failure {
            phase: Phase::Connect,
            fault: Fault::Lost,
            said: format!("邮件无法写入文件夹 {}（{error}）。", self.folder.display()),
        })?;
        Ok(format!("已写入文件 {name}.eml"))
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        private::folder(&self.folder)?;
        let (partial, whole) =
            (self.folder.join(format!("{name}.partial")), self.folder.join(format!("{name}.eml")));
        let mut file = private::file(&partial)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(partial, whole)
    }
}

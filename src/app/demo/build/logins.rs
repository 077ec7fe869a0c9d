//! Who signs in to the demo court with what: kept beside its data, for people and for test programs.

use super::super::staff::{PASSWORD, STAFF};
use crate::people::Role;
use crate::private;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::Path;

/// The file's name in the data folder. It is written last: where it is, the demo court is whole.
pub const LOGINS: &str = "demo-logins.json";

/// One way to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    pub role: Role,
    pub name: String,
    pub user: String,
    pub password: String,
}

/// Somebody for each role, if there is one somebody who has no other.
pub fn logins() -> Vec<Login> {
    let holder = |role: &Role| STAFF.iter().filter(|s| s.roles.contains(role)).min_by_key(|s| s.roles.len());
    Role::ALL
        .iter()
        .filter_map(|role| holder(role).map(|staff| (role, staff)))
        .map(|(role, staff)| Login {
            role: *role,
            name: staff.name.to_owned(),
            user: staff.user.to_owned(),
            password: PASSWORD.to_owned(),
        })
        .collect()
}

/// Says in the data folder that its demo court is whole, and how to sign in.
///
/// # Errors
///
/// A Chinese sentence when the folder can't be written.
pub fn write_logins(data: &Path) -> Result<Vec<Login>, String> {
    let logins = logins();
    let file = data.join(LOGINS);
    let text = serde_json::to_string_pretty(&logins).map_err(|e| e.to_string())?;
    let draft = file.with_extension("json.new");
    private::file(&draft)
        .and_then(|mut file| file.write_all((text + "\n").as_bytes()))
        .and_then(|()| std::fs::rename(&draft, &file))
        .map_err(|e| format!("写不了 {}：{e}", file.display()))?;
    Ok(logins)
}

/// How to sign in to the demo court in this data folder; `None` where there is none, or it was not finished.
pub fn read_logins(data: &Path) -> Option<Vec<Login>> {
    serde_json::from_str(&std::fs::read_to_string(data.join(LOGINS)).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_signs_in_and_what_is_written_is_read() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read_logins(dir.path()), None);
        let written = write_logins(dir.path()).unwrap();
        assert_eq!(read_logins(dir.path()), Some(written.clone()));
        assert_eq!(written.iter().map(|l| l.role).collect::<Vec<_>>(), Role::ALL);
    }
}

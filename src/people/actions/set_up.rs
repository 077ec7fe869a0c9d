//! The first run (首次设置): a court and its three administrators, with no password preset. Whoever has the one-time code
//! that the server wrote into its own folder may do it, once.

use super::courts::{CourtDraft, add_court};
use super::staff::{NewStaff, enter};
use crate::crypto::same;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::act::Act;
use crate::people::passwords::OneTime;
use crate::people::store;
use crate::people::types::{CourtId, Post, Role};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

fn code_file(dir: &Path) -> PathBuf {
    dir.join("setup-code")
}

/// The code that the first run asks for: the one in `dir`, made there (mode 0600) if there is none. Several instances
/// that start together end with one.
///
/// # Errors
///
/// When the folder can't be written.
pub fn setup_code(dir: &Path) -> Result<String, Problem> {
    let file = code_file(dir);
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file) {
        Ok(mut made) => {
            let code = OneTime::new()?.shown;
            made.write_all(code.as_bytes())?;
            made.sync_all()?;
            Ok(code)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => read_code(&file),
        Err(error) => Err(error.into()),
    }
}

fn read_code(file: &Path) -> Result<String, Problem> {
    let mut code = String::new();
    OpenOptions::new().read(true).open(file)?.read_to_string(&mut code)?;
    Ok(code.trim().to_owned())
}

/// Whether this is the code in `dir`. With no code there, nothing is.
///
/// # Errors
///
/// When the file is there but can't be read.
pub fn is_setup_code(dir: &Path, typed: &str) -> Result<bool, Problem> {
    let file = code_file(dir);
    if !file.exists() {
        return Ok(false);
    }
    let code = read_code(&file)?;
    Ok(!code.is_empty() && same(typed.trim(), &code))
}

/// Takes the code away once it has served.
///
/// # Errors
///
/// When the file is there but can't be removed.
pub fn forget_setup_code(dir: &Path) -> Result<(), Problem> {
    match std::fs::remove_file(code_file(dir)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        Err(_) | Ok(()) => Ok(()),
    }
}

/// One of the three.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUpAdministrator {
    pub name: String,
    pub user_name: String,
}

/// What the first run is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUp {
    pub court: CourtDraft,
    pub sysadmin: SetUpAdministrator,
    pub security_admin: SetUpAdministrator,
    pub auditor: SetUpAdministrator,
}

/// Creates the court and its three administrators with these one-time passwords, in the order of [`SetUp`]. `act` is the
/// system's.
///
/// # Errors
///
/// `Refused` once there is any staff, when the three are not three people, and for particulars that can't stand.
pub fn set_up(
    conn: &mut Conn,
    act: &Act,
    set_up: &SetUp,
    passwords: &[OneTime; 3],
) -> Result<CourtId, Problem> {
    if store::any_staff(conn)? {
        return Err(Problem::refused("系统已经设置过了，请直接登录。"));
    }
    let three = [
        (&set_up.sysadmin, Role::Sysadmin),
        (&set_up.security_admin, Role::SecurityAdmin),
        (&set_up.auditor, Role::Auditor),
    ];
    if three.iter().enumerate().any(|(i, (a, _))| {
        three.iter().skip(i + 1).any(|(b, _)| a.name == b.name || a.user_name == b.user_name)
    }) {
        return Err(Problem::refused(
            "系统管理员、安全管理员、审计管理员必须是三个不同的人，请填写三个不同的姓名和用户名。",
        ));
    }
    let court = add_court(conn, act, &set_up.court)?;
    for ((who, role), password) in three.into_iter().zip(passwords) {
        let new = NewStaff {
            court_id: court,
            division_id: None,
            name: who.name.clone(),
            post: Post::Administrator,
            rank: 1,
            mail: None,
            telephone: None,
            user_name: who.user_name.clone(),
            roles: vec![role],
            expires_on: None,
        };
        enter(conn, act, &new, password)?;
    }
    Ok(court)
}

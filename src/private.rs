//! Folders and files of the court's data: only the user that the program runs as may read them, whatever the umask says.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

const FOLDER: u32 = 0o700;
const FILE: u32 = 0o600;

/// Makes this folder and those above it that aren't there. One that is there stays as its owner has set it.
///
/// # Errors
///
/// When the machine refuses.
pub fn folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(FOLDER).recursive(true).create(path)
}

/// Makes this folder.
///
/// # Errors
///
/// When it is there already, or the machine refuses.
pub fn new_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(FOLDER).create(path)
}

/// Opens this file to be written from the beginning; what was in it is gone.
///
/// # Errors
///
/// When the machine refuses.
pub fn file(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(FILE).open(path)?;
    keep_private(path)?;
    Ok(file)
}

/// Makes this file, empty, where there is none.
///
/// # Errors
///
/// When the machine refuses.
pub fn ensure_file(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(FILE).open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Lets nobody else read a file that is there.
///
/// # Errors
///
/// When the machine refuses.
pub fn keep_private(path: &Path) -> io::Result<()> {
    std::fs::set_permissions(path, PermissionsExt::from_mode(FILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_is_made_is_private_and_what_was_there_is_not_lost() {
        let dir = tempfile::tempdir().unwrap();
        let (deep, one) = (dir.path().join("a/b"), dir.path().join("a/b/one"));
        folder(&deep).unwrap();
        folder(&deep).unwrap();
        assert_eq!((mode(&deep), mode(&dir.path().join("a"))), (0o700, 0o700));
        assert!(new_folder(&deep).is_err());
        ensure_file(&one).unwrap();
        std::fs::write(&one, "kept").unwrap();
        ensure_file(&one).unwrap();
        assert_eq!((mode(&one), std::fs::read_to_string(&one).unwrap().as_str()), (0o600, "kept"));
        std::fs::set_permissions(&one, PermissionsExt::from_mode(0o644)).unwrap();
        file(&one).unwrap();
        assert_eq!((mode(&one), std::fs::read(&one).unwrap().len()), (0o600, 0));
    }
}

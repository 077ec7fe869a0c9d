//! Files and folders: copied and written so that a power cut loses none that was said to be done.

use crate::error::Problem;
use crate::private;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes a file and waits until it lies on the disk.
pub fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let mut file = private::file(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(())
}

/// Copies the tree of files under `from` to `to`, which must not exist; drafts (names that begin with a dot) are left
/// out. A `from` that isn't there is an empty tree.
pub fn copy_tree(from: &Path, to: &Path) -> Result<(), Problem> {
    private::new_folder(to)?;
    let entries = match fs::read_dir(from) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &to.join(name))?;
        } else {
            copy_file(&entry.path(), &to.join(name))?;
        }
    }
    sync_folder(to)
}

/// Copies one file and waits until it lies on the disk.
pub fn copy_file(from: &Path, to: &Path) -> Result<(), Problem> {
    fs::copy(from, to)?;
    private::keep_private(to)?;
    File::open(to)?.sync_all()?;
    Ok(())
}

/// Waits until the names in a folder lie on the disk.
pub fn sync_folder(folder: &Path) -> Result<(), Problem> {
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// `path` with something added to its name: `files` and `replaced` give `files.replaced`.
pub fn beside(path: &Path, mark: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{mark}"));
    path.with_file_name(name)
}

/// Removes a file or a folder, if it is there.
pub fn remove(path: &Path) -> Result<(), Problem> {
    let gone = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match gone {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Something new and the place it is to take.
pub struct Exchange {
    pub new: PathBuf,
    pub place: PathBuf,
    /// Where what is there now is kept.
    pub aside: PathBuf,
}

impl Exchange {
    pub fn of(place: &Path, stamp: &str) -> Self {
        Exchange {
            new: beside(place, &format!("restoring-{stamp}")),
            place: place.to_owned(),
            aside: beside(place, &format!("replaced-{stamp}")),
        }
    }

    fn forth(&self) -> std::io::Result<()> {
        if self.place.exists() {
            fs::rename(&self.place, &self.aside)?;
        }
        fs::rename(&self.new, &self.place)
    }

    fn back(&self) -> std::io::Result<()> {
        if self.place.exists() && !self.new.exists() {
            fs::rename(&self.place, &self.new)?;
        }
        if self.aside.exists() {
            fs::rename(&self.aside, &self.place)?;
        }
        Ok(())
    }
}

/// Puts each new thing in its place; when one can't be, everything goes back to where it was.
pub fn exchange(all: &[&Exchange]) -> Result<(), Problem> {
    for (done, one) in all.iter().enumerate() {
        let Err(error) = one.forth() else { continue };
        for undone in all.iter().take(done + 1).rev() {
            if let Err(error) = undone.back() {
                tracing::error!(%error, place = %undone.place.display(), "could not be put back");
            }
        }
        return Err(error.into());
    }
    all.iter().filter_map(|one| one.place.parent()).try_for_each(|folder| {
        sync_folder(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exchange_that_fails_half_way_leaves_everything_where_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        fs::write(path("one"), "old").unwrap();
        fs::write(path("one.restoring-x"), "new").unwrap();
        fs::write(path("two"), "old").unwrap();
        let (one, two) = (Exchange::of(&path("one"), "x"), Exchange::of(&path("two"), "x"));
        let all = [&one, &two];
        assert!(exchange(&all).is_err(), "there is nothing to put in the place of two");
        assert_eq!(fs::read_to_string(path("one")).unwrap(), "old");
        assert_eq!(fs::read_to_string(path("two")).unwrap(), "old");
        fs::write(path("two.restoring-x"), "new").unwrap();
        exchange(&all).unwrap();
        assert_eq!(fs::read_to_string(path("two")).unwrap(), "new");
        assert_eq!(fs::read_to_string(path("one.replaced-x")).unwrap(), "old");
    }

    #[test]
    fn a_tree_is_copied_without_its_drafts() {
        let dir = tempfile::tempdir().unwrap();
        let from = dir.path().join("files");
        fs::create_dir_all(from.join("aa")).unwrap();
        fs::write(from.join("aa/whole"), "x").unwrap();
        fs::write(from.join("aa/.draft"), "x").unwrap();
        copy_tree(&from, &dir.path().join("copy")).unwrap();
        assert!(dir.path().join("copy/aa/whole").is_file() && !dir.path().join("copy/aa/.draft").exists());
        copy_tree(&dir.path().join("nowhere"), &dir.path().join("empty")).unwrap();
    }
}

//! Secrets: sealing what must not lie open in the database, finding it again without opening it, and telling whether
//! something was altered. SM3, SM4 (国密), as GB/T 39786 expects.
//!
//! # Which key does what
//!
//! The key file holds one *root* master and one or more *sealing* masters, all random 256 bits.
//!
//! * From the root come, by HMAC-SM3 of a label, the keys of the blind indexes, of the audit trail, of its anchor and
//!   of everything that [`Keys::mac`] signs. The root is made once and never changes: a new one would make every blind
//!   index and every link of the trail wrong.
//! * From each sealing master come the SM4 keys of texts and of files. [`Keys::rotate`] adds a new sealing master;
//!   from then on it seals, and the older ones only open. A sealed value names its key, so values are sealed anew with
//!   [`Keys::reseal`] at leisure, and then the old master is taken out with [`Keys::retire`].

mod key_file;
mod primitives;

pub use key_file::KeyFileError;
pub use primitives::{MacKey, hex, random_token, same, sm3_hex};

use crate::error::Problem;
use key_file::{Master, Masters};
use primitives::{SealKey, base64url, from_base64url};
use std::path::Path;

const TEXT_VERSION: &str = "v1";
const FILE_MAGIC: &[u8] = b"TSF1";

/// Why a sealed value could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CryptoError {
    /// It was sealed with a key that the key file does not hold; with that key's id.
    UnknownKey(String),
    /// It is no sealed value.
    Malformed,
    /// It was altered, or sealed as something else.
    Tampered,
}

impl std::fmt::Display for CryptoError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CryptoError::UnknownKey(id) => {
                write!(f, "这项内容是用编号为 {id} 的密钥加密的，密钥文件里没有这把密钥。")
            }
            CryptoError::Malformed => f.write_str("这项内容不是本系统加密的格式。"),
            CryptoError::Tampered => f.write_str("这项加密内容被改动过，无法打开。"),
        }
    }
}

impl std::error::Error for CryptoError {}

impl From<CryptoError> for Problem {
    fn from(error: CryptoError) -> Self {
        Problem::Internal(error.into())
    }
}

/// What a blind index is for. The same text in two domains has two indexes that nobody without the key can relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// A whole document number.
    Document,
    /// The last characters of a document number.
    DocumentTail,
    /// A whole telephone number.
    Phone,
    /// The last digits of a telephone number.
    PhoneTail,
    /// A whole bank account number.
    BankAccount,
    /// The query code on a receipt.
    QueryCode,
}

impl Domain {
    /// Part of what is stored indexes: never change one.
    const fn code(self) -> &'static str {
        match self {
            Domain::Document => "document",
            Domain::DocumentTail => "document-tail",
            Domain::Phone => "phone",
            Domain::PhoneTail => "phone-tail",
            Domain::BankAccount => "bank-account",
            Domain::QueryCode => "query-code",
        }
    }
}

/// One sealing master, worked out.
#[derive(Clone)]
struct Seal {
    id: String,
    texts: SealKey,
    files: SealKey,
}

impl Seal {
    fn new(master: &Master) -> Self {
        Seal {
            id: master.id.clone(),
            texts: SealKey::new(&master.key.derive("tingsong seal text")),
            files: SealKey::new(&master.key.derive("tingsong seal file")),
        }
    }
}

/// The court's keys, worked out once at start. Cheap to use, dear to make: pass an `Arc` of it around.
#[derive(Clone)]
pub struct Keys {
    root_id: String,
    /// The newest first.
    seals: Vec<Seal>,
    current: Seal,
    index: MacKey,
    audit: MacKey,
    anchor: MacKey,
    general: MacKey,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys")
            .field("root", &self.root_id)
            .field("seal", &self.current.id)
            .finish_non_exhaustive()
    }
}

impl Keys {
    /// Makes new keys and writes them to `path`, which must not exist.
    ///
    /// # Errors
    ///
    /// `Exists`, or that it cannot be written.
    pub fn create(path: &Path) -> Result<Self, KeyFileError> {
        let masters = Masters::random();
        masters.create(path)?;
        Ok(Keys::from(&masters))
    }

    /// The keys in the file at `path`.
    ///
    /// # Errors
    ///
    /// `Missing`, `Exposed` when group or others may do anything with the file, `Damaged`, or that it cannot be read.
    pub fn load(path: &Path) -> Result<Self, KeyFileError> {
        Masters::read(path).map(|masters| Keys::from(&masters))
    }

    /// The keys at `path`, made if there are none. Only for a database that is still empty: with new keys nothing that
    /// an older key sealed can be opened, and the trail does not verify.
    ///
    /// # Errors
    ///
    /// As [`Keys::load`] and [`Keys::create`].
    pub fn load_or_create(path: &Path) -> Result<Self, KeyFileError> {
        match Keys::load(path) {
            Err(KeyFileError::Missing(_)) => match Keys::create(path) {
                Err(KeyFileError::Exists(_)) => Keys::load(path),
                made => made,
            },
            loaded => loaded,
        }
    }

    /// Adds a new sealing key to the file at `path` and returns the keys with it. What was sealed before still opens;
    /// blind indexes and the trail stay as they are. Every instance must be given the new file before it reads what
    /// another one sealed.
    ///
    /// # Errors
    ///
    /// As [`Keys::load`], or that it cannot be written.
    pub fn rotate(path: &Path) -> Result<Self, KeyFileError> {
        let mut masters = Masters::read(path)?;
        masters.add();
        masters.replace(path)?;
        Ok(Keys::from(&masters))
    }

    /// Takes an older sealing key out of the file at `path`. What it sealed can never be opened again: seal everything
    /// anew before.
    ///
    /// # Errors
    ///
    /// `NotRetirable` for the key in use and for one that is not there; as [`Keys::rotate`].
    pub fn retire(path: &Path, id: &str) -> Result<Self, KeyFileError> {
        let mut masters = Masters::read(path)?;
        let before = masters.seals.len();
        let current = masters.seals.last().map(|seal| seal.id.clone());
        masters.seals.retain(|seal| seal.id != id);
        if masters.seals.len() == before || current.as_deref() == Some(id) {
            return Err(KeyFileError::NotRetirable(id.to_owned()));
        }
        masters.replace(path)?;
        Ok(Keys::from(&masters))
    }

    /// Keys that are the same in every test.
    pub fn for_tests() -> Self {
        Keys::from(&Masters { root: Master::new([7; 32]), seals: vec![Master::new([8; 32])] })
    }

    /// The id of the key that seals now: eight hex digits.
    pub fn key_id(&self) -> &str {
        &self.current.id
    }

    /// The id of the root, which never changes: tells whether a database or a backup belongs to this key file.
    pub fn root_id(&self) -> &str {
        &self.root_id
    }

    /// Whether what the key `id` sealed can be opened.
    pub fn can_open(&self, id: &str) -> bool {
        self.seals.iter().any(|seal| seal.id == id)
    }

    /// `plain` sealed: `v1.<key id>.<base64url of nonce, ciphertext and tag>`. Sealing the same text twice gives two
    /// different values.
    pub fn seal(&self, plain: &str) -> String {
        let about = format!("{TEXT_VERSION}.{}", self.current.id);
        let sealed = self.current.texts.seal(plain.as_bytes(), about.as_bytes());
        format!("{about}.{}", base64url(&sealed))
    }

    /// What was sealed.
    ///
    /// # Errors
    ///
    /// See [`CryptoError`].
    pub fn open(&self, sealed: &str) -> Result<String, CryptoError> {
        let (about, hidden) = sealed.rsplit_once('.').ok_or(CryptoError::Malformed)?;
        let Some((TEXT_VERSION, id)) = about.split_once('.') else { return Err(CryptoError::Malformed) };
        let plain = self.find(id)?.texts.open(&from_base64url(hidden)?, about.as_bytes())?;
        String::from_utf8(plain).map_err(|_not_utf8| CryptoError::Malformed)
    }

    /// `sealed` under the key that seals now; `None` when it already is.
    ///
    /// # Errors
    ///
    /// As [`Keys::open`].
    pub fn reseal(&self, sealed: &str) -> Result<Option<String>, CryptoError> {
        if sealed.split('.').nth(1) == Some(self.key_id()) {
            return Ok(None);
        }
        self.open(sealed).map(|plain| Some(self.seal(&plain)))
    }

    /// A file's content sealed: a mark, the key's id, nonce, ciphertext and tag; 40 bytes longer than `plain`.
    pub fn seal_bytes(&self, plain: &[u8]) -> Vec<u8> {
        let about = [FILE_MAGIC, self.current.id.as_bytes()].concat();
        let sealed = self.current.files.seal(plain, &about);
        [about, sealed].concat()
    }

    /// What [`Keys::seal_bytes`] sealed.
    ///
    /// # Errors
    ///
    /// See [`CryptoError`].
    pub fn open_bytes(&self, sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let (about, hidden) = sealed.split_first_chunk::<12>().ok_or(CryptoError::Malformed)?;
        let id = about.strip_prefix(FILE_MAGIC).ok_or(CryptoError::Malformed)?;
        let id = std::str::from_utf8(id).map_err(|_not_utf8| CryptoError::Malformed)?;
        self.find(id)?.files.open(hidden, about)
    }

    /// The blind index of a text: 64 hex digits, the same for the same text and domain for as long as the root lives.
    /// `normalised` must have one way to be written: the caller drops spaces, folds widths and raises letters first.
    pub fn index(&self, domain: Domain, normalised: &str) -> String {
        self.index.hex_of(&[domain.code().as_bytes(), normalised.as_bytes()])
    }

    /// A keyed mark of `bytes` under `label`: 64 hex digits. One label for each use; compare with [`same`].
    pub fn mac(&self, label: &str, bytes: &[u8]) -> String {
        self.general.hex_of(&[label.as_bytes(), bytes])
    }

    /// The key of the audit trail's links and digests.
    pub fn audit(&self) -> &MacKey {
        &self.audit
    }

    /// The key of the audit trail's anchor.
    pub fn anchor(&self) -> &MacKey {
        &self.anchor
    }

    fn find(&self, id: &str) -> Result<&Seal, CryptoError> {
        self.seals
            .iter()
            .find(|seal| seal.id == id)
            .ok_or_else(|| CryptoError::UnknownKey(id.chars().take(16).collect()))
    }
}

impl From<&Masters> for Keys {
    fn from(masters: &Masters) -> Self {
        let root = &masters.root.key;
        let seals: Vec<Seal> = masters.seals.iter().rev().map(Seal::new).collect();
        let current = seals.first().cloned().expect("a key file has a sealing key");
        let sub_key = |label: &str| MacKey::new(&root.derive(label));
        Keys {
            root_id: masters.root.id.clone(),
            seals,
            current,
            index: sub_key("tingsong index"),
            audit: sub_key("tingsong audit"),
            anchor: sub_key("tingsong anchor"),
            general: sub_key("tingsong general"),
        }
    }
}

#[cfg(test)]
mod tests;

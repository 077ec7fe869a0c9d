//! Attachments (附件): sealed files outside the database, under the keyed hash of their content; what they are is seen
//! from their bytes, never believed from their names.

mod content;
mod disk;
mod kinds;
mod names;
mod store;
mod sweep;

pub use content::response;
pub use disk::{Kept, LIMIT_BYTES, keep, open, reseal};
pub use kinds::{FileKind, sniff};
pub use store::{Attachment, AttachmentId, find, hashes_after, insert, list, note_key};
pub use sweep::{Orphans, orphans, remove};

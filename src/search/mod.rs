//! Finding things by what is written in them (检索): any one to four Chinese characters in the middle of a text, names
//! also by pinyin, numbers also by their tail; on both databases, newest first.
//!
//! [`put`] a document under the id of the thing it belongs to, in the transaction that writes the thing. A list asks
//! [`page`] and filters the candidates by its own scope. Document numbers and phones never come here: they are found
//! through the blind index.

mod load;
mod names;
mod store;
mod tokens;
mod typed;

pub use load::{Prepared, load, prepare};
pub use names::{Pinyin, pinyin_of, readings_of};
pub use store::{Found, Hit, among, page, put, query, remove, settle};
pub use typed::Typed;

/// What a thing can be found by.
#[derive(Clone, Copy, Debug, Default)]
pub struct Document<'a> {
    /// Prose: found by any characters in the middle, or by whole words of Latin letters and digits.
    pub texts: &'a [&'a str],
    /// Names of people and organisations: like texts, and by full pinyin or initials, or the beginning of either.
    pub names: &'a [&'a str],
    /// Case numbers and numbers of the court's own: whole, or any tail that begins with a part of the number.
    pub numbers: &'a [&'a str],
    /// Exact marks that only the program asks for (letters and digits, such as `court7`), to narrow a search by what
    /// the searcher may see. Nobody can type one.
    pub marks: &'a [&'a str],
}

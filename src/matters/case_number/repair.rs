//! From a fault to a suggestion: mends one place after another until the number reads, or gives up.

use super::CaseNumberFault;
use super::parse::{Broken, Kinds, read};

/// No number that is worth guessing at needs more.
const MOST_MENDS: usize = 5;

/// What is wrong with `text`, with a suggestion where mending what is plain leads to a well-formed number.
pub(super) fn explain(text: &str, broken: Broken) -> CaseNumberFault {
    CaseNumberFault {
        suggestion: suggestion(broken.mended),
        part: broken.part,
        reason: broken.reason,
        may_be_unverified: broken.only_kind_unknown && !text.is_empty(),
    }
}

fn suggestion(mut mended: Option<String>) -> Option<String> {
    for _ in 0..MOST_MENDS {
        match read(&mended?, Kinds::Known) {
            Ok(number) => return Some(number.canonical()),
            Err(broken) => mended = broken.mended,
        }
    }
    None
}

//! What can be done with petitioners. Each is one transaction: may they? → load → rule → save → trail.

mod copying;
mod distinct;
mod merging;
mod revealing;
mod saving;

pub use copying::known_to;
pub use distinct::{say_distinct, unsay_distinct};
pub use merging::{merge, unmerge};
pub use revealing::{phone_of, reveal};
pub use saving::{drawn_up, save_new, save_new_in, trail_of, update};

use crate::error::Problem;
use crate::petitioners::rules::REASON;
use crate::text::tidy;

/// A reason of a few words at least.
///
/// # Errors
///
/// `Refused` where it is too short or too long.
fn reason(typed: &str) -> Result<String, Problem> {
    let text = tidy(typed);
    let count = text.chars().count();
    if REASON.contains(&count) {
        return Ok(text);
    }
    let (least, most) = (REASON.start(), REASON.end());
    Err(Problem::refused(format!("请写明理由，{least} 到 {most} 个字；现在是 {count} 个字。")))
}

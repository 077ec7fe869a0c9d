//! What links, merges and splits look like.

mod matter_box;
mod other;
mod split;
mod undo;

pub use matter_box::matter_box;
pub use other::{OtherPage, link, merge};
pub use split::{SplitPage, split};
pub use undo::{undo_link, unmerge};

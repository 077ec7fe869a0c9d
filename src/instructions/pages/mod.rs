//! What leaders' instructions look like.

mod detail;
mod matter_box;
mod offer;
mod register;
mod sheet;

pub use detail::{Forms, detail};
pub use matter_box::matter_box;
pub use offer::{ask, instruct};
pub use register::{RegisterPage, register};
pub use sheet::sheet;

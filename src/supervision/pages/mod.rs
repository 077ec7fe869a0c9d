//! What supervisions look like.

mod detail;
mod issue;
mod letter;
mod matter_box;
mod register;

pub use detail::detail;
pub use issue::issue;
pub use letter::letter;
pub use matter_box::matter_box;
pub use register::{RegisterPage, register};

//! What reviews look like.

mod detail;
mod findings;
mod matter_box;
mod mine;
mod open;
mod register;

pub use detail::{Forms, detail};
pub use findings::findings;
pub use matter_box::matter_box;
pub use mine::mine;
pub use open::open;
pub use register::{RegisterPage, register};

use crate::people::types::Staff;

/// Staff as the choices of a list.
fn choices(staff: &[Staff]) -> Vec<(String, String)> {
    staff.iter().map(|one| (one.id.to_string(), format!("{}（{}）", one.name, one.post.label()))).collect()
}

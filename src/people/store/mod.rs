//! Courts, divisions, staff, accounts and sessions in the database.

mod accounts;
mod courts;
mod leaders;
mod sessions;
mod staff;
mod week_leaders;

pub use accounts::*;
pub use courts::*;
pub use leaders::*;
pub use sessions::*;
pub use staff::*;
pub use week_leaders::*;

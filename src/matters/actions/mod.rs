//! What a person can do to a matter. Each is one transaction, always in this order: may they → load → rule → save →
//! timeline → trail.

mod attach;
mod clocks;
mod entries;
mod screen;
mod send;

pub mod register;

pub use attach::attach;
pub use register::{
    About, Heard, NewMatter, Person, Registered, Registration, TypedCase, Who, query_code, register,
};
pub use screen::screen;
pub use send::send_for_screening;

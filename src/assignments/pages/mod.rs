//! What is drawn of assignments from above: the form that takes one, the forms of its steps, the box on a matter's page, the
//! register, and a report on paper.

mod matter_box;
mod register;
mod report;
mod stepping;
mod take;

pub use matter_box::matter_box;
pub use register::{RegisterPage, register};
pub use report::report;
pub use stepping::stepping;
pub use take::{fields, take};

//! 办结后待办: what a closed matter still owes, which no list of open matters shows: an answer to whoever came again, the file
//! to the court above, the report to whoever assigned it.

mod pages;
mod routes;
mod store;
pub mod types;
pub mod urls;
pub mod views;

pub use routes::routes;
pub use store::matters_owing;

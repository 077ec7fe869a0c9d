//! 今日: what is mine and what is next, for whoever has just signed in.

mod counts;
mod pages;
mod routes;

pub use routes::routes;

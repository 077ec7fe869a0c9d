//! 导入诉讼程序: a claim that was led into a procedure of law stays open until the filing decision or case number is
//! entered; then it ends as redirected. The guidance sheet says where to go, with what, and by when the court answers.

pub mod actions;
pub mod forms;
pub mod pages;
mod routes;

pub use routes::routes;

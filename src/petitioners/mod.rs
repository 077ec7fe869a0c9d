//! 信访人: one record a person or organisation; found again, merged, masked, revealed.

pub mod command;
pub mod document_number;
pub mod phone;
pub mod reader_line;

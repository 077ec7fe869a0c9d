//! Where the checks are, and where what they find is put right.

pub const CHECKS: &str = "/checks";
pub const MATTERS: &str = "/matters";
pub const AUDIT: &str = "/audit";
pub const CALENDAR: &str = "/settings/calendar";

pub fn matter(id: i64) -> String {
    format!("/matters/{id}")
}

pub fn petitioner(id: i64) -> String {
    format!("/petitioners/{id}")
}

pub fn staff(id: i64) -> String {
    format!("/settings/staff/{id}")
}

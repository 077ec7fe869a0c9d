//! Where the pages about people are.

use super::types::{DivisionId, PortfolioId, SessionId, StaffId, WeekLeaderId};

pub const SIGN_IN: &str = "/sign-in";
pub const PASSWORD: &str = "/password";
pub const SET_UP: &str = "/setup";
pub const END_OTHERS: &str = "/account/end-others";
pub const STAFF: &str = "/settings/staff";
pub const STAFF_SEARCH: &str = "/settings/staff/search";
/// Takes the filter by POST: a name never stands in an address.
pub const STAFF_EXPORT: &str = "/settings/staff/export";
pub const NEW_STAFF: &str = "/settings/staff/new";
pub const DIVISIONS: &str = "/settings/divisions";
pub const NEW_DIVISION: &str = "/settings/divisions/new";
pub const COURT: &str = "/settings/court";
pub const ROLES: &str = "/settings/roles";
pub const PORTFOLIOS: &str = "/settings/portfolios";
pub const WEEK_LEADERS: &str = "/settings/week-leaders";
pub const PERMISSIONS: &str = "/settings/permissions";

pub fn remove_week_leader(id: WeekLeaderId) -> String {
    format!("{WEEK_LEADERS}/{id}/remove")
}

pub fn end_session(id: SessionId) -> String {
    format!("/account/sessions/{id}/end")
}

pub fn staff(id: StaffId) -> String {
    format!("{STAFF}/{id}")
}

pub fn deactivate(id: StaffId) -> String {
    format!("{STAFF}/{id}/deactivate")
}

pub fn reactivate(id: StaffId) -> String {
    format!("{STAFF}/{id}/reactivate")
}

pub fn reset_password(id: StaffId) -> String {
    format!("{STAFF}/{id}/reset-password")
}

pub fn division(id: DivisionId) -> String {
    format!("{DIVISIONS}/{id}")
}

pub fn roles(id: StaffId) -> String {
    format!("{ROLES}/{id}")
}

pub fn unlock(id: StaffId) -> String {
    format!("{ROLES}/{id}/unlock")
}

pub fn close_account(id: StaffId) -> String {
    format!("{ROLES}/{id}/close")
}

pub fn end_portfolio(id: PortfolioId) -> String {
    format!("{PORTFOLIOS}/{id}/end")
}

/// `path` if it leads to a page of ours, else the home page: what comes with a request must not lead elsewhere.
pub fn local(path: &str) -> &str {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.starts_with(SIGN_IN)
        && !path.contains(['\\', '\n', '\r', '\t'])
        && !path.chars().any(char::is_control);
    if ours { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_to_another_site() {
        for ours in ["/", "/matters?stage=open", "/matters/12#timeline"] {
            assert_eq!(local(ours), ours);
        }
        for foreign in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil",
            "/sign-in?next=/x",
        ] {
            assert_eq!(local(foreign), "/", "{foreign}");
        }
    }
}

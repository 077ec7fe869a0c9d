//! The addresses of everything about people, and who may use them.

mod account;
mod conflicts;
mod courts;
mod entry;
mod roles;
mod staff;
mod week_leaders;

use super::permissions::Permission;
use super::routing::{Access, Routes};
use super::urls;
use crate::app::App;
use crate::error::Problem;
use crate::web::form::Complaints;
use crate::web::frame::{ACCOUNT, SIGN_OUT, TYPE_SIZE};
use actix_web::HttpRequest;

pub fn routes(r: &mut Routes) {
    r.get(urls::SIGN_IN, Access::Public, entry::sign_in_page);
    r.post(urls::SIGN_IN, Access::Public, entry::sign_in);
    r.get(urls::SET_UP, Access::Public, entry::set_up_page);
    r.post(urls::SET_UP, Access::Public, entry::set_up);

    r.post(SIGN_OUT, Access::SignedIn, account::sign_out);
    r.get(urls::PASSWORD, Access::SignedIn, account::password_page);
    r.post(urls::PASSWORD, Access::SignedIn, account::change_password);
    r.get(ACCOUNT, Access::SignedIn, account::account);
    r.post(urls::END_OTHERS, Access::SignedIn, account::end_others);
    r.post("/account/sessions/{id}/end", Access::SignedIn, account::end_session);
    r.post(TYPE_SIZE, Access::SignedIn, account::type_size);
    r.get(urls::PERMISSIONS, Access::SignedIn, roles::permissions);

    let manage = Access::May(Permission::ManageStaff);
    r.get(urls::STAFF, manage, staff::list);
    r.post(urls::STAFF, manage, staff::add);
    r.post(urls::STAFF_SEARCH, manage, staff::search);
    r.post(urls::STAFF_EXPORT, manage, staff::export);
    r.get(urls::NEW_STAFF, manage, staff::new_page);
    r.get("/settings/staff/{id}", manage, staff::show);
    r.post("/settings/staff/{id}", manage, staff::edit);
    r.post("/settings/staff/{id}/deactivate", manage, staff::deactivate);
    r.post("/settings/staff/{id}/reactivate", manage, staff::reactivate);
    r.post("/settings/staff/{id}/reset-password", manage, staff::reset_password);
    r.get(urls::DIVISIONS, manage, courts::divisions);
    r.post(urls::DIVISIONS, manage, courts::add_division);
    r.get(urls::NEW_DIVISION, manage, courts::new_division_page);
    r.get("/settings/divisions/{id}", manage, courts::division);
    r.post("/settings/divisions/{id}", manage, courts::save_division);
    r.get(urls::COURT, manage, courts::court);
    r.post(urls::COURT, manage, courts::save_court);

    let assign = Access::May(Permission::AssignRoles);
    r.get(urls::ROLES, assign, roles::matrix);
    r.get("/settings/roles/{id}", assign, roles::show);
    r.post("/settings/roles/{id}", assign, roles::assign);
    r.post("/settings/roles/{id}/unlock", assign, roles::unlock);
    r.post("/settings/roles/{id}/close", assign, roles::close);
    r.get(urls::PORTFOLIOS, assign, roles::portfolios);
    r.post(urls::PORTFOLIOS, assign, roles::set_portfolio);
    r.post("/settings/portfolios/{id}/end", assign, roles::end_portfolio);

    let run = Access::May(Permission::RunTiers);
    r.get(urls::WEEK_LEADERS, run, week_leaders::list);
    r.post(urls::WEEK_LEADERS, run, week_leaders::enter);
    r.post("/settings/week-leaders/{id}/remove", run, week_leaders::remove);
}

/// What a form's action came to, or what it said was wrong: that belongs beside the form.
fn heard<T>(outcome: Result<T, Problem>) -> Result<Result<T, Complaints>, Problem> {
    match outcome {
        Ok(value) => Ok(Ok(value)),
        Err(Problem::Refused(sentence)) => {
            let mut told = Complaints::default();
            told.add("", sentence);
            Ok(Err(told))
        }
        Err(other) => Err(other),
    }
}

/// The network address that the request came from: the peer's, or where that is a trusted proxy, the one it names.
fn address(app: &App, request: &HttpRequest) -> String {
    let Some(peer) = request.peer_addr() else { return "未知".to_owned() };
    // A header that is no text could hide an address, and ends the list as one.
    let forwarded = request.headers().get_all("x-forwarded-for").map(|value| value.to_str().unwrap_or("?"));
    app.config().trusted_proxies().sender(peer.ip(), forwarded).to_string()
}

/// What the browser calls itself.
fn agent(request: &HttpRequest) -> String {
    let header = request.headers().get("user-agent").and_then(|value| value.to_str().ok());
    header.map_or_else(String::new, str::to_owned)
}

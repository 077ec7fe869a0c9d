//! What may be used as a password or a user name, when signing in is refused, when a session lapses, and who may do what
//! to whose account. Nothing here reads a clock, a database or a request.

mod accounts;
mod courts;
mod passwords;
mod portfolios;
mod sign_in;
mod week_leaders;

pub use accounts::{AccountRefusal, assign, check_user_name, deactivate, reset_password};
pub use courts::{CourtRefusal, check_court_code, check_number_pattern};
pub use passwords::{PasswordComplaint, password_complaints};
pub use portfolios::{Handover, PortfolioRefusal, check_portfolio_day, take_over};
pub use sign_in::{
    SessionState, SignInLimits, Tally, account_ended, account_failure, address_failure, must_change,
    one_time_lapsed, refused_until, session_state,
};
pub use week_leaders::{WeekRefusal, may_lead};

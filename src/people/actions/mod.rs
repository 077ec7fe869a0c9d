//! What can be done to courts, divisions, staff, accounts and sessions. Each is one transaction: may they? → load → rule →
//! save → trail.

mod courts;
mod passwords;
mod roles;
mod set_up;
mod sign_in;
mod staff;
mod week_leaders;

pub use courts::{CourtDraft, DivisionDraft, add_court, save_court, save_division};
pub use passwords::{ChangeOutcome, PasswordChange, change_password, give_known_password, reset_password};
pub use roles::{Charge, assign_roles, end_portfolio, set_portfolio};
pub use set_up::{SetUp, SetUpAdministrator, forget_setup_code, is_setup_code, set_up, setup_code};
pub use sign_in::{
    Attempt, SignInOutcome, SignInRefusal, end_others, end_session, set_large_type, sign_in, sign_out,
};
pub use staff::{
    NewStaff, StaffEdit, add_staff, close_account, deactivate_staff, edit_staff, export_staff,
    reactivate_staff, unlock,
};
pub use week_leaders::{enter_week_leader, remove_week_leader};

use super::act::Act;
use super::types::CourtId;
use crate::error::Problem;

/// People act in their own court; the system in any. Another court's things are not there for them.
fn within(act: &Act, court: CourtId) -> Result<(), Problem> {
    match act.by.court_id {
        Some(own) if own != court => Err(Problem::NotFound),
        Some(_) | None => Ok(()),
    }
}

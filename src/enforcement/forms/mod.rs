//! What is typed about task sheets, sums and talks, and what is chosen above the register.

mod money;
mod register;
mod tasks;

pub use money::{CorrectForm, DueForm, PaymentForm, TalkForm};
pub use register::EnforcementQuery;
pub use tasks::{MeasureForm, OwnerForm, ResultForm, SheetForm};

use crate::people::StaffId;
use crate::web::form::{Complaints, one_of};

fn staff(typed: &str) -> Result<StaffId, String> {
    one_of(typed, |id| id.parse::<StaffId>().ok())
}

/// What tells a form that was sent twice from two forms; complains where it got lost.
fn submission(complaints: &mut Complaints, typed: &str) -> Option<String> {
    let length_ok = (8..=64).contains(&typed.len());
    let plain = typed.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if length_ok && plain {
        return Some(typed.to_owned());
    }
    complaints.add("", "表单不完整，请刷新页面后重新填写。");
    None
}

//! Whom one asks for help, and with what, as typed.

use crate::people::StaffId;
use crate::web::form::{Complaints, paragraphs};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct HandForm {
    pub version: i64,
    pub staff: String,
    pub task: String,
    /// Why the case judge goes on handling the matter.
    pub excuse: String,
}

impl HandForm {
    /// The person, and what they are asked to do.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn helper(&self) -> Result<(StaffId, String), Complaints> {
        let mut complaints = Complaints::default();
        let staff = complaints.hear("staff", self.read_staff());
        let task = complaints.hear("task", paragraphs(&self.task, 0..=300));
        if task.as_ref().is_some_and(String::is_empty) {
            complaints.add("task", "请写明请对方做什么。");
        }
        complaints.verdict(staff.zip(task))
    }

    /// Whom the matter complains about, and of what.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn complained(&self) -> Result<(StaffId, String), Complaints> {
        let mut complaints = Complaints::default();
        let staff = complaints.hear("staff", self.read_staff());
        let said = complaints.hear("task", paragraphs(&self.task, 2..=2000));
        complaints.verdict(staff.zip(said))
    }

    /// The person alone.
    ///
    /// # Errors
    ///
    /// That nobody was chosen.
    pub fn person(&self) -> Result<StaffId, Complaints> {
        let mut complaints = Complaints::default();
        let staff = complaints.hear("staff", self.read_staff());
        complaints.verdict(staff)
    }

    /// The case judge, and why they go on handling the matter, where they do; else empty.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn judge(&self) -> Result<(StaffId, String), Complaints> {
        let mut complaints = Complaints::default();
        let staff = complaints.hear("staff", self.read_staff());
        let excuse = complaints.hear("excuse", paragraphs(&self.excuse, 0..=200));
        complaints.verdict(staff.zip(excuse))
    }

    fn read_staff(&self) -> Result<StaffId, String> {
        self.staff.parse().ok().ok_or_else(|| "请选择人员。".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_helper_is_told_what_to_do() {
        let form = HandForm { staff: "7".into(), task: "  ".into(), ..HandForm::default() };
        assert_eq!(form.helper().unwrap_err().about("task").count(), 1);
        assert_eq!(form.person().unwrap(), StaffId(7));
        assert_eq!(form.judge().unwrap(), (StaffId(7), String::new()));
        let form = HandForm { task: "核实执行款发放".into(), ..form };
        assert_eq!(form.helper().unwrap(), (StaffId(7), "核实执行款发放".into()));
        assert!(HandForm::default().judge().is_err());
    }
}

//! A filter to be kept, as sent.

use super::rules::tells_a_number;
use super::types::Register;
use crate::web::form::{Complaints, one_of, words};
use serde::Deserialize;

/// The name, the register, and its filters as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SaveForm {
    pub name: String,
    pub register: String,
    pub query: String,
}

impl SaveForm {
    /// The name and the register.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(String, Register), Complaints> {
        let mut complaints = Complaints::default();
        let name = complaints.hear("name", read_name(&self.name));
        let register = complaints.hear("register", one_of(&self.register, Register::from_code));
        complaints.verdict(name.zip(register))
    }
}

/// Another name for a filter.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RenameForm {
    pub name: String,
}

impl RenameForm {
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn check(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let name = complaints.hear("name", read_name(&self.name));
        complaints.verdict(name)
    }
}

fn read_name(typed: &str) -> Result<String, String> {
    let name = words(typed, 1..=20)?;
    if tells_a_number(&name) {
        return Err("名称里不要写电话、证件号码，请换一个说明用途的名称。".to_owned());
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_for_and_holds_no_number() {
        let form =
            |name: &str| SaveForm { name: name.into(), register: "matters".into(), ..SaveForm::default() };
        assert_eq!(form(" 执行类 ").check(), Ok(("执行类".into(), Register::Matters)));
        for wrong in ["", "13800001234", "一二三四五六七八九十一二三四五六七八九十一"] {
            assert!(form(wrong).check().is_err(), "{wrong}");
        }
        assert!(SaveForm { register: "people".into(), ..form("执行类") }.check().is_err());
        assert!(RenameForm { name: "410404196001020013".into() }.check().is_err());
    }
}

//! A change of an entry as typed, and as kept with its proposal.

use crate::web::form::{Complaints, optional, ticked, words};
use serde::{Deserialize, Serialize};

/// What a category is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryChange {
    pub code: String,
    pub parent_code: Option<String>,
    pub name: String,
    pub conduct: bool,
    pub active: bool,
}

/// What a guidance reason is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidanceChange {
    pub code: String,
    pub name: String,
    pub channel: String,
    pub legal_source: String,
    pub active: bool,
}

/// A code: lower-case letters, digits and underscores, with a dot between parent and child.
fn code(typed: &str) -> Result<String, String> {
    let typed = typed.trim();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.';
    if typed.is_empty() || typed.len() > 60 || !typed.chars().all(fits) {
        return Err("代码只能用小写字母、数字、下划线和点，最多60个字符，例如 execution.slow。".to_owned());
    }
    Ok(typed.to_owned())
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CategoryForm {
    /// What had been proposed last when the form was opened.
    pub seen: String,
    pub code: String,
    pub parent_code: String,
    pub name: String,
    pub conduct: String,
    pub active: String,
    pub reason: String,
}

impl CategoryForm {
    /// The change and why, or everything that is wrong.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(CategoryChange, String), Complaints> {
        let mut complaints = Complaints::default();
        let code = complaints.hear("code", code(&self.code));
        let parent = complaints.hear("parent_code", optional(&self.parent_code, self::code));
        let name = complaints.hear("name", words(&self.name, 2..=30));
        let reason = complaints.hear("reason", words(&self.reason, 2..=200));
        let change = match (code, parent, name, reason) {
            (Some(code), Some(parent_code), Some(name), Some(reason)) => Some((
                CategoryChange {
                    code,
                    parent_code,
                    name,
                    conduct: ticked(&self.conduct),
                    active: ticked(&self.active),
                },
                reason,
            )),
            _ => None,
        };
        complaints.verdict(change)
    }
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GuidanceForm {
    /// What had been proposed last when the form was opened.
    pub seen: String,
    pub code: String,
    pub name: String,
    pub channel: String,
    pub legal_source: String,
    pub active: String,
    pub reason: String,
}

impl GuidanceForm {
    /// The change and why, or everything that is wrong. A reason without a legal source can't be in use.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(GuidanceChange, String), Complaints> {
        let mut complaints = Complaints::default();
        let code = complaints.hear("code", code(&self.code));
        let name = complaints.hear("name", words(&self.name, 2..=60));
        let channel = complaints.hear("channel", words(&self.channel, 4..=300));
        let legal_source = self.legal_source.trim().to_owned();
        let active = ticked(&self.active);
        if active && legal_source.chars().count() < 4 {
            complaints
                .add("legal_source", "启用前必须填写法律依据（文件名和条文），没有依据的指引不能使用。");
        }
        let reason = complaints.hear("reason", words(&self.reason, 2..=200));
        let change = match (code, name, channel, reason) {
            (Some(code), Some(name), Some(channel), Some(reason)) => {
                Some((GuidanceChange { code, name, channel, legal_source, active }, reason))
            }
            _ => None,
        };
        complaints.verdict(change)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guidance_without_a_source_is_not_put_in_use() {
        let form = GuidanceForm {
            code: "labour".into(),
            name: "劳动争议".into(),
            channel: "先向劳动争议仲裁委员会申请仲裁".into(),
            reason: "补充依据".into(),
            active: "1".into(),
            ..GuidanceForm::default()
        };
        assert!(form.check().is_err());
        let sourced =
            GuidanceForm { legal_source: "劳动争议调解仲裁法第五条".into(), ..form.clone() };
        assert!(sourced.check().unwrap().0.active);
        let idle = GuidanceForm { active: String::new(), ..form };
        assert!(!idle.check().unwrap().0.active);
    }

    #[test]
    fn codes_are_plain() {
        assert!(code("execution.slow_payment").is_ok());
        for wrong in ["", "执行", "A", "x y", "a'b"] {
            assert!(code(wrong).is_err(), "{wrong}");
        }
    }
}

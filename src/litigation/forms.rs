//! What came of the procedure, as typed.

use crate::matters::case_number::CaseNumber;
use crate::web::form::{Complaints, paragraphs};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the procedure of law began with, or why it didn't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filed {
    /// 立案, with its case number.
    Case(String),
    /// 裁定不予受理、驳回: the ruling's own number and gist.
    Refused { ruling: String },
}

impl Filed {
    /// What the petitioner was told, which is the reply that ends the matter (promise 2).
    pub fn words(&self) -> String {
        match self {
            Filed::Case(number) => format!("已立案，案号{number}。以后的进展请凭案号查询。"),
            Filed::Refused { ruling } => {
                format!("没有立案：{ruling}。对裁定不服的，可以依法上诉或者申请再审。")
            }
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct FiledForm {
    pub version: i64,
    /// `filed` or `refused`.
    pub result: String,
    pub case_number: String,
    pub ruling: String,
}

impl FiledForm {
    /// What came of it.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<Filed, Complaints> {
        let mut complaints = Complaints::default();
        let filed = match self.result.as_str() {
            "filed" => {
                let number = CaseNumber::parse_until(&self.case_number, today);
                let number = number.map_err(|fault| fault.to_string());
                complaints.hear("case_number", number).map(|number| Filed::Case(number.canonical()))
            }
            "refused" => {
                let ruling = complaints.hear("ruling", paragraphs(&self.ruling, 0..=500));
                if ruling.as_ref().is_some_and(String::is_empty) {
                    complaints.add("ruling", "请写明裁定文号和理由。");
                }
                ruling.map(|ruling| Filed::Refused { ruling: ruling.trim_end_matches('。').to_owned() })
            }
            _ => {
                complaints.add("result", "请选择诉讼程序的结果。");
                None
            }
        };
        complaints.verdict(filed)
    }
}

/// Why a claim is handled as a petition after all.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct BackForm {
    pub version: i64,
    pub reason: String,
}

impl BackForm {
    /// The reason.
    ///
    /// # Errors
    ///
    /// That it is missing or too long.
    pub fn check(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let reason = complaints.hear("reason", paragraphs(&self.reason, 0..=500));
        if reason.as_ref().is_some_and(String::is_empty) {
            complaints.add("reason", "请写明为什么改作信访事项办理。");
        }
        complaints.verdict(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-11-23".parse().unwrap()
    }

    #[test]
    fn a_case_number_is_read_by_its_rule() {
        let form = |number: &str| FiledForm {
            result: "filed".into(),
            case_number: number.into(),
            ..FiledForm::default()
        };
        let filed = form("(2026)豫0404民初1234号").check(today()).unwrap();
        assert_eq!(filed, Filed::Case("（2026）豫0404民初1234号".into()));
        assert!(form("1234").check(today()).is_err());
    }

    #[test]
    fn a_refusal_says_its_ruling() {
        let bare = FiledForm { result: "refused".into(), ..FiledForm::default() };
        assert!(bare.check(today()).is_err());
        let whole = FiledForm {
            ruling: "（2026）豫0404民初1号裁定，不属于受案范围。".into(), ..bare
        };
        assert!(whole.check(today()).unwrap().words().contains("不属于受案范围。对裁定不服"));
        assert!(FiledForm::default().check(today()).is_err());
    }
}

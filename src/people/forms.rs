//! What is typed about people, kept as typed so that a page can be drawn again, and what it comes to.

use super::actions::{Charge, CourtDraft, DivisionDraft, NewStaff, SetUp, SetUpAdministrator, StaffEdit};
use super::rules;
use super::types::{
    Account, Court, CourtId, CourtLevel, Division, DivisionId, DivisionKind, Post, Role, Staff, StaffId,
    TierPreset,
};
use crate::text::squeeze;
use crate::web::form::{
    Complaints, many_of, mobile_or_landline, number_in, one_of, optional, read_date, ticked, words,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is typed at the sign-in page.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct SignInForm {
    pub user_name: String,
    pub password: String,
    #[serde(default)]
    pub next: String,
}

/// What is typed to change a password.
#[derive(Clone, Deserialize)]
pub struct PasswordForm {
    pub old: String,
    pub new: String,
    pub repeated: String,
}

/// The first run.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct SetUpForm {
    pub code: String,
    pub court_code: String,
    pub court_name: String,
    pub short_name: String,
    pub level: String,
    pub sysadmin_name: String,
    pub sysadmin_user: String,
    pub security_name: String,
    pub security_user: String,
    pub auditor_name: String,
    pub auditor_user: String,
}

fn said<E: std::fmt::Display>(refusal: E) -> String {
    refusal.to_string()
}

fn user_name(typed: &str) -> Result<String, String> {
    let name = squeeze(typed).to_lowercase();
    rules::check_user_name(&name).map(|()| name).map_err(said)
}

fn court_code(typed: &str) -> Result<String, String> {
    let code = squeeze(typed);
    rules::check_court_code(&code).map(|()| code).map_err(said)
}

impl SetUpForm {
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self) -> Result<SetUp, Complaints> {
        let mut told = Complaints::default();
        let code = told.hear("court_code", court_code(&self.court_code));
        let name = told.hear("court_name", words(&self.court_name, 4..=50));
        let short = told.hear("short_name", words(&self.short_name, 1..=10));
        let level = told.hear("level", one_of(&self.level, CourtLevel::from_code));
        let mut who = |field: &str, name: &str, user: &str| {
            let name = told.hear(format!("{field}_name"), words(name, 2..=30));
            let user = told.hear(format!("{field}_user"), user_name(user));
            name.zip(user).map(|(name, user_name)| SetUpAdministrator { name, user_name })
        };
        let sysadmin = who("sysadmin", &self.sysadmin_name, &self.sysadmin_user);
        let security_admin = who("security", &self.security_name, &self.security_user);
        let auditor = who("auditor", &self.auditor_name, &self.auditor_user);
        let court = || Some(CourtDraft::new(&code?, &name?, &short?, level?));
        let set_up = || {
            Some(SetUp {
                court: court()?,
                sysadmin: sysadmin?,
                security_admin: security_admin?,
                auditor: auditor?,
            })
        };
        let value = set_up();
        told.verdict(value)
    }
}

/// Somebody's particulars.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct StaffForm {
    pub version: String,
    /// Only for somebody new.
    #[serde(default)]
    pub user_name: String,
    pub name: String,
    pub division: String,
    pub post: String,
    pub rank: String,
    pub mail: String,
    pub telephone: String,
    pub expires_on: String,
}

impl StaffForm {
    /// An empty one, for somebody new.
    pub fn empty() -> Self {
        StaffForm {
            version: "0".into(),
            rank: "1".into(),
            post: Post::Judge.code().into(),
            ..StaffForm::default()
        }
    }

    /// As somebody is now.
    pub fn of(staff: &Staff, account: &Account) -> Self {
        StaffForm {
            version: staff.version.to_string(),
            user_name: account.user_name.clone(),
            name: staff.name.clone(),
            division: staff.division_id.map_or_else(String::new, |id| id.to_string()),
            post: staff.post.code().into(),
            rank: staff.rank.to_string(),
            mail: staff.mail.clone().unwrap_or_default(),
            telephone: staff.telephone.clone().unwrap_or_default(),
            expires_on: account.expires_on.map_or_else(String::new, |last| last.to_string()),
        }
    }

    fn read(&self, told: &mut Complaints) -> Option<StaffEdit> {
        let version = told.hear("", number_in(&self.version, 0..=i64::MAX));
        let name = told.hear("name", words(&self.name, 2..=30));
        let division = told.hear("division", optional(&self.division, division_id));
        let post = told.hear("post", one_of(&self.post, Post::from_code));
        let rank = told.hear("rank", number_in(&self.rank, 1..=999));
        let mail = told.hear("mail", optional(&self.mail, mail));
        let telephone = told.hear("telephone", optional(&self.telephone, mobile_or_landline));
        let expires_on = told.hear("expires_on", optional(&self.expires_on, read_date));
        Some(StaffEdit {
            version: version?,
            division_id: division?,
            name: name?,
            post: post?,
            rank: rank?,
            mail: mail?,
            telephone: telephone?,
            expires_on: expires_on?,
        })
    }

    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self) -> Result<StaffEdit, Complaints> {
        let mut told = Complaints::default();
        let edit = self.read(&mut told);
        told.verdict(edit)
    }

    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check_new(&self, court_id: CourtId) -> Result<NewStaff, Complaints> {
        let mut told = Complaints::default();
        let edit = self.read(&mut told);
        let user_name = told.hear("user_name", user_name(&self.user_name));
        let new = edit.zip(user_name).map(|(edit, user_name)| NewStaff {
            court_id,
            division_id: edit.division_id,
            name: edit.name,
            post: edit.post,
            rank: edit.rank,
            mail: edit.mail,
            telephone: edit.telephone,
            user_name,
            roles: Vec::new(),
            expires_on: edit.expires_on,
        });
        told.verdict(new)
    }
}

fn division_id(typed: &str) -> Result<DivisionId, String> {
    one_of(typed, |id| id.parse().ok())
}

fn mail(typed: &str) -> Result<String, String> {
    let address = squeeze(typed);
    match address.parse::<lettre::Address>() {
        Ok(_) if address.len() <= 100 => Ok(address),
        Ok(_) | Err(_) => Err("邮箱地址不正确，请写成 zhangsan@court.gov.cn 的样子。".to_owned()),
    }
}

/// A division's particulars.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct DivisionForm {
    pub version: String,
    pub name: String,
    pub kind: String,
    pub telephone: String,
    pub position: String,
    #[serde(default)]
    pub active: String,
}

impl DivisionForm {
    /// An empty one, placed after the others.
    pub fn empty(position: i64) -> Self {
        DivisionForm {
            version: "0".into(),
            position: position.to_string(),
            active: "1".into(),
            ..DivisionForm::default()
        }
    }

    /// As a division is now.
    pub fn of(division: &Division) -> Self {
        DivisionForm {
            version: division.version.to_string(),
            name: division.name.clone(),
            kind: division.kind.code().into(),
            telephone: division.telephone.clone(),
            position: division.position.to_string(),
            active: if division.active { "1".into() } else { String::new() },
        }
    }

    /// The version that was looked at, and what the division shall be.
    ///
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self) -> Result<(i64, DivisionDraft), Complaints> {
        let mut told = Complaints::default();
        let version = told.hear("", number_in(&self.version, 0..=i64::MAX));
        let name = told.hear("name", words(&self.name, 2..=30));
        let kind = told.hear("kind", one_of(&self.kind, DivisionKind::from_code));
        let telephone = told.hear("telephone", optional(&self.telephone, mobile_or_landline));
        let position = told.hear("position", number_in(&self.position, 1..=999));
        let draft = || {
            Some(DivisionDraft {
                name: name?,
                kind: kind?,
                telephone: telephone?.unwrap_or_default(),
                position: position?,
                active: ticked(&self.active),
            })
        };
        let value = version.zip(draft());
        told.verdict(value)
    }
}

/// A court's particulars.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct CourtForm {
    pub version: String,
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub level: String,
    pub address: String,
    pub window_name: String,
    pub telephone: String,
    pub number_pattern: String,
    pub tier_preset: String,
}

impl CourtForm {
    /// As the court is now.
    pub fn of(court: &Court) -> Self {
        CourtForm {
            version: court.version.to_string(),
            code: court.code.clone(),
            name: court.name.clone(),
            short_name: court.short_name.clone(),
            level: court.level.code().into(),
            address: court.address.clone(),
            window_name: court.window_name.clone(),
            telephone: court.telephone.clone(),
            number_pattern: court.number_pattern.clone(),
            tier_preset: court.tier_preset.code().into(),
        }
    }

    /// The version that was looked at, and what the court shall be; the court above stays `parent_id`.
    ///
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self, parent_id: Option<CourtId>) -> Result<(i64, CourtDraft), Complaints> {
        let mut told = Complaints::default();
        let version = told.hear("", number_in(&self.version, 0..=i64::MAX));
        let code = told.hear("code", court_code(&self.code));
        let name = told.hear("name", words(&self.name, 4..=50));
        let short_name = told.hear("short_name", words(&self.short_name, 1..=10));
        let level = told.hear("level", one_of(&self.level, CourtLevel::from_code));
        let address = told.hear("address", words(&self.address, 0..=100));
        let window_name = told.hear("window_name", words(&self.window_name, 1..=50));
        let telephone = told.hear("telephone", optional(&self.telephone, mobile_or_landline));
        let pattern = self.number_pattern.trim().to_owned();
        let pattern = rules::check_number_pattern(&pattern).map(|()| pattern).map_err(said);
        let number_pattern = told.hear("number_pattern", pattern);
        let tier_preset = told.hear("tier_preset", one_of(&self.tier_preset, TierPreset::from_code));
        let draft = || {
            Some(CourtDraft {
                code: code?,
                name: name?,
                short_name: short_name?,
                level: level?,
                parent_id,
                address: address?,
                window_name: window_name?,
                telephone: telephone?.unwrap_or_default(),
                number_pattern: number_pattern?,
                tier_preset: tier_preset?,
            })
        };
        let value = version.zip(draft());
        told.verdict(value)
    }
}

/// What is ticked for somebody.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct RolesForm {
    pub version: i64,
    #[serde(default)]
    pub roles: Vec<String>,
}

impl RolesForm {
    /// # Errors
    ///
    /// That one of them is no role.
    pub fn check(&self) -> Result<Vec<Role>, Complaints> {
        let mut told = Complaints::default();
        let roles = told.hear("roles", many_of(&self.roles, Role::from_code));
        told.verdict(roles)
    }
}

/// What is typed to put a leader over something.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PortfolioForm {
    pub staff: String,
    /// A division's id, or `petitions`.
    pub charge: String,
    pub from_on: String,
}

impl PortfolioForm {
    /// Who is put over what, from which day on.
    ///
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self) -> Result<(StaffId, Charge, NaiveDate), Complaints> {
        let mut told = Complaints::default();
        let staff = told.hear("staff", one_of(&self.staff, |id| id.parse().ok()));
        let charge = match self.charge.trim() {
            "petitions" => Some(Charge::Petitions),
            division => told.hear("charge", division_id(division).map(Charge::Division)),
        };
        let from_on = told.hear("from_on", read_date(&self.from_on));
        let all = || Some((staff?, charge?, from_on?));
        let value = all();
        told.verdict(value)
    }
}

/// Who leads the duty from a day to a day, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct WeekForm {
    pub staff: String,
    pub from_on: String,
    pub to_on: String,
}

impl WeekForm {
    /// # Errors
    ///
    /// Every complaint at once.
    pub fn check(&self) -> Result<(StaffId, NaiveDate, NaiveDate), Complaints> {
        let mut told = Complaints::default();
        let staff = told.hear("staff", one_of(&self.staff, |id| id.parse().ok()));
        let from_on = told.hear("from_on", read_date(&self.from_on));
        let to_on = told.hear("to_on", read_date(&self.to_on));
        let all = || Some((staff?, from_on?, to_on?));
        let value = all();
        told.verdict(value)
    }
}

/// The button beside somebody or something, pressed at this version.
#[derive(Clone, Debug, Deserialize)]
pub struct VersionForm {
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_new_is_read_or_every_complaint_heard() {
        let form = StaffForm {
            user_name: " ZhangSan ".into(),
            name: "张三".into(),
            division: "7".into(),
            mail: "zhangsan@court.gov.cn".into(),
            expires_on: "2027-06-30".into(),
            ..StaffForm::empty()
        };
        let new = form.check_new(CourtId(1)).unwrap();
        assert_eq!((new.user_name.as_str(), new.division_id), ("zhangsan", Some(DivisionId(7))));
        let wrong = StaffForm {
            mail: "no mail".into(),
            name: String::new(),
            user_name: "张".into(),
            rank: "x".into(),
            post: "king".into(),
            ..form
        };
        let told = wrong.check_new(CourtId(1)).unwrap_err();
        let fields: Vec<&str> = told.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "post", "rank", "mail", "user_name"]);
    }

    #[test]
    fn the_first_run_wants_everything() {
        let told = SetUpForm::default().check().unwrap_err();
        assert_eq!(told.iter().count(), 10);
        let form = SetUpForm {
            code: "any".into(),
            court_code: "豫０４０４".into(),
            court_name: "石龙区人民法院".into(),
            short_name: "石法".into(),
            level: "basic".into(),
            sysadmin_name: "蒋一".into(),
            sysadmin_user: "jiangyi".into(),
            security_name: "沈二".into(),
            security_user: "shener".into(),
            auditor_name: "韩三".into(),
            auditor_user: "hansan".into(),
        };
        assert_eq!(form.check().unwrap().court.code, "豫0404");
    }
}

//! What is typed about a tier, and what it comes to.

use super::actions::{
    ActDraft, HeardDraft, MeasureDraft, MeasureNews, MeetingDraft, Naming, PlanDraft, ReportDraft, SignDraft,
};
use super::change::RuleContent;
use super::types::{Cause, LeaderAct, MeasureState, Tier, TierRule, Told};
use crate::matters::actions::TypedCase;
use crate::matters::case_number::{CaseNumber, CaseNumberFault};
use crate::matters::types::{CaseStage, HeardLevel, HeardManner, HeardSource};
use crate::people::{DivisionId, StaffId};
use crate::text::tidy;
use crate::web::form::{
    Complaints, date_until, many_of, number_in, one_of, optional, paragraphs, read_date, ticked, words,
};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// A version and a reason; for a button, the version alone.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct TextForm {
    pub version: i64,
    pub text: String,
}

impl TextForm {
    /// # Errors
    ///
    /// What is wrong with the text.
    pub fn check(&self) -> Result<String, Complaints> {
        let mut complaints = Complaints::default();
        let text = complaints.hear("text", paragraphs(&self.text, 4..=1000));
        complaints.verdict(text)
    }
}

/// Why a tier is given up, as typed. `stay`: the escalation that the page showed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GiveUpForm {
    pub stay: i64,
    pub text: String,
}

impl GiveUpForm {
    /// # Errors
    ///
    /// What is wrong with the text.
    pub fn check(&self) -> Result<String, Complaints> {
        TextForm { version: 0, text: self.text.clone() }.check()
    }
}

/// What was found out about what a visitor said, as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct HintForm {
    /// `confirmed` or `refuted`.
    pub outcome: String,
    pub text: String,
}

/// What becomes of what a visitor said (核实结果).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HintOutcome {
    Confirmed,
    Refuted,
}

impl HintOutcome {
    /// As the form offers it.
    pub const CHOICES: [(&str, &str); 2] = [("confirmed", "属实"), ("refuted", "查无此事")];

    fn from_code(code: &str) -> Option<Self> {
        match code {
            "confirmed" => Some(HintOutcome::Confirmed),
            "refuted" => Some(HintOutcome::Refuted),
            _ => None,
        }
    }
}

impl HintForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(HintOutcome, String), Complaints> {
        let mut complaints = Complaints::default();
        let outcome = complaints.hear("outcome", one_of(&self.outcome, HintOutcome::from_code));
        let text = complaints.hear("text", paragraphs(&self.text, 4..=500));
        complaints.verdict(outcome.zip(text))
    }
}

/// Where the list of what visitors said goes on.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct HintQuery {
    pub after: String,
}

/// A hold as typed. `stay`: the escalation that the page showed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct HoldForm {
    pub stay: i64,
    pub until: String,
    pub text: String,
}

impl HoldForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(NaiveDate, String), Complaints> {
        let mut complaints = Complaints::default();
        let until = complaints.hear("until", read_date(&self.until));
        let text = complaints.hear("text", paragraphs(&self.text, 4..=500));
        complaints.verdict(until.zip(text))
    }
}

/// A sign as typed: one field, and what little helps.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SignForm {
    /// Made with the form: the same form sent twice marks one sign.
    pub submission: String,
    pub text: String,
    pub case_number: String,
    pub division: String,
}

impl SignForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<SignDraft, Complaints> {
        let mut complaints = Complaints::default();
        let text = complaints.hear("text", paragraphs(&self.text, 4..=1000));
        let case = optional(&self.case_number, |typed| {
            let typed = words(&tidy(typed), 1..=60)?;
            let told = |fault: CaseNumberFault| format!("{fault}不确定的可以不填。");
            CaseNumber::parse(&typed).map(|number| number.canonical()).map_err(told)
        });
        let case = complaints.hear("case_number", case);
        let division = optional(&self.division, |id| one_of(id, |id| id.parse::<DivisionId>().ok()));
        let division = complaints.hear("division", division);
        let draft = match (text, case, division) {
            (Some(text), Some(case), Some(division_id)) => Some(SignDraft {
                how: Cause::Marked,
                row: 0,
                text,
                division_id,
                case: case.map(|number| TypedCase { number, verified: true, reason: None }),
                case_stage: CaseStage::Trial,
            }),
            _ => None,
        };
        complaints.verdict(draft)
    }
}

/// Where it has been heard, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct HeardForm {
    /// Made with the form: the same form sent twice is kept once.
    pub submission: String,
    pub level: String,
    pub body: String,
    pub manner: String,
    pub heard_on: String,
    pub source: String,
    pub reference: String,
}

impl HeardForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<HeardDraft, Complaints> {
        let mut complaints = Complaints::default();
        let level = complaints.hear("level", one_of(&self.level, HeardLevel::from_code));
        let body = complaints.hear("body", words(&tidy(&self.body), 2..=60));
        let manner = complaints.hear("manner", one_of(&self.manner, HeardManner::from_code));
        let heard_on = complaints.hear("heard_on", date_until(&self.heard_on, today));
        let sure = |code: &str| HeardSource::from_code(code).filter(|source| *source != HeardSource::Visitor);
        let source = complaints.hear("source", one_of(&self.source, sure));
        let reference = complaints.hear("reference", paragraphs(&self.reference, 2..=200));
        let draft = match (level, body, manner, heard_on, source, reference) {
            (Some(level), Some(body), Some(manner), Some(heard_on), Some(source), Some(reference)) => {
                Some(HeardDraft { level, body, manner, heard_on, source, reference })
            }
            _ => None,
        };
        complaints.verdict(draft)
    }
}

/// Who is named in charge, as typed. `version` is empty where nobody was in charge.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct NamingForm {
    pub version: String,
    pub leader: String,
    pub responsible: String,
    pub due_on: String,
}

impl NamingForm {
    /// The version of the charge that the page showed.
    pub fn version(&self) -> Option<i64> {
        self.version.parse().ok()
    }

    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<Naming, Complaints> {
        let mut complaints = Complaints::default();
        let staff = |typed: &str| one_of(typed, |id| id.parse::<StaffId>().ok());
        let leader = complaints.hear("leader", staff(&self.leader));
        let responsible = complaints.hear("responsible", staff(&self.responsible));
        let due_on = complaints.hear("due_on", read_date(&self.due_on));
        let naming = match (leader, responsible, due_on) {
            (Some(leader), Some(responsible), Some(due_on)) => Some(Naming { leader, responsible, due_on }),
            _ => None,
        };
        complaints.verdict(naming)
    }
}

/// An act of the leader as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ActForm {
    pub act: String,
    pub done_on: String,
    pub record: String,
    pub submission: String,
}

/// The day typed, today where none is.
fn day_or(typed: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    Ok(optional(typed, |typed| date_until(typed, today))?.unwrap_or(today))
}

impl ActForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<ActDraft, Complaints> {
        let mut complaints = Complaints::default();
        let act = complaints.hear("act", one_of(&self.act, LeaderAct::from_code));
        let done_on = complaints.hear("done_on", day_or(&self.done_on, today));
        let record = complaints.hear("record", paragraphs(&self.record, 6..=2000));
        let draft = match (act, done_on, record) {
            (Some(act), Some(done_on), Some(record)) => {
                Some(ActDraft { act, done_on, record, submission: self.submission.clone() })
            }
            _ => None,
        };
        complaints.verdict(draft)
    }
}

/// A meeting of the group as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MeetingForm {
    pub held_on: String,
    pub present: String,
    pub record: String,
    pub submission: String,
}

impl MeetingForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<MeetingDraft, Complaints> {
        let mut complaints = Complaints::default();
        let held_on = complaints.hear("held_on", day_or(&self.held_on, today));
        let present = complaints.hear("present", words(&self.present, 2..=300));
        let record = complaints.hear("record", paragraphs(&self.record, 6..=3000));
        let draft = match (held_on, present, record) {
            (Some(held_on), Some(present), Some(record)) => {
                Some(MeetingDraft { held_on, present, record, submission: self.submission.clone() })
            }
            _ => None,
        };
        complaints.verdict(draft)
    }
}

/// A new measure as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MeasureForm {
    pub text: String,
    pub owner: String,
    pub due_on: String,
    pub submission: String,
}

impl MeasureForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, today: NaiveDate) -> Result<MeasureDraft, Complaints> {
        let mut complaints = Complaints::default();
        let text = complaints.hear("text", paragraphs(&self.text, 2..=300));
        let owner = complaints.hear("owner", one_of(&self.owner, |id| id.parse::<StaffId>().ok()));
        let last = today.checked_add_days(Days::new(366)).unwrap_or(today);
        let due = crate::web::form::date_between(&self.due_on, today, last);
        let due_on = complaints.hear("due_on", due);
        let draft = match (text, owner, due_on) {
            (Some(text), Some(owner), Some(due_on)) => {
                Some(MeasureDraft { text, owner, due_on, submission: self.submission.clone() })
            }
            _ => None,
        };
        complaints.verdict(draft)
    }
}

/// How a measure stands, as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct NewsForm {
    pub version: i64,
    pub state: String,
    pub result: String,
}

impl NewsForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<MeasureNews, Complaints> {
        let mut complaints = Complaints::default();
        let state = complaints.hear("state", one_of(&self.state, MeasureState::from_code));
        let least = if state == Some(MeasureState::Done) { 2 } else { 0 };
        let result = complaints.hear("result", paragraphs(&self.result, least..=1000));
        let news = match (state, result) {
            (Some(state), Some(result)) => Some(MeasureNews { state, result }),
            _ => None,
        };
        complaints.verdict(news)
    }
}

/// A plan as typed. `number` is of the version that the page showed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PlanForm {
    pub number: i64,
    pub crux: String,
    pub approach: String,
    pub division_of_work: String,
}

impl PlanForm {
    /// In tier three the plan says who does what.
    ///
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, tier: Option<Tier>) -> Result<PlanDraft, Complaints> {
        let mut complaints = Complaints::default();
        let crux = complaints.hear("crux", paragraphs(&self.crux, 4..=2000));
        let approach = complaints.hear("approach", paragraphs(&self.approach, 4..=3000));
        let least = if tier == Some(Tier::Three) { 4 } else { 0 };
        let work = complaints.hear("division_of_work", paragraphs(&self.division_of_work, least..=2000));
        let draft = match (crux, approach, work) {
            (Some(crux), Some(approach), Some(division_of_work)) => {
                Some(PlanDraft { crux, approach, division_of_work })
            }
            _ => None,
        };
        complaints.verdict(draft)
    }
}

/// A report as typed. `number` is of the version that the page showed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReportForm {
    pub number: i64,
    pub case_facts: String,
    pub course: String,
    pub obstacles: String,
    pub opinion: String,
}

impl ReportForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<ReportDraft, Complaints> {
        let mut complaints = Complaints::default();
        let mut part = |name: &str, text: &str| complaints.hear(name, paragraphs(text, 4..=4000));
        let case_facts = part("case_facts", &self.case_facts);
        let course = part("course", &self.course);
        let obstacles = part("obstacles", &self.obstacles);
        let opinion = part("opinion", &self.opinion);
        let draft = match (case_facts, course, obstacles, opinion) {
            (Some(case_facts), Some(course), Some(obstacles), Some(opinion)) => {
                Some(ReportDraft { case_facts, course, obstacles, opinion })
            }
            _ => None,
        };
        complaints.verdict(draft)
    }
}

/// Somebody put into the group, or a seat given to somebody else, as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct MemberForm {
    /// Of the group.
    pub version: i64,
    /// Empty: nobody takes the seat.
    pub staff: String,
    pub reason: String,
}

impl MemberForm {
    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self) -> Result<(Option<StaffId>, String), Complaints> {
        let mut complaints = Complaints::default();
        let staff = optional(&self.staff, |id| one_of(id, |id| id.parse::<StaffId>().ok()));
        let staff = complaints.hear("staff", staff);
        let reason = complaints.hear("reason", words(&self.reason, 2..=200));
        complaints.verdict(staff.zip(reason))
    }
}

/// A rule as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RuleForm {
    /// What had been proposed for it when the form was opened.
    pub seen: String,
    pub tier: String,
    pub threshold: String,
    pub grace_days: String,
    pub told: Vec<String>,
    pub in_use: String,
    pub basis: String,
    pub note: String,
    pub effective_from: String,
    pub reason: String,
}

impl RuleForm {
    /// The rule as it stands, to be changed from tomorrow on.
    pub fn of(rule: &TierRule, today: NaiveDate) -> Self {
        RuleForm {
            seen: String::new(),
            tier: rule.tier.number().to_string(),
            threshold: rule.threshold.to_string(),
            grace_days: rule.grace_days.to_string(),
            told: rule.told().iter().map(|told| told.code().to_owned()).collect(),
            in_use: if rule.in_use { "1".to_owned() } else { String::new() },
            basis: rule.basis.clone(),
            note: rule.note.clone(),
            effective_from: today.checked_add_days(Days::new(1)).unwrap_or(today).to_string(),
            reason: String::new(),
        }
    }

    /// # Errors
    ///
    /// What is wrong, field by field.
    pub fn check(&self, cause: Cause) -> Result<(RuleContent, String), Complaints> {
        let mut complaints = Complaints::default();
        let tier = complaints.hear("tier", number_in(&self.tier, 1..=3));
        let threshold = complaints.hear("threshold", number_in(&self.threshold, 0..=1000));
        let grace = complaints.hear("grace_days", number_in(&self.grace_days, 0..=30));
        let told = complaints.hear("told", many_of(&self.told, Told::from_code));
        let basis = complaints.hear("basis", words(&self.basis, 2..=200));
        let note = complaints.hear("note", paragraphs(&self.note, 0..=500));
        let from = complaints.hear("effective_from", read_date(&self.effective_from));
        let reason = complaints.hear("reason", paragraphs(&self.reason, 2..=300));
        let checked = match (tier, threshold, grace, told, basis, note, from, reason) {
            (
                Some(tier),
                Some(threshold),
                Some(grace_days),
                Some(told),
                Some(basis),
                Some(note),
                Some(from),
                Some(reason),
            ) => {
                let in_use = ticked(&self.in_use);
                let content = RuleContent {
                    cause,
                    basis,
                    tier,
                    threshold,
                    grace_days,
                    told,
                    in_use,
                    note,
                    effective_from: from,
                };
                Some((content, reason))
            }
            _ => None,
        };
        complaints.verdict(checked)
    }
}

/// Which of somebody's work groups are shown.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct GroupQuery {
    /// `acts`, `measures`, or empty for all.
    pub which: String,
}

/// Which of somebody's work groups are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichGroups {
    All,
    /// Whose matter they have in charge without their acts.
    WithoutActs,
    /// In which a measure of theirs isn't done.
    WithMeasures,
}

impl GroupQuery {
    /// As the page offers them.
    pub const CHOICES: [(&str, &str); 3] =
        [("", "全部"), ("acts", "我包案、没有亲自办全的"), ("measures", "有我负责的化解措施的")];

    pub fn which(&self) -> WhichGroups {
        match self.which.as_str() {
            "acts" => WhichGroups::WithoutActs,
            "measures" => WhichGroups::WithMeasures,
            _ => WhichGroups::All,
        }
    }
}

/// Which tiers the page of all of them shows.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct TierQuery {
    /// `1`, `2`, `3`, or empty for two and three.
    pub tier: String,
    /// `a3` or empty for A4.
    pub size: String,
}

impl TierQuery {
    pub fn tiers(&self) -> Vec<Tier> {
        match self.tier.parse::<i64>().ok().and_then(Tier::of) {
            Some(tier) => vec![tier],
            None => vec![Tier::Three, Tier::Two],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_complaint_comes_at_once() {
        let wrong = NamingForm::default().check().unwrap_err();
        for field in ["leader", "responsible", "due_on"] {
            assert_eq!(wrong.about(field).count(), 1, "{field}");
        }
        let wrong = ReportForm::default().check().unwrap_err();
        assert_eq!(wrong.iter().count(), 4);
    }

    #[test]
    fn a_sign_needs_one_field_and_a_case_number_that_can_be_read() {
        let form =
            SignForm { text: "当事人对判决不服，情绪激动。".into(), ..SignForm::default() };
        assert_eq!(form.check().unwrap().case, None);
        let wrong = SignForm { case_number: "一百二十三号".into(), ..form.clone() };
        assert_eq!(wrong.check().unwrap_err().about("case_number").count(), 1);
        let right = SignForm { case_number: "(2026)豫0404民初123号".into(), ..form };
        assert_eq!(right.check().unwrap().case.unwrap().number, "（2026）豫0404民初123号");
    }

    #[test]
    fn what_is_done_needs_its_result_and_tier_three_says_who_does_what() {
        let news = |state: &str| NewsForm { state: state.into(), ..NewsForm::default() }.check();
        assert!(news("doing").is_ok() && news("done").is_err());
        let plan =
            PlanForm {
                crux: "车辆去向不明".into(), approach: "先找车再分期".into(), ..PlanForm::default()
            };
        assert!(plan.check(Some(Tier::Two)).is_ok() && plan.check(Some(Tier::Three)).is_err());
    }

    #[test]
    fn nobody_s_word_is_a_notice() {
        let today = "2026-11-23".parse().unwrap();
        let form = HeardForm {
            level: "province".into(),
            body: "省信访局".into(),
            manner: "in_person".into(),
            heard_on: "2026-11-20".into(),
            source: "notice".into(),
            reference: "通报第12号".into(),
            submission: String::new(),
        };
        assert!(form.check(today).is_ok());
        assert!(HeardForm { source: "visitor".into(), ..form }.check(today).is_err());
    }
}

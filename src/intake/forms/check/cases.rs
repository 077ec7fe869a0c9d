//! Case numbers, and how a wrong one may be mended.

use crate::intake::forms::IntakeForm;
use crate::intake::forms::rows::at;
use crate::matters::actions::register::TypedCase;
use crate::matters::case_number::CaseNumber;
use crate::text::tidy;
use crate::time::Moment;
use crate::web::form::Complaints;

/// A reason needs at least so many characters.
const SHORTEST_REASON: usize = 2;

impl IntakeForm {
    /// The case numbers, each with what was understood of it.
    pub(super) fn cases(
        &self,
        now: Moment,
        c: &mut Complaints,
    ) -> Option<Vec<(TypedCase, Option<CaseNumber>)>> {
        let mut cases: Vec<(TypedCase, Option<CaseNumber>)> = Vec::new();
        let mut all_right = true;
        for (row, typed) in self.case_number.iter().enumerate().filter(|(_, typed)| !typed.trim().is_empty())
        {
            match c.hear(format!("case_number.{row}"), read_case(typed, at(&self.case_reason, row), now)) {
                Some(case) if !cases.iter().any(|(known, _)| known.number == case.0.number) => {
                    cases.push(case)
                }
                Some(_) => {}
                None => all_right = false,
            }
        }
        all_right.then_some(cases)
    }

    /// Puts the proposed number where the one in this row is wrong.
    pub fn fix_case(&mut self, row: usize, now: Moment) {
        if let Some(slot) = self.case_number.get_mut(row)
            && let Some(proposed) = proposal(slot, now)
        {
            *slot = proposed;
        }
    }

    /// What the number in this row may have been meant to be, where it is wrong.
    pub fn case_proposal(&self, row: usize, now: Moment) -> Option<String> {
        proposal(at(&self.case_number, row), now)
    }
}

fn proposal(typed: &str, now: Moment) -> Option<String> {
    if typed.trim().is_empty() {
        return None;
    }
    CaseNumber::parse_until(typed, now.today()).err().and_then(|fault| fault.suggestion)
}

fn read_case(typed: &str, reason: &str, now: Moment) -> Result<(TypedCase, Option<CaseNumber>), String> {
    let reason = tidy(reason);
    let fault = match CaseNumber::parse_until(typed, now.today()) {
        Ok(number) => {
            let case = TypedCase { number: number.canonical(), verified: true, reason: None };
            return Ok((case, Some(number)));
        }
        Err(fault) => fault,
    };
    if reason.chars().count() < SHORTEST_REASON {
        return Err(format!("{fault}确实无法核对的，写明原因后可按“未核实”保存。"));
    }
    let number = CaseNumber::parse_unverified(typed, now.today()).ok();
    let kept = number.as_ref().map_or_else(|| tidy(typed), CaseNumber::canonical);
    if kept.chars().count() > 80 {
        return Err("案号最多 80 个字，请核对。".to_owned());
    }
    Ok((TypedCase { number: kept, verified: false, reason: Some(reason) }, number))
}

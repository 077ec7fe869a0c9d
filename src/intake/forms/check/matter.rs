//! What a new matter is about, and what becomes of it at once.

use crate::intake::forms::IntakeForm;
use crate::intake::rules;
use crate::intake::types::Choices;
use crate::matters::MatterId;
use crate::matters::actions::register::{About, NewMatter};
use crate::matters::rules::Screening;
use crate::matters::types::{CaseStage, Track};
use crate::people::{DivisionId, StaffId};
use crate::text::tidy;
use crate::time::Moment;
use crate::web::form::{Complaints, date_until, one_of, optional, paragraphs, words};

impl IntakeForm {
    pub(super) fn about(&self, choices: &Choices, now: Moment, c: &mut Complaints) -> Option<About> {
        if !self.matter_id.trim().is_empty() {
            let known = self.matter_id.trim().parse().map(MatterId);
            let known = known.map_err(|_error: std::num::ParseIntError| {
                "找不到要续登的事项，请从“登记”页重新查找。".to_owned()
            });
            return c.hear("", known).map(About::Existing);
        }
        let category = c.hear("category", one_of(&self.category, |code| choices.category(code)));
        let claim = c.hear("claim", words(&tidy(&self.claim), 2..=200));
        let summary = c.hear("summary", paragraphs(&self.summary, 0..=8000));
        let cases = self.cases(now, c);
        let case_stage =
            c.hear("case_stage", optional(&self.case_stage, |code| one_of(code, CaseStage::from_code)));
        let division_id = optional(&self.division, |code| one_of(code, |code| choices.division(code)));
        let division_id = c.hear("division", division_id);
        let complained_of = self.complained(choices, c);
        let screening = self.screened(choices, now, c);
        let (category_code, claim, cases) = (category?, claim?, cases?);
        let told = cases.iter().find_map(|(_, number)| number.as_ref().and_then(rules::stage_of_case));
        let guessed = told.unwrap_or_else(|| rules::stage_of_category(&category_code));
        Some(About::New(Box::new(NewMatter {
            case_stage: case_stage?.unwrap_or(guessed),
            summary: summary.map(|text| if text.is_empty() { claim.clone() } else { text })?,
            cases: cases.into_iter().map(|(case, _)| case).collect(),
            division_id: division_id?,
            complained_of: complained_of?,
            screening: screening?,
            category_code,
            claim,
        })))
    }

    pub(super) fn complained(&self, choices: &Choices, c: &mut Complaints) -> Option<Vec<StaffId>> {
        let mut all = Vec::new();
        let mut all_right = true;
        for (row, code) in self.complained.iter().enumerate().filter(|(_, code)| !code.trim().is_empty()) {
            match c.hear(format!("complained.{row}"), one_of(code, |code| choices.person(code))) {
                Some(id) if !all.contains(&id) => all.push(id),
                Some(_) => {}
                None => all_right = false,
            }
        }
        all_right.then_some(all)
    }

    pub(super) fn screened(&self, choices: &Choices, now: Moment, c: &mut Complaints) -> Option<Screening> {
        if !choices.may_screen {
            return Some(Screening::Undecided);
        }
        match self.screening.trim() {
            "" | "undecided" => Some(Screening::Undecided),
            "accepted" => Some(Screening::Accepted),
            "in_litigation" => {
                let track = c.hear("track", one_of(&self.track, Track::from_code));
                let from = optional(&self.track_from, |typed| date_until(typed, now.today()));
                let from = c.hear("track_from", from);
                track.zip(from).map(|(track, from)| Screening::InLitigation(track, from))
            }
            "not_this_court" => {
                let reason = c.hear("guidance", one_of(&self.guidance, |code| choices.reason(code)));
                let authority = c.hear("authority", words(&tidy(&self.authority), 2..=60));
                let reason = reason?;
                Some(Screening::NotThisCourt {
                    authority: authority?,
                    guidance: format!(
                        "理由：{}（{}）。{}。",
                        reason.name, reason.legal_source, reason.channel
                    ),
                })
            }
            "answered" => {
                let answer = c.hear("answer", paragraphs(&self.answer, 4..=2000));
                answer.map(|answer| Screening::AnsweredOnTheSpot { answer })
            }
            _ => {
                c.add("screening", "选择的内容不在列表中，请重新选择。");
                None
            }
        }
    }
}

impl Choices {
    fn category(&self, code: &str) -> Option<String> {
        let all = self.categories.iter().flat_map(|(_, below)| below);
        all.map(|(known, _)| known).find(|known| *known == code).cloned()
    }

    fn division(&self, code: &str) -> Option<DivisionId> {
        self.divisions.iter().map(|(id, _)| *id).find(|id| id.to_string() == code)
    }

    fn person(&self, code: &str) -> Option<StaffId> {
        self.staff.iter().flat_map(|(_, people)| people).map(|(id, _)| *id).find(|id| id.to_string() == code)
    }

    /// The reason in force with this code.
    pub fn reason(&self, code: &str) -> Option<crate::intake::types::Guidance> {
        self.guidance.iter().find(|reason| reason.code == code).cloned()
    }
}

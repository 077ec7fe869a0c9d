//! From what was typed to a registration, with every complaint at once.

use super::IntakeForm;
use super::rows::at;
use crate::intake::rules;
use crate::intake::types::Choices;
use crate::matters::MatterId;
use crate::matters::actions::register::{About, Heard, NewMatter, Person, Registration, TypedCase, Who};
use crate::matters::case_number::CaseNumber;
use crate::matters::rules::{Screening, check_people};
use crate::matters::types::{
    CaseStage, Channel, HeardLevel, HeardManner, HeardSource, MOST_REPRESENTATIVES, Part, Track,
};
use crate::people::{DivisionId, StaffId};
use crate::text::tidy;
use crate::time::Moment;
use crate::web::form::{
    Complaints, date_until, moment_until, number_in, one_of, optional, paragraphs, words,
};

/// A reason needs at least so many characters.
const SHORTEST_REASON: usize = 2;
/// More people than ever come at once.
const MOST_CAME: i64 = 9999;

impl IntakeForm {
    /// Reads the whole form. `choices` is what could be chosen.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, field by field.
    pub fn check(&self, choices: &Choices, now: Moment) -> Result<Registration, Complaints> {
        let mut complaints = Complaints::default();
        let c = &mut complaints;
        let channel = c.hear("channel", one_of(&self.channel, Channel::from_code));
        let happened_at =
            c.hear("happened_at", optional(&self.happened_at, |typed| moment_until(typed, now)));
        let (people, people_count) = self.people(now, c);
        let about = self.about(choices, now, c);
        let handed_in = c.hear("handed_in", paragraphs(&self.handed_in, 0..=1000));
        let outside = optional(&tidy(&self.outside_number), |typed| words(typed, 1..=60));
        let outside_number = c.hear("outside_number", outside);
        let heard_at = self.heard(now, c);
        if self.submission_key.trim().is_empty() {
            c.add("", "这张表单不完整，请从“登记”页重新打开。");
        }
        let contact_summary = match &about {
            Some(About::Existing(_)) => c.hear("summary", paragraphs(&self.summary, 2..=4000)),
            Some(About::New(_)) | None => Some(String::new()),
        };
        let registration = (|| {
            Some(Registration {
                submission_key: self.submission_key.trim().chars().take(80).collect(),
                channel: channel?,
                happened_at: happened_at?.unwrap_or(now),
                people_count: people_count?,
                people: people?,
                about: about?,
                contact_summary: contact_summary?,
                handed_in: handed_in?,
                outside_number: outside_number?,
                heard_at: heard_at?,
            })
        })();
        complaints.verdict(registration)
    }

    /// Those who came, and how many they were in all.
    fn people(&self, now: Moment, c: &mut Complaints) -> (Option<Vec<Person>>, Option<i64>) {
        let rows: Vec<usize> = (0..self.person_rows()).filter(|row| !self.person(*row).is_blank()).collect();
        let rows = if rows.is_empty() { vec![0] } else { rows };
        let mut people = Vec::with_capacity(rows.len());
        for row in &rows {
            people.push(self.one_person(*row, now, c));
        }
        let came = people.iter().flatten().filter(|p| !matches!(p.part, Part::Agent | Part::Lawyer)).count();
        let came = i64::try_from(came.max(1)).unwrap_or(MOST_CAME);
        let count =
            c.hear("people_count", optional(&self.people_count, |typed| number_in(typed, 1..=MOST_CAME)));
        let count = count.map(|typed| typed.unwrap_or(came));
        let people: Option<Vec<Person>> = people.into_iter().collect();
        let people = people.map(|mut people| {
            for person in &mut people {
                person.part = rules::part_in(person.part, count.unwrap_or(came));
            }
            people
        });
        if let (Some(people), Some(count)) = (&people, count) {
            let parts: Vec<Part> = people.iter().map(|person| person.part).collect();
            if let Err(refusal) = check_people(&parts, count) {
                let speaking = |(at, _): &(usize, &Part)| {
                    parts.iter().take(at + 1).filter(|p| **p == Part::Representative).count()
                        > MOST_REPRESENTATIVES
                };
                let sixth = parts.iter().enumerate().find(speaking).and_then(|(at, _)| rows.get(at));
                let field = sixth.map_or_else(|| "people_count".to_owned(), |row| format!("part.{row}"));
                c.add(field, refusal.to_string());
            }
        }
        (people, count)
    }

    fn one_person(&self, row: usize, now: Moment, c: &mut Complaints) -> Option<Person> {
        let typed = self.person(row);
        let part = match typed.part.trim() {
            "" => Some(Part::Petitioner),
            code => c.hear(format!("part.{row}"), one_of(code, Part::from_code)),
        };
        let relation = c.hear(format!("relation.{row}"), words(&tidy(&typed.relation), 0..=60));
        let who = match typed.id {
            Some(id) => Some(Who::Known(id)),
            None => {
                let details = typed.form.check_into(now.today(), c, |field| format!("{field}.{row}"));
                details.map(|details| Who::New(Box::new(details)))
            }
        };
        Some(Person { who: who?, part: part?, relation: relation? })
    }

    fn about(&self, choices: &Choices, now: Moment, c: &mut Complaints) -> Option<About> {
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
        let screening = self.screened(choices, c);
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

    /// The case numbers, each with what was understood of it.
    fn cases(&self, now: Moment, c: &mut Complaints) -> Option<Vec<(TypedCase, Option<CaseNumber>)>> {
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

    fn complained(&self, choices: &Choices, c: &mut Complaints) -> Option<Vec<StaffId>> {
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

    fn heard(&self, now: Moment, c: &mut Complaints) -> Option<Vec<Heard>> {
        let mut all = Vec::new();
        let mut all_right = true;
        for row in 0..self.heard_level.len().max(self.heard_body.len()) {
            let (level, body) = (at(&self.heard_level, row).trim(), at(&self.heard_body, row).trim());
            if level.is_empty() && body.is_empty() {
                continue;
            }
            match self.one_heard(row, now, c) {
                Some(heard) => all.push(heard),
                None => all_right = false,
            }
        }
        all_right.then_some(all)
    }

    fn one_heard(&self, row: usize, now: Moment, c: &mut Complaints) -> Option<Heard> {
        let level = one_of(at(&self.heard_level, row), HeardLevel::from_code);
        let level = c.hear(format!("heard_level.{row}"), level);
        let body = c.hear(format!("heard_body.{row}"), words(&tidy(at(&self.heard_body, row)), 0..=60));
        let manner = optional(at(&self.heard_manner, row), |code| one_of(code, HeardManner::from_code));
        let manner = c.hear(format!("heard_manner.{row}"), manner);
        let on = optional(at(&self.heard_on, row), |typed| date_until(typed, now.today()));
        let heard_on = c.hear(format!("heard_on.{row}"), on);
        let source = optional(at(&self.heard_source, row), |code| one_of(code, HeardSource::from_code));
        let source = c.hear(format!("heard_source.{row}"), source);
        Some(Heard {
            level: level?,
            body: body?,
            manner: manner?.unwrap_or(HeardManner::InPerson),
            heard_on: heard_on?,
            source: source?.unwrap_or(HeardSource::Visitor),
        })
    }

    fn screened(&self, choices: &Choices, c: &mut Complaints) -> Option<Screening> {
        if !choices.may_screen {
            return Some(Screening::Undecided);
        }
        match self.screening.trim() {
            "" | "undecided" => Some(Screening::Undecided),
            "accepted" => Some(Screening::Accepted),
            "in_litigation" => {
                c.hear("track", one_of(&self.track, Track::from_code)).map(Screening::InLitigation)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::types::Guidance;
    use crate::petitioners::PetitionerId;

    fn now() -> Moment {
        Moment::from_court(
            chrono::NaiveDateTime::parse_from_str("2026-11-23 09:00", "%Y-%m-%d %H:%M").unwrap(),
        )
    }

    fn choices() -> Choices {
        Choices {
            categories: vec![("执行".into(), vec![("enforcement.slow".into(), "执行不力".into())])],
            divisions: vec![(DivisionId(3), "执行局".into())],
            staff: vec![("执行局".into(), vec![(StaffId(5), "钱进".into())])],
            guidance: vec![Guidance {
                code: "village".into(),
                name: "村集体收益分配".into(),
                channel: "向乡镇人民政府反映".into(),
                legal_source: "某法第一条".into(),
            }],
            may_screen: true,
            may_tell_apart: true,
        }
    }

    fn form() -> IntakeForm {
        let mut form = IntakeForm::blank("key".into(), "1".into());
        form.name[0] = "王桂兰".into();
        form.category = "enforcement.slow".into();
        form.claim = "要求尽快执行到位".into();
        form
    }

    fn told(form: &IntakeForm, field: &str) -> String {
        form.check(&choices(), now()).unwrap_err().about(field).collect()
    }

    fn opened(form: &IntakeForm) -> (Registration, NewMatter) {
        let read = form.check(&choices(), now()).unwrap();
        let About::New(new) = read.about.clone() else { panic!("a new matter") };
        (read, *new)
    }

    #[test]
    fn three_fields_are_enough() {
        let (read, new) = opened(&form());
        assert_eq!((read.people_count, read.people.len(), read.channel), (1, 1, Channel::Visit));
        assert_eq!(read.happened_at, now());
        assert_eq!((new.summary.as_str(), new.case_stage), ("要求尽快执行到位", CaseStage::Enforcement));
        assert_eq!(new.screening, Screening::Undecided);
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let wrong =
            IntakeForm { claim: String::new(), category: "x".into(), name: vec![String::new()], ..form() };
        let complaints = wrong.check(&choices(), now()).unwrap_err();
        let fields: Vec<&str> = complaints.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name.0", "category", "claim"]);
    }

    #[test]
    fn a_wrong_case_number_is_explained_and_kept_with_a_reason() {
        let mut form = form();
        form.case_number[0] = "(2026)豫0404民初1".into();
        assert!(told(&form, "case_number.0").contains("是否应为"), "{}", told(&form, "case_number.0"));
        assert_eq!(form.case_proposal(0, now()).as_deref(), Some("（2026）豫0404民初1号"));
        form.case_reason[0] = "来信原文如此".into();
        let case = opened(&form).1.cases.remove(0);
        assert!(!case.verified && case.reason.as_deref() == Some("来信原文如此"));
        form.fix_case(0, now());
        form.case_reason[0].clear();
        assert!(opened(&form).1.cases.remove(0).verified);
    }

    #[test]
    fn the_same_case_twice_counts_once() {
        let mut form = form();
        form.add_row("case");
        form.case_number = vec!["(2026)豫0404执1号".into(), "（2026）豫0404执1号".into()];
        let (_, new) = opened(&form);
        assert_eq!((new.cases.len(), new.case_stage), (1, CaseStage::Enforcement));
    }

    #[test]
    fn a_group_has_at_most_five_who_speak_for_it() {
        let mut form = form();
        for row in 1..6 {
            form.add_row("person");
            form.name[row] = "李四".into();
        }
        form.people_count = "12".into();
        assert!(told(&form, "part.5").contains("五名"));
        form.part[5] = "member".into();
        let (read, _) = opened(&form);
        let speak = read.people.iter().filter(|p| p.part == Part::Representative).count();
        assert_eq!((speak, read.people_count), (5, 12));
        form.people_count = "3".into();
        assert!(told(&form, "people_count").contains("人数"));
    }

    #[test]
    fn a_lawyer_does_not_count_as_come() {
        let mut form = form();
        form.add_row("person");
        form.name[1] = "赵律师".into();
        form.part[1] = "lawyer".into();
        assert_eq!(opened(&form).0.people_count, 1);
    }

    #[test]
    fn each_way_of_screening_asks_for_what_it_needs() {
        let with = |screening: &str| IntakeForm { screening: screening.into(), ..form() };
        assert_eq!(opened(&with("accepted")).1.screening, Screening::Accepted);
        assert!(!told(&with("in_litigation"), "track").is_empty());
        assert!(!told(&with("answered"), "answer").is_empty());
        assert!(!told(&with("not_this_court"), "guidance").is_empty());
        assert!(!told(&with("nonsense"), "screening").is_empty());
        let elsewhere = IntakeForm {
            guidance: "village".into(),
            authority: "某镇人民政府".into(),
            ..with("not_this_court")
        };
        let Screening::NotThisCourt { authority, guidance } = opened(&elsewhere).1.screening else {
            panic!()
        };
        assert!(authority == "某镇人民政府" && guidance.contains("某法第一条"));
        let clerk = Choices { may_screen: false, ..choices() };
        let About::New(new) = with("accepted").check(&clerk, now()).unwrap().about else { panic!() };
        assert_eq!(new.screening, Screening::Undecided);
    }

    #[test]
    fn a_further_contact_needs_only_what_was_said() {
        let mut form = IntakeForm::blank("key".into(), "1".into());
        form.known(&[PetitionerId(7)]);
        form.matter_id = "9".into();
        assert!(!told(&form, "summary").is_empty());
        form.summary = "来问进展".into();
        let read = form.check(&choices(), now()).unwrap();
        assert!(matches!(read.about, About::Existing(MatterId(9))));
        assert!(matches!(read.people[0].who, Who::Known(PetitionerId(7))));
        assert_eq!(read.contact_summary, "来问进展");
    }

    #[test]
    fn where_it_was_heard_needs_a_level_and_nothing_else() {
        let mut form = form();
        form.heard_body[0] = "省高级人民法院".into();
        assert!(!told(&form, "heard_level.0").is_empty());
        form.heard_level[0] = "province".into();
        let heard = opened(&form).0.heard_at.remove(0);
        assert_eq!((heard.source, heard.manner), (HeardSource::Visitor, HeardManner::InPerson));
    }

    #[test]
    fn the_anonymous_and_the_complained_of_are_read() {
        let mut form = form();
        (form.kind[0], form.name[0]) = ("anonymous".into(), String::new());
        (form.channel, form.complained) = ("letter".into(), vec!["5".into(), "5".into(), String::new()]);
        let (read, new) = opened(&form);
        assert_eq!((read.channel, new.complained_of), (Channel::Letter, vec![StaffId(5)]));
        form.happened_at = "2026-11-24T09:00".into();
        assert!(told(&form, "happened_at").contains("晚于"));
    }
}

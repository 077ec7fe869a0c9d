//! The whole form, read.

use crate::intake::forms::IntakeForm;
use crate::intake::types::Choices;
use crate::intake::types::Guidance;
use crate::matters::MatterId;
use crate::matters::actions::register::{About, NewMatter, Registration, Who};
use crate::matters::rules::Screening;
use crate::matters::types::{CaseStage, Channel, HeardManner, HeardSource, Part};
use crate::people::{DivisionId, StaffId};
use crate::petitioners::PetitionerId;
use crate::time::Moment;

fn now() -> Moment {
    Moment::from_court(chrono::NaiveDateTime::parse_from_str("2026-11-23 09:00", "%Y-%m-%d %H:%M").unwrap())
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
fn what_was_assigned_says_by_whom_and_anything_else_need_not() {
    let mut form = form();
    form.outside_number = "平中法访交〔2026〕12号".into();
    form.due_on = "2026-12-18".into();
    assert_eq!(opened(&form).0.assigned, None, "a visit has no sender");
    form.channel = "assigned".into();
    assert!(!told(&form, "sender").is_empty());
    form.sender = "平阳市中级人民法院".into();
    let assigned = opened(&form).0.assigned.unwrap();
    assert_eq!((assigned.number.as_str(), assigned.received_on), ("平中法访交〔2026〕12号", now().today()));
    assert_eq!(assigned.due_on, "2026-12-18".parse().ok());
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
    let elsewhere =
        IntakeForm {
            guidance: "village".into(), authority: "某镇人民政府".into(), ..with("not_this_court")
        };
    let Screening::NotThisCourt { authority, guidance } = opened(&elsewhere).1.screening else { panic!() };
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

//! Registrations as a clerk enters them, to be varied by each test.

use tingsong::matters::actions::{About, NewMatter, Person, Registration, Who, register};
use tingsong::matters::rules::Screening;
use tingsong::matters::types::{CaseStage, Channel, Part};
use tingsong::matters::{Matter, MatterId};
use tingsong::people::Role;
use tingsong::petitioners::PetitionerDetails;
use tingsong::petitioners::document_number::DocumentType;
use tingsong::petitioners::forms::PetitionerForm;

/// Somebody with an ID card and a telephone, as the form reads them.
pub fn person(name: &str, document: &str, phone: &str) -> PetitionerDetails {
    let form = PetitionerForm {
        name: name.into(),
        doc_type: DocumentType::Id.code().into(),
        doc_number: document.into(),
        phone: phone.into(),
        address: "石龙区兴平路12号".into(),
        ..PetitionerForm::default()
    };
    form.check(super::monday_morning().today()).unwrap()
}

/// 张建国, with a valid synthetic ID number.
pub fn zhang() -> PetitionerDetails {
    person("张建国", &id_number("41040419600102", 1), "13800001234")
}

/// An ID number beginning with these fourteen digits and with this sequence, its check character computed.
pub fn id_number(front: &str, sequence: u32) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("{front}{sequence:03}");
    let sum: u32 = body.chars().zip(WEIGHTS).map(|(c, weight)| c.to_digit(10).unwrap() * weight).sum();
    let check = "10X98765432".chars().nth(usize::try_from(sum % 11).unwrap()).unwrap();
    format!("{body}{check}")
}

/// What a first visit about delayed enforcement comes to.
pub fn new_matter() -> NewMatter {
    NewMatter {
        category_code: "enforcement".into(),
        case_stage: CaseStage::Enforcement,
        claim: "请求尽快执行到位".into(),
        summary: "判决生效已经八个月，被执行人名下有车，一直没有执行。".into(),
        cases: Vec::new(),
        division_id: None,
        complained_of: Vec::new(),
        screening: Screening::Undecided,
    }
}

/// One person's visit at this moment, as the form of this key.
pub fn visit(key: &str, who: Who, about: About) -> Registration {
    Registration {
        submission_key: key.into(),
        channel: Channel::Visit,
        happened_at: super::monday_morning(),
        people_count: 1,
        people: vec![Person { who, part: Part::Petitioner, relation: "申请执行人".into() }],
        about,
        contact_summary: String::new(),
        handed_in: String::new(),
        outside_number: None,
        heard_at: Vec::new(),
        assigned: None,
    }
}

/// The first visit of 张建国 about a new matter.
pub fn first_visit(key: &str) -> Registration {
    visit(key, Who::New(Box::new(zhang())), About::New(Box::new(new_matter())))
}

/// A matter that the clerk registered and accepted.
pub fn accepted(app: &super::TestApp, key: &str) -> MatterId {
    let act = app.act(Role::FilingClerk);
    let mut entered = first_visit(key);
    entered.about = About::New(Box::new(NewMatter { screening: Screening::Accepted, ..new_matter() }));
    app.write(move |conn| register(conn, &act, &entered)).unwrap().matter_id
}

/// The matter as its row stands now.
pub fn reload(app: &super::TestApp, id: MatterId) -> Matter {
    app.read(move |conn| Ok(tingsong::matters::of_job(conn, id)?)).unwrap()
}

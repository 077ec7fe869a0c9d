//! Refers a matter, takes one over, sends one back, takes a referral back. Each is one transaction.

use super::forms::Destination;
use super::rules::{self, Addressee, Refusal, Sender};
use super::store;
use super::types::{Referral, ReferralId, ReferralState};
use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::escalation::actions as escalation;
use crate::matters::life::{self, Change, Found};
use crate::matters::mails::{Notice, tell};
use crate::matters::stages::{Event, Relation};
use crate::matters::types::{EntryKind, Hand, HandId, HandPart};
use crate::matters::{self, Matter, MatterId};
use crate::people::types::{Division, Staff};
use crate::people::{self, Act, DivisionId, DivisionKind, Permission, StaffId};

/// Refers a matter that is still at `version` to a division, or to a person of it (转办). Until it is taken over, whoever
/// answers for it goes on doing so.
///
/// # Errors
///
/// `NotFound`, `Forbidden`, `Stale`; `Refused` by the stage, or by who the addressee is: see [`Refusal`].
pub fn refer(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    to: &Destination,
) -> Result<ReferralId, Problem> {
    let found = life::find_for(conn, act, id, Event::Refer)?;
    let referral = send(conn, act, &found, to)?;
    life::move_on(conn, act, &found.matter, version, Change::default())?;
    Ok(referral)
}

/// Whether [`refer`] would refer the matter there now; nothing is changed.
///
/// # Errors
///
/// As [`refer`].
pub fn may_refer(conn: &mut Conn, act: &Act, id: MatterId, to: &Destination) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::Refer)?;
    let division = division(conn, &found.matter, to.division)?;
    addressee(conn, &found, &division, to).map(drop)
}

/// Whether who would answer the referral is the judge of the case, so that an officer has to say why it goes there.
///
/// # Errors
///
/// When the database is away.
pub fn goes_to_case_judge(conn: &mut Conn, matter: &Matter, to: &Destination) -> Result<bool, Problem> {
    let whom = match to.staff {
        Some(id) => Some(id),
        None => people::head_of_division(conn, matter.court_id, to.division)?.map(|head| head.id),
    };
    let judges = |hand: &Hand| hand.part == HandPart::CaseJudge && hand.staff_id == whom;
    Ok(whom.is_some() && matters::hands_of(conn, matter)?.iter().any(judges))
}

/// Writes the referral; the caller moves the matter on. The reason why the judge of the case gets it is kept only where
/// they do.
fn send(conn: &mut Conn, act: &Act, found: &Found, to: &Destination) -> Result<ReferralId, Problem> {
    let matter = &found.matter;
    let division = division(conn, matter, to.division)?;
    let addressee = addressee(conn, found, &division, to)?;
    let clock =
        deadlines::start(conn, act, matter.court_id, matter.id.0, Code::ReferralAnswer, act.now.today())?;
    let referral = Referral {
        id: ReferralId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        number: store::count(conn, matter.id)? + 1,
        division_id: division.id,
        staff_id: to.staff,
        sender_id: act.by.person()?,
        note: to.note.clone(),
        sent_at: act.now.utc(),
        due_on: clock.due_on,
        state: ReferralState::Pending,
        answered_by: None,
        answered_at: None,
        answer: String::new(),
        alarmed_at: None,
    };
    store::insert(conn, &referral)?;
    let judged = !to.excuse.is_empty() && goes_to_case_judge(conn, matter, to)?;
    let excuse = if judged { to.excuse.as_str() } else { "" };
    let asked = hand(act, matter, HandPart::Addressee, Some(division.id), to.staff);
    matters::insert_hand(conn, &Hand { note: excuse.to_owned(), ..asked })?;
    let whom = if to.staff.is_some() { &addressee.name } else { "庭室负责人" };
    let excuse =
        if judged { format!("由原案承办人办理的理由：{excuse}。") } else { String::new() };
    let note = if to.note.is_empty() { String::new() } else { format!("要求：{}", to.note) };
    let text = format!("转{}{whom}办理。{excuse}{note}", division.name);
    matters::note(conn, act, matter, EntryKind::Referral, text)?;
    let key = format!("referred:{}", referral.id);
    let text = "有一件信访事项转给您办理。请在规定时间内接办，或者写明理由退回。";
    tell(conn, act, matter, addressee.id, Notice { subject: "转办待接办", text, key: &key, urgent: false })?;
    audit::record(
        conn,
        act,
        "matter.referred",
        Subject::Matter(matter.id.0),
        &[("division", &division.name)],
    )?;
    Ok(referral.id)
}

fn division(conn: &mut Conn, matter: &Matter, id: DivisionId) -> Result<Division, Problem> {
    let all = people::division_list(conn, matter.court_id)?;
    all.into_iter().find(|division| division.id == id).ok_or(Problem::NotFound)
}

/// Who is to answer the referral: the person named, or the division's head; checked by the rule.
fn addressee(
    conn: &mut Conn,
    found: &Found,
    division: &Division,
    to: &Destination,
) -> Result<Staff, Problem> {
    let matter = &found.matter;
    if matter.conduct && division.kind != DivisionKind::Inspection {
        return Err(Refusal::OnlyInspection.into());
    }
    let staff = match to.staff {
        Some(id) => people::staff_of_any_court(conn, id)?,
        None => people::head_of_division(conn, matter.court_id, division.id)?
            .ok_or_else(|| Problem::from(Refusal::NoHead))?,
    };
    let roles = people::roles_of(conn, staff.id)?;
    let judge = |hand: &Hand| hand.part == HandPart::CaseJudge && hand.staff_id == Some(staff.id);
    let rule = Addressee {
        active: staff.active,
        takes_over: roles.iter().any(|role| role.permissions().contains(&Permission::TakeReferral)),
        in_division: staff.court_id == matter.court_id && staff.division_id == Some(division.id),
        complained_of: matters::barred(conn, matter)?.contains(&staff.id),
        accountable: staff.id == matter.accountable_id && to.staff.is_some(),
        case_judge: found.hands.iter().any(judge),
    };
    let sender = Sender { officer: found.relations.contains(&Relation::Officer), excuse: &to.excuse };
    rules::check_addressee(rule, sender)?;
    Ok(staff)
}

fn hand(
    act: &Act,
    matter: &Matter,
    part: HandPart,
    division_id: Option<DivisionId>,
    staff_id: Option<StaffId>,
) -> Hand {
    Hand {
        id: HandId::new(act.now),
        court_id: matter.court_id,
        matter_id: matter.id,
        part,
        division_id,
        staff_id,
        note: String::new(),
        since: act.now.today(),
        until: None,
    }
}

/// Takes over what was referred (接办): from now on this person answers for the matter. A head may pass it on at once to
/// somebody of the division, and answers for it until they have taken it over.
///
/// # Errors
///
/// As [`refer`].
pub fn take_over(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    pass_to: Option<StaffId>,
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::TakeOver)?;
    let me = act.by.person()?;
    if judges_their_own(&found, me) {
        return Err(Refusal::OwnCase.into());
    }
    let referral = answer(conn, act, &found, ReferralState::TakenOver, "")?;
    deadlines::meet(conn, id.0, Code::ReferralAnswer, act.now.today())?;
    let today = act.now.today();
    for part in [HandPart::Division, HandPart::Handler] {
        matters::end_hands(conn, id, part, None, today)?;
    }
    let lead = Some(referral.division_id);
    matters::insert_hand(conn, &hand(act, &found.matter, HandPart::Division, lead, None))?;
    if pass_to.is_none() {
        matters::insert_hand(conn, &hand(act, &found.matter, HandPart::Handler, None, Some(me)))?;
    }
    let text = format!("{}接办，从现在起由其负责。", act.by.name);
    matters::note(conn, act, &found.matter, EntryKind::Accountable, text)?;
    audit::record(conn, act, "matter.taken_over", Subject::Matter(id.0), &[])?;
    if let Some(staff) = pass_to {
        let accountable = Matter { accountable_id: me, ..found.matter.clone() };
        let now = life::stand(conn, act, accountable)?;
        let to = Destination { division: referral.division_id, staff: Some(staff), ..Destination::default() };
        send(conn, act, &now, &to)?;
    }
    escalation::answerable_changed(conn, act, &found.matter, me)?;
    let change = Change { accountable: Some(me), ..Change::default() };
    life::move_on(conn, act, &found.matter, version, change)
}

/// Whether somebody decided the case, and nobody who may has said why they should handle the matter all the same: neither
/// when it was referred nor when they were named.
fn judges_their_own(found: &Found, me: StaffId) -> bool {
    let mut judged =
        found.hands.iter().filter(|hand| hand.part == HandPart::CaseJudge && hand.staff_id == Some(me));
    let excused = found.hands.iter().any(|hand| hand.part == HandPart::Addressee && !hand.note.is_empty());
    judged.any(|hand| hand.note.is_empty() && !excused)
}

/// Sends back what was referred, with the reason (退回). The sender goes on answering for it, and is told.
///
/// # Errors
///
/// As [`refer`].
pub fn send_back(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    version: i64,
    reason: &str,
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::SendBack)?;
    let referral = answer(conn, act, &found, ReferralState::SentBack, reason)?;
    deadlines::meet(conn, id.0, Code::ReferralAnswer, act.now.today())?;
    let text = format!("退回转办，理由：{reason}");
    matters::note(conn, act, &found.matter, EntryKind::Referral, text)?;
    let key = format!("sent-back:{}", referral.id);
    let text = "您转出的一件信访事项被退回，现在仍由原责任人负责。请查看退回理由，重新转办或者自行办理。";
    let notice = Notice { subject: "转办被退回", text, key: &key, urgent: false };
    tell(conn, act, &found.matter, referral.sender_id, notice)?;
    audit::record(conn, act, "matter.sent_back", Subject::Matter(id.0), &[])?;
    life::move_on(conn, act, &found.matter, version, Change::default())
}

/// Takes a referral back that nobody has answered (撤回).
///
/// # Errors
///
/// As [`refer`].
pub fn withdraw(conn: &mut Conn, act: &Act, id: MatterId, version: i64, reason: &str) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::Withdraw)?;
    answer(conn, act, &found, ReferralState::Withdrawn, reason)?;
    deadlines::cancel(conn, id.0, Code::ReferralAnswer)?;
    matters::note(conn, act, &found.matter, EntryKind::Referral, format!("撤回转办。理由：{reason}"))?;
    audit::record(conn, act, "matter.referral_withdrawn", Subject::Matter(id.0), &[])?;
    life::move_on(conn, act, &found.matter, version, Change::default())
}

/// Takes a referral back that nobody has answered, where the matter has become another: a step of that.
///
/// # Errors
///
/// `Stale` where somebody answered it meanwhile.
pub fn lapse(conn: &mut Conn, act: &Act, matter: &Matter, reason: &str) -> Result<(), Problem> {
    let Some(referral) = store::pending(conn, matter.id)? else { return Ok(()) };
    let (by, at) = (act.by.person()?, act.now.utc());
    if !store::answer(conn, referral.id, ReferralState::Withdrawn, by, at, reason)? {
        return Err(Problem::Stale);
    }
    matters::end_hands(conn, matter.id, HandPart::Addressee, None, act.now.today())?;
    deadlines::cancel(conn, matter.id.0, Code::ReferralAnswer)?;
    matters::note(conn, act, matter, EntryKind::Referral, format!("撤回转办。理由：{reason}"))?;
    audit::record(conn, act, "matter.referral_withdrawn", Subject::Matter(matter.id.0), &[])
}

/// Settles the pending referral of a matter and ends its addressee's hand.
fn answer(
    conn: &mut Conn,
    act: &Act,
    found: &Found,
    state: ReferralState,
    text: &str,
) -> Result<Referral, Problem> {
    let referral = store::pending(conn, found.matter.id)?.ok_or(Problem::Stale)?;
    if !store::answer(conn, referral.id, state, act.by.person()?, act.now.utc(), text)? {
        return Err(Problem::Stale);
    }
    matters::end_hands(conn, found.matter.id, HandPart::Addressee, None, act.now.today())?;
    Ok(referral)
}

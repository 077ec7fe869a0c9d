//! Notes that a reply reached the petitioner.

use crate::audit::{self, Subject};
use crate::db::Conn;
use crate::deadlines::{self, Code};
use crate::error::Problem;
use crate::escalation::actions as escalation;
use crate::files::{self, Attachment, Kept};
use crate::matters::life::{self, Change};
use crate::matters::stages::Event;
use crate::matters::types::{Matter, ReplyManner, Stage};
use crate::matters::{self, EntryKind, MatterId};
use crate::people::Act;
use crate::replies::types::{Content, Draft, Remedy, Service};
use crate::replies::{rules, store};
use crate::web::formats::plain_date;

/// What the petitioner was owed before, and has with the reply.
const DONE: [Code; 6] = [
    Code::Reply,
    Code::ReplyThreeMonths,
    Code::Serve,
    Code::FirstNotice,
    Code::ProgressFirst,
    Code::ProgressMonthly,
];

/// Notes the service of the approved reply, of a matter and a reply that are still at these versions. The matter has been
/// replied to from now on: 30 days to close it, and to ask for 复查 where that is offered.
///
/// # Errors
///
/// `NotFound`, `Forbidden`, `Stale`; `Refused` by the stage.
pub fn serve(
    conn: &mut Conn,
    act: &Act,
    id: MatterId,
    (version, reply_version): (i64, i64),
    service: &Service,
    proofs: Vec<Kept>,
) -> Result<(), Problem> {
    let found = life::find_for(conn, act, id, Event::ServeReply)?;
    let matter = &found.matter;
    let draft = store::current(conn, matter)?.ok_or(Problem::Stale)?;
    if !store::serve(conn, (draft.id, reply_version), act.by.person()?, service)? {
        return Err(Problem::Stale);
    }
    let content = Content {
        items: store::items_of(conn, draft.id)?,
        receipt: draft.receipt.clone(),
        remedy: draft.remedy,
        remedy_text: draft.remedy_text.clone(),
    };
    super::given(conn, act, matter, ReplyManner::Written, rules::text(&content))?;
    clocks(conn, act, matter, &draft, service)?;
    escalation::answered(conn, matter, service.served_on)?;
    let attached = attach(conn, act, matter, proofs)?;
    let note = said(service, &attached);
    matters::note(conn, act, matter, EntryKind::Reply, note)?;
    let values = [("manner", service.manner.code())];
    audit::record(conn, act, "reply.served", Subject::Matter(id.0), &values)?;
    life::move_on(conn, act, matter, version, Change { stage: Some(Stage::Replied), ..Change::default() })
}

fn clocks(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    draft: &Draft,
    service: &Service,
) -> Result<(), Problem> {
    for code in DONE {
        deadlines::meet(conn, matter.id.0, code, service.served_on)?;
    }
    let mut started = vec![(Code::Close, service.served_on)];
    if draft.remedy == Remedy::Review {
        started.push((Code::ReviewRequest, service.received_on.unwrap_or(service.served_on)));
    }
    deadlines::start_all(conn, act, matter.court_id, matter.id.0, &started).map(drop)
}

/// Puts the proofs among the matter's papers; returns their names.
pub(super) fn attach(
    conn: &mut Conn,
    act: &Act,
    matter: &Matter,
    proofs: Vec<Kept>,
) -> Result<Vec<String>, Problem> {
    let mut names = Vec::new();
    for kept in proofs {
        let by = act.by.staff_id.map(|staff| staff.0);
        let attachment = Attachment::of(kept, (matter.court_id.0, matter.id.0), by, act.now);
        files::insert(conn, &attachment)?;
        let values = [("kind", attachment.kind.code())];
        audit::record(conn, act, "attachment.added", Subject::Attachment(attachment.id.0), &values)?;
        names.push(attachment.name);
    }
    Ok(names)
}

fn said(service: &Service, attached: &[String]) -> String {
    let mut text = format!(
        "答复意见书{}，{}送出，收件人{}。",
        service.manner.label(),
        plain_date(service.served_on),
        service.recipient
    );
    if !service.tracking.is_empty() {
        text.push_str(&format!("单号{}。", service.tracking));
    }
    if let Some(received) = service.received_on {
        text.push_str(&format!("{}收到。", plain_date(received)));
    }
    if !service.proof.is_empty() {
        text.push_str(&format!("凭证：{}。", service.proof.trim_end_matches('。')));
    }
    if !attached.is_empty() {
        text.push_str(&format!("上传凭证：{}。", attached.join("、")));
    }
    text
}

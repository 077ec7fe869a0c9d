//! What happens to a clock after it started: as the rules see it, and as it is kept.

use super::rule::ClockId;
use crate::db::{coded, id};
use crate::people::{CourtId, StaffId};
use crate::schema::{clock_events, extension_requests};
use crate::web::formats::plain_date;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

id!(
    /// Which event of a clock.
    ClockEventId
);
id!(
    /// Which request for an extension (延期申请).
    RequestId
);

coded! {
    /// Why days aren't counted (中止原因). For which clocks, and by what source: [`super::super::pauses`].
    pub enum PauseReason {
        Materials = "materials" "等待补正材料",
        Hearing = "hearing" "举行听证",
        Appraisal = "appraisal" "鉴定、审计、评估",
        Announcement = "announcement" "公告送达",
        RelatedCase = "related_case" "相关案件尚未审结",
        Above = "above" "等待上级机关答复",
    }
}

/// Something that happened to a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The days from `from` on aren't counted (中止), until it is resumed; `until` counts again in any case.
    Paused { from: NaiveDate, until: NaiveDate, reason: PauseReason },
    /// `on` counts again (恢复).
    Resumed { on: NaiveDate },
    /// So many calendar days longer (延期).
    Extended { days: u32 },
    /// Due on this very day, as whoever assigned the matter says (来文指定期限): their day doesn't move on and takes the place
    /// of whatever was reckoned or granted before.
    DueNamed { on: NaiveDate },
    /// It runs from `to`, and should have all along (更正).
    StartCorrected { to: NaiveDate },
    /// What it is about was done (已履行).
    Met { on: NaiveDate },
    /// It no longer matters (取消).
    Cancelled,
    /// It runs again, as if it had never ended.
    Reopened,
}

coded! {
    /// What is kept beside a clock's row, which itself has its start and its end.
    pub enum EventKind {
        Paused = "paused" "中止计算",
        Resumed = "resumed" "恢复计算",
        Extended = "extended" "延期",
        DueNamed = "due_named" "指定期限",
        StartCorrected = "start_corrected" "更正起算日",
        Reopened = "reopened" "恢复计时",
    }
}

/// An event as it is kept. Never edited.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = clock_events, treat_none_as_default_value = false)]
pub struct ClockEvent {
    pub id: ClockEventId,
    pub court_id: CourtId,
    pub matter_id: i64,
    pub clock_id: ClockId,
    pub kind: EventKind,
    /// Paused: the first day that isn't counted. Resumed: the first that is again. Start corrected: the right start.
    /// Extended and reopened: the day of the decision. Named: the day on which it is due.
    pub on_day: NaiveDate,
    /// Paused: the day that counts again at the latest. Start corrected: the start before. Reopened: when it had been
    /// met.
    pub other_day: Option<NaiveDate>,
    /// Extended: by how many.
    pub days: Option<i64>,
    /// Paused: why.
    pub reason: Option<PauseReason>,
    /// Why, in the words of whoever did it.
    pub note: String,
    /// When it was due before and after, by the calendar of that moment.
    pub due_before: NaiveDate,
    pub due_after: NaiveDate,
    pub at: NaiveDateTime,
    pub by_id: Option<StaffId>,
    pub by_name: String,
    /// A person's name, or a body outside.
    pub allowed_by: String,
    pub request_id: Option<RequestId>,
}

impl ClockEvent {
    /// The event as the rules see it; `None` when a column that its kind needs is missing or out of range.
    pub fn event(&self) -> Option<Event> {
        Some(match self.kind {
            EventKind::Paused => {
                Event::Paused { from: self.on_day, until: self.other_day?, reason: self.reason? }
            }
            EventKind::Resumed => Event::Resumed { on: self.on_day },
            EventKind::Extended => Event::Extended { days: u32::try_from(self.days?).ok()? },
            EventKind::DueNamed => Event::DueNamed { on: self.on_day },
            EventKind::StartCorrected => Event::StartCorrected { to: self.on_day },
            EventKind::Reopened => Event::Reopened,
        })
    }

    /// What happened, in a sentence without who and when it was entered.
    pub fn words(&self) -> String {
        let other = self.other_day.map(plain_date).unwrap_or_default();
        let on = plain_date(self.on_day);
        match self.kind {
            EventKind::Paused => {
                let reason = self.reason.map_or("", PauseReason::label);
                format!("自{on}起中止计算：{reason}，至迟自{other}起恢复。")
            }
            EventKind::Resumed => format!("自{on}起恢复计算。"),
            EventKind::Extended => format!("延期{}日。", self.days.unwrap_or_default()),
            EventKind::DueNamed => format!("指定{on}为期限。"),
            EventKind::StartCorrected => format!("起算日由{other}更正为{on}。"),
            EventKind::Reopened if other.is_empty() => "撤销取消，按原来的起算日继续计算。".to_owned(),
            EventKind::Reopened => format!("撤销{other}的履行，按原来的起算日继续计算。"),
        }
    }
}

coded! {
    /// Where a request for an extension stands.
    pub enum RequestState {
        Asked = "asked" "待批",
        Granted = "granted" "已批准",
        Refused = "refused" "未批准",
        Withdrawn = "withdrawn" "已撤回",
    }
}

/// A request for an extension: whoever works on the matter asks, somebody above them decides.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = extension_requests, treat_none_as_default_value = false)]
pub struct ExtensionRequest {
    pub id: RequestId,
    pub court_id: CourtId,
    pub matter_id: i64,
    pub clock_id: ClockId,
    pub days: i64,
    pub reason: String,
    pub state: RequestState,
    pub asked_by: StaffId,
    pub asked_by_name: String,
    pub asked_at: NaiveDateTime,
    pub decided_by: Option<StaffId>,
    pub decided_by_name: Option<String>,
    pub decided_at: Option<NaiveDateTime>,
    pub decision_note: String,
    pub version: i64,
    /// Who was asked to decide, where that is one person.
    pub approver_id: Option<StaffId>,
}

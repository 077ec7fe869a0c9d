//! The course of a clock: from when it runs, which days it passes over, how much longer it is, how it ended.

use super::counting::{Due, Refusal};
use super::event::PauseReason;
use chrono::NaiveDate;

/// Days that aren't counted (中止): from `from` until the day before `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    pub from: NaiveDate,
    /// The first day that counts again: the latest that was allowed, until it is resumed earlier.
    pub to: NaiveDate,
    pub reason: PauseReason,
    /// Somebody resumed it; else it resumes by itself.
    pub resumed: bool,
}

impl Pause {
    /// Whether `day` is passed over.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day < self.to
    }
}

/// How a clock ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Met(NaiveDate),
    Cancelled,
}

/// The course of a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The day from which it runs; never counted.
    pub starts_on: NaiveDate,
    /// In order, without overlap.
    pub pauses: Vec<Pause>,
    /// How many calendar days longer than its rule says.
    pub extended_by: Option<u32>,
    /// The day that whoever assigned the matter named; nothing else is counted then.
    pub named: Option<NaiveDate>,
    pub end: Option<End>,
}

impl Course {
    /// Of a clock to which nothing has happened.
    pub fn starting(starts_on: NaiveDate) -> Self {
        Course { starts_on, pauses: Vec::new(), extended_by: None, named: None, end: None }
    }

    /// The pause in which `day` lies.
    pub fn pause_on(&self, day: NaiveDate) -> Option<&Pause> {
        self.pauses.iter().find(|pause| pause.holds(day))
    }
}

/// Where a clock stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Running,
    /// Not counted until `to`, when it goes on by itself.
    Paused {
        reason: PauseReason,
        to: NaiveDate,
    },
    Met(NaiveDate),
    Cancelled,
}

/// What a clock's events come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub course: Course,
    /// While it is paused, as if the pause lasted as long as it may: an open clock always has a date.
    pub due: Due,
    /// When it would be due without its extension; `None` where it has none.
    pub original: Option<Due>,
}

impl State {
    /// Where it stands on `today`. A pause that has lasted as long as it may is over by itself.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        match (self.course.end, self.course.pause_on(today)) {
            (Some(End::Met(on)), _) => Standing::Met(on),
            (Some(End::Cancelled), _) => Standing::Cancelled,
            (None, Some(pause)) => Standing::Paused { reason: pause.reason, to: pause.to },
            (None, None) => Standing::Running,
        }
    }
}

/// Why something cannot happen to a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockRefusal {
    /// The date cannot be reckoned.
    Counting(Refusal),
    /// What is kept of the clock lacks something.
    Unreadable,
    Ended,
    NotEnded,
    PauseNotKnown,
    PauseReasonNotKnown,
    PauseTooLate,
    PauseOutside,
    PauseLength,
    PauseOverlaps,
    NotPaused,
    ResumedOutside,
    NotExtendable,
    AlreadyExtended,
    ExtensionTooLate,
    ExtensionLength(u32),
    ExtensionGainsNothing,
    RequestWaits,
    NoRequest,
    OwnRequest,
    OthersRequest,
    OwnMatter,
    DueNamed,
    NamedTooEarly,
    NotTheirsToExtend(super::rule::Approver),
}

impl From<Refusal> for ClockRefusal {
    fn from(refusal: Refusal) -> Self {
        ClockRefusal::Counting(refusal)
    }
}

impl std::fmt::Display for ClockRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sentence = match self {
            ClockRefusal::Counting(refusal) => return refusal.fmt(f),
            ClockRefusal::ExtensionLength(most) => {
                return write!(f, "延期天数应在1日至{most}日之间，请改正。");
            }
            ClockRefusal::NotTheirsToExtend(by) => {
                return write!(
                    f,
                    "这项时限延期须由{}批准，您的岗位不能批准。可以提出延期申请，由有权的人决定。",
                    by.label()
                );
            }
            ClockRefusal::Unreadable => "这项时限的记录不完整，无法推算。请联系系统管理员运行自检。",
            ClockRefusal::Ended => "这项时限已经结束，不能再调整。",
            ClockRefusal::NotEnded => "这项时限还在计算，不需要恢复。",
            ClockRefusal::PauseNotKnown => "这项时限没有可以中止计算的法定或者院定事由。",
            ClockRefusal::PauseReasonNotKnown => "这项时限不能因这个事由中止计算，请在列出的事由中选择。",
            ClockRefusal::PauseTooLate => "期限已经届满，不能再中止计算。",
            ClockRefusal::PauseOutside => "中止日应在起算日之后、今天以前，并且期限还没有届满，请核对。",
            ClockRefusal::PauseLength => "最迟恢复日应晚于今天和中止日，一次中止最长一年，请核对。",
            ClockRefusal::PauseOverlaps => "与已有的中止期间重叠，请核对中止日。",
            ClockRefusal::NotPaused => "这项时限现在没有中止，不需要恢复。",
            ClockRefusal::ResumedOutside => "恢复日应在中止日和今天之间，请核对。",
            ClockRefusal::NotExtendable => "按规则，这项时限不能延期。",
            ClockRefusal::AlreadyExtended => "这项时限已经延期过一次，不能再延。",
            ClockRefusal::ExtensionTooLate => "期限已过，不能再延期：延期应在期限届满前决定。",
            ClockRefusal::ExtensionGainsNothing => "延期后的到期日和原来相同，请增加天数。",
            ClockRefusal::RequestWaits => "已有一份延期申请等待批准，请先处理这份申请。",
            ClockRefusal::NoRequest => "没有等待批准的延期申请，可能已经由别人处理。请刷新页面查看结果。",
            ClockRefusal::OthersRequest => "只有提出申请的人可以撤回。",
            ClockRefusal::OwnRequest => "自己提出的延期申请不能由自己决定，请由其他有权的人决定。",
            ClockRefusal::DueNamed => {
                "这项时限的日期由交办机关指定，不能自行中止或者延期。交办机关同意改期的，请登记交办机关的答复。"
            }
            ClockRefusal::NamedTooEarly => "指定的期限不能早于起算日，请核对。",
            ClockRefusal::OwnMatter => "自己负责的事项，中止和延期不能由自己决定，请由上一级决定。",
        };
        f.write_str(sentence)
    }
}

impl From<ClockRefusal> for crate::error::Problem {
    fn from(refusal: ClockRefusal) -> Self {
        crate::error::Problem::Refused(refusal.to_string())
    }
}

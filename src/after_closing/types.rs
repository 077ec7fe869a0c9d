//! What is owed.

use crate::deadlines::Code;
use crate::matters::Matter;
use crate::web::Due;

/// What a closed matter may still owe (办结后待办), by the clock that runs for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    AnswerAgain,
    HandFileOver,
    ReportAbove,
}

impl Duty {
    pub const ALL: [Duty; 3] = [Duty::AnswerAgain, Duty::HandFileOver, Duty::ReportAbove];

    /// The clock by whose date it is owed.
    pub const fn clock(self) -> Code {
        match self {
            Duty::AnswerAgain => Code::RepeatAnswer,
            Duty::HandFileOver => Code::FileHandover,
            Duty::ReportAbove => Code::Assigned,
        }
    }

    pub fn of_clock(code: Code) -> Option<Self> {
        Duty::ALL.into_iter().find(|duty| duty.clock() == code)
    }

    /// The word in addresses: the clock's.
    pub const fn code(self) -> &'static str {
        self.clock().code()
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Duty::ALL.into_iter().find(|duty| duty.code() == code)
    }

    pub const fn label(self) -> &'static str {
        match self {
            Duty::AnswerAgain => "再次反映待答复",
            Duty::HandFileOver => "待移送案卷",
            Duty::ReportAbove => "办结后待报告交办机关",
        }
    }
}

/// One thing that is owed.
#[derive(Clone, Debug)]
pub struct Owed {
    pub duty: Duty,
    pub matter: Matter,
    /// Who answers for the matter.
    pub accountable: String,
    pub due: Due,
}

//! The table itself. It is read by people as well: `/matters/stages` draws it.

use super::Relation::{
    Accountable, Addressee, Approver, FirstReceiver, Handler, HeadOver, Helper, Inspector, Leader, Officer,
    Outsider, Sender,
};
use super::{Event, Guard, Row, To};
use crate::matters::types::Stage::{self, Closed, Handling, InLitigation, Registered, Replied, Screening};
use crate::people::Permission;

/// Not closed.
const OPEN: &[Stage] = &[Registered, Screening, InLitigation, Handling, Replied];
/// Somebody works on it.
const WORKED_ON: &[Stage] = &[InLitigation, Handling, Replied];
/// The petitioner has had a reply.
const ANSWERED: &[Stage] = &[Replied, Closed];

/// Every event with the stages in which it may happen.
pub const TABLE: &[Row] = &[
    Row {
        event: Event::SendForScreening,
        from: &[Registered],
        to: To::Stage(Screening),
        permission: Permission::RegisterMatter,
        who: &[Accountable],
        guards: &[],
    },
    Row {
        event: Event::Screen,
        from: &[Registered, Screening],
        to: To::AsDecided,
        permission: Permission::ScreenMatter,
        who: &[],
        guards: &[],
    },
    Row {
        event: Event::Refer,
        from: WORKED_ON,
        to: To::Same,
        permission: Permission::ReferMatter,
        who: &[Officer, Accountable, HeadOver, Leader],
        guards: &[Guard::NothingReferred],
    },
    Row {
        event: Event::TakeOver,
        from: WORKED_ON,
        to: To::Same,
        permission: Permission::TakeReferral,
        who: &[Addressee],
        guards: &[Guard::SomethingReferred],
    },
    Row {
        event: Event::SendBack,
        from: WORKED_ON,
        to: To::Same,
        permission: Permission::TakeReferral,
        who: &[Addressee],
        guards: &[Guard::SomethingReferred],
    },
    Row {
        event: Event::Withdraw,
        from: WORKED_ON,
        to: To::Same,
        permission: Permission::ReferMatter,
        who: &[Sender, Officer],
        guards: &[Guard::SomethingReferred],
    },
    Row {
        event: Event::Note,
        from: Stage::ALL,
        to: To::Same,
        permission: Permission::RecordProgress,
        who: &[Accountable, Handler, Helper, HeadOver, FirstReceiver, Officer, Leader, Inspector],
        guards: &[],
    },
    Row {
        event: Event::AskHelp,
        from: WORKED_ON,
        to: To::Same,
        permission: Permission::ReferMatter,
        who: &[Officer, Accountable, HeadOver],
        guards: &[],
    },
    Row {
        event: Event::NameCaseJudge,
        from: OPEN,
        to: To::Same,
        permission: Permission::LinkMatters,
        who: &[Officer],
        guards: &[],
    },
    Row {
        event: Event::LitigationResult,
        from: &[InLitigation],
        to: To::Stage(Closed),
        permission: Permission::CloseMatter,
        who: &[Accountable, Handler, HeadOver, Officer],
        guards: &[Guard::NothingReferred],
    },
    Row {
        event: Event::BackToHandling,
        from: &[InLitigation],
        to: To::Stage(Handling),
        permission: Permission::ScreenMatter,
        who: &[Officer, Accountable],
        guards: &[Guard::NothingReferred],
    },
    Row {
        event: Event::DraftReply,
        from: &[Handling],
        to: To::Same,
        permission: Permission::DraftReply,
        who: &[Accountable, Handler, Helper],
        guards: &[Guard::ReplyOpen],
    },
    Row {
        event: Event::ApproveReply,
        from: &[Handling],
        to: To::Same,
        permission: Permission::ApproveReply,
        who: &[Approver],
        guards: &[Guard::ReplySubmitted],
    },
    Row {
        event: Event::ServeReply,
        from: &[Handling],
        to: To::Stage(Replied),
        permission: Permission::CloseMatter,
        who: &[Accountable, Handler, Officer],
        guards: &[Guard::ReplyApproved],
    },
    Row {
        event: Event::Close,
        from: &[Replied],
        to: To::Stage(Closed),
        permission: Permission::CloseMatter,
        who: &[Accountable, Handler, Officer],
        guards: &[Guard::ReplyServed, Guard::NothingReferred, Guard::NoFileOwed],
    },
    Row {
        event: Event::PetitionerWithdraws,
        from: OPEN,
        to: To::Stage(Closed),
        permission: Permission::CloseMatter,
        who: &[Accountable, Handler, Officer],
        guards: &[Guard::NothingReferred],
    },
    Row {
        event: Event::Conclude,
        from: &[Replied],
        to: To::Stage(Closed),
        permission: Permission::CloseMatter,
        who: &[Officer, Inspector],
        guards: &[Guard::ReplyServed, Guard::NothingReferred, Guard::NoFileOwed],
    },
    Row {
        event: Event::Reopen,
        from: ANSWERED,
        to: To::Stage(Handling),
        permission: Permission::CloseMatter,
        who: &[Officer, Inspector],
        guards: &[Guard::NotMerged],
    },
    Row {
        event: Event::RequestReview,
        from: ANSWERED,
        to: To::Same,
        permission: Permission::RegisterMatter,
        who: &[],
        guards: &[Guard::ReplyServed, Guard::ReviewOffered],
    },
    Row {
        event: Event::HandFileOver,
        from: ANSWERED,
        to: To::Same,
        permission: Permission::CloseMatter,
        who: &[Accountable, Handler, Officer],
        guards: &[Guard::FileOwed],
    },
    Row {
        event: Event::ReviewOutcome,
        from: ANSWERED,
        to: To::Same,
        permission: Permission::CloseMatter,
        who: &[Accountable, Handler, Officer],
        guards: &[Guard::ReviewAwaited],
    },
    Row {
        event: Event::AskSatisfaction,
        from: &[Closed],
        to: To::Same,
        permission: Permission::AskSatisfaction,
        who: &[Outsider],
        guards: &[Guard::SatisfactionOwed],
    },
    Row {
        event: Event::CallBack,
        from: &[Closed],
        to: To::Same,
        permission: Permission::AskSatisfaction,
        who: &[Outsider],
        guards: &[Guard::CallBackDrawn],
    },
    Row {
        event: Event::AnswerAgain,
        from: &[Closed],
        to: To::Same,
        permission: Permission::RecordProgress,
        who: &[],
        guards: &[Guard::CameAgain],
    },
];

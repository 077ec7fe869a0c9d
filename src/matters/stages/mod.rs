//! The life of a matter as one table: in which stage what may happen, by whom, on what condition, and where it leads.
//!
//! [`allowed`] is the one predicate: an action asks it before it writes, a route before it draws a form, a page before it
//! draws a button.

mod table;

use super::types::Stage;
use crate::assignments::rules::Above;
use crate::call_backs::Owed;
use crate::db::coded;
use crate::error::Problem;
use crate::people::Permission;
use crate::replies::DraftState;
use crate::reviews::{self, ReviewState};

pub use table::TABLE;

coded! {
    /// What can happen to a matter (办理事件). The code is also the last part of its page's address.
    pub enum Event {
        SendForScreening = "send-for-screening" "送甄别",
        Screen = "screen" "甄别",
        Refer = "refer" "转办",
        TakeOver = "take-over" "接办",
        SendBack = "send-back" "退回",
        Withdraw = "withdraw-referral" "撤回转办",
        Note = "note" "记录经过",
        AskHelp = "ask-help" "请求协办",
        NameCaseJudge = "case-judge" "登记原案承办人",
        NameComplained = "name-complained" "登记被反映人员",
        LitigationResult = "litigation-result" "录入诉讼结果",
        BackToHandling = "back-to-handling" "改作信访办理",
        DraftReply = "draft-reply" "起草答复",
        ApproveReply = "approve-reply" "审批答复",
        ServeReply = "serve-reply" "送达答复",
        Close = "close" "办结",
        Conclude = "conclude" "终结",
        Reopen = "reopen" "恢复办理",
        RequestReview = "request-review" "登记复查复核申请",
        HandFileOver = "hand-file-over" "移送案卷",
        ReviewOutcome = "review-outcome" "登记复查复核结果",
        DecideReview = "decide-review" "作出复查复核意见",
        AskSatisfaction = "ask-satisfaction" "询问满意度",
        CallBack = "call-back" "回访",
        AnswerAgain = "answer-again" "答复再次反映",
        PetitionerWithdraws = "withdraw" "信访人撤回",
        Link = "link" "建立关联",
        Split = "split" "分案",
        Merge = "merge" "并案",
        Unmerge = "unmerge" "撤销并案",
        Archive = "archive" "归档",
        TakeAssignment = "take-assignment" "登记上级交办",
        ObjectAbove = "object-above" "提出异议",
        ReportAbove = "report-above" "报告交办机关",
        AnswerFromAbove = "answer-from-above" "登记交办机关答复",
    }
}

coded! {
    /// How somebody stands to a matter (与事项的关系).
    pub enum Relation {
        Accountable = "accountable" "责任人",
        Handler = "handler" "承办人",
        Helper = "helper" "协办人",
        Addressee = "addressee" "转办的接收人",
        Sender = "sender" "转办的发出人",
        HeadOver = "head_over" "承办庭室负责人",
        FirstReceiver = "first_receiver" "首问责任人",
        Officer = "officer" "信访专干",
        Leader = "leader" "院领导",
        Inspector = "inspector" "监察",
        Approver = "approver" "答复的批准人",
        Outsider = "outsider" "责任人、承办人以外的人",
        Screener = "screener" "窗口和信访专干，检举控告还有监察和院长",
        CoWriter = "co_writer" "协办人（原案承办人除外）",
    }
}

coded! {
    /// What must be so before it can happen (条件).
    pub enum Guard {
        NothingReferred = "nothing_referred" "没有等待接办的转办",
        SomethingReferred = "something_referred" "有等待接办的转办",
        ReplyOpen = "reply_open" "没有正在审批的答复意见书",
        ReplySubmitted = "reply_submitted" "有等待审批的答复意见书",
        ReplyApproved = "reply_approved" "答复意见书已经批准、还没有送达",
        ReplyServed = "reply_served" "答复意见书已经送达",
        NotMerged = "not_merged" "不是并案办结的",
        ReviewOffered = "review_offered" "答复告知了复查，并且没有还在进行的复查复核",
        FileOwed = "file_owed" "有等待移送的案卷",
        NoFileOwed = "no_file_owed" "没有等待移送的案卷",
        ReviewOpen = "review_open" "有还没有结果的复查复核",
        ReviewHere = "review_here" "是下级法院报来的复查复核、还没有作出意见",
        SatisfactionOwed = "satisfaction_owed" "还没有询问满意度",
        CallBackDrawn = "call_back_drawn" "被抽中回访、还没有回访",
        CameAgain = "came_again" "信访人再次反映、还没有答复",
        Merged = "merged" "已经并入另一件",
        Objectionable = "objectionable" "有还可以提出异议的上级交办",
        ReportOwed = "report_owed" "有还没有报告结果的上级交办",
        NoReportOwed = "no_report_owed" "没有还没有报告结果的上级交办",
        Unsettled = "unsettled" "有还没有了结的上级交办",
    }
}

/// Where an event leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// It stays where it is.
    Same,
    Stage(Stage),
    /// What the decision says: to litigation, to handling, or to an end.
    AsDecided,
    /// To the stage that it had before it was merged.
    BeforeMerge,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub event: Event,
    pub from: &'static [Stage],
    pub to: To,
    pub permission: Permission,
    /// Any one of these relations will do; empty: whoever has the permission and sees the matter.
    pub who: &'static [Relation],
    pub guards: &'static [Guard],
}

/// What of a matter the table's conditions look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub stage: Stage,
    /// A referral waits to be taken over.
    pub referred: bool,
    /// Where its reply stands; `None` where none has been begun since it was last opened.
    pub reply: Option<DraftState>,
    /// Closed because it went into another.
    pub merged: bool,
    /// Where its reviews stand (复查复核).
    pub review: reviews::rules::Standing,
    /// What is still to be asked of or said to its petitioner.
    pub owed: Owed,
    /// Where its assignments from above stand.
    pub above: Above,
}

impl Standing {
    /// Whether this condition holds.
    pub fn holds(&self, guard: Guard) -> bool {
        match guard {
            Guard::NothingReferred => !self.referred,
            Guard::SomethingReferred => self.referred,
            Guard::ReplyOpen => self.reply != Some(DraftState::Submitted),
            Guard::ReplySubmitted => self.reply == Some(DraftState::Submitted),
            Guard::ReplyApproved => self.reply == Some(DraftState::Approved),
            Guard::ReplyServed => self.reply == Some(DraftState::Served),
            Guard::NotMerged => !self.merged,
            Guard::ReviewOffered => self.review.next.is_some(),
            Guard::FileOwed => self.review.open == Some(ReviewState::Requested),
            Guard::NoFileOwed => self.review.open != Some(ReviewState::Requested),
            Guard::ReviewOpen => self.review.open.is_some(),
            Guard::ReviewHere => self.review.here,
            Guard::SatisfactionOwed => self.owed.satisfaction,
            Guard::CallBackDrawn => self.owed.call_back,
            Guard::CameAgain => self.owed.again,
            Guard::Merged => self.merged,
            Guard::Objectionable => self.above.objectionable,
            Guard::ReportOwed => self.above.owed,
            Guard::NoReportOwed => !self.above.owed,
            Guard::Unsettled => self.above.unsettled,
        }
    }
}

/// Why an event can't happen now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not in this stage.
    Stage(Event, Stage),
    /// Not by this person.
    NotYours(Event),
    /// Not while this condition fails.
    Unless(Event, Guard),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Stage(event, stage) => write!(
                f,
                "这件事项现在是“{}”，不能{}。可能有人刚刚办理过，请返回事项页查看。",
                stage.label(),
                event.label()
            ),
            Refusal::NotYours(event) => {
                write!(f, "您不是这件事项中可以{}的人。请在事项页查看由谁办理。", event.label())
            }
            Refusal::Unless(event, guard) => {
                write!(f, "要{}，须{}。请返回事项页查看。", event.label(), guard.label())
            }
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotYours(_) => Problem::Forbidden,
            Refusal::Stage(..) | Refusal::Unless(..) => Problem::Refused(refusal.to_string()),
        }
    }
}

/// Whether `event` may happen to a matter that stands so, by somebody with these relations to it and these permissions;
/// and where it leads.
///
/// # Errors
///
/// The first thing that stands against it: the stage, the person, a condition.
pub fn allowed(
    standing: &Standing,
    relations: &[Relation],
    may: impl Fn(Permission) -> bool,
    event: Event,
) -> Result<To, Refusal> {
    let row = TABLE
        .iter()
        .find(|row| row.event == event && row.from.contains(&standing.stage))
        .ok_or(Refusal::Stage(event, standing.stage))?;
    let theirs = row.who.is_empty() || row.who.iter().any(|who| relations.contains(who));
    if !may(row.permission) || !theirs {
        return Err(Refusal::NotYours(event));
    }
    match row.guards.iter().find(|guard| !standing.holds(**guard)) {
        Some(guard) => Err(Refusal::Unless(event, *guard)),
        None => Ok(row.to),
    }
}

/// What is wrong with the table; checked when the program starts.
///
/// # Errors
///
/// A sentence for the operator.
pub fn check() -> Result<(), String> {
    for event in Event::ALL {
        let rows: Vec<&Row> = TABLE.iter().filter(|row| row.event == *event).collect();
        if rows.is_empty() {
            return Err(format!("事件“{}”在办理流程表中没有一行", event.label()));
        }
        for stage in Stage::ALL {
            if rows.iter().filter(|row| row.from.contains(stage)).count() > 1 {
                return Err(format!("事件“{}”在阶段“{}”有不止一行", event.label(), stage.label()));
            }
        }
    }
    let held =
        |permission| crate::people::Role::ALL.iter().any(|role| role.permissions().contains(&permission));
    match TABLE.iter().find(|row| row.from.is_empty() || !held(row.permission)) {
        Some(row) => Err(format!("事件“{}”没有人能办理", row.event.label())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;

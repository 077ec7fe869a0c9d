//! What the forms about a matter call their fields and their choices, for the page that shows both versions.

use crate::archive::Retention;
use crate::assignments::Step;
use crate::links::LinkKind;
use crate::matters::stages::Event;
use crate::matters::types::Track;
use crate::replies::types::{Outcome, Remedy, ServiceManner};
use crate::reviews::types::ReviewOutcome;

type Labels = &'static [(&'static str, &'static str)];

/// The fields that a person fills in to do this, in the order of its form. What isn't among them is never shown: versions,
/// keys, which button was pressed.
#[expect(clippy::too_many_lines, reason = "one table")]
pub fn labels(event: Event) -> Labels {
    match event {
        Event::Screen => &[
            ("decision", "甄别结果"),
            ("track", "诉讼程序"),
            ("track_from", "程序期限从哪一天起算"),
            ("authority", "应当向哪个机关反映"),
            ("guidance", "指引内容"),
            ("answer", "答复内容"),
        ],
        Event::Refer => &[("to", "转给"), ("note", "要求"), ("excuse", "由原案承办人办理的理由")],
        Event::TakeOver => &[("pass_to", "由谁承办")],
        Event::AskHelp => &[("staff", "请谁协办"), ("task", "请对方做什么")],
        Event::NameComplained => &[("staff", "反映的是谁"), ("task", "反映了什么")],
        Event::NameCaseJudge => &[("staff", "原案由谁承办"), ("excuse", "由其继续承办的理由")],
        Event::LitigationResult => {
            &[("result", "结果"), ("case_number", "案号"), ("ruling", "裁定文号和理由")]
        }
        Event::DraftReply => &[
            ("receipt", "收到和受理情况"),
            ("claim", "诉求"),
            ("facts", "查明的事实"),
            ("basis", "依据"),
            ("outcome", "处理意见"),
            ("opinion", "意见的内容"),
            ("remedy", "救济途径"),
            ("remedy_text", "救济途径的文字"),
        ],
        Event::ApproveReply => &[("decision", "审批意见"), ("reason", "退回理由")],
        Event::ServeReply => &[
            ("manner", "送达方式"),
            ("recipient", "收件人"),
            ("tracking", "邮寄单号"),
            ("served_on", "送出日期"),
            ("received_on", "签收日期"),
            ("proof", "送达凭证"),
        ],
        Event::Close => &[("reason", "办结方式"), ("undertaking", "承诺书已存卷"), ("note", "办结情况")],
        Event::Conclude => &[("document", "决定机关和文号"), ("reason", "终结理由")],
        Event::Reopen => &[("what", "这次反映的是"), ("reason", "新的情况")],
        Event::HandFileOver => &[("note", "移送了哪些案卷")],
        Event::ReviewOutcome | Event::DecideReview => {
            &[("outcome", "结果"), ("decided_on", "作出日期"), ("opinion", "文号和意见")]
        }
        Event::Archive => {
            &[("retention", "保管期限"), ("title", "材料名称"), ("pages", "页数"), ("remark", "备注")]
        }
        Event::Link => &[
            ("pick", "对方事项"),
            ("number", "对方事项编号"),
            ("kind", "是什么关系"),
            ("way", "谁是原事项"),
            ("note", "说明"),
        ],
        Event::Merge => &[("pick", "并入的事项"), ("number", "并入的事项编号"), ("note", "并案理由")],
        Event::Split => &[
            ("claim", "分出的诉求"),
            ("summary", "事实和理由"),
            ("people", "列入新事项的信访人"),
            ("cases", "列入新事项的案件"),
            ("reason", "分案理由"),
        ],
        Event::ObjectAbove | Event::ReportAbove | Event::AnswerFromAbove => &[
            ("assignment", "哪一件交办"),
            ("step", "办什么"),
            ("on_day", "日期"),
            ("number", "文号"),
            ("due_on", "新的期限"),
            ("signed_by", "签发人"),
            ("text", "内容"),
        ],
        Event::SendBack
        | Event::Withdraw
        | Event::BackToHandling
        | Event::PetitionerWithdraws
        | Event::Unmerge => &[("reason", "理由")],
        Event::SendForScreening
        | Event::Note
        | Event::RequestReview
        | Event::AskSatisfaction
        | Event::CallBack
        | Event::AnswerAgain
        | Event::TakeAssignment => &[("note", "说明"), ("text", "内容"), ("reason", "理由")],
    }
}

/// What a form calls one of its choices; `None` for what was typed in words.
pub fn choice(event: Event, field: &str, code: &str) -> Option<&'static str> {
    match (event, field) {
        (Event::Screen, "decision") => Some(match code {
            "accepted" => "受理，作为信访事项办理",
            "in_litigation" => "转入诉讼程序",
            "not_this_court" => "不属于本院职权，出具指引单",
            "answered" => "当场答复",
            _ => return None,
        }),
        (Event::Screen, "track") => Track::from_code(code).map(Track::label),
        (Event::LitigationResult, "result") => {
            Some(if code == "filed" { "已立案" } else { "没有立案" })
        }
        (Event::DraftReply, "outcome") => Outcome::from_code(code).map(Outcome::label),
        (Event::DraftReply, "remedy") => Remedy::from_code(code).map(Remedy::label),
        (Event::ApproveReply, "decision") => Some(if code == "approve" { "批准" } else { "退回修改" }),
        (Event::ServeReply, "manner") => ServiceManner::from_code(code).map(ServiceManner::label),
        (Event::Close, "reason") => Some(if code == "settled" { "息诉" } else { "答复办结" }),
        (Event::Close, "undertaking") => Some("是"),
        (Event::Reopen, "what") => Some(if code == "new" {
            "有新的事实、证据或者请求"
        } else {
            "同一诉求再次反映"
        }),
        (Event::ReviewOutcome | Event::DecideReview, "outcome") => {
            ReviewOutcome::from_code(code).map(ReviewOutcome::label)
        }
        (Event::Archive, "retention") => Retention::from_code(code).map(Retention::label),
        (Event::Link, "kind") => LinkKind::from_code(code).map(LinkKind::label),
        (Event::Link, "way") => {
            Some(if code == "original" { "本事项是原事项" } else { "对方是原事项" })
        }
        (Event::ObjectAbove | Event::ReportAbove | Event::AnswerFromAbove, "step") => {
            Step::from_code(code).map(Step::label)
        }
        (_, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_names_its_fields_and_none_shows_a_version() {
        for event in Event::ALL {
            assert!(!labels(*event).is_empty(), "{event:?}");
            assert!(labels(*event).iter().all(|(field, _)| *field != "version"), "{event:?}");
        }
    }

    #[test]
    fn choices_are_said_in_words() {
        assert_eq!(choice(Event::DraftReply, "remedy", "review"), Some(Remedy::Review.label()));
        assert_eq!(choice(Event::DraftReply, "facts", "review"), None);
        assert_eq!(choice(Event::Archive, "retention", "permanent"), Some("永久"));
        assert_eq!(choice(Event::Screen, "decision", "x"), None);
    }
}

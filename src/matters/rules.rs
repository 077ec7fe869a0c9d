//! What registration and screening come to. Nothing here reads a clock, a database or a request.

use super::types::{Channel, CloseReason, MOST_REPRESENTATIVES, Part, ReplyManner, Stage, Track};
use crate::deadlines::Code;
use crate::error::Problem;
use chrono::NaiveDate;

/// What screening (甄别, 诉访分离) decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screening {
    /// Not decided yet; the screening clock runs.
    Undecided,
    /// Accepted as a petition (受理).
    Accepted,
    /// Led into a procedure of law (转入诉讼程序), and from which day its own time counts (the papers came, the case was
    /// filed, the judgment was served), where that isn't the day of the decision.
    InLitigation(Track, Option<NaiveDate>),
    /// Another authority's (不予受理), with what the guidance sheet says.
    NotThisCourt { authority: String, guidance: String },
    /// Answered on the spot (当场答复), with the answer.
    AnsweredOnTheSpot { answer: String },
}

/// Why something can't be done to a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    TooManyRepresentatives,
    NobodyCame,
    FewerPeopleThanNamed,
    ComplaintAboutYourself,
    InTheFuture,
    NoHeadOfFiling,
    ReportFirst,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refusal::TooManyRepresentatives => {
                "集体访的代表最多五名（信访工作条例第二十条）。请把其余的人改为“成员”。"
            }
            Refusal::NobodyCame => "还没有填写信访人。不愿透露身份的，请选“匿名”。",
            Refusal::FewerPeopleThanNamed => "来访人数少于已填写姓名的人数，请核对人数。",
            Refusal::ComplaintAboutYourself => {
                "反映的是您本人，按回避要求不能由您登记。请交给同事或者监察室登记。"
            }
            Refusal::ReportFirst => {
                "上级交办的事项要先报告交办机关，不能这样办结。请先作为信访事项受理，报告结果（或者由交办机关收回）以后再办结。"
            }
            Refusal::InTheFuture => "来访时间不能晚于现在，请核对。",
            Refusal::NoHeadOfFiling => {
                "立案庭还没有设置庭长，转入诉讼程序后没有人负责。请先联系系统管理员设置。"
            }
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// What becomes of a matter by a screening decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub stage: Stage,
    pub close_reason: Option<CloseReason>,
    /// The head of filing answers from now on.
    pub to_head_of_filing: bool,
    /// Clocks that start.
    pub clocks: Vec<Code>,
    /// On which day; `None`: the day of the decision.
    pub from: Option<NaiveDate>,
    /// What was said to the petitioner, where that ends the matter (promise 2).
    pub reply: Option<(ReplyManner, String)>,
}

/// What comes of a screening decision. When it may be taken is in the table of stages.
pub fn outcome(screening: &Screening) -> Outcome {
    let open = |stage, clocks: &[Code]| Outcome {
        stage,
        close_reason: None,
        to_head_of_filing: stage == Stage::InLitigation,
        clocks: clocks.to_vec(),
        from: None,
        reply: None,
    };
    let closed = |reason, manner, text: &str| Outcome {
        stage: Stage::Closed,
        close_reason: Some(reason),
        to_head_of_filing: false,
        clocks: Vec::new(),
        from: None,
        reply: Some((manner, text.to_owned())),
    };
    match screening {
        Screening::Undecided => open(Stage::Registered, &[Code::Screening, Code::ScreeningLatest]),
        Screening::Accepted => open(Stage::Handling, &[Code::FirstTalk, Code::ProgressFirst, Code::Reply]),
        Screening::InLitigation(track, from) => {
            Outcome { from: *from, ..open(Stage::InLitigation, track.clocks()) }
        }
        Screening::NotThisCourt { authority, guidance } => closed(
            CloseReason::NotAccepted,
            ReplyManner::GuidanceSheet,
            &format!("不属于本院职权，请向{authority}反映。{guidance}"),
        ),
        Screening::AnsweredOnTheSpot { answer } => {
            closed(CloseReason::AnsweredOnTheSpot, ReplyManner::Oral, answer)
        }
    }
}

/// The clocks that registering itself starts. Somebody anonymous is owed no notice; whoever stands at the window gets
/// theirs with the receipt, so that clock is met as soon as it starts.
pub fn clocks_of_registration(anonymous: bool) -> Vec<Code> {
    if anonymous { Vec::new() } else { vec![Code::FirstNotice] }
}

/// Whether the receipt that is handed over is the first notice.
pub fn receipt_is_first_notice(channel: Channel) -> bool {
    match channel {
        Channel::Visit | Channel::Video => true,
        Channel::Letter | Channel::Call | Channel::Online | Channel::Assigned => false,
    }
}

/// Who came, as lists show it: the first name, and how many in all.
pub fn petitioner_line(names: &[&str], people_count: i64) -> String {
    let first = names.first().copied().unwrap_or("匿名");
    if people_count <= 1 { first.to_owned() } else { format!("{first}等{people_count}人") }
}

/// A matter's number by a court's pattern: `{short}` its short name, `{year}` the year, `{seq:4}` the number in the year
/// with at least four digits.
pub fn number(pattern: &str, short: &str, year: i64, seq: i64) -> String {
    let text = pattern.replace("{short}", short).replace("{year}", &year.to_string());
    let Some((before, rest)) = text.split_once("{seq") else { return format!("{text}{seq}") };
    let Some((width, after)) = rest.split_once('}') else { return format!("{before}{seq}") };
    let width = width.trim_start_matches(':').parse().unwrap_or(1);
    format!("{before}{seq:0width$}{after}")
}

/// What is wrong with a court's pattern for matter numbers.
///
/// # Errors
///
/// A Chinese sentence.
pub fn check_pattern(pattern: &str) -> Result<(), String> {
    if !pattern.contains("{year}") || !pattern.contains("{seq") || !pattern.contains('}') {
        return Err("编号格式必须含有 {year}（年份）和 {seq:4}（序号及位数）。".to_owned());
    }
    let (one, other) = (number(pattern, "甲", 2026, 1), number(pattern, "甲", 2026, 11));
    if one == other {
        Err("这个编号格式会让不同事项得到相同的编号。".to_owned())
    } else {
        Ok(())
    }
}

/// Whole days between the contact before and this one, by the court's days.
pub fn interval_days(before: NaiveDate, now: NaiveDate) -> i64 {
    (now - before).num_days().max(0)
}

/// Checks who came: somebody, not more named than came, and at most five who speak for a group.
///
/// # Errors
///
/// `NobodyCame`, `FewerPeopleThanNamed`, `TooManyRepresentatives`.
pub fn check_people(parts: &[Part], people_count: i64) -> Result<(), Refusal> {
    if parts.is_empty() {
        return Err(Refusal::NobodyCame);
    }
    let came = parts.iter().filter(|part| !matches!(part, Part::Agent | Part::Lawyer)).count();
    if i64::try_from(came).is_ok_and(|came| came > people_count) {
        return Err(Refusal::FewerPeopleThanNamed);
    }
    let representatives = parts.iter().filter(|part| **part == Part::Representative).count();
    if representatives > MOST_REPRESENTATIVES {
        return Err(Refusal::TooManyRepresentatives);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_is_open_with_a_clock_or_closed_with_a_reply() {
        let mut all = vec![
            Screening::Undecided,
            Screening::Accepted,
            Screening::NotThisCourt { authority: "区人社局".into(), guidance: "电话0375-1。".into() },
            Screening::AnsweredOnTheSpot { answer: "已说明上诉期限。".into() },
        ];
        all.extend(Track::ALL.iter().map(|track| Screening::InLitigation(*track, None)));
        for screening in all {
            let outcome = outcome(&screening);
            let closed = outcome.stage == Stage::Closed;
            assert_eq!(closed, outcome.close_reason.is_some(), "{screening:?}");
            assert_eq!(closed, outcome.reply.is_some(), "{screening:?}");
            assert_eq!(closed, outcome.clocks.is_empty(), "{screening:?}");
            assert_eq!(outcome.to_head_of_filing, matches!(screening, Screening::InLitigation(..)));
        }
    }

    #[test]
    fn the_anonymous_are_owed_no_notice_and_the_visitor_has_it_in_hand() {
        assert_eq!(clocks_of_registration(true), []);
        assert_eq!(clocks_of_registration(false), [Code::FirstNotice]);
        assert!(receipt_is_first_notice(Channel::Visit) && !receipt_is_first_notice(Channel::Call));
    }

    #[test]
    fn numbers_follow_the_courts_pattern() {
        assert_eq!(number("{short}访〔{year}〕{seq:4}号", "石法", 2026, 1), "石法访〔2026〕0001号");
        assert_eq!(number("{short}访〔{year}〕{seq:4}号", "石法", 2026, 12345), "石法访〔2026〕12345号");
        assert_eq!(number("XF{year}-{seq}", "石法", 2026, 7), "XF2026-7");
        assert!(check_pattern("{short}访〔{year}〕{seq:4}号").is_ok());
        assert!(check_pattern("访{seq:4}").is_err());
        assert!(check_pattern("访{year}").is_err());
    }

    #[test]
    fn five_may_speak_for_a_group_and_nobody_is_counted_twice() {
        let group = |representatives: usize, members: usize| {
            let mut parts = vec![Part::Representative; representatives];
            parts.extend(vec![Part::Member; members]);
            parts
        };
        assert_eq!(check_people(&group(5, 7), 12), Ok(()));
        assert_eq!(check_people(&group(6, 6), 12), Err(Refusal::TooManyRepresentatives));
        assert_eq!(check_people(&group(4, 9), 12), Err(Refusal::FewerPeopleThanNamed));
        assert_eq!(check_people(&[Part::Petitioner, Part::Lawyer], 1), Ok(()));
        assert_eq!(check_people(&[], 1), Err(Refusal::NobodyCame));
    }

    #[test]
    fn the_line_names_the_first_and_counts_all() {
        assert_eq!(petitioner_line(&["张三"], 1), "张三");
        assert_eq!(petitioner_line(&["张三", "李四"], 12), "张三等12人");
        assert_eq!(petitioner_line(&[], 1), "匿名");
    }
}

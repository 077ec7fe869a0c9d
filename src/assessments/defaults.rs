//! The shipped questionnaire (院定): about the case and how it is handled.

use super::change::write;
use super::types::{Question, Questionnaire, QuestionnaireId};
use crate::error::Problem;
use crate::time::Moment;

/// From how many points tier one is proposed.
const THRESHOLD: i64 = 6;
/// From when it holds: before any case that is likely to be assessed.
const SINCE: &str = "2020-01-01";

/// Key, question, points, measure.
const ALL: [(&str, &str, i64, &str); 12] = [
    (
        "term",
        "审理或者执行期限是否延长、中止过，或者已经超过法定期限",
        3,
        "书面告知各方进度、延长的原因和预计办结时间",
    ),
    (
        "answered",
        "各方的申请（鉴定、保全、调查取证、回避等）是否有没有书面答复的",
        3,
        "宣判或者采取措施前，逐项书面答复各方的申请",
    ),
    (
        "turned",
        "结果是否与此前的裁判不同（改判、发回重审、再审改判）",
        3,
        "当面判后释法，说明改变的理由和依据",
    ),
    ("refused", "诉讼请求是否大部分不能支持", 2, "当面判后释法，告知还有什么救济途径和期限"),
    ("evidence", "是否因举证不足、鉴定不能等，事实难以查清", 2, "释明举证责任和证据认定的理由"),
    (
        "livelihood",
        "是否涉及工资、人身损害赔偿、抚养赡养、住房、征收补偿",
        2,
        "优先调解，符合条件的告知司法救助",
    ),
    ("many", "一方是否有五人以上，或者有同类案件在后", 3, "统一释明口径，推选代表人，与有关部门联合调解"),
    ("differs", "同类案件的裁判尺度是否不一致", 2, "提交专业法官会议研究，在文书中写明理由"),
    ("unenforced", "判决以后是否可能执行不到位", 3, "告知财产状况和查控结果，约见双方商定履行办法"),
    (
        "measures",
        "拟采取的措施是否影响案外人、老人或者正在经营的企业",
        2,
        "采取措施前听取意见，安排实地查看和过渡办法",
    ),
    (
        "procedure",
        "送达、公告、鉴定、评估等程序是否有过补正或者异议",
        3,
        "先核查、补正程序，把核查结果告知提出异议的一方",
    ),
    (
        "mediation",
        "是否还没有组织过调解，或者调解意见接近而没有达成",
        1,
        "再组织一次调解，必要时邀请村（居）委会、司法所参加",
    ),
];

/// The shipped questions.
pub fn questions() -> Vec<Question> {
    let question = |(key, text, points, measure): (&str, &str, i64, &str)| Question {
        key: key.to_owned(),
        text: text.to_owned(),
        points,
        measure: measure.to_owned(),
    };
    ALL.into_iter().map(question).collect()
}

/// The row that they make.
///
/// # Errors
///
/// Never: they are texts and numbers.
pub fn row(now: Moment) -> Result<Questionnaire, Problem> {
    Ok(Questionnaire {
        id: QuestionnaireId::new(now),
        court_id: None,
        edition: 1,
        threshold: THRESHOLD,
        content: write(&questions())?,
        effective_from: SINCE.parse().unwrap_or(now.today()),
        effective_to: None,
        version: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessments::rules::{MOST_QUESTIONS, about_a_person};
    use std::collections::BTreeSet;

    #[test]
    fn the_shipped_questions_are_about_the_case_and_few() {
        let all = questions();
        assert!(all.len() <= MOST_QUESTIONS);
        let keys: BTreeSet<&str> = all.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys.len(), all.len());
        for one in &all {
            assert_eq!(about_a_person(&one.text), None, "{}", one.text);
            assert_eq!(about_a_person(&one.measure), None, "{}", one.measure);
            assert!(one.points > 0 && !one.measure.is_empty());
        }
        assert!(all.iter().map(|one| one.points).sum::<i64>() >= THRESHOLD * 2);
    }
}

//! The sum, what follows from it, and what may be asked. Nothing here reads a clock, a database or a request.

use super::types::{AssessmentState, Question};
use crate::error::Problem;
use std::collections::BTreeSet;

/// The most questions of a questionnaire: it is short, or nobody fills it in.
pub const MOST_QUESTIONS: usize = 20;

/// The points of what was ticked: each question once, whatever is ticked besides is nothing.
pub fn points(questions: &[Question], ticked: &[String]) -> i64 {
    let ticked: BTreeSet<&str> = ticked.iter().map(String::as_str).collect();
    questions.iter().filter(|question| ticked.contains(question.key.as_str())).map(|one| one.points).sum()
}

/// What comes of a sum.
pub const fn comes_to(points: i64, threshold: i64) -> AssessmentState {
    if points >= threshold { AssessmentState::Waiting } else { AssessmentState::Low }
}

/// The measures that what was ticked proposes, each once, in the order of the questions.
pub fn measures(questions: &[Question], ticked: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for question in questions.iter().filter(|question| ticked.contains(&question.key)) {
        if !question.measure.is_empty() && !all.contains(&question.measure) {
            all.push(question.measure.clone());
        }
    }
    all
}

/// Words that ask about a person instead of the case: what somebody is like, believes, suffers from, whom they know, what
/// they did before, where they went. The system tracks what the court owes people, not people.
const OF_A_PERSON: [&str; 40] = [
    "性格",
    "脾气",
    "偏执",
    "品行",
    "人品",
    "素质",
    "情绪",
    "心理",
    "精神",
    "疾病",
    "病史",
    "患病",
    "健康",
    "残疾",
    "信仰",
    "宗教",
    "教徒",
    "政治面貌",
    "思想倾向",
    "民族",
    "籍贯",
    "前科",
    "劣迹",
    "亲属关系",
    "社会关系",
    "交往",
    "婚姻状况",
    "家庭背景",
    "收入水平",
    "上访经历",
    "信访经历",
    "缠访",
    "闹访",
    "老户",
    "重点人",
    "行踪",
    "轨迹",
    "扬言",
    "过激",
    "危险人",
];

/// The word by which a question asks about a person, if it does.
pub fn about_a_person(text: &str) -> Option<&'static str> {
    OF_A_PERSON.iter().copied().find(|word| text.contains(word))
}

/// Why something about an assessment is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    Decided,
    Low,
    NotYours,
    NoDivision,
    Passed,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refusal::Decided => "这次评估已经有了决定，不能再改；情况有变化的，请重新评估一次。",
            Refusal::Low => "这次评估没有达到建议分值，不用决定。仍然担心的，请点“标记苗头”。",
            Refusal::NotYours => "这是其他庭室的案件，由该庭室的承办人或者庭长决定。",
            Refusal::NoDivision => "您的账号没有所在庭室，不能评估案件。请系统管理员在人员账号里补上庭室。",
            Refusal::Passed => "生效日期不能早于今天：已经做过的评估按当时的问卷，不会因改问卷而变。",
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// Whether an assessment in this state is to be decided.
///
/// # Errors
///
/// Why not.
pub const fn may_decide(state: AssessmentState) -> Result<(), Refusal> {
    match state {
        AssessmentState::Waiting => Ok(()),
        AssessmentState::Low => Err(Refusal::Low),
        AssessmentState::Listed | AssessmentState::NotListed => Err(Refusal::Decided),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn question(key: &str, points: i64, measure: &str) -> Question {
        Question { key: key.into(), text: format!("{key}？"), points, measure: measure.into() }
    }

    fn all() -> Vec<Question> {
        vec![
            question("a", 1, "释明"),
            question("b", 3, "调解"),
            question("c", 5, "释明"),
            question("d", 2, ""),
        ]
    }

    fn keys(text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }

    #[test]
    fn what_is_ticked_is_summed_once() {
        for (ticked, sum) in [("", 0), ("a", 1), ("ab", 4), ("abcd", 11), ("aab", 4), ("xyz", 0), ("cx", 5)] {
            assert_eq!(points(&all(), &keys(ticked)), sum, "{ticked}");
        }
    }

    #[test]
    fn tier_one_is_proposed_from_the_threshold_on() {
        use AssessmentState::{Low, Waiting};
        for (points, state) in [(0, Low), (5, Low), (6, Waiting), (7, Waiting)] {
            assert_eq!(comes_to(points, 6), state, "{points}");
        }
    }

    #[test]
    fn each_measure_is_proposed_once_in_the_order_of_the_questions() {
        assert_eq!(measures(&all(), &keys("cba")), ["释明", "调解"]);
        assert!(measures(&all(), &keys("d")).is_empty());
    }

    #[test]
    fn what_somebody_is_like_may_not_be_asked() {
        for text in [
            "当事人性格是否偏执",
            "原告有无宗教信仰",
            "是否有精神疾病",
            "是否属于信访老户",
            "当事人是否扬言上访",
        ] {
            assert!(about_a_person(text).is_some(), "{text}");
        }
        for text in ["审理期限是否延长过", "判决是否改变了一审结果", "是否有执行不能的可能"]
        {
            assert_eq!(about_a_person(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_waits_is_decided() {
        for state in AssessmentState::ALL {
            assert_eq!(may_decide(*state).is_ok(), *state == AssessmentState::Waiting, "{state:?}");
        }
    }

    proptest! {
        #[test]
        fn the_sum_is_that_of_the_parts_in_any_order_and_more_ticks_never_lower_it(
            weights in proptest::collection::vec(0i64..10, 1..20), ticked in proptest::collection::vec(0usize..25, 0..30)
        ) {
            let questions: Vec<Question> =
                weights.iter().enumerate().map(|(n, points)| question(&format!("q{n}"), *points, "")).collect();
            let keys: Vec<String> = ticked.iter().map(|n| format!("q{n}")).collect();
            let sum = points(&questions, &keys);
            let mut turned = keys.clone();
            turned.reverse();
            prop_assert_eq!(points(&questions, &turned), sum);
            prop_assert!(sum <= weights.iter().sum::<i64>() && sum >= 0);
            turned.push("q0".into());
            prop_assert!(points(&questions, &turned) >= sum);
            let apart: BTreeSet<String> = keys.into_iter().collect();
            let parts: i64 = apart.iter().map(|key| points(&questions, std::slice::from_ref(key))).sum();
            prop_assert_eq!(parts, sum);
        }
    }
}

//! What is done about the script's matters above their handlers: answers are demanded, leaders asked, faults reviewed.

/// Something that the office, a leader or inspection does.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// An answer is demanded (督办): `letter`, `phone` or `on_site`.
    Demand { manner: &'static str, to: &'static str, demand: &'static str, spoken: &'static str },
    /// The open demand is answered.
    Answer { text: &'static str },
}

/// A deed, by whom, and how many days before the demonstration.
#[derive(Clone, Copy, Debug)]
pub struct OfficeStep {
    pub days_ago: i64,
    pub by: &'static str,
    /// The key of the matter that it is about.
    pub matter: &'static str,
    pub deed: Deed,
}

const fn demand(
    days_ago: i64,
    matter: &'static str,
    manner: &'static str,
    to: &'static str,
    demand: &'static str,
    spoken: &'static str,
) -> OfficeStep {
    OfficeStep { days_ago, by: "tianyuan", matter, deed: Deed::Demand { manner, to, demand, spoken } }
}

const fn answer(days_ago: i64, by: &'static str, matter: &'static str, text: &'static str) -> OfficeStep {
    OfficeStep { days_ago, by, matter, deed: Deed::Answer { text } }
}

/// Supervision at each of its states: answered, waiting, hardened by itself as far as the president, answered in the
/// second round.
const SUPERVISION: &[OfficeStep] = &[
    demand(
        54,
        "handling-12-overdue",
        "letter",
        "luodan",
        "老人等赡养费过冬，请说明扣划办到哪一步，并上门告知老人。",
        "",
    ),
    answer(
        49,
        "luodan",
        "handling-12-overdue",
        "已向子女所在单位送达协助执行通知，单位答复下月起按月扣划；已电话告知老人侄子，下周上门。",
    ),
    demand(
        33,
        "handling-03-overdue",
        "phone",
        "yuhaitao",
        "信访人已经第二次来院，请查清发包单位的到期工程款，采取冻结措施，并当面答复信访人。",
        "与于海涛法官通话，答复称手头案件较多，本周内联系发包单位。",
    ),
    demand(
        10,
        "handling-01",
        "letter",
        "dupeng",
        "请说明评估机构为什么两次选定没有结果，列出评估、拍卖每一步的时间，告知信访人。",
        "",
    ),
    answer(
        7,
        "dupeng",
        "handling-01",
        "前两次选定的评估机构均因回避退回。已重新摇号，下周现场勘验，勘验后二十日内出报告，随即上网拍卖；时间表已当面交给信访人。",
    ),
    demand(
        2,
        "handling-09",
        "letter",
        "changxin",
        "信访人多次来电问第二次分配的时间，请说明拍卖进展，定出分配日期并答复信访人。",
        "",
    ),
    demand(
        1,
        "handling-12-overdue",
        "on_site",
        "renqiang",
        "老人第三次来院，请局长当面过问，入冬前把已扣划的款项发到老人手里。",
        "到执行局现场查看卷宗：扣划款4800元已到账，发放手续还差审批。任强局长答应当天签批。",
    ),
];

/// Every step, the earliest first.
pub fn steps() -> Vec<OfficeStep> {
    let mut all = SUPERVISION.to_vec();
    all.sort_by_key(|step| std::cmp::Reverse(step.days_ago));
    all
}

#[cfg(test)]
mod tests {
    use super::super::super::{NEVER_SAID, staff};
    use super::super::matters;
    use super::*;

    #[test]
    fn each_deed_is_by_somebody_at_the_court_about_a_matter_that_was_accepted_before() {
        for step in steps() {
            let matter = matters().into_iter().find(|m| m.key == step.matter).unwrap();
            assert!(matter.days_ago > step.days_ago, "{}", step.matter);
            assert!(staff::STAFF.iter().any(|s| s.user == step.by), "{}", step.by);
            let text = format!("{step:?}");
            assert!(NEVER_SAID.iter().all(|word| !text.contains(word)), "{text}");
        }
    }
}

//! What is done about the script's matters above their handlers: answers are demanded, leaders asked, faults reviewed.

use super::enforcement::{self, Task};
use super::tiers::{self, TierDeed};

/// Something that the office, a leader or inspection does.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// An answer is demanded (督办): `letter`, `phone` or `on_site`.
    Demand { manner: &'static str, to: &'static str, demand: &'static str, spoken: &'static str },
    /// The open demand is answered.
    Answer { text: &'static str },
    /// A leader is asked (请示).
    Ask { leader: &'static str, question: &'static str, proposal: &'static str },
    /// The leader instructs, asked or not (批示).
    Give { owner: &'static str, days: i64, text: &'static str },
    /// The leader sends the request back.
    Return { remark: &'static str },
    /// The owner has carried it out.
    Finish { evidence: &'static str },
    /// Somebody agrees that it is carried out.
    Confirm,
    /// Somebody says what is still missing.
    SendBack { remark: &'static str },
    /// A review is opened (责任倒查).
    Review { of: &'static str, grounds: &'static str },
    /// Something is found about a person reviewed.
    FindAbout { of: &'static str, finding: &'static str, measure: &'static str },
    /// The review is decided: kind and cause by their codes.
    Decide {
        kind: &'static str,
        cause: &'static str,
        findings: &'static str,
        measure: &'static str,
        by: &'static str,
    },
    /// A person reviewed is told.
    Notify { of: &'static str },
    /// The person says something to it.
    State { text: &'static str },
    /// Something about its enforcement.
    Enforce(Task),
    /// Something done in its tier.
    Tier(TierDeed),
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
    demand(
        10,
        "handling-10",
        "phone",
        "lvqingsong",
        "请查明文书上网前为什么没有隐去个人信息，说明整改措施，书面答复信访人。",
        "与吕青松庭长通话，答应查上网审批记录后答复。",
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

const fn deed(days_ago: i64, by: &'static str, matter: &'static str, deed: Deed) -> OfficeStep {
    OfficeStep { days_ago, by, matter, deed }
}

/// Instructions at each of their states.
const INSTRUCTIONS: &[OfficeStep] = &[
    deed(
        27,
        "tianyuan",
        "handling-02",
        Deed::Ask {
            leader: "hanguodong",
            question: "信访人坚持请求到现场复量。原审勘验时其不在场，判决书记载的距离与现状有出入，是否安排现场查看？",
            proposal: "建议由姚光明法官会同村委会到现场查看，不影响判决效力，当面说明裁判理由。",
        },
    ),
    deed(
        26,
        "hanguodong",
        "handling-02",
        Deed::Give {
            owner: "yaoguangming",
            days: 10,
            text: "同意。到现场看清楚、讲明白，请村调解主任一并参加，争取邻里和解。",
        },
    ),
    deed(
        20,
        "yaoguangming",
        "handling-02",
        Deed::Finish {
            evidence: "已到现场查看并拍照，村调解主任在场；向信访人说明了勘验笔录和判决的依据，信访人签收说明。",
        },
    ),
    deed(19, "tianyuan", "handling-02", Deed::Confirm),
    deed(
        18,
        "tianyuan",
        "handling-04",
        Deed::Ask {
            leader: "qiaolihua",
            question: "信访人安置房至今没有交付，已超出判决后的协调范围，需要与征收部门会商。",
            proposal: "建议由行政审判庭牵头，邀请区征收办会商一次，定出交房时间。",
        },
    ),
    deed(
        17,
        "qiaolihua",
        "handling-04",
        Deed::Give {
            owner: "niuzhigang",
            days: 12,
            text: "同意会商。请区征收办给出书面交房时间，转告信访人。",
        },
    ),
    deed(9, "niuzhigang", "handling-04", Deed::Finish { evidence: "已与区征收办电话沟通，对方答应研究。" }),
    deed(
        8,
        "tianyuan",
        "handling-04",
        Deed::SendBack { remark: "批示要求会商并取得书面交房时间，电话沟通还不够。" },
    ),
    deed(
        3,
        "niuzhigang",
        "handling-04",
        Deed::Finish {
            evidence: "已在区征收办会商，对方出具书面函：明年一月底前交付安置房；函件复印件已交信访人。",
        },
    ),
    deed(
        12,
        "zhouzhengping",
        "handling-03-overdue",
        Deed::Give {
            owner: "renqiang",
            days: 7,
            text: "工人工资不能再拖。请任强同志亲自到发包单位核对到期工程款，依法冻结，结果向我报告。",
        },
    ),
    deed(
        6,
        "tianyuan",
        "handling-11",
        Deed::Ask {
            leader: "hanguodong",
            question: "鉴定费由谁先垫付，双方争执不下。",
            proposal: "建议由申请鉴定的一方预交。",
        },
    ),
    deed(
        5,
        "hanguodong",
        "handling-11",
        Deed::Return {
            remark: "属于审理中的程序问题，请承办法官依法决定，不需要批示。"
        },
    ),
    deed(
        4,
        "tianyuan",
        "handling-09",
        Deed::Ask {
            leader: "qiaolihua",
            question: "第二批查封车辆成交后，刑事退赔与执行分配需要两个庭室同时办理，谁牵头？",
            proposal: "建议由刑事审判庭牵头，执行局三日内提供成交价款明细。",
        },
    ),
    deed(
        3,
        "linsuqin",
        "handling-06",
        Deed::Give {
            owner: "duanhongwei",
            days: 14,
            text: "涉及工资，开庭后尽快宣判，请庭长盯住审限，宣判后告知信访人。",
        },
    ),
];

/// Reviews: decided and told, decided and not told yet, under way.
const ACCOUNTABILITY: &[OfficeStep] = &[
    deed(
        60,
        "zhaizhiyuan",
        "closed-02",
        Deed::Review {
            of: "jiayuting",
            grounds: "退费手续夹在卷内没有移送财务，当事人多次往返，倒查移送环节。",
        },
    ),
    deed(
        55,
        "zhaizhiyuan",
        "closed-02",
        Deed::FindAbout {
            of: "jiayuting",
            finding: "结案后没有按规定移送退费手续，属工作疏漏，发现后当日补办。",
            measure: "批评教育，庭内通报。",
        },
    ),
    deed(
        54,
        "zhaizhiyuan",
        "closed-02",
        Deed::Decide {
            kind: "procedure",
            cause: "procedure",
            findings: "结案移送没有退费核对环节，个人疏漏与流程缺项并存。",
            measure: "结案移送单增加“退费手续”一栏，由书记员和内勤双签。",
            by: "监察室，报院长同意",
        },
    ),
    deed(52, "zhaizhiyuan", "closed-02", Deed::Notify { of: "jiayuting" }),
    deed(
        50,
        "jiayuting",
        "closed-02",
        Deed::State { text: "同意。已对名下同类案件逐件自查，没有发现其他遗漏。" },
    ),
    deed(
        30,
        "zhaizhiyuan",
        "closed-08",
        Deed::Review {
            of: "shenlei",
            grounds: "判决书超期送达，当事人两次催问没有回音，倒查送达和审限管理。",
        },
    ),
    deed(
        22,
        "zhaizhiyuan",
        "closed-08",
        Deed::FindAbout {
            of: "shenlei",
            finding: "合议意见形成后四十余日没有制作判决书，也没有办理延长审限的手续。",
            measure: "约谈提醒，纳入年度考核。",
        },
    ),
    deed(
        20,
        "zhaizhiyuan",
        "closed-08",
        Deed::Decide {
            kind: "delay",
            cause: "delay",
            findings: "属拖延办理。庭室审限预警流于形式，没有人逐案过问。",
            measure: "审限到期前十五日由庭长签收预警单。",
            by: "院长办公会",
        },
    ),
    deed(
        5,
        "zhaizhiyuan",
        "closed-01",
        Deed::Review {
            of: "gaoxiang", grounds: "执行线索移交后三个月没有查控记录，核查是否存在拖延。"
        },
    ),
];

/// Every step, the earliest first.
pub fn steps() -> Vec<OfficeStep> {
    let mut all = [SUPERVISION, INSTRUCTIONS, ACCOUNTABILITY, &enforcement::steps(), tiers::STEPS].concat();
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

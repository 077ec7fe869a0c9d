//! From the draft of a reply to what is asked after the closing: one at each place.

use super::*;

/// What is done about a reply.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// Written, and submitted unless it is only begun.
    Write {
        items: &'static [Item],
        review: bool,
        submit: bool,
    },
    Approve,
    Return {
        reason: &'static str,
    },
    /// By hand with the proof of a receipt, or by post with a number.
    Serve {
        tracking: &'static str,
        recipient: &'static str,
        proof: &'static str,
    },
    /// `answered` or `settled`.
    Finish {
        reason: &'static str,
        note: &'static str,
    },
    Withdrawn {
        reason: &'static str,
    },
    /// `satisfied`, `mostly_satisfied`, `dissatisfied` or `unrated`.
    Asked {
        score: &'static str,
        note: &'static str,
    },
    /// 复查 is asked for.
    Review {
        grounds: &'static str,
        above: &'static str,
    },
    Reopened {
        reason: &'static str,
    },
    /// To whoever assigned it: `progress` or `result`, signed by a leader.
    ReportAbove {
        step: &'static str,
        number: &'static str,
        text: &'static str,
        signer: &'static str,
    },
}

/// The answer to one claim.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub claim: &'static str,
    pub facts: &'static str,
    pub basis: &'static str,
    /// `supported`, `explained` or `not_supported`.
    pub outcome: &'static str,
    pub opinion: &'static str,
}

const fn does(days_ago: i64, by: &'static str, deed: Deed) -> Step {
    Step::Reply { days_ago, by, deed }
}

pub(super) const fn reported(
    days_ago: i64,
    by: &'static str,
    step: &'static str,
    number: &'static str,
    text: &'static str,
    signer: &'static str,
) -> Step {
    does(days_ago, by, Deed::ReportAbove { step, number, text, signer })
}

const fn writes(days_ago: i64, by: &'static str, items: &'static [Item]) -> Step {
    does(days_ago, by, Deed::Write { items, review: false, submit: true })
}

const fn referred(days_ago: i64, text: &'static str) -> Step {
    note(days_ago, "tianyuan", "referral", text)
}

const BY_HAND: Deed =
    Deed::Serve { tracking: "", recipient: "信访人本人", proof: "送达回证，本人签名捺印" };

const TUITION: &[Item] = &[Item {
    claim: "请求把扣划的案款尽快发放",
    facts: "执行局于上月12日扣划被执行人银行存款4.2万元，因账户名称录入有误，银行退回一次，款项仍在本院案款专户。",
    basis: "《最高人民法院关于执行款物管理工作的规定》关于案款应当及时发放的规定。",
    outcome: "supported",
    opinion: "账户已经当面核对改正，案款在三个工作日内发放到您的账户。对给您带来的不便，本院表示歉意。",
}];

const FENCE: &[Item] = &[
    Item {
        claim: "请求重新勘验围墙的位置",
        facts: "原审于去年9月3日到现场勘验，勘验笔录有双方签名；本次办理中承办人又到现场查看，围墙位置与勘验图一致。",
        basis: "《中华人民共和国民事诉讼法》关于勘验、再审的规定。",
        outcome: "explained",
        opinion: "判决已经生效，信访程序不能代替再审重新勘验。您有新证据的，可以依法申请再审，立案庭可以提供书面指引。",
    },
    Item {
        claim: "请求解释为什么诉讼费由信访人负担一半",
        facts: "您的诉讼请求得到部分支持，法院按支持的比例确定由双方各负担一半，金额计算无误。",
        basis: "《诉讼费用交纳办法》第二十九条。",
        outcome: "explained",
        opinion: "负担比例符合规定，计算方法已经当面逐项说明。",
    },
];

const HEARING: &[Item] = &[Item {
    claim: "请求告知开庭时间",
    facts: "本案因被告下落不明需要公告，公告期本月18日届满。",
    basis: "《中华人民共和国民事诉讼法》关于公告送达的规定。",
    outcome: "supported",
    opinion: "开庭定于下月6日上午9时，传票随本意见书一并送达。",
}];

const NOISE: &[Item] = &[Item {
    claim: "建议改善法庭门口排队的秩序，雨天有个躲雨的地方",
    facts: "来院群众集中在上午八点半到九点，安检通道只开一条，门口没有雨棚，情况属实。",
    basis: "《人民法院诉讼服务中心建设规范》关于便民设施的要求。",
    outcome: "supported",
    opinion: "自本月起上午开放两条安检通道，雨棚已经列入维修计划，下月底前建好。",
}];

const KEY_MONEY: &[Item] = &[Item {
    claim: "请求恢复执行",
    facts: "经查，被执行人名下新购车辆一辆，已于本月查封。",
    basis: "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第五百一十七条。",
    outcome: "supported",
    opinion: "已恢复执行，车辆进入评估程序，每月向您通报一次进展。",
}];

const WAGES: &[Item] = &[Item {
    claim: "请求查清为什么迟迟没有判决",
    facts: "案件审限于上月届满，经批准延长一个月，但没有及时告知您。",
    basis: "《最高人民法院关于严格执行案件审理期限制度的若干规定》。",
    outcome: "supported",
    opinion: "判决书已于昨日签发。没有告知延长审限是工作疏漏，庭里已经提醒承办人，向您道歉。",
}];

const RETURNED: &[Item] = &[Item {
    claim: "请求解除对信访人银行卡的冻结",
    facts: "冻结金额超过执行标的。",
    basis: "有关执行的规定。",
    outcome: "supported",
    opinion: "尽快解除超出部分。",
}];

pub const MATTERS: &[DemoMatter] = &[
    DemoMatter {
        key: "reply-01-drafted",
        days_ago: 41,
        who: &[woman("胡玉芬", "1968-04-09", "申请执行人")],
        category: "enforcement.payment",
        case_stage: "enforcement",
        cases: &["（{y0}）豫0404执518号"],
        division: Some("执行局"),
        summary: "执行到位的4.2万元一个多月没有发到手，信访人等着给孩子交学费，打了几次电话都说在走手续。",
        claim: "请求把扣划的案款尽快发放。",
        screening: accepted(39, "gaoxiang"),
        steps: &[
            referred(39, "转执行局高翔法官，请核对发款手续。"),
            note(35, "gaoxiang", "talk", "与信访人面谈，核对收款账户，发现户名录错一个字。"),
            note(21, "gaoxiang", "progress", "已向财务重新提交发款申请。"),
            does(1, "gaoxiang", Deed::Write { items: TUITION, review: false, submit: false }),
        ],
        ..BASE
    },
    DemoMatter {
        key: "reply-02-submitted",
        days_ago: 48,
        who: &[man("柴广明", "1959-08-27", "原告")],
        category: "judgment.first",
        cases: &["（{y1}）豫0404民初1320号"],
        division: Some("民事审判第一庭"),
        summary: "相邻纠纷判决后，信访人认为围墙量错了，诉讼费也不该他负担一半，三次到窗口要求说清楚。",
        claim: "请求重新勘验围墙的位置；请求解释为什么诉讼费由信访人负担一半。",
        screening: accepted(45, "yaoguangming"),
        steps: &[
            referred(45, "转民事审判第一庭姚光明法官，原承办人为宋洁法官。"),
            note(41, "yaoguangming", "talk", "与信访人面谈，一起看了勘验图。"),
            note(31, "yaoguangming", "progress", "到现场查看围墙位置，与勘验图一致。"),
            writes(2, "yaoguangming", FENCE),
        ],
        ..BASE
    },
    DemoMatter {
        key: "reply-03-returned",
        days_ago: 36,
        who: &[man("丁卫国", "1976-12-05", "被执行人")],
        category: "enforcement.measures",
        case_stage: "enforcement",
        cases: &["（{y0}）豫0404执631号"],
        division: Some("执行局"),
        summary: "标的2.8万元，冻结了两张卡共6万余元，信访人发不出工人的生活费。",
        claim: "请求解除对信访人银行卡的冻结。",
        screening: accepted(34, "dupeng"),
        steps: &[
            referred(34, "转执行局杜鹏法官核实冻结金额。"),
            note(31, "dupeng", "talk", "与信访人面谈，核对两张卡的冻结金额。"),
            writes(6, "dupeng", RETURNED),
            does(
                3,
                "renqiang",
                Deed::Return {
                    reason: "冻结了多少、超出多少要写具体数字；依据要写到条文；“尽快”改成确定的日期。",
                },
            ),
        ],
        ..BASE
    },
    DemoMatter {
        key: "reply-04-approved",
        days_ago: 29,
        who: &[woman("庞秀珍", "1983-03-14", "原告")],
        category: "procedure.overtime",
        cases: &["（{y0}）豫0404民初1711号"],
        division: Some("民事审判第二庭"),
        summary: "货款纠纷立案三个月，被告找不到人，信访人不知道什么时候开庭，小店周转不开。",
        claim: "请求告知开庭时间。",
        screening: accepted(27, "shenlei"),
        steps: &[
            referred(27, "转民事审判第二庭申磊法官。"),
            note(24, "shenlei", "call", "告知正在公告，公告期满后安排开庭。"),
            writes(4, "shenlei", HEARING),
            does(1, "duanhongwei", Deed::Approve),
        ],
        ..BASE
    },
    DemoMatter {
        key: "reply-05-served",
        days_ago: 52,
        who: &[man("祝长青", "1971-07-01", "申请执行人")],
        category: "enforcement.ended",
        case_stage: "enforcement",
        cases: &["（{y1}）豫0404执1102号"],
        division: Some("执行局"),
        summary: "终本以后信访人发现对方换了新车，两次递交线索没有回音。",
        claim: "请求恢复执行。",
        screening: accepted(50, "yuhaitao"),
        steps: &[
            referred(50, "转执行局于海涛法官核实线索。"),
            note(46, "yuhaitao", "talk", "与信访人面谈，接收车辆照片和行车信息。"),
            note(33, "yuhaitao", "progress", "向车管所查询，线索属实，已经查封。"),
            writes(12, "yuhaitao", KEY_MONEY),
            does(10, "renqiang", Deed::Approve),
            does(
                8,
                "yuhaitao",
                Deed::Serve {
                    tracking: "XA41040026418", recipient: "祝长青", proof: "挂号信回执，本人签收"
                },
            ),
        ],
        ..BASE
    },
    DemoMatter {
        key: "reply-06-asked",
        days_ago: 60,
        who: &[man("翁立业", "1988-02-19", "劳动者")],
        category: "procedure.overtime",
        cases: &["（{y0}）豫0404民初901号"],
        division: Some("民事审判第二庭"),
        summary: "追索劳动报酬案超过审限没有判，没有人告诉信访人原因。",
        claim: "请求查清为什么迟迟没有判决。",
        screening: accepted(58, "jiayuting"),
        steps: &[
            referred(58, "转民事审判第二庭贾玉婷法官。"),
            note(54, "jiayuting", "call", "电话告知案件进展，致歉。"),
            writes(38, "jiayuting", WAGES),
            does(36, "duanhongwei", Deed::Approve),
            does(35, "jiayuting", BY_HAND),
            does(34, "jiayuting", Deed::Finish { reason: "settled", note: "信访人拿到判决书，表示理解。" }),
            does(
                27,
                "dingjing",
                Deed::Asked {
                    score: "mostly_satisfied",
                    note: "结果满意，就是等得太久了，早点打个电话就好了。",
                },
            ),
        ],
        ..BASE
    },
    DemoMatter {
        key: "reply-07-closed",
        days_ago: 30,
        who: &[woman("阮桂香", "1965-11-11", "来访人")],
        category: "suggestion.work",
        case_stage: "other",
        division: Some("办公室"),
        summary: "信访人陪老伴来开庭，早上排队半个多小时，下雨没有地方躲，老伴淋湿了。",
        claim: "建议改善法庭门口排队的秩序，雨天有个躲雨的地方。",
        screening: accepted(29, "fanxiaomei"),
        steps: &[
            note(27, "fanxiaomei", "call", "致电感谢建议，说明已向办公室反映。"),
            does(13, "fanxiaomei", Deed::Write { items: NOISE, review: true, submit: true }),
            does(11, "linsuqin", Deed::Approve),
            does(10, "fanxiaomei", BY_HAND),
            does(7, "fanxiaomei", Deed::Finish { reason: "answered", note: "" }),
        ],
        ..BASE
    },
    DemoMatter {
        key: "reply-08-review",
        days_ago: 44,
        who: &[man("邢德山", "1954-06-23", "村民")],
        category: "openness.advice",
        case_stage: "other",
        division: Some("韩店人民法庭"),
        summary: "信访人要求法庭为村里的调解协议盖章，法庭告知应当由双方申请司法确认，信访人认为是推脱。",
        claim: "请求法庭在调解协议上盖章。",
        screening: accepted(42, "wuyang"),
        steps: &[
            referred(42, "转韩店人民法庭武阳法官。"),
            note(39, "wuyang", "talk", "到村里与双方面谈，讲解司法确认的办法和时间。"),
            does(
                20,
                "wuyang",
                Deed::Write {
                    items: &[Item {
                        claim: "请求法庭在调解协议上盖章",
                        facts: "协议由村人民调解委员会主持达成，双方没有共同申请司法确认。",
                        basis: "《中华人民共和国民事诉讼法》关于确认调解协议案件的规定。",
                        outcome: "explained",
                        opinion: "法庭不能直接在协议上盖章。双方可以自协议生效之日起三十日内共同申请司法确认，法庭当日受理。",
                    }],
                    review: true,
                    submit: true,
                },
            ),
            does(18, "kangning", Deed::Approve),
            does(17, "wuyang", BY_HAND),
            does(
                3,
                "dingjing",
                Deed::Review {
                    grounds: "信访人认为法庭应当主动到村里办理，不应让老人再跑一趟。",
                    above: "龙河市中级人民法院",
                },
            ),
        ],
        ..BASE
    },
    DemoMatter {
        key: "reply-09-reopened",
        days_ago: 100,
        who: &[woman("鲍春兰", "1972-10-30", "申请执行人")],
        category: "enforcement.none",
        case_stage: "enforcement",
        cases: &["（{y1}）豫0404执845号"],
        division: Some("执行局"),
        summary: "装修款1.6万元一直没有执行到，信访人听说对方开了新店。",
        claim: "请求恢复执行。",
        screening: accepted(98, "dupeng"),
        steps: &[
            referred(98, "转执行局杜鹏法官。"),
            note(94, "dupeng", "talk", "与信访人面谈，新店登记在他人名下，暂无可供执行财产。"),
            writes(70, "dupeng", KEY_MONEY),
            does(68, "renqiang", Deed::Approve),
            does(66, "dupeng", BY_HAND),
            does(60, "dupeng", Deed::Finish { reason: "answered", note: "" }),
            does(
                52,
                "luyaoyuan",
                Deed::Asked {
                    score: "dissatisfied", note: "车查封了三个月还没有拍卖，店里的钱也没人查。"
                },
            ),
            contact(16, Channel::Visit, "信访人再次来院，提交新店转账收款码的照片和流水。"),
            does(15, "tianyuan", Deed::Reopened { reason: "提交新店收款账户流水，属于新的财产线索。" }),
            note(11, "dupeng", "talk", "约谈信访人，核对流水；已冻结收款账户，正在核实实际经营人。"),
        ],
        ..BASE
    },
    DemoMatter {
        key: "reply-10-again",
        days_ago: 66,
        who: &[man("单大勇", "1962-01-25", "被告")],
        category: "judgment.first",
        cases: &["（{y1}）豫0404民初2044号"],
        division: Some("民事审判第一庭"),
        summary: "邻里排水纠纷，信访人对承担一半修渠费用不服。",
        claim: "请求解释为什么诉讼费由信访人负担一半。",
        screening: accepted(64, "songjie"),
        steps: &[
            referred(64, "转民事审判第一庭宋洁法官。"),
            note(60, "songjie", "explanation", "当面讲解判决理由和费用计算。"),
            writes(45, "songjie", FENCE),
            does(43, "caoyuming", Deed::Approve),
            does(42, "songjie", BY_HAND),
            does(40, "songjie", Deed::Finish { reason: "answered", note: "" }),
            does(
                33,
                "dingjing",
                Deed::Asked {
                    score: "satisfied", note: "法官讲得清楚，就是心里还有点疙瘩。"
                },
            ),
            contact(3, Channel::Visit, "信访人再次来院，仍要求解释费用为什么各负担一半。"),
        ],
        ..BASE
    },
    DemoMatter {
        key: "reply-11-withdrawn",
        days_ago: 22,
        channel: Channel::Call,
        who: &[woman("邬丽", "1991-09-08", "原告")],
        category: "filing.fees",
        case_stage: "trial",
        cases: &["（{y0}）豫0404民初1602号"],
        division: Some("立案庭"),
        summary: "信访人来电称退费半个月没有到账。",
        claim: "请求尽快退费。",
        materials: "电话记录，没有材料",
        screening: accepted(21, "xuewei"),
        steps: &[
            referred(21, "转立案庭薛巍法官核对。"),
            does(
                19,
                "xuewei",
                Deed::Withdrawn {
                    reason: "信访人当日下午来电，退费已经到账，要求撤回。"
                },
            ),
        ],
        ..BASE
    },
];

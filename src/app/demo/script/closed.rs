//! Brought to an end, each with the reply that was given.

use super::*;

const fn elsewhere(days_ago: i64, reason: &'static str, to: &'static str) -> Screening {
    Screening::Elsewhere { days_ago, by: "dingjing", reason, to }
}

const fn answered(days_ago: i64, answer: &'static str) -> Screening {
    Screening::Answered { days_ago, by: "dingjing", answer }
}

pub const MATTERS: &[DemoMatter] = &[
    DemoMatter {
        key: "closed-01",
        days_ago: 150,
        who: &[man("康新民", "1974-02-22", "申请执行人")],
        category: "enforcement.none",
        case_stage: "enforcement",
        cases: &["（{y1}）豫0404执312号"],
        division: Some("执行局"),
        summary: "买卖饲料款5.6万元，申请执行后八个月没有音信，信访人的养殖场等着这笔钱进料。",
        claim: "请求尽快执行。",
        screening: accepted(147, "dupeng"),
        steps: &[
            note(147, "tianyuan", "referral", "转执行局杜鹏法官办理。"),
            note(140, "dupeng", "talk", "与信访人面谈，收下两条线索。"),
            note(118, "dupeng", "progress", "冻结对方账户3.1万元，对方主动来院商量余款。"),
            close(
                95,
                "settled",
                "经查，对方账户已扣划31,000元，余款25,000元已于上月付清，案款发放到您的账户。对之前联系不及时，执行局已向您说明并致歉。",
            ),
        ],
        ..BASE
    },
    DemoMatter {
        key: "closed-02",
        days_ago: 88,
        who: &[woman("姜慧", "1987-09-13", "原告")],
        category: "filing.fees",
        case_stage: "trial",
        cases: &["（{y0}）豫0404民初205号"],
        division: Some("民事审判第二庭"),
        summary: "撤诉后应退的一半诉讼费1,150元三个月没有到账，财务和业务庭各说各的。",
        claim: "请求查清楚，尽快退费。",
        screening: accepted(86, "jiayuting"),
        steps: &[
            note(86, "tianyuan", "referral", "转民事审判第二庭贾玉婷法官核对退费手续。"),
            note(84, "jiayuting", "progress", "退费手续夹在卷内没有移送，已补送财务。"),
            close(
                78,
                "settled",
                "退费1,150元已汇入您提供的账户，请查收。手续没有及时移送是我们的疏忽，向您道歉。",
            ),
        ],
        ..BASE
    },
    DemoMatter {
        key: "closed-03",
        days_ago: 64,
        who: &[man("关平", "1981-05-31", "来访人")],
        category: "outside.government",
        case_stage: "other",
        summary: "信访人反映家门口修路噪声大、灰尘多，想让法院管一管施工单位，没有起诉的打算。",
        claim: "请求法院出面。",
        screening: elsewhere(64, "government_first", "区城市管理局（建设路18号，0375-2520312）"),
        ..BASE
    },
    DemoMatter {
        key: "closed-04",
        days_ago: 52,
        who: &[woman("温倩", "1993-03-16", "来访人")],
        category: "openness.advice",
        case_stage: "filing",
        summary: "信访人咨询借给同事2万元只有转账记录，能不能起诉，要准备什么。",
        claim: "请求告知办法。",
        screening: answered(
            52,
            "可以起诉。请准备起诉状、转账记录、聊天记录和对方身份信息，已提供样本和清单；家庭困难可以申请缓交诉讼费。",
        ),
        ..BASE
    },
    DemoMatter {
        key: "closed-05",
        days_ago: 130,
        channel: Channel::Letter,
        who: &[man("叶顺祥", "1956-11-29", "上诉人")],
        category: "judgment.second",
        case_stage: "review",
        cases: &["（{y2}）豫0404民初909号"],
        division: Some("民事审判第一庭"),
        summary: "来信对合伙纠纷二审判决不服，认为自己只是介绍人，不该还钱。",
        claim: "请求重新处理。",
        materials: "信件2页",
        screening: accepted(126, "songjie"),
        steps: &[
            note(126, "tianyuan", "referral", "转民事审判第一庭，由未参与原案的法官释明。"),
            note(
                115,
                "songjie",
                "explanation",
                "约信访人来院，对照合伙协议和流水逐项讲解，信访人带走书面指引。",
            ),
            close(
                100,
                "answered",
                "二审判决已经生效。判决依据和理由已当面向您说明；如有新的证据，可以在法定期限内向上一级法院申请再审。",
            ),
        ],
        ..BASE
    },
    DemoMatter {
        key: "closed-06",
        days_ago: 75,
        who: &[woman("聂荣花", "1961-04-18", "村民")],
        category: "outside.village",
        case_stage: "other",
        summary: "信访人反映出嫁后户口仍在村里，分土地补偿款时没有她的份，村里说是开会定的。",
        claim: "想知道能不能到法院起诉。",
        screening: elsewhere(
            75,
            "village_distribution",
            "大营乡人民政府农业农村办公室（大营乡政府院内，0375-2520455）",
        ),
        ..BASE
    },
    DemoMatter {
        key: "closed-07",
        days_ago: 41,
        channel: Channel::Call,
        who: &[man("江波", "1986-08-20", "被执行人")],
        category: "enforcement.measures",
        case_stage: "enforcement",
        cases: &["（{y0}）豫0404执210号"],
        division: Some("执行局"),
        summary: "信访人来电称已履行完毕，名单上还有他的名字，孩子报名受影响。",
        claim: "请求删除。",
        materials: "电话记录，没有材料",
        screening: accepted(41, "gaoxiang"),
        steps: &[
            note(41, "tianyuan", "referral", "转执行局高翔法官，请当日核实。"),
            close(39, "settled", "经核实，您已于上月履行完毕，限制措施已经解除，相关信息已删除。"),
        ],
        ..BASE
    },
    DemoMatter {
        key: "closed-08",
        days_ago: 110,
        who: &[man("宁超", "1990-10-06", "原告")],
        category: "procedure.overtime",
        cases: &["（{y0}）豫0404民初118号"],
        division: Some("民事审判第二庭"),
        summary: "房屋租赁合同案开庭三个月没有判，信访人的押金和装修款共3.4万元悬着。",
        claim: "请求尽快判决。",
        screening: accepted(107, "duanhongwei"),
        steps: &[
            note(107, "tianyuan", "referral", "转民事审判第二庭段宏伟庭长督促。"),
            note(101, "duanhongwei", "call", "告知合议意见已定，判决书本周送达。"),
            close(
                97,
                "answered",
                "判决书已于本周送达。审理中没有及时告知您延长审限的情况，庭里已经提醒承办人。",
            ),
        ],
        ..BASE
    },
    DemoMatter {
        key: "closed-09-withdrawn",
        days_ago: 58,
        who: &[woman("汪颖", "1984-01-11", "申请执行人")],
        category: "enforcement.payment",
        case_stage: "enforcement",
        cases: &["（{y0}）豫0404执389号"],
        division: Some("执行局"),
        summary: "信访人反映抚养费案款6,000元没有发到手。",
        claim: "请求发放。",
        screening: accepted(57, "luodan"),
        steps: &[close(55, "withdrawn", "信访人次日来电，案款当天已经到账，不再反映。")],
        ..BASE
    },
    DemoMatter {
        key: "closed-10",
        days_ago: 33,
        who: &[man("石保山", "1957-12-19", "来访人")],
        category: "outside.police",
        case_stage: "other",
        summary: "信访人被人以高息理财骗走养老钱8万元，派出所受理后一个月没有通知，信访人以为可以直接到法院判刑。",
        claim: "请求告知该找谁。",
        screening: elsewhere(
            33,
            "not_for_courts",
            "区公安分局法制大队；不服不立案的，可以向区人民检察院申请立案监督（光明路6号）",
        ),
        ..BASE
    },
    DemoMatter {
        key: "closed-11",
        days_ago: 47,
        who: &[woman("邵梅", "1979-05-27", "当事人")],
        category: "openness.files",
        case_stage: "review",
        cases: &["（{y1}）豫0404民初2518号"],
        division: Some("民事审判第一庭"),
        summary: "信访人申请再审要复印庭审笔录，来了三趟没有复印到，档案室说没有归档。",
        claim: "请求约定时间一次办好。",
        screening: answered(47, "案卷已从业务庭调出，当场复印笔录和证据共46页交信访人。"),
        ..BASE
    },
    DemoMatter {
        key: "closed-12",
        days_ago: 140,
        who: &[man("武来喜", "1964-06-14", "调解员")],
        category: "suggestion.work",
        case_stage: "other",
        division: Some("办公室"),
        summary: "信访人是村人民调解员，建议法官每月到村里开一次判后释法，把判决讲给老百姓听。",
        claim: "建议采纳。",
        screening: accepted(138, "kangning"),
        steps: &[
            note(138, "tianyuan", "referral", "转韩店人民法庭研究。"),
            close(
                120,
                "answered",
                "感谢您的建议。韩店人民法庭从下月起每月第二个周三到村里开展判后释法，届时邀请您参加。",
            ),
        ],
        ..BASE
    },
];

//! What comes up rarely but must go right: groups, anonymous letters, interpreters, conduct, video, assignments, third visits.

use super::*;

const GROUP: &[Who] = &[
    as_part(man("郑建军", "1970-03-12", "购房人"), Part::Representative),
    as_part(woman("梁素", "1982-07-01", "购房人"), Part::Representative),
    as_part(man("袁凯", "1991-11-11", "购房人"), Part::Representative),
    as_part(woman("魏静", "1988-02-28", "购房人"), Part::Representative),
    as_part(man("乔志国", "1969-10-15", "购房人"), Part::Member),
    as_part(woman("孟改娥", "1966-09-02", "购房人"), Part::Member),
    as_part(man("翟涛", "1987-04-23", "购房人"), Part::Member),
    as_part(woman("史艳", "1990-12-30", "购房人"), Part::Member),
    as_part(man("岳鹏", "1993-06-17", "购房人"), Part::Member),
    as_part(woman("耿霞", "1975-08-05", "购房人"), Part::Member),
    as_part(man("焦长春", "1961-01-07", "购房人"), Part::Member),
    as_part(woman("樊莲", "1968-05-20", "购房人"), Part::Member),
];

pub const MATTERS: &[DemoMatter] = &[
    DemoMatter {
        key: "special-group",
        days_ago: 10,
        at: (8, 35),
        who: GROUP,
        people: 12,
        category: "enforcement.slow",
        case_stage: "enforcement",
        cases: &["（{y1}）豫0404执1401号", "（{y1}）豫0404执1402号"],
        division: Some("执行局"),
        summary: "十二名购房人一同来院，推选四名代表反映：开发商判决后不办房产证、不付违约金，每户2.6万元至4.1万元不等，进入执行一年没有进展，有的孩子上学急需房产证。",
        claim: "请求统一答复办证和违约金什么时候能落实。",
        materials: "判决书复印件12份、签名清单1份",
        screening: accepted(8, "renqiang"),
        steps: &[
            note(8, "tianyuan", "referral", "转执行局任强局长，统一答复，代表四人已登记联系方式。"),
            note(5, "renqiang", "talk", "与四名代表面谈，同意先办无争议的七户房产证，违约金另行处置商铺。"),
        ],
        ..BASE
    },
    DemoMatter {
        key: "special-anonymous",
        days_ago: 19,
        channel: Channel::Letter,
        category: "conduct.attitude",
        case_stage: "other",
        division: Some("民事审判第二庭"),
        summary: "匿名信一页，邮戳为本市。反映民事审判第二庭有人在庭上说话难听，不让当事人把话说完，希望法院管一管，没有写具体案件。",
        claim: "希望改进庭审作风。",
        materials: "匿名信1页、信封",
        screening: accepted(16, "zhaizhiyuan"),
        steps: &[note(9, "zhaizhiyuan", "progress", "抽查该庭近两个月庭审录像二十场，正在整理情况。")],
        ..BASE
    },
    DemoMatter {
        key: "special-conduct",
        days_ago: 14,
        who: &[man("夏永生", "1976-04-09", "申请执行人")],
        category: "conduct.delay",
        case_stage: "enforcement",
        cases: &["（{y1}）豫0404执588号"],
        division: Some("执行局"),
        against: &["yuhaitao"],
        summary: "信访人反映执行局于海涛法官办理其12.4万元货款案一年有余，每次都说在研究，线索给了三次没有回复，有一次当面说“你自己去找财产”。",
        claim: "请求核实情况，更换承办人。",
        screening: accepted(12, "zhaizhiyuan"),
        steps: &[
            note(12, "tianyuan", "referral", "涉及工作人员作风，转监察室翟致远，被反映人回避。"),
            note(7, "zhaizhiyuan", "talk", "听取信访人陈述并制作笔录，告知核查期限。"),
        ],
        ..BASE
    },
    DemoMatter {
        key: "special-integrity",
        days_ago: 22,
        channel: Channel::Letter,
        who: &[woman("金瑶", "1983-08-16", "原告")],
        category: "conduct.integrity",
        case_stage: "trial",
        cases: &["（{y0}）豫0404民初350号"],
        division: Some("民事审判第二庭"),
        against: &["shenlei"],
        summary: "来信反映申磊法官在案件审理期间与对方代理人一同吃饭，附有照片两张，担心影响公正，请求保密。",
        claim: "请求监察部门调查并告知结果。",
        materials: "信件2页、照片2张",
        screening: accepted(21, "zhaizhiyuan"),
        steps: &[note(
            15,
            "zhaizhiyuan",
            "progress",
            "已调阅案卷和当日考勤，约谈有关人员，案件暂由段宏伟庭长负责。",
        )],
        ..BASE
    },
    DemoMatter {
        key: "special-interpreter",
        days_ago: 6,
        at: (14, 30),
        who: &[
            needing(
                man("任天亮", "1986-02-19", "申请执行人"),
                Care { disabled: true, interpreter: true, ..NO_CARE },
            ),
            as_part(woman("任小红", "1990-07-07", "妹妹，手语翻译"), Part::Agent),
        ],
        category: "enforcement.slow",
        case_stage: "enforcement",
        cases: &["（{y0}）豫0404执820号"],
        division: Some("执行局"),
        summary: "信访人听力言语残疾，由妹妹陪同以手语表达：被拖欠的装修工钱2.3万元判决后没有拿到，几次来院因沟通不便没有说清楚。",
        claim: "请求以后联系时发短信或者请手语翻译在场。",
        materials: "残疾人证、判决书复印件",
        screening: accepted(4, "gaoxiang"),
        steps: &[note(
            2,
            "gaoxiang",
            "talk",
            "请区残联手语翻译到场面谈，约定以后用短信联系，已冻结对方账户8,600元。",
        )],
        ..BASE
    },
    DemoMatter {
        key: "special-elderly",
        days_ago: 29,
        who: &[needing(woman("曹月娥", "1941-12-08", "原告"), Care { elderly: true, ill: true, ..NO_CARE })],
        category: "judgment.mediation",
        case_stage: "review",
        cases: &["（{y0}）豫0404民初64号"],
        division: Some("韩店人民法庭"),
        summary: "八十多岁的老人与继子就房屋居住达成调解，事后发现调解书写的是居住到明年，她以为是住到老。老人识字不多，当时没有家人陪同。",
        claim: "请求把当时的笔录读给她听，想办法让她有地方住。",
        screening: accepted(27, "kangning"),
        steps: &[
            note(27, "tianyuan", "referral", "转韩店人民法庭康宁庭长，老人腿脚不便，请上门。"),
            note(25, "kangning", "talk", "到老人家中读了调解笔录，继子在场，愿意重新商量居住期限。"),
            note(
                11,
                "kangning",
                "progress",
                "双方在村委会达成补充协议，老人可以一直居住，正在制作书面材料。",
            ),
        ],
        ..BASE
    },
];

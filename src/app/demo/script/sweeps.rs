//! The sheets of this month and the last, and the assessments. `{y0}` stands for the year of the demonstration.

/// A case on a sheet: its kind, and what was answered about it.
#[derive(Clone, Copy, Debug)]
pub struct SweptCase {
    pub number: &'static str,
    /// `filed`, `closed` or `both`.
    pub kind: &'static str,
    pub cause: &'static str,
    pub parties: &'static str,
    pub judge: &'static str,
    /// `nothing`, `again`, `tier_one`, or empty where nobody has answered yet.
    pub answer: &'static str,
    pub note: &'static str,
    /// How a closed case ended, as five letters of y, n and a (not applicable); empty where nothing was recorded.
    pub marks: &'static str,
}

const fn case(
    number: &'static str,
    kind: &'static str,
    (cause, parties, judge): (&'static str, &'static str, &'static str),
    (answer, note): (&'static str, &'static str),
    marks: &'static str,
) -> SweptCase {
    SweptCase { number, kind, cause, parties, judge, answer, note, marks }
}

/// A division's sheet, and who answers about it.
#[derive(Clone, Copy, Debug)]
pub struct DemoSheet {
    pub division: &'static str,
    pub head: &'static str,
    pub last_month: &'static [SweptCase],
    pub this_month: &'static [SweptCase],
}

const NOTHING: (&str, &str) = ("nothing", "");
const OPEN: (&str, &str) = ("", "");

/// Every division that has cases.
pub const SHEETS: [DemoSheet; 8] = [
    DemoSheet {
        division: "立案庭",
        head: "fanxiaomei",
        last_month: &[case(
            "（{y0}）豫0404民辖18号",
            "both",
            ("管辖异议", "石龙商贸公司、郑某某", "薛巍"),
            NOTHING,
            "ayyya",
        )],
        this_month: &[
            case(
                "（{y0}）豫0404民辖21号",
                "filed",
                ("管辖异议", "平宝物流公司、董某某", "薛巍"),
                NOTHING,
                "",
            ),
            case("（{y0}）豫0404民初1240号", "filed", ("劳务合同纠纷", "丁某某等7方", "薛巍"), OPEN, ""),
        ],
    },
    DemoSheet {
        division: "民事审判第一庭",
        head: "caoyuming",
        last_month: &[
            case("（{y0}）豫0404民初988号", "closed", ("离婚纠纷", "孙某某、李某", "宋洁"), NOTHING, "yyyyy"),
            case(
                "（{y0}）豫0404民初1003号",
                "closed",
                ("相邻关系纠纷", "马某、马某某", "姚光明"),
                ("again", "一审判决后一方当庭表示要上诉，下月看是否补做释明"),
                "yynyy",
            ),
        ],
        this_month: &[
            case(
                "（{y0}）豫0404民初1102号",
                "closed",
                ("机动车交通事故责任纠纷", "赵某、平安保险石龙支公司", "宋洁"),
                NOTHING,
                "yyyya",
            ),
            case(
                "（{y0}）豫0404民初1115号",
                "closed",
                ("房屋买卖合同纠纷", "钱某某、石龙置业公司", "姚光明"),
                ("tier_one", "判决解除合同，购房款退还无着落，原告多次来电问退款"),
                "yynyy",
            ),
            case(
                "（{y0}）豫0404民初1131号",
                "closed",
                ("民间借贷纠纷", "吴某、郭某某", "宋洁"),
                ("again", "撤诉后双方仍在协商还款，下月再看"),
                "",
            ),
            case("（{y0}）豫0404民初1160号", "filed", ("赡养纠纷", "何某某、何某", "姚光明"), OPEN, ""),
            case(
                "（{y0}）豫0404民初1177号",
                "filed",
                ("物业服务合同纠纷", "石龙物业公司、冯某某等12方", "宋洁"),
                OPEN,
                "",
            ),
            case("（{y0}）豫0404民初1183号", "both", ("返还原物纠纷", "许某、许某某", "宋洁"), OPEN, ""),
            case(
                "（{y0}）豫0404民初1190号",
                "filed",
                ("健康权纠纷", "秦某某、石龙区中心医院", "姚光明"),
                OPEN,
                "",
            ),
        ],
    },
    DemoSheet {
        division: "民事审判第二庭",
        head: "duanhongwei",
        last_month: &[case(
            "（{y0}）豫0404民初1051号",
            "closed",
            ("买卖合同纠纷", "石龙建材公司、田某", "贾玉婷"),
            NOTHING,
            "yyyyy",
        )],
        this_month: &[
            case(
                "（{y0}）豫0404民初1145号",
                "closed",
                ("建设工程施工合同纠纷", "宏达建筑公司、石龙置业公司", "申磊"),
                NOTHING,
                "yyyyn",
            ),
            case(
                "（{y0}）豫0404民初1207号",
                "filed",
                ("劳动争议", "陶某某、永兴矿业公司", "贾玉婷"),
                OPEN,
                "",
            ),
        ],
    },
    DemoSheet {
        division: "刑事审判庭",
        head: "houjianjun",
        last_month: &[case(
            "（{y0}）豫0404刑初77号",
            "closed",
            ("故意伤害罪", "检察院、方某", "常欣"),
            NOTHING,
            "yayya",
        )],
        this_month: &[case(
            "（{y0}）豫0404刑初85号",
            "closed",
            ("诈骗罪", "检察院、贺某某", "常欣"),
            NOTHING,
            "yayya",
        )],
    },
    DemoSheet {
        division: "行政审判庭",
        head: "qinlan",
        last_month: &[case(
            "（{y0}）豫0404行初19号",
            "closed",
            ("房屋征收补偿", "汪某某、区住建局", "牛志刚"),
            NOTHING,
            "yyyyy",
        )],
        this_month: &[case(
            "（{y0}）豫0404行初24号",
            "filed",
            ("工伤认定", "邓某、区人社局", "牛志刚"),
            OPEN,
            "",
        )],
    },
    DemoSheet {
        division: "执行局",
        head: "renqiang",
        last_month: &[
            case("（{y0}）豫0404执1178号", "filed", ("民间借贷纠纷", "罗某某、唐某", "高翔"), NOTHING, ""),
            case(
                "（{y0}）豫0404执301号",
                "closed",
                ("追索劳动报酬纠纷", "侯某等9方、永兴矿业公司", "杜鹏"),
                ("again", "终本，工资还差一部分没有发，等矿上回款"),
                "aayya",
            ),
        ],
        this_month: &[
            case(
                "（{y0}）豫0404执1240号",
                "filed",
                ("买卖合同纠纷", "石龙建材公司、付某", "于海涛"),
                NOTHING,
                "",
            ),
            case("（{y0}）豫0404执1251号", "closed", ("赡养纠纷", "谢某某、谢某", "高翔"), OPEN, ""),
            case("（{y0}）豫0404执恢66号", "filed", ("借款合同纠纷", "石龙农商银行、段某", "杜鹏"), OPEN, ""),
        ],
    },
    DemoSheet {
        division: "审判监督庭",
        head: "lvqingsong",
        last_month: &[case(
            "（{y0}）豫0404民再3号",
            "closed",
            ("合同纠纷", "余某、潘某某", "吕青松"),
            NOTHING,
            "yyyyn",
        )],
        this_month: &[],
    },
    DemoSheet {
        division: "韩店人民法庭",
        head: "kangning",
        last_month: &[case(
            "（{y0}）豫0404民初1066号",
            "closed",
            ("土地承包经营权纠纷", "韩某、韩店村委会", "武阳"),
            NOTHING,
            "yyyyy",
        )],
        this_month: &[
            case(
                "（{y0}）豫0404民初1199号",
                "closed",
                ("离婚纠纷", "常某某、任某", "武阳"),
                NOTHING,
                "yyyyy",
            ),
            case("（{y0}）豫0404民初1211号", "filed", ("排除妨害纠纷", "史某、史某某", "武阳"), OPEN, ""),
        ],
    },
];

/// An assessment: by whom, of what, what was ticked, and what was decided.
#[derive(Clone, Copy, Debug)]
pub struct DemoAssessment {
    pub by: &'static str,
    pub number: &'static str,
    pub cause: &'static str,
    /// `filing`, `judgment` or `enforcement`.
    pub step: &'static str,
    pub ticked: &'static [&'static str],
    pub note: &'static str,
    /// Whether it was listed, and why; `None` where nobody has decided or nothing is to be decided.
    pub decided: Option<(bool, &'static str)>,
}

/// The assessments, shortly before the demonstration.
pub const ASSESSMENTS: [DemoAssessment; 4] = [
    DemoAssessment {
        by: "songjie",
        number: "（{y0}）豫0404民初1102号",
        cause: "机动车交通事故责任纠纷",
        step: "judgment",
        ticked: &["livelihood", "mediation"],
        note: "伤残等级双方无争议。",
        decided: None,
    },
    DemoAssessment {
        by: "yaoguangming",
        number: "（{y0}）豫0404民初1190号",
        cause: "健康权纠纷",
        step: "judgment",
        ticked: &["term", "evidence", "livelihood", "procedure"],
        note: "鉴定做了两次，第二次因材料不足退回。",
        decided: None,
    },
    DemoAssessment {
        by: "gaoxiang",
        number: "（{y0}）豫0404执1251号",
        cause: "赡养纠纷",
        step: "enforcement",
        ticked: &["livelihood", "unenforced", "measures"],
        note: "被执行人在外务工，工资按月到账。",
        decided: Some((false, "已与双方约好按月从工资中扣划，第一笔已经到账")),
    },
    DemoAssessment {
        by: "dupeng",
        number: "（{y0}）豫0404执恢66号",
        cause: "借款合同纠纷",
        step: "enforcement",
        ticked: &["term", "unenforced", "measures", "procedure"],
        note: "评估报告有异议，拍卖标的是唯一住房。",
        decided: Some((true, "腾房涉及三代人居住，评估异议还没有答复，需要几个部门一起商量")),
    },
];

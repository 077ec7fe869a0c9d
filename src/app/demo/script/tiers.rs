//! What is done in the three tiers about the script's matters, and the signs that are marked.

use super::office::{Deed, OfficeStep};

/// Something that is done in a tier.
#[derive(Clone, Copy, Debug)]
pub enum TierDeed {
    /// A notice from above: level by its code, body, number.
    Heard {
        level: &'static str,
        body: &'static str,
        reference: &'static str,
    },
    /// The group is confirmed.
    Confirm,
    /// The president names who is in charge, and by when in days.
    Name {
        leader: &'static str,
        responsible: &'static str,
        days: i64,
    },
    /// The leader did something themselves: `met`, `studied` or `coordinated`.
    Act {
        act: &'static str,
        record: &'static str,
    },
    Meeting {
        present: &'static str,
        record: &'static str,
    },
    Report {
        case_facts: &'static str,
        course: &'static str,
        obstacles: &'static str,
        opinion: &'static str,
    },
    Plan {
        crux: &'static str,
        approach: &'static str,
        work: &'static str,
    },
    Measure {
        text: &'static str,
        owner: &'static str,
        days: i64,
    },
    /// How the measure of this number stands, the first added is 1: `doing` or `done`.
    News {
        nth: usize,
        state: &'static str,
        result: &'static str,
    },
}

/// A sign, by whom, and how many minutes before the demonstration.
#[derive(Clone, Copy, Debug)]
pub struct Sign {
    pub minutes_ago: i64,
    pub by: &'static str,
    pub text: &'static str,
}

pub const SIGNS: &[Sign] = &[
    Sign {
        minutes_ago: 38,
        by: "songjie",
        text: "相邻排水纠纷宣判后，原告当庭撕掉判决书，称一辈子的积蓄都垫进去了，要到市里反映；其子在外地务工，可以帮助做工作。",
    },
    Sign {
        minutes_ago: 31,
        by: "dingjing",
        text: "一名被执行人家属连续三天到立案大厅询问账户为什么被冻结，没有登记，情绪一天比一天激动，担心影响孩子学费。",
    },
];

const fn step(days_ago: i64, by: &'static str, matter: &'static str, deed: TierDeed) -> OfficeStep {
    OfficeStep { days_ago, by, matter, deed: Deed::Tier(deed) }
}

const GROUP: &str = "special-group";
const PROVINCE: &str = "special-assigned-province";
const OLD: &str = "handling-12-overdue";

pub const STEPS: &[OfficeStep] = &[
    step(
        44,
        "tianyuan",
        OLD,
        TierDeed::Heard {
            level: "city",
            body: "市信访局",
            reference: "市信访局来访通报第318号，由侄子陪同前往。",
        },
    ),
    step(43, "tianyuan", OLD, TierDeed::Confirm),
    step(42, "zhouzhengping", OLD, TierDeed::Name { leader: "shiwenbo", responsible: "luodan", days: 50 }),
    step(
        40,
        "shiwenbo",
        OLD,
        TierDeed::Act {
            act: "met",
            record: "到老人家中看望，老人担心冬天没有钱买煤，答应本周先协调村里救急。",
        },
    ),
    step(
        14,
        "lvqingsong",
        PROVINCE,
        TierDeed::Report {
            case_facts: "房屋共有权确认纠纷，原审按兄弟二人各半确认份额，已经生效；再审申请曾被裁定驳回。",
            course: "信访人到省高级人民法院反映原审遗漏当事人。经约谈，其兄弟认可尚有一名继承人未参加诉讼。",
            obstacles: "遗漏的继承人长期在外地，联系中断；房屋已经由一方翻建，份额难以实物分割。",
            opinion: "先找到遗漏的继承人核实，再研究是否依职权启动再审；同时促成三方补偿协议。",
        },
    ),
    step(13, "tianyuan", PROVINCE, TierDeed::Confirm),
    step(
        12,
        "lvqingsong",
        PROVINCE,
        TierDeed::Plan {
            crux: "原审没有追加共同继承人，信访人真正在意的是翻建房屋的补偿。",
            approach: "依法审查再审事由与促成补偿两条线同时进行，先见到遗漏的继承人。",
            work: "审判监督庭负责审查，立案庭负责联络信访人，韩店法庭协调村委会。",
        },
    ),
    step(
        12,
        "lvqingsong",
        PROVINCE,
        TierDeed::Measure {
            text: "通过户籍和村委会找到遗漏的继承人，制作笔录",
            owner: "lvqingsong",
            days: 10,
        },
    ),
    step(
        12,
        "lvqingsong",
        PROVINCE,
        TierDeed::Measure {
            text: "核算翻建房屋的现值，提出补偿方案", owner: "lvqingsong", days: 18
        },
    ),
    step(
        11,
        "zhouzhengping",
        PROVINCE,
        TierDeed::Act {
            act: "met", record: "院长接访，信访人陈述四十分钟，院长当面说明审查步骤和时间。"
        },
    ),
    step(
        8,
        "zhouzhengping",
        PROVINCE,
        TierDeed::Act {
            act: "studied",
            record: "听取阅卷汇报，查阅原审送达回证，认为遗漏当事人的线索成立。",
        },
    ),
    step(
        8,
        "tianyuan",
        PROVINCE,
        TierDeed::Meeting {
            present: "周正平、林素琴、吕青松、范晓梅、田园",
            record: "研究两条线进展：继承人已经找到联系方式；本周内当面核实，下周报再审意见。",
        },
    ),
    step(
        5,
        "lvqingsong",
        PROVINCE,
        TierDeed::News {
            nth: 1, state: "done", result: "已在邻县找到继承人并制作笔录，其要求参加诉讼。"
        },
    ),
    step(
        4,
        "lvqingsong",
        PROVINCE,
        TierDeed::News { nth: 2, state: "doing", result: "评估机构已经到现场测量。" },
    ),
    step(7, "tianyuan", GROUP, TierDeed::Confirm),
    step(6, "zhouzhengping", GROUP, TierDeed::Name { leader: "shiwenbo", responsible: "renqiang", days: 40 }),
    step(
        5,
        "shiwenbo",
        GROUP,
        TierDeed::Act {
            act: "met", record: "与四名代表面谈，逐户核对欠付违约金，约定每周五通报一次进展。"
        },
    ),
    step(
        4,
        "renqiang",
        GROUP,
        TierDeed::Plan {
            crux: "开发商欠缴税费，房产证办不下来；违约金没有可执行的现金。",
            approach: "先为没有争议的七户办证，再处置商铺清偿违约金。",
            work: "",
        },
    ),
    step(
        4,
        "renqiang",
        GROUP,
        TierDeed::Measure {
            text: "与税务、不动产登记中心协调七户先行办证", owner: "renqiang", days: 11
        },
    ),
    step(
        3,
        "renqiang",
        GROUP,
        TierDeed::Measure { text: "评估拍卖两间临街商铺", owner: "renqiang", days: 35 },
    ),
    step(
        2,
        "renqiang",
        GROUP,
        TierDeed::News {
            nth: 1, state: "doing", result: "税务部门同意分户缴纳，材料已经送达。"
        },
    ),
];

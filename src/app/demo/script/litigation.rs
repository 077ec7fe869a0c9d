//! Asks for a ruling, so it goes into procedure (诉访分离): open until the filing decision or the case number is there.

use super::*;

const fn into(days_ago: i64, track: &'static str) -> Screening {
    Screening::Litigation { days_ago, by: "tianyuan", track }
}

pub const MATTERS: &[DemoMatter] = &[
    DemoMatter {
        key: "litigation-01",
        days_ago: 3,
        who: &[man("毛振中", "1965-08-08", "出租人")],
        category: "filing.delayed",
        case_stage: "filing",
        division: Some("立案庭"),
        summary: "信访人起诉承租人腾退门面房并支付两年租金4.8万元，材料转到诉前调解已四十多天，调解员只打过一次电话，信访人不同意再调。",
        claim: "请求结束诉前调解，登记立案。",
        screening: into(3, "suit"),
        ..BASE
    },
    DemoMatter {
        key: "litigation-02-overdue",
        days_ago: 13,
        who: &[woman("余小燕", "1988-12-24", "原告")],
        category: "filing.refused",
        case_stage: "filing",
        division: Some("立案庭"),
        summary: "信访人起诉美容店退还预付卡余额1.2万元，窗口以店主下落不明为由没有收材料，信访人查到了对方的经营登记地址。",
        claim: "请求收下材料并立案。",
        materials: "起诉状、转账记录、经营登记信息打印件",
        screening: into(12, "suit"),
        steps: &[note(10, "fanxiaomei", "call", "电话告知补充一份被告身份信息，信访人答应两日内送来。")],
        ..BASE
    },
    DemoMatter {
        key: "litigation-03",
        days_ago: 18,
        who: &[man("靳全顺", "1959-03-27", "原审被告")],
        category: "judgment.retrial",
        case_stage: "review",
        cases: &["（{y2}）豫0404民初1702号"],
        division: Some("审判监督庭"),
        summary: "信访人找到一张当年的还款收条，认为足以证明欠款9.5万元已经还清，判决生效刚满五个月，想申请再审。",
        claim: "请求指明申请再审的法院和材料，不要误了期限。",
        screening: into(17, "civil_retrial"),
        steps: &[note(
            16,
            "lvqingsong",
            "explanation",
            "讲明应在六个月内向上一级法院申请，提供了申请书样本和材料清单。",
        )],
        ..BASE
    },
    DemoMatter {
        key: "litigation-04",
        days_ago: 8,
        who: &[woman("龚玉珍", "1972-06-06", "案外人")],
        category: "enforcement.objection",
        case_stage: "enforcement",
        cases: &["（{y0}）豫0404执455号"],
        division: Some("执行局"),
        summary: "信访人与前夫离婚时房屋归她，尚未过户，因前夫欠债被查封，现在要评估拍卖。信访人带着孩子住在里面。",
        claim: "请求审查异议，暂停拍卖。",
        materials: "离婚协议、异议申请书",
        screening: into(7, "enforcement_objection"),
        steps: &[note(6, "xuewei", "progress", "异议材料已经收齐，正在编立案号，执行局同意暂缓处置。")],
        ..BASE
    },
    DemoMatter {
        key: "litigation-05",
        days_ago: 24,
        channel: Channel::Letter,
        who: &[man("彭学文", "1953-10-01", "被告人近亲属")],
        category: "judgment.criminal",
        case_stage: "review",
        cases: &["（{y2}）豫0404刑初61号"],
        division: Some("刑事审判庭"),
        summary: "来信为儿子的判决申诉，认为同案另一人责任更大，量刑却更轻。信中附有当年证人的书面说明。",
        claim: "请求审查申诉。",
        materials: "申诉状4页、证人说明1页",
        screening: into(20, "criminal_complaint"),
        steps: &[note(18, "xuewei", "call", "电话告知申诉已收到，还需要生效证明一份。")],
        ..BASE
    },
    DemoMatter {
        key: "litigation-06",
        days_ago: 11,
        who: &[organisation("石龙区青松种植专业合作社", "申请人")],
        category: "compensation.judicial",
        case_stage: "compensation",
        cases: &["（{y1}）豫0404执保19号"],
        division: Some("审判监督庭"),
        summary: "合作社称保全错误，冷库被查封二十三天，存放的蒜薹腐烂，损失约17万元，查封已经解除，希望法院先有个说法。",
        claim: "请求受理赔偿申请。",
        materials: "赔偿申请书、出入库单、照片12张",
        screening: into(9, "compensation"),
        steps: &[note(8, "lvqingsong", "talk", "与合作社理事长面谈，说明赔偿程序和需要补充的损失凭证。")],
        ..BASE
    },
    DemoMatter {
        key: "litigation-07",
        days_ago: 2,
        who: &[woman("蔡菊芳", "1963-01-25", "原告")],
        category: "judgment.first",
        cases: &["（{y0}）豫0404民初1620号"],
        division: Some("民事审判第二庭"),
        summary: "信访人上周收到判决，买卖种子赔偿只支持了6,000元，她损失了一季玉米。判决还在上诉期内，她以为找法院反映就算上诉。",
        claim: "请求说明怎样上诉。",
        materials: "判决书复印件",
        screening: into(2, "appeal"),
        steps: &[note(
            2,
            "dingjing",
            "explanation",
            "已讲明上诉期限到哪一天，提供上诉状样本，并约其明天来交。",
        )],
        ..BASE
    },
    DemoMatter {
        key: "litigation-08",
        days_ago: 30,
        who: &[man("崔明义", "1967-07-07", "原告")],
        category: "judgment.administrative",
        case_stage: "review",
        cases: &["（{y1}）豫0404行初12号"],
        division: Some("行政审判庭"),
        summary: "工伤认定案维持了不予认定的决定，信访人新取得工地视频，认为可以证明是在上班路上受伤。",
        claim: "请求指引申请再审。",
        screening: into(28, "administrative_retrial"),
        ..BASE
    },
];

//! What is done about the script's matters under enforcement: leaders set tasks, money comes in, campaigns bring matters
//! together.

use super::office::{Deed, OfficeStep};

/// Something about a matter's enforcement.
#[derive(Clone, Copy, Debug)]
pub enum Task {
    /// A task sheet: its limit in days, and measures with owner and limit.
    Issue {
        task: &'static str,
        days: i64,
        measures: &'static [Measure],
    },
    /// The result of the newest sheet's measure of this number, the first is 1.
    Result {
        nth: i64,
        text: &'static str,
    },
    /// The sum due, in yuan.
    Due {
        yuan: i64,
        reason: &'static str,
    },
    /// A payment, in yuan; the manner by its code.
    Paid {
        yuan: i64,
        manner: &'static str,
        payer: &'static str,
        note: &'static str,
    },
    /// The newest payment was of another sum.
    Correct {
        yuan: i64,
        reason: &'static str,
    },
    /// A leader heard a report.
    Heard {
        said: &'static str,
        decided: &'static str,
    },
    /// Whoever acts met a party.
    Met {
        party: &'static str,
        said: &'static str,
        answer: &'static str,
    },
    /// A campaign begins with this matter: days from now to its first and to its last day.
    Open {
        name: &'static str,
        goal: &'static str,
        from: i64,
        to: i64,
        responsible: &'static str,
    },
    PutIn {
        name: &'static str,
    },
    TakeOut {
        name: &'static str,
        reason: &'static str,
    },
    Close {
        name: &'static str,
        summary: &'static str,
    },
}

/// What is to be done, by whom, in how many days.
pub type Measure = (&'static str, &'static str, i64);

const fn step(days_ago: i64, by: &'static str, matter: &'static str, task: Task) -> OfficeStep {
    OfficeStep { days_ago, by, matter, deed: Deed::Enforce(task) }
}

const fn issue(
    days_ago: i64,
    by: &'static str,
    matter: &'static str,
    (task, days): (&'static str, i64),
    measures: &'static [Measure],
) -> OfficeStep {
    step(days_ago, by, matter, Task::Issue { task, days, measures })
}

const fn result(
    days_ago: i64,
    by: &'static str,
    matter: &'static str,
    nth: i64,
    text: &'static str,
) -> OfficeStep {
    step(days_ago, by, matter, Task::Result { nth, text })
}

const fn due(
    days_ago: i64,
    by: &'static str,
    matter: &'static str,
    yuan: i64,
    reason: &'static str,
) -> OfficeStep {
    step(days_ago, by, matter, Task::Due { yuan, reason })
}

const fn paid(
    days_ago: i64,
    by: &'static str,
    matter: &'static str,
    (yuan, manner): (i64, &'static str),
    (payer, note): (&'static str, &'static str),
) -> OfficeStep {
    step(days_ago, by, matter, Task::Paid { yuan, manner, payer, note })
}

const AUTUMN: &str = "涉民生案件秋季集中执行";
const WINTER: &str = "涉民生案件冬季集中执行";

const TASKS: &[OfficeStep] = &[
    issue(
        60,
        "shiwenbo",
        "handling-03-overdue",
        ("查清并冻结发包单位的到期工程款，给垫付工资的信访人一个明确的时间。", 50),
        &[
            ("向发包单位送达协助执行通知，冻结到期工程款", "yuhaitao", 15),
            ("查清更换法定代表人前后的公司账户往来", "yuhaitao", 40),
            ("约谈公司现任法定代表人，告知拒不执行的后果", "renqiang", 30),
        ],
    ),
    result(
        46,
        "yuhaitao",
        "handling-03-overdue",
        1,
        "发包单位确认尚欠工程款46万元，已送达冻结裁定，其中15万元已到期。",
    ),
    step(
        30,
        "zhouzhengping",
        "handling-03-overdue",
        Task::Heard {
            said: "于海涛法官汇报：发包单位欠款46万元，到期15万元已划拨；公司账户往来还在查，新任法定代表人在外地。",
            decided: "由任强局长带队到外地约谈；账户往来两周内查完，查不完的说明原因。",
        },
    ),
    issue(
        40,
        "linsuqin",
        "handling-05-due-soon",
        ("把信访人提供的线索逐条查实，结果当面告知。", 42),
        &[("跨省调取被执行人及其配偶的银行流水，逐条核对", "gaoxiang", 42)],
    ),
    issue(
        19,
        "shiwenbo",
        "handling-12-overdue",
        ("入冬前把已经扣划的赡养费送到老人手里。", 12),
        &[
            ("扣划款到账后三日内办完发放手续", "luodan", 12),
            ("上门核对老人的收款账户，告知进展", "renqiang", 10),
        ],
    ),
    result(
        12,
        "renqiang",
        "handling-12-overdue",
        2,
        "到老人家中核对了账户和身份证，老人由侄子代收短信，已登记电话。",
    ),
    issue(
        16,
        "shiwenbo",
        "handling-01",
        ("年前完成房产评估和第一次拍卖，让信访人手术前拿到第一笔款。", 45),
        &[
            ("重新摇号确定评估机构，组织现场勘验", "dupeng", 12),
            ("评估报告出来后五日内上网拍卖", "dupeng", 40),
            ("每半个月向信访人通报一次进展", "renqiang", 45),
        ],
    ),
    result(
        6,
        "dupeng",
        "handling-01",
        1,
        "评估机构已经摇号确定，委托书送达，勘验定在下周二，双方当事人都已通知。",
    ),
    step(
        5,
        "shiwenbo",
        "handling-01",
        Task::Heard {
            said: "杜鹏法官汇报：前两次选定的评估机构都因回避退回，第三次已经确定，勘验以后二十日内出报告。",
            decided: "勘验当天请信访人到场；报告一出即上网拍卖，每一步都告诉信访人。",
        },
    ),
    step(
        3,
        "dupeng",
        "handling-01",
        Task::Met {
            party: "申请执行人任长河",
            said: "信访人同意先用已到账的两万元做术前检查，希望勘验时能在场。",
            answer: "约定勘验前一天电话通知，由其儿子陪同到场。",
        },
    ),
    issue(
        6,
        "zhouzhengping",
        "special-group",
        ("十二户购房人统一答复：能办的证先办，违约金给出兑付方案。", 30),
        &[
            ("办完没有争议的七户房产证", "renqiang", 9),
            ("拿出商铺处置和违约金兑付方案，向四名代表说明", "renqiang", 28),
        ],
    ),
    step(
        4,
        "renqiang",
        "special-group",
        Task::Met {
            party: "购房人代表四人",
            said: "代表希望先办有孩子上学的三户；违约金可以分期，但要有担保。",
            answer: "三户排在最前面，本周报送登记中心；兑付方案形成后请代表先看。",
        },
    ),
];

const MONEY: &[OfficeStep] = &[
    due(130, "dupeng", "closed-01", 56_000, "民事判决确定的饲料款，不含迟延履行利息"),
    paid(118, "dupeng", "closed-01", (31_000, "deducted"), ("被执行人", "冻结账户扣划")),
    paid(100, "dupeng", "closed-01", (25_000, "voluntary"), ("被执行人", "余款一次付清")),
    due(105, "luodan", "handling-12-overdue", 19_000, "民事调解书确定的赡养费，累计至申请执行之日"),
    paid(88, "luodan", "handling-12-overdue", (500, "voluntary"), ("被执行人", "")),
    paid(2, "luodan", "handling-12-overdue", (48_000, "deducted"), ("被执行人工作单位", "工资账户扣划")),
    step(
        1,
        "luodan",
        "handling-12-overdue",
        Task::Correct { yuan: 4_800, reason: "多写了一个零，银行回单是4,800元。" },
    ),
    due(90, "dupeng", "reply-09-reopened", 16_000, "民事判决确定的装修款"),
    due(60, "yuhaitao", "handling-03-overdue", 1_180_000, "民事判决确定的工程款，不含迟延履行利息"),
    paid(41, "yuhaitao", "handling-03-overdue", (150_000, "deducted"), ("发包单位", "到期工程款，协助划拨")),
    due(40, "gaoxiang", "handling-05-due-soon", 150_000, "民事判决确定的借款本金"),
    due(40, "yuhaitao", "reply-05-served", 86_000, "民事判决确定的货款"),
    paid(
        15,
        "yuhaitao",
        "reply-05-served",
        (30_000, "auction"),
        ("车辆竞买人", "查封车辆拍卖款，扣除拍卖费用后"),
    ),
    due(38, "gaoxiang", "reply-01-drafted", 42_000, "民事判决确定的借款"),
    paid(37, "gaoxiang", "reply-01-drafted", (42_000, "deducted"), ("被执行人", "户名更正后发放")),
    due(31, "renqiang", "special-organisation", 840_000, "执行和解协议，分六期履行，每期14万元"),
    paid(31, "renqiang", "special-organisation", (140_000, "settlement"), ("石龙华康食品有限公司", "第一期")),
    paid(3, "renqiang", "special-organisation", (140_000, "settlement"), ("石龙华康食品有限公司", "第二期")),
    due(20, "dupeng", "special-assigned-congress", 198_000, "民事判决确定的药款"),
    paid(
        9,
        "dupeng",
        "special-assigned-congress",
        (60_000, "voluntary"),
        ("乡卫生院", "第一笔，余款列入明年预算"),
    ),
    due(15, "dupeng", "handling-01", 317_000, "民事判决确定的交通事故赔偿款"),
    paid(11, "dupeng", "handling-01", (20_000, "deducted"), ("保险公司", "商业险余款")),
    due(6, "renqiang", "special-group", 396_000, "十二份民事判决确定的违约金合计"),
];

const CAMPAIGNS: &[OfficeStep] = &[
    step(
        126,
        "renqiang",
        "closed-01",
        Task::Open {
            name: AUTUMN,
            goal: "集中查控、集中发放一批抚养费、赡养费、劳动报酬和小额货款，秋收前见到钱。",
            from: 0,
            to: 66,
            responsible: "renqiang",
        },
    ),
    step(104, "renqiang", "handling-12-overdue", Task::PutIn { name: AUTUMN }),
    step(90, "renqiang", "reply-09-reopened", Task::PutIn { name: AUTUMN }),
    step(88, "renqiang", "handling-03-overdue", Task::PutIn { name: AUTUMN }),
    step(
        72,
        "renqiang",
        "reply-09-reopened",
        Task::TakeOut {
            name: AUTUMN, reason: "查明新店登记在他人名下，暂无可供执行的财产，另行答复。"
        },
    ),
    step(
        56,
        "renqiang",
        "closed-01",
        Task::Close {
            name: AUTUMN,
            summary: "列入的案件中，饲料款一件全部到位并息诉；赡养费一件只到账500元，工程款一件没有进展，都转入冬季集中执行，由原承办人继续办理。",
        },
    ),
    step(
        14,
        "tianyuan",
        "handling-01",
        Task::Open {
            name: WINTER,
            goal: "春节前执行到位一批赡养费、工资、赔偿款，件件有任务单，笔笔有到账记录，十日通报一次。",
            from: 0,
            to: 60,
            responsible: "shiwenbo",
        },
    ),
    step(14, "tianyuan", "handling-03-overdue", Task::PutIn { name: WINTER }),
    step(14, "tianyuan", "handling-05-due-soon", Task::PutIn { name: WINTER }),
    step(13, "tianyuan", "handling-12-overdue", Task::PutIn { name: WINTER }),
    step(13, "tianyuan", "special-organisation", Task::PutIn { name: WINTER }),
    step(13, "tianyuan", "special-assigned-congress", Task::PutIn { name: WINTER }),
    step(6, "tianyuan", "special-group", Task::PutIn { name: WINTER }),
];

/// Every step.
pub fn steps() -> Vec<OfficeStep> {
    [CAMPAIGNS, MONEY, TASKS].concat()
}

//! For the petition office: calendar, deadlines, categories.

use crate::help::Block::{P, Points, Steps};
use crate::help::{Manual, Section};

pub const DEADLINES: Manual = Manual {
    key: "deadlines",
    title: "时限怎样计算",
    lead: "每个日期都能自己说明来历。",
    sections: &[
        Section {
            id: "why",
            title: "为什么是这一天",
            body: &[
                P(
                    "页面逐日列出：起算日不计入；“日”按自然日计算，“工作日”按工作日历计算，周末、节假日不算，调休上班的周末算；“月”到对应的那一天，没有对应日的到月底。最后一天不是工作日的，按规则顺延到下一个工作日。",
                ),
                P(
                    "页面同时写明规则名称、依据和性质：“法定”是法律、司法解释规定的，“上级”是交办机关要求的，“院定”是本院自己规定的。",
                ),
            ],
        },
        Section {
            id: "provisional",
            title: "暂定",
            body: &[P(
                "下一年的放假安排公布以前，涉及下一年的日期标明“暂定”。放假安排录入以后自动重新推算，推算结果变化的会写进事项的经过。",
            )],
        },
    ],
};

pub const CALENDAR: Manual = Manual {
    key: "calendar",
    title: "工作日历",
    lead: "节假日和调休上班日。",
    sections: &[
        Section {
            id: "year",
            title: "年历",
            body: &[P(
                "一年一页，节假日和调休上班日都有文字标明。信访专干拟订修改，安全管理员在同一页按“生效”后才起作用，两人都会留痕。",
            )],
        },
        Section {
            id: "day",
            title: "修改一天",
            body: &[P(
                "点年历里的一天，选“放假”“调休上班”或者“照常”，写明名称和理由后提交，由安全管理员确认生效。",
            )],
        },
        Section {
            id: "import",
            title: "导入一年的安排",
            body: &[
                Steps(&[
                    "按国务院办公厅的通知做成 CSV：日期、类别（holiday 放假，workday 上班）、名称。",
                    "选择文件后按“比较”，页面列出与现有日历的每一处不同。",
                    "核对无误后提交，由安全管理员生效。",
                ]),
                P("从 11 月 1 日起，下一年的安排还没有录入的，相关人员会看到提醒。"),
            ],
        },
    ],
};

pub const RULES: Manual = Manual {
    key: "rules",
    title: "时限与规则",
    lead: "每一项时限的天数、依据和生效日期。",
    sections: &[
        Section {
            id: "edit",
            title: "填写改动",
            body: &[P(
                "写明新的天数、单位、依据、从哪一天起生效和理由，提交后由安全管理员确认。生效日期不能早于今天。",
            )],
        },
        Section {
            id: "one",
            title: "修改一条规则",
            body: &[
                P(
                    "在用的规则从不改动：修改就是写一条从某一天起生效的新规则，旧规则到前一天为止。已经开始计算的事项保持原来的规则。",
                ),
                Steps(&["信访专干填写新的天数、依据和生效日期，提交。", "安全管理员核对后按“生效”。"]),
            ],
        },
        Section {
            id: "sources",
            title: "依据和待核实",
            body: &[P("注明“待核实”的，来源还没有逐条核对原文，使用前请本院核实后在备注里写明。")],
        },
    ],
};

pub const CATEGORIES: Manual = Manual {
    key: "categories",
    title: "诉求类别和指引渠道",
    lead: "登记时选择的类别，以及不属于本院职权时指向哪里。",
    sections: &[
        Section {
            id: "categories",
            title: "诉求类别",
            body: &[P("两级，可以增加、改名、停用；停用的不再出现在登记表里，已经登记的不受影响。")],
        },
        Section {
            id: "guidance",
            title: "指引渠道",
            body: &[Points(&[
                "没有填写法律依据的渠道不能启用，登记时也选不到。",
                "指引从不代替立案：要求法院裁判的，七日立案期限照常计算。",
            ])],
        },
    ],
};

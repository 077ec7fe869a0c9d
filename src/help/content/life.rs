//! For whoever works on a matter: how it goes from screening to the reply.

use crate::help::Block::{P, Points, Steps};
use crate::help::{Manual, Section};

pub const LIFE: Manual = Manual {
    key: "life",
    title: "办理一件事项",
    lead: "从甄别到答复，每时每刻都有一个责任人和一个下一时限。",
    sections: &[
        Section {
            id: "stages",
            title: "办理流程",
            body: &[P(
                "“办理流程”页列出一件事项在哪个阶段可以办什么、由谁办、要什么条件、办了以后到哪个阶段。事项页上只出现您现在可以按的按钮；按钮没有出现，就是还不到时候，或者该由别人办。",
            )],
        },
        Section {
            id: "screening",
            title: "送甄别",
            body: &[P(
                "窗口拿不准是否受理的，按“送甄别”交给信访专干。送出以后由信访专干负责，甄别期限仍从登记那天起算。",
            )],
        },
        Section {
            id: "refer",
            title: "转办",
            body: &[
                Steps(&[
                    "在事项页按“转办”，选庭室（由庭室负责人接办）或者直接选人。姓名旁边是他现在负责多少件、超期多少件。",
                    "写明要求，按“转办”。",
                ]),
                P("对方接办之前，仍由现在的责任人负责。发错了可以“撤回转办”，写明理由。"),
                Points(&[
                    "被反映的人不会出现在名单里；检举控告只能转监察。",
                    "原案承办人一般不办理反映该案的信访；确需由其办理的，信访专干写明理由。",
                    "逾期不接办也不退回的，系统通知信访专干、转办人和主管领导。",
                ]),
            ],
        },
        Section {
            id: "take-over",
            title: "接办",
            body: &[P(
                "按“接办”以后由您负责。庭室负责人可以同时选定由谁承办；那个人接办之前，由庭室负责人负责。",
            )],
        },
        Section {
            id: "send-back",
            title: "退回",
            body: &[P("不属于本庭或者本人办理的，写明理由退回，转办人会收到通知，事项仍由转办人一方负责。")],
        },
    ],
};

//! For the three administrators, the auditor and whoever runs the system.

use crate::help::Block::{P, Points, Steps};
use crate::help::{Manual, Section};

pub const ACCOUNT: Manual = Manual {
    key: "account",
    title: "登录、密码和我的账户",
    lead: "每个人都要用到。",
    sections: &[
        Section {
            id: "sign-in",
            title: "登录",
            body: &[P(
                "用户名由系统管理员开通，第一次登录要改密码。连续输错五次，账户锁定十五分钟；急用时请安全管理员解锁。三十分钟不操作要重新登录，填写中的内容会保存为草稿。",
            )],
        },
        Section {
            id: "password",
            title: "修改密码",
            body: &[P(
                "至少十个字符，大写字母、小写字母、数字、符号至少有三种，不能含有用户名，不能与最近五次相同，九十天要更换一次。",
            )],
        },
        Section {
            id: "sessions",
            title: "我的登录",
            body: &[P(
                "“我的账户”列出您在哪些电脑上登录着。发现不是自己的，按“结束其他登录”，并马上改密码。",
            )],
        },
    ],
};

pub const STAFF: Manual = Manual {
    key: "staff",
    title: "人员账号",
    lead: "系统管理员使用。",
    sections: &[
        Section {
            id: "new",
            title: "新增人员",
            body: &[Steps(&[
                "填写姓名、用户名、庭室、职务和工作邮箱。",
                "保存后页面显示一次性密码，只显示这一次，请当面交给本人。",
                "请安全管理员给他分配角色。",
            ])],
        },
        Section {
            id: "one-time",
            title: "一次性密码",
            body: &[P("忘记密码的，按“重置密码”，把新的一次性密码当面交给本人；本人登录后必须马上更换。")],
        },
        Section {
            id: "leave",
            title: "停用",
            body: &[P(
                "还负责着未办结事项的人不能停用，请先把事项交给别人。停用后立即不能登录，历史记录保留。",
            )],
        },
    ],
};

pub const DIVISIONS: Manual = Manual {
    key: "divisions",
    title: "庭室",
    lead: "系统管理员使用。",
    sections: &[Section {
        id: "divisions",
        title: "维护庭室",
        body: &[P(
            "庭室的类别决定系统怎样找到负责人，例如转入诉讼程序的事项由“立案”类别庭室的庭长负责。停用的庭室不再出现在选择里。",
        )],
    }],
};

pub const COURT: Manual = Manual {
    key: "court",
    title: "本院信息",
    lead: "系统管理员使用。",
    sections: &[Section {
        id: "court",
        title: "名称、地址和编号格式",
        body: &[P(
            "名称、地址、窗口和电话印在回执上。编号格式里 {short} 是简称，{year} 是年份，{seq:4} 是不少于四位的序号，每年从 1 开始，不重不漏。",
        )],
    }],
};

pub const ROLES: Manual = Manual {
    key: "roles",
    title: "角色和权限",
    lead: "安全管理员使用。",
    sections: &[
        Section {
            id: "assign",
            title: "分配角色",
            body: &[Points(&[
                "一个人可以有几个相容的角色。",
                "系统管理员、安全管理员、审计管理员互不兼任，也不能兼任业务角色。",
                "财务不能兼任司法救助的审查和审批。",
                "任何人不能给自己分配角色。",
            ])],
        },
        Section {
            id: "permissions",
            title: "权限表",
            body: &[P("“权限表”页列出每个角色能做什么，与系统实际检查的是同一张表。")],
        },
    ],
};

pub const PORTFOLIOS: Manual = Manual {
    key: "portfolios",
    title: "分管",
    lead: "安全管理员使用。",
    sections: &[Section {
        id: "portfolios",
        title: "登记分管",
        body: &[P(
            "写明哪位院领导从哪一天起分管哪个庭室、谁分管信访工作。登记来访时，主管领导按当天的分管自动确定；没有分管的，由分管信访的领导主管。",
        )],
    }],
};

pub const AUDIT: Manual = Manual {
    key: "audit",
    title: "留痕",
    lead: "审计管理员使用。",
    sections: &[
        Section {
            id: "list",
            title: "查看",
            body: &[P(
                "每一次登录、登记、修改、查看原文、导出都有一条，谁也不能修改或者删除。可以按人员、动作、对象和日期筛选。这里看不到证件号码、电话、住址和信访内容。",
            )],
        },
        Section {
            id: "verify",
            title: "校验",
            body: &[P(
                "按“校验”，系统从第一条起逐条核对前后相连的校验值，并与数据库之外的锚点比较；被改动、删除、调换或者截断的，会指出从哪一条开始不对。命令行：tingsong audit verify。",
            )],
        },
    ],
};

pub const MAIL: Manual = Manual {
    key: "mail",
    title: "邮件",
    lead: "信访专干和系统管理员使用。",
    sections: &[
        Section {
            id: "states",
            title: "状态和重新发送",
            body: &[
                P(
                    "要发的邮件与事情本身同时记下，不会丢也不会重。“待发送”在等待；“已发送”是邮件服务器收下了；“重试中”是暂时没成功，会在五天里反复再试；“结果不明”是发出后连接断了，十五分钟后用同一个编号再发；“未送达”是被拒绝或者试满了五天，查明原因后可以按“重新发送”；“已撤回”是收件人已经停用。",
                ),
                P("用“发送状态”筛选后按“筛选”。系统管理员只看得到地址和状态，看不到主题；谁也看不到正文。"),
            ],
        },
        Section {
            id: "channel",
            title: "邮件通道",
            body: &[P(
                "邮件服务器连不上或者拒绝我们时，邮件都留在队列里等着，页面上方说明原因和下次重试的时间；信访专干和三员的每一页上方也会提示。修好以后可以按“立即重试”，再按“发送测试邮件”给自己发一封，内容是固定的。在服务器上也可以用命令 tingsong mail test 收件地址，立即看到邮件服务器的回答。",
            )],
        },
    ],
};

pub const JOBS: Manual = Manual {
    key: "jobs",
    title: "定时任务",
    lead: "信访专干和系统管理员使用。",
    sections: &[Section {
        id: "runs",
        title: "运行情况",
        body: &[P(
            "列出每项任务最近一次和下一次运行、延迟、用时和失败原因。停机期间错过的，启动后补做一次。失败的任务每隔十分钟再试，共三次，不影响别的任务。需要时可以按“立即运行”。",
        )],
    }],
};

pub const CHECKS: Manual = Manual {
    key: "checks",
    title: "自检",
    lead: "信访专干、院领导和系统管理员使用。",
    sections: &[Section {
        id: "promises",
        title: "系统的承诺",
        body: &[P(
            "每一项承诺对应一项检查：每件未办结事项都有负责人和下一时限；每件办结事项都有答复；转办都有着落，承办的人都在岗；批准的答复按时送达，复查复核有结果；留痕没有被改动；登记不重不漏。办结满三个月没有归档的只作提醒。有问题的列出前几条，点开就能处理。每天夜里自动检查一次。命令行：tingsong check。",
        )],
    }],
};

pub const BACKUP: Manual = Manual {
    key: "backup",
    title: "备份与恢复",
    lead: "运行维护人员使用，在服务器命令行上操作。",
    sections: &[Section {
        id: "backup",
        title: "备份与恢复",
        body: &[Points(&[
            "tingsong backup --to 文件夹：照常办公时就可以备份，数据库和附件前后一致。备份是一个新文件夹，可以打包带走。",
            "密钥文件、设置文件 tingsong.toml 不在备份里，请另外保管；没有密钥，备份打不开。",
            "tingsong restore --from 文件夹：先停止服务，并放好做备份时的密钥文件。系统先核对每个文件、密钥、表结构、留痕和附件，再做一遍完整的自检（与 tingsong check --trail 相同），全部通过才替换现有数据；原来的数据改名保留，名字里有 replaced 和时间。",
            "备份没有通过自检时，屏幕上逐项说明，现有数据不动。请先换一份备份；没有别的备份可用，或者问题在备份以前就有，再加 --despite-checks 恢复：没有通过的项目记入留痕，恢复后逐项处理。文件损坏、密钥不符、留痕被改动的备份，任何情况下都不能恢复。工作日历缺年份不影响恢复，只作提醒。",
            "PostgreSQL 上恢复，要求数据库用户能新建模式（schema）；恢复到的必须与备份是同一种数据库。",
        ])],
    }],
};

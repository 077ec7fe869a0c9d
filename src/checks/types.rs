//! What is checked, and what was found.

use crate::db::coded;
use serde::Serialize;

coded! {
    /// One thing that must hold (自检项目).
    pub enum Check {
        Accountable = "accountable" "未办结的事项都有责任人",
        NextDate = "next_date" "未办结的事项都有下一个期限",
        StrayClock = "stray_clock" "办结的事项不再计时",
        Replay = "replay" "时限与其经过相符",
        Reply = "reply" "办结的事项都有答复",
        Assignment = "assignment" "没有报告的上级交办都在计时",
        Trail = "trail" "留痕完整",
        Submission = "submission" "一份登记只登记一次",
        Number = "number" "事项编号不重不漏",
        ContactCount = "contact_count" "来访次数与记录一致",
        Enforcement = "enforcement" "执行金额与逐笔记录一致",
        Merge = "merge" "合并的信访人指向现用记录",
        Roles = "roles" "不相容的岗位不兼任",
        Calendar = "calendar" "工作日历齐全",
        Referral = "referral" "转办都有着落",
        Hands = "hands" "承办人都在岗",
        Measure = "measure" "执行措施都有人负责",
        OwnCause = "own_cause" "被反映的人不经手",
        Served = "served" "批准的答复按时送达",
        Review = "review" "复查复核都有结果",
        Owed = "owed" "办结以后欠的按时办",
        Archive = "archive" "办结三个月内归档",
        Tier = "tier" "入级事项都有级别期限和工作组",
        InCharge = "in_charge" "包案领导在岗并且可以办理",
        LeaderActs = "leader_acts" "包案领导亲自办理",
        Sweep = "sweep" "排查表按期答完",
    }
}

/// What must hold, where it is long to say.
const OWN_CAUSE: &str = "被反映的人员不经手反映他的事项：不承办、不协办、不主管、不包案、不在工作组，也没有等他答复、落实、起草、审批的。";
const IN_TIERS: &str = "每件未办结的入级事项，有且只有一个本级化解期限在走，有一个工作组，组长只有一名并且看得到事项，没有完成的化解措施由工作组成员负责；没有入级的没有。";
const SWEPT: &str =
    "每个庭室每月的排查表到月底没有留下没有结论的案件，并且点了“排查完毕”；每旬、专项排查也按期答完。";

impl Check {
    /// The promise that it keeps, by its number; none for what the promises rest on.
    pub const fn promise(self) -> Option<u8> {
        match self {
            Check::Accountable
            | Check::NextDate
            | Check::StrayClock
            | Check::Replay
            | Check::Assignment
            | Check::Referral
            | Check::Hands
            | Check::Measure
            | Check::Tier => Some(1),
            Check::Reply | Check::Served | Check::Review | Check::Owed => Some(2),
            Check::InCharge | Check::LeaderActs => Some(4),
            Check::Enforcement => Some(6),
            Check::OwnCause => Some(9),
            Check::Trail => Some(8),
            Check::Submission | Check::Number | Check::ContactCount => Some(10),
            Check::Merge | Check::Roles | Check::Calendar | Check::Archive | Check::Sweep => None,
        }
    }

    /// Whether it only reminds: something is still to be done, and nothing is broken.
    pub const fn is_hint(self) -> bool {
        matches!(self, Check::Archive | Check::LeaderActs)
    }

    /// Whether it speaks of what the data are. The calendar does not: a year that is missing is imported on its page,
    /// and says nothing about a copy made before it was published; nor does what is late and can still be done.
    pub const fn is_about_data(self) -> bool {
        match self {
            Check::Accountable
            | Check::NextDate
            | Check::StrayClock
            | Check::Replay
            | Check::Reply
            | Check::Assignment
            | Check::Trail
            | Check::Submission
            | Check::Number
            | Check::ContactCount
            | Check::Enforcement
            | Check::Merge
            | Check::Roles
            | Check::Referral
            | Check::Hands
            | Check::Measure
            | Check::OwnCause
            | Check::Tier
            | Check::InCharge => true,
            Check::Calendar
            | Check::Served
            | Check::Review
            | Check::Owed
            | Check::Archive
            | Check::LeaderActs
            | Check::Sweep => false,
        }
    }

    /// What must hold, in a whole sentence.
    pub const fn explanation(self) -> &'static str {
        match self {
            Check::Accountable => {
                "每件未办结的事项，任何时候都有一名责任人：在岗、属于本院、岗位可以查看事项，并且不是被反映的人。"
            }
            Check::NextDate => "每件未办结的事项都有正在走的期限，台账上显示的下一个期限就是其中最早的一个。",
            Check::StrayClock => "事项办结以后，不应当还有期限在走；每个期限都属于一件事项。",
            Check::Replay => {
                "每个在走的期限，都能从起算日、规则、中止、延期、更正和工作日历重新推算出来，与记录的到期日一致。"
            }
            Check::Reply => "事项不能无声无息地办结：要有给信访人的答复，或者写明为什么不用答复。",
            Check::Assignment => {
                "没有报告结果的上级交办，都有正在走的报告期限；报告、收回以后，期限随之结束。"
            }
            Check::Trail => "每次改动都留痕，末尾与数据库之外的锚点一致；删改、截断都会被发现。",
            Check::Submission => "同一张登记表无论点几次提交，只产生一次来访来信记录。",
            Check::Number => "每个法院每年的事项编号从 1 起连续，没有重号，没有缺号。",
            Check::ContactCount => "事项上的来访来信次数，等于逐次记录的条数，次序从 1 起连续。",
            Check::Enforcement => {
                "涉执信访台账上的应执行金额、到账金额，等于逐笔收付记录算出来的；每笔冲销与被冲销的一笔金额相抵。"
            }
            Check::Merge => "合并掉的信访人记录直接指向本院一条现用的记录，不会绕圈或者悬空。",
            Check::Roles => "三员（系统、安全、审计管理员）不兼任其他岗位；管付款的不兼任救助的提出和审批。",
            Check::Calendar => "推算期限要用的年份都有工作日历。",
            Check::Referral => {
                "每件事项同时最多有一次转办在等待接办；有转办就有接收人，有接收人就有转办；办结的事项没有还在等待的转办。"
            }
            Check::Hands => {
                "未办结事项的承办人、协办人和待接办的人都在岗，不是被反映的人；一件事项只有一名承办人、一个承办庭室。"
            }
            Check::Measure => {
                "未办结事项里没有完成的执行措施，负责人都在岗，看得到这件事项，岗位可以登记结果，并且不是被反映的人。"
            }
            Check::OwnCause => OWN_CAUSE,
            Check::Served => "答复意见书批准以后，在送达期限内送达信访人。",
            Check::Review => {
                "登记的复查、复核申请，三十日以内（信访工作条例第三十五条、第三十六条）有结果并登记。"
            }
            Check::Owed => {
                "事项办结以后，信访人再次反映的、申请复查复核要移送案卷的、上级交办要报告结果的，都在期限内办。"
            }
            Check::Archive => "事项办结以后三个月以内归档。这一项只是提醒。",
            Check::Tier => IN_TIERS,
            Check::InCharge => "三级事项都有包案领导；包案领导和责任人都在岗、属于本院，不是被反映的人。",
            Check::Sweep => SWEPT,
            Check::LeaderActs => {
                "包案领导三十天以内亲自接访、研究、协调。没有做全的（包而未办）列在这里。这一项只是提醒。"
            }
        }
    }

    /// What to do where it does not hold.
    pub const fn remedy(self) -> &'static str {
        match self {
            Check::Accountable => {
                "请打开事项，改派一名在岗的责任人；离岗人员名下的事项应当在停用账号前交接。"
            }
            Check::NextDate
            | Check::StrayClock
            | Check::Replay
            | Check::Assignment
            | Check::ContactCount
            | Check::Enforcement
            | Check::Tier
            | Check::Submission => {
                "页面操作不会造成这种情况，说明数据被绕过系统改动过，或者程序有错。请不要自行改库，把本页内容交给系统管理员和开发人员核查。"
            }
            Check::Reply => "请打开事项，补录已经给过的答复，或者写明不用答复的理由。",
            Check::Trail => "请保留现场，不要改动数据目录，立即报告审计管理员，并在留痕页面校验全链。",
            Check::Number => "请核对缺号、重号的事项；如曾直接改动数据库或者恢复过旧备份，请报告审计管理员。",
            Check::Merge => "请打开信访人页面，撤销有误的合并后重新合并。",
            Check::Roles => "请安全管理员在角色页面撤去其中一个岗位。",
            Check::Referral => {
                "请打开事项：还要办的，撤回这次转办后重新转办；没有撤回按钮的，把本页内容交给系统管理员核查。"
            }
            Check::Hands => {
                "请打开事项，转办给在岗的承办人或者结束这项协办；离岗人员手上的事，用“移交”一次交给别人。"
            }
            Check::Measure => {
                "请打开事项的“执行任务和到账”，更换这项措施的负责人；离岗人员手上的事，用“移交”一次交给别人。"
            }
            Check::OwnCause => "请监察打开事项，把列出的一项交给别人；一个人手上的事，用“移交”一次交出。",
            Check::Served => "请打开事项，打印答复意见书送达信访人，并记录送达凭证。",
            Check::Review => "请打开事项，移送案卷，或者向上级机关查问结果后登记。",
            Check::Owed => {
                "请打开事项，答复再次反映、移送案卷或者报告交办机关；在“办结后待办”页可以逐件办理。"
            }
            Check::Archive => "请打开事项，整理卷内目录后归档；也可以在“归档”页面按时间逐件办理。",
            Check::InCharge => {
                "请院长在事项的三级化解页面重新确定包案领导和责任人；离岗人员手上的事，用“移交”一次交给别人。"
            }
            Check::Sweep => "请该庭室的庭长打开排查表，逐件排查，最后点“排查完毕”。",
            Check::LeaderActs => "请包案领导安排接访、研究、协调，并在事项的三级化解页面记录。",
            Check::Calendar => "请信访专干在工作日历页面导入该年的放假安排，由安全管理员使其生效。",
        }
    }
}

/// One place where it does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Example {
    /// Which, and where it helps, how: a number, a name, a year.
    pub what: String,
    /// The page where it is put right.
    pub href: String,
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub check: Check,
    /// In how many places it does not hold.
    pub count: i64,
    /// The first of them.
    pub examples: Vec<Example>,
}

impl Finding {
    /// It holds everywhere.
    pub fn good(check: Check) -> Self {
        Finding { check, count: 0, examples: Vec::new() }
    }

    /// Whether it holds everywhere.
    pub fn is_good(&self) -> bool {
        self.count == 0
    }
}

/// What all checks found, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether everything holds, but for what it only reminds of.
    pub fn is_clean(&self) -> bool {
        self.broken().next().is_none()
    }

    /// What does not hold.
    pub fn broken(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.is_good() && !finding.check.is_hint())
    }

    /// What is still to be done.
    pub fn hints(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.is_good() && finding.check.is_hint())
    }

    /// The verdict in one sentence.
    pub fn verdict(&self) -> String {
        match self.broken().count() {
            0 if self.hints().next().is_some() => {
                format!("自检通过：{} 项没有不符合的，另有提醒。", self.findings.len())
            }
            0 => format!("自检通过：{} 项全部符合。", self.findings.len()),
            n => format!("自检发现问题：{} 项中有 {n} 项不符合。", self.findings.len()),
        }
    }
}

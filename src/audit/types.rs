//! An entry of the trail, the values it speaks of, and what it is about.

use crate::db::coded;
use crate::people::{CourtId, StaffId};
use crate::schema::{audit_entries, audit_values};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// One line of the trail (留痕).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_entries)]
pub struct Entry {
    /// 1, 2, 3 … over the whole installation, without a gap.
    pub seq: i64,
    /// UTC, whole microseconds.
    pub at: NaiveDateTime,
    /// The court of the person who did it; none for what the system did.
    pub court_id: Option<CourtId>,
    /// None for what the system did.
    pub actor_id: Option<StaffId>,
    pub actor_name: String,
    /// What was done: `matter.registered`.
    pub action: String,
    /// A [`SubjectKind`]'s code; text, so that a line that was tampered with still loads and can be named.
    pub subject_kind: String,
    pub subject_id: Option<i64>,
    /// `field=digest` of each value, in the order of the fields, with one space between.
    pub digests: String,
    /// The hash of the line before.
    pub prev: String,
    /// HMAC-SM3 of all of the above.
    pub hash: String,
}

/// A value that an entry speaks of. It lies beside the chain, so that it can be anonymised later.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_values)]
pub struct Value {
    pub seq: i64,
    pub field: String,
    /// None once it was anonymised.
    pub value: Option<String>,
}

/// Defines what an entry can be about: with an id for one thing of that kind.
macro_rules! subjects {
    ($($(#[$doc:meta])* $name:ident = $code:literal $label:literal),+ $(,)?) => {
        coded! {
            /// What kind of thing an entry is about (对象类别).
            pub enum SubjectKind { System = "system" "系统", $($(#[$doc])* $name = $code $label),+ }
        }

        /// What an entry is about; with its id's number: `Subject::Matter(id.0)`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Subject {
            /// The installation as a whole.
            System,
            $($(#[$doc])* $name(i64)),+
        }

        impl Subject {
            /// The thing of this kind with this id; the installation when there is no id.
            pub fn of(kind: SubjectKind, id: Option<i64>) -> Self {
                match (kind, id) {
                    $((SubjectKind::$name, Some(id)) => Subject::$name(id),)+
                    _ => Subject::System,
                }
            }

            pub fn kind(self) -> SubjectKind {
                match self {
                    Subject::System => SubjectKind::System,
                    $(Subject::$name(_) => SubjectKind::$name),+
                }
            }

            pub fn id(self) -> Option<i64> {
                match self {
                    Subject::System => None,
                    $(Subject::$name(id) => Some(id)),+
                }
            }
        }
    };
}

subjects! {
    Matter = "matter" "信访事项",
    Contact = "contact" "来访来信",
    Petitioner = "petitioner" "信访人",
    Representative = "representative" "代表人",
    Case = "case" "案件",
    Attachment = "attachment" "附件",
    Paper = "paper" "文书",
    Clock = "clock" "时限",
    Campaign = "campaign" "集中执行",
    Sweep = "sweep" "排查",
    Assessment = "assessment" "风险评估",
    Staff = "staff" "人员",
    Session = "session" "登录",
    Court = "court" "法院",
    Division = "division" "庭室",
    Portfolio = "portfolio" "分管",
    Calendar = "calendar" "工作日历",
    Rule = "rule" "规则",
    Category = "category" "分类",
    Template = "template" "文书样式",
    Setting = "setting" "设置",
    Register = "register" "台账",
    Import = "import" "导入",
    Search = "search" "搜索",
    Mail = "mail" "邮件",
    Job = "job" "定时任务",
    Backup = "backup" "备份",
    /// Shown on the review's own page only.
    Accountability = "accountability" "责任倒查",
    /// A line of the trail itself; its id is the line's number.
    Entry = "entry" "留痕",
}

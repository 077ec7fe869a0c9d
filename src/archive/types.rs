//! An archived file and its index.

use crate::db::{coded, id};
use crate::matters::MatterId;
use crate::people::{CourtId, StaffId};
use crate::schema::archives;
use chrono::NaiveDateTime;
use diesel::prelude::*;

id!(
    /// Which archived file (卷).
    ArchiveId
);

coded! {
    /// How long a file is kept (保管期限). The three terms are those of 机关文件材料归档范围和文书档案保管期限规定 (国家档案局令
    /// 第 8 号); which of them a petition's file falls under the court decides (院定, 待核实).
    pub enum Retention {
        Permanent = "permanent" "永久",
        ThirtyYears = "thirty_years" "30年",
        TenYears = "ten_years" "10年",
    }
}

/// The archived file of a matter.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Insertable)]
#[diesel(table_name = archives, treat_none_as_default_value = false)]
pub struct Archive {
    pub id: ArchiveId,
    pub court_id: CourtId,
    pub matter_id: MatterId,
    /// As on its cover: 石法访档〔2026〕0001号.
    pub number: String,
    pub year: i64,
    pub seq: i64,
    pub retention: Retention,
    pub remark: String,
    pub archived_by: StaffId,
    pub archived_at: NaiveDateTime,
    pub version: i64,
}

/// A paper of the file, and how many pages it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub title: String,
    pub pages: i64,
}

/// Which closed matters a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Closed for three months and not archived.
    Overdue,
    /// Closed and not archived.
    Waiting,
    Archived,
}

impl Which {
    pub const ALL: [Which; 3] = [Which::Overdue, Which::Waiting, Which::Archived];

    pub const fn code(self) -> &'static str {
        match self {
            Which::Overdue => "overdue",
            Which::Waiting => "waiting",
            Which::Archived => "archived",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Which::Overdue => "办结满三个月没有归档",
            Which::Waiting => "办结没有归档",
            Which::Archived => "已经归档",
        }
    }
}

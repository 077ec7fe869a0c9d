//! What makes two records likely one person, and which records may be merged. Pure.

use super::types::{Merge, MergeId, Petitioner, PetitionerId, PetitionerKind};
use crate::error::Problem;
use crate::text::{fold_char, is_blank};
use std::ops::RangeInclusive;

/// Characters of a reason that is kept in the trail.
pub const REASON: RangeInclusive<usize> = 4..=200;

/// A name as it is compared: widths folded, blanks dropped, one kind of middle dot, lower case.
pub fn name_key(name: &str) -> String {
    name.chars()
        .filter(|c| !is_blank(*c))
        .map(fold_char)
        .map(|c| if matches!(c, '•' | '・' | '‧' | '∙' | '.') { '·' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// `青峰路15号院` is shown as `青峰路**`: what is behind the first unit of an address is masked.
pub fn mask_address(address: &str) -> String {
    const UNITS: [char; 12] = ['省', '市', '县', '区', '旗', '镇', '乡', '道', '村', '路', '街', '州'];
    let length = address.chars().count();
    let kept = address
        .chars()
        .enumerate()
        .filter(|(at, c)| UNITS.contains(c) && at + 3 <= length)
        .map(|(at, _)| at + 1)
        .take(3)
        .last()
        .unwrap_or_else(|| (length / 3).min(6));
    format!("{}****", address.chars().take(kept).collect::<String>())
}

/// One way in which a petitioner answers what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    Document,
    NameAndBirth,
    NameAndPhone,
    Phone,
    CaseNumber,
    Name,
    NameBegins,
    LongDocumentTail,
    DocumentTail,
    PhoneTail,
    Pinyin,
    Initials,
}

impl Ground {
    /// How sure it makes one, of 100.
    pub const fn score(self) -> i32 {
        match self {
            Ground::Document => 100,
            Ground::NameAndPhone => 95,
            Ground::NameAndBirth => 90,
            Ground::Phone => 80,
            Ground::CaseNumber => 60,
            Ground::Name => 55,
            Ground::LongDocumentTail => 50,
            Ground::DocumentTail => 40,
            Ground::PhoneTail => 35,
            Ground::NameBegins => 30,
            Ground::Pinyin => 25,
            Ground::Initials => 20,
        }
    }

    pub const fn reason(self) -> &'static str {
        match self {
            Ground::Document => "证件号码相同",
            Ground::NameAndPhone => "姓名和电话都相同",
            Ground::NameAndBirth => "姓名相同，出生日期相同",
            Ground::Phone => "电话相同",
            Ground::CaseNumber => "案号相同",
            Ground::Name => "姓名相同",
            Ground::LongDocumentTail => "证件号码后六位相同",
            Ground::DocumentTail => "证件号码后四位相同",
            Ground::PhoneTail => "电话后四位相同",
            Ground::NameBegins => "姓名开头相同",
            Ground::Pinyin => "姓名拼音相符",
            Ground::Initials => "姓名拼音首字母相符",
        }
    }
}

/// The grounds that say something beyond the others, surest first: what a stronger one includes is left out.
pub fn telling(mut grounds: Vec<Ground>) -> Vec<Ground> {
    grounds.sort();
    grounds.dedup();
    let has = |ground| grounds.contains(&ground);
    if has(Ground::Name) && has(Ground::Phone) {
        grounds.push(Ground::NameAndPhone);
        grounds.sort();
    }
    let all = grounds.clone();
    let has = |wanted: &[Ground]| wanted.iter().any(|ground| all.contains(ground));
    grounds.retain(|ground| match ground {
        Ground::Phone => !has(&[Ground::NameAndPhone]),
        Ground::Name => !has(&[Ground::NameAndPhone, Ground::NameAndBirth]),
        Ground::NameBegins | Ground::Pinyin | Ground::Initials => {
            !has(&[Ground::NameAndPhone, Ground::NameAndBirth, Ground::Name])
        }
        Ground::LongDocumentTail => !has(&[Ground::Document]),
        Ground::DocumentTail => !has(&[Ground::Document, Ground::LongDocumentTail]),
        Ground::PhoneTail => !has(&[Ground::Phone, Ground::NameAndPhone]),
        Ground::Document | Ground::NameAndBirth | Ground::NameAndPhone | Ground::CaseNumber => true,
    });
    grounds
}

/// The surest ground counts whole, each further one a little.
pub fn score(grounds: &[Ground]) -> i32 {
    let surest = grounds.iter().map(|ground| ground.score()).max().unwrap_or(0);
    let further = grounds.iter().skip(1).fold(0, |sum, _| sum + 3);
    surest + further
}

/// Why two records may not be merged, or a merge not undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MergeRefusal {
    Same,
    OtherCourt,
    AlreadyMerged,
    SurvivorMerged,
    Anonymous,
    OtherKind,
    SaidDistinct,
    AlreadyUndone,
    LaterMerge,
}

impl std::fmt::Display for MergeRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            MergeRefusal::Same => "这是同一条记录，不需要合并。",
            MergeRefusal::OtherCourt => "两条记录属于不同法院，不能合并。",
            MergeRefusal::AlreadyMerged => "这条记录已经并入另一条记录。请先撤销原来的合并，再重新合并。",
            MergeRefusal::SurvivorMerged => {
                "要并入的记录本身已经并入别的记录。请改为并入那一条最终保留的记录。"
            }
            MergeRefusal::Anonymous => "匿名信访人无法确认是谁，不能合并。",
            MergeRefusal::OtherKind => "个人和单位不能合并。类别填错的，请先更正类别。",
            MergeRefusal::SaidDistinct => "这两条记录曾被标为“不是同一人”。确认是同一人的，请先撤销该标记。",
            MergeRefusal::AlreadyUndone => "这次合并已经撤销过了。",
            MergeRefusal::LaterMerge => "这些记录后来又参与了另一次合并。请先撤销后面那一次，再撤销这一次。",
        })
    }
}

impl From<MergeRefusal> for Problem {
    fn from(refusal: MergeRefusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// Whether `gone` may be merged into `survivor`. Both must stand for themselves, so that there is never a chain or a
/// circle: whoever was merged into `gone` before moves along.
///
/// # Errors
///
/// Why not.
pub fn may_merge(gone: &Petitioner, survivor: &Petitioner, said_distinct: bool) -> Result<(), MergeRefusal> {
    if gone.id == survivor.id {
        return Err(MergeRefusal::Same);
    }
    if gone.court_id != survivor.court_id {
        return Err(MergeRefusal::OtherCourt);
    }
    if gone.merged_into.is_some() {
        return Err(MergeRefusal::AlreadyMerged);
    }
    if survivor.merged_into.is_some() {
        return Err(MergeRefusal::SurvivorMerged);
    }
    if [gone.kind, survivor.kind].contains(&PetitionerKind::Anonymous) {
        return Err(MergeRefusal::Anonymous);
    }
    if gone.kind != survivor.kind {
        return Err(MergeRefusal::OtherKind);
    }
    if said_distinct {
        return Err(MergeRefusal::SaidDistinct);
    }
    Ok(())
}

/// Whether a merge may be undone: the rows of its batch, and for each record the last merge in force.
///
/// # Errors
///
/// Why not.
pub fn may_unmerge(batch: &[Merge], last: &[(PetitionerId, MergeId)]) -> Result<(), MergeRefusal> {
    if batch.is_empty() || batch.iter().any(|row| row.undone_at.is_some()) {
        return Err(MergeRefusal::AlreadyUndone);
    }
    let is_last = |row: &Merge| last.contains(&(row.petitioner_id, row.id));
    if batch.iter().all(is_last) { Ok(()) } else { Err(MergeRefusal::LaterMerge) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_however_they_are_typed() {
        assert_eq!(name_key("张 三"), name_key("张三"));
        assert_eq!(name_key("买买提·艾力"), name_key("买买提•艾力"));
        assert_eq!(name_key("Ｊｏｈｎ Smith"), "johnsmith");
    }

    #[test]
    fn an_address_keeps_its_first_units_only() {
        assert_eq!(mask_address("河南省平顶山市石龙区龙兴街道1号"), "河南省平顶山市石龙区****");
        assert_eq!(mask_address("龙兴路15号院3号楼"), "龙兴路****");
        assert_eq!(mask_address("某地"), "****");
        assert_eq!(mask_address("市区"), "****");
    }

    #[test]
    fn the_surest_ground_speaks() {
        assert_eq!(telling(vec![Ground::Name, Ground::Phone]), [Ground::NameAndPhone]);
        assert_eq!(
            telling(vec![Ground::DocumentTail, Ground::Document, Ground::Name]),
            [Ground::Document, Ground::Name]
        );
        assert_eq!(telling(vec![Ground::Initials, Ground::Pinyin]), [Ground::Pinyin, Ground::Initials]);
        assert!(score(&[Ground::Document, Ground::Name]) > score(&[Ground::Document]));
        assert!(score(&[Ground::NameAndPhone]) > score(&[Ground::Phone]));
    }
}

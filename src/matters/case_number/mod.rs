//! 案号: the number of a court case, read from what people type, and explained part by part.
//!
//! Since 2016 by 法〔2015〕137号 《关于人民法院案件案号的若干规定》, amended by 法〔2018〕335号:
//! `（2026）豫0404民初123号`; before that the older form `（2013）平民终字第123号`.

mod court;
pub mod kinds;
mod parse;
mod repair;
#[cfg(test)]
mod tests;

pub use court::{CourtCode, Level, province, province_codes};

use chrono::{Datelike, NaiveDate};

/// The first year whose numbers have the new form.
pub const FIRST_YEAR: i32 = 2016;

/// A case number that is well formed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CaseNumber {
    year: i32,
    form: Form,
    /// 之一, 之二: which further document of the case.
    suffix: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Form {
    /// `special`: 专门审判代字 知. `number`: digits, with leading zeros only for 刑核.
    Current { court: CourtCode, special: bool, kind: String, number: String },
    /// Until 2015. `head`: short name of the court and kind of case, which were written in one.
    Legacy { head: String, number: String },
}

/// The part of a case number that something is wrong with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Brackets,
    Year,
    Court,
    Kind,
    Number,
    End,
    Suffix,
}

impl Part {
    pub const fn label(self) -> &'static str {
        match self {
            Part::Whole => "整个案号",
            Part::Brackets => "年度的括号",
            Part::Year => "收案年度",
            Part::Court => "法院代字",
            Part::Kind => "类型代字",
            Part::Number => "案件编号",
            Part::End => "末尾的“号”字",
            Part::Suffix => "“号”字以后的部分",
        }
    }
}

/// Which part of a case number is wrong, why, and how it was perhaps meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseNumberFault {
    pub part: Part,
    /// A phrase without full stop.
    pub reason: String,
    /// A well-formed number that what was typed may have meant.
    pub suggestion: Option<String>,
    /// Whether only the kind of case is unknown, so that [`CaseNumber::parse_unverified`] takes it.
    pub may_be_unverified: bool,
}

impl std::fmt::Display for CaseNumberFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "案号有误，错在{}：{}。", self.part.label(), self.reason)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, "是否应为：{suggestion}？"),
            None => f.write_str("请对照裁判文书或立案通知书上的案号改正。"),
        }
    }
}

impl std::error::Error for CaseNumberFault {}

/// One part of a case number, for showing how it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    pub part: &'static str,
    pub text: String,
    pub meaning: String,
}

impl CaseNumber {
    /// Reads a case number as people type it: any kind of brackets, full or half width, blanks anywhere.
    ///
    /// # Errors
    ///
    /// Names the part that is wrong.
    pub fn parse(text: &str) -> Result<Self, CaseNumberFault> {
        parse::read(text, parse::Kinds::Known).map_err(|broken| repair::explain(text, broken))
    }

    /// [`CaseNumber::parse`], which also refuses a year that has not begun on `today`.
    ///
    /// # Errors
    ///
    /// Names the part that is wrong.
    pub fn parse_until(text: &str, today: NaiveDate) -> Result<Self, CaseNumberFault> {
        CaseNumber::parse(text)?.not_after(today)
    }

    /// Reads a case number whose kind of case is not in the table, which a person has confirmed with a reason.
    /// [`CaseNumber::is_verified`] is then false.
    ///
    /// # Errors
    ///
    /// Names the part that is wrong when anything else is.
    pub fn parse_unverified(text: &str, today: NaiveDate) -> Result<Self, CaseNumberFault> {
        parse::read(text, parse::Kinds::Any).map_err(|broken| repair::explain(text, broken))?.not_after(today)
    }

    fn not_after(self, today: NaiveDate) -> Result<Self, CaseNumberFault> {
        if self.year <= today.year() {
            return Ok(self);
        }
        Err(CaseNumberFault {
            part: Part::Year,
            reason: format!("{}年还没有到", self.year),
            suggestion: None,
            may_be_unverified: false,
        })
    }

    /// The one way it is stored and shown: full-width brackets, ASCII digits, no blanks.
    pub fn canonical(&self) -> String {
        let body = match &self.form {
            Form::Current { court, special, kind, number } => {
                format!("{}{}{kind}{number}号", court.code(), if *special { "知" } else { "" })
            }
            Form::Legacy { head, number } => format!("{head}字第{number}号"),
        };
        format!("（{}）{body}{}", self.year, self.suffix_text())
    }

    fn suffix_text(&self) -> String {
        self.suffix.map(|n| format!("之{}", crate::text::chinese_numeral(n))).unwrap_or_default()
    }

    /// 收案年度.
    pub fn year(&self) -> i32 {
        self.year
    }

    /// The court; `None` for a number of the older form, which has only a court's short name.
    pub fn court(&self) -> Option<&CourtCode> {
        match &self.form {
            Form::Current { court, .. } => Some(court),
            Form::Legacy { .. } => None,
        }
    }

    /// 类型代字, such as 民初; `None` for a number of the older form.
    pub fn kind_code(&self) -> Option<&str> {
        match &self.form {
            Form::Current { kind, .. } => Some(kind),
            Form::Legacy { .. } => None,
        }
    }

    /// The kind of case in words; for the older form as far as its last characters tell.
    pub fn kind(&self) -> Option<String> {
        match &self.form {
            Form::Current { kind, .. } => kinds::label(kind),
            Form::Legacy { head, .. } => legacy_kind(head),
        }
    }

    /// 案件编号 without 号.
    pub fn number(&self) -> &str {
        match &self.form {
            Form::Current { number, .. } | Form::Legacy { number, .. } => number,
        }
    }

    /// Whether this is of the form used until 2015.
    pub fn is_legacy(&self) -> bool {
        matches!(self.form, Form::Legacy { .. })
    }

    /// Whether the kind of case is one of the shipped table (always so for the older form).
    pub fn is_verified(&self) -> bool {
        self.kind_code().is_none_or(|kind| !kinds::names(kind).is_empty())
    }

    /// What each part means, in the order written.
    pub fn parts(&self) -> Vec<Explained> {
        let say = |part, text: String, meaning: String| Explained { part, text, meaning };
        let mut parts = vec![say("收案年度", self.year.to_string(), format!("{}年收案", self.year))];
        match &self.form {
            Form::Current { court, special, kind, number } => {
                parts.push(say("法院代字", court.code(), court.meaning()));
                if *special {
                    parts.push(say("专门审判代字", "知".to_owned(), "知识产权审判".to_owned()));
                }
                let meaning = kinds::label(kind).unwrap_or_else(|| "类型代字表中没有，未经核实".to_owned());
                parts.push(say("类型代字", kind.clone(), meaning));
                parts.push(say("案件编号", number.clone(), meaning_of_number(kind, number)));
            }
            Form::Legacy { head, number } => {
                let kind = legacy_kind(head).map(|kind| format!("，看似{kind}")).unwrap_or_default();
                let meaning = format!("2015年以前的旧式写法，法院简称与案件类型连写{kind}");
                parts.push(say("法院简称和类型", head.clone(), meaning));
                parts.push(say("案件编号", number.clone(), format!("第{number}号")));
            }
        }
        if let Some(n) = self.suffix {
            parts.push(say("文书序号", self.suffix_text(), format!("同一案件的另一份文书，序号{n}")));
        }
        parts
    }
}

impl std::fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.canonical())
    }
}

fn meaning_of_number(kind: &str, number: &str) -> String {
    if kind == parse::RANDOMLY_NUMBERED {
        "刑核案件固定八位的随机编号".to_owned()
    } else {
        format!("该院当年同类案件第{number}件")
    }
}

/// 平民终 → 民事二审: the older form names court and kind in one; the last characters tell the kind.
fn legacy_kind(head: &str) -> Option<String> {
    let step = match head.chars().next_back()? {
        '初' => "一审",
        '终' => "二审",
        '申' => "申请再审审查",
        '再' => "再审",
        '监' => "审判监督",
        '执' => return Some("执行".to_owned()),
        '恢' | '异' | '复' | '督' if head.contains('执') => return Some("执行类".to_owned()),
        _ => return None,
    };
    let field = head.chars().rev().find_map(|c| match c {
        '民' | '商' => Some("民事"),
        '知' => Some("知识产权民事"),
        '刑' => Some("刑事"),
        '行' => Some("行政"),
        '赔' => Some("国家赔偿"),
        '执' => Some("执行"),
        _ => None,
    })?;
    Some(format!("{field}{step}"))
}

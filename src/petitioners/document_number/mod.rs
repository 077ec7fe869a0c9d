//! 证件号码: what each kind of document's number must look like, which rule a wrong one breaks, and what a right one
//! tells. A wrong number never keeps anybody from being registered: it is saved as unverified, with a reason.

mod citizen;
mod masks;
mod organisation;
#[cfg(test)]
mod tests;

pub use masks::{mask, mask_for_handler, tails};

use crate::db::coded;
use crate::text::{squeeze, tidy};
use chrono::NaiveDate;

coded! {
    /// 证件类型. The codes are also the words of `tingsong document-number`.
    pub enum DocumentType {
        /// GB 11643-1999; also 临时身份证 and 户口簿, which bear the same number.
        Id = "id" "居民身份证",
        Residence = "residence" "港澳台居民居住证",
        Hkmo = "hkmo" "港澳居民来往内地通行证",
        Tw = "tw" "台湾居民来往大陆通行证",
        ForeignId = "foreign-id" "外国人永久居留身份证",
        Passport = "passport" "护照",
        /// GB 32100-2015.
        Uscc = "uscc" "统一社会信用代码",
        Orgcode = "orgcode" "组织机构代码",
        Military = "military" "军官证、士兵证、警官证",
        Lawyer = "lawyer" "律师执业证",
        /// None, or not shown. Nobody is refused for it.
        None = "none" "无证件",
    }
}

coded! {
    /// 性别, as the document says.
    pub enum Sex { Male = "male" "男", Female = "female" "女" }
}

/// The rule that a number breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Empty,
    NotEmpty,
    Length,
    Character,
    Format,
    Region,
    BirthDate,
    Check,
}

impl Rule {
    pub const fn label(self) -> &'static str {
        match self {
            Rule::Empty => "号码为空",
            Rule::NotEmpty => "不应有号码",
            Rule::Length => "位数",
            Rule::Character => "字符",
            Rule::Format => "格式",
            Rule::Region => "行政区划",
            Rule::BirthDate => "出生日期",
            Rule::Check => "校验码",
        }
    }
}

/// Which rule a document's number breaks, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentFault {
    pub kind: DocumentType,
    pub rule: Rule,
    /// A phrase without full stop, and without the number itself: it may be logged.
    pub reason: String,
}

impl std::fmt::Display for DocumentFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (kind, rule) = (self.kind.label(), self.rule.label());
        write!(f, "{kind}号码不符合“{rule}”规则：{}。请对照证件核对。", self.reason)
    }
}

impl std::error::Error for DocumentFault {}

/// A document's number that keeps every rule of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentNumber {
    kind: DocumentType,
    number: String,
    birth: Option<NaiveDate>,
    sex: Option<Sex>,
    /// What more the number tells, as (what, which).
    meaning: Vec<(&'static str, String)>,
    converted: bool,
}

/// What a check found out.
#[derive(Default)]
struct Told {
    /// The number, when it is not as normalised: fifteen digits made eighteen.
    number: Option<String>,
    birth: Option<NaiveDate>,
    sex: Option<Sex>,
    meaning: Vec<(&'static str, String)>,
}

/// A rule and how it is broken, before it is known for which document.
type Broken = (Rule, String);

/// One number has one form: widths folded, letters upper case, blanks and dashes dropped (kept in free-text numbers).
pub fn normalise(kind: DocumentType, text: &str) -> String {
    match kind {
        DocumentType::Military => tidy(text).to_uppercase(),
        DocumentType::Id
        | DocumentType::Residence
        | DocumentType::Hkmo
        | DocumentType::Tw
        | DocumentType::ForeignId
        | DocumentType::Passport
        | DocumentType::Uscc
        | DocumentType::Orgcode
        | DocumentType::Lawyer
        | DocumentType::None => {
            squeeze(text).chars().filter(|c| *c != '-').collect::<String>().to_uppercase()
        }
    }
}

impl DocumentNumber {
    /// Reads and checks a number as typed. `today` is the court's day, after which nobody has been born.
    ///
    /// # Errors
    ///
    /// Names the rule that fails.
    pub fn parse(kind: DocumentType, text: &str, today: NaiveDate) -> Result<Self, DocumentFault> {
        let number = normalise(kind, text);
        let told =
            check(kind, &number, today).map_err(|(rule, reason)| DocumentFault { kind, rule, reason })?;
        Ok(DocumentNumber {
            kind,
            converted: told.number.is_some(),
            number: told.number.unwrap_or(number),
            birth: told.birth,
            sex: told.sex,
            meaning: told.meaning,
        })
    }

    pub fn kind(&self) -> DocumentType {
        self.kind
    }

    /// The normalised number; empty for 无证件.
    pub fn number(&self) -> &str {
        &self.number
    }

    pub fn birth(&self) -> Option<NaiveDate> {
        self.birth
    }

    pub fn sex(&self) -> Option<Sex> {
        self.sex
    }

    /// Whether it was typed as a first-generation number of fifteen digits (void since 2013) and made eighteen here.
    /// It finds the person, but is no valid document.
    pub fn is_converted(&self) -> bool {
        self.converted
    }

    /// What each part means, as (what, which), in the order of the number.
    pub fn parts(&self) -> Vec<(&'static str, String)> {
        let mut parts = vec![("证件类型", self.kind.label().to_owned())];
        parts.extend(self.meaning.iter().cloned());
        if let Some(birth) = self.birth {
            parts.push(("出生日期", birth.format("%Y年%-m月%-d日").to_string()));
        }
        if let Some(sex) = self.sex {
            parts.push(("性别", sex.label().to_owned()));
        }
        if self.converted {
            parts.push(("说明", "由15位旧号换算为18位；15位身份证2013年起停用，只作查找线索".to_owned()));
        }
        parts
    }
}

fn check(kind: DocumentType, number: &str, today: NaiveDate) -> Result<Told, Broken> {
    match (kind, number.is_empty()) {
        (DocumentType::None, true) => return Ok(Told::default()),
        (DocumentType::None, false) => {
            return Err((Rule::NotEmpty, "选了“无证件”就不填号码；有证件的请改选证件类型".to_owned()));
        }
        (_, true) => return Err((Rule::Empty, "没有填写号码；没有证件的请选“无证件”".to_owned())),
        (_, false) => {}
    }
    match kind {
        DocumentType::Id => citizen::id(number, today),
        DocumentType::Residence => citizen::residence(number, today),
        DocumentType::ForeignId => citizen::foreign(number, today),
        DocumentType::Uscc => organisation::uscc(number),
        DocumentType::Orgcode => organisation::orgcode(number),
        DocumentType::Hkmo => hkmo(number),
        DocumentType::Tw => lengths(number, &[8, 10]).and_then(|()| all_digits(number)),
        DocumentType::Lawyer => lengths(number, &[17]).and_then(|()| all_digits(number)),
        DocumentType::Passport => passport(number),
        DocumentType::Military => military(number),
        DocumentType::None => Ok(Told::default()),
    }
}

/// H or M, then the holder's eight digits, on cards before 2013 followed by two for the renewal.
fn hkmo(number: &str) -> Result<Told, Broken> {
    let Some((letter, digits)) = ["H", "M"].iter().find_map(|l| number.strip_prefix(l).map(|d| (*l, d)))
    else {
        return Err((Rule::Format, "应以字母 H（香港）或 M（澳门）开头".to_owned()));
    };
    lengths(number, &[9, 11])?;
    all_digits(digits).map_err(|(rule, reason)| (rule, format!("字母后面的数字中，{reason}")))?;
    let place = if letter == "H" { "香港" } else { "澳门" };
    let mut meaning = vec![("持证人所在地", place.to_owned())];
    if let Some(renewals) = digits.get(8..).filter(|renewals| !renewals.is_empty()) {
        meaning.push(("换证次数", renewals.to_owned()));
    }
    Ok(Told { meaning, ..Told::default() })
}

/// China's ordinary passports are E, a letter or digit (not I or O), seven digits; others 5 to 20 letters and digits.
fn passport(number: &str) -> Result<Told, Broken> {
    if !(5..=20).contains(&number.chars().count()) {
        return Err((Rule::Length, format!("应为5至20位，这里有{}位", number.chars().count())));
    }
    if let Some((place, c)) = position(number, |c| !c.is_ascii_uppercase() && !c.is_ascii_digit()) {
        return Err((Rule::Character, format!("只用字母和数字，第{place}位是“{c}”")));
    }
    let chinese = number.strip_prefix('E').is_some_and(|rest| {
        rest.len() == 8
            && !rest.starts_with(['I', 'O'])
            && rest.get(1..).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
    });
    let which =
        if chinese { "中国普通护照" } else { "外国护照或其他护照，只核对字符和位数" };
    Ok(Told { meaning: vec![("护照种类", which.to_owned())], ..Told::default() })
}

fn military(number: &str) -> Result<Told, Broken> {
    let length = number.chars().count();
    if !(4..=30).contains(&length) {
        return Err((Rule::Length, format!("应为4至30个字，这里有{length}个")));
    }
    if let Some((place, _)) = position(number, char::is_control) {
        return Err((Rule::Character, format!("第{place}个字符不能显示")));
    }
    Ok(Told {
        meaning: vec![("核对", "只核对字数，例如“军字第12345678号”".to_owned())], ..Told::default()
    })
}

fn lengths(number: &str, allowed: &[usize]) -> Result<(), Broken> {
    let length = number.chars().count();
    if allowed.contains(&length) {
        return Ok(());
    }
    let allowed: Vec<_> = allowed.iter().map(ToString::to_string).collect();
    Err((Rule::Length, format!("应为{}位，这里有{length}位", allowed.join("位或"))))
}

fn all_digits(number: &str) -> Result<Told, Broken> {
    match position(number, |c| !c.is_ascii_digit()) {
        Some((place, c)) => Err((Rule::Character, format!("第{place}位“{c}”不是数字"))),
        None => Ok(Told::default()),
    }
}

/// The first character of that sort, with its place counted from one.
fn position(number: &str, sort: impl Fn(char) -> bool) -> Option<(usize, char)> {
    number.chars().enumerate().find(|(_, c)| sort(*c)).map(|(at, c)| (at + 1, c))
}

//! Telephone numbers: one form for each, a mask, and what they are found by.

use crate::text::squeeze;

/// What sort of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneKind {
    /// 手机: eleven digits, 13 to 19.
    Mobile,
    /// 固定电话 with its area code.
    Landline,
    /// 固定电话 of this town, typed without area code.
    Local,
    /// 400, 800 and the five- or six-digit numbers of services.
    Service,
    /// With a country code other than China's.
    Foreign,
}

/// A telephone number that can be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    kind: PhoneKind,
    area: String,
    number: String,
    extension: String,
}

/// Why a telephone number can't be right: a phrase without full stop, and without the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneFault(pub String);

impl std::fmt::Display for PhoneFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "电话号码不对：{}。请核对；固定电话请加区号，例如 0375-2771234。", self.0)
    }
}

impl std::error::Error for PhoneFault {}

impl Phone {
    /// Reads a number as typed: with +86, blanks, brackets, dashes, or 转 before an extension.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, PhoneFault> {
        let text = squeeze(text).replace('转', "-").replace(['(', ')'], "-");
        let text = text.trim_matches('-');
        if text.is_empty() {
            return Err(PhoneFault("没有填写".to_owned()));
        }
        let (text, china) = match text.strip_prefix("+86").or_else(|| text.strip_prefix("0086")) {
            Some(rest) => (rest.trim_start_matches('-'), true),
            None => (text, false),
        };
        if let Some(foreign) = text.strip_prefix('+').or_else(|| text.strip_prefix("00")) {
            return read_foreign(foreign);
        }
        let groups: Vec<&str> = text.split('-').filter(|group| !group.is_empty()).collect();
        if let Some(odd) = text.chars().find(|c| !c.is_ascii_digit() && *c != '-') {
            return Err(PhoneFault(format!("“{odd}”不是数字")));
        }
        let digits = groups.concat();
        if let Some(mobile) = as_mobile(&digits) {
            return Ok(Phone::plain(PhoneKind::Mobile, mobile));
        }
        if digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800")) {
            return Ok(Phone::plain(PhoneKind::Service, &digits));
        }
        read_landline(&groups, &digits, china)
    }

    fn plain(kind: PhoneKind, number: &str) -> Self {
        Phone { kind, area: String::new(), number: number.to_owned(), extension: String::new() }
    }

    pub fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// The one way it is stored and shown: `13800005678`, `0375-2771234`, `0375-2771234-801`, `+85291234567`.
    pub fn normal(&self) -> String {
        let mut out = String::new();
        for part in [&self.area, &self.number, &self.extension] {
            if !out.is_empty() && !part.is_empty() {
                out.push('-');
            }
            out.push_str(part);
        }
        out
    }

    /// What it is found by: digits only, without extension.
    pub fn key(&self) -> String {
        format!("{}{}", self.area, self.number.trim_start_matches('+'))
    }

    /// The last four digits.
    pub fn tail(&self) -> String {
        let skip = self.number.chars().count().saturating_sub(4);
        self.number.chars().skip(skip).collect()
    }

    /// `138****5678`, `0375-*****34`.
    pub fn masked(&self) -> String {
        let (head, tail) = match self.kind {
            PhoneKind::Mobile => (3, 4),
            PhoneKind::Landline | PhoneKind::Local => (0, 2),
            PhoneKind::Service => (3, 2),
            PhoneKind::Foreign => (4, 2),
        };
        let length = self.number.chars().count();
        let hide = |(at, c)| if at < head || at + tail >= length { c } else { '*' };
        let number: String = self.number.chars().enumerate().map(hide).collect();
        if self.area.is_empty() { number } else { format!("{}-{number}", self.area) }
    }
}

impl std::fmt::Display for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.normal())
    }
}

/// Eleven digits 13… to 19…, perhaps after 86 or a trunk 0.
fn as_mobile(digits: &str) -> Option<&str> {
    let bare = match digits.len() {
        13 => digits.strip_prefix("86")?,
        12 => digits.strip_prefix('0')?,
        11 => digits,
        _ => return None,
    };
    let second = bare.strip_prefix('1')?.chars().next()?;
    ('3'..='9').contains(&second).then_some(bare)
}

fn read_foreign(text: &str) -> Result<Phone, PhoneFault> {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    let wrong_country = digits.starts_with('0') || digits.starts_with("86");
    if wrong_country || !digits.bytes().all(|b| b.is_ascii_digit()) || !(7..=15).contains(&digits.len()) {
        return Err(PhoneFault("境外号码应为国家代码加号码，共7至15位数字".to_owned()));
    }
    Ok(Phone::plain(PhoneKind::Foreign, &format!("+{digits}")))
}

/// `groups` are the digits as the dashes part them; `china`: there was a +86, after which the area code has no 0.
fn read_landline(groups: &[&str], digits: &str, china: bool) -> Result<Phone, PhoneFault> {
    if let [number, extension] = groups
        && matches!(number.len(), 7 | 8)
        && (1..=6).contains(&extension.len())
        && !number.starts_with('0')
    {
        return Ok(Phone { extension: (*extension).to_owned(), ..Phone::plain(PhoneKind::Local, number) });
    }
    let whole = if china && !digits.starts_with('0') { format!("0{digits}") } else { digits.to_owned() };
    if whole.starts_with('0') {
        return read_with_area(&whole, groups);
    }
    match whole.len() {
        7 | 8 => Ok(Phone::plain(PhoneKind::Local, &whole)),
        5 | 6 if whole.starts_with('1') || whole.starts_with('9') => {
            Ok(Phone::plain(PhoneKind::Service, &whole))
        }
        length if whole.starts_with('1') => Err(PhoneFault(match length {
            11 => "手机号的第二位应是3到9".to_owned(),
            length => format!("手机号应为11位，这里有{length}位"),
        })),
        length => Err(PhoneFault(format!("不加区号的固定电话应为7或8位，这里有{length}位"))),
    }
}

fn read_with_area(whole: &str, groups: &[&str]) -> Result<Phone, PhoneFault> {
    // Of three groups the last is an extension; otherwise what is beyond the longest possible number would be one.
    let extension = match groups {
        [_, _, extension] if (1..=6).contains(&extension.len()) => *extension,
        _ => "",
    };
    let main = whole.strip_suffix(extension).unwrap_or(whole);
    let big_city = main.starts_with("01") || main.starts_with("02");
    let (area, number) = main.split_at_checked(if big_city { 3 } else { 4 }).unwrap_or((main, ""));
    if !matches!(number.len(), 7 | 8) {
        return Err(PhoneFault(format!("区号“{area}”后面应有7或8位，这里有{}位", number.len())));
    }
    Ok(Phone {
        kind: PhoneKind::Landline,
        area: area.to_owned(),
        number: number.to_owned(),
        extension: extension.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_number_has_one_form() {
        for (typed, normal, masked, tail) in [
            ("13800005678", "13800005678", "138****5678", "5678"),
            ("+86 138 0000 5678", "13800005678", "138****5678", "5678"),
            ("0086-138-0000-5678", "13800005678", "138****5678", "5678"),
            ("8613800005678", "13800005678", "138****5678", "5678"),
            ("１３８００００５６７８", "13800005678", "138****5678", "5678"),
            ("0375-2771234", "0375-2771234", "0375-*****34", "1234"),
            ("（0375）2771234", "0375-2771234", "0375-*****34", "1234"),
            ("03752771234", "0375-2771234", "0375-*****34", "1234"),
            ("+86 375 2771234", "0375-2771234", "0375-*****34", "1234"),
            ("0375-2771234-801", "0375-2771234-801", "0375-*****34", "1234"),
            ("0375-2771234转801", "0375-2771234-801", "0375-*****34", "1234"),
            ("010 8888 1234", "010-88881234", "010-******34", "1234"),
            ("2771234", "2771234", "*****34", "1234"),
            ("2771234转801", "2771234-801", "*****34", "1234"),
            ("400-800-1234", "4008001234", "400*****34", "1234"),
            ("12368", "12368", "123**", "2368"),
            ("+852 9123 4567", "+85291234567", "+852******67", "4567"),
        ] {
            let phone = Phone::parse(typed).unwrap_or_else(|fault| panic!("{typed}: {fault}"));
            assert_eq!((phone.normal().as_str(), phone.tail().as_str()), (normal, tail), "{typed}");
            if typed != "12368" {
                assert_eq!(phone.masked(), masked, "{typed}");
            }
        }
    }

    #[test]
    fn extensions_are_not_part_of_what_it_is_found_by() {
        assert_eq!(Phone::parse("0375-2771234-801").unwrap().key(), "03752771234");
        assert_eq!(Phone::parse("138 0000 5678").unwrap().key(), "13800005678");
    }

    #[test]
    fn a_wrong_one_says_why() {
        for (typed, why) in [
            ("1380000567", "11位，这里有10位"),
            ("12800005678", "第二位"),
            ("138000o5678", "“o”不是数字"),
            ("277123", "7或8位，这里有6位"),
            ("0375-277123", "7或8位，这里有6位"),
            ("+1", "境外号码"),
            ("", "没有填写"),
        ] {
            let fault = Phone::parse(typed).expect_err(typed);
            assert!(fault.0.contains(why), "{typed}: {fault}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_panic(text in ".*") {
            let _ = Phone::parse(&text);
        }

        #[test]
        fn the_normal_form_reads_back(text in "[+]?(86|0086)?[-( ]?[0-9]{2,5}[-) 转]?[0-9]{3,9}[-转]?[0-9]{0,4}") {
            if let Ok(phone) = Phone::parse(&text) {
                let again = Phone::parse(&phone.normal()).unwrap();
                prop_assert_eq!(again.normal(), phone.normal());
                prop_assert_eq!(again.key(), phone.key());
                let _ = (phone.masked(), phone.tail());
            }
        }
    }
}

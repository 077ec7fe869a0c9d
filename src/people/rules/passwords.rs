//! What a password must be (GB/T 22239-2019 8.1.4.1 a: complexity; the numbers are practice).

/// The fewest characters.
pub const MIN_CHARS: usize = 10;
/// The most characters: hashing takes time with length, and nobody types more.
pub const MAX_CHARS: usize = 128;
/// How many of the four classes (upper case, lower case, digits, others) must be in it.
const CLASSES: usize = 3;
/// Names shorter than this say nothing about a password: 于一 is `yuyi`, 马 is `ma`.
const SHORTEST_NAME: usize = 3;

/// One thing that is wrong with a password that somebody chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordComplaint {
    TooShort,
    TooLong,
    TooPlain,
    HoldsUserName,
    HoldsName,
    UsedBefore,
    NotRepeated,
}

impl std::fmt::Display for PasswordComplaint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            PasswordComplaint::TooShort => "密码太短，请至少使用 10 个字符。",
            PasswordComplaint::TooLong => "密码太长，请不要超过 128 个字符。",
            PasswordComplaint::TooPlain => {
                "密码太简单，请至少使用大写字母、小写字母、数字、符号这四类中的三类。"
            }
            PasswordComplaint::HoldsUserName => "密码里不能含有您的用户名，请换一个。",
            PasswordComplaint::HoldsName => "密码里不能含有您姓名的拼音，请换一个。",
            PasswordComplaint::UsedBefore => "这个密码最近用过，请换一个与最近 5 个都不同的密码。",
            PasswordComplaint::NotRepeated => "两次输入的新密码不一致，请重新输入。",
        })
    }
}

/// Everything that is wrong with `password` as the password of somebody with this user name, whose name reads
/// `name_pinyin` without blanks. Whether it was used before is not known here.
pub fn password_complaints(password: &str, user_name: &str, name_pinyin: &str) -> Vec<PasswordComplaint> {
    let chars = password.chars().count();
    let lower = password.to_lowercase();
    let holds = |part: &str| part.chars().count() >= SHORTEST_NAME && lower.contains(&part.to_lowercase());
    [
        (chars < MIN_CHARS, PasswordComplaint::TooShort),
        (chars > MAX_CHARS, PasswordComplaint::TooLong),
        (classes(password) < CLASSES, PasswordComplaint::TooPlain),
        (holds(user_name), PasswordComplaint::HoldsUserName),
        (holds(name_pinyin) && name_pinyin != user_name, PasswordComplaint::HoldsName),
    ]
    .into_iter()
    .filter_map(|(wrong, complaint)| wrong.then_some(complaint))
    .collect()
}

/// How many of the four classes are in it. A Chinese character counts as "other".
fn classes(password: &str) -> usize {
    let other = |c: char| !c.is_ascii_alphanumeric();
    [
        password.chars().any(|c| c.is_ascii_uppercase()),
        password.chars().any(|c| c.is_ascii_lowercase()),
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(other),
    ]
    .into_iter()
    .filter(|there| *there)
    .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_password_hears_all_its_complaints() {
        use PasswordComplaint::{HoldsName, HoldsUserName, TooLong, TooPlain, TooShort};
        let long = format!("aB3{}", "x".repeat(126));
        let cases: [(&str, &[PasswordComplaint]); 12] = [
            ("Kestrel-42", &[]),
            ("kestrel-42", &[]),
            ("KestreL42", &[TooShort]),
            ("KestreL420", &[]),
            ("kestrelkestrel", &[TooPlain]),
            ("kestrel420420", &[TooPlain]),
            ("", &[TooShort, TooPlain]),
            ("Zhang.San-2026", &[]),
            ("My-ZhangSan-7", &[HoldsName]),
            ("xZSAN01x-2026", &[HoldsUserName]),
            ("听讼Abcdefgh", &[]),
            (&long, &[TooLong]),
        ];
        for (password, complaints) in cases {
            assert_eq!(password_complaints(password, "zsan01", "zhangsan"), complaints, "{password:?}");
        }
    }

    #[test]
    fn a_user_name_that_is_the_name_is_complained_of_once() {
        assert_eq!(
            password_complaints("Zhangsan-2026", "zhangsan", "zhangsan"),
            [PasswordComplaint::HoldsUserName]
        );
    }

    #[test]
    fn names_too_short_to_mean_anything_are_let_be() {
        assert_eq!(password_complaints("Image-2026-x", "abc1", "ma"), []);
        assert_eq!(password_complaints("Image-2026-x", "im", ""), []);
    }
}

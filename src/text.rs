//! Small things done to typed text before it is read: widths folded, blanks dropped, Chinese numerals.

/// Full-width ASCII to half-width, every kind of blank to a space, every dash to `-`; other characters stay.
pub fn fold_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        c if is_blank(c) => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        c => c,
    }
}

/// White space, and the invisible characters that come along when text is copied from a web page or a Word file.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{00ad}')
}

/// [`fold_char`] on every character, with all blanks dropped: for numbers, where a blank never means anything.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).map(fold_char).collect()
}

/// [`fold_char`] on every character, with runs of blanks made one space and none at either end: for names and texts.
pub fn tidy(text: &str) -> String {
    let folded: String = text.chars().map(fold_char).collect();
    folded.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether `c` is a Chinese character of the kind that names and case numbers are written in.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}' | '〇')
}

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// 1 to 999 as a Chinese numeral (十二, 一百零三); what is outside that range in Arabic digits.
pub fn chinese_numeral(n: u32) -> String {
    if n == 0 || n > 999 {
        return n.to_string();
    }
    let digit = |d: u32| usize::try_from(d).ok().and_then(|d| DIGITS.get(d)).copied().unwrap_or('〇');
    let (hundreds, tens, ones) = (n / 100, n / 10 % 10, n % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out.push(digit(hundreds));
        out.push('百');
    }
    match (hundreds, tens) {
        (0, 1) => out.push('十'),
        (_, 0) if hundreds > 0 && ones > 0 => out.push('零'),
        (_, 0) => {}
        (_, tens) => {
            out.push(digit(tens));
            out.push('十');
        }
    }
    if ones > 0 {
        out.push(digit(ones));
    }
    out
}

/// What [`chinese_numeral`] writes, or the same number in ASCII digits, read back.
pub fn read_numeral(text: &str) -> Option<u32> {
    if !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().filter(|n| *n > 0);
    }
    if text.chars().count() > 6 {
        return None;
    }
    (1..=999).find(|n| chinese_numeral(*n) == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_folded_and_blanks_dropped() {
        assert_eq!(squeeze(" ４１０４\u{3000}04－Ｘ\u{200b} "), "410404-X");
        assert_eq!(tidy("  张\u{3000} 三  "), "张 三");
        assert_eq!(tidy("（甲）"), "(甲)");
    }

    #[test]
    fn numerals_go_there_and_back() {
        for (n, text) in
            [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (103, "一百零三"), (110, "一百一十")]
        {
            assert_eq!(chinese_numeral(n), text);
        }
        for n in 1..=999 {
            assert_eq!(read_numeral(&chinese_numeral(n)), Some(n));
        }
        assert_eq!(read_numeral("7"), Some(7));
        assert_eq!(read_numeral("十十"), None);
        assert_eq!(read_numeral("0"), None);
        assert_eq!(read_numeral(""), None);
    }
}

//! What somebody typed into a search box, as something both databases understand. Only letters and digits get in, each
//! part quoted, so that nothing typed is ever taken for an operator.

use super::tokens::{
    HAN_OF_NUMBER, SHORT, Segment, closes, cut, mark_token, number_at_end, number_token, pairs, runs,
};

/// More than this is cut off: nobody types it, and each part costs.
const LONGEST: usize = 100;
const MOST_RUNS: usize = 8;
/// A year is in every number of that year: so many digits are taken as they are.
const EXACT_DIGITS: usize = 4;

/// Tokens that must follow one another; the last may be only the beginning of one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase {
    tokens: Vec<String>,
    beginning: bool,
}

impl Phrase {
    fn exact(token: String) -> Self {
        Phrase { tokens: vec![token], beginning: false }
    }

    fn fts5(&self) -> String {
        format!("\"{}\"{}", self.tokens.join(" "), if self.beginning { " *" } else { "" })
    }

    fn tsquery(&self) -> String {
        let ending = if self.beginning { ":*" } else { "" };
        let parts: Vec<String> = self.tokens.iter().map(|token| format!("'{token}'{ending}")).collect();
        format!("({})", parts.join(" <-> "))
    }

    fn matches(&self, spaced: &str) -> bool {
        let ending = if self.beginning { "" } else { " " };
        let wanted = format!("{}{ending}", self.tokens.join(" "));
        spaced.starts_with(&wanted) || spaced.contains(&format!(" {wanted}"))
    }
}

/// One run of what was typed: all phrases of one of its ways must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    ways: Vec<Vec<Phrase>>,
}

/// What was typed: every part must be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    parts: Vec<Part>,
}

impl Typed {
    /// Reads `typed`; `None` when it holds no letter or digit, so that there is nothing to look for.
    pub fn read(typed: &str) -> Option<Self> {
        let short: String = typed.chars().take(LONGEST).collect();
        let parts: Vec<Part> = runs(&short).iter().take(MOST_RUNS).map(|run| part(run)).collect();
        (!parts.is_empty()).then_some(Typed { parts })
    }

    /// Narrows it to things that carry at least one of `marks`. With none that could be one, nothing is found.
    #[must_use]
    pub fn marked(mut self, marks: &[&str]) -> Self {
        let ways = marks.iter().filter_map(|mark| mark_token(mark)).map(|token| vec![Phrase::exact(token)]);
        self.parts.push(Part { ways: ways.collect() });
        self
    }

    /// For `MATCH`. `None` when nothing can match.
    pub(super) fn fts5(&self) -> Option<String> {
        self.joined(" AND ", " OR ", Phrase::fts5)
    }

    /// For a cast to `tsquery`. `None` when nothing can match.
    pub(super) fn tsquery(&self) -> Option<String> {
        self.joined(" & ", " | ", Phrase::tsquery)
    }

    /// Whether tokens kept as text, each followed by a space, match.
    pub(super) fn matches(&self, spaced: &str) -> bool {
        let way = |way: &Vec<Phrase>| way.iter().all(|phrase| phrase.matches(spaced));
        self.parts.iter().all(|part| part.ways.iter().any(way))
    }

    fn joined(&self, and: &str, or: &str, phrase: impl Fn(&Phrase) -> String) -> Option<String> {
        if self.parts.iter().any(|part| part.ways.is_empty()) {
            return None;
        }
        let way = |way: &Vec<Phrase>| format!("({})", way.iter().map(&phrase).collect::<Vec<_>>().join(and));
        let part = |part: &Part| format!("({})", part.ways.iter().map(way).collect::<Vec<_>>().join(or));
        Some(self.parts.iter().map(part).collect::<Vec<_>>().join(and))
    }
}

fn part(run: &[Segment]) -> Part {
    let number = number_at_end(run);
    let closed = matches!(run.last(), Some(Segment::Han(end)) if closes(end));
    let indexed = |(before, _): &(&[Segment], &str)| {
        before.len() < 5
            && before.iter().all(|s| !matches!(s, Segment::Han(han) if han.len() > HAN_OF_NUMBER))
    };
    let mut ways = Vec::new();
    if let Some((before, serial)) = number {
        let before: String = before.iter().map(written).collect();
        ways.push(vec![Phrase::exact(number_token(&before, serial))]);
    }
    if !(closed && number.as_ref().is_some_and(indexed)) {
        ways.push(run.iter().map(phrase).collect());
    }
    Part { ways }
}

fn written(segment: &Segment) -> String {
    match segment {
        Segment::Han(han) => han.iter().collect(),
        Segment::Word(word) => cut(word),
    }
}

fn phrase(segment: &Segment) -> Phrase {
    match segment {
        Segment::Han(han) if han.len() == 1 => Phrase::exact(han.iter().collect()),
        Segment::Han(han) => Phrase { tokens: pairs(han).collect(), beginning: false },
        Segment::Word(word) => {
            let digits = word.bytes().all(|b| b.is_ascii_digit());
            let exact = if digits { EXACT_DIGITS } else { SHORT };
            Phrase { tokens: vec![cut(word)], beginning: word.len() > exact }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::super::tokens::Tokens;
    use super::*;
    use proptest::prelude::*;

    fn found(document: &Document<'_>, typed: &str) -> bool {
        Typed::read(typed).is_some_and(|typed| typed.matches(&Tokens::of(document).spaced()))
    }

    #[test]
    fn any_characters_in_the_middle_are_found_and_others_are_not() {
        let text = Document {
            texts: &["整理季度报告并提交，采购 ThinkPad 笔记本（男）３台"],
            ..Document::default()
        };
        for typed in [
            "季",
            "季度",
            "度报告",
            "季度报告",
            "告",
            "thinkpad",
            "think",
            "th",
            "笔记 采购",
            "男",
            "３",
            "3台",
            "《季度》",
        ] {
            assert!(found(&text, typed), "{typed}");
        }
        for typed in ["度季", "季报", "提交采", "pad", "采购 鼠标", "*", "'\" OR *", ""] {
            assert!(!found(&text, typed), "{typed}");
        }
    }

    #[test]
    fn a_name_is_found_by_its_characters_and_every_way_to_type_its_pinyin() {
        let name = Document { names: &["单三丰", "吕布"], ..Document::default() };
        for typed in [
            "单三",
            "三丰",
            "ssf",
            "ss",
            "s",
            "shansan",
            "shansanfeng",
            "dansanfeng",
            "shan san",
            "SSF",
            "lvbu",
            "lubu",
            "lb",
        ] {
            assert!(found(&name, typed), "{typed}");
        }
        for typed in ["sf", "sanfengs", "三单"] {
            assert!(!found(&name, typed), "{typed}");
        }
    }

    #[test]
    fn a_number_is_found_whole_and_by_its_tails_however_wide_it_is_typed() {
        let number = Document {
            numbers: &["（2026）豫0404民初123号", "石法访〔2026〕0007号"],
            ..Document::default()
        };
        for typed in [
            "（2026）豫0404民初123号",
            "(2026)豫0404民初123号",
            "2026豫0404民初123号",
            "豫0404民初123",
            "0404民初123号",
            "民初１２３号",
            "民初123",
            "123号",
            "123",
            "豫0404",
            "民初",
            "石法访〔2026〕0007号",
            "石法访(2026)7号",
            "0007号",
            "7号",
        ] {
            assert!(found(&number, typed), "{typed}");
        }
        for typed in ["民初12号", "23号", "民初1234号", "404民初123号", "2025豫0404民初123号", "8号"]
        {
            assert!(!found(&number, typed), "{typed}");
        }
    }

    #[test]
    fn marks_narrow_and_cannot_be_typed() {
        let document = Document { texts: &["报告"], marks: &["court7"], ..Document::default() };
        let spaced = Tokens::of(&document).spaced();
        let typed = Typed::read("报告").unwrap();
        assert!(typed.clone().marked(&["court7", "court8"]).matches(&spaced));
        assert!(!typed.clone().marked(&["court8"]).matches(&spaced));
        assert_eq!(typed.marked(&[]).fts5(), None);
        assert!(!found(&document, "court7"));
        assert!(!found(&document, "\u{E000}court7"));
    }

    proptest! {
        #[test]
        fn any_four_characters_of_a_text_find_it(text in "[一-龥]{4,40}", at in 0usize..37) {
            let chars: Vec<char> = text.chars().collect();
            let at = at.min(chars.len() - 4);
            for length in 1..=4 {
                let typed: String = chars.iter().skip(at).take(length).collect();
                prop_assert!(found(&Document { texts: &[&text], ..Document::default() }, &typed), "{}", typed);
            }
        }

        #[test]
        fn whatever_is_typed_only_letters_and_digits_reach_the_database(typed in ".*") {
            if let Some(read) = Typed::read(&typed) {
                let bare = read.tsquery().unwrap();
                let inside = bare.replace(" & ", "").replace(" | ", "").replace(" <-> ", "");
                let inside = inside.replace(":*", "").replace(['\'', '(', ')', '\u{E001}'], "");
                prop_assert!(inside.chars().all(char::is_alphanumeric), "{}", bare);
            }
        }
    }
}

//! From texts to tokens. Chinese becomes every adjacent pair of characters, so that any two or more of them are found
//! as a phrase of pairs, and every single character once; Latin letters and digits stay whole words.

use super::Document;
use super::names::{readings_of, syllables_of};
use std::collections::BTreeSet;

/// Stands before a mark, so that nobody can type one. From the private use area, which no text keeps.
pub(super) const MARK: char = '\u{E000}';
/// Stands before the tail of a number.
pub(super) const NUMBER: char = '\u{E001}';
/// A bracket inside a run: ends a segment, but a number goes on after it.
const BRACKET: char = '\u{1}';
/// Beginnings of at most this many letters are tokens of their own, longer ones are found by prefix: every tenth name
/// begins with `zhang`, and a prefix gathers them all before it gives the newest.
pub(super) const SHORT: usize = 6;
/// Longer words are cut, in documents and in what is typed.
const LONGEST_WORD: usize = 40;
/// The last segments of a case number: year, province, court, kind, serial.
const SEGMENTS_OF_NUMBER: usize = 5;
/// How far into the Chinese before a number's digits its tails begin.
pub(super) const HAN_OF_NUMBER: usize = 4;
/// What PostgreSQL can number in one document; later tokens are found alone but not in a phrase.
const POSITIONS: usize = 16_000;

/// A stretch of one kind of character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// Chinese, or any other letters beyond ASCII.
    Han(Vec<char>),
    /// ASCII letters and digits.
    Word(String),
}

impl Segment {
    fn digits(&self) -> Option<&str> {
        match self {
            Segment::Word(word) if word.bytes().all(|b| b.is_ascii_digit()) => Some(word),
            Segment::Word(_) | Segment::Han(_) => None,
        }
    }
}

/// Full width to half width, capitals to small letters, brackets to one sign, middle dots away.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            other => other,
        })
        .filter(|c| !matches!(c, '·' | '•' | '・' | '‧' | '\u{200B}'..='\u{200F}' | '\u{FEFF}'))
        .map(|c| match c {
            '(' | ')' | '[' | ']' | '〔' | '〕' | '【' | '】' | '［' | '］' | '《' | '》' => BRACKET,
            other => other,
        })
        .flat_map(char::to_lowercase)
}

/// The runs of a text, each cut into segments. Spaces and punctuation end a run.
pub(super) fn runs(text: &str) -> Vec<Vec<Segment>> {
    let mut runs: Vec<Vec<Segment>> = vec![Vec::new()];
    let mut open = false;
    for c in folded(text) {
        let Some(run) = runs.last_mut() else { break };
        if !c.is_alphanumeric() {
            open = false;
            if c != BRACKET && !run.is_empty() {
                runs.push(Vec::new());
            }
            continue;
        }
        match (run.last_mut(), c.is_ascii()) {
            (Some(Segment::Word(word)), true) if open => word.push(c),
            (Some(Segment::Han(han)), false) if open => han.push(c),
            (_, true) => run.push(Segment::Word(c.to_string())),
            (_, false) => run.push(Segment::Han(vec![c])),
        }
        open = true;
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// A word as it is kept and asked for.
pub(super) fn cut(word: &str) -> String {
    word.chars().take(LONGEST_WORD).collect()
}

/// Adjacent pairs, in order.
pub(super) fn pairs(han: &[char]) -> impl Iterator<Item = String> {
    han.windows(2).map(|pair| pair.iter().collect())
}

/// The number that ends a run, if it ends like one (`…123号`, `…123号之一`, `…123`): what comes before its serial,
/// and the serial without leading zeros.
pub(super) fn number_at_end(run: &[Segment]) -> Option<(&[Segment], &str)> {
    let (before, serial) = match run {
        [before @ .., serial, Segment::Han(end)] if closes(end) => (before, serial),
        [before @ .., serial] => (before, serial),
        [] => return None,
    };
    Some((before, unpadded(serial.digits()?)))
}

/// Whether what follows the serial is `号`, alone or with a sub-number.
pub(super) fn closes(end: &[char]) -> bool {
    matches!(end, ['号'] | ['号', '之', ..])
}

fn unpadded(digits: &str) -> &str {
    match digits.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    }
}

/// A number's tail as one token.
pub(super) fn number_token(before: &str, serial: &str) -> String {
    format!("{NUMBER}{before}{serial}")
}

/// A document's tokens: those with a place, in order, then those that are only there or not.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    placed: Vec<String>,
    loose: BTreeSet<String>,
}

impl Tokens {
    pub(super) fn of(document: &Document<'_>) -> Self {
        let mut tokens = Tokens::default();
        for text in document.texts {
            tokens.text(text);
        }
        for name in document.names {
            tokens.text(name);
            tokens.name(name);
        }
        for number in document.numbers {
            let close: String = number.split_whitespace().collect();
            tokens.text(&close);
            for run in runs(&close) {
                if let Some((before, serial)) = number_at_end(&run) {
                    tokens.tails(before, serial);
                }
            }
        }
        for mark in document.marks {
            tokens.loose.extend(mark_token(mark));
        }
        tokens
    }

    /// Separated by spaces, as SQLite takes them.
    pub(super) fn spaced(&self) -> String {
        let mut out = String::with_capacity(8 * (self.placed.len() + self.loose.len()));
        for token in self.placed.iter().chain(&self.loose) {
            out.push_str(token);
            out.push(' ');
        }
        out
    }

    /// As the text of a PostgreSQL `tsvector`. Tokens are letters and digits, so that quotes are all it needs.
    pub(super) fn tsvector(&self) -> String {
        use std::fmt::Write;
        let mut out = String::with_capacity(14 * (self.placed.len() + self.loose.len()));
        for (place, token) in self.placed.iter().enumerate() {
            let outcome = if place < POSITIONS {
                write!(out, "'{token}':{} ", place + 1)
            } else {
                write!(out, "'{token}' ")
            };
            outcome.expect("writing to a string does not fail");
        }
        for token in &self.loose {
            write!(out, "'{token}' ").expect("writing to a string does not fail");
        }
        out
    }

    fn text(&mut self, text: &str) {
        for run in runs(text) {
            for (at, segment) in run.iter().enumerate() {
                match segment {
                    Segment::Han(han) => self.han(han),
                    Segment::Word(word) => self.word(word),
                }
                let (before, rest) = run.split_at(at);
                if let ([serial, Segment::Han(end), ..], Some('号')) = (rest, start_of(rest.get(1)))
                    && let Some(digits) = serial.digits()
                    && !end.is_empty()
                {
                    self.tails(before, unpadded(digits));
                }
            }
        }
    }

    /// Pairs in order, then the last character: it keeps the next segment's pairs from joining these to a phrase.
    fn han(&mut self, han: &[char]) {
        self.placed.extend(pairs(han));
        self.placed.extend(han.last().map(char::to_string));
        self.loose.extend(han.iter().map(char::to_string));
    }

    fn word(&mut self, word: &str) {
        let word = cut(word);
        if word.bytes().any(|b| b.is_ascii_alphabetic()) {
            self.beginnings(&word);
        }
        self.placed.push(word);
    }

    fn beginnings(&mut self, word: &str) {
        self.loose.extend((1..=SHORT).filter_map(|length| word.get(..length)).map(str::to_owned));
    }

    fn name(&mut self, name: &str) {
        for reading in readings_of(name) {
            for letters in [cut(&reading.full), cut(&reading.initials)] {
                self.beginnings(&letters);
                self.loose.insert(letters);
            }
        }
        self.loose.extend(syllables_of(name).map(|syllable| cut(&syllable)));
    }

    fn tails(&mut self, before: &[Segment], serial: &str) {
        let mut tail = String::new();
        self.loose.insert(number_token(&tail, serial));
        for segment in before.iter().rev().take(SEGMENTS_OF_NUMBER - 1) {
            match segment {
                Segment::Word(word) => {
                    tail.insert_str(0, &cut(word));
                    self.loose.insert(number_token(&tail, serial));
                }
                Segment::Han(han) => {
                    for c in han.iter().rev().take(HAN_OF_NUMBER) {
                        tail.insert(0, *c);
                        self.loose.insert(number_token(&tail, serial));
                    }
                    if han.len() > HAN_OF_NUMBER {
                        return;
                    }
                }
            }
        }
    }
}

fn start_of(segment: Option<&Segment>) -> Option<char> {
    match segment? {
        Segment::Han(han) => han.first().copied(),
        Segment::Word(_) => None,
    }
}

/// A mark's token; `None` for one that is not of letters and digits.
pub(super) fn mark_token(mark: &str) -> Option<String> {
    let fits = !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then(|| format!("{MARK}{mark}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spaced(document: &Document<'_>) -> String {
        Tokens::of(document).spaced()
    }

    #[test]
    fn chinese_becomes_pairs_with_a_break_between_segments_and_single_characters() {
        assert_eq!(
            spaced(&Document { texts: &["季度报，X1"], ..Document::default() }),
            "季度 度报 报 x1 x x1 季 度 报 "
        );
    }

    #[test]
    fn a_number_is_found_by_each_of_its_tails_without_leading_zeros() {
        let tokens = spaced(&Document { numbers: &["石法访〔2026〕0007号"], ..Document::default() });
        for tail in ["7", "20267", "访20267", "法访20267", "石法访20267"] {
            assert!(tokens.contains(&format!("{NUMBER}{tail} ")), "{tail} in {tokens}");
        }
        let tokens = spaced(&Document {
            texts: &["不服（２０２５）豫0404民初88号判决"],
            ..Document::default()
        });
        for tail in ["88", "民初88", "0404民初88", "豫0404民初88", "2025豫0404民初88"] {
            assert!(tokens.contains(&format!("{NUMBER}{tail} ")), "{tail} in {tokens}");
        }
    }

    #[test]
    fn a_tsvector_numbers_the_places_and_quotes_every_token() {
        let tokens =
            Tokens::of(&Document { texts: &["甲乙'\\"], marks: &["c1", "a b"], ..Document::default() });
        assert_eq!(tokens.tsvector(), "'甲乙':1 '乙':2 '乙' '甲' '\u{E000}c1' ");
    }
}

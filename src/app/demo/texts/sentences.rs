//! Reads the files of sentences: sections in square brackets, one sentence a line, slots in braces.

/// A part of a sentence: words, or the name of a slot to fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    Words(&'static str),
    Slot(&'static str),
}

pub type Sentence = Vec<Piece>;

/// The sentences for one purpose.
#[derive(Clone, Debug)]
pub struct Section {
    pub name: &'static str,
    /// How often, beside the other sections.
    pub weight: u64,
    /// The stage of the case it is about; empty where that means nothing.
    pub stage: &'static str,
    sentences: Vec<(char, Sentence)>,
}

impl Section {
    /// The sentences marked `mark`.
    pub fn lines(&self, mark: char) -> Vec<Sentence> {
        self.sentences.iter().filter(|(m, _)| *m == mark).map(|(_, s)| s.clone()).collect()
    }
}

/// The sections of a file. Lines that begin with `#` say something to its readers.
pub fn sections(file: &'static str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            sections.push(section(head));
        } else if let (Some(open), Some((mark, text))) = (sections.last_mut(), line.split_once(' ')) {
            open.sentences.extend(mark.chars().next().map(|mark| (mark, pieces(text))));
        }
    }
    sections
}

fn section(head: &'static str) -> Section {
    let mut words = head.split(' ');
    Section {
        name: words.next().unwrap_or_default(),
        weight: words.next().and_then(|w| w.parse().ok()).unwrap_or(1),
        stage: words.next().unwrap_or_default(),
        sentences: Vec::new(),
    }
}

fn pieces(text: &'static str) -> Sentence {
    let mut pieces = Vec::new();
    for part in text.split('{') {
        match part.split_once('}') {
            Some((slot, words)) => pieces.extend([Piece::Slot(slot), Piece::Words(words)]),
            None => pieces.push(Piece::Words(part)),
        }
    }
    pieces
}

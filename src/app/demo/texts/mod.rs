//! What people tell the demo court and what the court writes down: whole Chinese sentences put together from parts,
//! so that a million grievances differ as a million people's do.

mod sentences;
mod story;

pub use story::Story;

use super::random::Random;
use chrono::NaiveDate;
use sentences::{Section, Sentence};

const GRIEVANCES: &str = include_str!("grievances.txt");
const TIMELINE: &str = include_str!("timeline.txt");

/// What a line of the history is about; each kind has its own sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A further contact about the same grievance.
    Contact,
    /// What the petitioner handed in.
    Materials,
    Referral,
    Progress,
    Call,
    Talk,
    /// 判后释法.
    Explanation,
    Reply,
    /// What the petitioner said of the answer.
    Satisfaction,
}

impl Line {
    pub const ALL: [Line; 9] = [
        Line::Contact,
        Line::Materials,
        Line::Referral,
        Line::Progress,
        Line::Call,
        Line::Talk,
        Line::Explanation,
        Line::Reply,
        Line::Satisfaction,
    ];

    const fn section(self) -> &'static str {
        match self {
            Line::Contact => "contact",
            Line::Materials => "materials",
            Line::Referral => "referral",
            Line::Progress => "progress",
            Line::Call => "call",
            Line::Talk => "talk",
            Line::Explanation => "explanation",
            Line::Reply => "reply",
            Line::Satisfaction => "satisfied",
        }
    }
}

/// One grievance, told.
#[derive(Clone, Debug)]
pub struct Grievance {
    /// The code of the category of the second level.
    pub category: &'static str,
    /// The stage of the case: `filing`, `trial`, `enforcement`, `review`, `compensation` or `other`.
    pub case_stage: &'static str,
    /// What happened and what is wrong with it.
    pub summary: String,
    /// What is asked of the court.
    pub claim: String,
    /// The case numbers that the summary names.
    pub case_numbers: Vec<String>,
    pub story: Story,
}

/// All sentences, read once.
#[derive(Debug)]
pub struct Texts {
    grievances: Vec<Section>,
    weights: Vec<(usize, u64)>,
    lines: Vec<Vec<Sentence>>,
}

impl Texts {
    /// The sentences that come with the program.
    pub fn shipped() -> Self {
        let grievances = sentences::sections(GRIEVANCES);
        let weights = grievances.iter().enumerate().map(|(i, s)| (i, s.weight)).collect();
        let timeline = sentences::sections(TIMELINE);
        let of = |line: Line| timeline.iter().find(|s| s.name == line.section());
        let lines = Line::ALL.map(|line| of(line).map(|s| s.lines('l')).unwrap_or_default());
        Texts { grievances, weights, lines: lines.into() }
    }

    /// A grievance brought on the day `on`, of any category, each as often as courts see it.
    pub fn grievance(&self, random: &mut Random, on: NaiveDate) -> Grievance {
        let at = random.pick_weighted(&self.weights);
        let section = self.grievances.get(at).expect("the weights belong to the sections");
        tell(section, random, on)
    }

    /// A line of the history of the matter that has this story.
    pub fn line(&self, line: Line, random: &mut Random, story: &Story) -> String {
        let at = Line::ALL.iter().position(|l| *l == line).unwrap_or(0);
        let sentences = self.lines.get(at).expect("each line has its sentences");
        story.fill(random.pick_ref(sentences))
    }
}

/// Tells a grievance of this section: what happened, what is wrong with it, what is asked.
fn tell(section: &Section, random: &mut Random, on: NaiveDate) -> Grievance {
    let recent =
        matches!(section.name.split('.').next(), Some("filing" | "openness" | "conduct" | "suggestion"));
    let story = Story::draw(random, on, if recent { 90 } else { 700 });
    let mut part = |mark| story.fill(random.pick_ref(&section.lines(mark)));
    let (mut summary, trouble, claim) = (part('f'), part('t'), part('a'));
    summary.push_str(&trouble);
    let case_numbers = story.case_numbers().filter(|n| summary.contains(*n)).map(str::to_owned).collect();
    Grievance { category: section.name, case_stage: section.stage, summary, claim, case_numbers, story }
}

#[cfg(test)]
mod tests;

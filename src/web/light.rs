//! Deadline lights: a dot and words, never colour alone.

use super::formats::short_date;
use chrono::NaiveDate;
use maud::{Markup, Render, html};

/// Working days before the due day from which the light is yellow.
pub const SOON_WORKING_DAYS: u32 = 3;

/// A due day as seen on `today`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day that is in time.
    pub on: NaiveDate,
    /// The court's day.
    pub today: NaiveDate,
    /// Working days after `today` up to and with `on`; nought when it is past.
    pub working_days_left: u32,
}

/// How near a due day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    /// Past.
    Red,
    /// Today, or within three working days.
    Yellow,
    /// Later.
    Green,
}

impl Light {
    /// The word in the page's `data-light`.
    pub const fn code(self) -> &'static str {
        match self {
            Light::Red => "red",
            Light::Yellow => "yellow",
            Light::Green => "green",
        }
    }
}

impl Due {
    /// Its colour.
    pub fn light(&self) -> Light {
        if self.on < self.today {
            Light::Red
        } else if self.on == self.today || self.working_days_left <= SOON_WORKING_DAYS {
            Light::Yellow
        } else {
            Light::Green
        }
    }

    /// Its words: 超期 3 天, 今天到期, 还剩 2 个工作日, 正常.
    pub fn words(&self) -> String {
        let days = (self.on - self.today).num_days();
        match self.light() {
            Light::Red => format!("超期 {} 天", -days),
            Light::Yellow if days == 0 => "今天到期".into(),
            Light::Yellow if self.working_days_left == 0 => format!("{days} 天后到期，其间无工作日"),
            Light::Yellow => format!("还剩 {} 个工作日", self.working_days_left),
            Light::Green => "正常".into(),
        }
    }
}

impl Render for Due {
    fn render(&self) -> Markup {
        html! { span.light data-light=(self.light().code()) { (self.words()) } }
    }
}

/// The light of what has no deadline any more, in these words.
pub fn unlit(words: &str) -> Markup {
    html! { span.light data-light="none" { (words) } }
}

/// The day with its light under it; these words where there is no deadline any more.
pub fn day_or(due: Option<&Due>, words: &str) -> Markup {
    html! {
        @match due {
            Some(due) => { (short_date(due.on)) br; (due) }
            None => (unlit(words)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(on: &str, working_days_left: u32) -> Due {
        Due { on: on.parse().unwrap(), today: "2026-11-23".parse().unwrap(), working_days_left }
    }

    #[test]
    fn the_light_turns_at_its_boundaries() {
        let cases = [
            ("2026-11-20", 0, Light::Red, "超期 3 天"),
            ("2026-11-22", 0, Light::Red, "超期 1 天"),
            ("2026-11-23", 0, Light::Yellow, "今天到期"),
            ("2026-11-24", 1, Light::Yellow, "还剩 1 个工作日"),
            ("2026-11-26", 3, Light::Yellow, "还剩 3 个工作日"),
            ("2026-11-27", 4, Light::Green, "正常"),
            ("2026-11-25", 0, Light::Yellow, "2 天后到期，其间无工作日"),
        ];
        for (on, left, light, words) in cases {
            assert_eq!((due(on, left).light(), due(on, left).words().as_str()), (light, words), "{on}");
        }
    }
}

//! What happened between whom: drawn once for a matter, so that all its texts speak of the same people, sums and days.

use super::super::random::Random;
use super::super::{COURT_CODE, names};
use super::sentences::{Piece, Sentence};
use chrono::{Datelike, NaiveDate, TimeDelta};

/// Kinds of contract and the thing that they are about.
const CAUSES: [(&str, &str); 22] = [
    ("民间借贷", "抵押车辆"),
    ("民间借贷", "担保"),
    ("买卖合同", "钢材"),
    ("买卖合同", "水泥"),
    ("买卖合同", "饲料"),
    ("买卖合同", "化肥"),
    ("买卖合同", "煤炭"),
    ("买卖合同", "家具"),
    ("买卖合同", "挖掘机"),
    ("承揽合同", "门窗"),
    ("承揽合同", "橱柜"),
    ("建设工程施工合同", "外墙保温"),
    ("建设工程施工合同", "土方工程"),
    ("建设工程施工合同", "钢结构"),
    ("房屋租赁合同", "门面房"),
    ("房屋买卖合同", "商品房"),
    ("劳务合同", "装修工程"),
    ("劳务合同", "水电安装"),
    ("运输合同", "冷藏货物"),
    ("物业服务合同", "车位"),
    ("农村土地承包合同", "果树"),
    ("养殖合同", "仔猪"),
];
const CARS: [&str; 8] =
    ["大众轿车", "丰田越野车", "五菱面包车", "解放货车", "别克商务车", "吉利轿车", "长城皮卡", "比亚迪轿车"];
const FEW: [&str; 5] = ["两", "三", "四", "五", "六"];

/// The facts of one matter, each ready to stand in a sentence.
#[derive(Clone, Debug)]
pub struct Story {
    pub other: String,
    pub cause: &'static str,
    goods: &'static str,
    sum: String,
    fee: String,
    judge: String,
    civil_case: String,
    enforcement_case: String,
    criminal_case: String,
    administrative_case: String,
    long_ago: String,
    then: String,
    lately: String,
    months: String,
    days: String,
    place: String,
    town: &'static str,
    village: &'static str,
    car: &'static str,
    few: &'static str,
    few_days: &'static str,
}

impl Story {
    /// A story that is told on the day `on` and whose main event lies 10 to `reach` days back.
    pub fn draw(random: &mut Random, on: NaiveDate, reach: u64) -> Self {
        let (cause, goods) = random.pick(&CAUSES);
        let days = random.between(10, reach);
        let then = back(on, days);
        let long_ago = back(then, random.between(120, 900));
        let road = names::road(random);
        let place = if random.happens(400) {
            format!("{}{}组", names::village(random), random.between(1, 12))
        } else {
            format!("{road}{}号", random.between(1, 280))
        };
        Story {
            other: other_side(random, on),
            cause,
            goods,
            sum: sum(random),
            fee: yuan(random.between(20, 980) * 10 + random.below(10)),
            judge: format!("{}法官", names::surname(random)),
            civil_case: case_number(then.year(), "民初", random.between(1, 4600)),
            enforcement_case: case_number(then.year(), "执", random.between(1, 3200)),
            criminal_case: case_number(then.year(), "刑初", random.between(1, 420)),
            administrative_case: case_number(then.year(), "行初", random.between(1, 160)),
            long_ago: format!("{}年{}月", long_ago.year(), long_ago.month()),
            then: full_date(then),
            lately: {
                let lately = back(on, random.between(2, 9));
                format!("{}月{}日", lately.month(), lately.day())
            },
            months: duration(days),
            days: days.to_string(),
            place,
            town: names::town(random),
            village: names::village(random),
            car: random.pick(&CARS),
            few: random.pick(&FEW),
            few_days: random.pick(&["三", "五", "七"]),
        }
    }

    /// The case numbers of the story, whether or not a sentence names them.
    pub fn case_numbers(&self) -> impl Iterator<Item = &str> {
        [&self.civil_case, &self.enforcement_case, &self.criminal_case, &self.administrative_case]
            .into_iter()
            .map(String::as_str)
    }

    /// The sentence with each slot filled from this story.
    pub fn fill(&self, sentence: &Sentence) -> String {
        let mut text = String::with_capacity(256);
        for piece in sentence {
            text.push_str(match piece {
                Piece::Words(words) => words,
                Piece::Slot(slot) => self.slot(slot).unwrap_or_default(),
            });
        }
        text
    }

    /// What stands in this slot; none when there is no such slot.
    pub fn slot(&self, name: &str) -> Option<&str> {
        Some(match name {
            "other" => &self.other,
            "cause" => self.cause,
            "goods" => self.goods,
            "sum" => &self.sum,
            "fee" => &self.fee,
            "judge" => &self.judge,
            "case" => &self.civil_case,
            "zcase" => &self.enforcement_case,
            "xcase" => &self.criminal_case,
            "acase" => &self.administrative_case,
            "date0" => &self.long_ago,
            "date1" => &self.then,
            "date2" => &self.lately,
            "months" => &self.months,
            "days" => &self.days,
            "place" => &self.place,
            "town" => self.town,
            "village" => self.village,
            "car" => self.car,
            "few" => self.few,
            "days7" => self.few_days,
            _ => return None,
        })
    }
}

/// A case number of the demo court, in the form of 法〔2015〕137号.
pub fn case_number(year: i32, kind: &str, number: u64) -> String {
    format!("（{year}）{COURT_CODE}{kind}{number}号")
}

fn other_side(random: &mut Random, on: NaiveDate) -> String {
    if random.happens(450) {
        return names::organisation(random);
    }
    let male = random.happens(700);
    let born_on = back(on, 365 * random.between(25, 65));
    names::full_name(random, male, born_on)
}

fn back(from: NaiveDate, days: u64) -> NaiveDate {
    from - TimeDelta::days(i64::try_from(days).unwrap_or(0))
}

fn full_date(on: NaiveDate) -> String {
    format!("{}年{}月{}日", on.year(), on.month(), on.day())
}

fn duration(days: u64) -> String {
    match days {
        0..=30 => format!("{days}天"),
        31..=729 => format!("{}个多月", days / 30),
        _ => format!("{}年多", days / 365),
    }
}

/// An amount as people come to court over: mostly tens of thousands, rarely millions.
fn sum(random: &mut Random) -> String {
    let hundreds = 50 + random.below(150) + random.zipf(16_000);
    if hundreds > 300 && random.happens(600) {
        let (whole, tenth) = (hundreds / 100, hundreds / 10 % 10);
        return if tenth == 0 { format!("{whole}万元") } else { format!("{whole}.{tenth}万元") };
    }
    yuan(hundreds * 100 + random.below(10) * 10)
}

/// Whole yuan with a comma before each three digits.
fn yuan(amount: u64) -> String {
    let (thousands, rest) = (amount / 1000, amount % 1000);
    match thousands {
        0 => format!("{rest}元"),
        1..=999 => format!("{thousands},{rest:03}元"),
        _ => format!("{},{:03},{rest:03}元", thousands / 1000, thousands % 1000),
    }
}

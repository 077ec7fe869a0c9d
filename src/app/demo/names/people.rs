//! Names of people: surnames as often as the registers of Henan have them, given names as each generation gave them.

use super::super::random::Random;
use chrono::{Datelike, NaiveDate};

const SURNAMES: [(&str, u64); 100] = [
    ("王", 920),
    ("李", 880),
    ("张", 940),
    ("刘", 520),
    ("陈", 340),
    ("杨", 300),
    ("赵", 300),
    ("马", 210),
    ("孙", 180),
    ("郭", 210),
    ("周", 150),
    ("吴", 150),
    ("朱", 140),
    ("徐", 140),
    ("胡", 110),
    ("高", 110),
    ("宋", 120),
    ("韩", 120),
    ("冯", 85),
    ("许", 90),
    ("何", 75),
    ("程", 80),
    ("曹", 70),
    ("崔", 60),
    ("董", 65),
    ("任", 60),
    ("田", 60),
    ("魏", 75),
    ("姚", 55),
    ("卢", 45),
    ("郑", 70),
    ("黄", 90),
    ("林", 30),
    ("梁", 55),
    ("谢", 50),
    ("唐", 30),
    ("于", 40),
    ("袁", 55),
    ("丁", 45),
    ("范", 45),
    ("石", 45),
    ("贾", 40),
    ("付", 55),
    ("申", 40),
    ("侯", 40),
    ("常", 40),
    ("段", 35),
    ("史", 35),
    ("秦", 30),
    ("尚", 25),
    ("孟", 35),
    ("白", 30),
    ("乔", 30),
    ("苏", 30),
    ("杜", 50),
    ("江", 20),
    ("蔡", 30),
    ("闫", 40),
    ("牛", 35),
    ("薛", 25),
    ("毛", 20),
    ("邢", 25),
    ("温", 15),
    ("路", 15),
    ("宁", 12),
    ("关", 15),
    ("吕", 45),
    ("潘", 25),
    ("汪", 12),
    ("余", 15),
    ("叶", 12),
    ("蒋", 18),
    ("彭", 18),
    ("曾", 10),
    ("邓", 15),
    ("肖", 20),
    ("罗", 20),
    ("沈", 15),
    ("姜", 18),
    ("金", 15),
    ("夏", 18),
    ("邵", 18),
    ("钱", 8),
    ("龚", 6),
    ("康", 20),
    ("武", 25),
    ("岳", 20),
    ("翟", 22),
    ("靳", 18),
    ("聂", 12),
    ("焦", 15),
    ("耿", 15),
    ("樊", 14),
    ("葛", 14),
    ("党", 8),
    ("海", 6),
    ("欧阳", 3),
    ("上官", 3),
    ("司马", 2),
    ("皇甫", 1),
];

const MEN_BEFORE_1975: &str =
    "建国军民德福贵有发根全才明义忠保富成章庆林海生友来喜顺祥春长山文玉振中学志新国";
const MEN_SINCE: &str = "伟强磊军勇涛超鹏飞杰浩宇博凯帅龙辉波旭东阳昊鑫晨亮斌俊峰刚毅豪铭泽瑞轩子一家航嘉";
const WOMEN_BEFORE_1975: &str = "秀英桂兰玉珍凤芝荣花香莲春梅云霞爱淑素琴巧翠金枝月娥改青菊芳会菊娟焕仙";
const WOMEN_SINCE: &str = "丽敏静婷燕娜倩雪莹颖琳慧晓佳欣怡悦璐瑶萌雨梦蕾洁楠艳红霞芳萍娟媛思涵梓萱";

/// A surname, as often as in life.
pub fn surname(random: &mut Random) -> &'static str {
    random.pick_weighted(&SURNAMES)
}

/// A name such as somebody born on `born_on` bears.
pub fn full_name(random: &mut Random, male: bool, born_on: NaiveDate) -> String {
    let older = born_on.year() < 1975;
    let given = match (male, older) {
        (true, true) => MEN_BEFORE_1975,
        (true, false) => MEN_SINCE,
        (false, true) => WOMEN_BEFORE_1975,
        (false, false) => WOMEN_SINCE,
    };
    let mut name = surname(random).to_owned();
    let characters = if random.happens(if older { 140 } else { 230 }) { 1 } else { 2 };
    let end = u64::try_from(given.chars().count()).unwrap_or(1);
    for _ in 0..characters {
        let at = usize::try_from(random.below(end)).unwrap_or(0);
        name.extend(given.chars().nth(at));
    }
    name
}

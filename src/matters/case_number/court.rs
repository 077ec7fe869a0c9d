//! 法院代字: which court a case number belongs to.

/// 省级简称 → the province's name and that of its high court's seat of rank.
const PROVINCES: [(char, &str); 33] = [
    ('京', "北京市"),
    ('津', "天津市"),
    ('冀', "河北省"),
    ('晋', "山西省"),
    ('内', "内蒙古自治区"),
    ('辽', "辽宁省"),
    ('吉', "吉林省"),
    ('黑', "黑龙江省"),
    ('沪', "上海市"),
    ('苏', "江苏省"),
    ('浙', "浙江省"),
    ('皖', "安徽省"),
    ('闽', "福建省"),
    ('赣', "江西省"),
    ('鲁', "山东省"),
    ('豫', "河南省"),
    ('鄂', "湖北省"),
    ('湘', "湖南省"),
    ('粤', "广东省"),
    ('桂', "广西壮族自治区"),
    ('琼', "海南省"),
    ('渝', "重庆市"),
    ('川', "四川省"),
    ('黔', "贵州省"),
    ('云', "云南省"),
    ('藏', "西藏自治区"),
    ('陕', "陕西省"),
    ('甘', "甘肃省"),
    ('青', "青海省"),
    ('宁', "宁夏回族自治区"),
    ('新', "新疆维吾尔自治区"),
    ('兵', "新疆生产建设兵团"),
    ('军', "中国人民解放军"),
];

/// Short names of provinces that people write but case numbers don't use.
const MISTAKEN: [(char, char); 8] = [
    ('滇', '云'),
    ('蜀', '川'),
    ('贵', '黔'),
    ('秦', '陕'),
    ('陇', '甘'),
    ('申', '沪'),
    ('蒙', '内'),
    ('巴', '渝'),
];

/// The name of the province (or 兵团, 军队) that `c` stands for in a court's code.
pub fn province(c: char) -> Option<&'static str> {
    PROVINCES.iter().find(|(short, _)| *short == c).map(|(_, name)| *name)
}

/// Every character that can begin the code of a court below the supreme one.
pub fn province_codes() -> impl Iterator<Item = char> {
    PROVINCES.iter().map(|(short, _)| *short)
}

/// What `c` was probably meant to be, when it is a province's other short name.
pub fn meant_by(c: char) -> Option<char> {
    MISTAKEN.iter().find(|(wrong, _)| *wrong == c).map(|(_, right)| *right)
}

/// 法院层级.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    Supreme,
    High,
    Intermediate,
    Basic,
}

impl Level {
    pub const fn label(self) -> &'static str {
        match self {
            Level::Supreme => "最高人民法院",
            Level::High => "高级人民法院",
            Level::Intermediate => "中级人民法院",
            Level::Basic => "基层人民法院",
        }
    }
}

/// A court's code (法院代字), such as 豫0404: 法〔2015〕137号 articles 4 and 5.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CourtCode {
    province: Option<char>,
    digits: String,
}

impl CourtCode {
    pub(super) fn supreme() -> Self {
        CourtCode { province: None, digits: String::new() }
    }

    /// `digits` must be none, two or four ASCII digits.
    pub(super) fn of_province(province: char, digits: &str) -> Self {
        CourtCode { province: Some(province), digits: digits.to_owned() }
    }

    /// As it stands in the number.
    pub fn code(&self) -> String {
        self.province.map_or_else(|| "最高法".to_owned(), |province| format!("{province}{}", self.digits))
    }

    pub fn level(&self) -> Level {
        match (self.province, self.digits.len()) {
            (None, _) => Level::Supreme,
            (Some(_), 0) => Level::High,
            (Some(_), 2) => Level::Intermediate,
            (Some(_), _) => Level::Basic,
        }
    }

    /// 专门法院 that the first two digits stand for (article 5, as amended in 2018); `None` for an ordinary court.
    pub fn speciality(&self) -> Option<&'static str> {
        let group: u8 = self.digits.get(..2)?.parse().ok()?;
        match group {
            71 => Some("铁路运输"),
            72 => Some("海事"),
            73 => Some("知识产权"),
            74 if matches!(self.province, Some('京' | '沪')) => Some("金融"),
            74 => Some("油田等专门"),
            75..=80 => Some("林业、农垦等专门"),
            81..=85 | 87..=95 => Some("农垦、跨行政区划等专门"),
            96..=99 => Some("省内部分县（市）对应的"),
            _ => None,
        }
    }

    /// Which court this is, as far as its code says.
    pub fn meaning(&self) -> String {
        let Some(province) = self.province.and_then(province) else {
            return Level::Supreme.label().to_owned();
        };
        let speciality = self.speciality().map(|kind| format!("（{kind}法院）")).unwrap_or_default();
        match (self.province, self.level()) {
            (Some('兵'), Level::High) => "新疆维吾尔自治区高级人民法院生产建设兵团分院".to_owned(),
            (Some('军'), Level::High) => "中国人民解放军军事法院".to_owned(),
            (Some('军'), Level::Intermediate) => "中级军事法院".to_owned(),
            (Some('军'), _) => "基层军事法院".to_owned(),
            (_, Level::High) => format!("{province}{}", Level::High.label()),
            (_, level) => format!("{province}，{}{speciality}", level.label()),
        }
    }
}

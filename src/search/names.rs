//! Pinyin of names. One character may be read in several ways, in a surname otherwise than elsewhere; a clerk may type
//! any of them, so all plausible readings are kept.

use pinyin::ToPinyin;

/// At most this many readings of one name are kept.
const MOST_READINGS: usize = 8;

/// Surnames whose reading differs from the everyday one, or that have two. The first is the usual one.
const SURNAMES: &[(&str, &[&str])] = &[
    ("尉迟", &["yu chi"]),
    ("长孙", &["zhang sun"]),
    ("万俟", &["mo qi"]),
    ("澹台", &["tan tai"]),
    ("单于", &["chan yu"]),
    ("令狐", &["ling hu"]),
    ("宿", &["su", "xiu"]),
    ("单", &["shan", "dan"]),
    ("解", &["xie", "jie"]),
    ("曾", &["zeng", "ceng"]),
    ("仇", &["qiu", "chou"]),
    ("查", &["zha", "cha"]),
    ("盖", &["ge", "gai"]),
    ("区", &["ou", "qu"]),
    ("朴", &["piao", "pu"]),
    ("乐", &["yue", "le"]),
    ("翟", &["zhai", "di"]),
    ("覃", &["qin", "tan"]),
    ("重", &["chong", "zhong"]),
    ("任", &["ren"]),
    ("华", &["hua"]),
    ("缪", &["miao", "mou", "miu"]),
    ("冼", &["xian"]),
    ("黑", &["he", "hei"]),
    ("种", &["chong", "zhong"]),
    ("秘", &["bi", "mi"]),
    ("繁", &["po", "fan"]),
    ("员", &["yun", "yuan"]),
    ("贠", &["yun"]),
    ("折", &["she", "zhe"]),
    ("召", &["shao", "zhao"]),
    ("洗", &["xian", "xi"]),
    ("逄", &["pang"]),
    ("乜", &["nie", "mie"]),
    ("适", &["kuo", "shi"]),
    ("郇", &["xun", "huan"]),
    ("隗", &["wei", "kui"]),
    ("郗", &["xi", "chi"]),
    ("佴", &["nai"]),
    ("祭", &["zhai", "ji"]),
    ("能", &["nai", "neng"]),
    ("葛", &["ge"]),
    ("谌", &["chen", "shen"]),
    ("撒", &["sa"]),
    ("行", &["xing", "hang"]),
    ("牟", &["mou", "mu"]),
    ("柏", &["bai", "bo"]),
    ("盛", &["sheng", "cheng"]),
    ("幺", &["yao"]),
    ("都", &["du", "dou"]),
    ("参", &["shen", "can"]),
    ("句", &["gou", "ju"]),
];

/// Characters that given names and the names of organisations read in more than one way.
const ELSEWHERE: &[(char, &[&str])] = &[
    ('重', &["zhong", "chong"]),
    ('乐', &["le", "yue"]),
    ('行', &["xing", "hang"]),
    ('长', &["chang", "zhang"]),
    ('朝', &["chao", "zhao"]),
    ('盛', &["sheng", "cheng"]),
    ('茜', &["qian", "xi"]),
    ('柏', &["bai", "bo"]),
    ('藏', &["cang", "zang"]),
    ('晟', &["sheng", "cheng"]),
    ('调', &["diao", "tiao"]),
    ('都', &["du", "dou"]),
    ('降', &["jiang", "xiang"]),
    ('厦', &["xia", "sha"]),
    ('曾', &["zeng", "ceng"]),
    ('单', &["dan", "shan"]),
    ('解', &["jie", "xie"]),
    ('传', &["chuan", "zhuan"]),
    ('会', &["hui", "kuai"]),
    ('参', &["can", "shen"]),
    ('奇', &["qi", "ji"]),
    ('恪', &["ke", "que"]),
    ('炅', &["jiong", "gui"]),
    ('省', &["sheng", "xing"]),
    ('佛', &["fo", "fu"]),
    ('员', &["yuan", "yun"]),
    ('娜', &["na", "nuo"]),
    ('翟', &["zhai", "di"]),
    ('尉', &["wei", "yu"]),
    ('盖', &["gai", "ge"]),
    ('校', &["xiao", "jiao"]),
    ('车', &["che", "ju"]),
    ('劲', &["jin", "jing"]),
    ('琢', &["zhuo", "zuo"]),
    ('禅', &["chan", "shan"]),
    ('缪', &["miao", "mou"]),
    ('率', &["shuai", "lv"]),
    ('殷', &["yin", "yan"]),
    ('铅', &["qian", "yan"]),
    ('隽', &["jun", "juan"]),
    ('莎', &["sha", "suo"]),
    ('蕃', &["fan", "bo"]),
    ('薄', &["bo", "bao"]),
    ('露', &["lu", "lou"]),
    ('给', &["gei", "ji"]),
];

/// One reading of a name, in lower-case letters without tones or spaces; ü is written `v`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pinyin {
    /// `zhangsan` for 张三.
    pub full: String,
    /// `zs` for 张三.
    pub initials: String,
}

/// The usual reading of `name`. Characters without one, such as Latin letters and digits, stand for themselves;
/// spaces and marks are left out.
pub fn pinyin_of(name: &str) -> Pinyin {
    joined(&syllables(name).iter().filter_map(|ways| ways.first().cloned()).collect::<Vec<_>>())
}

/// Every plausible reading of `name`, the usual one first; at most eight.
pub fn readings_of(name: &str) -> Vec<Pinyin> {
    let mut readings: Vec<Vec<String>> = vec![Vec::new()];
    for ways in syllables(name) {
        let room = MOST_READINGS / readings.len().max(1);
        let ways = ways.into_iter().take(room.max(1)).collect::<Vec<_>>();
        readings = ways
            .iter()
            .flat_map(|way| {
                readings.iter().map(move |before| before.iter().chain([way]).cloned().collect::<Vec<_>>())
            })
            .collect();
    }
    let mut out: Vec<Pinyin> = Vec::new();
    for reading in readings.iter().map(|syllables| joined(syllables)) {
        if !reading.full.is_empty() && !out.contains(&reading) {
            out.push(reading);
        }
    }
    out
}

/// The single syllables of every reading, for those who type them with spaces between.
pub(super) fn syllables_of(name: &str) -> impl Iterator<Item = String> {
    syllables(name).into_iter().flatten()
}

fn joined(syllables: &[String]) -> Pinyin {
    Pinyin {
        full: syllables.concat(),
        initials: syllables.iter().filter_map(|syllable| syllable.chars().next()).collect(),
    }
}

/// For each character that counts, the ways to read it.
fn syllables(name: &str) -> Vec<Vec<String>> {
    let folded: String = super::tokens::folded(name).filter(|c| c.is_alphanumeric()).collect();
    let (mut out, rest) = surname(&folded);
    for c in rest.chars() {
        let listed = ELSEWHERE.iter().find(|(listed, _)| *listed == c).map(|(_, ways)| ways);
        out.push(match (listed, c.to_pinyin()) {
            (Some(ways), _) => ways.iter().flat_map(|way| spellings(way)).collect(),
            (None, Some(reading)) => spellings(reading.plain()),
            (None, None) if c.is_ascii_alphanumeric() => vec![c.to_string()],
            (None, None) => continue,
        });
    }
    out
}

/// Reads the surname where it has a reading of its own, and returns what is left of the name.
fn surname(name: &str) -> (Vec<Vec<String>>, &str) {
    let Some((listed, ways)) = SURNAMES.iter().find(|(listed, _)| name.starts_with(listed)) else {
        return (Vec::new(), name);
    };
    let rest = name.strip_prefix(listed).unwrap_or(name);
    let single = listed.chars().count() == 1;
    let syllables = match ways.first() {
        Some(way) if !single => way.split(' ').map(|syllable| vec![syllable.to_owned()]).collect(),
        _ => vec![ways.iter().flat_map(|way| spellings(way)).collect()],
    };
    (syllables, rest)
}

/// A keyboard has no ü: people type v, u, or yu as passports do.
fn spellings(syllable: &str) -> Vec<String> {
    let plain = syllable.replace('ü', "v");
    let loose = plain.replace('v', "u");
    if plain == loose { vec![plain] } else { vec![plain, loose] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fulls(name: &str) -> Vec<String> {
        readings_of(name).into_iter().map(|reading| reading.full).collect()
    }

    #[test]
    fn a_name_has_its_usual_reading() {
        for (name, full, initials) in [
            ("张三", "zhangsan", "zs"),
            ("欧阳娜娜", "ouyangnana", "oynn"),
            ("单雄信", "shanxiongxin", "sxx"),
            ("尉迟恭", "yuchigong", "ycg"),
            ("曾国藩", "zengguofan", "zgf"),
            ("吕布", "lvbu", "lb"),
            ("买买提·阿不都", "maimaitiabudu", "mmtabd"),
            ("Ｔom 李", "tomli", "toml"),
            ("", "", ""),
        ] {
            let reading = pinyin_of(name);
            assert_eq!((reading.full.as_str(), reading.initials.as_str()), (full, initials), "{name}");
        }
    }

    #[test]
    fn every_plausible_reading_is_kept_the_usual_one_first() {
        assert_eq!(fulls("单田"), ["shantian", "dantian"]);
        assert_eq!(fulls("覃乐"), ["qinle", "tanle", "qinyue", "tanyue"]);
        assert_eq!(fulls("吕"), ["lv", "lu"]);
        assert!(fulls("重庆").contains(&"chongqing".to_owned()));
        assert!(fulls("重庆").contains(&"zhongqing".to_owned()));
        for (name, full) in [
            ("解", "xie"),
            ("仇", "qiu"),
            ("查", "zha"),
            ("盖", "ge"),
            ("区", "ou"),
            ("朴", "piao"),
            ("乐", "yue"),
            ("翟", "zhai"),
        ] {
            assert_eq!(fulls(name).first().map(String::as_str), Some(full));
        }
    }

    #[test]
    fn a_name_of_many_double_readings_stays_bounded() {
        assert!(readings_of(&"乐重行长朝盛".repeat(10)).len() <= MOST_READINGS);
    }
}

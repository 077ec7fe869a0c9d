//! Addresses in the demo court's district. The towns, roads and villages are made up.

use super::super::random::Random;

const TOWNS: [&str; 9] =
    ["龙泉街道", "青石街道", "高庄街道", "人民路街道", "河西镇", "韩店镇", "北岭镇", "柳沟乡", "大营乡"];
const ROADS: [&str; 18] = [
    "人民路",
    "建设路",
    "龙泉路",
    "文化路",
    "青石大街",
    "兴华路",
    "光明路",
    "矿工路",
    "中兴路",
    "新华街",
    "解放路",
    "湖滨路",
    "工业路",
    "育才街",
    "朝阳路",
    "长青路",
    "迎宾大道",
    "东环路",
];
const VILLAGES: [&str; 28] = [
    "赵岭村",
    "南顾村",
    "夏庄村",
    "捞饭店村",
    "关庄村",
    "军营村",
    "张庄村",
    "许坊村",
    "刘庄村",
    "竹园村",
    "泉上村",
    "山高村",
    "段岭村",
    "大庄村",
    "梁洼村",
    "石门村",
    "杨树沟村",
    "下河村",
    "东岗村",
    "西岗村",
    "李家寨村",
    "马楼村",
    "三里桥村",
    "柿园村",
    "窑沟村",
    "白庙村",
    "郭湾村",
    "前营村",
];
const ESTATES: [&str; 16] = [
    "龙泉花园",
    "青石小区",
    "矿务局家属院",
    "金河湾小区",
    "阳光家园",
    "东方名居",
    "水泥厂家属院",
    "和谐嘉苑",
    "翠湖小区",
    "育才小区",
    "锦绣城",
    "焦化厂家属院",
    "福润苑",
    "书香苑",
    "建业新城",
    "兴隆小区",
];

/// A street office or township.
pub fn town(random: &mut Random) -> &'static str {
    random.pick(&TOWNS)
}

/// A street.
pub fn road(random: &mut Random) -> &'static str {
    random.pick(&ROADS)
}

/// A village.
pub fn village(random: &mut Random) -> &'static str {
    random.pick(&VILLAGES)
}

/// Where somebody lives, in town or in a village.
pub fn address(random: &mut Random) -> String {
    if random.happens(520) {
        let (town, village) = (town(random), village(random));
        format!("石龙区{town}{village}{}组{}号", random.between(1, 12), random.between(1, 180))
    } else {
        let (road, estate) = (road(random), random.pick(&ESTATES));
        let (number, block) = (random.between(1, 260), random.between(1, 32));
        let room = random.between(1, 18) * 100 + random.between(1, 4);
        format!("石龙区{road}{number}号{estate}{block}号楼{}单元{room}室", random.between(1, 4))
    }
}

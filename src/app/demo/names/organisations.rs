//! Names of companies, shops, cooperatives and committees that have business with the demo court.

use super::super::random::Random;
use super::places;

const BRANDS: [&str; 32] = [
    "鑫源",
    "恒泰",
    "宏达",
    "瑞丰",
    "金盛",
    "永兴",
    "华康",
    "龙腾",
    "中天",
    "汇丰源",
    "博雅",
    "长虹",
    "天成",
    "德昌",
    "康居",
    "盛世",
    "众合",
    "万顺",
    "启航",
    "三和",
    "嘉禾",
    "九鼎",
    "通达",
    "祥和",
    "聚力",
    "安泰",
    "顺风",
    "佳美",
    "青松",
    "大河",
    "泰和",
    "昌隆",
];
const TRADES: [(&str, u64); 20] = [
    ("建筑工程有限公司", 14),
    ("房地产开发有限公司", 12),
    ("商贸有限公司", 12),
    ("物业服务有限公司", 10),
    ("劳务有限公司", 8),
    ("建材有限公司", 7),
    ("运输有限公司", 6),
    ("装饰工程有限公司", 6),
    ("机械设备有限公司", 5),
    ("食品有限公司", 4),
    ("农业科技有限公司", 4),
    ("置业有限公司", 4),
    ("汽车销售服务有限公司", 4),
    ("焦化有限公司", 3),
    ("矿业有限公司", 3),
    ("餐饮管理有限公司", 3),
    ("教育咨询有限公司", 3),
    ("小额贷款有限公司", 2),
    ("医院管理有限公司", 1),
    ("陶瓷制品厂", 3),
];

/// An organisation's full name.
pub fn organisation(random: &mut Random) -> String {
    if random.happens(60) {
        return format!("石龙区{}{}村民委员会", places::town(random), places::village(random));
    }
    if random.happens(60) {
        return format!("石龙区{}种植专业合作社", random.pick(&BRANDS));
    }
    let (seat, brand) = (random.pick(&["石龙区", "石龙", "河南", "中州"]), random.pick(&BRANDS));
    let second = if random.happens(400) { random.pick(&BRANDS) } else { "" };
    format!("{seat}{brand}{second}{}", random.pick_weighted(&TRADES))
}

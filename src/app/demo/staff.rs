//! Who works at the demo court. Names are made up; each role has at least one who signs in with it.

use crate::people::types::{DivisionKind, Post, Role};

/// The password of every account of the demo court. The demonstration says so on its sign-in page; a real court's
/// accounts are never made here.
pub const PASSWORD: &str = "Tingsong-2026";

/// A division of the demo court (庭室).
#[derive(Clone, Copy, Debug)]
pub struct DemoDivision {
    pub name: &'static str,
    pub kind: DivisionKind,
    pub telephone: &'static str,
}

const fn division(name: &'static str, kind: DivisionKind, telephone: &'static str) -> DemoDivision {
    DemoDivision { name, kind, telephone }
}

/// The divisions in the order in which pages list them.
pub const DIVISIONS: [DemoDivision; 13] = [
    division("立案庭", DivisionKind::Filing, "0375-2520011"),
    division("民事审判第一庭", DivisionKind::Civil, "0375-2520021"),
    division("民事审判第二庭", DivisionKind::Civil, "0375-2520022"),
    division("刑事审判庭", DivisionKind::Criminal, "0375-2520031"),
    division("行政审判庭", DivisionKind::Administrative, "0375-2520041"),
    division("执行局", DivisionKind::Enforcement, "0375-2520051"),
    division("审判监督庭", DivisionKind::Review, "0375-2520061"),
    division("韩店人民法庭", DivisionKind::Tribunal, "0375-2520071"),
    division("监察室", DivisionKind::Inspection, "0375-2520081"),
    division("办公室", DivisionKind::Office, "0375-2520091"),
    division("财务装备科", DivisionKind::Finance, "0375-2520093"),
    division("司法警察大队", DivisionKind::Bailiffs, "0375-2520095"),
    division("信息技术科", DivisionKind::Other, "0375-2520097"),
];

/// A member of staff of the demo court.
#[derive(Clone, Copy, Debug)]
pub struct DemoStaff {
    /// For signing in; in pinyin.
    pub user: &'static str,
    pub name: &'static str,
    /// The name of the division; none for the leaders.
    pub division: Option<&'static str>,
    pub post: Post,
    /// Order among those of the same post.
    pub rank: i64,
    pub roles: &'static [Role],
}

const fn of(
    user: &'static str,
    name: &'static str,
    division: &'static str,
    post: Post,
    rank: i64,
    roles: &'static [Role],
) -> DemoStaff {
    DemoStaff { user, name, division: Some(division), post, rank, roles }
}

const fn leader(
    user: &'static str,
    name: &'static str,
    post: Post,
    rank: i64,
    roles: &'static [Role],
) -> DemoStaff {
    DemoStaff { user, name, division: None, post, rank, roles }
}

const HEAD: &[Role] = &[Role::DivisionHead, Role::Handler, Role::DutyOfficer];
const JUDGE: &[Role] = &[Role::Handler, Role::DutyOfficer];

/// Everybody, leaders first.
pub const STAFF: [DemoStaff; 40] = [
    leader("zhouzhengping", "周正平", Post::President, 1, &[Role::President, Role::AidCommittee]),
    leader("linsuqin", "林素琴", Post::ExecutiveVicePresident, 1, &[Role::VicePresident, Role::AidCommittee]),
    leader("hanguodong", "韩国栋", Post::VicePresident, 1, &[Role::VicePresident, Role::AidCommittee]),
    leader("shiwenbo", "石文博", Post::VicePresident, 2, &[Role::VicePresident]),
    leader("qiaolihua", "乔丽华", Post::VicePresident, 3, &[Role::VicePresident]),
    leader("weichangming", "魏长明", Post::CommitteeMemberFullTime, 1, &[Role::Handler, Role::AidCommittee]),
    of("fanxiaomei", "范晓梅", "立案庭", Post::DivisionHead, 1, HEAD),
    of("tianyuan", "田园", "立案庭", Post::Officer, 1, &[Role::PetitionOfficer]),
    of("dingjing", "丁静", "立案庭", Post::CourtClerk, 1, &[Role::FilingClerk]),
    of("luyaoyuan", "路遥远", "立案庭", Post::CourtClerk, 2, &[Role::FilingClerk, Role::DutyOfficer]),
    of("xuewei", "薛巍", "立案庭", Post::Judge, 1, JUDGE),
    of("caoyuming", "曹玉明", "民事审判第一庭", Post::DivisionHead, 2, HEAD),
    of("songjie", "宋洁", "民事审判第一庭", Post::Judge, 2, JUDGE),
    of("yaoguangming", "姚光明", "民事审判第一庭", Post::Judge, 3, JUDGE),
    of("mengfan", "孟凡", "民事审判第一庭", Post::JudgeAssistant, 1, &[Role::JudgeAssistant]),
    of("duanhongwei", "段宏伟", "民事审判第二庭", Post::DivisionHead, 3, HEAD),
    of("jiayuting", "贾玉婷", "民事审判第二庭", Post::Judge, 4, JUDGE),
    of("shenlei", "申磊", "民事审判第二庭", Post::Judge, 5, JUDGE),
    of(
        "baixue",
        "白雪",
        "民事审判第二庭",
        Post::JudgeAssistant,
        2,
        &[Role::JudgeAssistant, Role::DutyOfficer],
    ),
    of("houjianjun", "侯建军", "刑事审判庭", Post::DivisionHead, 4, HEAD),
    of("changxin", "常欣", "刑事审判庭", Post::Judge, 6, JUDGE),
    of("qinlan", "秦岚", "行政审判庭", Post::DivisionHead, 5, HEAD),
    of("niuzhigang", "牛志刚", "行政审判庭", Post::Judge, 7, JUDGE),
    of("renqiang", "任强", "执行局", Post::DivisionHead, 6, HEAD),
    of("dupeng", "杜鹏", "执行局", Post::Judge, 8, JUDGE),
    of("gaoxiang", "高翔", "执行局", Post::Judge, 9, JUDGE),
    of("yuhaitao", "于海涛", "执行局", Post::Judge, 10, JUDGE),
    of("luodan", "罗丹", "执行局", Post::CourtClerk, 3, &[Role::Handler]),
    of(
        "lvqingsong",
        "吕青松",
        "审判监督庭",
        Post::DivisionHead,
        7,
        &[Role::DivisionHead, Role::Handler, Role::AidOffice],
    ),
    of("jiangmin", "姜敏", "审判监督庭", Post::JudgeAssistant, 3, &[Role::AidOffice]),
    of("kangning", "康宁", "韩店人民法庭", Post::DivisionHead, 8, HEAD),
    of("wuyang", "武阳", "韩店人民法庭", Post::Judge, 11, JUDGE),
    of("zhaizhiyuan", "翟致远", "监察室", Post::Inspector, 1, &[Role::Inspector]),
    of("suxiaoyu", "苏晓雨", "办公室", Post::Officer, 2, &[Role::DutyOfficer]),
    of("shangyun", "尚云", "财务装备科", Post::Accountant, 1, &[Role::Finance]),
    of("shitao", "史涛", "司法警察大队", Post::Bailiff, 1, &[Role::Bailiff, Role::DutyOfficer]),
    of("jinlong", "金龙", "司法警察大队", Post::Bailiff, 2, &[Role::Bailiff]),
    of("shaoming", "邵明", "信息技术科", Post::Administrator, 1, &[Role::Sysadmin]),
    of("niehui", "聂辉", "信息技术科", Post::Administrator, 2, &[Role::SecurityAdmin]),
    of("gelin", "葛琳", "监察室", Post::Administrator, 3, &[Role::Auditor]),
];

/// What a leader is over (分管).
#[derive(Clone, Copy, Debug)]
pub struct DemoPortfolio {
    pub user: &'static str,
    /// In charge of the court's petition work (主管信访).
    pub petitions: bool,
    pub divisions: &'static [&'static str],
}

/// The portfolios: every division is in exactly one.
pub const PORTFOLIOS: [DemoPortfolio; 5] = [
    DemoPortfolio { user: "linsuqin", petitions: true, divisions: &["立案庭", "审判监督庭"] },
    DemoPortfolio {
        user: "hanguodong",
        petitions: false,
        divisions: &["民事审判第一庭", "民事审判第二庭", "韩店人民法庭"],
    },
    DemoPortfolio { user: "shiwenbo", petitions: false, divisions: &["执行局", "司法警察大队"] },
    DemoPortfolio { user: "qiaolihua", petitions: false, divisions: &["刑事审判庭", "行政审判庭"] },
    DemoPortfolio {
        user: "zhouzhengping",
        petitions: false,
        divisions: &["监察室", "办公室", "财务装备科", "信息技术科"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::incompatible;
    use std::collections::HashSet;

    #[test]
    fn each_role_has_somebody_and_nobody_has_roles_that_exclude_one_another() {
        for role in Role::ALL {
            assert!(STAFF.iter().any(|s| s.roles.contains(role)), "{role:?}");
        }
        for s in STAFF {
            assert!(!s.roles.is_empty() && incompatible(s.roles).is_none(), "{}", s.name);
        }
    }

    #[test]
    fn users_and_names_are_one_persons_each_and_divisions_exist() {
        assert_eq!(STAFF.iter().map(|s| s.user).collect::<HashSet<_>>().len(), STAFF.len());
        assert_eq!(STAFF.iter().map(|s| s.name).collect::<HashSet<_>>().len(), STAFF.len());
        for s in STAFF {
            assert!(s.user.bytes().all(|b| b.is_ascii_lowercase()), "{}", s.user);
            assert!(s.division.is_none_or(|d| DIVISIONS.iter().any(|x| x.name == d)), "{}", s.name);
        }
    }

    #[test]
    fn every_division_is_in_one_portfolio_and_one_leader_has_the_petitions() {
        let over: Vec<&str> = PORTFOLIOS.iter().flat_map(|p| p.divisions.iter().copied()).collect();
        assert_eq!(over.len(), DIVISIONS.len());
        assert_eq!(over.into_iter().collect::<HashSet<_>>(), DIVISIONS.iter().map(|d| d.name).collect());
        let petitions: Vec<_> = PORTFOLIOS.iter().filter(|p| p.petitions).map(|p| p.user).collect();
        assert_eq!(petitions, ["linsuqin"]);
        assert!(PORTFOLIOS.iter().all(|p| STAFF.iter().any(|s| s.user == p.user)));
    }

    #[test]
    fn each_court_division_that_handles_matters_has_a_head() {
        for kind in [DivisionKind::Filing, DivisionKind::Civil, DivisionKind::Enforcement] {
            for d in DIVISIONS.iter().filter(|d| d.kind == kind) {
                assert!(STAFF.iter().any(|s| s.division == Some(d.name) && s.post == Post::DivisionHead));
            }
        }
    }
}

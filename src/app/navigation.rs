//! The left navigation: by what a person may do, in the order of their day.

use super::presence::Seen;
use crate::people::Permission;
use crate::web::{Frame, NavGroup, NavItem};
use maud::html;

/// One link and who sees it.
struct Link {
    label: &'static str,
    href: &'static str,
    key: Option<char>,
    /// `None`: everybody.
    permission: Option<Permission>,
}

const fn link(
    label: &'static str,
    href: &'static str,
    key: Option<char>,
    permission: Option<Permission>,
) -> Link {
    Link { label, href, key, permission }
}

const GROUPS: &[(&str, &[Link])] = &[
    (
        "",
        &[
            link("今日", "/", Some('d'), None),
            link("登记", "/intake", Some('i'), Some(Permission::RegisterMatter)),
        ],
    ),
    (
        "台账",
        &[
            link("信访事项", "/matters", Some('m'), Some(Permission::ViewMatters)),
            link("来访来信", "/contacts", Some('c'), Some(Permission::ViewMatters)),
            link("信访人", "/petitioners", Some('p'), Some(Permission::ViewPetitioners)),
        ],
    ),
    (
        "规则",
        &[
            link("工作日历", "/settings/calendar", None, Some(Permission::ViewRules)),
            link("时限与规则", "/settings/rules", None, Some(Permission::ViewRules)),
            link("诉求类别", "/settings/categories", None, Some(Permission::ViewRules)),
            link("指引渠道", "/settings/guidance", None, Some(Permission::ViewRules)),
        ],
    ),
    (
        "人员",
        &[
            link("人员账号", "/settings/staff", None, Some(Permission::ManageStaff)),
            link("庭室", "/settings/divisions", None, Some(Permission::ManageStaff)),
            link("本院信息", "/settings/court", None, Some(Permission::ManageStaff)),
            link("角色", "/settings/roles", None, Some(Permission::AssignRoles)),
            link("分管", "/settings/portfolios", None, Some(Permission::AssignRoles)),
            link("权限表", "/settings/permissions", None, Some(Permission::AssignRoles)),
        ],
    ),
    (
        "运行",
        &[
            link("邮件", "/mail", None, Some(Permission::ViewMail)),
            link("定时任务", "/jobs", None, Some(Permission::ViewJobs)),
            link("自检", "/checks", None, Some(Permission::ViewChecks)),
            link("留痕", "/audit", None, Some(Permission::ReadAudit)),
        ],
    ),
    ("", &[link("使用手册", "/help", Some('h'), None)]),
];

/// Puts the person, their navigation and their wishes into the frame.
pub fn furnish(frame: &mut Frame, seen: &Seen, path: &str) {
    let present = &seen.present;
    let may = |permission: Option<Permission>| permission.is_none_or(|p| present.actor.may(p));
    frame.court.clone_from(&present.court_name);
    frame.person = Some(present.actor.name.clone());
    path.clone_into(&mut frame.current);
    frame.large_type = present.large_type;
    frame.may_search = present.actor.may(Permission::ViewMatters);
    frame.may_register = present.actor.may(Permission::RegisterMatter);
    if present.must_change {
        return;
    }
    let calendar = [Permission::ProposeRules, Permission::PutRulesInForce];
    if let Some(warning) = seen.calendar_warning.as_ref().filter(|_| calendar.iter().any(|p| may(Some(*p)))) {
        frame.alerts.push(html! { (warning) " " a href="/settings/calendar" { "打开工作日历" } });
    }
    frame.nav = GROUPS
        .iter()
        .map(|(title, links)| NavGroup {
            title: (*title).to_owned(),
            items: links
                .iter()
                .filter(|link| may(link.permission))
                .map(|link| NavItem { key: link.key, ..NavItem::new(link.label, link.href) })
                .collect(),
        })
        .filter(|group| !group.items.is_empty())
        .collect();
}

//! The left navigation: by what a person may do, in the order of their day.

use super::presence::Seen;
use crate::mail::Alarm;
use crate::people::{Actor, Permission, Role};
use crate::web::formats::{plain_date, time};
use crate::web::{Frame, NavGroup, NavItem};
use maud::{Markup, html};

/// The page on which the office sees how the mail is going.
const MAIL: &str = "/mail";

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
            link("待批答复", "/approvals", None, Some(Permission::ApproveReply)),
            link("待批延期", "/extensions", None, Some(Permission::ExtendClock)),
        ],
    ),
    (
        "台账",
        &[
            link("信访事项", "/matters", Some('m'), Some(Permission::ViewMatters)),
            link("来访来信", "/contacts", Some('c'), Some(Permission::ViewMatters)),
            link("上级交办", "/assignments", None, Some(Permission::ViewMatters)),
            link("办结后待办", "/after-closing", None, Some(Permission::RecordProgress)),
            link("移交", "/handover", None, Some(Permission::HandOver)),
            link("信访人", "/petitioners", Some('p'), Some(Permission::ViewPetitioners)),
            link("归档", "/archive", None, Some(Permission::ArchiveMatter)),
            link("复查复核", "/reviews", None, Some(Permission::ExportRegister)),
            link("满意度与回访", "/call-backs", None, Some(Permission::AskSatisfaction)),
        ],
    ),
    (
        "三级化解",
        &[
            link("二级三级事项", "/tiers", Some('t'), Some(Permission::ViewMatters)),
            link("我的工作组", "/work-groups", None, Some(Permission::RecordProgress)),
            link("排查", "/sweeps", None, Some(Permission::SeeSweeps)),
            link("案件风险评估", "/assessments", None, Some(Permission::SeeSweeps)),
            link("标记苗头", "/signs/new", None, Some(Permission::MarkSign)),
        ],
    ),
    (
        "督办批示",
        &[
            link("督办", "/supervision", None, Some(Permission::ViewMatters)),
            link("批示", "/instructions", None, Some(Permission::ViewMatters)),
            link("涉执信访", "/enforcement", None, Some(Permission::ViewMatters)),
            link("集中执行", "/campaigns", None, Some(Permission::ViewMatters)),
            link("责任倒查", "/accountability", None, Some(Permission::SeeAccountability)),
        ],
    ),
    (
        "规则",
        &[
            link("带班值周领导", "/settings/week-leaders", None, Some(Permission::RunTiers)),
            link("工作日历", "/settings/calendar", None, Some(Permission::ViewRules)),
            link("时限与规则", "/settings/rules", None, Some(Permission::ViewRules)),
            link("三级规则", "/settings/tier-rules", None, Some(Permission::ViewRules)),
            link("评估问卷", "/settings/questionnaire", None, Some(Permission::ViewRules)),
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
            link("邮件", MAIL, None, Some(Permission::ViewMail)),
            link("定时任务", "/jobs", None, Some(Permission::ViewJobs)),
            link("自检", "/checks", None, Some(Permission::ViewChecks)),
            link("留痕", "/audit", None, Some(Permission::ReadAudit)),
        ],
    ),
    ("", &[link("使用手册", "/help", Some('h'), None)]),
];

/// Puts the person, their navigation, their wishes and what they must be told into the frame.
pub fn furnish(frame: &mut Frame, seen: &Seen, mail: Option<Alarm>, path: &str) {
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
    // The page itself says more.
    if let Some(alarm) = mail.filter(|_| path != MAIL) {
        frame.alerts.extend(mail_banner(&present.actor, alarm));
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

/// That mail isn't going out, for those who can do something about it or fetch somebody who can.
fn mail_banner(actor: &Actor, alarm: Alarm) -> Option<Markup> {
    let may_look = actor.may(Permission::ViewMail);
    if !may_look && !actor.roles.iter().copied().any(Role::is_administrator) {
        return None;
    }
    let since =
        alarm.since.map(|at| format!("从 {} {} 起", plain_date(at.today()), time(at))).unwrap_or_default();
    let waiting = match alarm.waiting {
        0 => String::new(),
        n @ 1..1_000 => format!("，{n} 封在等待"),
        _ => "，一千封以上在等待".to_owned(),
    };
    Some(html! {
        "邮件" (since) "没有发出去" (waiting) "。"
        @if may_look { a href=(MAIL) { "查看邮件通道" } } @else { "请告知系统管理员。" }
    })
}

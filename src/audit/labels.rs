//! What an action is called on pages.

/// Code and name of each action. Never change a code: lines of the trail hold it.
const ACTIONS: &[(&str, &str)] = &[
    ("audit.anchor_renewed", "重建留痕锚点"),
    ("audit.anonymised", "留痕内容匿名化"),
    ("audit.read", "查阅留痕"),
    ("audit.verified", "校验留痕"),
    ("calendar.in_force", "工作日历生效"),
    ("court.added", "新增法院"),
    ("court.saved", "修改法院信息"),
    ("division.saved", "保存庭室"),
    ("petitioner.merged", "合并信访人"),
    ("petitioner.revealed", "查看信访人原文"),
    ("petitioner.said_distinct", "标记不是同一人"),
    ("petitioner.saved", "建立信访人"),
    ("petitioner.unmerged", "撤销合并信访人"),
    ("petitioner.unsaid_distinct", "撤销不是同一人"),
    ("petitioner.updated", "更正信访人信息"),
    ("matter.closed", "办结"),
    ("matter.handed_over", "变更责任人"),
    ("matter.noted", "记录经过"),
    ("portfolio.ended", "终止分管"),
    ("portfolio.set", "设定分管"),
    ("proposal.made", "拟订改动"),
    ("proposal.settled", "处理待生效改动"),
    ("rule.in_force", "时限规则生效"),
    ("staff.added", "新增人员"),
    ("staff.closed", "锁定账号"),
    ("staff.deactivated", "停用人员"),
    ("staff.edited", "修改人员"),
    ("staff.locked", "登录失败过多，自动锁定"),
    ("staff.other_sessions_ended", "结束其他登录"),
    ("staff.password_change_failed", "修改密码失败"),
    ("staff.password_changed", "修改密码"),
    ("staff.password_reset", "重置密码"),
    ("staff.reactivated", "恢复人员"),
    ("staff.roles_assigned", "分配角色"),
    ("staff.session_ended", "结束一次登录"),
    ("staff.sign_in_failed", "登录失败"),
    ("staff.sign_in_refused", "拒绝登录"),
    ("staff.signed_in", "登录"),
    ("staff.signed_out", "退出登录"),
    ("staff.unlocked", "解锁账号"),
];

/// The action's name; its code where it has none.
pub fn action_label(code: &str) -> &str {
    ACTIONS.iter().find(|(known, _)| *known == code).map_or(code, |(_, label)| label)
}

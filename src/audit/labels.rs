//! What an action is called on pages.

/// Code and name of each action. Never change a code: lines of the trail hold it.
const ACTIONS: &[(&str, &str)] = &[
    ("audit.anchor_renewed", "重建留痕锚点"),
    ("audit.anonymised", "留痕内容匿名化"),
    ("audit.read", "查阅留痕"),
    ("audit.verified", "校验留痕"),
];

/// The action's name; its code where it has none.
pub fn action_label(code: &str) -> &str {
    ACTIONS.iter().find(|(known, _)| *known == code).map_or(code, |(_, label)| label)
}

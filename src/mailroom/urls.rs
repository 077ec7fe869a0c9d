use crate::mail::MailId;

use super::rules::Group;

pub const LIST: &str = "/mail";
pub const TEST: &str = "/mail/test";
pub const RETRY: &str = "/mail/retry";

/// The list of one group, newest first.
pub fn group(group: Group) -> String {
    format!("{LIST}?state={}", group.code())
}

/// Older mails than `id`.
pub fn older(group: Group, id: MailId) -> String {
    format!("{LIST}?state={}&before={id}", group.code())
}

/// Newer mails than `id`.
pub fn newer(group: Group, id: MailId) -> String {
    format!("{LIST}?state={}&after={id}", group.code())
}

pub fn again(id: MailId) -> String {
    format!("{LIST}/{id}/again")
}

//! What the list of mails can be narrowed to.

use crate::db::coded;
use crate::mail::{MailId, MailState};
use serde::Deserialize;

coded! {
    /// Which mails are shown.
    pub enum Group {
        All = "all" "全部",
        Waiting = "waiting" "待发送",
        Failing = "failing" "重试中",
        GivenUp = "given_up" "未送达",
        Sent = "sent" "已发送",
        Withdrawn = "withdrawn" "已撤回",
    }
}

impl Group {
    /// The states in it.
    pub fn states(self) -> &'static [MailState] {
        match self {
            Group::All => MailState::ALL,
            Group::Waiting => &[MailState::Queued, MailState::Sending],
            Group::Failing => &[MailState::Failing, MailState::Unknown],
            Group::GivenUp => &[MailState::GivenUp],
            Group::Sent => &[MailState::Sent],
            Group::Withdrawn => &[MailState::Withdrawn],
        }
    }
}

/// What the address of the list asks for. What makes no sense in it counts as not said.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Query {
    #[serde(default)]
    state: String,
    before: Option<String>,
    after: Option<String>,
}

impl Query {
    pub fn group(&self) -> Group {
        Group::from_code(&self.state).unwrap_or(Group::All)
    }

    /// Mails older than this one.
    pub fn before(&self) -> Option<MailId> {
        self.before.as_ref()?.parse().ok()
    }

    /// Mails newer than this one.
    pub fn after(&self) -> Option<MailId> {
        self.after.as_ref()?.parse().ok()
    }
}

/// Whether "send again" is offered for a mail in this state.
pub fn may_send_again(state: MailState) -> bool {
    match state {
        MailState::Failing | MailState::Unknown | MailState::GivenUp => true,
        MailState::Queued | MailState::Sending | MailState::Sent | MailState::Withdrawn => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_in_exactly_one_group_besides_all() {
        for state in MailState::ALL {
            let groups = Group::ALL.iter().filter(|g| **g != Group::All && g.states().contains(state));
            assert_eq!(groups.count(), 1, "{state:?}");
        }
    }

    #[test]
    fn nonsense_in_the_address_counts_as_not_said() {
        let query = Query { state: "'; --".to_owned(), before: Some("x".to_owned()), after: None };
        assert_eq!((query.group(), query.before(), query.after()), (Group::All, None, None));
    }
}

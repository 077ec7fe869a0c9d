//! Mail (邮件): what the court has to tell its own people. A mail is a row first, written in the transaction of the
//! fact that it tells of ([`queue`]); the [`Sender`] works through the rows and settles each by what the server said.
//!
//! * `sent`: the server took it. `failing`: it will be tried again. `unknown`: the connection ended after the last
//!   byte and before the answer; tried again a quarter of an hour later under the same Message-ID.
//! * `given_up`: refused for good, or tried for five days. `withdrawn`: the recipient may no longer read it.
//! * When the server refuses us rather than one mail, the queue waits and [`health`] says so; [`Watch`] has it ready for
//!   every page.

pub mod message;
pub mod rules;
mod sender;
mod settings;
mod store;
pub mod transport;
mod types;
mod watch;

pub use sender::{Recheck, Sender, Verdict, send_everything, start};
pub use settings::{Security, Settings, TransportKind};
pub use store::{find, health, list, queue, send_again, states, try_channel_now};
pub use types::{ChannelState, Content, Health, Listed, Mail, MailId, MailKind, MailState, NewMail, Slice};
pub use watch::{Alarm, Watch};

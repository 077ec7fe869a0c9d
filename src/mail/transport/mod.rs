//! The ways out of the house. A transport offers one message and says how far it got.

mod file;
mod smtp;

use super::rules::{Fault, Phase};
use super::settings::{Settings, TransportKind};
use lettre::Message;
use std::path::Path;

/// An attempt that came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub phase: Phase,
    pub fault: Fault,
    /// What the server said, or what happened; shown to whoever looks after the mail.
    pub said: String,
}

/// Where messages are handed over. Either way a message that is offered twice can be known by its Message-ID.
pub enum Transport {
    File(file::Files),
    Smtp(Box<smtp::Smtp>),
}

impl Transport {
    /// The transport that `settings` ask for. `data` is the installation's folder.
    ///
    /// # Errors
    ///
    /// A sentence for the operator: what is wrong with the settings or the files that they name.
    pub fn open(settings: &Settings, data: &Path) -> Result<Self, String> {
        settings.check()?;
        match settings.transport {
            TransportKind::File => Ok(Transport::File(file::Files::new(data.join("mail")))),
            TransportKind::Smtp => Ok(Transport::Smtp(Box::new(smtp::Smtp::new(settings)?))),
        }
    }

    /// Hands one message over and returns what was answered to it.
    ///
    /// # Errors
    ///
    /// How far it got, and why no further.
    pub fn send(&mut self, message: &Message, message_id: &str) -> Result<String, Failure> {
        match self {
            Transport::File(files) => files.send(message, message_id),
            Transport::Smtp(smtp) => smtp.send(message),
        }
    }

    /// Nothing more to send for now: gives a kept connection back.
    pub fn rest(&mut self) {
        match self {
            Transport::File(_) => {}
            Transport::Smtp(smtp) => smtp.hang_up(),
        }
    }
}

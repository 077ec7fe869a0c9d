//! What is typed to write, decide and serve a reply, and to end a matter or open it again.

mod decide;
mod draft;
mod finish;

pub use decide::{DecideForm, Decision, ReceiptForm, ServeForm};
pub use draft::{Base, DraftForm};
pub use finish::{CloseForm, ConcludeForm, ReasonForm, ReopenForm, Undertaking};

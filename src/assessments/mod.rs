//! 案件风险评估: before a case is filed, judged or taken to an enforcement step, its judge goes through a short questionnaire
//! about the case: will its handling likely leave somebody without an answer? The points are summed; from a threshold on
//! tier one is proposed with measures, and the judge or the head of the division decides.
//!
//! It is of a case, never of a person: no question may ask what somebody is like, believes, suffers from or whom they know.
//! [`rules::about_a_person`] refuses such a question, the shipped ones are held to it by a test.

mod actions;
mod change;
mod defaults;
mod forms;
mod pages;
mod routes;
pub mod rules;
mod sheets;
mod store;
pub mod types;
pub mod urls;
mod views;

pub use actions::{Decision, Draft, assess, decide, propose_questionnaire, put_in_force};
pub use change::Content;
pub use routes::routes;
pub use types::{Assessment, AssessmentId, AssessmentState, Question, Step};
pub use views::{Listed, of_case, of_cases, questionnaire, waiting};

use crate::db::Conn;
use crate::error::Problem;
use crate::time::Moment;

/// Enters the shipped questionnaire where there is none; doing it again changes nothing.
///
/// # Errors
///
/// When it can't be written.
pub fn seed(conn: &mut Conn, now: Moment) -> Result<(), Problem> {
    if store::any_shipped(conn)? {
        return Ok(());
    }
    Ok(store::insert_questionnaire(conn, &defaults::row(now)?)?)
}

//! Opens the form: empty, with what was typed, for somebody known, for a further contact; and draws it again.

use crate::app::App;
use crate::crypto::random_token;
use crate::db::Conn;
use crate::error::Problem;
use crate::intake::forms::IntakeForm;
use crate::intake::types::{Carried, Choices, Double, DraftFile, DraftId, MatterCard, PersonCard};
use crate::intake::{finding, pages};
use crate::matters::{self, MatterId};
use crate::people::{Act, SignedIn};
use crate::petitioners::PetitionerId;
use crate::time::Moment;
use crate::web::form::Complaints;
use crate::web::{Form, Frame};
use actix_web::web::{Path, Query};
use maud::Markup;
use serde::Deserialize;

/// People who come for a group, at most so many are proposed.
const MOST_PROPOSED: usize = 8;

/// What the form is drawn from, beside what was typed.
pub struct Around {
    pub choices: Choices,
    pub known: Vec<PersonCard>,
    pub about: Option<MatterCard>,
    pub files: Vec<DraftFile>,
}

impl Around {
    /// Reads it for this form.
    pub fn read(conn: &mut Conn, act: &Act, form: &IntakeForm) -> Result<Self, Problem> {
        let about = match form.matter() {
            Some(id) => {
                let matter = matters::store::find(conn, &act.by.scope, id)?;
                finding::matter_cards(conn, &[matter])?.pop()
            }
            None => None,
        };
        Ok(Around {
            choices: finding::choices(conn, act)?,
            known: finding::known(conn, act, form)?,
            about,
            files: finding::files(conn, act, form)?,
        })
    }

    /// The form's page.
    pub fn page(
        &self,
        frame: &Frame,
        form: &IntakeForm,
        told: &Complaints,
        doubles: &[Double],
        now: Moment,
    ) -> Markup {
        let seen = finding::seen(doubles);
        let seen = if seen.is_empty() { form.seen_doubles.clone() } else { seen };
        pages::form(&pages::FormPage {
            frame,
            form,
            told,
            choices: &self.choices,
            known: &self.known,
            about: self.about.as_ref(),
            files: &self.files,
            doubles,
            seen: &seen,
            now,
        })
    }
}

/// Draws a form that has just been opened.
pub async fn draw(app: &App, by: &SignedIn, frame: &Frame, form: IntakeForm) -> Result<Markup, Problem> {
    let act = app.act(by);
    let now = act.now;
    let (around, form) = app.read(move |conn| Ok((Around::read(conn, &act, &form)?, form))).await?;
    Ok(around.page(frame, &form, &Complaints::default(), &[], now))
}

/// A form of its own: with its number, under which it registers once, and a place for its draft.
pub fn fresh(now: Moment) -> IntakeForm {
    IntakeForm::blank(random_token(), DraftId::new(now).to_string())
}

/// Who it is by.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct By {
    by: Option<PetitionerId>,
    /// For a further contact on this matter.
    matter: Option<MatterId>,
}

pub async fn blank(app: App, by: SignedIn, frame: Frame, who: Query<By>) -> Result<Markup, Problem> {
    if let Some(matter) = who.matter {
        return on_matter(app, by, frame, matter, who.by).await;
    }
    let mut form = fresh(app.moment());
    let known: Vec<PetitionerId> = who.by.into_iter().collect();
    form.known(&known);
    draw(&app, &by, &frame, form).await
}

pub async fn carried(
    app: App,
    by: SignedIn,
    frame: Frame,
    carried: Form<Carried>,
) -> Result<Markup, Problem> {
    let mut form = fresh(app.moment());
    form.carry(&carried);
    draw(&app, &by, &frame, form).await
}

pub async fn further(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: Path<MatterId>,
    who: Query<By>,
) -> Result<Markup, Problem> {
    on_matter(app, by, frame, id.into_inner(), who.by).await
}

async fn on_matter(
    app: App,
    by: SignedIn,
    frame: Frame,
    id: MatterId,
    person: Option<PetitionerId>,
) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let people: Vec<PetitionerId> = app
        .read(move |conn| {
            let matter = matters::store::find(conn, &act.by.scope, id)?;
            let all = matters::store::participants(conn, &matter)?;
            let all = all.into_iter().map(|part| part.petitioner_id).take(MOST_PROPOSED);
            Ok(person.map_or_else(|| all.collect(), |one| vec![one]))
        })
        .await?;
    let mut form = fresh(app.moment());
    form.matter_id = id.to_string();
    form.known(&people);
    draw(&app, &by, &frame, form).await
}

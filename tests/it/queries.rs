//! How many queries a page takes: as many for a long list as for a short one.

use crate::support::TestApp;
use crate::support::registrations::{accepted, first_visit};
use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use std::collections::HashMap;
use std::sync::{Mutex, Once, PoisonError};
use tingsong::campaigns::CampaignId;
use tingsong::matters::MatterId;
use tingsong::matters::actions::register;
use tingsong::people::Role;

/// More than any page needs.
const MOST: usize = 80;

/// What was asked of each database, by its address.
static ASKED: Mutex<Option<HashMap<String, Vec<String>>>> = Mutex::new(None);

/// Writes down what is asked over one connection.
struct Scribe(String);

impl Instrumentation for Scribe {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartEstablishConnection { url, .. } = event {
            url.clone_into(&mut self.0);
        } else if let InstrumentationEvent::StartQuery { query, .. } = event {
            // What moves the log into the database comes when it likes.
            if query.to_string().starts_with("PRAGMA wal_checkpoint") {
                return;
            }
            let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
            let asked = asked.get_or_insert_default().entry(self.0.clone()).or_default();
            asked.push(query.to_string());
        }
    }
}

fn scribe() -> Option<Box<dyn Instrumentation>> {
    Some(Box::new(Scribe(String::new())))
}

/// What has been asked of this test's database since the last time.
fn taken(app: &TestApp) -> Vec<String> {
    let folder = app.database.dir.path().display().to_string();
    let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    let mut all = Vec::new();
    for (_, queries) in asked.get_or_insert_default().iter_mut().filter(|(url, _)| url.contains(&folder)) {
        all.append(queries);
    }
    all
}

fn written_down() -> TestApp {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| set_default_instrumentation(scribe).unwrap());
    TestApp::on_sqlite()
}

/// The lists, the page of one matter, the form of a task for it, and a campaign.
fn pages(matter: MatterId, campaign: CampaignId) -> Vec<String> {
    let lists = [
        "/",
        "/matters",
        "/matters?order=due",
        "/contacts",
        "/petitioners",
        "/supervision",
        "/instructions",
        "/assignments",
        "/call-backs",
        "/archive",
        "/enforcement",
        "/campaigns",
    ];
    let one = [
        format!("/matters/{matter}"),
        format!("/matters/{matter}/enforcement/task-sheet"),
        format!("/campaigns/{campaign}"),
    ];
    lists.iter().map(|path| (*path).to_owned()).chain(one).collect()
}

#[test]
fn a_page_takes_as_many_queries_for_many_rows_as_for_few() {
    actix_web::rt::System::new().block_on(async {
        let app = written_down();
        let (first, second) = (accepted(&app, "first"), accepted(&app, "second"));
        let campaign = crate::campaigns::opened(&app);
        let join = |ids: &[MatterId]| {
            crate::campaigns::put(&app, Role::PetitionOfficer, campaign, ids).unwrap();
        };
        join(&[first, second]);
        let mut few = Vec::new();
        for page in pages(first, campaign) {
            app.get(Role::PetitionOfficer, &page).await.is(200);
            taken(&app);
            app.get(Role::PetitionOfficer, &page).await.is(200);
            few.push((page, taken(&app).len()));
        }
        for nth in 0..40 {
            join(&[accepted(&app, &format!("more-{nth}"))]);
        }
        taken(&app);
        for (page, before) in few {
            app.get(Role::PetitionOfficer, &page).await.is(200);
            let asked = taken(&app);
            assert!(
                asked.len() <= before.max(1) && asked.len() <= MOST,
                "{page}: {before} queries became {}:\n{}",
                asked.len(),
                asked.join("\n")
            );
        }
    });
}

/// One registration is one transaction of so many statements, however much there is already.
#[test]
fn a_registration_takes_a_bounded_number_of_statements() {
    actix_web::rt::System::new().block_on(async {
        let app = written_down();
        accepted(&app, "first");
        taken(&app);
        let act = app.act(Role::FilingClerk);
        let entered = first_visit("second");
        taken(&app);
        app.write(move |conn| register(conn, &act, &entered).map(drop)).unwrap();
        let asked = taken(&app);
        assert!(asked.len() <= MOST, "{} statements:\n{}", asked.len(), asked.join("\n"));
    });
}

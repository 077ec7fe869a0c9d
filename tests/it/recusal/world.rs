//! One court, told twice: with a complaint about everybody who has a role in it, and without.

use crate::enforcement::{due, issued};
use crate::replies::{closed, handled};
use crate::support::{TestApp, court};
use chrono::NaiveDate;
use diesel::prelude::*;
use tingsong::app::jobs::{JOBS, Runner};
use tingsong::campaigns::{self, CampaignDraft, CampaignId};
use tingsong::instructions::{self, Asked};
use tingsong::mail::MailState;
use tingsong::matters::MatterId;
use tingsong::people::{Act, Role, StaffId};
use tingsong::petitioners::PetitionerId;
use tingsong::saved_filters::{self, types::Register};
use tingsong::schema::{matter_petitioners, outbox, sessions};
use tingsong::supervision::{self, Manner, Notice};

/// Stands in every text of the complaint, and nowhere else.
pub const MARK: &str = "暗访词";
/// The name of who complains.
pub const NAME: &str = "欧阳暮雪珂";
pub const PHONE: &str = "13911110077";

/// What both courts have.
pub struct World {
    pub app: TestApp,
    pub ordinary: MatterId,
    pub petitioner: PetitionerId,
    pub campaign: CampaignId,
    seconds: Vec<(Role, StaffId)>,
}

/// The complaint, and what went with it.
pub struct Complaint {
    /// In handling, with everything that a matter in handling can have.
    pub open: MatterId,
    /// Answered, archived, under an accountability review.
    pub closed: MatterId,
    /// Merged into the open one.
    pub merged: MatterId,
    /// Referred, and not taken over.
    pub referred: MatterId,
    pub petitioner: PetitionerId,
}

impl Complaint {
    pub fn matters(&self) -> [MatterId; 4] {
        [self.open, self.closed, self.merged, self.referred]
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl World {
    /// A court with a second person for every role, and ordinary matters.
    pub async fn founded(app: TestApp) -> World {
        let divisions = app.court.divisions.clone();
        let roles: Vec<Role> = app.court.people.iter().map(|(role, _)| *role).collect();
        let seconds = app
            .write(move |conn| {
                let second = |(id, role): (i64, Role)| {
                    (role, court::db_second(conn, &divisions, (id, role, &format!("代办员{id}"))))
                };
                let all = roles.into_iter().chain([Role::Inspector]);
                Ok((101..).zip(all).map(second).collect())
            })
            .unwrap();
        let ordinary = handled(&app, "ordinary");
        let petitioner = petitioner_of(&app, ordinary);
        issued(&app, ordinary);
        due(&app, ordinary, 10_000, "ordinary");
        closed(&app, "closed").await;
        let campaign = campaign(&app);
        let world = World { app, ordinary, petitioner, campaign, seconds };
        world.put_in(world.app.act(Role::PetitionOfficer), ordinary);
        world.follow(ordinary);
        world
    }

    /// Whoever acts for a role in the complaint: never somebody whom it names.
    pub fn second(&self, role: Role) -> StaffId {
        self.seconds.iter().find(|(r, _)| *r == role).unwrap().1
    }

    /// An inspector besides the one who answers for complaints.
    pub fn third(&self) -> StaffId {
        self.seconds.last().unwrap().1
    }

    pub fn by(&self, role: Role) -> Act {
        self.app.act_of(self.second(role))
    }

    pub fn named(&self) -> Vec<StaffId> {
        self.app.court.people.iter().map(|(_, staff)| *staff).collect()
    }

    pub fn put_in(&self, act: Act, id: MatterId) {
        let campaign = self.campaign;
        self.app.write(move |conn| campaigns::put_in(conn, &act, campaign, &[id]).map(drop)).unwrap();
    }

    /// An ordinary supervision, instruction and saved filters.
    fn follow(&self, id: MatterId) {
        let app = &self.app;
        let (judge, vice) = (app.person(Role::Handler), app.person(Role::VicePresident));
        let notice = Notice {
            manner: Manner::Letter,
            addressee: judge,
            signer: vice,
            referral: String::new(),
            demand: "请说明进展。".into(),
            spoken: String::new(),
        };
        let act = app.act(Role::PetitionOfficer);
        app.write(move |conn| supervision::issue(conn, &act, id, None, &notice)).unwrap();
        let question = Asked { leader: vice, question: "由谁牵头？".into(), proposal: String::new() };
        let act = app.act(Role::PetitionOfficer);
        app.write(move |conn| instructions::ask(conn, &act, id, &question)).unwrap();
        for role in [Role::PetitionOfficer, Role::DivisionHead, Role::VicePresident, Role::President] {
            let act = app.act(role);
            let kept = move |conn: &mut tingsong::db::Conn| {
                saved_filters::actions::save(conn, &act, Register::Matters, ("超期的", "due=overdue"))
                    .map(drop)
            };
            app.write(kept).unwrap();
        }
    }

    /// Four weeks later, with all that runs by itself having run, and the mails gone out.
    pub fn four_weeks_later(&self) {
        for at in ["2026-11-24 09:00", "2026-12-01 09:00", "2026-12-21 09:00"] {
            self.app.at(at);
            let app = &self.app.app;
            let (database, clock, keys) = (app.database().clone(), app.clock().clone(), app.keys().clone());
            let runner = Runner::new(database, clock, keys, JOBS);
            let ran = runner.in_folder(self.app.database.dir.path()).run_due();
            assert!(ran.iter().all(|ran| ran.outcome.is_ok()), "{ran:?}");
        }
        let now = self.app.app.moment().utc();
        self.app
            .write(move |conn| {
                diesel::update(outbox::table)
                    .set((
                        outbox::state.eq(MailState::Sent),
                        outbox::next_attempt_at.eq(None::<chrono::NaiveDateTime>),
                    ))
                    .execute(conn)?;
                diesel::update(sessions::table)
                    .set((sessions::created_at.eq(now), sessions::last_seen_at.eq(now)))
                    .execute(conn)?;
                Ok(())
            })
            .unwrap();
    }
}

pub fn petitioner_of(app: &TestApp, id: MatterId) -> PetitionerId {
    app.read(move |conn| {
        let of = matter_petitioners::table.filter(matter_petitioners::matter_id.eq(id));
        let of = of.order(matter_petitioners::position);
        Ok(of.select(matter_petitioners::petitioner_id).first(conn)?)
    })
    .unwrap()
}

fn campaign(app: &TestApp) -> CampaignId {
    let draft = CampaignDraft {
        name: "冬季集中执行".into(),
        goal: "春节前执行到位一批工资案件。".into(),
        starts_on: day("2026-11-10"),
        ends_on: day("2026-12-31"),
        responsible: app.person(Role::VicePresident),
    };
    let act = app.act(Role::PetitionOfficer);
    app.write(move |conn| campaigns::open(conn, &act, &draft)).unwrap()
}

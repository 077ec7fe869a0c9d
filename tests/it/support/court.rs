//! The test court: its divisions, and one person for each role.

use diesel::prelude::*;
use tingsong::db::Conn;
use tingsong::people::types::{Court as CourtRow, Division, Staff};
use tingsong::people::types::{CourtLevel, Portfolio, PortfolioId, TierPreset};
use tingsong::people::{CourtId, DivisionId, DivisionKind, Post, Role, StaffId};
use tingsong::schema::{accounts, courts, divisions, portfolios, sessions, staff, staff_roles};
use tingsong::time::Moment;

/// Who and what there is.
pub struct Court {
    pub id: CourtId,
    pub divisions: Vec<(DivisionKind, DivisionId)>,
    pub people: Vec<(Role, StaffId)>,
}

const ID: CourtId = CourtId(1);

const DIVISIONS: [(DivisionKind, &str); 6] = [
    (DivisionKind::Filing, "立案庭"),
    (DivisionKind::Civil, "民事审判庭"),
    (DivisionKind::Enforcement, "执行局"),
    (DivisionKind::Inspection, "监察室"),
    (DivisionKind::Finance, "财务科"),
    (DivisionKind::Office, "办公室"),
];

const PEOPLE: [(Role, &str, &str, Post, DivisionKind); 16] = [
    (Role::FilingClerk, "clerk", "窗口小林", Post::CourtClerk, DivisionKind::Filing),
    (Role::PetitionOfficer, "officer", "专干老周", Post::Officer, DivisionKind::Filing),
    (Role::Handler, "handler", "法官钱进", Post::Judge, DivisionKind::Civil),
    (Role::DivisionHead, "head", "庭长孙立", Post::DivisionHead, DivisionKind::Civil),
    (Role::VicePresident, "vice", "副院长李明", Post::VicePresident, DivisionKind::Office),
    (Role::President, "president", "院长赵正", Post::President, DivisionKind::Office),
    (Role::DutyOfficer, "duty", "值班吴用", Post::Officer, DivisionKind::Office),
    (Role::Bailiff, "bailiff", "法警郑武", Post::Bailiff, DivisionKind::Office),
    (Role::JudgeAssistant, "assistant", "助理王文", Post::JudgeAssistant, DivisionKind::Civil),
    (Role::Inspector, "inspector", "监察冯正", Post::Inspector, DivisionKind::Inspection),
    (Role::AidOffice, "aidoffice", "救助陈和", Post::Officer, DivisionKind::Office),
    (Role::AidCommittee, "committee", "委员褚遂", Post::Judge, DivisionKind::Civil),
    (Role::Finance, "finance", "财务卫平", Post::Accountant, DivisionKind::Finance),
    (Role::Sysadmin, "sysadmin", "系统管理蒋", Post::Administrator, DivisionKind::Office),
    (Role::SecurityAdmin, "security", "安全管理沈", Post::Administrator, DivisionKind::Office),
    (Role::Auditor, "auditor", "审计管理韩", Post::Administrator, DivisionKind::Office),
];

/// Writes the court straight into the tables.
pub fn db_found(conn: &mut Conn) -> Court {
    let court = CourtRow {
        id: ID,
        code: "豫0404".into(),
        name: "石龙区人民法院".into(),
        short_name: "石法".into(),
        level: CourtLevel::Basic,
        parent_id: None,
        address: "石龙区中心路1号".into(),
        window_name: "诉讼服务中心信访窗口".into(),
        telephone: "0375-2520000".into(),
        number_pattern: "{short}访〔{year}〕{seq:4}号".into(),
        tier_preset: TierPreset::Standard,
        version: 0,
    };
    diesel::insert_into(courts::table).values(court).execute(conn).unwrap();
    let mut made = Vec::new();
    for (position, (kind, name)) in (1..).zip(DIVISIONS) {
        let division = Division {
            id: DivisionId(position),
            court_id: ID,
            name: name.into(),
            kind,
            telephone: "0375-2520001".into(),
            position,
            active: true,
            version: 0,
        };
        diesel::insert_into(divisions::table).values(division).execute(conn).unwrap();
        made.push((kind, DivisionId(position)));
    }
    let people: Vec<(Role, StaffId)> =
        (1..).zip(PEOPLE).map(|(id, person)| (person.0, db_person(conn, id, person, &made))).collect();
    let vice = people.iter().find(|(role, _)| *role == Role::VicePresident).unwrap().1;
    let charge = Portfolio {
        id: PortfolioId(1),
        court_id: ID,
        staff_id: vice,
        division_id: None,
        petitions: true,
        from_on: "2020-01-01".parse().unwrap(),
        to_on: None,
    };
    diesel::insert_into(portfolios::table).values(charge).execute(conn).unwrap();
    Court { id: ID, divisions: made, people }
}

/// One more person with this role, in the division and with the post of the first.
pub fn db_second(
    conn: &mut Conn,
    court: &[(DivisionKind, DivisionId)],
    (id, role, name): (i64, Role, &str),
) -> StaffId {
    let (_, user, _, post, kind) = *PEOPLE.iter().find(|person| person.0 == role).unwrap();
    db_person(conn, id, (role, &format!("{user}{id}"), name, post, kind), court)
}

fn db_person(
    conn: &mut Conn,
    id: i64,
    (role, user, name, post, kind): (Role, &str, &str, Post, DivisionKind),
    divisions: &[(DivisionKind, DivisionId)],
) -> StaffId {
    let at = super::monday_morning().utc();
    let row = Staff {
        id: StaffId(id),
        court_id: ID,
        division_id: divisions.iter().find(|(k, _)| *k == kind).map(|(_, id)| *id),
        name: name.into(),
        post,
        rank: 1,
        mail: Some(format!("{user}@court.test")),
        mail_confirmed_at: None,
        telephone: Some("0375-2520002".into()),
        active: true,
        version: 0,
        created_at: at,
    };
    diesel::insert_into(staff::table).values(row).execute(conn).unwrap();
    let role = (staff_roles::staff_id.eq(id), staff_roles::role.eq(role));
    diesel::insert_into(staff_roles::table).values(role).execute(conn).unwrap();
    let account = (
        accounts::staff_id.eq(id),
        accounts::user_name.eq(user),
        accounts::password_hash.eq("no password opens this"),
        accounts::must_change.eq(false),
        accounts::password_changed_at.eq(at),
        accounts::locked.eq(false),
    );
    diesel::insert_into(accounts::table).values(account).execute(conn).unwrap();
    StaffId(id)
}

/// A session as signing in makes it.
pub fn db_session(conn: &mut Conn, who: StaffId, token_hash: &str, now: Moment) {
    let row = (
        sessions::id.eq(tingsong::db::next_id(now)),
        sessions::token_hash.eq(token_hash),
        sessions::staff_id.eq(who),
        sessions::created_at.eq(now.utc()),
        sessions::last_seen_at.eq(now.utc()),
        sessions::address.eq("127.0.0.1"),
        sessions::agent.eq("test"),
        sessions::large_type.eq(false),
    );
    diesel::insert_into(sessions::table).values(row).execute(conn).unwrap();
}

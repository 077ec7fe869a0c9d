//! What pages show of campaigns. What the person may not see of a campaign neither appears nor counts.

use super::rules::{self, Line, Results};
use super::store;
use super::types::{Campaign, CampaignId};
use crate::calendar;
use crate::call_backs::{self, Score};
use crate::db::Conn;
use crate::enforcement::{self, EnforcementMatter, Listed};
use crate::error::Problem;
use crate::matters::{self, Matter, MatterId};
use crate::people::{self, Act, Permission, Role, StaffId};
use crate::time::Moment;
use crate::web::{Due, Listing};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::OptionalExtension;
use std::collections::HashMap;

/// A campaign with its results.
#[derive(Clone, Debug)]
pub struct Shown {
    pub campaign: Campaign,
    pub responsible: String,
    pub results: Results,
    /// Until its last day, while it is open.
    pub due: Option<Due>,
}

/// Campaigns on a page of the list.
pub const PAGE: i64 = 20;

/// A page of the list, the newest first.
///
/// # Errors
///
/// When the database is away.
pub fn page(
    conn: &mut Conn,
    act: &Act,
    open: Option<bool>,
    after: Option<CampaignId>,
) -> Result<Listing<Shown>, Problem> {
    let campaigns = store::page(conn, &act.by.scope, open, after, PAGE + 1)?;
    Listing::cut(campaigns, PAGE).show(|campaigns| {
        let figures = Figures::of(conn, act, &campaigns)?;
        shown(conn, act, campaigns, &figures)
    })
}

fn shown(
    conn: &mut Conn,
    act: &Act,
    campaigns: Vec<Campaign>,
    figures: &Figures,
) -> Result<Vec<Shown>, Problem> {
    let staff: Vec<StaffId> = campaigns.iter().map(|one| one.responsible_id).collect();
    let names = people::names_of(conn, &staff)?;
    let days = calendar::working_days(conn)?;
    let today = act.now.today();
    let of = |campaign: Campaign| Shown {
        responsible: names.get(&campaign.responsible_id).cloned().unwrap_or_default(),
        results: rules::results(&figures.lines(&campaign)),
        due: campaign.is_open().then(|| days.due(today, campaign.ends_on)),
        campaign,
    };
    Ok(campaigns.into_iter().map(of).collect())
}

/// What is known of the matters in some campaigns, as far as the person may see them.
struct Figures {
    /// Since when each is closed.
    members: Vec<(CampaignId, MatterId, Option<NaiveDateTime>)>,
    rows: HashMap<MatterId, EnforcementMatter>,
    /// What was paid of each, and when.
    paid: HashMap<MatterId, Vec<(NaiveDate, i64)>>,
    /// What was said of each, and when, in order.
    scores: HashMap<MatterId, Vec<(NaiveDate, Score)>>,
}

/// Ids in one query.
const AT_ONCE: usize = 500;

impl Figures {
    fn of(conn: &mut Conn, act: &Act, campaigns: &[Campaign]) -> Result<Self, Problem> {
        let ids: Vec<CampaignId> = campaigns.iter().map(|one| one.id).collect();
        let members = store::members(conn, &act.by.scope, &ids)?;
        let mut matters: Vec<MatterId> = members.iter().map(|(_, matter, _)| *matter).collect();
        matters.sort_unstable();
        matters.dedup();
        let from = campaigns.iter().map(|one| one.starts_on).min();
        let to = campaigns.iter().map(|one| one.ends_on).max();
        let mut all = Figures { members, rows: HashMap::new(), paid: HashMap::new(), scores: HashMap::new() };
        for some in matters.chunks(AT_ONCE) {
            let rows = enforcement::of_matters(conn, some)?;
            all.rows.extend(rows.into_iter().map(|row| (row.matter_id, row)));
            for (matter, at, score) in call_backs::scores(conn, some)? {
                all.scores.entry(matter).or_default().push((Moment::from_utc(at).today(), score));
            }
            let Some(days) = from.zip(to) else { continue };
            for (matter, day, fen) in enforcement::payments(conn, some, days)? {
                all.paid.entry(matter).or_default().push((day, fen));
            }
        }
        Ok(all)
    }

    fn lines(&self, campaign: &Campaign) -> Vec<Line> {
        let members = self.members.iter().filter(|(id, _, _)| *id == campaign.id);
        members.map(|(_, matter, closed_at)| self.line(campaign, *matter, *closed_at)).collect()
    }

    fn line(&self, campaign: &Campaign, matter: MatterId, closed_at: Option<NaiveDateTime>) -> Line {
        let row = self.rows.get(&matter);
        let days = campaign.starts_on..=campaign.ends_on;
        let within = self.paid.get(&matter).into_iter().flatten().filter(|(day, _)| days.contains(day));
        let mut said = self.scores.get(&matter).into_iter().flatten().rev();
        Line {
            due: row.and_then(|row| row.due_fen),
            paid: row.map_or(0, |row| row.paid_fen),
            outstanding: row.map_or(0, |row| row.outstanding_fen),
            during: within.fold(0_i64, |sum, (_, fen)| sum.saturating_add(*fen)),
            closed: closed_at.is_some_and(|at| days.contains(&Moment::from_utc(at).today())),
            score: said.find(|(day, _)| days.contains(day)).map(|(_, score)| *score),
        }
    }
}

/// A matter in a campaign.
#[derive(Clone, Debug)]
pub struct MemberRow {
    pub listed: Listed,
    pub line: Line,
}

/// Everything that the page of one campaign shows.
#[derive(Clone, Debug)]
pub struct Detail {
    pub shown: Shown,
    pub created_by: String,
    pub closed_by: Option<String>,
    pub members: Listing<MemberRow>,
    pub may_run: bool,
}

/// One campaign with a page of its matters.
///
/// # Errors
///
/// `NotFound` for one of another court.
pub fn detail(
    conn: &mut Conn,
    act: &Act,
    id: CampaignId,
    after: Option<MatterId>,
    size: i64,
) -> Result<Detail, Problem> {
    let campaign = store::find(conn, &act.by.scope, id)?;
    let involved: Vec<StaffId> = [campaign.created_by].into_iter().chain(campaign.closed_by).collect();
    let names = people::names_of(conn, &involved)?;
    let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
    let figures = Figures::of(conn, act, std::slice::from_ref(&campaign))?;
    let matters = store::member_page(conn, &act.by.scope, id, after, size + 1)?;
    let members =
        Listing::cut(matters, size).show(|matters| member_rows(conn, act, (&campaign, &figures), matters))?;
    let (created_by, closed_by) = (name(campaign.created_by), campaign.closed_by.map(name));
    let may_run = campaign.is_open() && act.by.may(Permission::RunCampaign);
    let shown = shown(conn, act, vec![campaign], &figures)?.into_iter().next().ok_or(Problem::NotFound)?;
    Ok(Detail { shown, created_by, closed_by, members, may_run })
}

fn member_rows(
    conn: &mut Conn,
    act: &Act,
    (campaign, figures): (&Campaign, &Figures),
    matters: Vec<Matter>,
) -> Result<Vec<MemberRow>, Problem> {
    let with_row = |matter: Matter| Some((figures.rows.get(&matter.id).cloned()?, matter));
    let listed = enforcement::listed(conn, act, matters.into_iter().filter_map(with_row).collect())?;
    let of = |listed: Listed| MemberRow {
        line: figures.line(campaign, listed.matter.id, listed.matter.closed_at),
        listed,
    };
    Ok(listed.into_iter().map(of).collect())
}

/// A matter's campaigns, and those that it may be put into.
#[derive(Clone, Debug)]
pub struct OfMatter {
    pub matter: MatterId,
    pub inside: Vec<Campaign>,
    /// Open ones in which it isn't, for whoever may put it in.
    pub offered: Vec<Campaign>,
    pub may_run: bool,
}

/// The most open campaigns that are offered.
const OFFERED: i64 = 30;

/// A matter's campaigns. The matter has been found by scope.
///
/// # Errors
///
/// When the database is away.
pub fn of_matter(conn: &mut Conn, act: &Act, matter: &Matter) -> Result<OfMatter, Problem> {
    let inside = store::of_matter(conn, matter.id)?;
    let may_run = act.by.may(Permission::RunCampaign);
    let mut offered = Vec::new();
    if may_run {
        offered = store::page(conn, &act.by.scope, Some(true), None, OFFERED)?;
        offered.retain(|one| !inside.iter().any(|known| known.id == one.id));
    }
    Ok(OfMatter { matter: matter.id, inside, offered, may_run })
}

/// Who may be responsible for a campaign: the leaders and the heads of divisions.
///
/// # Errors
///
/// When the database is away.
pub fn responsible(conn: &mut Conn, act: &Act) -> Result<Vec<(StaffId, String)>, Problem> {
    let court = act.by.court()?;
    let mut staff = people::leaders(conn, court)?;
    for head in people::with_role(conn, court, Role::DivisionHead)? {
        if !staff.iter().any(|known| known.id == head.id) {
            staff.push(head);
        }
    }
    Ok(staff.into_iter().map(|one| (one.id, format!("{}（{}）", one.name, one.post.label()))).collect())
}

/// The matters with these numbers that the person may see, and the numbers that lead to none.
///
/// # Errors
///
/// When the database is away.
pub fn by_number(
    conn: &mut Conn,
    act: &Act,
    numbers: &[String],
) -> Result<(Vec<MatterId>, Vec<String>), Problem> {
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for number in numbers {
        match matters::store::find_by_number(conn, &act.by.scope, number).optional()? {
            Some(matter) => found.push(matter.id),
            None => unknown.push(number.clone()),
        }
    }
    Ok((found, unknown))
}

/// One campaign of the person's court.
///
/// # Errors
///
/// `NotFound`.
pub fn find(conn: &mut Conn, act: &Act, id: CampaignId) -> Result<Campaign, Problem> {
    Ok(store::find(conn, &act.by.scope, id)?)
}

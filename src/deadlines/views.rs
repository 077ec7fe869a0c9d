//! What pages show of clocks, put together for whoever looks.

use super::actions::{Seen, stands_in};
use super::clocks::{self, History};
use super::rules::allowed::{Case, Choices, Who};
use super::rules::replay::{remaining, state};
use super::store;
use super::types::{ClockId, Event, ExtensionRequest, RequestId, RequestState, RuleId, Standing};
use crate::calendar;
use crate::calendar::types::WorkingDays;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::{self, Matter, MatterId};
use crate::people::types::Staff;
use crate::people::{self, Act, Permission, StaffId};
use crate::web::Due;
use chrono::NaiveDate;
use std::collections::HashMap;

/// A clock as a page shows it to somebody.
pub struct Shown {
    pub history: History,
    pub standing: Standing,
    /// None once it has ended.
    pub light: Option<Due>,
    /// How many days are left, as its rule counts.
    pub left: usize,
    /// In order, the settled ones.
    pub settled: Vec<ExtensionRequest>,
    pub waiting: Option<ExtensionRequest>,
    pub choices: Choices,
    /// The person decides where the president would.
    pub stands_in: bool,
    pub most_days: u32,
    /// When it would be due if it were extended by as much as it may be.
    pub latest: Option<NaiveDate>,
}

impl Shown {
    fn of(
        act: &Act,
        matter: &Matter,
        history: History,
        (requests, stands_in): (Vec<ExtensionRequest>, bool),
        days: &WorkingDays,
    ) -> Self {
        let today = act.now.today();
        let case = Case { code: history.clock.code, rule: &history.rule, state: &history.state, today };
        let (waiting, settled): (Vec<_>, Vec<_>) =
            requests.into_iter().partition(|request| request.state == RequestState::Asked);
        let waiting = waiting.into_iter().next();
        let choices = Choices::of(&act.by, (matter.accountable_id, stands_in), &case, waiting.as_ref());
        let most_days = case.most_days();
        let on = history.clock.due_on;
        Shown {
            standing: history.state.standing(today),
            light: history.clock.is_open().then(|| days.due(today, on)),
            left: remaining(&history.state, history.rule.unit, today, days),
            latest: case.may_extend().is_ok().then(|| due_if_extended(&history, most_days, days)).flatten(),
            history,
            settled,
            waiting,
            choices,
            stands_in,
            most_days,
        }
    }

    /// What the person sees of the clock.
    pub fn seen(&self) -> Seen {
        Seen::of(&self.history)
    }

    /// When it would be due if the request that waits were granted.
    pub fn if_granted(&self, days: &WorkingDays) -> Option<NaiveDate> {
        let asked = self.waiting.as_ref()?;
        due_if_extended(&self.history, u32::try_from(asked.days).ok()?, days)
    }
}

fn due_if_extended(history: &History, by: u32, days: &WorkingDays) -> Option<NaiveDate> {
    let longer = history.state.course.clone().then(Event::Extended { days: by }).ok()?;
    state(longer, history.rule.count(), days).ok().map(|state| state.due.due_on)
}

/// A matter's clocks, for whoever may see it.
pub struct MatterClocks {
    pub matter: Matter,
    pub accountable: String,
    pub today: NaiveDate,
    /// Those that run first, by due date.
    pub clocks: Vec<Shown>,
}

/// All clocks of a matter.
///
/// # Errors
///
/// `NotFound` for a matter that the person may not see.
pub fn of_matter(conn: &mut Conn, act: &Act, id: MatterId) -> Result<MatterClocks, Problem> {
    let matter = matters::find(conn, &act.by.scope, id)?;
    let days = calendar::working_days(conn)?;
    let requests = store::requests_of(conn, id.0)?;
    let mut shown = Vec::new();
    for history in clocks::histories(conn, id.0)? {
        let own: Vec<ExtensionRequest> =
            requests.iter().filter(|request| request.clock_id == history.clock.id).cloned().collect();
        let instead = stands_in(conn, act, &matter, asker(&own))?;
        shown.push(Shown::of(act, &matter, history, (own, instead), &days));
    }
    shown.sort_by_key(|one| !one.history.clock.is_open());
    Ok(MatterClocks {
        accountable: accountable(conn, &matter)?,
        matter,
        today: act.now.today(),
        clocks: shown,
    })
}

/// Who asked what waits.
fn asker(requests: &[ExtensionRequest]) -> Option<StaffId> {
    requests.iter().find(|request| request.state == RequestState::Asked).map(|request| request.asked_by)
}

fn accountable(conn: &mut Conn, matter: &Matter) -> Result<String, Problem> {
    let names = people::names_of(conn, &[matter.accountable_id])?;
    Ok(names.get(&matter.accountable_id).cloned().unwrap_or_default())
}

/// One clock with its matter.
///
/// # Errors
///
/// `NotFound` for a clock of a matter that the person may not see.
pub fn of_clock(conn: &mut Conn, act: &Act, id: ClockId) -> Result<(Matter, Shown), Problem> {
    let history = clocks::history(conn, id)?;
    let matter = matters::find(conn, &act.by.scope, MatterId(history.clock.matter_id))?;
    let mut requests = store::requests_of(conn, matter.id.0)?;
    requests.retain(|request| request.clock_id == id);
    let instead = stands_in(conn, act, &matter, asker(&requests))?;
    let shown = Shown::of(act, &matter, history, (requests, instead), &*calendar::working_days(conn)?);
    Ok((matter, shown))
}

/// A request that waits, with the clock it is about.
pub struct Waiting {
    pub request: ExtensionRequest,
    pub matter: Matter,
    pub accountable: String,
    pub clock: Shown,
    /// When the clock would be due if it were granted.
    pub if_granted: Option<NaiveDate>,
}

/// One request with its matter and clock, whether it still waits or not.
///
/// # Errors
///
/// `NotFound` for one on a matter that the person may not see.
pub fn any_request(
    conn: &mut Conn,
    act: &Act,
    id: RequestId,
) -> Result<(ExtensionRequest, Matter, Shown), Problem> {
    let request = store::request(conn, id)?;
    let (matter, clock) = of_clock(conn, act, request.clock_id)?;
    Ok((request, matter, clock))
}

/// One request that waits.
///
/// # Errors
///
/// `NotFound` for one on a matter that the person may not see; `Refused` when it waits no longer.
pub fn request(conn: &mut Conn, act: &Act, id: RequestId) -> Result<Waiting, Problem> {
    let (request, matter, clock) = any_request(conn, act, id)?;
    if request.state != RequestState::Asked {
        return Err(Problem::refused(format!(
            "这份延期申请{}，不再等待决定。请在事项的时限页面查看结果。",
            request.state.label()
        )));
    }
    let if_granted = clock.if_granted(&*calendar::working_days(conn)?);
    Ok(Waiting { accountable: accountable(conn, &matter)?, request, matter, clock, if_granted })
}

/// The requests that wait and that this person may decide on, the oldest first.
///
/// # Errors
///
/// When they can't be read.
pub fn waiting(conn: &mut Conn, act: &Act) -> Result<Vec<Waiting>, Problem> {
    let mut all = Vec::new();
    for asked in store::waiting(conn, &act.by.scope)? {
        let one = request(conn, act, asked.id)?;
        if one.clock.choices.decide {
            all.push(one);
        }
    }
    Ok(all)
}

/// How many requests for an extension wait for this person.
///
/// # Errors
///
/// When they can't be read.
pub fn count_waiting(conn: &mut Conn, act: &Act) -> Result<i64, Problem> {
    let Some(me) = act.by.staff_id.filter(|_| act.by.may(Permission::ExtendClock)) else { return Ok(0) };
    let asked = store::waiting(conn, &act.by.scope)?;
    let clocks: Vec<ClockId> = asked.iter().map(|request| request.clock_id).collect();
    let clocks: HashMap<ClockId, RuleId> =
        store::clocks_by_id(conn, &clocks)?.into_iter().map(|clock| (clock.id, clock.rule_id)).collect();
    let matters: Vec<MatterId> = asked.iter().map(|request| MatterId(request.matter_id)).collect();
    let matters: HashMap<i64, Matter> = matters::find_all(conn, &act.by.scope, &matters)?
        .into_iter()
        .map(|matter| (matter.id.0, matter))
        .collect();
    let rules = clocks::table(conn)?;
    let mut mine = 0;
    for request in &asked {
        let rule = clocks.get(&request.clock_id).and_then(|rule| rules.by_id(*rule));
        let Some((rule, matter)) = rule.zip(matters.get(&request.matter_id)) else { continue };
        let stands_in = stands_in(conn, act, matter, Some(request.asked_by))?;
        let who = Who { me, roles: &act.by.roles, accountable: matter.accountable_id, stands_in };
        mine += i64::from(who.may_refuse(rule, request).is_ok());
    }
    Ok(mine)
}

/// Whether somebody else than the one who looks may decide on a request about this matter, by their office and because
/// it isn't their own.
///
/// # Errors
///
/// When it can't be read.
pub fn may_decide(conn: &mut Conn, id: RequestId, matter: &Matter, who: &Staff) -> Result<bool, Problem> {
    let request = store::request(conn, id)?;
    let rule = clocks::history(conn, request.clock_id)?.rule;
    let roles = people::roles_of(conn, who.id)?;
    let who = Who { me: who.id, roles: &roles, accountable: matter.accountable_id, stands_in: false };
    Ok(who.may_refuse(&rule, &request).is_ok())
}

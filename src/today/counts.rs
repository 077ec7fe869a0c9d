//! What the workbench counts for somebody, each opening the list that it counts.

use crate::after_closing;
use crate::archive;
use crate::assessments;
use crate::calendar;
use crate::call_backs::{self, types::AskingKind};
use crate::db::Conn;
use crate::deadlines;
use crate::enforcement;
use crate::error::Problem;
use crate::escalation;
use crate::matters::forms::MatterQuery;
use crate::matters::types::Stage;
use crate::matters::{urls, views};
use crate::people::{Act, Permission, Rows};
use crate::replies::{self, approvals};
use crate::reviews;
use crate::sweeps;
use crate::web::listing::in_address;

/// A figure and its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub label: &'static str,
    pub count: i64,
    pub href: String,
    /// Something is late, or waits for this person.
    pub pressing: bool,
}

impl Counted {
    /// The figure in words: `12`, `999+`.
    pub fn words(&self) -> String {
        if self.count >= views::COUNTED { format!("{}+", views::COUNTED) } else { self.count.to_string() }
    }
}

/// A list that is counted: what it is called, its query, and whether anything in it presses.
struct Wanted {
    label: &'static str,
    query: MatterQuery,
    pressing: bool,
}

/// The lists of this person's workbench, in the order of their urgency.
fn wanted(act: &Act) -> Vec<Wanted> {
    let all = MatterQuery { order: "due".to_owned(), ..MatterQuery::default() };
    let mine = MatterQuery { mine: "1".to_owned(), ..all.clone() };
    let with = |label, query, pressing| Wanted { label, query, pressing };
    let hand = |part: &str| MatterQuery { hand: part.to_owned(), ..all.clone() };
    let due = |query: &MatterQuery, due: &str| MatterQuery { due: due.to_owned(), ..query.clone() };
    let mut lists = Vec::new();
    if act.by.may(Permission::TakeReferral) {
        lists.push(with("待我接办", hand("addressee"), true));
    }
    lists.push(with("我负责的", mine.clone(), false));
    lists.push(with("我负责、已超期", due(&mine, "overdue"), true));
    lists.push(with("我负责、三个工作日内到期", due(&mine, "soon"), false));
    if act.by.may(Permission::RecordProgress) {
        lists.push(with("我协办的", hand("helper"), false));
    }
    if act.by.may(Permission::ScreenMatter) {
        let waiting = MatterQuery { stage: Stage::Screening.code().to_owned(), ..all.clone() };
        lists.push(with("送来待甄别", waiting, true));
    }
    if act.by.scope.rows == Rows::Court {
        lists.push(with("全院已超期", due(&all, "overdue"), true));
    }
    lists
}

/// The figures of this person's workbench. Each counts no further than [`views::COUNTED`].
///
/// # Errors
///
/// When the database is away.
pub fn counts(conn: &mut Conn, act: &Act) -> Result<Vec<Counted>, Problem> {
    let today = act.now.today();
    let near = calendar::working_days(conn)?.near(today);
    let mut counted = Vec::new();
    for list in wanted(act) {
        let filter = list.query.filter(&act.by, &near);
        let count = views::count(conn, &act.by.scope, &filter)?;
        counted.push(Counted {
            label: list.label,
            count,
            href: in_address(urls::MATTERS, &list.query),
            pressing: list.pressing && count > 0,
        });
    }
    counted.extend(beside(conn, act)?);
    Ok(counted)
}

/// What the three tiers have for this person: matters that wait for the president to name who is in charge, charges without
/// their acts, work groups, what visitors said and nobody confirmed.
fn tiers(conn: &mut Conn, act: &Act) -> Result<Vec<Counted>, Problem> {
    let figures = escalation::views::figures(conn, act)?;
    let all = [
        ("待我确定包案领导", figures.to_name, escalation::urls::LIST, true),
        ("我包案、没有亲自办全的", figures.without_acts, escalation::urls::GROUPS_WITHOUT_ACTS, true),
        ("我在工作组里的", figures.groups, escalation::urls::GROUPS, false),
        (
            "有我负责的化解措施的",
            figures.measures.0,
            escalation::urls::GROUPS_WITH_MEASURES,
            figures.measures.1 > 0,
        ),
        ("待核实的外出反映", figures.hints, escalation::urls::HINTS, true),
    ];
    let some = all.into_iter().filter(|(_, count, _, _)| *count > 0);
    Ok(some
        .map(|(label, count, href, pressing)| Counted { label, count, href: href.to_owned(), pressing })
        .collect())
}

/// What sweeps and assessments have for this person.
fn sweeping(conn: &mut Conn, act: &Act) -> Result<Vec<Counted>, Problem> {
    let (cases, late) = sweeps::views::waiting(conn, act)?;
    let own = act.by.division_id.map_or_else(String::new, |id| id.to_string());
    let sheets = |due: &str, division: &str| format!("{}?division={division}&due={due}", sweeps::urls::LIST);
    let undecided = format!("{}?state=waiting&division={own}", assessments::urls::LIST);
    let all = [
        ("本月待排查的案件", cases, sheets("", &own), false),
        ("排查逾期没有答完的庭室", late, sheets("overdue", ""), true),
        ("待决定的风险评估", assessments::waiting(conn, act)?, undecided, true),
    ];
    let some = all.into_iter().filter(|(_, count, _, _)| *count > 0);
    Ok(some.map(|(label, count, href, pressing)| Counted { label, count, href, pressing }).collect())
}

/// What waits for this person and isn't a list of matters: approvals, decisions, what is asked after closing, reviews,
/// archiving.
fn beside(conn: &mut Conn, act: &Act) -> Result<Vec<Counted>, Problem> {
    let may = |permission| act.by.may(permission);
    let mut counted = Vec::new();
    let mut add = |label, count, href: String, pressing: bool| {
        counted.push(Counted { label, count, href, pressing: pressing && count > 0 });
    };
    if may(Permission::ApproveReply) {
        add("待我审批的答复", approvals::count(conn, act)?, replies::urls::APPROVALS.to_owned(), true);
    }
    if may(Permission::ExtendClock) {
        let count = deadlines::count_extensions_waiting(conn, act)?;
        add("待我决定的延期", count, deadlines::urls::EXTENSIONS.to_owned(), true);
    }
    if may(Permission::AskSatisfaction) {
        for (label, kind) in [("待问满意度", AskingKind::Satisfaction), ("抽中待回访", AskingKind::CallBack)]
        {
            let href = format!("{}?kind={}", call_backs::urls::LIST, kind.code());
            add(label, call_backs::views::count_waiting(conn, act, kind)?, href, false);
        }
    }
    if may(Permission::ExportRegister) {
        let open = reviews::views::open(conn, act)?.len();
        add(
            "复查复核没有结果",
            i64::try_from(open).unwrap_or(i64::MAX),
            reviews::urls::ABOVE.to_owned(),
            false,
        );
    }
    if may(Permission::ArchiveMatter) {
        let href = format!("{}?which=overdue", archive::urls::LIST);
        add("办结满三个月没有归档", archive::overdue(conn, act)?, href, true);
    }
    if act.by.may(Permission::RecordProgress) {
        for (duty, count, late) in after_closing::views::counts(conn, act)? {
            let href = after_closing::urls::of(duty);
            counted.push(Counted { label: duty.label(), count, href, pressing: late });
        }
    }
    counted.extend(tiers(conn, act)?);
    counted.extend(sweeping(conn, act)?);
    if act.by.may(Permission::ManageEnforcement) {
        let (count, late) = enforcement::mine(conn, act)?;
        let href = format!("{}?mine=1&order=due", enforcement::urls::LIST);
        if count > 0 {
            counted.push(Counted { label: "我名下有执行措施的", count, href, pressing: late > 0 });
        }
    }
    Ok(counted)
}

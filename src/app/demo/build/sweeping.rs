//! Lets the sweeps of this month and the last happen, and the assessments.

use super::super::script::sweeps::{ASSESSMENTS, DemoAssessment, DemoSheet, SHEETS, SweptCase};
use super::cast::Cast;
use crate::assessments::{self, Decision, Draft, Step};
use crate::calendar;
use crate::crypto::Keys;
use crate::db::Conn;
use crate::error::Problem;
use crate::people::Act;
use crate::sweeps::imports::{self, Line, Outcome, Read, Remark};
use crate::sweeps::types::{
    Answer, Answering, CaseLine, ClosingDraft, Entered, Mark, RowKind, Sweep, VisitDraft,
};
use crate::sweeps::{actions, jobs, rules};
use crate::time::Moment;
use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};
use std::sync::Arc;

/// The month's last days are worked through at this hour.
const EVENING: i64 = 16;

/// Lets it all happen, up to `now`.
pub(super) fn happen(conn: &mut Conn, cast: &Cast, keys: &Arc<Keys>, now: Moment) -> Result<(), Problem> {
    let (first, _) = rules::month_of(now.today());
    let before = first.pred_opt().unwrap_or(first);
    let (last_first, _) = rules::month_of(before);
    for day in [last_first, first] {
        let at = hours(day, 0).plus(TimeDelta::minutes(30)).min(now);
        jobs::open(conn, &Act::system("系统", at, keys.clone()))?;
    }
    for sheet in &SHEETS {
        last_month(conn, cast, keys, (sheet, before))?;
    }
    // On the last working day before the demonstration: the sheets in the morning, the assessments in the afternoon.
    let day = calendar::working_days(conn)?.previous(now.today()).unwrap_or(now.today());
    let moment = |hour, minutes| hours(day.max(first), hour).plus(TimeDelta::minutes(minutes)).min(now);
    for (nth, sheet) in (0_i64..).zip(&SHEETS) {
        let at = moment(9, nth * 20);
        this_month(conn, (cast, keys), sheet, (first, at))?;
    }
    for (nth, one) in (0_i64..).zip(&ASSESSMENTS) {
        let at = moment(14, nth * 25);
        assess(conn, cast, keys, (one, at))?;
    }
    Ok(())
}

fn hours(day: NaiveDate, hour: i64) -> Moment {
    Moment::from_court(day.and_time(NaiveTime::MIN)).plus(TimeDelta::hours(hour))
}

fn of(text: &str, year: i32) -> String {
    text.replace("{y0}", &year.to_string())
}

fn line(case: &SweptCase, year: i32) -> CaseLine {
    CaseLine {
        case_number: of(case.number, year),
        kind: RowKind::from_code(case.kind).unwrap_or(RowKind::Filed),
        cause: case.cause.to_owned(),
        parties: case.parties.to_owned(),
        judge: case.judge.to_owned(),
        happened_on: None,
    }
}

/// Everything of last month was typed, answered and finished on its last day.
fn last_month(
    conn: &mut Conn,
    cast: &Cast,
    keys: &Arc<Keys>,
    (sheet, last): (&DemoSheet, NaiveDate),
) -> Result<(), Problem> {
    let act = cast.act(conn, sheet.head, hours(last, EVENING), keys)?;
    let sweep = sheet_of(conn, &act, cast, (sheet, last))?;
    for case in sheet.last_month {
        let entered = actions::type_case(conn, &act, sweep.id, &line(case, last.year()))?;
        said(conn, &act, case, entered)?;
    }
    let version = sheet_of(conn, &act, cast, (sheet, last))?.version;
    actions::finish(conn, &act, sweep.id, version)
}

fn sheet_of(
    conn: &mut Conn,
    act: &Act,
    cast: &Cast,
    (sheet, day): (&DemoSheet, NaiveDate),
) -> Result<Sweep, Problem> {
    let division = cast.division(sheet.division);
    let division = division.ok_or_else(|| Problem::internal(format!("no division {}", sheet.division)))?;
    Ok(actions::monthly(conn, act, (cast.court, division), day)?.0)
}

/// What was answered about a case, and how it ended.
fn said(conn: &mut Conn, act: &Act, case: &SweptCase, entered: Entered) -> Result<(), Problem> {
    let (Entered::New(row) | Entered::Merged(row) | Entered::Known(row)) = entered;
    if let Some(answer) = Answer::from_code(case.answer) {
        actions::answer(conn, act, row, 0, &Answering { answer, note: case.note.to_owned() })?;
        if answer == Answer::TierOne {
            let visit = VisitDraft {
                visited_on: act.now.today(),
                who: "曹玉明、姚光明".to_owned(),
                found: "到售楼部了解，公司账户已被另案查封，退款要等资产处置；原告现租房居住，希望知道什么时候有结果。"
                    .to_owned(),
                submission: format!("demo-visit-{row}"),
            };
            actions::visit(conn, act, row, &visit)?;
        }
    }
    let mark = |letter: char| match letter {
        'y' => Mark::Yes,
        'n' => Mark::No,
        _ => Mark::NotApplicable,
    };
    let marks: Vec<Mark> = case.marks.chars().map(mark).collect();
    if let Ok(marks) = <[Mark; 5]>::try_from(marks) {
        let note = if marks.contains(&Mark::No) {
            "宣判时一方没有到庭，约定下周补做。"
        } else {
            ""
        };
        let draft = ClosingDraft { marks, note: note.to_owned() };
        actions::record_closing(conn, act, row, -1, &draft)?;
    }
    Ok(())
}

/// This month's cases came in by Excel, and have been answered in part.
fn this_month(
    conn: &mut Conn,
    (cast, keys): (&Cast, &Arc<Keys>),
    sheet: &DemoSheet,
    (first, at): (NaiveDate, Moment),
) -> Result<(), Problem> {
    if sheet.this_month.is_empty() {
        return Ok(());
    }
    let act = cast.act(conn, sheet.head, at, keys)?;
    let sweep = sheet_of(conn, &act, cast, (sheet, first))?;
    let lines: Vec<Line> = (2_u32..)
        .zip(sheet.this_month)
        .map(|(row, case)| Line { row, case: line(case, first.year()) })
        .collect();
    let bad = Remark {
        row: u32::try_from(lines.len()).unwrap_or(0) + 2,
        outcome: Outcome::Bad,
        place: format!("第 {} 行 A 列（案号）", lines.len() + 2),
        why: "案号有误，错在末尾的“号”字：没有以“号”字结尾。请对照裁判文书或立案通知书上的案号改正。"
            .to_owned(),
    };
    let read = Read { rows: lines.len() + 1, lines: lines.clone(), remarks: vec![bad] };
    let name = format!("{}收结案清单.xlsx", sheet.division);
    let file = (name.as_str(), name.as_bytes(), "filed");
    let (run, _) = imports::start(conn, &act, sweep.id, file, &read)?;
    let system = Act::system("系统", act.now, keys.clone());
    while imports::go_on(conn, &system, run)? {}
    for (line, case) in lines.iter().zip(sheet.this_month) {
        let entered = actions::enter(conn, &act, &sweep, &line.case)?;
        said(conn, &act, case, entered)?;
    }
    Ok(())
}

fn assess(
    conn: &mut Conn,
    cast: &Cast,
    keys: &Arc<Keys>,
    (one, at): (&DemoAssessment, Moment),
) -> Result<(), Problem> {
    let act = cast.act(conn, one.by, at, keys)?;
    let (edition, _) = assessments::questionnaire(conn, &act)?;
    let draft = Draft {
        case_number: of(one.number, at.today().year()),
        cause: one.cause.to_owned(),
        step: Step::from_code(one.step).unwrap_or(Step::Judgment),
        questionnaire: edition.id,
        ticked: one.ticked.iter().map(|key| (*key).to_owned()).collect(),
        note: one.note.to_owned(),
        submission: format!("demo-assessment-{}", one.number),
    };
    let made = assessments::assess(conn, &act, &draft)?;
    if let Some((listed, reason)) = one.decided {
        let decision = Decision { listed, measures: made.measures.clone(), reason: reason.to_owned() };
        assessments::decide(conn, &act, made.id, made.version, &decision)?;
    }
    Ok(())
}

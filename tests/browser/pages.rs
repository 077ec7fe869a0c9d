//! Every page of the route table, for every role that may see it, at both widths: nothing that axe-core finds, nothing
//! that scrolls sideways, and a help link that leads to a section.

use crate::gate;
use crate::support::Court;
use actix_web::http::Method;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::collections::BTreeMap;
use tingsong::app::server;
use tingsong::people::{Access, Role};

/// What stands in a pattern's places, from the demo court's rows.
#[expect(clippy::too_many_lines, reason = "one list: what each address is tried with")]
fn db_samples(court: &Court) -> BTreeMap<String, String> {
    #[derive(QueryableByName)]
    struct Id {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let mut conn =
        SqliteConnection::establish(&court.data.join("tingsong.db").display().to_string()).unwrap();
    diesel::sql_query("PRAGMA busy_timeout = 10000").execute(&mut conn).unwrap();
    let mut id = |sql: &str| diesel::sql_query(sql).get_result::<Id>(&mut conn).unwrap().id.to_string();
    let open = "SELECT id FROM matters WHERE stage = 'registered' AND conduct = 0 LIMIT 1";
    let worked = "SELECT id FROM matters WHERE stage = 'handling' AND conduct = 0 LIMIT 1";
    let in_litigation = "SELECT id FROM matters WHERE stage = 'in_litigation' LIMIT 1";
    let entry = format!(
        "{}/entries/{}",
        id("SELECT matter_id AS id FROM timeline ORDER BY id LIMIT 1"),
        id("SELECT id FROM timeline ORDER BY id LIMIT 1")
    );
    let referred = "SELECT COALESCE((SELECT matter_id FROM referrals WHERE state = 'pending' LIMIT 1), \
                    (SELECT id FROM matters LIMIT 1)) AS id";
    // The demo court has a matter at each of these; any matter, where the story has moved on.
    let reply = |states: &str| {
        format!(
            "SELECT COALESCE((SELECT matter_id FROM reply_drafts WHERE state IN ({states}) LIMIT 1), \
             (SELECT id FROM matters LIMIT 1)) AS id"
        )
    };
    let asking = |kind: &str| {
        format!(
            "SELECT COALESCE((SELECT matter_id FROM askings WHERE state = 'waiting' AND kind = '{kind}' LIMIT 1), \
             (SELECT id FROM matters LIMIT 1)) AS id"
        )
    };
    let in_stage = |stage: &str| {
        format!(
            "SELECT COALESCE((SELECT id FROM matters WHERE stage = '{stage}' AND conduct = 0 LIMIT 1), \
             (SELECT id FROM matters LIMIT 1)) AS id"
        )
    };
    let petitioner = "SELECT id FROM petitioners WHERE merged_into IS NULL LIMIT 1";
    let staff = "SELECT id FROM staff LIMIT 1";
    let reply_clock = "SELECT c.id AS id FROM clocks c JOIN matters m ON m.id = c.matter_id WHERE c.code = 'reply' AND NOT m.conduct \
                 AND c.met_on IS NULL AND NOT c.cancelled AND NOT EXISTS (SELECT 1 FROM clock_events e WHERE \
                 e.clock_id = c.id) AND NOT EXISTS (SELECT 1 FROM extension_requests r WHERE r.clock_id = c.id) \
                 AND c.due_on > '2026-12-01' LIMIT 1";
    let import = "INSERT INTO imports (id, court_id, staff_id, name, policy, state, rows_total, rows_bad, made, known, \
                  report, message, started_at, ended_at) SELECT 1, court_id, id, '台账.xlsx', 'good', 'running', 900, 3, \
                  200, 1, NULL, '', '2026-11-23 01:00:00', NULL FROM staff LIMIT 1 RETURNING id";
    let batch = "INSERT INTO referral_batches (id, court_id, staff_id, submission_key, division_id, to_id, note, sent_at) \
                 SELECT 1, s.court_id, s.id, 'sample', s.division_id, NULL, '', '2026-11-23 01:00:00' FROM staff s \
                 JOIN staff_roles r ON r.staff_id = s.id WHERE r.role = 'petition_officer' LIMIT 1 RETURNING id";
    let supervision = id("SELECT id FROM supervisions WHERE round = 'report' LIMIT 1");
    let demandable = "SELECT id FROM matters WHERE stage = 'handling' AND conduct = 0 AND id NOT IN \
                      (SELECT matter_id FROM supervisions) LIMIT 1";
    let tasked = "SELECT matter_id AS id FROM task_sheets ORDER BY id DESC LIMIT 1";
    let campaign = id("SELECT id FROM campaigns WHERE closed_at IS NULL LIMIT 1");
    let assigned = "SELECT matter_id AS id FROM assignments WHERE state = 'open' LIMIT 1";
    let reported_above = format!(
        "{}/reports-above/{}",
        id(
            "SELECT a.matter_id AS id FROM assignments a JOIN assignment_events e ON e.assignment_id = a.id LIMIT 1"
        ),
        id("SELECT e.id AS id FROM assignments a JOIN assignment_events e ON e.assignment_id = a.id LIMIT 1"),
    );
    let tiered = |tiers: &str| {
        format!(
            "SELECT id FROM matters WHERE tier IN ({tiers}) AND stage <> 'closed' AND conduct = 0 LIMIT 1"
        )
    };
    let planned = "SELECT matter_id AS id FROM tier_plans LIMIT 1";
    let reported = "SELECT matter_id AS id FROM tier_reports LIMIT 1";
    let seat =
        "SELECT id FROM work_group_members WHERE until IS NULL AND role = 'member' ORDER BY id LIMIT 1";
    let seat = format!("{}/members/{}", id(&seat.replace("SELECT id", "SELECT matter_id AS id")), id(seat));
    let measure = "SELECT id FROM tier_measures ORDER BY id LIMIT 1";
    let measure =
        format!("{}/measures/{}", id(&measure.replace("SELECT id", "SELECT matter_id AS id")), id(measure));
    let hint = "INSERT INTO heard_at (id, matter_id, contact_id, level, body, manner, heard_on, source, refuted) \
                SELECT 1, id, NULL, 'province', '省信访局', 'in_person', NULL, 'visitor', FALSE FROM matters \
                WHERE stage = 'handling' AND conduct = 0 LIMIT 1 RETURNING matter_id AS id";
    let hint = format!("{}/heard/1", id(hint));
    let sheet = "SELECT s.id AS id FROM sweeps s JOIN sweep_rows r ON r.sweep_id = s.id WHERE s.state = 'open' \
                 AND r.answer IS NULL ORDER BY s.from_on, s.id LIMIT 1";
    let undecided = "SELECT COALESCE((SELECT id FROM assessments WHERE state = 'waiting' LIMIT 1), \
                     (SELECT id FROM assessments LIMIT 1)) AS id";
    let pairs = [
        ("/sweeps/{id}", id(sheet)),
        ("/sweeps/{id}/add", id(sheet)),
        ("/sweeps/{id}/triage", id(sheet)),
        ("/sweeps/{id}/import", id(sheet)),
        ("/sweeps/rows/{id}", id("SELECT row_id AS id FROM sweep_closings LIMIT 1")),
        ("/sweeps/imports/{id}", id("SELECT id FROM sweep_imports LIMIT 1")),
        ("/assessments/{id}", id(undecided)),
        ("/intake/import/{id}", id(import)),
        ("/matters/{key}", id(open)),
        ("/intake/further/{id}", id(open)),
        ("/intake/receipt/{id}", id("SELECT id FROM contacts LIMIT 1")),
        (
            "/handover/of/{id}",
            id("SELECT accountable_id AS id FROM matters WHERE stage = 'handling' LIMIT 1"),
        ),
        ("/handover/lists/{id}", "1".to_owned()),
        ("/matters/{id}/note", id(worked)),
        ("/matters/{id}/ask-help", id(worked)),
        ("/matters/{id}/case-judge", id(worked)),
        ("/matters/{id}/name-complained", id(worked)),
        ("/matters/{id}/litigation-result", id(in_litigation)),
        ("/matters/{id}/back-to-handling", id(in_litigation)),
        ("/matters/{id}/guidance-sheet", id(in_litigation)),
        ("/matters/{id}/entries/{entry}/correct", entry),
        ("/matters/{id}/send-for-screening", id(open)),
        ("/matters/{id}/refer", id(worked)),
        ("/matters/{id}/withdraw-referral", id(referred)),
        ("/matters/{id}/take-over", id(referred)),
        ("/matters/{id}/send-back", id(referred)),
        ("/matters/{id}/reply", id(&reply("'drafted', 'submitted', 'returned', 'approved', 'served'"))),
        ("/matters/{id}/draft-reply", id(&in_stage("handling"))),
        ("/matters/{id}/approve-reply", id(&reply("'submitted'"))),
        ("/matters/{id}/serve-reply", id(&reply("'approved'"))),
        ("/matters/{id}/reply-receipt", id(&reply("'served'"))),
        ("/bulk-referrals/{id}", id(batch)),
        ("/matters/{id}/close", id(&in_stage("replied"))),
        ("/matters/{id}/withdraw", id(worked)),
        ("/matters/{id}/conclude", id(&in_stage("replied"))),
        ("/matters/{id}/reopen", id(&in_stage("closed"))),
        ("/matters/{id}/request-review", id(&reply("'served'"))),
        ("/matters/{id}/hand-file-over", id(&reply("'served'"))),
        ("/matters/{id}/review-outcome", id(&reply("'served'"))),
        ("/matters/{id}/decide-review", id(&reply("'served'"))),
        ("/matters/{id}/ask-satisfaction", id(&asking("satisfaction"))),
        ("/matters/{id}/call-back", id(&asking("call_back"))),
        ("/matters/{id}/answer-again", id(&in_stage("closed"))),
        (
            "/matters/{id}/archive",
            id("SELECT id FROM matters WHERE stage = 'closed' AND conduct = 0 LIMIT 1"),
        ),
        ("/archive/{id}/cover", id("SELECT matter_id AS id FROM archives LIMIT 1")),
        ("/matters/{id}/link", id(worked)),
        ("/matters/{id}/merge", id(worked)),
        ("/matters/{id}/split", id(worked)),
        (
            "/matters/{id}/unmerge",
            id("SELECT merged_id AS id FROM matter_merges WHERE undone_at IS NULL LIMIT 1"),
        ),
        (
            "/links/{id}/undo",
            id("SELECT id FROM matter_links WHERE undone_at IS NULL AND kind <> 'split' LIMIT 1"),
        ),
        ("/matters/{id}/take-assignment", id(worked)),
        ("/matters/{id}/object-above", id(assigned)),
        ("/matters/{id}/report-above", id(assigned)),
        ("/matters/{id}/answer-from-above", id(assigned)),
        ("/matters/{id}/reports-above/{event}", reported_above),
        ("/settings/tier-rules/of/{cause}", "group".to_owned()),
        ("/settings/tier-rules/of/{cause}/edit", "group".to_owned()),
        ("/tiers/of/{matter}", id(&tiered("2, 3"))),
        ("/tiers/of/{matter}/plan-paper", id(planned)),
        ("/tiers/of/{matter}/report-paper", id(reported)),
        ("/tiers/of/{matter}/leader", id(&tiered("2"))),
        ("/tiers/of/{matter}/settle", id(&tiered("1"))),
        ("/tiers/of/{matter}/give-up", id(&tiered("2"))),
        ("/tiers/of/{matter}/hold", id(&tiered("2"))),
        ("/tiers/of/{matter}/heard", id(&tiered("2"))),
        ("/tiers/of/{matter}/heard/{row}", hint),
        ("/tiers/of/{matter}/act", id(&tiered("3"))),
        ("/tiers/of/{matter}/meeting", id(&tiered("3"))),
        ("/tiers/of/{matter}/measures", id(&tiered("3"))),
        ("/tiers/of/{matter}/plan", id(&tiered("3"))),
        ("/tiers/of/{matter}/report", id(&tiered("3"))),
        ("/tiers/of/{matter}/members", id(&tiered("3"))),
        ("/tiers/of/{matter}/members/{member}", seat),
        ("/tiers/of/{matter}/measures/{measure}", measure),
        ("/petitioners/{id}", id(petitioner)),
        ("/petitioners/{id}/edit", id(petitioner)),
        ("/petitioners/{id}/merge", id(petitioner)),
        ("/clocks/{id}", id("SELECT clock_id AS id FROM clock_events WHERE kind = 'paused' LIMIT 1")),
        ("/clocks/{id}/pause", id(reply_clock)),
        ("/clocks/{id}/resume", id("SELECT clock_id AS id FROM clock_events WHERE kind = 'paused' LIMIT 1")),
        ("/clocks/{id}/extend", id(reply_clock)),
        ("/clocks/{id}/ask", id(reply_clock)),
        ("/extensions/{id}", id("SELECT id FROM extension_requests WHERE state = 'asked' LIMIT 1")),
        (
            "/matters/{id}/clocks",
            id("SELECT matter_id AS id FROM clock_events WHERE kind = 'extended' LIMIT 1"),
        ),
        ("/matters/{id}/received", id(open)),
        ("/settings/staff/{id}", id(staff)),
        ("/settings/roles/{id}", id(staff)),
        ("/settings/divisions/{id}", id("SELECT id FROM divisions LIMIT 1")),
        ("/settings/calendar/days/{date}", "2026-11-23".to_owned()),
        ("/settings/calendar/years/{year}", "2026".to_owned()),
        ("/settings/rules/of/{code}", "reply".to_owned()),
        ("/settings/rules/of/{code}/edit", "reply".to_owned()),
        ("/help/{key}", "intake".to_owned()),
        ("/supervision/{id}", supervision.clone()),
        ("/supervision/{id}/letter", supervision),
        ("/supervision/of/{matter}", id(demandable)),
        ("/instructions/{id}", id("SELECT id FROM instructions WHERE state = 'asked' LIMIT 1")),
        ("/instructions/{id}/sheet", id("SELECT id FROM instructions WHERE state = 'done' LIMIT 1")),
        ("/instructions/ask/{matter}", id(demandable)),
        ("/instructions/give/{matter}", id(demandable)),
        ("/matters/{id}/enforcement", id(tasked)),
        ("/matters/{id}/enforcement/task-sheet", id(tasked)),
        ("/matters/{id}/enforcement/due", id(tasked)),
        ("/matters/{id}/enforcement/payment", id(tasked)),
        ("/matters/{id}/enforcement/report", id(tasked)),
        ("/matters/{id}/enforcement/party", id(tasked)),
        ("/enforcement/sheets/{id}/paper", id("SELECT id FROM task_sheets ORDER BY id DESC LIMIT 1")),
        ("/enforcement/sheets/{id}/measure", id("SELECT id FROM task_sheets ORDER BY id DESC LIMIT 1")),
        (
            "/enforcement/measures/{id}/result",
            id("SELECT id FROM enforcement_measures WHERE done_on IS NULL LIMIT 1"),
        ),
        (
            "/enforcement/measures/{id}/owner",
            id("SELECT id FROM enforcement_measures WHERE done_on IS NULL LIMIT 1"),
        ),
        ("/enforcement/postings/{id}/correct", id("SELECT id FROM enforcement_postings LIMIT 1")),
        ("/enforcement/talks/{id}/correct", id("SELECT id FROM enforcement_talks LIMIT 1")),
        ("/campaigns/{id}", campaign.clone()),
        ("/campaigns/{id}/edit", campaign.clone()),
        ("/campaigns/{id}/close", campaign.clone()),
        (
            "/campaigns/{id}/take-out/{matter}",
            format!(
                "{campaign}/take-out/{}",
                id(
                    "SELECT matter_id AS id FROM campaign_matters WHERE taken_out_at IS NULL ORDER BY id DESC LIMIT 1"
                )
            ),
        ),
        ("/accountability/{id}", id("SELECT id FROM accountability_reviews WHERE state = 'open' LIMIT 1")),
        ("/accountability/of/{matter}", id("SELECT id FROM matters WHERE stage = 'closed' LIMIT 1")),
    ];
    pairs.into_iter().map(|(pattern, value)| (pattern.to_owned(), value)).collect()
}

/// Downloads, and pages of things that the demo court need not have: no page to look at here.
fn is_no_page(pattern: &str) -> bool {
    pattern.starts_with("/static/")
        || pattern.starts_with("/attachments/")
        || pattern.ends_with(".xlsx")
        || pattern.ends_with("/export")
        || pattern.ends_with("/template")
        || pattern == "/intake/drafts/{id}"
}

/// The addresses of all pages with who may see them.
fn addresses(court: &Court) -> Vec<(String, Access)> {
    let samples = db_samples(court);
    server::table()
        .into_iter()
        .filter(|entry| entry.method == Method::GET && !is_no_page(&entry.pattern))
        .map(|entry| {
            let pattern = entry.pattern;
            let Some(open) = pattern.find('{') else { return (pattern, entry.access) };
            let close = pattern.rfind('}').unwrap();
            let sample = samples.get(&pattern);
            let sample = sample.unwrap_or_else(|| panic!("say in db_samples what {pattern} is tried with"));
            (format!("{}{sample}{}", &pattern[..open], &pattern[close + 1..]), entry.access)
        })
        .collect()
}

/// What axe-core finds on the page shown now, a line each.
async fn violations(court: &Court, axe: &str) -> Vec<String> {
    court.driver.execute(axe, vec![]).await.unwrap();
    let run = "const done = arguments[arguments.length - 1]; \
               axe.run(document, { resultTypes: ['violations'] }).then(r => done(r.violations.map(v => \
               v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(' | '))))";
    let found = court.driver.execute_async(run, vec![]).await.unwrap();
    serde_json::from_value(found.json().clone()).unwrap()
}

const SIDEWAYS: &str =
    "return document.documentElement.scrollWidth > document.documentElement.clientWidth + 1";

async fn look(court: &Court, path: &str, axe: &str, faults: &mut Vec<String>) {
    for (width, height) in [(1366, 768), (390, 844)] {
        court.width(width, height).await;
        court.goto(path).await;
        let found = violations(court, axe).await;
        faults.extend(found.into_iter().map(|fault| format!("{path} at {width}: {fault}")));
        let sideways = court.driver.execute(SIDEWAYS, vec![]).await.unwrap();
        if sideways.json().as_bool() == Some(true) {
            faults.push(format!("{path} at {width}: scrolls sideways"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_and_nothing_scrolls_sideways_on_any_page_of_any_role() {
    let Some(axe) = gate::need("TINGSONG_TEST_AXE") else { return };
    let Some(court) = Court::open().await else { return };
    let axe = std::fs::read_to_string(axe).unwrap();
    let addresses = addresses(&court);
    let mut faults = Vec::new();
    court.goto("/sign-in").await;
    look(&court, "/sign-in", &axe, &mut faults).await;
    for role in Role::ALL {
        court.sign_in(role.code()).await;
        let may = |access: Access| match access {
            Access::Public => false,
            Access::SignedIn => true,
            Access::May(permission) => role.permissions().contains(&permission),
            Access::Any(permissions) => permissions.iter().any(|p| role.permissions().contains(p)),
        };
        for (path, _) in addresses.iter().filter(|(_, access)| may(*access)) {
            look(&court, path, &axe, &mut faults).await;
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    court.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_help_link_opens_a_section_of_the_manual() {
    let Some(court) = Court::open().await else { return };
    let addresses = addresses(&court);
    for role in ["filing_clerk", "petition_officer", "sysadmin", "security_admin", "auditor"] {
        court.sign_in(role).await;
        let role = Role::from_code(role).unwrap();
        for (path, access) in &addresses {
            let Access::May(permission) = access else { continue };
            if !role.permissions().contains(permission) {
                continue;
            }
            court.goto(path).await;
            let link = "const a = document.querySelector('a.help'); return a && a.getAttribute('href')";
            let link = court.driver.execute(link, vec![]).await.unwrap();
            if let Some(link) = link.json().as_str() {
                let link = link.trim_start_matches("/help/");
                assert!(tingsong::help::has(link), "{path} points to /help/{link}, which is not there");
            }
        }
    }
    court.close().await;
}

//! A sweep from the list of cases to tier one, by the head of a division, mostly by keyboard.

use crate::support::Court;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use thirtyfour::prelude::*;
use tingsong::sheets::{Cell, Column, Kind, Stamp, Table};
use tingsong::time::Moment;

const PASSWORD: &str = "Tingsong-2026";
/// The head of 行政审判庭, and the petition officer.
const HEAD: &str = "qinlan";
const OFFICER: &str = "tianyuan";

fn db_number(court: &Court, sql: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Number {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    let path = court.data.join("tingsong.db");
    let mut conn = SqliteConnection::establish(&path.display().to_string()).unwrap();
    diesel::sql_query("PRAGMA busy_timeout = 5000").execute(&mut conn).unwrap();
    diesel::sql_query(sql).get_result::<Number>(&mut conn).unwrap().n
}

fn list(court: &Court) -> String {
    let columns = ["案号", "案由", "当事人"].map(|title| Column { title, width: 20.0, kind: Kind::Text });
    let at = Moment::from_court("2026-11-23T09:00:00".parse().unwrap());
    let mut table = Table::start("收案", &Stamp { by: "秦岚".to_owned(), at }, &columns).unwrap();
    for n in 901..=903 {
        let number = format!("（2026）豫0404行初{n}号");
        table.row(&[Cell::text(number), Cell::text("行政协议"), Cell::text("郭建设、区住建局")]).unwrap();
    }
    table.row(&[Cell::text("2026行初904"), Cell::text("行政协议"), Cell::text("")]).unwrap();
    let path = court.data.join("收案清单.xlsx");
    std::fs::write(&path, table.finish().unwrap()).unwrap();
    path.display().to_string()
}

async fn says(court: &Court, words: &str) {
    court.until(words, &format!("document.body.innerText.includes('{words}')")).await;
}

async fn brings_the_list(court: &Court, sheet: i64) {
    court.goto(&format!("/sweeps/{sheet}/import")).await;
    court.find("input[type=file]").await.send_keys(list(court)).await.unwrap();
    court.find("main form button.primary").await.click().await.unwrap();
    court.until_at("/sweeps/imports/").await;
    says(court, "新登记 3 件").await;
    says(court, "案号有误").await;
}

/// The first case gets 1, the second 2, which the third takes back, the last 3 with a line of text.
async fn answers_by_keyboard(court: &Court, sheet: i64) {
    court.goto(&format!("/sweeps/{sheet}/triage")).await;
    let left = db_number(
        court,
        &format!("SELECT COUNT(*) AS n FROM sweep_rows WHERE sweep_id = {sheet} AND answer IS NULL"),
    );
    for _ in 0..left - 3 {
        let before = court.find("#case").await.text().await.unwrap();
        court.keys("1").await;
        court.until("the next case", &format!("document.querySelector('#case') && document.querySelector('#case').innerText !== '{before}'")).await;
    }
    says(court, "行初901号").await;
    court.keys("1").await;
    court.until("the second", "document.querySelector('#case').innerText.includes('902')").await;
    court.keys("2").await;
    court.until("the third", "document.querySelector('#case').innerText.includes('903')").await;
    court.keys("u").await;
    court.until("the second again", "document.querySelector('#case').innerText.includes('902')").await;
    says(court, "现在的结论是“下月再看”").await;
    court.keys("1").await;
    court.until("the third again", "document.querySelector('#case').innerText.includes('903')").await;
    court.keys("3").await;
    court.until("the line of text", "document.activeElement.name === 'note'").await;
    court.keys("协议解除后补偿款没有着落").await;
    court.keys(Key::Enter + "").await;
    says(court, "这张表上的案件都有了结论").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_cases_is_swept_by_keyboard_and_one_goes_to_tier_one() {
    let Some(court) = Court::open().await else { return };
    court.sign_in_as(HEAD, PASSWORD).await;
    court.goto("/sweeps").await;
    let sheet = db_number(
        &court,
        "SELECT s.id AS n FROM sweeps s JOIN divisions d ON d.id = s.division_id \
         WHERE d.name = '行政审判庭' AND s.from_on = '2026-11-01'",
    );
    brings_the_list(&court, sheet).await;
    answers_by_keyboard(&court, sheet).await;
    let carried =
        "SELECT COUNT(*) AS n FROM sweep_rows WHERE case_number LIKE '%行初902号' AND kind = 'again'";
    assert_eq!(db_number(&court, carried), 0, "taken back");
    court.sign_in_as(OFFICER, PASSWORD).await;
    court.goto("/tiers?tier=1").await;
    says(&court, "协议解除后补偿款没有着落").await;
    court.command(&["check", "--at", crate::support::START]);
    court.close().await;
}

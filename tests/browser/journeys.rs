//! What the people of the court do all day.

use crate::support::Court;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use thirtyfour::TypingData;
use thirtyfour::prelude::*;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// A figure straight from the court's database.
fn db_number(court: &Court, sql: &str) -> i64 {
    let mut conn =
        SqliteConnection::establish(&court.data.join("tingsong.db").display().to_string()).unwrap();
    diesel::sql_query("PRAGMA busy_timeout = 5000").execute(&mut conn).unwrap();
    diesel::sql_query(sql).get_result::<Number>(&mut conn).unwrap().n
}

fn db_execute(court: &Court, sql: &str) {
    let mut conn =
        SqliteConnection::establish(&court.data.join("tingsong.db").display().to_string()).unwrap();
    diesel::sql_query("PRAGMA busy_timeout = 5000").execute(&mut conn).unwrap();
    diesel::sql_query(sql).execute(&mut conn).unwrap();
}

fn matters(court: &Court) -> i64 {
    db_number(court, "SELECT COUNT(*) AS n FROM matters")
}

/// Submits the form from any field.
fn ctrl_enter() -> TypingData {
    Key::Control + Key::Enter
}

/// Types text, and counts what was pressed beside it.
struct Keyboard<'a> {
    court: &'a Court,
    pressed: usize,
}

impl Keyboard<'_> {
    async fn text(&mut self, text: &str) {
        self.court.keys(text).await;
    }

    async fn press(&mut self, key: Key) {
        self.court.keys(key + "").await;
        self.pressed += 1;
    }

    /// Presses Tab until the field of this name has the focus.
    async fn tab_to(&mut self, name: &str) {
        for _ in 0..25 {
            let focused = self.court.driver.active_element().await.unwrap();
            if focused.attr("name").await.unwrap().as_deref() == Some(name) {
                return;
            }
            self.press(Key::Tab).await;
        }
        panic!("Tab never reaches {name}");
    }

    async fn submit(&mut self) {
        self.court.keys(ctrl_enter()).await;
        self.pressed += 2;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_for_the_first_time_changes_the_password() {
    let Some(court) = Court::open().await else { return };
    let added = court.command(&[
        "staff",
        "add",
        "--name",
        "新来的小吴",
        "--user",
        "xinwu",
        "--role",
        "filing_clerk",
        "--division",
        "立案庭",
        "--json",
    ]);
    let added: serde_json::Value = serde_json::from_str(&added).unwrap();
    let once = added["password"].as_str().unwrap();
    court.sign_in_as("xinwu", once).await;
    assert_eq!(court.path().await, "/password");
    court.goto("/intake").await;
    assert_eq!(court.path().await, "/password", "nothing else before the password is changed");
    for (field, value) in [("old", once), ("new", "Xin-mima-2026"), ("repeated", "Xin-mima-2026")] {
        court.find(&format!("[name={field}]")).await.send_keys(value).await.unwrap();
    }
    court.keys(Key::Enter + "").await;
    court.until("the change", "location.pathname !== '/password'").await;
    court.goto("/intake").await;
    assert_eq!(court.path().await, "/intake");
    court.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_visitor_is_registered_by_keyboard_alone() {
    let Some(court) = Court::open().await else { return };
    court.sign_in("filing_clerk").await;
    let before = matters(&court);
    let mut keyboard = Keyboard { court: &court, pressed: 0 };
    keyboard.text("n").await;
    keyboard.pressed += 1;
    court.until_at("/intake").await;
    keyboard.text("尉迟敬明").await;
    keyboard.press(Key::Enter).await;
    court.until_at("/intake/find").await;
    keyboard.press(Key::Enter).await;
    court.until_at("/intake/new").await;
    keyboard.tab_to("phone").await;
    keyboard.text("13800137777").await;
    keyboard.tab_to("category").await;
    keyboard.press(Key::Down).await;
    keyboard.tab_to("claim").await;
    keyboard.text("请求尽快立案").await;
    keyboard.tab_to("summary").await;
    keyboard.text("交了起诉状两个月，没有收到立案通知。").await;
    keyboard.submit().await;
    court.until_at("/intake/receipt/").await;
    assert!(keyboard.pressed <= 60, "{} key presses beside the text", keyboard.pressed);
    assert_eq!(matters(&court), before + 1);
    let text = court.text().await;
    assert!(text.contains("尉迟敬明") && text.contains("查询码"), "{text}");
    // Found again by name, by initials, by a word of the summary.
    for typed in ["尉迟敬明", "ycjm", "起诉状两个月"] {
        court.goto("/search").await;
        let field = court.find("main [name=q]").await;
        field.clear().await.unwrap();
        field.send_keys(typed).await.unwrap();
        field.send_keys(Key::Enter + "").await.unwrap();
        court
            .until(
                typed,
                "document.body.innerText.includes('尉迟敬明') && document.querySelector('main table')",
            )
            .await;
    }
    court.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_returning_visitor_takes_three_fields_at_most() {
    let Some(court) = Court::open().await else { return };
    court.sign_in("filing_clerk").await;
    let name: String = {
        let mut conn =
            SqliteConnection::establish(&court.data.join("tingsong.db").display().to_string()).unwrap();
        use tingsong::schema::{matter_petitioners, matters, petitioners};
        petitioners::table
            .inner_join(matter_petitioners::table.on(matter_petitioners::petitioner_id.eq(petitioners::id)))
            .inner_join(matters::table.on(matters::id.eq(matter_petitioners::matter_id)))
            .filter(petitioners::kind.eq("person").and(petitioners::confidential.eq(false)))
            .filter(matters::stage.eq("handling").and(matters::conduct.eq(false)))
            .select(petitioners::name)
            .first(&mut conn)
            .unwrap()
    };
    let before = db_number(&court, "SELECT COUNT(*) AS n FROM contacts");
    court.goto("/intake").await;
    court.keys(name).await;
    court.keys(Key::Enter + "").await;
    court.until_at("/intake/find").await;
    // The focus is on the first matter's "再次来访".
    court.keys(Key::Enter + "").await;
    court.until_at("/intake/further/").await;
    court.keys("来问办理进展，已当面告知。").await;
    court.keys(ctrl_enter()).await;
    court.until_at("/intake/receipt/").await;
    assert_eq!(db_number(&court, "SELECT COUNT(*) AS n FROM contacts"), before + 1);
    assert!(court.text().await.contains("第"), "the receipt says which time it is");
    court.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_of_twelve_has_its_representatives() {
    let Some(court) = Court::open().await else { return };
    court.sign_in("filing_clerk").await;
    court.goto("/intake/new").await;
    court.find("#f-name-0").await.send_keys("龙门一号").await.unwrap();
    select(&court, "#f-part-0", "representative").await;
    court.driver.execute("document.querySelector('[data-repeat-add]').click()", vec![]).await.unwrap();
    court.find("#f-name-1").await.send_keys("龙门二号").await.unwrap();
    select(&court, "#f-part-1", "representative").await;
    court.find("[name=people_count]").await.send_keys("12").await.unwrap();
    choose_category(&court).await;
    court.find("[name=claim]").await.send_keys("请求发放拖欠的工资").await.unwrap();
    court.keys(ctrl_enter()).await;
    court.until_at("/intake/receipt/").await;
    let people = "SELECT people_count AS n FROM matters ORDER BY id DESC LIMIT 1";
    assert_eq!(db_number(&court, people), 12);
    let representatives = "SELECT COUNT(*) AS n FROM matter_petitioners WHERE part = 'representative' AND \
                           matter_id = (SELECT MAX(id) FROM matters)";
    assert_eq!(db_number(&court, representatives), 2);
    assert!(court.text().await.contains("等12人"));
    court.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_lapses_in_mid_form_loses_nothing() {
    let Some(court) = Court::open().await else { return };
    court.sign_in("filing_clerk").await;
    let before = matters(&court);
    court.goto("/intake/new").await;
    court.find("#f-name-0").await.send_keys("中途过期的人").await.unwrap();
    choose_category(&court).await;
    court.find("[name=claim]").await.send_keys("请求说明执行进展").await.unwrap();
    db_execute(&court, "UPDATE sessions SET last_seen_at = '2020-01-01 00:00:00'");
    // The server trusts its own memory of a session for some seconds.
    court
        .until(
            "the lapse",
            "(() => { const ask = new XMLHttpRequest(); ask.open('GET', '/account', false); \
                 ask.send(); return ask.responseURL.includes('/sign-in'); })()",
        )
        .await;
    court.find("[name=claim]").await.send_keys(ctrl_enter()).await.unwrap();
    court.until_at("/sign-in").await;
    assert_eq!(matters(&court), before);
    let clerk = court.logins().into_iter().find(|login| login["role"] == "filing_clerk").unwrap();
    court.find("[name=user_name]").await.send_keys(clerk["user"].as_str().unwrap()).await.unwrap();
    court.find("[name=password]").await.send_keys(clerk["password"].as_str().unwrap()).await.unwrap();
    court.keys(Key::Enter + "").await;
    court.until_at("/intake/drafts/").await;
    let name = court.find("#f-name-0").await.prop("value").await.unwrap().unwrap();
    assert_eq!(name, "中途过期的人");
    court.find("[name=claim]").await.send_keys(ctrl_enter()).await.unwrap();
    court.until_at("/intake/receipt/").await;
    assert_eq!(matters(&court), before + 1);
    court.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_registers_once_and_the_receipt_prints() {
    let Some(court) = Court::open().await else { return };
    court.sign_in("filing_clerk").await;
    let before = matters(&court);
    court.goto("/intake/new").await;
    court.find("#f-name-0").await.send_keys("连点两下的人").await.unwrap();
    choose_category(&court).await;
    court.find("[name=claim]").await.send_keys("请求退还诉讼费").await.unwrap();
    let button = court.find(".sticky-actions button.primary").await;
    court.driver.action_chain().double_click_element(&button).perform().await.unwrap();
    court.until_at("/intake/receipt/").await;
    assert_eq!(matters(&court), before + 1);
    let receipt = court.path().await;
    for paper in ["", "?paper=slip"] {
        court.goto(&format!("{receipt}{paper}")).await;
        let text = court.text().await;
        for word in ["登记回执", "号", "查询码", "个人信息"] {
            assert!(text.contains(word), "{word} is missing of {paper}: {text}");
        }
        let printed = court
            .driver
            .cdp()
            .send_raw("Page.printToPDF", serde_json::json!({ "preferCSSPageSize": true }))
            .await
            .unwrap();
        assert!(printed["data"].as_str().unwrap().len() > 5_000, "an empty print of {paper}");
        let hidden = "getComputedStyle(document.querySelector('.paper-bar')).display";
        assert_ne!(court.driver.execute(format!("return {hidden}"), vec![]).await.unwrap().json(), "none");
    }
    court.close().await;
}

async fn select(court: &Court, css: &str, value: &str) {
    // What is folded away is opened first, as a person does.
    let unfold = format!("document.querySelector(\"{css}\").closest('details')?.setAttribute('open', '')");
    court.driver.execute(unfold, vec![]).await.unwrap();
    let to_view = format!("document.querySelector(\"{css}\").scrollIntoView({{ block: 'center' }})");
    court.driver.execute(to_view, vec![]).await.unwrap();
    court.find(&format!("{css} option[value='{value}']")).await.click().await.unwrap();
}

async fn choose_category(court: &Court) {
    court.find("[name=category] option:not([value=''])").await.click().await.unwrap();
}

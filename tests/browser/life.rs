//! The life of a matter, as the people of the court lead it from page to page.

use crate::support::{Court, START};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use thirtyfour::prelude::*;

const PASSWORD: &str = "Tingsong-2026";
const CLERK: &str = "dingjing";
const OFFICER: &str = "tianyuan";
/// The head of 执行局, and two of its judges.
const HEAD: &str = "renqiang";
const JUDGE: &str = "dupeng";

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

fn db(court: &Court) -> SqliteConnection {
    let path = court.data.join("tingsong.db");
    let mut conn = SqliteConnection::establish(&path.display().to_string()).unwrap();
    diesel::sql_query("PRAGMA busy_timeout = 5000").execute(&mut conn).unwrap();
    conn
}

fn db_number(court: &Court, sql: &str) -> i64 {
    diesel::sql_query(sql).get_result::<Number>(&mut db(court)).unwrap().n
}

fn db_word(court: &Court, sql: &str) -> String {
    diesel::sql_query(sql).get_result::<Word>(&mut db(court)).unwrap().word
}

fn stage(court: &Court, matter: i64) -> String {
    db_word(court, &format!("SELECT stage AS word FROM matters WHERE id = {matter}"))
}

fn accountable(court: &Court, matter: i64) -> String {
    db_word(
        court,
        &format!(
            "SELECT a.user_name AS word FROM matters m JOIN accounts a ON a.staff_id = m.accountable_id \
             WHERE m.id = {matter}"
        ),
    )
}

/// What a person does on a page.
impl Court {
    async fn as_user(&self, user: &str) {
        self.sign_in_as(user, PASSWORD).await;
    }

    async fn xpath(&self, path: &str) -> WebElement {
        match self.driver.find(By::XPath(path)).await {
            Ok(found) => found,
            Err(error) => panic!("no {path} on {}: {error}\n{}", self.path().await, self.text().await),
        }
    }

    async fn click(&self, element: &WebElement) {
        let to_view = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.driver.execute(to_view, vec![element.to_json().unwrap()]).await.unwrap();
        element.click().await.unwrap();
    }

    /// Follows the link with these words, and waits for its page.
    async fn follow(&self, words: &str) {
        let link = self.xpath(&format!("//main//a[normalize-space()='{words}']")).await;
        let before = self.path().await;
        self.click(&link).await;
        let left = format!("location.pathname !== '{before}' && document.readyState === 'complete'");
        self.until(words, &left).await;
    }

    /// Presses the button whose words begin so.
    async fn press(&self, words: &str) {
        let button = self.xpath(&format!("//main//button[starts-with(normalize-space(), '{words}')]")).await;
        self.click(&button).await;
    }

    async fn fill(&self, name: &str, words: &str) {
        let field = self.find(&format!("main [name='{name}']")).await;
        field.clear().await.unwrap();
        field.send_keys(words).await.unwrap();
    }

    /// Chooses from a list what says these words.
    async fn choose(&self, name: &str, words: &str) {
        let option = format!("//main//select[@name='{name}']//option[contains(., '{words}')]");
        self.xpath(&option).await.click().await.unwrap();
    }

    async fn tick(&self, name: &str, value: &str) {
        let box_ = self.find(&format!("main input[name='{name}'][value='{value}']")).await;
        self.click(&box_).await;
    }

    /// Back on the matter's page, which says this.
    async fn told(&self, matter: i64, words: &str) {
        self.until_at(&format!("/matters/{matter}")).await;
        self.until(words, &format!("document.body.innerText.includes('{words}')")).await;
    }

    /// A matter that the clerk has registered and accepted.
    async fn accepted(&self, name: &str) -> i64 {
        self.as_user(CLERK).await;
        self.goto("/intake/new").await;
        self.find("#f-name-0").await.send_keys(name).await.unwrap();
        self.choose("category", "执行").await;
        self.fill("claim", "请求尽快执行到位").await;
        let unfold = "document.querySelector('[name=screening]').closest('details').open = true";
        self.driver.execute(unfold, vec![]).await.unwrap();
        self.choose("screening", "作为信访事项受理").await;
        self.find("[name=claim]").await.send_keys(Key::Control + Key::Enter).await.unwrap();
        self.until_at("/intake/receipt/").await;
        db_number(self, "SELECT MAX(id) AS n FROM matters")
    }

    /// Sends a matter to the head of a division.
    async fn refer(&self, matter: i64, division: &str) {
        self.goto(&format!("/matters/{matter}")).await;
        self.follow("转办").await;
        self.choose("to", &format!("{division}（负责人接办）")).await;
        self.fill("note", "请尽快约谈信访人。").await;
        self.press("转办").await;
        self.told(matter, "已经转办").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_matter_goes_from_the_counter_to_the_satisfied_petitioner() {
    let Some(court) = Court::open().await else { return };
    let matter = court.accepted("柴文静").await;
    court.as_user(OFFICER).await;
    court.refer(matter, "执行局").await;
    assert_eq!(accountable(&court, matter), CLERK, "until somebody has taken it over");
    taken_over(&court, matter).await;
    answered(&court, matter).await;
    served_and_closed(&court, matter).await;
    court.as_user(OFFICER).await;
    court.goto(&format!("/matters/{matter}")).await;
    court.follow("询问满意度").await;
    court.tick("score", "satisfied").await;
    court.tick("manner", "phone").await;
    court.press("记录").await;
    court.until("asking", "!location.pathname.endsWith('/ask-satisfaction')").await;
    let asked =
        format!("SELECT COUNT(*) AS n FROM askings WHERE matter_id = {matter} AND score = 'satisfied'");
    assert_eq!(db_number(&court, &asked), 1);
    court.command(&["check", "--at", START]);
    court.close().await;
}

/// The head of the division takes it over, and gives it to a judge, who does.
async fn taken_over(court: &Court, matter: i64) {
    court.as_user(HEAD).await;
    let today = court.text().await;
    let number = db_word(court, &format!("SELECT number AS word FROM matters WHERE id = {matter}"));
    assert!(today.contains(&number), "it waits on the head's page of the day:\n{today}");
    court.goto(&format!("/matters/{matter}")).await;
    court.follow("接办").await;
    court.choose("pass_to", "杜鹏").await;
    court.press("接办").await;
    court.told(matter, "已经接办").await;
    assert_eq!(accountable(court, matter), HEAD);
    court.as_user(JUDGE).await;
    court.goto(&format!("/matters/{matter}")).await;
    court.follow("接办").await;
    court.press("接办").await;
    court.told(matter, "已经接办").await;
    assert_eq!(accountable(court, matter), JUDGE);
}

/// The judge talks with the petitioner and writes the reply; the head approves it.
async fn answered(court: &Court, matter: i64) {
    court.follow("记录经过").await;
    court.tick("kind", "talk").await;
    court.fill("text", "约谈信访人，说明已经查封被执行人车辆，下月拍卖。").await;
    court.press("记录").await;
    court.told(matter, "约谈信访人，说明已经查封").await;
    court.follow("起草答复").await;
    court.fill("claim", "请求尽快执行到位").await;
    court.fill("facts", "本院已经查封被执行人名下车辆，评估完毕，定于下月拍卖。").await;
    court.fill("basis", "《中华人民共和国民事诉讼法》关于查封、拍卖的规定。").await;
    court.choose("outcome", "支持").await;
    court.fill("opinion", "拍卖所得在到账后三日内发还给您。").await;
    court.press("送审").await;
    court.until("submitting", "!location.pathname.endsWith('/draft-reply')").await;
    court.as_user(HEAD).await;
    court.goto(&format!("/matters/{matter}")).await;
    court.follow("审批答复").await;
    court.tick("decision", "approve").await;
    court.press("确定").await;
    court.until("approving", "!location.pathname.endsWith('/approve-reply')").await;
}

/// The petitioner has the reply in hand, and only then is it closed.
async fn served_and_closed(court: &Court, matter: i64) {
    court.as_user(JUDGE).await;
    court.goto(&format!("/matters/{matter}")).await;
    let acts = court.find("nav.acts").await.text().await.unwrap();
    assert!(!acts.contains("办结"), "nothing is closed before the petitioner has the reply: {acts}");
    court.follow("送达答复").await;
    court.choose("manner", "直接送达").await;
    court.fill("recipient", "柴文静").await;
    court.fill("proof", "送达回证，本人签名").await;
    court.press("记录送达").await;
    court.until("serving", "!location.pathname.endsWith('/serve-reply')").await;
    assert_eq!(stage(court, matter), "replied");
    court.goto(&format!("/matters/{matter}")).await;
    court.follow("办结").await;
    court.tick("reason", "settled").await;
    court.press("办结").await;
    court.until("closing", "!location.pathname.endsWith('/close')").await;
    assert_eq!(stage(court, matter), "closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_referral_comes_back_with_its_reason() {
    let Some(court) = Court::open().await else { return };
    let matter = court.accepted("班彩霞").await;
    court.as_user(OFFICER).await;
    court.refer(matter, "行政审判庭").await;
    court.as_user("qinlan").await;
    court.goto(&format!("/matters/{matter}")).await;
    court.follow("退回").await;
    court.press("退回").await;
    court.until("the complaint", "document.querySelector('main .complaint, main [aria-invalid=true]')").await;
    court.fill("reason", "是执行案件，不属于行政审判庭，请转执行局。").await;
    court.press("退回").await;
    court.until("sending back", "!location.pathname.endsWith('/send-back')").await;
    assert_eq!(accountable(&court, matter), CLERK);
    court.as_user(OFFICER).await;
    court.goto(&format!("/matters/{matter}")).await;
    let page = court.text().await;
    assert!(page.contains("不属于行政审判庭"), "{page}");
    court.refer(matter, "执行局").await;
    let referrals = format!("SELECT COUNT(*) AS n FROM referrals WHERE matter_id = {matter}");
    assert_eq!(db_number(&court, &referrals), 2);
    court.close().await;
}

/// Somebody else at their own desk, without a browser.
struct Colleague {
    http: reqwest::Client,
    base: String,
}

impl Colleague {
    async fn of(court: &Court, user: &str) -> Self {
        let http = reqwest::Client::builder().cookie_store(true).build().unwrap();
        let colleague = Colleague { http, base: court.base.clone() };
        let fields = [("user_name", user.to_owned()), ("password", PASSWORD.to_owned())];
        colleague.send("/sign-in", &fields).await;
        colleague
    }

    /// Fills in the form at this address as it stands now, and sends it.
    async fn send(&self, path: &str, fields: &[(&str, String)]) {
        let url = format!("{}{path}", self.base);
        let page = self.http.get(&url).send().await.unwrap().text().await.unwrap();
        let mut all: Vec<(&str, String)> = fields.to_vec();
        for name in ["csrf", "version"] {
            let hidden = format!("name=\"{name}\" value=\"");
            all.extend(
                page.split(&hidden).nth(1).and_then(|rest| Some((name, rest.split('"').next()?.to_owned()))),
            );
        }
        let answer = self.http.post(&url).form(&all).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_of_two_editors_sees_both_versions() {
    let Some(court) = Court::open().await else { return };
    let matter = court.accepted("车晓东").await;
    court.as_user(OFFICER).await;
    court.goto(&format!("/matters/{matter}/refer")).await;
    court.choose("to", "执行局（负责人接办）").await;
    court.fill("note", "田园写的要求，不能丢。").await;
    // Meanwhile the vice president sends it elsewhere, and takes it back.
    let elsewhere = db_number(&court, "SELECT id AS n FROM divisions WHERE name = '行政审判庭'");
    let leader = Colleague::of(&court, "linsuqin").await;
    let fields = [("to", format!("d{elsewhere}")), ("note", "先由行政审判庭看一看。".to_owned())];
    leader.send(&format!("/matters/{matter}/refer"), &fields).await;
    let reason = [("reason", "转错了，由专干重新转办。".to_owned())];
    leader.send(&format!("/matters/{matter}/withdraw-referral"), &reason).await;
    court.press("转办").await;
    court.until("the conflict", "document.body.innerText.includes('田园写的要求，不能丢。')").await;
    let page = court.text().await;
    assert!(page.contains("转错了，由专干重新转办"), "{page}");
    let sent = format!("SELECT COUNT(*) AS n FROM referrals WHERE matter_id = {matter}");
    assert_eq!(db_number(&court, &sent), 1, "what the other did stands");
    court.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_hands_everything_over_first() {
    let Some(court) = Court::open().await else { return };
    let held = "SELECT COUNT(*) AS n FROM matters m JOIN accounts a ON a.staff_id = m.accountable_id \
                WHERE a.user_name = 'dupeng' AND m.stage <> 'closed'";
    assert!(db_number(&court, held) > 0, "the demo court gives him something to hand over");
    let leaver = db_number(&court, "SELECT staff_id AS n FROM accounts WHERE user_name = 'dupeng'");
    court.as_user("shaoming").await;
    court.goto(&format!("/settings/staff/{leaver}")).await;
    let page = court.text().await;
    assert!(page.contains("手上还有信访，不能停用"), "{page}");

    court.as_user(OFFICER).await;
    court.goto("/handover").await;
    court.goto(&format!("/handover/of/{leaver}")).await;
    let first = court.xpath("//main//select[@name='first']/option[contains(., '高翔')]").await;
    let value = first.attr("value").await.unwrap().unwrap();
    let second = court.xpath("//main//select[@name='second']/option[contains(., '任强')]").await;
    let other = second.attr("value").await.unwrap().unwrap();
    court.goto(&format!("/handover/of/{leaver}?first={value}&second={other}")).await;
    assert!(db_number(&court, held) > 0, "trying it changes nothing");
    court.fill("reason", "调往市中级人民法院").await;
    court.press("确认移交").await;
    court.until_at("/handover/lists/").await;
    let list = court.text().await;
    assert!(list.contains("杜鹏") && list.contains("高翔"), "{list}");
    assert_eq!(db_number(&court, held), 0);

    court.as_user("shaoming").await;
    court.goto(&format!("/settings/staff/{leaver}")).await;
    court.press("停用").await;
    court
        .until(
            "the leaving",
            "document.body.innerText.includes('恢复') || document.querySelector('dialog[open]')",
        )
        .await;
    let active =
        "SELECT active AS n FROM staff s JOIN accounts a ON a.staff_id = s.id WHERE a.user_name = 'dupeng'";
    assert_eq!(db_number(&court, active), 0);
    court.command(&["check", "--at", START]);
    court.close().await;
}

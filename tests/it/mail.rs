//! The office's page about mail: what each person sees of it, and what they may do.

use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::audit;
use tingsong::mail::transport::Transport;
use tingsong::mail::{
    self, Content, MailId, MailKind, MailState, NewMail, Security, Sender, Settings, TransportKind,
};
use tingsong::people::Role;
use tingsong::schema;
use tingsong::time::Moment;

on_both_databases! {
    the_officer_sees_subjects_and_the_sysadmin_only_addresses_and_states,
    another_courts_mails_are_not_shown_nor_sent_again,
    a_test_mail_is_queued_sent_and_kept_in_the_trail,
    a_wrong_address_comes_back_with_what_was_typed,
    a_mail_that_was_given_up_is_sent_again_once,
    the_list_is_paged_newest_first_and_narrowed_by_state,
    whoever_has_left_gets_no_more_mail,
    a_mail_and_its_fact_are_kept_or_lost_together,
    two_senders_never_hold_the_same_mail,
    while_mail_does_not_go_out_every_page_of_the_office_says_so,
}

fn new_mail(court_id: Option<i64>, to: &str, subject: &str) -> NewMail {
    NewMail {
        court_id,
        kind: MailKind::Notice,
        recipient_id: None,
        recipient: to.to_owned(),
        content: Content {
            subject: subject.to_owned(),
            text: "信里的话".to_owned(),
            html: "<p>信里的话</p>".to_owned(),
        },
        dedupe_key: None,
        urgent: false,
        not_before: None,
        matter_id: None,
    }
}

fn queue(app: &TestApp, new: NewMail) -> MailId {
    let now = app.app.moment();
    app.write(move |conn| mail::queue(conn, now, new)).unwrap().unwrap()
}

/// A sender that writes files into the test's data folder.
fn sender(app: &TestApp) -> Sender {
    let settings = Settings::default();
    let transport = Transport::open(&settings, app.database.dir.path()).unwrap();
    let (database, clock) = (app.app.database().clone(), app.app.clock().clone());
    Sender::new(database, clock, settings, transport, tingsong::app::still_here())
}

fn state(app: &TestApp, id: MailId) -> MailState {
    app.read(|conn| mail::find(conn, id, None)).unwrap().state
}

fn trail(app: &TestApp) -> Vec<String> {
    let lines = app.read(|conn| Ok(audit::page(conn, &audit::Filter::default(), None, 99)?)).unwrap();
    lines.into_iter().map(|line| line.entry.action).collect()
}

async fn the_officer_sees_subjects_and_the_sysadmin_only_addresses_and_states(app: TestApp) {
    queue(&app, new_mail(Some(app.court.id.0), "wang@court.test", "督办：张某某"));
    let seen = app.get(Role::PetitionOfficer, "/mail").await;
    seen.is(200).says(&["wang@court.test", "督办：张某某", "待发送", "即时通知"]);
    let seen = app.get(Role::Sysadmin, "/mail").await;
    seen.is(200).says(&["wang@court.test", "待发送"]).does_not_say(&["督办：张某某", "信里的话"]);
    app.get(Role::FilingClerk, "/mail").await.is(403);
    app.get(Role::Auditor, "/mail").await.is(403);
}

async fn another_courts_mails_are_not_shown_nor_sent_again(app: TestApp) {
    let theirs = queue(&app, new_mail(Some(99), "没有地址", "别的法院"));
    sender(&app).send_due().unwrap();
    assert_eq!(state(&app, theirs), MailState::GivenUp);
    app.get(Role::PetitionOfficer, "/mail").await.does_not_say(&["别的法院", "没有地址"]);
    app.post(Role::PetitionOfficer, &format!("/mail/{theirs}/again"), &[]).await.is(404);
    assert_eq!(state(&app, theirs), MailState::GivenUp);
}

async fn a_test_mail_is_queued_sent_and_kept_in_the_trail(app: TestApp) {
    app.post(Role::Sysadmin, "/mail/test", &[("address", "jiang@court.test")]).await.is(303);
    assert_eq!(sender(&app).send_due().unwrap(), 1);
    app.get(Role::Sysadmin, "/mail").await.says(&[
        "jiang@court.test",
        "测试邮件",
        "已发送",
        "邮件通道：正常",
    ]);
    assert!(trail(&app).contains(&"mail.tested".to_owned()));
    let mut files = std::fs::read_dir(app.database.dir.path().join("mail")).unwrap();
    let path = files.next().unwrap().unwrap().path();
    assert!(path.extension().is_some_and(|e| e == "eml") && files.next().is_none(), "{path:?}");
}

async fn a_wrong_address_comes_back_with_what_was_typed(app: TestApp) {
    let answer = app.post(Role::Sysadmin, "/mail/test", &[("address", "王 院长")]).await;
    answer.is(422).says(&["这不是有效的邮件地址", "王 院长"]);
}

async fn a_mail_that_was_given_up_is_sent_again_once(app: TestApp) {
    let id = queue(&app, new_mail(Some(app.court.id.0), "没有地址", "督办"));
    sender(&app).send_due().unwrap();
    let again = format!("/mail/{id}/again");
    app.get(Role::PetitionOfficer, "/mail?state=given_up").await.says(&[
        "未送达",
        "重新发送",
        "请在人员页面改正",
    ]);
    app.post(Role::Sysadmin, &again, &[]).await.is(403);
    app.post(Role::PetitionOfficer, &again, &[]).await.is(303);
    assert_eq!(state(&app, id), MailState::Queued);
    app.post(Role::PetitionOfficer, &again, &[]).await.is(422).says(&["不需要重新发送"]);
    assert_eq!(trail(&app).iter().filter(|action| *action == "mail.sent_again").count(), 1);
}

async fn the_list_is_paged_newest_first_and_narrowed_by_state(app: TestApp) {
    for n in 0..120 {
        queue(&app, new_mail(Some(app.court.id.0), &format!("p{n:03}@court.test"), "通知"));
    }
    let first = app.get(Role::PetitionOfficer, "/mail").await;
    first.says(&["p119@", "p070@", "下一页"]).does_not_say(&["p069@", "rel=\"prev\""]);
    let second = app.get(Role::PetitionOfficer, &link(&first.html, "next")).await;
    second.says(&["p069@", "p020@"]).does_not_say(&["p070@", "p019@"]);
    let last = app.get(Role::PetitionOfficer, &link(&second.html, "next")).await;
    last.says(&["p019@", "p000@"]).does_not_say(&["rel=\"next\""]);
    let back = app.get(Role::PetitionOfficer, &link(&last.html, "prev")).await;
    back.says(&["p069@", "p020@", "rel=\"prev\"", "rel=\"next\""]).does_not_say(&["p070@", "p019@"]);
    let front = app.get(Role::PetitionOfficer, &link(&back.html, "prev")).await;
    front.says(&["p119@", "p070@"]).does_not_say(&["p069@", "rel=\"prev\""]);
    app.get(Role::PetitionOfficer, "/mail?state=sent").await.says(&["这里没有邮件"]);
}

/// Where the link to the neighbouring page leads.
fn link(html: &str, rel: &str) -> String {
    let after = html.split_once(&format!("rel=\"{rel}\" href=\"")).unwrap().1;
    after.split_once('"').unwrap().0.replace("&amp;", "&")
}

async fn whoever_has_left_gets_no_more_mail(app: TestApp) {
    let staff = app.person(Role::Handler);
    let to = |subject| NewMail { recipient_id: Some(staff.0), ..new_mail(None, "qian@court.test", subject) };
    let before = queue(&app, to("在岗时"));
    assert_eq!(sender(&app).send_due().unwrap(), 1);
    let after = queue(&app, to("离岗后"));
    app.write(move |conn| {
        let gone = schema::staff::table.find(staff);
        diesel::update(gone).set(schema::staff::active.eq(false)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    assert_eq!(sender(&app).send_due().unwrap(), 0);
    assert_eq!((state(&app, before), state(&app, after)), (MailState::Sent, MailState::Withdrawn));
    app.get(Role::PetitionOfficer, "/mail?state=withdrawn").await.says(&["已撤回", "收件人已经停用"]);
}

async fn a_mail_and_its_fact_are_kept_or_lost_together(app: TestApp) {
    let (now, new) = (app.app.moment(), new_mail(None, "a@court.test", "没有发生的事"));
    let refused = app.write(move |conn| {
        mail::queue(conn, now, new)?;
        Err::<(), _>(tingsong::error::Problem::refused("不行"))
    });
    assert!(refused.is_err());
    assert_eq!(sender(&app).send_due().unwrap(), 0);
    let (now, twice) = (app.app.moment(), || NewMail {
        dedupe_key: Some("daily:1:2026-11-23".to_owned()),
        ..new_mail(None, "a@court.test", "摘要")
    });
    let (one, other) = (twice(), twice());
    let ids =
        app.write(move |conn| Ok((mail::queue(conn, now, one)?, mail::queue(conn, now, other)?))).unwrap();
    assert!(ids.0.is_some() && ids.1.is_none());
}

async fn two_senders_never_hold_the_same_mail(app: TestApp) {
    for n in 0..40 {
        queue(&app, new_mail(None, &format!("p{n}@court.test"), "通知"));
    }
    let sent: usize = std::thread::scope(|scope| {
        let senders = [0, 1, 2, 3].map(|_| scope.spawn(|| sender(&app).send_due().unwrap()));
        senders.into_iter().map(|sender| sender.join().unwrap()).sum()
    });
    assert_eq!(sent, 40);
    let health =
        app.read(|conn| mail::health(conn, Moment::from_court("2026-11-23T09:00:00".parse().unwrap())));
    assert_eq!(health.unwrap().waiting, 0);
}

/// A sender to a server that nobody runs, noting for every page how it goes.
fn sender_to_nowhere(app: &TestApp) -> Sender {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let settings = Settings {
        transport: TransportKind::Smtp,
        host: "127.0.0.1".to_owned(),
        port: Some(free),
        security: Security::Plain,
        ..Settings::default()
    };
    let transport = Transport::open(&settings, app.database.dir.path()).unwrap();
    let (database, clock) = (app.app.database().clone(), app.app.clock().clone());
    Sender::new(database, clock, settings, transport, tingsong::app::still_here())
        .watched_by(app.app.mail_watch().clone())
}

async fn while_mail_does_not_go_out_every_page_of_the_office_says_so(app: TestApp) {
    let banner = "邮件从 2026年11月23日 09:00 起没有发出去，2 封在等待。";
    queue(&app, new_mail(Some(app.court.id.0), "wang@court.test", "督办"));
    queue(&app, new_mail(Some(app.court.id.0), "li@court.test", "督办"));
    let mut sender = sender_to_nowhere(&app);
    sender.send_due().unwrap();
    sender.note_health().unwrap();
    app.get(Role::Sysadmin, "/").await.is(200).does_not_say(&["没有发出去"]);

    app.at("2026-11-23 09:10");
    sender.send_due().unwrap();
    sender.note_health().unwrap();
    for (role, path) in [(Role::Sysadmin, "/settings/staff"), (Role::PetitionOfficer, "/matters")] {
        app.get(role, path).await.is(200).says(&[banner, "<a href=\"/mail\">查看邮件通道</a>"]);
    }
    for role in [Role::SecurityAdmin, Role::Auditor] {
        app.get(role, "/").await.says(&[banner, "请告知系统管理员。"]).does_not_say(&["href=\"/mail\""]);
    }
    app.get(Role::FilingClerk, "/").await.is(200).does_not_say(&["没有发出去"]);

    app.at("2026-11-23 09:15");
    let mut mended = self::sender(&app).watched_by(app.app.mail_watch().clone());
    assert_eq!(mended.send_due().unwrap(), 2);
    mended.note_health().unwrap();
    app.get(Role::Sysadmin, "/").await.is(200).does_not_say(&["没有发出去"]);
    app.at("2026-11-23 09:26");
    let silent = "邮件从 2026年11月23日 09:15 起没有发出去。";
    app.get(Role::PetitionOfficer, "/").await.says(&[silent]);
}

//! Mail to a real SMTP server: what arrives, and what each fault at each step of the conversation comes to.

use crate::gate::need;
use crate::smtp::{Court, Peer, new_mail};
use chrono::TimeDelta;
use std::collections::BTreeSet;
use std::sync::Arc;
use tingsong::mail::transport::Transport;
use tingsong::mail::{self, ChannelState, Content, MailState, Security, Settings, Verdict};

/// The Python that has aiosmtpd.
fn python() -> Option<String> {
    need("TINGSONG_TEST_SMTP")
}

#[test]
fn a_mail_arrives_whole_under_each_protection() {
    let Some(python) = python() else { return };
    for security in [Security::StartTls, Security::Tls, Security::Plain] {
        let court = Court::new();
        let peer = Peer::start(&python, &court.peer_folder(), security, 0);
        let id = court.queue("王院长 <wang@court.example>");
        assert_eq!(court.sender(&court.settings(&peer, security)).send_due().unwrap(), 1, "{security:?}");

        let [arrived] = &peer.accepted()[..] else { panic!("{security:?}: {:?}", peer.accepted()) };
        assert_eq!(arrived["mail_from"], "tingsong@court.example");
        assert_eq!(arrived["rcpt_tos"][0], "wang@court.example");
        assert_eq!(arrived["headers"]["Subject"], "三级事项：张某某反映执行不力");
        assert_eq!(arrived["headers"]["From"], "听讼 <tingsong@court.example>");
        assert_eq!(arrived["headers"]["Auto-Submitted"], "auto-generated");
        assert_eq!(arrived["headers"]["Message-ID"], court.mail(id).message_id);
        let text = arrived["text"].as_str().unwrap().replace("\r\n", "\n");
        assert_eq!(text, "您好：\n一件信访事项升为三级。\n.\n请在五日内批示。\n");
        assert!(arrived["html"].as_str().unwrap().contains("<p>一件信访事项升为三级。</p>"));

        let mail = court.mail(id);
        assert_eq!((mail.state, mail.attempts), (MailState::Sent, 1));
        assert_eq!(mail.last_reply.as_deref(), Some("250 2.0.0 kept"));
        assert_eq!(mail.sent_at, Some(court.clock.now().utc()));
        assert!(!court.health().alarming);
    }
}

#[test]
fn a_server_with_a_certificate_of_nobody_we_trust_gets_no_mail_and_no_password() {
    let Some(python) = python() else { return };
    let court = Court::new();
    let peer = Peer::start(&python, &court.peer_folder(), Security::StartTls, 0);
    let id = court.queue("wang@court.example");
    let settings = Settings { ca_file: None, ..court.settings(&peer, Security::StartTls) };
    assert_eq!(court.sender(&settings).send_due().unwrap(), 0);
    assert_eq!(court.mail(id).state, MailState::Queued);
    assert_eq!(court.health().channel, ChannelState::Waiting);
    assert!(court.health().last_reply.unwrap().contains("建立加密连接时"));
    assert!(peer.accepted().is_empty());
}

#[test]
fn a_server_that_offers_no_encryption_gets_no_mail_when_encryption_is_asked_for() {
    let Some(python) = python() else { return };
    let court = Court::new();
    let peer = Peer::start(&python, &court.peer_folder(), Security::Plain, 0);
    court.queue("wang@court.example");
    let settings = Settings { security: Security::StartTls, ..court.settings(&peer, Security::Plain) };
    assert_eq!(court.sender(&settings).send_due().unwrap(), 0);
    let health = court.health();
    assert!(health.channel == ChannelState::Refused && health.alarming, "{health:?}");
}

#[test]
fn a_wrong_password_stops_the_queue_and_alarms_but_costs_no_mail() {
    let Some(python) = python() else { return };
    let court = Court::new();
    let peer = Peer::start(&python, &court.peer_folder(), Security::StartTls, 0);
    let ids = [court.queue("a@court.example"), court.queue("b@court.example")];
    let settings = court.settings(&peer, Security::StartTls);
    let mistaken = Settings { password: Some("wrong".into()), ..settings.clone() };
    assert_eq!(court.sender(&mistaken).send_due().unwrap(), 0);
    let health = court.health();
    assert!(health.channel == ChannelState::Refused && health.alarming, "{health:?}");
    assert!(health.last_reply.as_ref().unwrap().contains("535"), "{health:?}");
    assert_eq!(ids.map(|id| (court.mail(id).state, court.mail(id).attempts)), [(MailState::Queued, 0); 2]);
    assert_eq!(peer.connections(), 1, "the second mail waits too");

    let mut sender = court.sender(&settings);
    assert_eq!(sender.send_due().unwrap(), 0, "it is not asked again at once");
    court.later(TimeDelta::minutes(10));
    assert_eq!(sender.send_due().unwrap(), 2);
    assert!(!court.health().alarming);
}

/// One fault, in force for everybody, and what it must come to: the mail's state, attempts counted, the channel.
const FAULTS: &[(&str, &str, MailState, i32, ChannelState)] = &[
    ("greeting", "554", MailState::Queued, 0, ChannelState::Refused),
    ("greeting", "421", MailState::Queued, 0, ChannelState::Waiting),
    ("greeting", "drop", MailState::Queued, 0, ChannelState::Waiting),
    ("greeting", "slow", MailState::Queued, 0, ChannelState::Waiting),
    ("ehlo", "550", MailState::Queued, 0, ChannelState::Refused),
    ("ehlo", "drop", MailState::Queued, 0, ChannelState::Waiting),
    ("mail", "550", MailState::Queued, 0, ChannelState::Refused),
    ("mail", "451", MailState::Queued, 0, ChannelState::Waiting),
    ("mail", "drop", MailState::Queued, 0, ChannelState::Waiting),
    ("rcpt", "550", MailState::GivenUp, 1, ChannelState::Open),
    ("rcpt", "451", MailState::Failing, 1, ChannelState::Open),
    ("rcpt", "drop", MailState::Failing, 1, ChannelState::Open),
    ("rcpt", "slow", MailState::Failing, 1, ChannelState::Open),
    ("data", "554", MailState::GivenUp, 1, ChannelState::Open),
    ("data", "451", MailState::Failing, 1, ChannelState::Open),
    ("data", "drop", MailState::Failing, 1, ChannelState::Open),
    ("content", "drop", MailState::Unknown, 1, ChannelState::Open),
    ("dot", "552", MailState::GivenUp, 1, ChannelState::Open),
    ("dot", "451", MailState::Failing, 1, ChannelState::Open),
    ("dot", "lose", MailState::Unknown, 1, ChannelState::Open),
    ("dot", "drop", MailState::Unknown, 1, ChannelState::Open),
    ("quit", "drop", MailState::Sent, 1, ChannelState::Open),
];

#[test]
fn each_fault_at_each_step_comes_to_what_the_rules_say() {
    let Some(python) = python() else { return };
    let court = Court::new();
    let peer = Peer::start(&python, &court.peer_folder(), Security::Plain, 0);
    let settings = court.settings(&peer, Security::Plain);
    for &(phase, how, state, attempts, channel) in FAULTS {
        let court = Court::new();
        peer.fail(phase, how);
        let id = court.queue("wang@court.example");
        let mut sender = court.sender(&settings);
        sender.send_due().unwrap();
        let mail = court.mail(id);
        assert_eq!((mail.state, mail.attempts), (state, attempts), "{phase} {how}: {:?}", mail.last_reply);
        assert_eq!(court.health().channel, channel, "{phase} {how}");

        peer.mend();
        let before = peer.accepted().len();
        court.later(TimeDelta::minutes(15));
        sender.send_due().unwrap();
        let delivered = peer.accepted()[before..].len();
        let mail = court.mail(id);
        match state {
            MailState::GivenUp => {
                assert_eq!((delivered, mail.state), (0, MailState::GivenUp), "{phase} {how}")
            }
            MailState::Sent => assert_eq!(delivered, 0, "{phase} {how}"),
            MailState::Queued
            | MailState::Sending
            | MailState::Failing
            | MailState::Unknown
            | MailState::Withdrawn => {
                assert_eq!((delivered, mail.state), (1, MailState::Sent), "{phase} {how}: {mail:?}")
            }
        }
    }
}

#[test]
fn encryption_and_sign_in_that_fail_are_the_connections_fault() {
    let Some(python) = python() else { return };
    let court = Court::new();
    let peer = Peer::start(&python, &court.peer_folder(), Security::StartTls, 0);
    let settings = court.settings(&peer, Security::StartTls);
    for (phase, how, channel) in [
        ("starttls", "554", ChannelState::Refused),
        ("starttls", "454", ChannelState::Waiting),
        ("starttls", "drop", ChannelState::Waiting),
        ("auth", "535", ChannelState::Refused),
        ("auth", "454", ChannelState::Waiting),
        ("auth", "drop", ChannelState::Waiting),
    ] {
        let court = Court::new();
        peer.fail(phase, how);
        let id = court.queue("wang@court.example");
        court.sender(&settings).send_due().unwrap();
        assert_eq!((court.mail(id).state, court.mail(id).attempts), (MailState::Queued, 0), "{phase} {how}");
        assert_eq!(court.health().channel, channel, "{phase} {how}");
    }
    assert!(peer.accepted().is_empty());
}

#[test]
fn a_mail_of_unknown_fate_is_offered_again_after_a_quarter_of_an_hour_under_the_same_id() {
    let Some(python) = python() else { return };
    let court = Court::new();
    let peer = Peer::start(&python, &court.peer_folder(), Security::Plain, 0);
    let mut sender = court.sender(&court.settings(&peer, Security::Plain));
    peer.fail("dot", "drop");
    let id = court.queue("wang@court.example");
    sender.send_due().unwrap();
    assert_eq!(court.mail(id).state, MailState::Unknown);
    peer.mend();
    court.later(TimeDelta::minutes(14));
    assert_eq!(sender.send_due().unwrap(), 0, "too early");
    court.later(TimeDelta::minutes(1));
    assert_eq!(sender.send_due().unwrap(), 1);
    let ids: Vec<_> = peer.accepted().iter().map(|m| m["headers"]["Message-ID"].clone()).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1], "whoever got both can tell that they are one");
}

#[test]
fn one_refused_recipient_holds_up_nobody_and_the_connection_is_kept() {
    let Some(python) = python() else { return };
    let court = Court::new();
    let peer = Peer::start(&python, &court.peer_folder(), Security::Plain, 0);
    let refused = court.queue("rcpt-550@court.example");
    let busy = court.queue("rcpt-451@court.example");
    let wrong = court.queue("没有地址");
    let others: Vec<_> = (0..120).map(|n| court.queue(&format!("p{n}@court.example"))).collect();
    let mut sender = court.sender(&court.settings(&peer, Security::Plain));
    assert_eq!(sender.send_due().unwrap(), 120);
    assert_eq!(court.mail(refused).state, MailState::GivenUp);
    assert!(court.mail(refused).last_reply.unwrap().contains("550 5.7.0 as the test wants it"));
    assert_eq!(court.mail(busy).state, MailState::Failing);
    assert_eq!(court.mail(wrong).state, MailState::GivenUp);
    assert!(court.mail(wrong).last_reply.unwrap().contains("请在人员页面改正"));
    assert!(others.iter().all(|id| court.mail(*id).state == MailState::Sent));
    assert_eq!(peer.connections(), 2, "a connection carries a hundred mails");
    assert!(!court.health().alarming);
}

#[test]
fn a_server_that_is_away_for_a_day_loses_nothing_and_doubles_nothing() {
    let Some(python) = python() else { return };
    let court = Court::new();
    let peer = Peer::start(&python, &court.peer_folder(), Security::Plain, 0);
    let (port, folder) = (peer.port, peer.folder.clone());
    let settings = court.settings(&peer, Security::Plain);
    let mut sender = court.sender(&settings);
    let first = court.queue("first@court.example");
    assert_eq!(sender.send_due().unwrap(), 1);
    drop(peer);
    let ids: Vec<_> = (0..20).map(|n| court.queue(&format!("p{n}@court.example"))).collect();
    for _ in 0..24 {
        assert_eq!(sender.send_due().unwrap(), 0);
        court.later(TimeDelta::hours(1));
    }
    let health = court.health();
    assert!(health.alarming && health.channel == ChannelState::Waiting && health.waiting == 20, "{health:?}");
    assert!(health.last_reply.unwrap().contains("邮件服务器没有开启，或者端口不对"));

    let peer = Peer::start(&python, &folder, Security::Plain, port);
    assert_eq!(sender.send_due().unwrap(), 20);
    let arrived = peer.accepted();
    let distinct: BTreeSet<String> =
        arrived.iter().map(|m| m["headers"]["Message-ID"].as_str().unwrap().to_owned()).collect();
    assert_eq!((arrived.len(), distinct.len()), (21, 21));
    assert!(ids.iter().chain([&first]).all(|id| court.mail(*id).state == MailState::Sent));
    assert!(!court.health().alarming);
}

#[test]
fn several_senders_send_each_mail_once() {
    let Some(python) = python() else { return };
    let court = Court::new();
    let peer = Peer::start(&python, &court.peer_folder(), Security::Plain, 0);
    let settings = court.settings(&peer, Security::Plain);
    for n in 0..60 {
        court.queue(&format!("p{n}@court.example"));
    }
    let sent: usize = std::thread::scope(|scope| {
        let senders: Vec<_> =
            (0..3).map(|_| scope.spawn(|| court.sender(&settings).send_due().unwrap())).collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).sum()
    });
    assert_eq!((sent, peer.accepted().len()), (60, 60));
}

#[test]
fn urgent_mails_go_first_and_none_before_its_time_and_none_twice() {
    let Some(python) = python() else { return };
    let court = Court::new();
    let peer = Peer::start(&python, &court.peer_folder(), Security::Plain, 0);
    let now = court.clock.now();
    let queue = |new: mail::NewMail| court.database.write(move |conn| mail::queue(conn, now, new)).unwrap();
    let digest = || mail::NewMail {
        dedupe_key: Some("daily:7:2026-11-23".to_owned()),
        not_before: Some(now.plus(TimeDelta::minutes(30))),
        ..new_mail("digest@court.example")
    };
    assert!(queue(digest()).is_some());
    assert!(queue(digest()).is_none(), "the same digest for the same person and day");
    queue(new_mail("usual@court.example"));
    queue(mail::NewMail { urgent: true, ..new_mail("urgent@court.example") });
    let mut sender = court.sender(&court.settings(&peer, Security::Plain));
    assert_eq!(sender.send_due().unwrap(), 2);
    court.later(TimeDelta::minutes(30));
    assert_eq!(sender.send_due().unwrap(), 1);
    let order: Vec<_> = peer.accepted().iter().map(|m| m["rcpt_tos"][0].clone()).collect();
    assert_eq!(order, ["urgent@court.example", "usual@court.example", "digest@court.example"]);
}

#[test]
fn what_a_person_may_no_longer_read_is_changed_or_withdrawn_just_before_sending() {
    let Some(python) = python() else { return };
    let court = Court::new();
    let peer = Peer::start(&python, &court.peer_folder(), Security::Plain, 0);
    let gone = court.queue("gone@court.example");
    let moved = court.queue("moved@court.example");
    let settings = court.settings(&peer, Security::Plain);
    let less = Content {
        subject: "摘要".to_owned(),
        text: "其余事项".to_owned(),
        html: "<p>其余事项</p>".to_owned(),
    };
    let recheck: mail::Recheck = Arc::new(move |_, mail, _| {
        Ok(match mail.recipient.as_str() {
            "gone@court.example" => Verdict::Withdraw("收件人已离职。".to_owned()),
            _ => Verdict::SendInstead(less.clone()),
        })
    });
    let transport = Transport::open(&settings, court.dir.path()).unwrap();
    assert_eq!(court.sender_over(&settings, transport, recheck).send_due().unwrap(), 1);
    assert_eq!(court.mail(gone).state, MailState::Withdrawn);
    assert_eq!(court.mail(gone).last_reply.as_deref(), Some("收件人已离职。"));
    assert_eq!(court.mail(moved).state, MailState::Sent);
    assert_eq!(peer.accepted()[0]["headers"]["Subject"], "摘要");
    assert_eq!(peer.accepted()[0]["text"].as_str().map(str::trim), Some("其余事项"));
}

#[test]
fn the_thread_sends_when_it_is_woken_and_ends_when_it_is_dropped() {
    let Some(python) = python() else { return };
    let court = Court::new();
    let peer = Peer::start(&python, &court.peer_folder(), Security::Plain, 0);
    let thread = mail::start(court.sender(&court.settings(&peer, Security::Plain))).unwrap();
    court.queue("wang@court.example");
    thread.wake();
    drop(thread);
    assert_eq!(peer.accepted().len(), 1);
}

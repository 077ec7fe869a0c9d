//! A real SMTP server (`smtp_peer.py`) and a court that mails to it.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use tingsong::db::Database;
use tingsong::mail::transport::Transport;
use tingsong::mail::{
    self, Content, Mail, MailId, MailKind, NewMail, Security, Sender, Settings, TransportKind,
};
use tingsong::time::{Clock, Moment};

pub const USER: &str = "tingsong";
pub const PASSWORD: &str = "信访-pass word";

/// The running server. Ends when dropped.
pub struct Peer {
    child: Child,
    pub port: u16,
    pub folder: PathBuf,
}

impl Peer {
    /// Starts one with this protection, in `folder`, on `port` (0: any). Under TLS it asks for a user and password too.
    pub fn start(python: &str, folder: &Path, security: Security, port: u16) -> Peer {
        std::fs::create_dir_all(folder).unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/process/smtp_peer.py");
        let mut command = Command::new(python);
        command.arg(script).arg("--folder").arg(folder).arg("--port").arg(port.to_string());
        if security != Security::Plain {
            certify(folder);
            let word = if security == Security::Tls { "tls" } else { "starttls" };
            command.args(["--security", word, "--user", USER, "--password", PASSWORD]);
            command.arg("--cert").arg(folder.join("cert.pem")).arg("--key").arg(folder.join("key.pem"));
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Peer {
            child,
            port: line.trim().parse().expect("the peer prints its port"),
            folder: folder.to_owned(),
        }
    }

    /// From now on this phase fails in this way, for every mail.
    pub fn fail(&self, phase: &str, how: &str) {
        std::fs::write(self.folder.join("fault"), format!("{phase} {how}\n")).unwrap();
    }

    /// No more faults.
    pub fn mend(&self) {
        std::fs::write(self.folder.join("fault"), "").unwrap();
    }

    /// The messages it has accepted, in order.
    pub fn accepted(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.folder.join("accepted.jsonl")).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// How often somebody has connected.
    pub fn connections(&self) -> usize {
        std::fs::read_to_string(self.folder.join("connections")).unwrap_or_default().lines().count()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// A certificate authority of our own (ca.pem) and a certificate from it for localhost.
fn certify(folder: &Path) {
    let ca_key = rcgen::KeyPair::generate().unwrap();
    let mut ca = rcgen::CertificateParams::new(Vec::new()).unwrap();
    ca.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let ca_certificate = ca.self_signed(&ca_key).unwrap();
    let issuer = rcgen::Issuer::new(ca, ca_key);
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(vec!["localhost".to_owned()])
        .unwrap()
        .signed_by(&key, &issuer)
        .unwrap();
    std::fs::write(folder.join("ca.pem"), ca_certificate.pem()).unwrap();
    std::fs::write(folder.join("cert.pem"), certificate.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
}

/// A court with an outbox, and a clock that the test moves.
pub struct Court {
    pub dir: tempfile::TempDir,
    pub database: Database,
    pub clock: Clock,
}

impl Court {
    pub fn new() -> Court {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", dir.path().join("tingsong.db").display());
        tingsong::db::migrate(&url).unwrap();
        let database = Database::open(&url, Arc::new(())).unwrap();
        let start = Moment::from_court("2026-11-23T09:00:00".parse().unwrap());
        Court { dir, database, clock: Clock::stopped(start) }
    }

    pub fn peer_folder(&self) -> PathBuf {
        self.dir.path().join("peer")
    }

    pub fn later(&self, by: chrono::TimeDelta) {
        self.clock.set(self.clock.now().plus(by));
    }

    /// The settings with which `peer` is reached.
    pub fn settings(&self, peer: &Peer, security: Security) -> Settings {
        let secured = security != Security::Plain;
        Settings {
            transport: TransportKind::Smtp,
            from: "听讼 <tingsong@court.example>".to_owned(),
            host: if secured { "localhost".to_owned() } else { "127.0.0.1".to_owned() },
            port: Some(peer.port),
            security,
            username: secured.then(|| USER.to_owned()),
            password: secured.then(|| PASSWORD.into()),
            ca_file: secured.then(|| peer.folder.join("ca.pem")),
            timeout_seconds: 1,
            ..Settings::default()
        }
    }

    pub fn sender(&self, settings: &Settings) -> Sender {
        let transport = Transport::open(settings, self.dir.path()).unwrap();
        self.sender_over(settings, transport, mail::send_everything())
    }

    pub fn sender_over(&self, settings: &Settings, transport: Transport, recheck: mail::Recheck) -> Sender {
        Sender::new(self.database.clone(), self.clock.clone(), settings.clone(), transport, recheck)
    }

    pub fn queue(&self, to: &str) -> MailId {
        let (now, new) = (self.clock.now(), new_mail(to));
        self.database.write(move |conn| mail::queue(conn, now, new)).unwrap().unwrap()
    }

    pub fn mail(&self, id: MailId) -> Mail {
        self.database.read(|conn| mail::find(conn, id, None)).unwrap()
    }

    pub fn health(&self) -> mail::Health {
        let now = self.clock.now();
        self.database.read(|conn| mail::health(conn, now)).unwrap()
    }
}

pub fn new_mail(to: &str) -> NewMail {
    NewMail {
        court_id: None,
        kind: MailKind::Notice,
        recipient_id: None,
        recipient: to.to_owned(),
        content: Content {
            subject: "三级事项：张某某反映执行不力".to_owned(),
            text: "您好：\n一件信访事项升为三级。\n.\n请在五日内批示。\n".to_owned(),
            html: "<!DOCTYPE html><html lang=\"zh-CN\"><body><p>一件信访事项升为三级。</p></body></html>"
                .to_owned(),
        },
        dedupe_key: None,
        urgent: false,
        not_before: None,
        matter_id: None,
    }
}

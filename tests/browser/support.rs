//! A demo court served by the real binary, and a browser on it. Each test has both for itself.

use crate::gate;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

/// The moment at which every demo court's clock starts.
pub const START: &str = "2026-11-23T09:00";

/// One browser at a time: two of them are slower on two cores than one after the other.
static TURN: Mutex<()> = Mutex::new(());

/// A child process that goes when the test ends.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// The binary under test with these arguments and a clean environment for its settings.
fn tingsong(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tingsong"));
    command.args(arguments).arg("--data").arg(data).env_remove("TINGSONG_DATA");
    command
}

/// The demo court, built once for all tests and copied by each.
fn template() -> &'static Path {
    static TEMPLATE: OnceLock<tempfile::TempDir> = OnceLock::new();
    TEMPLATE
        .get_or_init(|| {
            let dir = tempfile::tempdir().unwrap();
            let done = tingsong(dir.path(), &["demo", "--build-only", "--at", START]).output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            dir
        })
        .path()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until something listens, without sleeping longer than it takes.
fn wait_for(port: u16) {
    let until = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "nothing listens on port {port}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A court and a browser.
pub struct Court {
    pub driver: WebDriver,
    pub base: String,
    pub data: PathBuf,
    // In the order in which they go: the browser's driver, the server, the folder, the turn.
    _chromedriver: Process,
    _server: Process,
    _dir: tempfile::TempDir,
    _profile: tempfile::TempDir,
    _turn: MutexGuard<'static, ()>,
}

impl Court {
    #[expect(clippy::await_holding_lock, reason = "the turn is held for the whole test, on purpose")]
    /// Opens both; `None`, said loudly, where no browser is named.
    pub async fn open() -> Option<Court> {
        let chromedriver = gate::need("TINGSONG_TEST_CHROMEDRIVER")?;
        let chromium = gate::need("TINGSONG_TEST_CHROMIUM")?;
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let dir = tempfile::tempdir().unwrap();
        copy(template(), dir.path());
        let port = free_port();
        let mut server = tingsong(dir.path(), &["demo", "--at", START, "--port", &port.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = server.stdout.take().unwrap();
        let server = Process(server);
        // Somebody must read what the server prints, or it stops when the pipe is full.
        std::thread::spawn(move || BufReader::new(output).lines().map_while(Result::ok).for_each(drop));
        wait_for(port);
        let driver_port = free_port();
        let chromedriver = Process(
            Command::new(chromedriver)
                .arg(format!("--port={driver_port}"))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap(),
        );
        wait_for(driver_port);
        let profile = tempfile::tempdir().unwrap();
        let driver = browser(driver_port, &chromium, profile.path()).await;
        Some(Court {
            driver,
            base: format!("http://127.0.0.1:{port}"),
            data: dir.path().to_owned(),
            _chromedriver: chromedriver,
            _server: server,
            _dir: dir,
            _profile: profile,
            _turn: turn,
        })
    }

    /// Runs another command of the binary on this court's folder and returns what it prints.
    pub fn command(&self, arguments: &[&str]) -> String {
        let done = tingsong(&self.data, arguments).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    pub async fn goto(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.base)).await.unwrap();
    }

    /// The path of the page shown now.
    pub async fn path(&self) -> String {
        let url = self.driver.current_url().await.unwrap();
        url.path().to_owned()
    }

    /// Waits until this holds of the page.
    pub async fn until(&self, what: &str, script: &str) {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let done = self.driver.execute(format!("return Boolean({script})"), vec![]).await;
            if done.is_ok_and(|value| value.json().as_bool() == Some(true)) {
                return;
            }
            if Instant::now() > until {
                panic!("{what} did not happen on {}:\n{}", self.path().await, self.text().await);
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits until the page is at an address that begins so.
    pub async fn until_at(&self, path: &str) {
        self.until(
            path,
            &format!("location.pathname.startsWith('{path}') && document.readyState === 'complete'"),
        )
        .await;
    }

    /// All words on the page.
    pub async fn text(&self) -> String {
        self.driver.find(By::Tag("body")).await.unwrap().text().await.unwrap()
    }

    pub async fn find(&self, css: &str) -> WebElement {
        match self.driver.find(By::Css(css)).await {
            Ok(found) => found,
            Err(error) => panic!("no {css} on {}: {error}\n{}", self.path().await, self.text().await),
        }
    }

    /// Types into whatever has the focus.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        self.driver.active_element().await.unwrap().send_keys(keys.into()).await.unwrap();
    }

    /// Signs in, as a person does, with this account of the demo court.
    pub async fn sign_in_as(&self, user: &str, password: &str) {
        self.driver.delete_all_cookies().await.unwrap();
        self.goto("/sign-in").await;
        self.find("[name=user_name]").await.send_keys(user).await.unwrap();
        let password_field = self.find("[name=password]").await;
        password_field.send_keys(password).await.unwrap();
        password_field.send_keys(Key::Enter + "").await.unwrap();
        self.until("signing in", "!location.pathname.startsWith('/sign-in')").await;
    }

    /// Signs in as somebody with this role.
    pub async fn sign_in(&self, role: &str) {
        let login = self.logins().into_iter().find(|login| login["role"] == role).unwrap();
        let word = |name: &str| login[name].as_str().unwrap().to_owned();
        self.sign_in_as(&word("user"), &word("password")).await;
    }

    /// The accounts that the demo court tells of.
    pub fn logins(&self) -> Vec<serde_json::Value> {
        serde_json::from_str(&std::fs::read_to_string(self.data.join("demo-logins.json")).unwrap()).unwrap()
    }

    /// Makes the window this wide, as a telephone's is.
    pub async fn width(&self, width: u32, height: u32) {
        let size = serde_json::json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false
        });
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
    }

    /// Ends the browser properly; a failed test leaves that to its processes.
    pub async fn close(self) {
        self.driver.clone().quit().await.unwrap();
    }
}

async fn browser(port: u16, chromium: &str, profile: &Path) -> WebDriver {
    let mut caps = DesiredCapabilities::chrome();
    caps.set_binary(chromium).unwrap();
    for argument in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=zh-CN",
        "--window-size=1366,768",
    ] {
        caps.add_arg(argument).unwrap();
    }
    caps.add_arg(&format!("--user-data-dir={}", profile.display())).unwrap();
    let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), caps).await.unwrap();
    driver.set_implicit_wait_timeout(Duration::from_secs(5)).await.unwrap();
    driver
}

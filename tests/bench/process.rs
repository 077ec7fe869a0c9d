//! The program itself: how soon it answers, how much memory it takes idle, how large it is.

use crate::court::Bench;
use crate::{Line, median, ms};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tingsong");
const ROUNDS: usize = 7;

pub fn measure(bench: &Bench) -> Vec<Line> {
    let mut starts = Vec::new();
    let mut memory = 0;
    for _ in 0..ROUNDS {
        let (mut server, took) = start(bench);
        starts.push(took);
        std::thread::sleep(Duration::from_secs(1));
        memory = resident_kb(&server);
        server.kill().unwrap();
        server.wait().unwrap();
    }
    let size = std::fs::metadata(PROGRAM).unwrap().len();
    let mb = |kb: u64| format!("{:.1} MB", kb as f64 / 1024.0);
    let first = ms(median(&mut starts));
    vec![
        Line::new("start to the first answer", first, String::new(), "300 ms"),
        Line::new("memory, idle", mb(memory), String::new(), "60 MB"),
        Line::new("the program", mb(size / 1024), "not stripped here".to_owned(), "30 MB, stripped"),
    ]
}

/// Starts the server on a port that is free and waits for its first answer.
#[expect(clippy::zombie_processes, reason = "whoever started it ends it and waits for it")]
fn start(bench: &Bench) -> (Child, Duration) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("127.0.0.1:{port}");
    let begin = Instant::now();
    let server = Command::new(PROGRAM)
        .args(["serve", "--listen", &address, "--data"])
        .arg(&bench.data)
        // Said to the benchmark, not to the program.
        .env_remove("TINGSONG_BENCH_DATA")
        .env_remove("TINGSONG_BENCH_MATTERS")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    loop {
        assert!(begin.elapsed() < Duration::from_secs(60), "the server does not answer");
        if let Ok(mut stream) = TcpStream::connect(&address) {
            let mut first = [0; 12];
            stream.write_all(b"GET /sign-in HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n").unwrap();
            stream.read_exact(&mut first).unwrap();
            assert_eq!(&first, b"HTTP/1.1 200");
            return (server, begin.elapsed());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn resident_kb(server: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

//! The same pages over HTTP with 64 connections, against a bare handler that runs one indexed query and renders as many
//! bytes. Both run in this process, one after the other, on ports of their own.

use crate::Line;
use crate::court::Bench;
use crate::pages::some_matters;
use actix_web::web::{self, Data};
use actix_web::{HttpResponse, HttpServer};
use diesel::prelude::*;
use maud::{DOCTYPE, html};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tingsong::app::{App, server};
use tingsong::schema::matters;

/// As many as a page of the register shows.
const ROWS: i64 = 50;
const CONNECTIONS: usize = 64;
const WARM_UP: Duration = Duration::from_secs(1);
const MEASURED: Duration = Duration::from_secs(5);

pub fn measure(bench: &Bench) -> Vec<Line> {
    let real = serve_real(&bench.app);
    let matter = some_matters(bench).swap_remove(0);
    let mut lines = Vec::new();
    let pages = [("register over HTTP", "/matters".to_owned(), ROWS), ("matter page over HTTP", matter, 1)];
    for (name, path, rows) in pages {
        let body = answer(&mut TcpStream::connect(real).unwrap(), &path, &bench.cookie);
        let bare = serve_bare(&bench.app, Bare { rows, text: String::from_utf8(body).unwrap() });
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            theirs.push(rate(bare, &path, &bench.cookie));
            ours.push(rate(real, &path, &bench.cookie));
        }
        let (ours, theirs) = (middle(ours), middle(theirs));
        let ratio = format!("{:.2} of a bare handler's {theirs:.0}", ours / theirs);
        lines.push(Line::new(name, format!("{ours:.0} a second"), ratio, "at least 0.5"));
    }
    lines
}

fn middle(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

fn serve_real(app: &App) -> SocketAddr {
    let (app, listener) = (app.clone(), TcpListener::bind("127.0.0.1:0").unwrap());
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        actix_web::rt::System::new()
            .block_on(async { server::start(&app, listener).unwrap().await.unwrap() });
    });
    address
}

/// What the bare handler draws: this many rows of the newest matters, then the rest of the bytes as one text.
struct Bare {
    rows: i64,
    text: String,
}

/// One indexed query, drawn by the same template engine into as many bytes.
async fn bare(app: Data<App>, bare: Data<Bare>) -> HttpResponse {
    let rows = bare.rows;
    let newest: Vec<(i64, String, String, String)> = app
        .read(move |conn| {
            let columns = (matters::id, matters::number, matters::petitioner_line, matters::claim);
            Ok(matters::table.select(columns).order(matters::id.desc()).limit(rows).load(conn)?)
        })
        .await
        .unwrap();
    let table = html! {
        table {
            @for (id, number, who, claim) in &newest {
                tr { td { (id) } td { (number) } td { (who) } td { (claim) } }
            }
        }
    };
    // Escaping makes the rest a little longer than it is; none of it is left out.
    let rest = bare.text.get(bare.text.ceil_char_boundary(table.0.len())..).unwrap_or_default();
    let page = html! { (DOCTYPE) html { body { (table) pre { (rest) } } } };
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page.into_string())
}

fn serve_bare(app: &App, bare_page: Bare) -> SocketAddr {
    let (app, bare_page) = (Data::new(app.clone()), Data::new(bare_page));
    let workers = usize::try_from(app.config().number("workers")).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            let server = HttpServer::new(move || {
                actix_web::App::new()
                    .app_data(app.clone())
                    .app_data(bare_page.clone())
                    .default_service(web::to(bare))
            });
            server.workers(workers).listen(listener).unwrap().run().await.unwrap();
        });
    });
    address
}

/// Answers a second, to 64 connections that each ask again as soon as they are answered.
fn rate(address: SocketAddr, path: &str, cookie: &str) -> f64 {
    let (counted, counting, over) = (AtomicU64::new(0), AtomicBool::new(false), AtomicBool::new(false));
    let mut took = Duration::ZERO;
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let mut stream = TcpStream::connect(address).unwrap();
                stream.set_nodelay(true).unwrap();
                while !over.load(Ordering::Relaxed) {
                    answer(&mut stream, path, cookie);
                    if counting.load(Ordering::Relaxed) {
                        counted.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
        std::thread::sleep(WARM_UP);
        counting.store(true, Ordering::Relaxed);
        let start = Instant::now();
        std::thread::sleep(MEASURED);
        counting.store(false, Ordering::Relaxed);
        took = start.elapsed();
        over.store(true, Ordering::Relaxed);
    });
    counted.into_inner() as f64 / took.as_secs_f64()
}

/// Asks on an open connection and returns the body.
fn answer(stream: &mut TcpStream, path: &str, cookie: &str) -> Vec<u8> {
    let request = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut got = Vec::with_capacity(65_536);
    let mut part = [0; 65_536];
    loop {
        let read = stream.read(&mut part).unwrap();
        assert!(read > 0, "the server closed the connection");
        got.extend_from_slice(&part[..read]);
        let Some(end) = got.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&got[..end]).to_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{path}: {head}");
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.expect("the body's length is told").trim().parse().unwrap();
        if got.len() >= end + 4 + length {
            return got.split_off(end + 4);
        }
    }
}

//! The same pages over HTTP with 64 connections, against a bare handler that runs one indexed query and answers with the
//! same bytes. Both run in this process, one after the other, on ports of their own.

use crate::Line;
use crate::court::Bench;
use crate::pages::some_matters;
use actix_web::web::{self, Data};
use actix_web::{HttpResponse, HttpServer};
use diesel::prelude::*;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tingsong::app::{App, server};
use tingsong::schema::matters;

const CONNECTIONS: usize = 64;
const WARM_UP: Duration = Duration::from_secs(1);
const MEASURED: Duration = Duration::from_secs(5);

pub fn measure(bench: &Bench) -> Vec<Line> {
    let real = serve_real(&bench.app);
    let matter = some_matters(bench).swap_remove(0);
    let mut lines = Vec::new();
    for (name, path) in [("register over HTTP", "/matters".to_owned()), ("matter page over HTTP", matter)] {
        let body = answer(&mut TcpStream::connect(real).unwrap(), &path, &bench.cookie);
        let bare = serve_bare(&bench.app, body);
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

/// One indexed query, and the bytes.
async fn bare(app: Data<App>, body: Data<Vec<u8>>) -> HttpResponse {
    let newest: i64 = app
        .read(|conn| Ok(matters::table.select(matters::id).order(matters::id.desc()).first(conn)?))
        .await
        .unwrap();
    assert!(newest > 0);
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body.as_ref().clone())
}

fn serve_bare(app: &App, body: Vec<u8>) -> SocketAddr {
    let (app, body) = (Data::new(app.clone()), Data::from(Arc::new(body)));
    let workers = usize::try_from(app.config().number("workers")).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            let server = HttpServer::new(move || {
                actix_web::App::new()
                    .app_data(app.clone())
                    .app_data(body.clone())
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

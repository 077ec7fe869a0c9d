//! Pages through the whole application in process: the large court against the small one, taken in turn.

use crate::court::Bench;
use crate::{Line, median, ms};
use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use diesel::prelude::*;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tingsong::app::server::{self, Table};
use tingsong::schema::matters;

const WARM_UP: usize = 20;
const ROUNDS: usize = 200;

pub fn measure(small: &Bench, large: &Bench) -> Vec<Line> {
    let pages = [
        ("workbench", vec!["/".to_owned()], vec!["/".to_owned()]),
        ("register, newest first", vec!["/matters".to_owned()], vec!["/matters".to_owned()]),
        (
            "register, by due date",
            vec!["/matters?order=due".to_owned()],
            vec!["/matters?order=due".to_owned()],
        ),
        ("register of contacts", vec!["/contacts".to_owned()], vec!["/contacts".to_owned()]),
        ("matter page", some_matters(small), some_matters(large)),
    ];
    let table = Arc::new(Table::of(&server::table()));
    let mut lines = Vec::new();
    actix_web::rt::System::new().block_on(async {
        let of_small = init_service(server::service(&small.app, &table)).await;
        let of_large = init_service(server::service(&large.app, &table)).await;
        for (name, small_paths, large_paths) in pages {
            let (mut with_small, mut with_large) = (Vec::new(), Vec::new());
            for round in 0..WARM_UP + ROUNDS {
                let path = &small_paths[round % small_paths.len()];
                let first = one(
                    &of_small,
                    TestRequest::get().uri(path).insert_header(("cookie", small.cookie.clone())).to_request(),
                    path,
                )
                .await;
                let path = &large_paths[round % large_paths.len()];
                let other = one(
                    &of_large,
                    TestRequest::get().uri(path).insert_header(("cookie", large.cookie.clone())).to_request(),
                    path,
                )
                .await;
                if round >= WARM_UP {
                    with_small.push(first);
                    with_large.push(other);
                }
            }
            let (a, b) = (median(&mut with_small), median(&mut with_large));
            let ratio = format!("{:.2} x the small court's {}", b.as_secs_f64() / a.as_secs_f64(), ms(a));
            lines.push(Line::new(name, ms(b), ratio, "at most 1.5 x"));
        }
    });
    lines
}

async fn one<S, R, B>(service: &S, request: R, path: &str) -> Duration
where
    S: Service<R, Response = ServiceResponse<B>, Error = actix_web::Error>,
    B: MessageBody,
{
    let start = Instant::now();
    let response = call_service(service, request).await;
    assert!(response.status().is_success(), "{path}: {}", response.status());
    let body = read_body(response).await;
    assert!(body.len() > 1_000, "{path} is nearly empty");
    start.elapsed()
}

/// Matters from all over the register.
pub fn some_matters(bench: &Bench) -> Vec<String> {
    let step = i64::from(bench.matters / 50).max(1);
    let ids: Vec<i64> = bench
        .app
        .database()
        .read(|conn| {
            let mut ids = Vec::new();
            let mut last = i64::MAX;
            for _ in 0..50 {
                let next: Option<i64> = matters::table
                    .filter(matters::id.lt(last).and(matters::conduct.eq(false)))
                    .order(matters::id.desc())
                    .offset(step - 1)
                    .limit(1)
                    .select(matters::id)
                    .first(conn)
                    .optional()?;
                let Some(next) = next else { break };
                ids.push(next);
                last = next;
            }
            Ok(ids)
        })
        .unwrap();
    ids.into_iter().map(|id| format!("/matters/{id}")).collect()
}

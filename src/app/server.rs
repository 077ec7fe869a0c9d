//! The web server: all routes in one list, each behind the guard.

use super::guard;
pub use super::guard::Table;
use super::{App, config::Config};
use crate::error::Problem;
use crate::people::{Access, Entry, Routes};
use crate::web::assets;
use actix_web::dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{PathConfig, QueryConfig, ServiceConfig};
use actix_web::{Error, HttpServer};
use anyhow::Context;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

/// Every route of the system. The navigation, the guard and the tests all work from this list.
pub fn routes(routes: &mut Routes) {
    routes.get("/static/{file}", Access::Public, assets::serve);
    crate::today::routes(routes);
    crate::help::routes(routes);
    crate::categories::routes(routes);
    crate::referrals::routes(routes);
    crate::after_closing::routes(routes);
    crate::assignments::routes(routes);
    crate::bulk_referrals::routes(routes);
    crate::entries::routes(routes);
    crate::handover::routes(routes);
    crate::joint::routes(routes);
    crate::litigation::routes(routes);
    crate::replies::routes(routes);
    crate::reviews::routes(routes);
    crate::call_backs::routes(routes);
    crate::links::routes(routes);
    crate::archive::routes(routes);
    crate::enforcement::routes(routes);
    crate::escalation::routes(routes);
    crate::sweeps::routes(routes);
    crate::assessments::routes(routes);
    crate::campaigns::routes(routes);
    crate::saved_filters::routes(routes);
    crate::matters::routes(routes);
    crate::calendar::routes::routes(routes);
    crate::deadlines::routes::routes(routes);
    crate::people::routes(routes);
    crate::petitioners::routes::routes(routes);
    crate::intake::routes(routes);
    crate::supervision::routes(routes);
    crate::instructions::routes(routes);
    crate::accountability::routes(routes);
    crate::checks::routes(routes);
    crate::audit::routes(routes);
    crate::mailroom::routes(routes);
    super::jobs::routes(routes);
}

/// The route table: who may use what.
pub fn table() -> Vec<Entry> {
    let mut entries = Vec::new();
    drop(actix_web::App::new().configure(|config| entries = mount(config)));
    entries
}

fn mount(config: &mut ServiceConfig) -> Vec<Entry> {
    let mut list = Routes::on(config);
    routes(&mut list);
    list.table
}

/// The whole application as one service: what the server runs for each connection, and what tests call.
pub fn service(
    app: &App,
    table: &Arc<Table>,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl actix_web::body::MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    let table = table.clone();
    actix_web::App::new()
        .app_data(app.clone())
        .app_data(PathConfig::default().error_handler(|_, _| Problem::NotFound.into()))
        .app_data(QueryConfig::default().error_handler(|_, _| {
            Problem::refused("网址里的筛选条件不完整或者有误，请从列表页重新筛选。").into()
        }))
        .wrap(from_fn(move |request, next| guard::guard(table.clone(), request, next)))
        .wrap(Compress::default())
        .configure(|config| drop(mount(config)))
}

/// Starts serving on `listener`.
///
/// # Errors
///
/// When the certificate can't be used, the workers not started, or the table of stages doesn't hold.
pub fn start(app: &App, listener: TcpListener) -> anyhow::Result<Server> {
    crate::matters::stages::check().map_err(anyhow::Error::msg)?;
    let table = Arc::new(Table::of(&table()));
    let config = app.config().clone();
    let app = app.clone();
    let server = HttpServer::new(move || service(&app, &table))
        .workers(usize::try_from(config.number("workers").max(1)).unwrap_or(1))
        .shutdown_timeout(10);
    Ok(if config.has_tls() {
        server.listen_rustls_0_23(listener, tls(&config)?)?.run()
    } else {
        server.listen(listener)?.run()
    })
}

fn tls(config: &Config) -> anyhow::Result<rustls::ServerConfig> {
    let certificate = config.text("tls.certificate");
    let chain: Vec<CertificateDer> = CertificateDer::pem_file_iter(Path::new(certificate))
        .and_then(Iterator::collect)
        .with_context(|| format!("读不了 HTTPS 证书 {certificate}"))?;
    let key = config.text("tls.key");
    let key =
        PrivateKeyDer::from_pem_file(Path::new(key)).with_context(|| format!("读不了 HTTPS 私钥 {key}"))?;
    rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .context("HTTPS 证书和私钥对不上")
}

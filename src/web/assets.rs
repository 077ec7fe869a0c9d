//! The static files, embedded in the binary, each at an address that holds its content's hash and so never goes stale.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;
use sm3::{Digest, Sm3};
use std::sync::OnceLock;

struct Asset {
    name: &'static str,
    media_type: &'static str,
    body: &'static [u8],
    href: String,
}

/// Hash characters in an address: 64 bits.
const HASH_BYTES: usize = 8;

fn assets() -> &'static [Asset] {
    static ASSETS: OnceLock<Vec<Asset>> = OnceLock::new();
    ASSETS.get_or_init(|| {
        vec![
            asset("app.css", "text/css; charset=utf-8", include_bytes!("../../static/app.css")),
            asset("app.js", "text/javascript; charset=utf-8", include_bytes!("../../static/app.js")),
            asset("emblem.svg", "image/svg+xml", include_bytes!("../../static/emblem.svg")),
        ]
    })
}

fn asset(name: &'static str, media_type: &'static str, body: &'static [u8]) -> Asset {
    let hash: String = Sm3::digest(body).iter().take(HASH_BYTES).map(|byte| format!("{byte:02x}")).collect();
    let (stem, suffix) = name.split_once('.').unwrap_or((name, ""));
    Asset { name, media_type, body, href: format!("/static/{stem}.{hash}.{suffix}") }
}

/// The address of the file `name`; of the folder where there is no such file.
pub fn href(name: &str) -> &'static str {
    assets().iter().find(|asset| asset.name == name).map_or("/static/", |asset| asset.href.as_str())
}

/// Answers `/static/{file}`: an address with the current hash, which may be kept for ever; anything else is not there.
pub async fn serve(file: Path<String>) -> HttpResponse {
    let address = format!("/static/{file}");
    match assets().iter().find(|asset| asset.href == address) {
        Some(asset) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, asset.media_type))
            .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .body(asset.body),
        None => HttpResponse::NotFound().finish(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_carries_sixteen_hash_characters_and_its_suffix() {
        let href = href("app.css");
        assert!(href.starts_with("/static/app.") && href.ends_with(".css"));
        assert_eq!(href.len(), "/static/app..css".len() + 16);
    }

    #[actix_web::test]
    async fn a_file_is_served_with_its_type_for_ever_and_a_stale_address_is_not_there() {
        let name = href("app.js").trim_start_matches("/static/").to_owned();
        let answer = serve(Path::from(name)).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers().get("content-type").unwrap(), "text/javascript; charset=utf-8");
        assert!(answer.headers().get("cache-control").unwrap().to_str().unwrap().contains("immutable"));
        assert_eq!(serve(Path::from("app.js".to_owned())).await.status(), 404);
    }
}

//! The house rules that a program can check: what may not be mentioned where, and why.

use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> Vec<(String, String)> {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            (path.strip_prefix(&root).unwrap().display().to_string(), code.collect::<Vec<_>>().join("\n"))
        })
        .collect()
}

/// Whether `path` is the file `name.rs` of a slice, or lies in its folder `name/`.
fn is_file(path: &str, name: &str) -> bool {
    path.ends_with(&format!("/{name}.rs")) || path.contains(&format!("/{name}/"))
}

fn forbid(files: impl Fn(&str) -> bool, words: &[&str], reason: &str) {
    let mut broken = Vec::new();
    for (path, code) in sources().iter().filter(|(path, _)| files(path)) {
        broken
            .extend(words.iter().filter(|word| code.contains(**word)).map(|word| format!("{path}: {word}")));
    }
    assert!(broken.is_empty(), "{reason}\n{}", broken.join("\n"));
}

const FLOOR: [&str; 12] = [
    "db/",
    "db.rs",
    "schema.rs",
    "time.rs",
    "error.rs",
    "crypto",
    "web/",
    "mail/",
    "search/",
    "sheets/",
    "files/",
    "text.rs",
];

#[test]
fn a_rule_is_a_function_of_values() {
    forbid(
        |path| is_file(path, "rules"),
        &["diesel::prelude", "actix_web", "maud", "&mut Conn", "time::Clock", "time::{Clock", ".now()"],
        "a rule that reads a clock, a database or a request can't be tried on paper",
    );
}

#[test]
fn a_page_is_drawn_from_what_it_is_given() {
    forbid(
        |path| is_file(path, "pages"),
        &["diesel", "store::", "actions::", "PreEscaped", "Conn"],
        "a page that fetches or decides can't be drawn again with what was typed",
    );
}

#[test]
fn only_web_writes_unescaped_html() {
    forbid(|path| !path.starts_with("web/"), &["PreEscaped"], "what a person typed must be escaped");
}

#[test]
fn only_stores_speak_to_the_database() {
    let outside = |path: &str| ["forms", "pages", "urls", "mails"].iter().any(|name| is_file(path, name));
    forbid(outside, &["diesel::"], "queries live in store.rs, where scope and both databases are minded");
}

#[test]
fn actions_know_no_requests() {
    forbid(
        |path| is_file(path, "actions"),
        &["actix_web", "maud::", "HttpRe"],
        "the page, the nightly job and the command line do the same thing the same way",
    );
}

#[test]
fn the_floor_knows_nothing_of_courts() {
    let slices = [
        "crate::matters",
        "crate::petitioners",
        "crate::deadlines",
        "crate::calendar",
        "crate::audit",
        "crate::help",
        "crate::checks",
        "crate::app",
    ];
    forbid(
        |path| FLOOR.iter().any(|floor| path.starts_with(floor)),
        &slices,
        "the floor serves every slice and may not lean on one",
    );
}

#[test]
fn nobody_swallows_a_failed_read() {
    forbid(
        |path| is_file(path, "store") || is_file(path, "actions") || is_file(path, "routes"),
        &["(conn).unwrap_or", "conn)?.unwrap_or_default", ".ok().unwrap_or", "let _ ="],
        "a failed read is not an empty list",
    );
}

#[test]
fn no_slice_is_a_grab_bag() {
    let bags = ["utils", "helpers", "common", "manager", "service", "misc"];
    for (path, _) in sources() {
        let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        assert!(!bags.contains(&stem.as_str()), "{path}: name it by what it holds");
    }
}

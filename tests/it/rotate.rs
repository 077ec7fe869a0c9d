//! A new sealing key: everything is sealed with it, opens as before, and is still found.

use crate::support::registrations::first_visit;
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use std::sync::Arc;
use tingsong::app::rotate::{Resealed, reseal_everything};
use tingsong::crypto::Keys;
use tingsong::files::{self, LIMIT_BYTES};
use tingsong::matters::actions::register;
use tingsong::people::{Act, Role};
use tingsong::schema::{attachments, petitioner_keys, petitioners};

on_both_databases! {
    everything_is_sealed_anew_once,
    what_was_uploaded_opens_on_its_page_after_a_rotation,
}

fn sealed(app: &TestApp) -> Vec<String> {
    app.read(|conn| {
        let all = (petitioners::doc_sealed, petitioners::phone_sealed, petitioners::address_sealed);
        type Three = (Option<String>, Option<String>, Option<String>);
        let rows: Vec<Three> = petitioners::table.select(all).load(conn)?;
        let past: Vec<Option<String>> = petitioner_keys::table.select(petitioner_keys::sealed).load(conn)?;
        Ok(rows.into_iter().flat_map(|(a, b, c)| [a, b, c]).chain(past).flatten().collect())
    })
    .unwrap()
}

async fn everything_is_sealed_anew_once(app: TestApp) {
    let data = app.database.dir.path().to_owned();
    let place = data.join("key");
    let old = Arc::new(Keys::create(&place).unwrap());
    let act = Act { keys: old.clone(), ..app.act(Role::FilingClerk) };
    app.write(move |conn| register(conn, &act, &first_visit("one"))).unwrap();
    let before = sealed(&app);
    assert!(before.len() >= 3 && before.iter().all(|value| value.contains(old.key_id())), "{before:?}");
    let content = b"%PDF-1.7 a petition";
    let kept = files::keep(&data, &old, "a.pdf", content, LIMIT_BYTES).unwrap();

    let new = Arc::new(Keys::rotate(&place).unwrap());
    let act = Act::system("命令行", app.app.moment(), new.clone());
    let done = reseal_everything(app.app.database(), &act, &data).unwrap();
    assert_eq!(done, Resealed { values: before.len(), files: 0 });
    let after = sealed(&app);
    assert!(after.iter().all(|value| value.contains(new.key_id())), "{after:?}");
    let plain = |values: &[String]| values.iter().map(|value| new.open(value).unwrap()).collect::<Vec<_>>();
    assert_eq!(plain(&before), plain(&after));
    assert!(plain(&after).iter().any(|text| text == "石龙区兴平路12号"));
    let again = reseal_everything(app.app.database(), &act, &data).unwrap();
    assert_eq!(again, Resealed::default());

    assert!(files::reseal(&data, &new, &kept.hash).unwrap());
    assert!(!files::reseal(&data, &new, &kept.hash).unwrap(), "once is enough");
    Keys::retire(&place, old.key_id()).unwrap();
    assert_eq!(files::open(&data, &Keys::load(&place).unwrap(), &kept.hash).unwrap(), content);
}

const JUDGMENT: &[u8] = b"%PDF-1.7 the judgment";
const PETITION: &[u8] = b"%PDF-1.7 the petition";

async fn what_was_uploaded_opens_on_its_page_after_a_rotation(app: TestApp) {
    let clerk = Role::FilingClerk;
    let data = app.database.dir.path().to_owned();
    let place = data.join("key");
    let old = Arc::new(Keys::create(&place).unwrap());
    let app = app.restarted(old.clone());
    let act = app.act(clerk);
    let made = app.write(move |conn| register(conn, &act, &first_visit("one"))).unwrap();
    let page = format!("/matters/{}", made.matter_id);
    let papers = [("papers", "判决书.pdf", JUDGMENT)];
    app.upload(clerk, &format!("{page}/attachments"), &[], &papers).await.is(303);
    let draft = [("submission_key", "two"), ("draft_id", "77"), ("name", "王桂兰"), ("go", "keep-files")];
    let papers = [("papers", "申诉状.pdf", PETITION)];
    app.upload(clerk, "/intake/register", &draft, &papers).await.is(200).says(&["申诉状.pdf"]);

    let new = Arc::new(Keys::rotate(&place).unwrap());
    let act = Act::system("命令行", app.app.moment(), new.clone());
    let done = reseal_everything(app.app.database(), &act, &data).unwrap();
    assert_eq!(done.files, 2, "the attachment's and what the draft holds");
    Keys::retire(&place, old.key_id()).unwrap();
    let app = app.restarted(Arc::new(Keys::load(&place).unwrap()));

    let ids: Vec<(i64, String)> = app
        .read(|conn| Ok(attachments::table.select((attachments::id, attachments::key_id)).load(conn)?))
        .unwrap();
    let [(id, key)] = &ids[..] else { panic!("{ids:?}") };
    assert_eq!(key, new.key_id());
    let address = format!("/attachments/{id}");
    app.get(clerk, &page).await.is(200).says(&["判决书.pdf", &address]);
    assert_eq!(app.get(clerk, &address).await.is(200).bytes, JUDGMENT);
    app.get(clerk, "/intake/drafts/77").await.is(200).says(&["申诉状.pdf", "value=\"王桂兰\""]);
    let hashes = app.read(|conn| Ok(tingsong::intake::held_contents(conn)?)).unwrap();
    assert_eq!(files::open(&data, app.app.keys(), &hashes[0]).unwrap(), PETITION);
}

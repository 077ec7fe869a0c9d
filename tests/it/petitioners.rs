//! Petitioners: found again, merged and un-merged, revealed with a reason, corrected.

use crate::support::{TestApp, on_both_databases};
use tingsong::error::Problem;
use tingsong::people::{Act, Role};
use tingsong::petitioners::actions::{self, reveal};
use tingsong::petitioners::forms::PetitionerForm;
use tingsong::petitioners::rules::Ground;
use tingsong::petitioners::types::{DocumentStatus, SealedField};
use tingsong::petitioners::{Match, PetitionerDetails, PetitionerId, Typed, doubles, find_matches, store};

on_both_databases! {
    everything_a_person_is_known_by_finds_them,
    numbers_lie_sealed_and_open_only_with_a_reason,
    former_particulars_still_find_their_owner,
    a_stale_edit_changes_nothing,
    a_merge_shows_one_person_and_can_be_undone_whole,
    a_merge_makes_no_chain_and_no_circle,
    who_was_said_to_be_another_is_not_proposed_again,
    the_anonymous_match_nobody,
    a_handler_sees_only_the_petitioners_of_their_matters,
    each_act_leaves_its_line_in_the_trail,
}

const WANG: &str = "11010519491231002X";

fn form(name: &str, number: &str, phone: &str) -> PetitionerForm {
    PetitionerForm {
        name: name.into(),
        doc_number: number.into(),
        phone: phone.into(),
        ..PetitionerForm::default()
    }
}

fn details(app: &TestApp, form: &PetitionerForm) -> PetitionerDetails {
    form.check(app.app.moment().today()).unwrap()
}

/// Done by the person with this role.
fn doing<T: Send + 'static>(
    app: &TestApp,
    role: Role,
    work: impl FnOnce(&mut tingsong::db::Conn, &Act) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let act = app.act(role);
    app.write(move |conn| work(conn, &act))
}

fn saved(app: &TestApp, form: &PetitionerForm) -> PetitionerId {
    let details = details(app, form);
    doing(app, Role::FilingClerk, move |conn, act| actions::save_new(conn, act, &details)).unwrap()
}

fn search_as(app: &TestApp, role: Role, text: &str) -> Vec<Match> {
    let act = app.act(role);
    let typed = Typed::read(text, act.now.today());
    app.read(|conn| find_matches(conn, &act.by.scope, &act.keys, &typed)).unwrap()
}

fn search(app: &TestApp, text: &str) -> Vec<Match> {
    search_as(app, Role::FilingClerk, text)
}

fn found(app: &TestApp, text: &str) -> Vec<PetitionerId> {
    search(app, text).iter().map(|found| found.petitioner.id).collect()
}

fn merged(
    app: &TestApp,
    gone: PetitionerId,
    into: PetitionerId,
) -> Result<tingsong::petitioners::types::MergeId, Problem> {
    doing(app, Role::PetitionOfficer, move |conn, act| {
        actions::merge(conn, act, gone, into, "核对证件确认为同一人")
    })
}

async fn everything_a_person_is_known_by_finds_them(app: TestApp) {
    let wang = saved(&app, &form("王桂兰", WANG, "13800005678"));
    saved(&app, &form("李明", "440524188001010014", "13900001111"));
    for (typed, ground) in [
        ("王桂兰", Ground::Name),
        ("王 桂 兰", Ground::Name),
        ("王桂", Ground::NameBegins),
        ("wangguilan", Ground::Pinyin),
        ("WGL", Ground::Initials),
        ("11010519491231002x", Ground::Document),
        ("110105491231002", Ground::Document),
        ("002X", Ground::DocumentTail),
        ("31002x", Ground::LongDocumentTail),
        ("138 0000 5678", Ground::Phone),
        ("+8613800005678", Ground::Phone),
        ("5678", Ground::PhoneTail),
        ("王桂兰|女|汉|19491231|某省某市某路1号|11010519491231002X", Ground::Document),
    ] {
        let matches = search(&app, typed);
        assert_eq!(matches.iter().map(|m| m.petitioner.id).collect::<Vec<_>>(), [wang], "{typed}");
        assert!(matches[0].grounds.contains(&ground), "{typed}: {:?}", matches[0].grounds);
        assert!(matches[0].reason().contains(ground.reason()), "{}", matches[0].reason());
    }
    for nobody in ["赵四", "110105194912310021", "13800005679", "", "0000"] {
        assert!(found(&app, nobody).is_empty(), "{nobody}");
    }
    let same = search(&app, "王桂兰|女|汉|19491231|某省某市某路1号|110105194912310021");
    assert!(
        same[0].grounds.contains(&Ground::NameAndBirth),
        "a wrong number does not hide the name: {same:?}"
    );
}

async fn numbers_lie_sealed_and_open_only_with_a_reason(app: TestApp) {
    let typed = PetitionerForm {
        address: "石龙区龙兴街道1号".into(), ..form("王桂兰", WANG, "13800005678")
    };
    let id = saved(&app, &typed);
    let kept = app.read(|conn| Ok(store::load(conn, id)?)).unwrap();
    let all = format!("{kept:?}");
    for plain in [WANG, "13800005678", "龙兴街道1号"] {
        assert!(!all.contains(plain), "{plain} lies open");
    }
    assert_eq!(kept.document_shown(true).as_deref(), Some("110105********002X"));
    assert_eq!(kept.document_shown(false).as_deref(), Some("1****************X"));
    assert_eq!(kept.phone_masked.as_deref(), Some("138****5678"));
    assert_eq!(kept.doc_status, DocumentStatus::Verified);

    let open = |field, why: &'static str| {
        doing(&app, Role::FilingClerk, move |conn, act| reveal(conn, act, id, field, why))
    };
    assert!(matches!(open(SealedField::Document, " 看 "), Err(Problem::Refused(_))));
    assert_eq!(open(SealedField::Document, "制作受理告知书").unwrap(), WANG);
    assert_eq!(open(SealedField::Phone, "电话通知来院领取").unwrap(), "13800005678");
    assert_eq!(open(SealedField::Address, "邮寄送达回执").unwrap(), "石龙区龙兴街道1号");
    let refused = doing(&app, Role::Sysadmin, move |conn, act| {
        reveal(conn, act, id, SealedField::Phone, "系统维护需要")
    });
    assert!(matches!(refused, Err(Problem::Forbidden)));
}

async fn former_particulars_still_find_their_owner(app: TestApp) {
    let id = saved(&app, &form("王桂兰", WANG, "13800005678"));
    let new = details(&app, &form("王桂岚", "", "13900001111"));
    doing(&app, Role::FilingClerk, move |conn, act| actions::update(conn, act, id, 0, &new)).unwrap();
    for typed in ["王桂兰", "王桂岚", "13800005678", "13900001111", WANG] {
        assert_eq!(found(&app, typed), [id], "{typed}");
    }
    let kept = app.read(|conn| Ok(store::load(conn, id)?)).unwrap();
    assert_eq!((kept.name.as_str(), kept.version), ("王桂岚", 1));
    assert_eq!(kept.doc_status, DocumentStatus::Verified, "what the form does not speak of stays");
    let shown: Vec<_> = app
        .read(|conn| Ok(store::history(conn, &[id])?))
        .unwrap()
        .into_iter()
        .filter_map(|key| key.shown)
        .collect();
    for word in ["王桂兰", "王桂岚", "138****5678", "139****1111", "110105********002X"] {
        assert!(shown.iter().any(|shown| shown == word), "{word} in {shown:?}");
    }
    let dropped = PetitionerForm { dropped: vec!["phone".into()], ..form("王桂岚", "", "") };
    let dropped = details(&app, &dropped);
    doing(&app, Role::FilingClerk, move |conn, act| actions::update(conn, act, id, 1, &dropped)).unwrap();
    let kept = app.read(|conn| Ok(store::load(conn, id)?)).unwrap();
    assert_eq!(kept.phone_sealed, None);
    assert_eq!(found(&app, "13900001111"), [id]);
}

async fn a_stale_edit_changes_nothing(app: TestApp) {
    let id = saved(&app, &form("王桂兰", WANG, "13800005678"));
    let change = |name: &'static str, version| {
        let new = details(&app, &form(name, "", ""));
        doing(&app, Role::FilingClerk, move |conn, act| actions::update(conn, act, id, version, &new))
    };
    change("王一", 0).unwrap();
    assert!(matches!(change("王二", 0), Err(Problem::Stale)));
    assert_eq!(app.read(|conn| Ok(store::load(conn, id)?)).unwrap().name, "王一");
    assert!(found(&app, "王二").is_empty(), "a refused edit leaves no key behind");
}

async fn a_merge_shows_one_person_and_can_be_undone_whole(app: TestApp) {
    let (a, b) = (saved(&app, &form("王桂兰", WANG, "")), saved(&app, &form("王桂岚", "", "13800005678")));
    let c = saved(&app, &form("王贵兰", "", "13900001111"));
    let first = merged(&app, c, b).unwrap();
    let second = merged(&app, b, a).unwrap();
    for typed in [WANG, "13800005678", "13900001111", "王贵兰"] {
        assert_eq!(found(&app, typed), [a], "{typed}");
    }
    assert_eq!(search(&app, "王贵兰")[0].found_as.as_deref(), Some("王贵兰"));
    assert_eq!(app.read(|conn| Ok(store::group_of(conn, c)?)).unwrap(), [a, b, c]);

    let undo = |batch| {
        doing(&app, Role::PetitionOfficer, move |conn, act| {
            actions::unmerge(conn, act, batch, "核实后不是同一人")
        })
    };
    assert!(matches!(undo(first), Err(Problem::Refused(_))), "the later merge is undone first");
    undo(second).unwrap();
    assert_eq!(app.read(|conn| Ok(store::group_of(conn, c)?)).unwrap(), [b, c]);
    assert_eq!(found(&app, "13800005678"), [b]);
    assert!(matches!(undo(second), Err(Problem::Refused(_))));
    undo(first).unwrap();
    for (id, typed) in [(a, WANG), (b, "13800005678"), (c, "13900001111")] {
        assert_eq!(found(&app, typed), [id]);
    }
    merged(&app, a, c).unwrap();
    assert_eq!(found(&app, WANG), [c]);
}

async fn a_merge_makes_no_chain_and_no_circle(app: TestApp) {
    let (a, b) = (saved(&app, &form("王桂兰", WANG, "")), saved(&app, &form("王桂岚", "", "13800005678")));
    let c = saved(&app, &form("王贵兰", "", ""));
    merged(&app, a, b).unwrap();
    for (gone, into) in [(b, a), (a, c), (c, a), (b, b), (a, b)] {
        assert!(matches!(merged(&app, gone, into), Err(Problem::Refused(_))), "{gone} into {into}");
    }
    let by_clerk =
        doing(&app, Role::FilingClerk, move |conn, act| actions::merge(conn, act, c, b, "同一人请合并"));
    assert!(matches!(by_clerk, Err(Problem::Forbidden)));
    let group =
        PetitionerForm { kind: "organisation".into(), ..form("某某公司", "91350100M000100Y43", "") };
    let company = saved(&app, &group);
    assert!(matches!(merged(&app, company, b), Err(Problem::Refused(_))));
}

async fn who_was_said_to_be_another_is_not_proposed_again(app: TestApp) {
    let (a, b) = (saved(&app, &form("王桂兰", WANG, "")), saved(&app, &form("王桂兰", WANG, "13800005678")));
    let proposed = |id| {
        let act = app.act(Role::PetitionOfficer);
        app.read(|conn| {
            let one = store::load(conn, id)?;
            doubles(conn, &act.by.scope, &act.keys, &one)
        })
        .unwrap()
        .iter()
        .map(|found| found.petitioner.id)
        .collect::<Vec<_>>()
    };
    assert_eq!((proposed(a), proposed(b)), (vec![b], vec![a]));
    let say =
        || doing(&app, Role::FilingClerk, move |conn, act| actions::say_distinct(conn, act, b, a, "双胞胎"));
    say().unwrap();
    say().unwrap();
    assert!(proposed(a).is_empty() && proposed(b).is_empty());
    assert!(matches!(merged(&app, a, b), Err(Problem::Refused(_))));
    let said = app.read(|conn| Ok(store::distinct_from(conn, &[a])?)).unwrap();
    assert_eq!(said.len(), 1);
    let id = said[0].id;
    doing(&app, Role::FilingClerk, move |conn, act| actions::unsay_distinct(conn, act, id)).unwrap();
    assert_eq!(proposed(a), [b]);
    merged(&app, a, b).unwrap();
}

async fn the_anonymous_match_nobody(app: TestApp) {
    let nameless = PetitionerForm { kind: "anonymous".into(), ..PetitionerForm::default() };
    saved(&app, &nameless);
    saved(&app, &nameless);
    assert!(found(&app, "匿名").is_empty());
    assert!(found(&app, "nm").is_empty());
}

async fn a_handler_sees_only_the_petitioners_of_their_matters(app: TestApp) {
    let id = saved(&app, &form("王桂兰", WANG, ""));
    assert_eq!(search_as(&app, Role::PetitionOfficer, "王桂兰").len(), 1);
    assert!(search_as(&app, Role::Handler, "王桂兰").is_empty());
    let act = app.act(Role::Handler);
    let answer = app.read(|conn| Ok(store::find(conn, &act.by.scope, id)?));
    assert!(matches!(answer, Err(Problem::NotFound)));
    assert!(search_as(&app, Role::Sysadmin, "王桂兰").is_empty());
}

async fn each_act_leaves_its_line_in_the_trail(app: TestApp) {
    let (a, b) = (saved(&app, &form("王桂兰", WANG, "13800005678")), saved(&app, &form("王桂岚", "", "")));
    doing(&app, Role::FilingClerk, move |conn, act| reveal(conn, act, a, SealedField::Phone, "电话通知来院"))
        .unwrap();
    let batch = merged(&app, b, a).unwrap();
    doing(&app, Role::PetitionOfficer, move |conn, act| actions::unmerge(conn, act, batch, "核实不是同一人"))
        .unwrap();
    let lines = app
        .read(|conn| Ok(tingsong::audit::page(conn, &tingsong::audit::Filter::default(), None, 50)?))
        .unwrap();
    let done: Vec<_> = lines.iter().rev().map(|line| line.entry.action.as_str()).collect();
    assert_eq!(
        done,
        [
            "petitioner.saved",
            "petitioner.saved",
            "petitioner.revealed",
            "petitioner.merged",
            "petitioner.unmerged"
        ]
    );
    let all = format!("{lines:?}");
    for plain in [WANG, "13800005678"] {
        assert!(!all.contains(plain), "the trail holds {plain}");
    }
    assert!(all.contains("电话通知来院"));
}

//! Petitioners: found again, merged and un-merged, revealed with a reason, corrected.

use crate::support::registrations::first_visit;
use crate::support::{TestApp, on_both_databases};
use diesel::prelude::*;
use tingsong::error::Problem;
use tingsong::matters::actions::{Who, register};
use tingsong::people::{Act, Role};
use tingsong::petitioners::actions::{self, reveal};
use tingsong::petitioners::forms::PetitionerForm;
use tingsong::petitioners::rules::Ground;
use tingsong::petitioners::types::{DocumentStatus, SealedField};
use tingsong::petitioners::{Match, PetitionerDetails, PetitionerId, Typed, doubles, find_matches, store};
use tingsong::schema::{matters, petitioners};

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
    the_search_box_finds_and_keeps_names_out_of_addresses,
    the_page_shows_masks_and_opens_one_field_with_a_reason,
    particulars_are_corrected_on_the_page,
    two_records_are_merged_and_parted_on_the_pages,
    a_confidential_name_is_shown_only_with_a_reason,
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

    let about = |key: &str, name: &str| {
        let mut entered = first_visit(key);
        for person in &mut entered.people {
            if let Who::New(details) = &mut person.who {
                details.name = name.to_owned();
            }
        }
        doing(&app, Role::FilingClerk, move |conn, act| register(conn, act, &entered)).unwrap()
    };
    let made = about("one", "赵四");
    about("two", "钱五");
    let handler = app.person(Role::Handler);
    app.write(move |conn| {
        let theirs = matters::table.find(made.matter_id);
        Ok(diesel::update(theirs).set(matters::accountable_id.eq(handler)).execute(conn)?)
    })
    .unwrap();
    app.get(Role::Handler, "/petitioners").await.is(200).says(&["赵四"]).does_not_say(&["钱五", "王桂兰"]);
    for role in [Role::FilingClerk, Role::PetitionOfficer, Role::President] {
        app.get(role, "/petitioners").await.is(200).says(&["赵四", "钱五", "王桂兰"]);
    }
    app.get(Role::DivisionHead, "/petitioners").await.is(200).does_not_say(&["赵四", "钱五"]);

    let (one, other) = app
        .read(|conn| {
            let of = |name: &'static str| petitioners::table.filter(petitioners::name.eq(name));
            let one: PetitionerId = of("赵四").select(petitioners::id).first(conn)?;
            Ok((one, of("王桂兰").select(petitioners::id).first::<PetitionerId>(conn)?))
        })
        .unwrap();
    merged(&app, one, other).unwrap();
    app.get(Role::Handler, "/petitioners").await.says(&["王桂兰"]).does_not_say(&["赵四"]);
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

async fn the_search_box_finds_and_keeps_names_out_of_addresses(app: TestApp) {
    let id = saved(&app, &form("王桂兰", WANG, "13800005678"));
    app.get(Role::FilingClerk, "/petitioners").await.is(200).says(&["查找信访人", "王桂兰", "138****5678"]);
    let answer = app.post(Role::FilingClerk, "/petitioners/search", &[("q", "138 0000 5678")]).await;
    answer.is(200).says(&["王桂兰", "电话相同", &format!("/petitioners/{id}")]);
    answer.does_not_say(&[WANG, "13800005678\"", "action=\"/petitioners/search?"]);
    let answer = app.post(Role::FilingClerk, "/petitioners/search", &[("q", "赵四")]).await;
    answer.is(200).says(&["没有找到相符的信访人"]);
    app.get(Role::Handler, "/petitioners").await.is(200).does_not_say(&["王桂兰"]);
    app.get(Role::Sysadmin, "/petitioners").await.is(403);
}

async fn the_page_shows_masks_and_opens_one_field_with_a_reason(app: TestApp) {
    let typed = PetitionerForm {
        address: "石龙区龙兴街道1号".into(), ..form("王桂兰", WANG, "13800005678")
    };
    let id = saved(&app, &typed);
    let page = format!("/petitioners/{id}");
    let plain = [WANG, "13800005678", "龙兴街道1号"];
    app.get(Role::FilingClerk, &page)
        .await
        .is(200)
        .says(&["110105********002X", "76岁", "老年人"])
        .does_not_say(&plain);
    app.get(Role::President, &page)
        .await
        .is(200)
        .says(&["1****************X"])
        .does_not_say(&["110105********"]);

    let reveal = format!("{page}/reveal");
    let asked = [("field", "document"), ("reason", "看看")];
    app.post(Role::FilingClerk, &reveal, &asked)
        .await
        .is(422)
        .says(&["至少需要 4 个字"])
        .does_not_say(&plain);
    let shown =
        app.post(Role::FilingClerk, &reveal, &[("field", "document"), ("reason", "制作受理告知书")]).await;
    shown.is(200).says(&[WANG, "已经留痕"]).does_not_say(&["13800005678"]);
    app.get(Role::FilingClerk, &page).await.does_not_say(&plain);
    app.get(Role::Handler, &page).await.is(404);
}

async fn particulars_are_corrected_on_the_page(app: TestApp) {
    let id = saved(&app, &form("王桂兰", WANG, "13800005678"));
    let (page, edit) = (format!("/petitioners/{id}"), format!("/petitioners/{id}/edit"));
    app.get(Role::FilingClerk, &edit)
        .await
        .is(200)
        .says(&["王桂兰", "name=\"version\" value=\"0\""])
        .does_not_say(&[WANG]);
    let base =
        [("version", "0"), ("kind", "person"), ("name", "王桂岚"), ("care", "ill"), ("care", "interpreter")];
    let mut wrong = base.to_vec();
    wrong.extend([("doc_type", "id"), ("doc_number", "110105194912310021"), ("phone", "12")]);
    let answer = app.post(Role::FilingClerk, &edit, &wrong).await;
    answer.is(422).says(&["校验码", "电话号码不对", "王桂岚", "110105194912310021"]);
    let answer = app.post(Role::FilingClerk, &edit, &base).await;
    answer.is(303);
    assert_eq!(answer.location.as_deref(), Some(page.as_str()));
    let answer = app.get(Role::FilingClerk, &page).await;
    answer.says(&["王桂岚", "王桂兰", "患病", "需要翻译", "110105********002X"]);
    app.post(Role::FilingClerk, &edit, &base).await.is(409);
    app.get(Role::Handler, &edit).await.is(403);
}

async fn two_records_are_merged_and_parted_on_the_pages(app: TestApp) {
    let (a, b) = (saved(&app, &form("王桂兰", WANG, "")), saved(&app, &form("王桂兰", WANG, "13800005678")));
    let officer = Role::PetitionOfficer;
    app.get(officer, &format!("/petitioners/{a}")).await.says(&[
        "可能是同一人",
        "证件号码相同",
        "合并重复记录",
    ]);
    app.get(Role::FilingClerk, &format!("/petitioners/{a}"))
        .await
        .says(&["不是同一人"])
        .does_not_say(&["合并重复记录"]);
    let merge = format!("/petitioners/{a}/merge");
    app.get(officer, &merge).await.is(200).says(&["138****5678", "证件号码相同"]);
    app.post(officer, &format!("{merge}/search"), &[("q", "5678")]).await.is(200).says(&["电话后四位相同"]);
    let b_text = b.to_string();
    let fields = |reason| [("other", b_text.as_str()), ("keep", "this"), ("reason", reason)];
    app.post(officer, &merge, &fields("同人")).await.is(422).says(&["至少需要 4 个字", "138****5678"]);
    let answer = app.post(officer, &merge, &fields("当面核对身份证")).await;
    answer.is(303);
    assert_eq!(answer.location, Some(format!("/petitioners/{a}")));
    app.get(officer, &format!("/petitioners/{b}")).await.says(&["已经并入"]);
    let page = app.get(officer, &format!("/petitioners/{a}")).await;
    page.says(&["当面核对身份证", "撤销合并", "138****5678"]);
    let undo = page.html.split("action=\"").find(|rest| rest.starts_with("/petitioners/merges/")).unwrap();
    let undo = undo.split('"').next().unwrap().to_owned();
    app.post(Role::FilingClerk, &undo, &[("reason", "核实后不是同一人")]).await.is(403);
    app.post(officer, &undo, &[("reason", "错")]).await.is(422);
    app.post(officer, &undo, &[("reason", "核实后不是同一人")]).await.is(303);
    app.get(officer, &format!("/petitioners/{b}")).await.does_not_say(&["已经并入"]);

    app.post(Role::FilingClerk, &format!("/petitioners/{a}/distinct"), &[("other", &b_text)]).await.is(303);
    let page = app.get(officer, &format!("/petitioners/{b}")).await;
    page.says(&["已确认不是同一人", "没有发现重复的记录"]);
    let undo = page.html.split("action=\"").find(|rest| rest.starts_with("/petitioners/distinct/")).unwrap();
    let undo = undo.split('"').next().unwrap().to_owned();
    app.post(officer, &undo, &[]).await.is(303);
    app.get(officer, &format!("/petitioners/{b}")).await.says(&["证件号码相同"]);
}

async fn a_confidential_name_is_shown_only_with_a_reason(app: TestApp) {
    let secret = PetitionerForm { confidential: "1".into(), ..form("王桂兰", WANG, "") };
    let id = saved(&app, &secret);
    let page = format!("/petitioners/{id}");
    app.get(Role::FilingClerk, &page).await.says(&["王*兰", "保密"]).does_not_say(&["王桂兰"]);
    app.post(Role::FilingClerk, "/petitioners/search", &[("q", "wgl")])
        .await
        .says(&["王*兰"])
        .does_not_say(&["王桂兰"]);
    app.get(Role::FilingClerk, &format!("{page}/edit")).await.is(200).does_not_say(&["王桂兰"]);
    let kept = [("version", "0"), ("name", ""), ("confidential", "1"), ("phone", "13800005678")];
    app.post(Role::FilingClerk, &format!("{page}/edit"), &kept).await.is(303);
    let asked = [("field", "name"), ("reason", "当面核实身份")];
    app.post(Role::FilingClerk, &format!("{page}/reveal"), &asked).await.is(200).says(&["王桂兰"]);
}

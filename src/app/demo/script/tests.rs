use super::super::{NEVER_SAID, staff};
use super::*;
use crate::matters::shipped;
use std::collections::HashSet;

fn users(m: &DemoMatter) -> Vec<&'static str> {
    let screened = match m.screening {
        Screening::Waiting | Screening::Sent { .. } => vec![],
        Screening::Accepted { by, handler, .. } => vec![by, handler],
        Screening::Litigation { by, .. }
        | Screening::Elsewhere { by, .. }
        | Screening::Answered { by, .. } => vec![by],
    };
    let steps = m.steps.iter().map(|s| match *s {
        Step::Contact { by, .. }
        | Step::Note { by, .. }
        | Step::Deadline { by, .. }
        | Step::Reply { by, .. }
        | Step::Close { by, .. } => by,
    });
    [m.receiver].into_iter().chain(m.against.iter().copied()).chain(screened).chain(steps).collect()
}

#[test]
fn everybody_named_works_at_the_court_and_every_category_is_shipped() {
    let categories: HashSet<&str> = shipped::categories().map(|c| c.code).collect();
    let reasons: HashSet<&str> = shipped::guidance_reasons().map(|r| r.code).collect();
    for m in matters() {
        assert!(categories.contains(m.category) && m.category.contains('.'), "{}", m.key);
        for user in users(&m) {
            assert!(staff::STAFF.iter().any(|s| s.user == user), "{}: {user}", m.key);
        }
        assert!(m.division.is_none_or(|d| staff::DIVISIONS.iter().any(|x| x.name == d)), "{}", m.key);
        if let Screening::Elsewhere { reason, .. } = m.screening {
            assert!(reasons.contains(reason), "{}", m.key);
        }
    }
}

#[test]
fn there_are_sixty_each_with_a_key_of_its_own() {
    let all = matters();
    assert!(all.len() >= 60, "{}", all.len());
    assert_eq!(all.iter().map(|m| m.key).collect::<HashSet<_>>().len(), all.len());
    assert!(all.windows(2).all(|w| w[0].days_ago >= w[1].days_ago));
}

#[test]
fn what_happens_happens_in_order_and_never_before_the_first_contact() {
    for m in matters() {
        let screened = match m.screening {
            Screening::Waiting => m.days_ago,
            Screening::Sent { days_ago }
            | Screening::Accepted { days_ago, .. }
            | Screening::Litigation { days_ago, .. }
            | Screening::Elsewhere { days_ago, .. }
            | Screening::Answered { days_ago, .. } => days_ago,
        };
        let days: Vec<i64> =
            [m.days_ago, screened].into_iter().chain(m.steps.iter().map(|s| s.days_ago())).collect();
        assert!(days.windows(2).all(|w| w[0] >= w[1]) && days.iter().all(|d| *d >= 0), "{}: {days:?}", m.key);
        let close = m.steps.iter().position(|s| matches!(s, Step::Close { .. }));
        assert!(close.is_none_or(|at| at + 1 == m.steps.len()), "{}", m.key);
    }
}

#[test]
fn nobody_handles_a_complaint_about_themselves() {
    for m in matters() {
        let (screened, steps) = (m.screening, m.steps);
        let handler = if let Screening::Accepted { handler, .. } = screened { Some(handler) } else { None };
        assert!(handler.is_none_or(|h| !m.against.contains(&h)), "{}", m.key);
        for step in steps {
            if let Step::Note { by, .. } = step {
                assert!(!m.against.contains(by), "{}", m.key);
            }
        }
    }
}

#[test]
fn the_script_shows_one_of_each_thing() {
    let all = matters();
    for channel in
        [Channel::Visit, Channel::Letter, Channel::Call, Channel::Online, Channel::Video, Channel::Assigned]
    {
        assert!(all.iter().any(|m| m.channel == channel), "{channel:?}");
    }
    assert!(
        all.iter().any(|m| {
            m.people == 12 && m.who.iter().filter(|w| w.part == Part::Representative).count() == 4
        })
    );
    assert!(all.iter().any(|m| m.who.is_empty()));
    let care: Vec<Care> = all.iter().flat_map(|m| m.who).map(|w| w.care).collect();
    assert!(care.iter().any(|c| c.elderly) && care.iter().any(|c| c.interpreter));
    assert!(all.iter().flat_map(|m| m.who).any(|w| w.kind == WhoKind::Organisation));
    assert!(all.iter().any(|m| !m.against.is_empty()));
    let contacts = |m: &DemoMatter| m.steps.iter().filter(|s| matches!(s, Step::Contact { .. })).count();
    assert!(all.iter().any(|m| contacts(m) >= 2));
    let tops: HashSet<&str> = all.iter().filter_map(|m| m.category.split('.').next()).collect();
    assert_eq!(tops.len(), 10, "{tops:?}");
}

#[test]
fn at_most_five_speak_for_a_group_and_everybody_was_born() {
    for m in matters() {
        assert!(m.who.iter().filter(|w| w.part == Part::Representative).count() <= 5, "{}", m.key);
        assert!(m.people >= 1);
        for w in m.who {
            if let WhoKind::Person { born, .. } = w.kind {
                assert!(born.parse::<NaiveDate>().is_ok(), "{}", w.name);
            }
        }
    }
}

#[test]
fn nobody_is_branded_and_nobody_is_watched() {
    for m in matters() {
        let text = format!("{m:?}");
        for word in NEVER_SAID {
            assert!(!text.contains(word), "{}: {word}", m.key);
        }
    }
}

#[test]
fn years_are_counted_from_the_day_of_the_demonstration() {
    let today = "2027-01-05".parse().unwrap();
    assert_eq!(with_years("（{y1}）豫0404执886号", today), "（2026）豫0404执886号");
    assert!(matters().iter().all(|m| !with_years(&format!("{:?}", m.cases), today).contains('{')));
}

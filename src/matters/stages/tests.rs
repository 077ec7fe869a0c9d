use super::*;
use crate::reviews::{ReviewKind, rules};

const QUIET: Standing = Standing {
    stage: Stage::Handling,
    referred: false,
    reply: None,
    merged: false,
    review: rules::Standing { open: None, next: None, here: false },
    owed: Owed { satisfaction: false, call_back: false, again: false },
    above: Above { objectionable: false, owed: false, unsettled: false },
};

/// Every stage with every state of the reply and the review, and each of the other things by itself and all at once.
fn standings() -> impl Iterator<Item = Standing> {
    let replies = std::iter::once(None).chain(DraftState::ALL.iter().copied().map(Some));
    let owed = Owed { satisfaction: true, call_back: true, again: true };
    let offered = rules::Standing { open: None, next: Some(ReviewKind::Review), here: false };
    let review = |open| rules::Standing { open: Some(open), next: None, here: false };
    let others = [
        QUIET,
        Standing { referred: true, ..QUIET },
        Standing { merged: true, ..QUIET },
        Standing { review: offered, ..QUIET },
        Standing { review: rules::Standing { here: true, ..QUIET.review }, ..QUIET },
        Standing { review: review(ReviewState::Requested), ..QUIET },
        Standing { review: review(ReviewState::HandedOver), ..QUIET },
        Standing { owed: Owed { satisfaction: true, ..QUIET.owed }, ..QUIET },
        Standing { owed: Owed { call_back: true, ..QUIET.owed }, ..QUIET },
        Standing { owed: Owed { again: true, ..QUIET.owed }, ..QUIET },
        Standing { above: Above { owed: true, unsettled: true, ..QUIET.above }, ..QUIET },
        Standing { above: Above { objectionable: true, owed: true, unsettled: true }, ..QUIET },
        Standing { above: Above { unsettled: true, ..QUIET.above }, ..QUIET },
        Standing {
            referred: true,
            merged: true,
            owed,
            review: review(ReviewState::Requested),
            above: Above { objectionable: true, owed: true, unsettled: true },
            ..QUIET
        },
    ];
    let replied = replies.flat_map(move |reply| others.map(|other| Standing { reply, ..other }));
    replied.flat_map(|standing| Stage::ALL.iter().map(move |stage| Standing { stage: *stage, ..standing }))
}

#[test]
fn the_table_holds() {
    assert_eq!(check(), Ok(()));
}

/// Stage x event x permission x relation x condition: allowed exactly where a row of the table says all of it.
#[test]
fn the_predicate_is_the_table_and_nothing_else() {
    for standing in standings() {
        for event in Event::ALL {
            let row = TABLE.iter().find(|row| row.event == *event && row.from.contains(&standing.stage));
            for relation in Relation::ALL {
                // Only the row's permission; then every permission but that one.
                for holds in [true, false] {
                    let may = |permission| row.is_some_and(|row| holds == (permission == row.permission));
                    let said = allowed(&standing, &[*relation], may, *event);
                    let expected = row.is_some_and(|row| {
                        holds
                            && (row.who.is_empty() || row.who.contains(relation))
                            && row.guards.iter().all(|guard| standing.holds(*guard))
                    });
                    assert_eq!(said.is_ok(), expected, "{standing:?} {event:?} {relation:?} {holds}");
                    if let (Ok(to), Some(row)) = (said, row) {
                        assert_eq!(to, row.to);
                    }
                }
            }
        }
    }
}

#[test]
fn every_refusal_is_a_sentence_that_says_what_to_do() {
    for event in Event::ALL {
        let refusals = [
            Refusal::Stage(*event, Stage::Closed),
            Refusal::NotYours(*event),
            Refusal::Unless(*event, Guard::NothingReferred),
        ];
        for refusal in refusals {
            assert!(refusal.to_string().ends_with('。') && refusal.to_string().contains('请'), "{refusal:?}");
        }
    }
}

#[test]
fn nobody_takes_over_what_was_not_referred_to_them() {
    let referred = Standing { referred: true, ..QUIET };
    let everything = |_| true;
    assert!(allowed(&referred, &[Relation::Addressee], everything, Event::TakeOver).is_ok());
    assert_eq!(
        allowed(&referred, &[Relation::Accountable, Relation::Officer], everything, Event::TakeOver),
        Err(Refusal::NotYours(Event::TakeOver))
    );
    let quiet = Standing { referred: false, ..referred };
    assert_eq!(
        allowed(&quiet, &[Relation::Addressee], everything, Event::TakeOver),
        Err(Refusal::Unless(Event::TakeOver, Guard::SomethingReferred))
    );
}

/// Promise 2: whoever asks, and however the matter stands.
#[test]
fn nothing_is_closed_as_answered_or_concluded_without_a_served_reply() {
    for standing in standings() {
        for event in [Event::Close, Event::Conclude] {
            let said = allowed(&standing, Relation::ALL, |_| true, event);
            let served = standing.stage == Stage::Replied && standing.reply == Some(DraftState::Served);
            let free = !standing.referred
                && standing.review.open != Some(ReviewState::Requested)
                && !standing.above.owed;
            assert_eq!(said.is_ok(), served && free, "{standing:?} {event:?}");
        }
    }
}

#[test]
fn no_other_way_leads_to_a_closed_matter_than_those_that_leave_a_reply_or_a_reason() {
    let closing: Vec<Event> =
        TABLE.iter().filter(|row| row.to == To::Stage(Stage::Closed)).map(|row| row.event).collect();
    assert_eq!(
        closing,
        [
            Event::LitigationResult,
            Event::Close,
            Event::PetitionerWithdraws,
            Event::Conclude,
            Event::DecideReview,
            Event::Merge,
        ]
    );
}

/// Whoever assigned a matter hears its result before it ends, whichever way it ends.
#[test]
fn nothing_ends_while_its_result_is_owed_above() {
    for standing in standings().filter(|standing| standing.above.owed) {
        for row in TABLE.iter().filter(|row| row.to == To::Stage(Stage::Closed)) {
            assert!(allowed(&standing, Relation::ALL, |_| true, row.event).is_err(), "{:?}", row.event);
        }
    }
}

#[test]
fn only_somebody_else_than_the_handler_asks() {
    let owed = Owed { satisfaction: true, call_back: true, again: false };
    let closed = Standing { stage: Stage::Closed, owed, ..QUIET };
    for event in [Event::AskSatisfaction, Event::CallBack] {
        let insiders = [Relation::Accountable, Relation::Handler, Relation::Officer];
        assert_eq!(allowed(&closed, &insiders, |_| true, event), Err(Refusal::NotYours(event)));
        assert_eq!(allowed(&closed, &[Relation::Outsider], |_| true, event), Ok(To::Same));
    }
}

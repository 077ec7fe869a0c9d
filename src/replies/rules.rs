//! Who approves a reply, what it must hold, what it says in running text. Nothing here reads a clock, a database or a
//! request.

use super::types::{Content, DraftState, Item, Remedy};
use crate::error::Problem;
use crate::matters::types::{CaseStage, Stage};
use crate::people::StaffId;

/// The tier from which the leader in charge approves instead of the division head.
const LEADERS_FROM_TIER: i64 = 2;

/// Somebody who would approve a reply, as far as the rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approver {
    pub id: StaffId,
    /// Heads the division that handles the matter.
    pub heads: bool,
    /// A vice president or the president.
    pub leads: bool,
}

/// The reply that waits for approval, as far as the rule looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub tier: Option<i64>,
    /// The leader in charge (包案领导), while somebody is who may know of the matter.
    pub in_charge: Option<StaffId>,
    /// Whoever wrote in it or submitted it, whoever handles the matter, and who decided the case.
    pub involved: Vec<StaffId>,
}

/// Whether this person may approve the reply or return it; never whoever wrote in it or submitted it, handles the
/// matter or decided the case. Below tier 2 the head of the division, or a leader. From tier 2 up the leader in charge alone; any leader where
/// nobody is in charge yet, or who is had a part in it.
pub fn approves(who: Approver, reply: &Waiting) -> bool {
    let free = |one: &StaffId| !reply.involved.contains(one);
    let fits = match reply.in_charge.filter(free) {
        Some(leader) if needs_leader(reply.tier) => who.id == leader,
        _ => who.leads || who.heads && !needs_leader(reply.tier),
    };
    fits && free(&who.id)
}

/// A version that is being written, as far as it matters whose page fits it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    pub number: i64,
    pub version: i64,
    /// [`super::types::Draft::base_version`].
    pub base_version: i64,
    /// Whoever writes holds it.
    pub mine: bool,
}

/// Whether what was typed on the page that showed `version` of the version `number` may go into the one that is being
/// written: its holder's page fits for as long as nobody but they themselves kept it while typing, also where their
/// typing began it; anybody else's only if it showed all of it.
pub fn fits(open: Open, (number, version): (i64, i64)) -> bool {
    if open.mine {
        let begun_on = number == open.number || number + 1 == open.number;
        begun_on && (open.base_version..=open.version).contains(&version)
    } else {
        (number, version) == (open.number, open.version)
    }
}

/// Whom a submitted reply waits for: whoever was `chosen`, while they may; else the head of the division; else the
/// supervising leader; else every leader. All of them may approve it and see the matter.
pub fn asked(
    chosen: Option<StaffId>,
    head: Option<StaffId>,
    leaders: &[StaffId],
    supervising: Option<StaffId>,
) -> Vec<StaffId> {
    let first = supervising.filter(|leader| leaders.contains(leader));
    match chosen.or(head).or(first) {
        Some(one) => vec![one],
        None => leaders.to_vec(),
    }
}

/// From tier 2 up the leader in charge approves.
pub fn needs_leader(tier: Option<i64>) -> bool {
    tier.is_some_and(|tier| tier >= LEADERS_FROM_TIER)
}

/// Where the reply of a matter in this stage stands: what was served before the matter was reopened is another round's.
pub fn standing(stage: Stage, newest: Option<DraftState>) -> Option<DraftState> {
    match (stage, newest) {
        (Stage::Replied | Stage::Closed, state) => state,
        (
            Stage::Registered | Stage::Screening | Stage::InLitigation | Stage::Handling,
            Some(DraftState::Served),
        ) => None,
        (Stage::Registered | Stage::Screening | Stage::InLitigation | Stage::Handling, state) => state,
    }
}

/// Why a reply can't be submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NoItem,
    Unfinished,
    OthersDraft,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refusal::NoItem => "答复意见书要逐项答复，请至少写一项诉求。",
            Refusal::Unfinished => {
                "答复意见书还没有写完：每项诉求都要有查明的事实、依据、意见，请补齐再送审。"
            }
            Refusal::OthersDraft => "这份答复意见书正由别人起草，请刷新页面查看最新内容后再修改。",
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// Whether a reply answers every claim in full: facts, basis and opinion (信访工作条例 32).
///
/// # Errors
///
/// What is missing.
pub fn complete(content: &Content) -> Result<(), Refusal> {
    let full = |item: &Item| {
        [&item.claim, &item.facts, &item.basis, &item.opinion].iter().all(|text| !text.trim().is_empty())
            && item.outcome.is_some()
    };
    if content.items.is_empty() {
        return Err(Refusal::NoItem);
    }
    let said = !content.receipt.trim().is_empty() && !content.remedy_text.trim().is_empty();
    if said && content.items.iter().all(full) { Ok(()) } else { Err(Refusal::Unfinished) }
}

/// The claims of a matter, one for each line or clause that ends in a semicolon.
pub fn claims(claim: &str) -> Vec<String> {
    claim
        .split(['；', ';', '\n'])
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .map(|one| one.trim_end_matches('。').to_owned())
        .collect()
}

/// The remedy that a case stage suggests: what a court decided has its procedure of law.
pub fn usual_remedy(case_stage: CaseStage, has_case: bool) -> Remedy {
    match case_stage {
        CaseStage::Filing
        | CaseStage::Trial
        | CaseStage::Enforcement
        | CaseStage::Review
        | CaseStage::Compensation => Remedy::Procedure,
        CaseStage::Other if has_case => Remedy::Procedure,
        CaseStage::Other => Remedy::Review,
    }
}

/// The remedy as a reply usually says it.
pub fn remedy_text(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::Review => {
            "您对本答复意见不服的，可以自收到本意见书之日起30日内，向上一级机关申请复查；逾期不再受理。"
        }
        Remedy::Procedure => {
            "您反映的事项有法定程序。对裁判、执行等不服的，请依照法律规定的期限，通过上诉、申请再审、执行异议等法定程序提出，不适用信访复查、复核。"
        }
    }
}

/// The numbers by which Chinese papers count.
const NUMBERS: [&str; 20] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五",
    "十六", "十七", "十八", "十九", "二十",
];

/// The word for the item at this place, counted from 0.
pub fn numbered(at: usize) -> String {
    NUMBERS.get(at).map_or_else(|| (at + 1).to_string(), |word| (*word).to_owned())
}

/// The whole reply in running text, as it is kept with the matter.
pub fn text(content: &Content) -> String {
    let items = content.items.iter().enumerate().map(|(at, item)| {
        let outcome = item.outcome.map_or("", |outcome| outcome.label());
        let Item { claim, facts, basis, opinion, .. } = item;
        format!("{}、诉求：{claim}\n查明：{facts}\n依据：{basis}\n意见：（{outcome}）{opinion}", numbered(at))
    });
    let mut parts = vec![content.receipt.clone()];
    parts.extend(items);
    parts.push(content.remedy_text.clone());
    parts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::types::Outcome;
    use super::*;

    fn waiting(tier: Option<i64>) -> Waiting {
        Waiting { tier, in_charge: None, involved: vec![StaffId(1), StaffId(2), StaffId(3)] }
    }
    const HEAD: Approver = Approver { id: StaffId(9), heads: true, leads: false };
    const LEADER: Approver = Approver { id: StaffId(10), heads: false, leads: true };

    #[test]
    fn the_head_approves_and_from_tier_two_the_leader() {
        for (tier, head) in [(None, true), (Some(1), true), (Some(2), false), (Some(3), false)] {
            let reply = waiting(tier);
            assert_eq!(approves(HEAD, &reply), head, "{tier:?}");
            assert!(approves(LEADER, &reply));
            assert!(!approves(Approver { heads: false, ..HEAD }, &reply));
        }
    }

    #[test]
    fn the_leader_in_charge_alone_approves_unless_they_had_a_part_in_it() {
        let in_charge = |tier, leader| Waiting { in_charge: Some(StaffId(leader)), ..waiting(tier) };
        let charged = Approver { id: StaffId(11), ..LEADER };
        for (tier, leader, who, may) in [
            (Some(2), 11, charged, true),
            (Some(2), 11, LEADER, false),
            (Some(2), 11, HEAD, false),
            (Some(3), 11, charged, true),
            (Some(3), 11, LEADER, false),
            (Some(2), 1, LEADER, true),
            (Some(2), 1, HEAD, false),
            (Some(2), 1, Approver { id: StaffId(1), ..LEADER }, false),
            (Some(1), 11, HEAD, true),
            (None, 11, LEADER, true),
        ] {
            assert_eq!(approves(who, &in_charge(tier, leader)), may, "{tier:?} {leader} {who:?}");
        }
    }

    #[test]
    fn nobody_approves_what_they_wrote_submitted_or_handle() {
        for involved in [1, 2, 3] {
            assert!(!approves(Approver { id: StaffId(involved), ..HEAD }, &waiting(None)));
            assert!(!approves(Approver { id: StaffId(involved), ..LEADER }, &waiting(None)));
        }
    }

    #[test]
    fn the_holders_page_fits_what_they_kept_and_anybody_elses_only_all_of_it() {
        let open = Open { number: 2, version: 7, base_version: 4, mine: true };
        for (base, mine, others) in [
            ((2, 7), true, true),
            ((2, 4), true, false),
            ((1, 4), true, false),
            ((2, 3), false, false),
            ((2, 8), false, false),
            ((0, 5), false, false),
            ((3, 7), false, false),
        ] {
            assert_eq!(fits(open, base), mine, "{base:?}");
            assert_eq!(fits(Open { mine: false, ..open }, base), others, "{base:?}");
        }
    }

    #[test]
    fn one_is_asked_before_the_other() {
        let (chosen, head, leaders) = (StaffId(1), StaffId(2), [StaffId(3), StaffId(4)]);
        assert_eq!(asked(Some(chosen), Some(head), &leaders, None), [chosen]);
        assert_eq!(asked(None, Some(head), &leaders, Some(StaffId(4))), [head]);
        assert_eq!(asked(None, None, &leaders, Some(StaffId(4))), [StaffId(4)]);
        assert_eq!(asked(None, None, &leaders, Some(StaffId(9))), leaders);
        assert_eq!(asked(None, None, &[], None), []);
    }

    fn item() -> Item {
        Item {
            claim: "请求尽快执行".into(),
            facts: "已冻结账户".into(),
            basis: "民事诉讼法".into(),
            outcome: Some(Outcome::Supported),
            opinion: "本月内发放".into(),
        }
    }

    fn content(items: Vec<Item>) -> Content {
        let remedy_text = remedy_text(Remedy::Review).to_owned();
        Content { receipt: "本院收到。".into(), items, remedy: Remedy::Review, remedy_text }
    }

    #[test]
    fn every_claim_is_answered_in_full() {
        assert_eq!(complete(&content(vec![item()])), Ok(()));
        assert_eq!(complete(&content(Vec::new())), Err(Refusal::NoItem));
        for short in [
            Item { facts: " ".into(), ..item() },
            Item { basis: String::new(), ..item() },
            Item { outcome: None, ..item() },
            Item { opinion: String::new(), ..item() },
        ] {
            assert_eq!(complete(&content(vec![item(), short])), Err(Refusal::Unfinished));
        }
    }

    #[test]
    fn claims_are_told_apart_and_counted_in_words() {
        assert_eq!(claims("请求尽快执行；请求退还诉讼费。"), ["请求尽快执行", "请求退还诉讼费"]);
        assert_eq!(numbered(0), "一");
        assert_eq!(numbered(20), "21");
        let said = text(&content(vec![item(), item()]));
        assert!(said.contains("二、诉求：请求尽快执行") && said.contains("（予以支持）本月内发放"));
    }

    #[test]
    fn what_was_served_before_a_reopening_is_not_the_reply_of_now() {
        assert_eq!(standing(Stage::Handling, Some(DraftState::Served)), None);
        assert_eq!(standing(Stage::Closed, Some(DraftState::Served)), Some(DraftState::Served));
        assert_eq!(standing(Stage::Handling, Some(DraftState::Approved)), Some(DraftState::Approved));
    }

    #[test]
    fn review_is_offered_only_where_no_procedure_of_law_exists() {
        assert_eq!(usual_remedy(CaseStage::Enforcement, true), Remedy::Procedure);
        assert_eq!(usual_remedy(CaseStage::Other, false), Remedy::Review);
        assert!(remedy_text(Remedy::Review).contains("30日"));
        assert!(!remedy_text(Remedy::Procedure).contains("30日"));
    }
}

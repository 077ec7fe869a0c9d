//! To whom a matter may be referred. Nothing here reads a clock, a database or a request.

use crate::error::Problem;

/// The person to whom somebody wants to refer a matter, as far as the rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addressee {
    pub active: bool,
    /// A role of theirs lets them take matters over.
    pub takes_over: bool,
    pub in_division: bool,
    /// The matter complains about them (promise 9).
    pub complained_of: bool,
    /// They answer for it already.
    pub accountable: bool,
    /// They decided the case (原案承办人).
    pub case_judge: bool,
}

/// Who refers, and why a case judge is to handle it all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender<'a> {
    pub officer: bool,
    /// Empty where nothing was said.
    pub excuse: &'a str,
}

/// Why a matter can't be referred to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No longer in service, or of another division, or without a role that handles matters; also whoever is complained of:
    /// that they are isn't told (promise 9).
    NotThisPerson,
    AlreadyTheirs,
    JudgeOfTheCase,
    NoHead,
    /// Conduct complaints go to inspection only.
    OnlyInspection,
    /// Whoever would take it over decided the case, and nobody has said why they should.
    OwnCase,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refusal::NotThisPerson => "这件事项不能转给这个人，请选择承办庭室的其他人员。",
            Refusal::AlreadyTheirs => "这件事项现在就由这个人负责，请选择其他人员。",
            Refusal::JudgeOfTheCase => {
                "所选人员是原案承办人，一般不能自己办理反映该案的信访。确需由其办理的，请信访专干写明理由后再转办。"
            }
            Refusal::NoHead => "这个庭室没有设置负责人，不会有人接办。请直接选择承办人，或者联系系统管理员设置庭长。",
            Refusal::OwnCase => {
                "您是原案承办人，一般不能办理反映该案的信访。请写明情况退回，由信访专干决定转给谁办理。"
            }
            Refusal::OnlyInspection => "检举控告只能由监察部门办理，请选择监察部门的人员。",
        })
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Problem::Refused(refusal.to_string())
    }
}

/// Whether a matter may be referred to this person.
///
/// # Errors
///
/// Why not.
pub fn check_addressee(to: Addressee, from: Sender) -> Result<(), Refusal> {
    if !to.active || !to.takes_over || !to.in_division || to.complained_of {
        return Err(Refusal::NotThisPerson);
    }
    if to.accountable {
        return Err(Refusal::AlreadyTheirs);
    }
    if to.case_judge && (!from.officer || from.excuse.trim().is_empty()) {
        return Err(Refusal::JudgeOfTheCase);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIT: Addressee = Addressee {
        active: true,
        takes_over: true,
        in_division: true,
        complained_of: false,
        accountable: false,
        case_judge: false,
    };
    const HEAD: Sender = Sender { officer: false, excuse: "" };

    #[test]
    fn only_who_may_handle_it_gets_it() {
        assert_eq!(check_addressee(FIT, HEAD), Ok(()));
        for unfit in [
            Addressee { active: false, ..FIT },
            Addressee { takes_over: false, ..FIT },
            Addressee { in_division: false, ..FIT },
            Addressee { complained_of: true, ..FIT },
        ] {
            assert_eq!(check_addressee(unfit, HEAD), Err(Refusal::NotThisPerson), "{unfit:?}");
        }
        let theirs = Addressee { accountable: true, ..FIT };
        assert_eq!(check_addressee(theirs, HEAD), Err(Refusal::AlreadyTheirs));
    }

    #[test]
    fn the_judge_of_the_case_handles_it_only_when_an_officer_says_why() {
        let judge = Addressee { case_judge: true, ..FIT };
        let officer = |excuse| Sender { officer: true, excuse };
        assert_eq!(check_addressee(judge, HEAD), Err(Refusal::JudgeOfTheCase));
        assert_eq!(
            check_addressee(judge, Sender { officer: false, excuse: "熟悉案情" }),
            Err(Refusal::JudgeOfTheCase)
        );
        assert_eq!(check_addressee(judge, officer("  ")), Err(Refusal::JudgeOfTheCase));
        assert_eq!(check_addressee(judge, officer("全庭仅此一名法官在岗")), Ok(()));
    }
}

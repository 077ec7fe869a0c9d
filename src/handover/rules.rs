//! Who can take on what. Nothing here reads a clock, a database or a request.

use super::types::Holding;

/// Somebody who is to take something on, as far as the rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Successor {
    /// Active, and in a role that works on matters.
    pub works: bool,
    /// A complaint about conduct stays with inspection or the president.
    pub sees_conduct: bool,
    /// The matter complains about them (promise 9).
    pub complained_of: bool,
    /// They decided the case (原案承办人).
    pub case_judge: bool,
}

/// Why somebody can't take something on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    NobodyChosen,
    NotWorking,
    /// They are complained of, or it is a complaint about conduct that is not theirs to see. Which of the two isn't told.
    Recused,
    JudgeOfTheCase,
}

impl Unfit {
    /// In words for the dry run.
    pub const fn label(self) -> &'static str {
        match self {
            Unfit::NobodyChosen => "还没有选择接手人",
            Unfit::NotWorking => "接手人不办理信访事项",
            Unfit::Recused => "接手人按规定不能办理此件",
            Unfit::JudgeOfTheCase => "接手人是原案承办人",
        }
    }
}

/// Whether this person can take on something that is held so, in a complaint about conduct where `conduct`.
///
/// # Errors
///
/// Why not.
pub fn fit(who: Successor, holding: Holding, conduct: bool) -> Result<(), Unfit> {
    if !who.works {
        return Err(Unfit::NotWorking);
    }
    if who.complained_of || conduct && !who.sees_conduct {
        return Err(Unfit::Recused);
    }
    let handles = match holding {
        Holding::Accountable | Holding::Handler | Holding::Addressee => true,
        Holding::Helper | Holding::Sender => false,
    };
    if who.case_judge && handles { Err(Unfit::JudgeOfTheCase) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIT: Successor =
        Successor { works: true, sees_conduct: false, complained_of: false, case_judge: false };

    #[test]
    fn each_holding_goes_to_who_may_have_it() {
        for holding in Holding::ALL {
            assert_eq!(fit(FIT, *holding, false), Ok(()), "{holding:?}");
            assert_eq!(fit(Successor { works: false, ..FIT }, *holding, false), Err(Unfit::NotWorking));
            assert_eq!(fit(Successor { complained_of: true, ..FIT }, *holding, false), Err(Unfit::Recused));
            assert_eq!(fit(FIT, *holding, true), Err(Unfit::Recused));
            assert_eq!(fit(Successor { sees_conduct: true, ..FIT }, *holding, true), Ok(()));
        }
    }

    #[test]
    fn the_judge_of_the_case_may_help_and_nothing_more() {
        let judge = Successor { case_judge: true, ..FIT };
        for holding in Holding::ALL {
            let may = matches!(holding, Holding::Helper | Holding::Sender);
            assert_eq!(fit(judge, *holding, false).is_ok(), may, "{holding:?}");
        }
    }
}

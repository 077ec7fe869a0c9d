//! `tingsong calendar due`: a date and how it comes about, with no database needed.

use super::rules::read_date;
use super::types::WorkingDays;
use crate::deadlines::rules::derive;
use crate::deadlines::types::{Count, Unit};

/// What `tingsong calendar due` is told. Texts, so that whatever is wrong is answered with a Chinese sentence.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct DueArgs {
    /// The day from which it runs, such as 2026-11-23; itself never counted
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// Calendar days (日)
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub days: Option<String>,
    /// Working days (工作日)
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub working_days: Option<String>,
    /// Months (月)
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub months: Option<String>,
    /// Leaves a last day on which the court doesn't work where it is
    #[arg(long)]
    pub no_roll: bool,
}

/// The due date alone on the first line (ISO), how it comes about below, by the calendar that comes with the software.
///
/// # Errors
///
/// A Chinese sentence saying what is wrong with the arguments.
pub fn due(args: &DueArgs) -> Result<String, String> {
    due_by(args, &WorkingDays::shipped())
}

/// [`due`] by this calendar: the court's own, where there is a database.
///
/// # Errors
///
/// As [`due`].
pub fn due_by(args: &DueArgs, calendar: &WorkingDays) -> Result<String, String> {
    let from = args.from.as_deref().ok_or("请用 --from 写明起算日期，例如 --from 2026-11-23。")?;
    let starts_on = read_date(from)
        .ok_or_else(|| format!("“{from}”不是有效日期。请写成 2026-11-23 的样子，年份在1950至2199之间。"))?;
    let told = derive(starts_on, count(args)?, calendar).map_err(|refusal| refusal.to_string())?;
    let mut text = told.due.due_on.to_string();
    for line in told.lines() {
        text.push('\n');
        text.push_str(&line);
    }
    Ok(text)
}

fn count(args: &DueArgs) -> Result<Count, String> {
    let roll = !args.no_roll;
    match (&args.days, &args.working_days, &args.months) {
        (Some(n), None, None) => Ok(Count { amount: amount(n, Unit::Day)?, unit: Unit::Day, roll }),
        (None, Some(n), None) => {
            Ok(Count { amount: amount(n, Unit::WorkingDay)?, unit: Unit::WorkingDay, roll })
        }
        (None, None, Some(n)) => Ok(Count { amount: amount(n, Unit::Month)?, unit: Unit::Month, roll }),
        _ => {
            Err("请在 --days（日）、--working-days（工作日）、--months（月）中选一个，并写明数目。"
                .to_owned())
        }
    }
}

fn amount(text: &str, unit: Unit) -> Result<u32, String> {
    let wrong = || format!("“{text}”不是有效的期限。请写一个整数，0到{}之间，例如 15。", unit.limit());
    let digits = text.trim();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    digits.parse().ok().filter(|n| *n <= unit.limit()).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn args(from: &str, unit: &str, n: &str, no_roll: bool) -> DueArgs {
        let when = |name: &str| (unit == name).then(|| n.to_owned());
        DueArgs {
            from: Some(from.to_owned()),
            days: when("days"),
            working_days: when("working-days"),
            months: when("months"),
            no_roll,
        }
    }

    fn first_line(args: &DueArgs) -> String {
        due(args).unwrap().lines().next().unwrap().to_owned()
    }

    #[test]
    fn the_date_stands_alone_on_the_first_line() {
        assert_eq!(first_line(&args("2026-09-18", "days", "15", false)), "2026-10-08");
        assert_eq!(first_line(&args("2026-09-18", "days", "15", true)), "2026-10-03");
        assert_eq!(first_line(&args("2026-09-30", "working-days", "5", false)), "2026-10-13");
        assert_eq!(first_line(&args("2026-08-31", "months", "1", false)), "2026-09-30");
    }

    #[test]
    fn an_unannounced_year_is_marked() {
        let text = due(&args("2026-12-25", "working-days", "10", false)).unwrap();
        assert!(text.contains("\n注意：2027年放假安排尚未公布，按暂定日历推算"), "{text}");
        assert!(!due(&args("2026-11-02", "days", "10", false)).unwrap().contains("注意"));
    }

    #[test]
    fn what_is_wrong_is_said_in_chinese() {
        for wrong in [
            DueArgs::default(),
            args("2026-11-23", "", "", false),
            args("2026-02-30", "days", "1", false),
            args("2026-11-23", "days", "-1", false),
            args("2026-11-23", "days", "99999999999999999999", false),
            args("2026-11-23", "months", "4294967295", false),
            args("9999-12-31", "days", "1", false),
            args("2026-11-23", "working-days", "五", false),
            DueArgs { months: Some("1".into()), ..args("2026-11-23", "days", "1", false) },
        ] {
            let sentence = due(&wrong).unwrap_err();
            assert!(sentence.ends_with('。') && sentence.starts_with(|c| c > '\u{7f}'), "{sentence}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_makes_it_panic(from in "\\PC{0,12}|[0-9]{4}-[0-9]{2}-[0-9]{2}", unit in "days|working-days|months|", n in "\\PC{0,6}|[0-9]{1,12}", no_roll: bool) {
            let _ = due(&args(&from, &unit, &n, no_roll));
        }
    }
}

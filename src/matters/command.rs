//! What the command line can do with matters.

use super::case_number::CaseNumber;
use chrono::NaiveDate;

/// 解读一个案号：第一行是规范写法，下面逐段说明；写错时指出错在哪一段。
#[derive(Clone, Debug, clap::Args)]
pub struct CaseNumberArgs {
    /// 案号，例如 （2026）豫0404民初123号；半角括号、全角数字、空格都可以
    #[arg(value_name = "TEXT")]
    pub text: String,
}

/// `tingsong case-number TEXT`: the canonical form alone on the first line, what each part means below.
///
/// # Errors
///
/// A sentence that names the part that is wrong; the command ends with 1.
pub fn case_number(args: &CaseNumberArgs, today: NaiveDate) -> Result<String, String> {
    let number = CaseNumber::parse_until(&args.text, today).map_err(|fault| fault.to_string())?;
    let mut out = number.canonical();
    for part in number.parts() {
        out.push_str(&format!("\n{}  {}  {}", part.part, part.text, part.meaning));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_number_alone() {
        let today = "2026-11-23".parse().unwrap();
        let run = |text: &str| case_number(&CaseNumberArgs { text: text.to_owned() }, today);
        let out = run("(2026) 豫0404 执恢 28号").unwrap();
        assert_eq!(out.lines().next(), Some("（2026）豫0404执恢28号"));
        assert!(out.contains("类型代字  执恢  恢复执行"), "{out}");
        assert!(run("（2026）豫040民初1号").unwrap_err().contains("法院代字"));
        assert!(run("（2027）豫0404民初1号").unwrap_err().contains("收案年度"));
    }
}

//! What the command line can do with petitioners.

use super::document_number::{DocumentNumber, DocumentType};
use chrono::NaiveDate;

/// 核对一个证件号码：第一行是规范写法，下面是号码的含义；不对时指出不符合哪条规则。
#[derive(Clone, Debug, clap::Args)]
pub struct DocumentNumberArgs {
    /// 证件类型：id、residence、hkmo、tw、foreign-id、passport、uscc、orgcode、military、lawyer、none
    #[arg(value_name = "TYPE")]
    pub kind: String,
    /// 号码；类型为 none 时不填
    #[arg(value_name = "NUMBER", default_value = "")]
    pub number: String,
}

/// `tingsong document-number TYPE NUMBER`: the normalised number alone on the first line, its meaning below.
///
/// # Errors
///
/// A sentence that names the rule that failed; the command ends with 1.
pub fn document_number(args: &DocumentNumberArgs, today: NaiveDate) -> Result<String, String> {
    let kind = DocumentType::from_code(args.kind.trim()).ok_or_else(|| {
        let known: Vec<_> =
            DocumentType::ALL.iter().map(|kind| format!("{}（{}）", kind.code(), kind.label())).collect();
        format!("没有“{}”这种证件类型。可用的有：{}。", args.kind, known.join("、"))
    })?;
    let number = DocumentNumber::parse(kind, &args.number, today).map_err(|fault| fault.to_string())?;
    let mut out = if kind == DocumentType::None { kind.label() } else { number.number() }.to_owned();
    for (part, which) in number.parts() {
        out.push_str(&format!("\n{part}  {which}"));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_number_alone() {
        let run = |kind: &str, number: &str| {
            let args = DocumentNumberArgs { kind: kind.to_owned(), number: number.to_owned() };
            document_number(&args, "2026-11-23".parse().unwrap())
        };
        let out = run("id", "110105 19491231 002x").unwrap();
        assert_eq!(out.lines().next(), Some("11010519491231002X"));
        for part in ["行政区划  110105（北京市）", "出生日期  1949年12月31日", "性别  女", "校验码  X"]
        {
            assert!(out.contains(part), "{part} in {out}");
        }
        assert!(run("id", "110105194912310021").unwrap_err().contains("校验码"));
        assert!(run("card", "1").unwrap_err().contains("uscc（统一社会信用代码）"));
        assert_eq!(run("none", "").unwrap().lines().next(), Some("无证件"));
    }
}

//! Names of files, as people and browsers give them, made harmless.

use super::FileKind;

/// What a name may have before its ending, in characters.
const LONGEST: usize = 80;

/// The ending in small letters, without its dot; empty where there is none.
pub(super) fn ending(name: &str) -> String {
    let name = name.trim_end_matches([' ', '.']);
    name.rsplit_once('.').map(|(_, ending)| ending.trim().to_lowercase()).unwrap_or_default()
}

/// `name` without a path, without what any file system or header could take for something else, and with an ending that
/// fits what the file is.
pub(super) fn clean(name: &str, kind: FileKind) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let fits = kind.endings().contains(&ending(base).as_str());
    let (stem, given) = match base.rsplit_once('.') {
        Some((stem, _)) if fits => (stem, ending(base)),
        _ => (base, String::new()),
    };
    let harmless: String = stem
        .chars()
        .filter(|c| !c.is_control() && !is_direction(*c))
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c })
        .take(LONGEST)
        .collect();
    let stem = harmless.trim_matches([' ', '.']);
    let stem = if stem.is_empty() { "附件" } else { stem };
    let ending = if fits { given } else { kind.endings().first().copied().unwrap_or("bin").to_owned() };
    format!("{stem}.{ending}")
}

/// Signs that turn the direction of writing, with which `附件cod.exe` can look like `附件exe.doc`.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_keeps_what_is_harmless_and_gets_the_ending_that_fits() {
        for (name, clean_name) in [
            ("上访材料.pdf", "上访材料.pdf"),
            ("C:\\扫描\\1.PDF", "1.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("判决书.doc", "判决书.doc.pdf"),
            ("a\u{202E}fdp.exe", "afdp.exe.pdf"),
            ("", "附件.pdf"),
            (".pdf", "附件.pdf"),
            ("x\r\nSet-Cookie: a.pdf", "xSet-Cookie_ a.pdf"),
        ] {
            assert_eq!(clean(name, FileKind::Pdf), clean_name);
        }
    }

    proptest! {
        #[test]
        fn no_name_leaves_its_folder(name in ".*") {
            let name = clean(&name, FileKind::Text);
            prop_assert!(!name.contains(['/', '\\', '\0', '\n', '\r', '"']) && !name.starts_with('.'));
            prop_assert!(name.chars().count() <= LONGEST + 5);
        }
    }
}

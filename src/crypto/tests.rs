//! Sealing, indexing and the key file, from outside.

use super::*;
use proptest::prelude::*;
use std::os::unix::fs::PermissionsExt;

fn altered(text: &str, at: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #[test]
    fn what_is_sealed_opens_again(plain in ".{0,80}") {
        let keys = Keys::for_tests();
        prop_assert_eq!(keys.open(&keys.seal(&plain)), Ok(plain.clone()));
        let bytes = plain.into_bytes();
        prop_assert_eq!(keys.open_bytes(&keys.seal_bytes(&bytes)), Ok(bytes));
    }

    #[test]
    fn opening_anything_at_all_is_an_error_not_a_panic(text in ".{0,60}", bytes: Vec<u8>) {
        let keys = Keys::for_tests();
        prop_assert!(keys.open(&text).is_err());
        prop_assert!(keys.open_bytes(&bytes).is_err());
        let forged = ["v1", keys.key_id(), &text].join(".");
        prop_assert!(keys.open(&forged).is_err());
    }

    #[test]
    fn one_altered_character_is_noticed(plain in ".{0,20}", at: prop::sample::Index) {
        let keys = Keys::for_tests();
        let sealed = keys.seal(&plain);
        prop_assert!(keys.open(&altered(&sealed, at.index(sealed.len()))).is_err());
    }

    #[test]
    fn one_altered_byte_of_a_file_is_noticed(plain: Vec<u8>, at: prop::sample::Index) {
        let keys = Keys::for_tests();
        let mut sealed = keys.seal_bytes(&plain);
        let at = at.index(sealed.len());
        sealed[at] ^= 1;
        prop_assert!(keys.open_bytes(&sealed).is_err());
    }
}

#[test]
fn a_sealed_value_names_its_key_and_differs_each_time() {
    let keys = Keys::for_tests();
    let sealed = keys.seal("410404199001011234");
    assert!(sealed.starts_with(&format!("v1.{}.", keys.key_id())), "{sealed}");
    assert_ne!(sealed, keys.seal("410404199001011234"));
    assert!(!sealed.contains("410404"));
}

#[test]
fn a_file_cannot_pass_for_a_text_nor_a_text_for_a_file() {
    let keys = Keys::for_tests();
    let file = keys.seal_bytes(b"abc");
    let as_text = format!("v1.{}.{}", keys.key_id(), base64url(&file[12..]));
    assert_eq!(keys.open(&as_text), Err(CryptoError::Tampered));
}

#[test]
fn an_index_is_stable_and_knows_its_domain() {
    let keys = Keys::for_tests();
    let index = keys.index(Domain::Phone, "13800005678");
    assert_eq!(index.len(), 64);
    assert_eq!(index, Keys::for_tests().index(Domain::Phone, "13800005678"));
    assert_ne!(index, keys.index(Domain::Document, "13800005678"));
    assert_ne!(keys.index(Domain::PhoneTail, "5678"), keys.index(Domain::DocumentTail, "5678"));
    assert_ne!(keys.mac("csrf", b"x"), keys.mac("token", b"x"));
}

#[test]
fn a_made_key_file_is_the_owners_alone_and_loads_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("key");
    let keys = Keys::create(&path).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
    let again = Keys::load(&path).unwrap();
    assert_eq!(again.open(&keys.seal("住址")).unwrap(), "住址");
    assert_eq!((again.key_id(), again.root_id()), (keys.key_id(), keys.root_id()));
    assert!(matches!(Keys::create(&path), Err(KeyFileError::Exists(_))));
    assert_eq!(Keys::load_or_create(&path).unwrap().key_id(), keys.key_id());
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "no draft is left behind");
}

#[test]
fn a_key_file_that_others_may_read_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("key");
    Keys::create(&path).unwrap();
    for mode in [0o640, 0o604, 0o620, 0o601] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let error = Keys::load_or_create(&path).unwrap_err();
        assert!(matches!(error, KeyFileError::Exposed(_, seen) if seen == mode), "{error:?}");
        assert!(error.to_string().contains("chmod 600"));
    }
}

#[test]
fn a_missing_or_damaged_key_file_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("key");
    assert!(matches!(Keys::load(&path), Err(KeyFileError::Missing(_))));
    Keys::create(&path).unwrap();
    let whole = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let damaged = [
        (String::new(), 1),
        ("tingsong-keys 2\n".to_owned(), 1),
        (format!("{}\n{}\n", lines[0], lines[1]), 3),
        (format!("{}\n{}\n{}\n", lines[0], lines[2], lines[1]), 2),
        (whole[..whole.len() - 5].to_owned(), 3),
        (altered(&whole, whole.find("root").unwrap() + 20), 2),
        (format!("{whole}{}\n", lines[1]), 4),
        (format!("{whole}junk\n"), 4),
    ];
    for (text, line) in damaged {
        std::fs::write(&path, &text).unwrap();
        let error = Keys::load(&path).unwrap_err();
        assert!(matches!(error, KeyFileError::Damaged(_, at) if at == line), "{text:?}: {error:?}");
    }
}

#[test]
fn rotation_changes_what_seals_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("key");
    let old = Keys::create(&path).unwrap();
    let sealed = old.seal("13800005678");
    let new = Keys::rotate(&path).unwrap();
    assert_ne!(new.key_id(), old.key_id());
    assert_eq!(new.root_id(), old.root_id());
    assert_eq!(new.index(Domain::Phone, "1"), old.index(Domain::Phone, "1"));
    assert_eq!(new.audit().of(&[b"x"]), old.audit().of(&[b"x"]));
    assert_eq!(new.open(&sealed).unwrap(), "13800005678");
    let anew = new.reseal(&sealed).unwrap().unwrap();
    assert_eq!(new.reseal(&anew), Ok(None));
    assert_eq!(old.open(&anew), Err(CryptoError::UnknownKey(new.key_id().to_owned())));

    assert!(matches!(Keys::retire(&path, new.key_id()), Err(KeyFileError::NotRetirable(_))));
    assert!(matches!(Keys::retire(&path, "00000000"), Err(KeyFileError::NotRetirable(_))));
    let only_new = Keys::retire(&path, old.key_id()).unwrap();
    assert!(only_new.can_open(new.key_id()) && !only_new.can_open(old.key_id()));
    assert_eq!(only_new.open(&sealed), Err(CryptoError::UnknownKey(old.key_id().to_owned())));
    assert_eq!(Keys::load(&path).unwrap().open(&anew).unwrap(), "13800005678");
}

#[test]
fn printing_the_keys_shows_no_secret() {
    let shown = format!("{:?}", Keys::for_tests());
    assert!(!shown.contains("0707") && !shown.contains("7, 7"), "{shown}");
}

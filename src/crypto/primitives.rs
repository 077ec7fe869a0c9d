//! The ciphers themselves: SM3 (GM/T 0004-2012), HMAC over it, SM4 (GM/T 0002-2012) in GCM, and random tokens.

use super::CryptoError;
use aes_gcm::AesGcm;
use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{Aead, KeyInit, Nonce, Payload};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sm3::{Digest, Sm3};
use subtle::ConstantTimeEq;

type Sm4Gcm = AesGcm<sm4::Sm4, U12>;

const NONCE_BYTES: usize = 12;

/// A key for HMAC-SM3 with its first block already worked in, so that a short text costs two compressions.
#[derive(Clone)]
pub struct MacKey(Hmac<Sm3>);

impl MacKey {
    pub(super) fn new(key: &[u8]) -> Self {
        MacKey(Hmac::new_from_slice(key).expect("HMAC takes keys of every length"))
    }

    /// HMAC-SM3 of these parts, 32 bytes. Each part goes in with its length before it, so that moving a byte from one
    /// part to the next gives another result.
    pub fn of(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.0.clone();
        for part in parts {
            let length = u64::try_from(part.len()).expect("no part is longer than 2^64 bytes");
            mac.update(&length.to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// [`MacKey::of`] as 64 small hex digits.
    pub fn hex_of(&self, parts: &[&[u8]]) -> String {
        hex(&self.of(parts))
    }

    /// HMAC-SM3 of `label` alone, as the standard defines it: how sub-keys come from a master.
    pub(super) fn derive(&self, label: &str) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(label.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// A key for SM4-GCM with its schedule worked out.
#[derive(Clone)]
pub(super) struct SealKey(Sm4Gcm);

impl SealKey {
    /// The first 128 bits are the key.
    pub(super) fn new(key: &[u8; 32]) -> Self {
        let (key, _) = key.split_at(16);
        SealKey(Sm4Gcm::new_from_slice(key).expect("an SM4 key has 16 bytes"))
    }

    /// Nonce, ciphertext and tag. `about` is not hidden but must be the same when it is opened.
    pub(super) fn seal(&self, plain: &[u8], about: &[u8]) -> Vec<u8> {
        let bytes: [u8; NONCE_BYTES] = rand::random();
        let nonce = Nonce::<Sm4Gcm>::from(bytes);
        let hidden = self
            .0
            .encrypt(&nonce, Payload { msg: plain, aad: about })
            .expect("GCM takes up to 64 GiB, more than memory gives");
        [bytes.as_slice(), &hidden].concat()
    }

    /// What was sealed.
    ///
    /// # Errors
    ///
    /// `Tampered` when a bit of it, of `about` or of the key is another.
    pub(super) fn open(&self, sealed: &[u8], about: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let (nonce, hidden) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(CryptoError::Malformed)?;
        self.0
            .decrypt(&Nonce::<Sm4Gcm>::from(*nonce), Payload { msg: hidden, aad: about })
            .map_err(|aes_gcm::Error| CryptoError::Tampered)
    }
}

/// SM3 of `bytes` as 64 small hex digits: the address of an attachment, the stored form of a token.
pub fn sm3_hex(bytes: &[u8]) -> String {
    hex(&Sm3::digest(bytes))
}

/// Whether both are the same, in a time that tells nothing but their length.
pub fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// 256 random bits as 43 characters that need no escaping in addresses, cookies and headers.
pub fn random_token() -> String {
    let bytes: [u8; 32] = rand::random();
    base64url(&bytes)
}

pub(super) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn from_base64url(text: &str) -> Result<Vec<u8>, CryptoError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_not_ours| CryptoError::Malformed)
}

/// `bytes` as small hex digits.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 });
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(byte & 15));
    }
    text
}

/// The bytes that `text` writes in small hex digits, if it does.
pub(super) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let bytes: Option<Vec<u8>> = text
        .as_bytes()
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    let bytes: [u8; N] = bytes?.try_into().ok()?;
    (hex(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sm4::cipher::{BlockCipherDecrypt, BlockCipherEncrypt};

    #[test]
    fn sm3_gives_the_examples_of_gm_t_0004_annex_a() {
        assert_eq!(sm3_hex(b"abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assert_eq!(
            sm3_hex("abcd".repeat(16).as_bytes()),
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
        );
    }

    #[test]
    fn sm4_gives_the_examples_of_gm_t_0002_annex_a() {
        let key: [u8; 16] = from_hex("0123456789abcdeffedcba9876543210").unwrap();
        let cipher = sm4::Sm4::new(&key.into());
        let mut block = key.into();
        cipher.encrypt_block(&mut block);
        assert_eq!(hex(&block), "681edf34d206965e86b3e94f536e4246");
        cipher.decrypt_block(&mut block);
        assert_eq!(hex(&block), hex(&key));
        for _ in 0..1_000_000 {
            cipher.encrypt_block(&mut block);
        }
        assert_eq!(hex(&block), "595298c7c6fd271f0402f804c33d3f66");
    }

    #[test]
    fn sm4_gcm_gives_the_example_of_rfc_8998_annex_a_1() {
        let cipher = Sm4Gcm::new(&from_hex::<16>("0123456789abcdeffedcba9876543210").unwrap().into());
        let nonce = Nonce::<Sm4Gcm>::from(from_hex::<12>("00001234567800000000abcd").unwrap());
        let plain: [u8; 64] = from_hex(
            "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd\
             eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
        )
        .unwrap();
        let about: [u8; 20] = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2").unwrap();
        let hidden = cipher.encrypt(&nonce, Payload { msg: &plain, aad: &about }).unwrap();
        assert_eq!(
            hex(&hidden),
            "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735\
             d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d\
             83de3541e4c2b58177e065a9bf7b62ec"
        );
    }

    #[test]
    fn hmac_sm3_gives_what_openssl_gives() {
        let key: [u8; 32] = std::array::from_fn(|i| u8::try_from(i + 1).unwrap());
        assert_eq!(
            hex(&MacKey::new(&key).derive("听讼")),
            "06a9e102c7da73b0c6470f62fa37e9ff7bbd376025efc89506d2d75c9d70b3de"
        );
    }

    #[test]
    fn a_mac_tells_where_one_part_ends() {
        let key = MacKey::new(b"key");
        assert_ne!(key.of(&[b"ab", b"c"]), key.of(&[b"a", b"bc"]));
        assert_ne!(key.of(&[b"abc"]), key.of(&[b"abc", b""]));
    }

    #[test]
    fn hex_reads_only_what_it_writes() {
        assert_eq!(from_hex::<2>("0aff"), Some([10, 255]));
        for wrong in ["0AFF", "0af", "0aff0", "+aff", "", "zzzz", "0aff00"] {
            assert_eq!(from_hex::<2>(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn tokens_are_long_and_never_alike() {
        assert_eq!(random_token().len(), 43);
        assert_ne!(random_token(), random_token());
        assert!(same("abc", "abc") && !same("abc", "abd") && !same("abc", "ab"));
    }
}

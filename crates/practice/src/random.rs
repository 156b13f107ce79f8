//! Random text and digests.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// URL-safe text of `bytes` random octets.
pub(crate) fn text(bytes: usize) -> anyhow::Result<String> {
    let mut octets = vec![0_u8; bytes];
    fill(&mut octets)?;
    Ok(URL_SAFE_NO_PAD.encode(octets))
}

fn fill(octets: &mut [u8]) -> anyhow::Result<()> {
    getrandom::fill(octets).map_err(|fault| anyhow::anyhow!("no random numbers: {fault}"))
}

/// A random GUID, version 4.
pub(crate) fn guid() -> anyhow::Result<String> {
    let mut octets = [0_u8; 16];
    fill(&mut octets)?;
    Ok(guid_of(octets))
}

/// The GUID that always belongs to this text.
pub(crate) fn guid_from(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let mut octets = [0_u8; 16];
    octets
        .iter_mut()
        .zip(digest.iter())
        .for_each(|(to, from)| *to = *from);
    guid_of(octets)
}

fn guid_of(octets: [u8; 16]) -> String {
    let number = u128::from_be_bytes(octets);
    let number = (number & !(0xf << 76)) | (0x4 << 76);
    let number = (number & !(0x3 << 62)) | (0x2 << 62);
    let hex = format!("{number:032x}");
    let cuts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)];
    let parts = cuts.iter().filter_map(|(from, to)| hex.get(*from..*to));
    parts.collect::<Vec<_>>().join("-")
}

/// SHA-256 in hexadecimal digits: all that is kept of a token.
pub(crate) fn digest(text: &str) -> String {
    let octets = Sha256::digest(text.as_bytes());
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// The S256 challenge of a PKCE verifier.
pub(crate) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_have_their_form() {
        let guid = guid_from("order@hana-shop.example");
        assert_eq!(guid, guid_from("order@hana-shop.example"));
        let lengths: Vec<usize> = guid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(guid.as_bytes()[14], b'4');
        assert!(b"89ab".contains(&guid.as_bytes()[19]));
    }

    #[test]
    fn the_challenge_is_that_of_rfc_7636() {
        let challenge = challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}

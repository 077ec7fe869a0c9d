//! From which address a request really came, where reverse proxies stand in between.

use std::net::{IpAddr, SocketAddr};

/// Addresses and networks, such as `10.1.0.0/16`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<(IpAddr, u8)>);

impl Networks {
    /// Reads a list with commas or spaces between.
    ///
    /// # Errors
    ///
    /// The first entry that is neither an address nor a network.
    pub fn read(text: &str) -> Result<Self, String> {
        let entries = text.split([',', ' ', '\t', '\n']).filter(|entry| !entry.is_empty());
        entries
            .map(|entry| network(entry).ok_or_else(|| entry.to_owned()))
            .collect::<Result<_, _>>()
            .map(Networks)
    }

    fn holds(&self, address: IpAddr) -> bool {
        self.0.iter().any(|(network, length)| match (network, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                same_start(u32::from(*network).into(), u32::from(address).into(), 32 - length)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                same_start(u128::from(*network), u128::from(address), 128 - length)
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        })
    }

    /// Who sent a request that came from `peer` with these `X-Forwarded-For` headers, in order. Each proxy adds on the
    /// right whom it was asked by, so the list is believed from the right and only as far as the proxies are trusted:
    /// the first address that isn't a trusted proxy's is the sender, and whatever stands to its left anybody may have
    /// written.
    pub fn sender<'a>(&self, peer: IpAddr, forwarded: impl Iterator<Item = &'a str>) -> IpAddr {
        let hops: Vec<&str> = forwarded.flat_map(|header| header.split(',')).map(str::trim).collect();
        let mut sender = peer.to_canonical();
        for hop in hops.into_iter().rev() {
            if !self.holds(sender) {
                break;
            }
            let Some(before) = address(hop) else { break };
            sender = before;
        }
        sender
    }
}

fn network(entry: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = match entry.split_once('/') {
        Some((address, length)) => (address.parse::<IpAddr>().ok()?, Some(length.parse::<u8>().ok()?)),
        None => (entry.parse::<IpAddr>().ok()?, None),
    };
    let most = if address.is_ipv4() { 32 } else { 128 };
    let length = length.unwrap_or(most);
    (length <= most).then_some((address, length))
}

/// Whether two addresses agree but for their last `free` bits.
fn same_start(one: u128, other: u128, free: u8) -> bool {
    (one ^ other).checked_shr(free.into()).unwrap_or(0) == 0
}

/// An address as proxies write it, perhaps with a port.
fn address(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse().or_else(|_| hop.parse::<SocketAddr>().map(|with_port| with_port.ip()));
    address.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sender(trusted: &str, peer: &str, forwarded: &[&str]) -> String {
        let networks = Networks::read(trusted).unwrap();
        networks.sender(peer.parse().unwrap(), forwarded.iter().copied()).to_string()
    }

    #[test]
    fn without_trusted_proxies_nothing_that_is_forwarded_is_believed() {
        assert_eq!(sender("", "10.0.0.9", &["1.2.3.4"]), "10.0.0.9");
        assert_eq!(sender("10.0.0.1", "10.0.0.9", &["1.2.3.4"]), "10.0.0.9");
    }

    #[test]
    fn the_last_hop_that_is_no_trusted_proxy_sent_it_whatever_stands_before() {
        for (forwarded, from) in [
            (&["10.2.0.7"][..], "10.2.0.7"),
            (&["1.1.1.1, 10.2.0.7"], "10.2.0.7"),
            (&["1.1.1.1", "10.2.0.7, 10.0.0.2"], "10.2.0.7"),
            (&["10.2.0.7:51234"], "10.2.0.7"),
            (&["[fd00::7]:443"], "fd00::7"),
            (&["fd00::7"], "fd00::7"),
            (&["::ffff:10.2.0.7"], "10.2.0.7"),
            (&["10.0.0.3"], "10.0.0.3"),
            (&[], "10.0.0.1"),
            (&["unknown"], "10.0.0.1"),
            (&["1.1.1.1, unknown, 10.0.0.2"], "10.0.0.2"),
        ] {
            assert_eq!(sender("10.0.0.0/24 ::1", "10.0.0.1", forwarded), from, "{forwarded:?}");
        }
    }

    #[test]
    fn networks_of_both_kinds_are_read_and_nonsense_is_named() {
        let networks = Networks::read("10.1.0.0/16, fd00::/8 192.0.2.1").unwrap();
        let holds = |text: &str| networks.holds(text.parse().unwrap());
        assert!(holds("10.1.255.1") && holds("fdff::1") && holds("192.0.2.1") && holds("::ffff:10.1.0.1"));
        assert!(!holds("10.2.0.1") && !holds("fe00::1") && !holds("192.0.2.2"));
        assert!(Networks::read("0.0.0.0/0").unwrap().holds("8.8.8.8".parse().unwrap()));
        for wrong in ["10.1.0.0/33", "proxy.court", "10.1/16", "::/129", "/8"] {
            assert_eq!(Networks::read(&format!("127.0.0.1,{wrong}")), Err(wrong.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn nobody_forges_an_address_to_the_left_of_their_own(forged in "[0-9a-fx:., ]{0,40}", last in any::<u32>()) {
            let real = IpAddr::from(last.to_be_bytes());
            prop_assume!(!Networks::read("10.0.0.1").unwrap().holds(real));
            let header = format!("{forged}, {real}");
            prop_assert_eq!(sender("10.0.0.1", "10.0.0.1", &[&header]), real.to_string());
        }
    }
}

//! Chance that always falls the same way: the demo court of a seed is the same on every machine and in every version.

/// Splitmix64: small, fast, and fixed for good, which no library promises of its generators.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

/// The golden ratio in 64 bits: splitmix64's step.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Random {
    /// The stream of the `index`th thing of the court with this `seed`. Streams of different things have nothing to
    /// do with one another, so things can be made in any order and on several threads.
    pub fn of(seed: u64, index: u64) -> Self {
        Random { state: mix(seed ^ mix(index.wrapping_add(STEP))) }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        mix(self.state)
    }

    /// A number from 0 up to but not including `end`, all equally likely; 0 when `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        let product = u128::from(self.bits()) * u128::from(end);
        u64::try_from(product >> 64).expect("the upper half of a product fits")
    }

    /// A number from `low` up to and including `high`, all equally likely.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// Whether something happens that happens `per_mille` times in a thousand.
    pub fn happens(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    /// One of `items`, all equally likely.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        *self.pick_ref(items)
    }

    /// [`Random::pick`] for what is not copied.
    pub fn pick_ref<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let at = usize::try_from(self.below(items.len().try_into().unwrap_or(u64::MAX)));
        items.get(at.unwrap_or(0)).expect("the demo court's tables are not empty")
    }

    /// One of `items`, each as likely as its weight says. At least one weight is above 0.
    pub fn pick_weighted<T: Copy>(&mut self, items: &[(T, u64)]) -> T {
        let mut at = self.below(items.iter().map(|(_, weight)| weight).sum());
        for (item, weight) in items {
            match at.checked_sub(*weight) {
                Some(rest) => at = rest,
                None => return *item,
            }
        }
        items.last().map(|(item, _)| *item).expect("the demo court's tables are not empty")
    }

    /// A number below `end` after Zipf's law: each doubling of the number is as likely as the one before, so 0 comes
    /// up often and great numbers rarely. In whole numbers, as logarithms differ between machines in the last digit.
    pub fn zipf(&mut self, end: u64) -> u64 {
        let doublings = u64::from((end + 1).ilog2().max(1));
        let low = (1u64 << self.below(doublings)) - 1;
        low + self.below((low + 1).min(end.saturating_sub(low)).max(1))
    }

    /// How many days ago something was, out of the last `days`: half of it in the last fifth.
    pub fn days_ago(&mut self, days: u64) -> u64 {
        let reach = self.below(days) + 1;
        self.below(reach)
    }
}

fn mix(state: u64) -> u64 {
    let a = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    b ^ (b >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_fixed_for_good() {
        let mut random = Random { state: 1_234_567 };
        let first = [random.bits(), random.bits(), random.bits()];
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn numbers_stay_within_their_ends_and_reach_both() {
        let mut random = Random::of(1, 2);
        let drawn: Vec<u64> = (0..2000).map(|_| random.between(3, 7)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&3), Some(&7)));
        assert_eq!(random.below(0), 0);
        for end in [1, 2, 3, 7, 8, 100] {
            assert!((0..2000).all(|_| random.zipf(end) < end), "{end}");
        }
    }

    #[test]
    fn weights_and_skews_are_kept() {
        let mut random = Random::of(7, 7);
        let heavy =
            (0..10_000).filter(|_| random.pick_weighted(&[("a", 9), ("b", 1), ("c", 0)]) == "a").count();
        assert!((8_800..9_200).contains(&heavy), "{heavy}");
        let recent = (0..10_000).filter(|_| random.days_ago(1000) < 200).count();
        assert!((4_900..5_500).contains(&recent), "{recent}");
        let first = (0..10_000).filter(|_| random.zipf(1023) == 0).count();
        assert!((850..1_150).contains(&first), "{first}");
    }

    #[test]
    fn streams_of_neighbours_differ() {
        let firsts: std::collections::HashSet<u64> = (0..10_000).map(|i| Random::of(42, i).bits()).collect();
        assert_eq!(firsts.len(), 10_000);
    }
}

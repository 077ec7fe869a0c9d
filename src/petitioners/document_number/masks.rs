//! 脱敏: how much of a number is shown before somebody asks for the whole with a reason.

/// For those who handle the matter: `410404********1234`.
pub fn mask_for_handler(number: &str) -> String {
    let (head, tail) = match number.chars().count() {
        15.. => (6, 4),
        9..15 => (3, 2),
        6..9 => (2, 2),
        length => return edges(number, length),
    };
    stars_between(number, head, tail)
}

/// For everybody else: `4****************4`.
pub fn mask(number: &str) -> String {
    edges(number, number.chars().count())
}

fn edges(number: &str, length: usize) -> String {
    match length {
        0..3 => "*".repeat(length),
        _ => stars_between(number, 1, 1),
    }
}

/// Works on what is already masked, too.
fn stars_between(number: &str, head: usize, tail: usize) -> String {
    let length = number.chars().count();
    let shown = |at: usize| at < head || at + tail >= length;
    number.chars().enumerate().map(|(at, c)| if shown(at) { c } else { '*' }).collect()
}

/// What a number is also found by: its last four and its last six characters; none of a number shorter than eight,
/// of which that would be most.
pub fn tails(number: &str) -> Vec<String> {
    let chars: Vec<char> = number.chars().collect();
    if chars.len() < 8 {
        return Vec::new();
    }
    [4, 6].iter().map(|n| chars.iter().skip(chars.len() - n).collect()).collect()
}

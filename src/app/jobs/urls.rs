pub const LIST: &str = "/jobs";

pub fn run(name: &str) -> String {
    format!("{LIST}/{name}/run")
}

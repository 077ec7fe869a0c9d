//! `tingsong`: reads the arguments and does what they say.

fn main() -> std::process::ExitCode {
    tingsong::app::command::run()
}

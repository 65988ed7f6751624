#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    hyoka::cli::run(std::env::args_os().collect())
}

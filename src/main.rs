#![forbid(unsafe_code)]

/// Pages are made of many small strings; the allocators of some systems take a fifth of the time for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    hyoka::cli::run(std::env::args_os().collect())
}

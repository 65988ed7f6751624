//! Gives every build of the tool a number of its own, made from its sources and built-in themes: a site that was
//! published by another build is made again, even where the version is the same.

use std::fs;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    link_at_fixed_places();
    let mut files = Vec::new();
    for folder in ["src", "themes"] {
        println!("cargo:rerun-if-changed={folder}");
        collect(Path::new(folder), &mut files)?;
    }
    println!("cargo:rerun-if-changed=Cargo.lock");
    files.push(PathBuf::from("Cargo.lock"));
    files.sort();
    let mut number = 0xcbf2_9ce4_8422_2325;
    for file in files.iter().filter(|file| file.exists()) {
        add(&mut number, file.to_string_lossy().replace('\\', "/").as_bytes());
        add(&mut number, &fs::read(file)?);
    }
    println!("cargo:rustc-env=HYOKA_BUILD={number:016x}");
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// FNV-1a with 64 bits.
fn add(number: &mut u64, bytes: &[u8]) {
    for byte in bytes {
        *number = (*number ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

/// On Linux a program that may lie anywhere in memory first has to mend some 40,000 addresses, which takes longer than
/// to read a small portal.
fn link_at_fixed_places() {
    let of = |name| std::env::var(name).unwrap_or_default();
    if of("CARGO_CFG_TARGET_OS") == "linux" && of("CARGO_CFG_TARGET_ENV") == "gnu" {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}

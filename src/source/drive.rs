//! Drives whose changes no system tells of: network drives, and the drives of Windows seen from Linux in WSL.

use std::fs;
use std::path::{Path, PathBuf};

/// Kinds of file systems (as /proc/mounts names them) that are changed from elsewhere.
const SILENT: [&str; 14] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "drvfs",
    "afs",
    "ceph",
    "fuse.sshfs",
    "fuse.rclone",
    "vboxsf",
    "fuse.vmhgfs-fuse",
    "prl_fs",
];

/// The kind of the drive that a folder is on, where its changes are not told. `None` for other drives, and on systems
/// that do not say.
pub fn silent_drive(folder: &Path) -> Option<String> {
    let folder = fs::canonicalize(folder).ok()?;
    kind_of_mount(&fs::read_to_string("/proc/mounts").ok()?, &folder).filter(|kind| SILENT.contains(&kind.as_str()))
}

/// The kind of the innermost mount that holds the folder. A line is: device, place, kind, options.
fn kind_of_mount(mounts: &str, folder: &Path) -> Option<String> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        // A space in a place is written as \040.
        let place = PathBuf::from(words.next()?.replace("\\040", " "));
        Some((place, words.next()?))
    });
    // Of two mounts at one place the later hides the earlier; max_by_key gives the last of equals.
    let innermost =
        mounts.filter(|(place, _)| folder.starts_with(place)).max_by_key(|(place, _)| place.components().count());
    innermost.map(|(_, kind)| kind.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "/dev/sdc / ext4 rw 0 0\nC:\\134 /mnt/c 9p rw,noatime 0 0\n//nas/plan /mnt/plan\\040b cifs rw 0 0\n/dev/sdd /mnt/plan\\040b/local ext4 rw 0 0\n";

    fn kind(folder: &str) -> Option<String> {
        kind_of_mount(MOUNTS, Path::new(folder))
    }

    #[test]
    fn the_innermost_mount_decides() {
        assert_eq!(kind("/home/city/content").as_deref(), Some("ext4"));
        assert_eq!(kind("/mnt/c/Users/city").as_deref(), Some("9p"));
        assert_eq!(kind("/mnt/c2").as_deref(), Some("ext4"), "another folder with the same beginning");
        assert_eq!(kind("/mnt/plan b/content").as_deref(), Some("cifs"));
        assert_eq!(kind("/mnt/plan b/local/content").as_deref(), Some("ext4"));
        assert!(SILENT.contains(&"9p") && SILENT.contains(&"cifs") && !SILENT.contains(&"ext4"));
    }
}

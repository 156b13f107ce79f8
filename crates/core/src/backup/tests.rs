//! The file of a backup: written and read, and every way it can be refused.

use super::*;

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

/// A backup in a folder, with its contents.
fn written(about: &About, database: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (from, file) = (folder.path().join("from"), folder.path().join("店.ninka"));
    std::fs::write(&from, database).unwrap();
    let key = ([7; 16], Zeroizing::new([9; 32]));
    write(&file, &secret("correct horse"), about, &key, &from).unwrap();
    std::fs::remove_file(from).unwrap();
    (folder, file)
}

fn refusal(file: &Path) -> Problem {
    open(file, &secret("correct horse")).unwrap_err()
}

#[test]
fn what_is_written_is_read() {
    let about = About::new(1_790_000_000, 3);
    let database = vec![0xa5; 200_000];
    let (folder, file) = written(&about, &database);
    let opened = open(&file, &secret("correct horse")).unwrap();
    assert_eq!(opened.about, about);
    assert_eq!((opened.key.0, *opened.key.1), ([7; 16], [9; 32]));
    let to = folder.path().join("to");
    opened.database_to(&to).unwrap();
    assert_eq!(std::fs::read(to).unwrap(), database);
    let key = ([7; 16], Zeroizing::new([9; 32]));
    let again = write(&file, &secret("other"), &about, &key, &file);
    let path = file.display().to_string();
    assert_eq!(again.unwrap_err(), Problem::FileUnwritable { path });
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "nothing is left beside");
}

#[test]
fn each_refusal_has_its_name() {
    let (folder, file) = written(&About::new(1, 1), &[1; 100_000]);
    let wrong = open(&file, &secret("incorrect"));
    assert_eq!(wrong.unwrap_err(), Problem::PassphraseWrong);
    let whole = std::fs::read(&file).unwrap();
    let other = folder.path().join("other");
    let with = |octets: &[u8]| std::fs::write(&other, octets).unwrap();
    for end in [0, 10, 30, 60, 100, 140, 170, 200, 260, 300] {
        with(&whole[..end.min(whole.len())]);
        let problem = refusal(&other);
        let fits = [Problem::NotABackup, Problem::BackupDamaged];
        assert!(fits.contains(&problem), "{end}: {problem:?}");
    }
    // The end is missing, or changed: the database is not taken.
    for octets in [&whole[..whole.len() - 1], &whole[..66_000]] {
        with(octets);
        let opened = open(&other, &secret("correct horse")).unwrap();
        let to = opened.database_to(&folder.path().join("to"));
        assert_eq!(to.unwrap_err(), Problem::BackupDamaged);
        std::fs::remove_file(folder.path().join("to")).unwrap();
    }
    with(b"PK\x03\x04 a zip, not a backup");
    assert_eq!(refusal(&other), Problem::NotABackup);
    let endless = [
        b"age-encryption.org/v1\n-> scrypt ".as_slice(),
        &[b'a'; 100_000],
    ]
    .concat();
    with(&endless);
    assert_eq!(refusal(&other), Problem::BackupDamaged);
    let costly = "age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n\
        --- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n0123456789abcdef0123";
    with(costly.as_bytes());
    assert_eq!(refusal(&other), Problem::BackupTooCostly);
    let gone = folder.path().join("gone");
    let path = gone.display().to_string();
    assert_eq!(refusal(&gone), Problem::FileUnreadable { path });
}

#[test]
fn a_newer_form_is_named_by_its_version() {
    let newer = About {
        form: FORM + 1,
        version: "9.1\u{1b}[2J".to_owned(),
        ..About::new(1, 1)
    };
    let (_folder, file) = written(&newer, b"");
    let version = "9.1[2J".to_owned();
    assert_eq!(refusal(&file), Problem::BackupNewer { version });
}

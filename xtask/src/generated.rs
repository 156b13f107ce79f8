//! What is made from the code and committed: the wire types in `ui/src/generated`, the schemas of
//! the command line's JSON in `docs/schemas` and the checked queries in `.sqlx`. Checked by making
//! them anew elsewhere and comparing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell;

/// Fails when what is committed is not what the code says.
pub(crate) fn check() -> Result<()> {
    compare("ui/src/generated", &new_types()?, "cargo xtask types")?;
    compare("docs/schemas", &new_schemas()?, "cargo xtask types")?;
    compare(".sqlx", &new_queries()?, "cargo xtask sqlx")
}

/// Writes the wire types and the schemas.
pub(crate) fn write_types() -> Result<()> {
    replace("ui/src/generated", &new_types()?)?;
    replace("docs/schemas", &new_schemas()?)
}

/// Writes the checked queries.
pub(crate) fn write_queries() -> Result<()> {
    replace(".sqlx", &new_queries()?)
}

/// An empty folder to make things in.
fn fresh(name: &str) -> Result<PathBuf> {
    let folder = shell::target().join("generated").join(name);
    shell::remove_folder(&folder)?;
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

fn new_types() -> Result<PathBuf> {
    let folder = fresh("types")?;
    let mut cargo = shell::cargo("test --workspace --lib --quiet export_bindings");
    cargo.env("TS_RS_EXPORT_DIR", &folder);
    shell::run(&mut cargo)?;
    Ok(folder)
}

fn new_schemas() -> Result<PathBuf> {
    let folder = fresh("schemas")?;
    shell::run(&mut shell::cargo("build --workspace --all-targets"))?;
    let mut ninka = shell::command(shell::built("ninka"));
    shell::run(ninka.arg("schemas").arg(&folder))?;
    Ok(folder)
}

/// sqlx's macros write each query that they checked. They run when the crate is compiled, so it
/// must look changed, and unchanged again afterwards: nothing else is then built anew.
fn new_queries() -> Result<PathBuf> {
    let folder = fresh("queries")?;
    let database = fresh("database")?.join("empty.db");
    let mut migrations: Vec<PathBuf> = files(&shell::root().join("crates/core/migrations"))?
        .into_keys()
        .filter(|name| name.ends_with(".sql"))
        .map(|name| shell::root().join("crates/core/migrations").join(name))
        .collect();
    migrations.sort();
    for migration in migrations {
        let mut sqlite = shell::command("sqlite3");
        sqlite.arg("-bail").arg(&database);
        sqlite.stdin(fs::File::open(&migration)?);
        shell::run(&mut sqlite).with_context(|| migration.display().to_string())?;
    }
    let mut cargo = shell::cargo("check --workspace --all-targets");
    cargo
        .env("DATABASE_URL", format!("sqlite:{}", database.display()))
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", &folder);
    while_changed(&shell::root().join("crates/core/src/lib.rs"), &mut cargo)?;
    Ok(folder)
}

fn while_changed(source: &Path, command: &mut Command) -> Result<()> {
    let before = fs::metadata(source)?.modified()?;
    let text = fs::read(source)?;
    fs::write(source, text)?;
    let result = shell::run(command);
    fs::File::options()
        .write(true)
        .open(source)?
        .set_modified(before)?;
    result
}

fn compare(committed: &str, made: &Path, command: &str) -> Result<()> {
    let old = files(&shell::root().join(committed))?;
    let new = files(made)?;
    let differing: Vec<&str> = old
        .keys()
        .chain(new.keys())
        .filter(|name| old.get(*name) != new.get(*name))
        .map(String::as_str)
        .collect();
    if !differing.is_empty() {
        bail!(
            "{committed} is not what the code says; `{command}` writes it. Different: {}",
            differing.join(", ")
        );
    }
    println!("{committed}: {} files as the code says", new.len());
    Ok(())
}

fn replace(committed: &str, made: &Path) -> Result<()> {
    let folder = shell::root().join(committed);
    let (old, new) = (files(&folder)?, files(made)?);
    fs::create_dir_all(&folder)?;
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        fs::remove_file(folder.join(name))?;
        println!("removed {committed}/{name}");
    }
    for (name, content) in new.iter().filter(|(name, new)| old.get(*name) != Some(new)) {
        fs::write(folder.join(name), content)?;
        println!("wrote {committed}/{name}");
    }
    Ok(())
}

/// The files of a folder by name; none when it is not there.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            files.insert(name.to_string_lossy().into_owned(), fs::read(&path)?);
        }
    }
    Ok(files)
}

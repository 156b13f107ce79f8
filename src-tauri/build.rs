//! Tells Tauri which commands exist, so that each needs a permission: without this list every
//! command would be allowed in every window. The permissions are granted in `capabilities/`.

#![expect(
    clippy::expect_used,
    reason = "a build script stops the build by panicking"
)]

#[path = "src/command_names.rs"]
mod command_names;

fn main() {
    println!("cargo::rerun-if-changed=src/command_names.rs");
    let manifest = tauri_build::AppManifest::new().commands(command_names::COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("the configuration, the capability and the icons are in the repository");
}

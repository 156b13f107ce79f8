//! How long a check takes over a long way, beside curl on the same servers (Dovecot, Postfix), by
//! password and by XOAUTH2 with a long token. `cargo xtask bench` runs it in a session of its own.
//! The round trips are printed here and held fast by `tests/limits.rs`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a measurement that cannot be made ends here, and its figures are for the terminal"
)]

#[cfg(target_os = "linux")]
fn main() {
    on_linux::measure();
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("skipped: Dovecot and Postfix run on Linux");
}

#[cfg(target_os = "linux")]
mod on_linux {
    use std::time::Duration;

    use anyhow::Result;
    use criterion::{Criterion, SamplingMode};
    use ninka_core::view::Protocol;
    use ninka_tests::bench::Bench;
    use ninka_tests::course::{Course, EACH_WAY, SignIn};

    pub(super) fn measure() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let bench = Bench::start().unwrap();
        let mut criterion = Criterion::default()
            .sample_size(10)
            .warm_up_time(Duration::from_secs(1))
            .measurement_time(Duration::from_secs(5))
            .configure_from_args();
        eprintln!("{} ms each way", EACH_WAY.as_millis());
        for protocol in [Protocol::Pop3, Protocol::Imap, Protocol::Smtp] {
            for sign_in in [SignIn::Password, SignIn::Token] {
                let course = runtime
                    .block_on(Course::prepare(&bench, protocol, sign_in))
                    .unwrap();
                let (_, ours) = runtime.block_on(course.by_ninka()).unwrap();
                let (_, theirs) = runtime.block_on(course.by_curl(&bench)).unwrap();
                let name = format!("{protocol:?} {sign_in:?}");
                eprintln!(
                    "{name} ({} characters): {ours} round trips, curl {theirs}",
                    course.token_length()
                );
                let mut group = criterion.benchmark_group(name);
                group.sampling_mode(SamplingMode::Flat);
                group.bench_function("ninka", |bencher| {
                    bencher.iter_custom(|times| {
                        runtime
                            .block_on(sum(times, async || course.by_ninka().await))
                            .unwrap()
                    });
                });
                group.bench_function("curl", |bencher| {
                    bencher.iter_custom(|times| {
                        runtime
                            .block_on(sum(times, async || course.by_curl(&bench).await))
                            .unwrap()
                    });
                });
                group.finish();
            }
        }
        criterion.final_summary();
    }

    /// The times alone: a session's end is awaited between two of them and does not count.
    async fn sum(
        times: u64,
        once: impl AsyncFn() -> Result<(Duration, usize)>,
    ) -> Result<Duration> {
        let mut all = Duration::ZERO;
        for _ in 0..times {
            all += once().await?.0;
        }
        Ok(all)
    }
}

//! The ways back, all at once: the browser comes to the loopback port, its last address is pasted,
//! or a code is used on another device. Whichever comes first counts.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior};

use super::asking::Asked;
use super::device::DeviceCode;
use super::paste::pasted;
use super::wait::{Step, Wait};
use super::{ConsentPorts, ConsentRequest};
use crate::authorization::Grant;
use crate::authorization::answer::Answer;
use crate::authorization::consents::{Ask, ConsentPlace, ConsentWish, Reply};
use crate::authorization::loopback::Serving;
use crate::browsers::BrowserChoice;
use crate::problem::{Outcome, Problem};
use crate::view::ConsentEvent;

/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(1);

/// What all ways share.
pub(super) struct Scene<'a> {
    pub(super) request: &'a ConsentRequest,
    pub(super) ports: &'a ConsentPorts,
    pub(super) progress: &'a (dyn Fn(ConsentEvent) + Send + Sync),
    pub(super) asked: &'a Asked,
}

/// What came back.
pub(super) enum Came {
    /// The browser's answer, from the port or pasted.
    Answer(Answer),
    /// A proven grant, for a code that was used on another device.
    Grant(Box<Grant>),
}

/// Opens the browser, unless nothing could come back from it, and waits for the first answer.
pub(super) async fn come_back(
    scene: &Scene<'_>,
    serving: &mut Serving,
    place: &mut ConsentPlace,
    loopback: Outcome<()>,
) -> Outcome<Came> {
    let mut waiting = Waiting::new(scene);
    waiting.begin(loopback);
    let meant = TICK.min(scene.request.patience);
    let mut ticks = tokio::time::interval_at(Instant::now() + meant, meant);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut seen = Instant::now();
    loop {
        tokio::select! {
            biased;
            () = place.cancel.cancelled() => return Err(Problem::Cancelled),
            answer = serving.answer() => return Ok(Came::Answer(answer?)),
            step = waiting.device.step() => {
                if let Some(grant) = waiting.device_went(step) {
                    return Ok(Came::Grant(Box::new(grant)));
                }
            }
            Some(ask) = place.asks.recv() => {
                if let Some(answer) = waiting.wished(ask) {
                    return Ok(Came::Answer(answer));
                }
            }
            Some(opened) = waiting.openings.join_next() => waiting.opened(opened.map_err(anyhow::Error::from)),
            _ = ticks.tick() => {
                let awake = seen.elapsed();
                seen = Instant::now();
                waiting.passed(meant, awake)?;
            }
        }
    }
}

/// What goes on while nothing has come.
struct Waiting<'a> {
    scene: &'a Scene<'a>,
    wait: Wait,
    openings: JoinSet<Opened>,
    device: Device<'a>,
}

/// How opening a page ended, and who asked for it; nobody asked for the first.
type Opened = (Option<Reply>, anyhow::Result<()>);

/// The other device.
enum Device<'a> {
    /// None is used.
    Unused,
    /// A code is being asked for.
    Asking(BoxFuture<'a, Outcome<DeviceCode>>),
    /// The code is shown.
    Shown(BoxFuture<'a, Outcome<Grant>>),
}

enum DeviceStep {
    Code(Outcome<DeviceCode>),
    Grant(Outcome<Grant>),
}

impl Device<'_> {
    /// Waits for the next step. Nothing is lost when it is dropped.
    async fn step(&mut self) -> DeviceStep {
        match self {
            Self::Unused => std::future::pending().await,
            Self::Asking(code) => DeviceStep::Code(code.await),
            Self::Shown(grant) => DeviceStep::Grant(grant.await),
        }
    }
}

impl<'a> Waiting<'a> {
    fn new(scene: &'a Scene<'a>) -> Self {
        Self {
            scene,
            wait: Wait::new(scene.request.patience, scene.ports.clock.now()),
            openings: JoinSet::new(),
            device: Device::Unused,
        }
    }

    fn tell(&self, event: ConsentEvent) {
        (self.scene.progress)(event);
    }

    fn begin(&mut self, loopback: Outcome<()>) {
        let url = self.scene.asked.url.to_string();
        let deadline = self.wait.deadline().as_second();
        match loopback {
            Ok(()) => {
                let help = i64::try_from(self.scene.request.help_after.as_secs());
                let now = self.scene.ports.clock.now().as_second();
                self.tell(ConsentEvent::Opening {
                    url,
                    deadline,
                    help_at: now.saturating_add(help.unwrap_or(i64::MAX)),
                });
                self.open(None, None);
            }
            Err(problem) => self.tell(ConsentEvent::LoopbackFailed {
                url,
                deadline,
                problem: Box::new(problem.into()),
            }),
        }
    }

    /// Opens the page. Starting a program can take seconds, and on some systems waits for the
    /// program to end.
    fn open(&mut self, choice: Option<BrowserChoice>, reply: Option<Reply>) {
        let browser = Arc::clone(&self.scene.ports.browser);
        let url = self.scene.asked.url.to_string();
        self.openings.spawn_blocking(move || {
            let outcome = match choice {
                None => browser.open(&url),
                Some(choice) => browser.open_in(choice, &url),
            };
            (reply, outcome)
        });
    }

    fn opened(&self, opened: anyhow::Result<Opened>) {
        let (reply, outcome) = opened.unwrap_or_else(|fault| (None, Err(fault)));
        let answer = outcome.map_err(|fault| {
            // The system's words can quote the command; the link is nobody else's.
            let words = format!("{fault:#}").replace(self.scene.asked.url.as_str(), "[link]");
            tracing::warn!("the browser could not be opened: {words}");
            Problem::BrowserNotOpened
        });
        match reply {
            Some(reply) => reply.say(answer),
            None if answer.is_err() => self.tell(ConsentEvent::BrowserNotOpened),
            None => {}
        }
    }

    /// Does what the user asked for; gives the answer, if it was that.
    fn wished(&mut self, ask: Ask) -> Option<Answer> {
        let Ask { wish, reply } = ask;
        let scene = self.scene;
        match wish {
            ConsentWish::Open(choice) => self.open(choice, Some(reply)),
            ConsentWish::Paste(address) => match pasted(&address, scene.asked) {
                Ok(answer) => {
                    reply.say(Ok(()));
                    return Some(answer);
                }
                Err(problem) => reply.say(Err(problem)),
            },
            ConsentWish::DeviceCode => {
                let terms = &scene.asked.terms;
                let code = DeviceCode::ask(terms, scene.request, scene.ports);
                self.device = Device::Asking(code.boxed());
                reply.say(Ok(()));
            }
        }
        None
    }

    /// Takes a step of the other device; gives the grant, if one came. A code that leads nowhere
    /// ends itself alone: the browser is waited for as before.
    fn device_went(&mut self, step: DeviceStep) -> Option<Grant> {
        let scene = self.scene;
        self.device = Device::Unused;
        let problem = match step {
            DeviceStep::Code(Ok(code)) => {
                self.wait.at_least(code.life);
                self.tell(code.event());
                let grant = code.grant(&scene.asked.terms, scene.request, scene.ports);
                self.device = Device::Shown(grant.boxed());
                return None;
            }
            DeviceStep::Grant(Ok(grant)) => return Some(grant),
            DeviceStep::Code(Err(problem)) | DeviceStep::Grant(Err(problem)) => problem,
        };
        self.tell(ConsentEvent::DeviceEnded {
            problem: Box::new(problem.into()),
        });
        None
    }

    fn passed(&mut self, meant: Duration, awake: Duration) -> Outcome<()> {
        match self.wait.pass(meant, awake, self.scene.ports.clock.now()) {
            Step::On => Ok(()),
            Step::Moved => {
                let deadline = self.wait.deadline().as_second();
                self.tell(ConsentEvent::Deadline { deadline });
                Ok(())
            }
            Step::Over => Err(Problem::ConsentTimedOut {
                minutes: i64::try_from(self.scene.request.patience.as_secs() / 60).unwrap_or(0),
            }),
        }
    }
}

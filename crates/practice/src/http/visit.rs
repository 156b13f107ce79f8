//! Sign-ins under way. A form carries a random id; everything else stays here, so that there are
//! neither cookies nor sessions, and several sign-ins may run side by side.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::texts::PracticeLanguage;
use crate::{random, register};

/// Somebody may read a page for as long as this.
const LIFETIME: Duration = Duration::from_secs(20 * 60);
const MOST: usize = 200;
/// A device code is good for 15 minutes.
pub(crate) const DEVICE_SECONDS: u64 = 900;

/// How the answer goes back to the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    /// In the query of a redirect.
    Query,
    /// By a form that submits itself.
    FormPost,
}

/// The way back to the application.
#[derive(Debug, Clone)]
pub(crate) struct Return {
    pub(crate) redirect_uri: String,
    pub(crate) mode: ResponseMode,
    pub(crate) state: Option<String>,
}

/// What the sign-in is for.
#[derive(Debug, Clone)]
pub(crate) enum Purpose {
    /// An authorization code.
    Authorize {
        back: Return,
        challenge: String,
        nonce: Option<String>,
    },
    /// A device that waits at the token endpoint.
    Device { user_code: String },
    /// An administrator's consent for everybody.
    AdminConsent { back: Return },
}

/// One sign-in under way.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) purpose: Purpose,
    pub(crate) scopes: Vec<String>,
    pub(crate) language: PracticeLanguage,
    /// The address that was chosen.
    pub(crate) address: Option<String>,
    /// Who has passed the password page; not always who was chosen.
    pub(crate) user: Option<String>,
}

/// What became of a device code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DeviceState {
    Pending,
    Declined,
    Granted { user: String },
}

/// A device that waits.
#[derive(Debug, Clone)]
pub(crate) struct Device {
    pub(crate) user_code: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) state: DeviceState,
    started: Instant,
}

impl Device {
    pub(crate) fn expired(&self) -> bool {
        self.started.elapsed() >= Duration::from_secs(DEVICE_SECONDS)
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Visits {
    visits: BTreeMap<String, (Instant, Visit)>,
    devices: BTreeMap<String, Device>,
}

impl Visits {
    /// Begins a sign-in and gives its id.
    pub(crate) fn begin(&mut self, visit: Visit) -> anyhow::Result<String> {
        self.visits
            .retain(|_, (started, _)| started.elapsed() < LIFETIME);
        while self.visits.len() >= MOST {
            let oldest = self.visits.iter().min_by_key(|(_, (started, _))| *started);
            let Some(oldest) = oldest.map(|(id, _)| id.clone()) else {
                break;
            };
            self.visits.remove(&oldest);
        }
        let id = random::text(24)?;
        self.visits.insert(id.clone(), (Instant::now(), visit));
        Ok(id)
    }

    pub(crate) fn find(&mut self, id: &str) -> Option<&mut Visit> {
        let (started, visit) = self.visits.get_mut(id)?;
        (started.elapsed() < LIFETIME).then_some(visit)
    }

    pub(crate) fn end(&mut self, id: &str) {
        self.visits.remove(id);
    }

    /// Begins to wait for a device; gives the device code.
    pub(crate) fn begin_device(
        &mut self,
        user_code: String,
        scopes: Vec<String>,
    ) -> anyhow::Result<String> {
        // Expired ones stay for one more lifetime, to be told that they have expired.
        let kept = Duration::from_secs(2 * DEVICE_SECONDS);
        self.devices
            .retain(|_, device| device.started.elapsed() < kept);
        if self.devices.len() >= MOST {
            self.devices.clear();
        }
        let code = random::text(96)?;
        register::secret("device code", &code);
        let (state, started) = (DeviceState::Pending, Instant::now());
        self.devices.insert(
            code.clone(),
            Device {
                user_code,
                scopes,
                state,
                started,
            },
        );
        Ok(code)
    }

    pub(crate) fn device(&self, device_code: &str) -> Option<&Device> {
        self.devices.get(device_code)
    }

    /// A device code is good once.
    pub(crate) fn end_device(&mut self, device_code: &str) {
        self.devices.remove(device_code);
    }

    /// The device whose user code was typed: case, spaces and hyphens do not matter.
    pub(crate) fn device_by_user_code(&mut self, typed: &str) -> Option<&mut Device> {
        let plain = |text: &str| -> String {
            text.chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_uppercase()
        };
        let typed = plain(typed);
        let waits = |device: &Device| {
            !device.expired()
                && device.state == DeviceState::Pending
                && plain(&device.user_code) == typed
        };
        self.devices.values_mut().find(|device| waits(device))
    }
}

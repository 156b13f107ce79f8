//! Noticing that the network is back, without asking the system: while a renewal fails because
//! nothing could be reached, the sign-in service's host is looked at now and then. Only a change
//! from "cannot be reached" to "can be reached" counts: where a host can be connected to and does
//! not serve (a hotel's page in between), waiting is all that helps.

/// What was seen last.
#[derive(Debug, Default)]
pub struct NetworkWatch {
    reachable: Option<bool>,
}

impl NetworkWatch {
    /// Takes what is seen now, `None` when nobody has to know. Answers whether it came back.
    pub fn came_back(&mut self, reachable: Option<bool>) -> bool {
        let before = std::mem::replace(&mut self.reachable, reachable);
        before == Some(false) && reachable == Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_change_for_the_better_counts() {
        let mut watch = NetworkWatch::default();
        let seen = [
            (Some(true), false),
            (Some(false), false),
            (Some(false), false),
            (Some(true), true),
            (Some(true), false),
            (Some(false), false),
            (None, false),
            (Some(true), false),
        ];
        for (reachable, expected) in seen {
            assert_eq!(watch.came_back(reachable), expected, "{reachable:?}");
        }
    }
}

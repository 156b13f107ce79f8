-- What happened to an account: verdicts of checks, renewals, authorizations, changes of its settings.
-- Nothing that a server said is in it, only the cause's stable name. Old rows are deleted by age.
CREATE TABLE history (
    id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    what       TEXT    NOT NULL
        CHECK (what IN ('reception', 'sending', 'renewal', 'authorization', 'change')),
    -- Why it failed; NULL where all was well.
    cause      TEXT CHECK (cause <> ''),
    -- The settings that changed, separated by spaces.
    changed    TEXT CHECK ((what = 'change') = (changed IS NOT NULL))
) STRICT;

CREATE INDEX history_account ON history (account_id, at);
CREATE INDEX history_age ON history (at);

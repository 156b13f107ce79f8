-- A renewal that fails for now: since when, how often, when it is tried again and why. It counts only
-- while the authorization is the one it failed for (the same renewed_at).
CREATE TABLE renewal_failure (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    renewed_at INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    attempts   INTEGER NOT NULL CHECK (attempts >= 1),
    tried_at   INTEGER NOT NULL,
    next_try   INTEGER NOT NULL,
    not_before INTEGER,
    problem    TEXT    NOT NULL CHECK (json_valid(problem))
) STRICT;

-- The last warning about an account that its user was given, and the authorization it was about.
CREATE TABLE warning_given (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    renewed_at INTEGER NOT NULL,
    stage      TEXT    NOT NULL
        CHECK (stage IN ('days-30', 'days-14', 'days-7', 'days-3', 'days-1', 'lapsed', 'refused')),
    at         INTEGER NOT NULL
) STRICT;

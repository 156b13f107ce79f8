-- Who did what, and when, while permissions are switched on. Nothing secret is in it. Old rows are
-- deleted by age, and only so.
CREATE TABLE audit (
    id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    -- The operator's name as it was then; NULL where nobody was signed in.
    who      TEXT CHECK (who <> ''),
    what     TEXT    NOT NULL CHECK (what <> ''),
    -- A mail address, an operator, the names of settings.
    about    TEXT CHECK (about <> ''),
    practice INTEGER NOT NULL CHECK (practice IN (0, 1))
) STRICT;

CREATE INDEX audit_age ON audit (at);

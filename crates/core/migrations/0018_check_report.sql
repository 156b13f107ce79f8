-- The last connection check of an account as it was shown: tracks, probes, diagnosis, evidence. One
-- row an account, as JSON of a bounded length; nothing secret has a place in it.
CREATE TABLE check_report (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    report     TEXT    NOT NULL CHECK (report <> '')
) STRICT;

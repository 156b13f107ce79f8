-- How an account's outgoing mail is written, where it was chosen; without a row the usual applies.
CREATE TABLE writing (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    charset    TEXT    NOT NULL CHECK (charset IN ('iso-2022-jp', 'utf-8', 'shift-jis')),
    guard      TEXT    NOT NULL CHECK (guard IN ('off', 'replace', 'utf8-when-needed'))
) STRICT;

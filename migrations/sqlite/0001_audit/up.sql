-- The trail (留痕): one chain over the whole installation. What an entry says of values is kept beside the chain
-- (audit_values), so that a value can be anonymised later without breaking a link: the chain holds keyed digests.
CREATE TABLE audit_entries (
    seq INTEGER PRIMARY KEY NOT NULL,
    at TIMESTAMP NOT NULL,
    court_id BIGINT,
    actor_id BIGINT,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BIGINT,
    digests TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
);
-- Each index ends in seq by itself: it is the row's number.
CREATE INDEX audit_entries_subject ON audit_entries (subject_kind, subject_id);
CREATE INDEX audit_entries_actor ON audit_entries (actor_id);
CREATE INDEX audit_entries_action ON audit_entries (action);
CREATE INDEX audit_entries_at ON audit_entries (at);
CREATE TABLE audit_values (
    seq BIGINT NOT NULL REFERENCES audit_entries (seq),
    field TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY (seq, field)
) WITHOUT ROWID;
CREATE TRIGGER audit_entries_never_change BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'an audit entry never changes'); END;
CREATE TRIGGER audit_entries_never_go BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'an audit entry is never deleted'); END;
-- A value may be taken out (anonymised), and nothing else.
CREATE TRIGGER audit_values_never_change BEFORE UPDATE ON audit_values
WHEN NEW.value IS NOT NULL OR NEW.seq <> OLD.seq OR NEW.field <> OLD.field
BEGIN SELECT RAISE(ABORT, 'an audit value can only be taken out'); END;
CREATE TRIGGER audit_values_never_go BEFORE DELETE ON audit_values
BEGIN SELECT RAISE(ABORT, 'an audit value is never deleted'); END;

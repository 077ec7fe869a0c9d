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
CREATE INDEX audit_entries_subject ON audit_entries (subject_kind, subject_id, seq);
CREATE INDEX audit_entries_actor ON audit_entries (actor_id, seq);
CREATE TABLE audit_values (
    seq BIGINT NOT NULL REFERENCES audit_entries (seq),
    field TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY (seq, field)
);
CREATE TRIGGER audit_entries_never_change BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'an audit entry never changes'); END;
CREATE TRIGGER audit_entries_never_go BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'an audit entry is never deleted'); END;

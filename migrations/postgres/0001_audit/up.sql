-- The trail (留痕): one chain over the whole installation. What an entry says of values is kept beside the chain
-- (audit_values), so that a value can be anonymised later without breaking a link: the chain holds keyed digests.
CREATE TABLE audit_entries (
    seq BIGINT PRIMARY KEY NOT NULL,
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
CREATE INDEX audit_entries_action ON audit_entries (action, seq);
CREATE INDEX audit_entries_at ON audit_entries (at);
CREATE TABLE audit_values (
    seq BIGINT NOT NULL REFERENCES audit_entries (seq),
    field TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY (seq, field)
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a row of % never changes', TG_TABLE_NAME; END $$;
CREATE TRIGGER audit_entries_never_change BEFORE UPDATE OR DELETE ON audit_entries
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entries_never_emptied BEFORE TRUNCATE ON audit_entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- A value may be taken out (anonymised), and nothing else.
CREATE TRIGGER audit_values_never_change BEFORE UPDATE ON audit_values
FOR EACH ROW WHEN (NEW.value IS NOT NULL OR NEW.seq <> OLD.seq OR NEW.field <> OLD.field)
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_values_never_go BEFORE DELETE ON audit_values
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_values_never_emptied BEFORE TRUNCATE ON audit_values
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A clock may be due on a day that somebody above named.
ALTER TABLE clock_events DROP CONSTRAINT clock_events_kind_check;
ALTER TABLE clock_events ADD CONSTRAINT clock_events_kind_check
    CHECK (kind IN ('paused', 'resumed', 'extended', 'due_named', 'start_corrected', 'reopened'));
-- 上级交办: what somebody above gave this court to do and report on, with their number and their date.
CREATE TABLE assignments (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    -- The contact by which it came; NULL where it was recorded on a known matter.
    contact_id BIGINT REFERENCES contacts (id),
    sender_kind TEXT NOT NULL CHECK (sender_kind IN ('higher_court', 'political_legal', 'party', 'congress', 'government',
        'supervision', 'procuratorate', 'other')),
    sender TEXT NOT NULL,
    -- Theirs, on their paper; empty where it has none.
    number TEXT NOT NULL,
    dated_on DATE,
    received_on DATE NOT NULL,
    -- What they ask for.
    demand TEXT NOT NULL,
    -- The last day for objecting that it isn't this court's; NULL where the court keeps no such rule.
    objection_until DATE,
    clock_id BIGINT NOT NULL REFERENCES clocks (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'objected', 'reported', 'accepted', 'taken_back')),
    recorded_by BIGINT NOT NULL REFERENCES staff (id),
    recorded_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX assignments_clock ON assignments (clock_id);
CREATE INDEX assignments_newest ON assignments (court_id, id);
CREATE INDEX assignments_state ON assignments (court_id, state, id);
CREATE INDEX assignments_matter ON assignments (matter_id, id);
CREATE INDEX assignments_contact ON assignments (contact_id);
CREATE INDEX assignments_recorded_by ON assignments (recorded_by);
-- What went between this court and the sender. Never edited: a wrong word is put right by the next one.
CREATE TABLE assignment_events (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    assignment_id BIGINT NOT NULL REFERENCES assignments (id),
    kind TEXT NOT NULL CHECK (kind IN ('objected', 'upheld', 'progress', 'result', 'redated', 'sent_back', 'accepted',
        'taken_back')),
    on_day DATE NOT NULL,
    -- The new day that the sender named.
    due_on DATE,
    -- The court's own number of a report; the sender's of an answer.
    number TEXT NOT NULL,
    text TEXT NOT NULL,
    -- Which leader signed a report.
    signed_by BIGINT REFERENCES staff (id),
    signed_name TEXT,
    by_id BIGINT NOT NULL REFERENCES staff (id),
    by_name TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    CHECK (due_on IS NULL OR kind IN ('redated', 'sent_back')),
    CHECK (kind <> 'redated' OR due_on IS NOT NULL),
    CHECK (kind <> 'result' OR signed_by IS NOT NULL),
    CHECK ((signed_by IS NULL) = (signed_name IS NULL))
);
CREATE INDEX assignment_events_assignment ON assignment_events (assignment_id, id);
CREATE INDEX assignment_events_court ON assignment_events (court_id);
CREATE INDEX assignment_events_signed_by ON assignment_events (signed_by);
CREATE INDEX assignment_events_by ON assignment_events (by_id);
CREATE TRIGGER assignment_events_never_change BEFORE UPDATE OR DELETE ON assignment_events
FOR EACH ROW EXECUTE FUNCTION refuse_change();

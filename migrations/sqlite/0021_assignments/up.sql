-- A clock may be due on a day that somebody above named.
CREATE TABLE clock_events_new (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    clock_id BIGINT NOT NULL REFERENCES clocks (id),
    kind TEXT NOT NULL CHECK (kind IN ('paused', 'resumed', 'extended', 'due_named', 'start_corrected',
        'reopened')),
    -- Paused: the first day that isn't counted. Resumed: the first that is again. Corrected: the right start.
    -- Extended, reopened: the day of the decision. Named: the day on which it is due.
    on_day DATE NOT NULL,
    -- Paused: the day that counts again at the latest. Corrected: the start before. Reopened: when it had been met.
    other_day DATE,
    days BIGINT,
    -- Why it was paused: a code.
    reason TEXT,
    note TEXT NOT NULL,
    due_before DATE NOT NULL,
    due_after DATE NOT NULL,
    at TIMESTAMP NOT NULL,
    by_id BIGINT REFERENCES staff (id),
    by_name TEXT NOT NULL,
    -- Who allowed it: a name or a body outside.
    allowed_by TEXT NOT NULL,
    request_id BIGINT REFERENCES extension_requests (id),
    CHECK ((kind = 'paused') = (reason IS NOT NULL)),
    CHECK (kind <> 'paused' OR (other_day IS NOT NULL AND other_day > on_day)),
    CHECK ((kind = 'extended') = (days IS NOT NULL)),
    CHECK (days IS NULL OR days > 0),
    CHECK (kind <> 'start_corrected' OR other_day IS NOT NULL),
    CHECK (request_id IS NULL OR kind = 'extended')
);
INSERT INTO clock_events_new SELECT * FROM clock_events;
DROP TABLE clock_events;
ALTER TABLE clock_events_new RENAME TO clock_events;
CREATE INDEX clock_events_clock ON clock_events (clock_id, id);
CREATE UNIQUE INDEX clock_events_extended ON clock_events (clock_id) WHERE kind = 'extended';
CREATE INDEX clock_events_matter ON clock_events (matter_id, id);
CREATE INDEX clock_events_court ON clock_events (court_id);
CREATE INDEX clock_events_by ON clock_events (by_id);
CREATE INDEX clock_events_request ON clock_events (request_id);
CREATE TRIGGER clock_events_never_change BEFORE UPDATE ON clock_events
BEGIN SELECT RAISE(ABORT, 'what happened to a clock never changes'); END;
CREATE TRIGGER clock_events_never_go BEFORE DELETE ON clock_events
BEGIN SELECT RAISE(ABORT, 'what happened to a clock is never deleted'); END;
-- 上级交办: what somebody above gave this court to do and report on, with their number and their date.
CREATE TABLE assignments (
    id INTEGER PRIMARY KEY NOT NULL,
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
    id INTEGER PRIMARY KEY NOT NULL,
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
CREATE TRIGGER assignment_events_never_change BEFORE UPDATE ON assignment_events
BEGIN SELECT RAISE(ABORT, 'what was said to and by the sender never changes'); END;
CREATE TRIGGER assignment_events_never_go BEFORE DELETE ON assignment_events
BEGIN SELECT RAISE(ABORT, 'what was said to and by the sender is never deleted'); END;

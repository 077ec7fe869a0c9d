DROP TABLE assignment_events;
DROP TABLE assignments;
CREATE TABLE clock_events_old (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    clock_id BIGINT NOT NULL REFERENCES clocks (id),
    kind TEXT NOT NULL CHECK (kind IN ('paused', 'resumed', 'extended', 'start_corrected', 'reopened')),
    -- Paused: the first day that isn't counted. Resumed: the first that is again. Corrected: the right start.
    -- Extended, reopened: the day of the decision.
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
INSERT INTO clock_events_old SELECT * FROM clock_events WHERE kind <> 'due_named';
DROP TABLE clock_events;
ALTER TABLE clock_events_old RENAME TO clock_events;
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

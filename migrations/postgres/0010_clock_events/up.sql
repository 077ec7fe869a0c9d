-- Whether the petitioner is to be told why a deadline of this rule was extended.
ALTER TABLE deadline_rules ADD COLUMN extension_told BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE deadline_rules SET extension_told = TRUE WHERE code = 'reply';
-- 延期申请: whoever works on a matter asks, somebody above them decides.
CREATE TABLE extension_requests (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    clock_id BIGINT NOT NULL REFERENCES clocks (id),
    days BIGINT NOT NULL CHECK (days > 0),
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'withdrawn')),
    asked_by BIGINT NOT NULL REFERENCES staff (id),
    asked_by_name TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL,
    decided_by BIGINT REFERENCES staff (id),
    decided_by_name TEXT,
    decided_at TIMESTAMP,
    decision_note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CHECK ((state = 'asked') = (decided_by IS NULL)),
    CHECK ((state = 'asked') = (decided_at IS NULL)),
    -- Nobody decides what they asked for.
    CHECK (state NOT IN ('granted', 'refused') OR decided_by <> asked_by)
);
CREATE UNIQUE INDEX extension_requests_open ON extension_requests (clock_id) WHERE state = 'asked';
CREATE INDEX extension_requests_waiting ON extension_requests (court_id, id) WHERE state = 'asked';
CREATE INDEX extension_requests_court ON extension_requests (court_id);
CREATE INDEX extension_requests_matter ON extension_requests (matter_id, id);
CREATE INDEX extension_requests_clock ON extension_requests (clock_id);
CREATE INDEX extension_requests_asked_by ON extension_requests (asked_by);
CREATE INDEX extension_requests_decided_by ON extension_requests (decided_by);
-- What happened to a clock between its start and its end, which are on its own row. The row's dates follow from these
-- by replay. Nothing here is ever edited.
CREATE TABLE clock_events (
    id BIGINT PRIMARY KEY NOT NULL,
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
CREATE INDEX clock_events_clock ON clock_events (clock_id, id);
CREATE UNIQUE INDEX clock_events_extended ON clock_events (clock_id) WHERE kind = 'extended';
CREATE INDEX clock_events_matter ON clock_events (matter_id, id);
CREATE INDEX clock_events_court ON clock_events (court_id);
CREATE INDEX clock_events_by ON clock_events (by_id);
CREATE INDEX clock_events_request ON clock_events (request_id);
CREATE TRIGGER clock_events_never_change BEFORE UPDATE OR DELETE ON clock_events
FOR EACH ROW EXECUTE FUNCTION refuse_change();

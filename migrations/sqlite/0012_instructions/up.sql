-- 批示: what a leader was asked (请示) or instructed by themselves, and whether it was done.
CREATE TABLE instructions (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    number TEXT NOT NULL,
    year BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'returned', 'given', 'done', 'confirmed', 'withdrawn')),
    leader_id BIGINT NOT NULL REFERENCES staff (id),
    -- NULL: the leader instructed without being asked.
    asked_by BIGINT REFERENCES staff (id),
    asked_at TIMESTAMP,
    question TEXT NOT NULL,
    proposal TEXT NOT NULL,
    text TEXT NOT NULL,
    owner_id BIGINT REFERENCES staff (id),
    due_on DATE,
    given_at TIMESTAMP,
    evidence TEXT NOT NULL,
    done_at TIMESTAMP,
    confirmed_by BIGINT REFERENCES staff (id),
    confirmed_at TIMESTAMP,
    -- Why it was returned to whoever asked, or to the owner.
    remark TEXT NOT NULL,
    version BIGINT NOT NULL,
    CHECK ((asked_by IS NULL) = (asked_at IS NULL)),
    CHECK ((owner_id IS NULL) = (given_at IS NULL) AND (due_on IS NULL) = (given_at IS NULL)),
    CHECK (state NOT IN ('given', 'done', 'confirmed') OR given_at IS NOT NULL),
    CHECK (state NOT IN ('done', 'confirmed') OR done_at IS NOT NULL),
    CHECK ((state = 'confirmed') = (confirmed_at IS NOT NULL)),
    CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);
CREATE UNIQUE INDEX instructions_number ON instructions (court_id, year, seq);
CREATE INDEX instructions_newest ON instructions (court_id, id);
CREATE INDEX instructions_due ON instructions (court_id, state, due_on, id);
CREATE INDEX instructions_matter ON instructions (matter_id, id);
CREATE INDEX instructions_leader ON instructions (leader_id, state);
CREATE INDEX instructions_owner ON instructions (owner_id, state);

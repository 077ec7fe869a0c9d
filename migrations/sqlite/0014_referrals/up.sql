-- Who has a hand in a matter besides whoever answers for it: from when, and until when.
CREATE TABLE hands (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    part TEXT NOT NULL CHECK (part IN ('division', 'handler', 'helper', 'addressee', 'case_judge')),
    division_id BIGINT REFERENCES divisions (id),
    staff_id BIGINT REFERENCES staff (id),
    -- What a helper is asked to do; why a case judge handles it all the same.
    note TEXT NOT NULL,
    since DATE NOT NULL,
    until DATE,
    CHECK (division_id IS NOT NULL OR staff_id IS NOT NULL)
);
CREATE INDEX hands_matter ON hands (matter_id, part);
CREATE INDEX hands_staff ON hands (staff_id, matter_id) WHERE until IS NULL;
CREATE INDEX hands_division ON hands (division_id, matter_id) WHERE until IS NULL;
CREATE INDEX hands_court ON hands (court_id);
-- One division leads, one person handles.
CREATE UNIQUE INDEX hands_one_handler ON hands (matter_id) WHERE part = 'handler' AND until IS NULL;
CREATE UNIQUE INDEX hands_one_division ON hands (matter_id) WHERE part = 'division' AND until IS NULL;
-- 转办: until it is taken over, the sender answers.
CREATE TABLE referrals (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    number BIGINT NOT NULL,
    division_id BIGINT NOT NULL REFERENCES divisions (id),
    staff_id BIGINT REFERENCES staff (id),
    sender_id BIGINT NOT NULL REFERENCES staff (id),
    note TEXT NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    due_on DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'taken_over', 'sent_back', 'withdrawn')),
    answered_by BIGINT REFERENCES staff (id),
    answered_at TIMESTAMP,
    answer TEXT NOT NULL,
    -- When nobody had answered in time and the office was told.
    alarmed_at TIMESTAMP,
    CHECK ((state = 'pending') = (answered_at IS NULL)),
    CHECK ((state = 'pending') = (answered_by IS NULL))
);
CREATE UNIQUE INDEX referrals_pending ON referrals (matter_id) WHERE state = 'pending';
CREATE UNIQUE INDEX referrals_number ON referrals (matter_id, number);
CREATE INDEX referrals_open ON referrals (court_id, due_on, id) WHERE state = 'pending';
CREATE INDEX referrals_division ON referrals (division_id);
CREATE INDEX referrals_staff ON referrals (staff_id);
CREATE INDEX referrals_sender ON referrals (sender_id);
CREATE INDEX referrals_answered_by ON referrals (answered_by);

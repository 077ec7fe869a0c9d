-- 答复意见书: one row for each version that was written; what was finally given stands in replies.
CREATE TABLE reply_drafts (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    -- The how manieth version of its matter.
    number BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('drafted', 'submitted', 'returned', 'approved', 'recalled', 'served')),
    -- When and how the matter came, as the first paragraph says it.
    receipt TEXT NOT NULL,
    remedy TEXT NOT NULL CHECK (remedy IN ('review', 'procedure')),
    remedy_text TEXT NOT NULL,
    drafter_id BIGINT NOT NULL REFERENCES staff (id),
    drafted_at TIMESTAMP NOT NULL,
    submitted_by BIGINT REFERENCES staff (id),
    submitted_at TIMESTAMP,
    decided_by BIGINT REFERENCES staff (id),
    decided_at TIMESTAMP,
    -- Why it was returned.
    reason TEXT NOT NULL,
    manner TEXT CHECK (manner IN ('in_person', 'post', 'sms', 'agent', 'online', 'notice')),
    tracking TEXT NOT NULL,
    recipient TEXT NOT NULL,
    proof TEXT NOT NULL,
    served_by BIGINT REFERENCES staff (id),
    served_on DATE,
    received_on DATE,
    version BIGINT NOT NULL,
    CHECK (state IN ('drafted', 'recalled') OR submitted_at IS NOT NULL),
    CHECK ((submitted_at IS NULL) = (submitted_by IS NULL)),
    CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
    CHECK (state NOT IN ('returned', 'approved', 'served') OR decided_at IS NOT NULL),
    CHECK ((state = 'served') = (served_on IS NOT NULL AND served_by IS NOT NULL AND manner IS NOT NULL)),
    -- Never approved by whoever wrote or submitted it.
    CHECK (state NOT IN ('approved', 'served') OR (decided_by <> drafter_id AND decided_by <> submitted_by))
);
CREATE UNIQUE INDEX reply_drafts_number ON reply_drafts (matter_id, number);
CREATE UNIQUE INDEX reply_drafts_live ON reply_drafts (matter_id) WHERE state IN ('drafted', 'submitted', 'approved');
CREATE INDEX reply_drafts_submitted ON reply_drafts (court_id, submitted_at, id) WHERE state = 'submitted';
CREATE INDEX reply_drafts_drafter ON reply_drafts (drafter_id);
CREATE INDEX reply_drafts_submitter ON reply_drafts (submitted_by);
CREATE INDEX reply_drafts_decided_by ON reply_drafts (decided_by);
CREATE INDEX reply_drafts_served_by ON reply_drafts (served_by);
CREATE TABLE reply_items (
    id INTEGER PRIMARY KEY NOT NULL,
    draft_id BIGINT NOT NULL REFERENCES reply_drafts (id),
    position BIGINT NOT NULL,
    claim TEXT NOT NULL,
    facts TEXT NOT NULL,
    basis TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('supported', 'explained', 'not_supported')),
    opinion TEXT NOT NULL
);
CREATE UNIQUE INDEX reply_items_position ON reply_items (draft_id, position);
-- 满意度与回访: what is to be asked of the petitioner after closing, by somebody other than the handler.
CREATE TABLE askings (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    kind TEXT NOT NULL CHECK (kind IN ('satisfaction', 'call_back')),
    -- The month of the closing, as 2026-11.
    month TEXT NOT NULL,
    clock_id BIGINT NOT NULL REFERENCES clocks (id),
    due_on DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'asked', 'dropped')),
    score TEXT CHECK (score IN ('satisfied', 'mostly_satisfied', 'dissatisfied', 'unrated')),
    manner TEXT CHECK (manner IN ('phone', 'in_person', 'letter', 'sms')),
    note TEXT NOT NULL,
    asked_by BIGINT REFERENCES staff (id),
    asked_at TIMESTAMP,
    CHECK ((state = 'asked') = (asked_at IS NOT NULL)),
    CHECK ((state = 'asked') = (asked_by IS NOT NULL)),
    CHECK ((state = 'asked') = (score IS NOT NULL))
);
CREATE UNIQUE INDEX askings_drawn ON askings (matter_id, month) WHERE kind = 'call_back';
CREATE UNIQUE INDEX askings_waiting ON askings (matter_id, kind) WHERE state = 'waiting';
CREATE INDEX askings_list ON askings (court_id, state, due_on, id);
CREATE INDEX askings_matter ON askings (matter_id);
CREATE INDEX askings_clock ON askings (clock_id);
CREATE INDEX askings_asked_by ON askings (asked_by);
-- Each month's sample, with the seed from which anybody can draw it again.
CREATE TABLE call_back_draws (
    court_id BIGINT NOT NULL REFERENCES courts (id),
    month TEXT NOT NULL,
    seed TEXT NOT NULL,
    closed BIGINT NOT NULL,
    drawn BIGINT NOT NULL,
    drawn_at TIMESTAMP NOT NULL,
    PRIMARY KEY (court_id, month)
);
-- 复查、复核: asked for by the petitioner, decided above.
CREATE TABLE review_requests (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    kind TEXT NOT NULL CHECK (kind IN ('review', 'recheck')),
    state TEXT NOT NULL CHECK (state IN ('requested', 'handed_over', 'decided')),
    requested_on DATE NOT NULL,
    grounds TEXT NOT NULL,
    -- Who decides; linked where they are in this installation.
    above TEXT NOT NULL,
    above_court_id BIGINT REFERENCES courts (id),
    recorded_by BIGINT NOT NULL REFERENCES staff (id),
    recorded_at TIMESTAMP NOT NULL,
    handed_over_by BIGINT REFERENCES staff (id),
    handed_over_on DATE,
    hand_over_note TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('upheld', 'changed', 'revoked', 'withdrawn')),
    opinion TEXT NOT NULL,
    decided_on DATE,
    version BIGINT NOT NULL,
    CHECK ((state = 'decided') = (outcome IS NOT NULL)),
    CHECK ((state = 'decided') = (decided_on IS NOT NULL))
);
CREATE UNIQUE INDEX review_requests_open ON review_requests (matter_id) WHERE state <> 'decided';
CREATE INDEX review_requests_matter ON review_requests (matter_id);
CREATE INDEX review_requests_court ON review_requests (court_id);
CREATE INDEX review_requests_above ON review_requests (above_court_id, state) WHERE above_court_id IS NOT NULL;
CREATE INDEX review_requests_recorded_by ON review_requests (recorded_by);
CREATE INDEX review_requests_handed_over_by ON review_requests (handed_over_by);

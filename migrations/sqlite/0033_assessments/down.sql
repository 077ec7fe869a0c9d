DROP TABLE assessments;
DROP TABLE questionnaires;
DELETE FROM proposals WHERE kind = 'questionnaire';
CREATE TABLE proposals_new (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT REFERENCES courts (id),
    kind TEXT NOT NULL CHECK (kind IN ('calendar', 'rule', 'category', 'guidance', 'tier_rule')),
    -- What it is about: a year, or a rule's code.
    target TEXT NOT NULL,
    -- The change itself, as JSON.
    content TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'in_force', 'rejected', 'withdrawn')),
    proposed_by BIGINT NOT NULL REFERENCES staff (id),
    proposed_by_name TEXT NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    decided_by BIGINT REFERENCES staff (id),
    decided_by_name TEXT,
    decided_at TIMESTAMP,
    decision_note TEXT NOT NULL,
    version BIGINT NOT NULL,
    CHECK ((state = 'proposed') = (decided_by IS NULL)),
    CHECK ((state = 'proposed') = (decided_at IS NULL))
);
INSERT INTO proposals_new SELECT id, court_id, kind, target, content, reason, state, proposed_by, proposed_by_name, proposed_at, decided_by, decided_by_name, decided_at, decision_note, version FROM proposals;
DROP TABLE proposals;
ALTER TABLE proposals_new RENAME TO proposals;
CREATE INDEX proposals_state ON proposals (kind, state, id);
CREATE INDEX proposals_court ON proposals (court_id);
CREATE INDEX proposals_proposed_by ON proposals (proposed_by);
CREATE INDEX proposals_decided_by ON proposals (decided_by);

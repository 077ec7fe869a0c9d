-- 案件风险评估: a questionnaire about the case, never about a person, in editions; and each assessment with the edition it used.
CREATE TABLE proposals_new (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT REFERENCES courts (id),
    kind TEXT NOT NULL CHECK (kind IN ('calendar', 'rule', 'category', 'guidance', 'tier_rule', 'questionnaire')),
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
CREATE TABLE questionnaires (
    id INTEGER PRIMARY KEY NOT NULL,
    -- NULL: for every court of the installation that has none of its own.
    court_id BIGINT REFERENCES courts (id),
    edition BIGINT NOT NULL,
    -- From how many points tier one is proposed.
    threshold BIGINT NOT NULL CHECK (threshold > 0),
    -- The questions, as JSON.
    content TEXT NOT NULL,
    effective_from DATE NOT NULL,
    -- The last day, inclusive.
    effective_to DATE,
    version BIGINT NOT NULL
);
CREATE INDEX questionnaires_court ON questionnaires (court_id, effective_from);
CREATE TABLE assessments (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    division_id BIGINT NOT NULL REFERENCES divisions (id),
    case_number TEXT NOT NULL,
    cause TEXT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('filing', 'judgment', 'enforcement')),
    questionnaire_id BIGINT NOT NULL REFERENCES questionnaires (id),
    -- The keys of what was ticked, with commas between.
    answers TEXT NOT NULL,
    points BIGINT NOT NULL,
    threshold BIGINT NOT NULL,
    measures TEXT NOT NULL,
    note TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('low', 'waiting', 'listed', 'not_listed')),
    assessed_by BIGINT NOT NULL REFERENCES staff (id),
    assessed_at TIMESTAMP NOT NULL,
    decided_by BIGINT REFERENCES staff (id),
    decided_at TIMESTAMP,
    reason TEXT NOT NULL,
    sign_id BIGINT REFERENCES matters (id),
    submission TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    CHECK ((state IN ('listed', 'not_listed')) = (decided_by IS NOT NULL)),
    CHECK ((state = 'listed') = (sign_id IS NOT NULL))
);
CREATE INDEX assessments_case ON assessments (court_id, case_number);
CREATE INDEX assessments_state ON assessments (court_id, state, id);
CREATE INDEX assessments_division ON assessments (division_id, id);
CREATE INDEX assessments_questionnaire ON assessments (questionnaire_id);
CREATE INDEX assessments_assessed_by ON assessments (assessed_by);
CREATE INDEX assessments_decided_by ON assessments (decided_by);
CREATE INDEX assessments_sign ON assessments (sign_id);

DROP INDEX heard_at_said;
DROP INDEX matters_tier;
DROP TABLE tier_reports;
DROP TABLE tier_measures;
DROP TABLE tier_plans;
DROP TABLE work_group_meetings;
DROP TABLE leader_acts;
DROP TABLE leader_charges;
DROP TABLE work_group_members;
DROP TABLE work_groups;
DROP TABLE tier_holds;
DROP TABLE escalation_told;
DROP TABLE escalations;
DROP TABLE escalation_rules;
DROP TABLE week_leaders;
DELETE FROM hands WHERE part = 'group';
DELETE FROM proposals WHERE kind = 'tier_rule';
DELETE FROM handover_items WHERE holding IN ('leader_in_charge', 'responsible', 'work_group', 'tier_measure');
CREATE TABLE hands_new (
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
INSERT INTO hands_new SELECT id, court_id, matter_id, part, division_id, staff_id, note, since, until FROM hands;
DROP TABLE hands;
ALTER TABLE hands_new RENAME TO hands;
CREATE INDEX hands_matter ON hands (matter_id, part);
CREATE INDEX hands_staff ON hands (staff_id, matter_id) WHERE until IS NULL;
CREATE INDEX hands_division ON hands (division_id, matter_id) WHERE until IS NULL;
CREATE INDEX hands_court ON hands (court_id);
CREATE UNIQUE INDEX hands_one_handler ON hands (matter_id) WHERE part = 'handler' AND until IS NULL;
CREATE UNIQUE INDEX hands_one_division ON hands (matter_id) WHERE part = 'division' AND until IS NULL;
CREATE TABLE proposals_new (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT REFERENCES courts (id),
    kind TEXT NOT NULL CHECK (kind IN ('calendar', 'rule', 'category', 'guidance')),
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
CREATE TABLE handover_items_new (
    id INTEGER PRIMARY KEY NOT NULL,
    handover_id BIGINT NOT NULL REFERENCES handovers (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    holding TEXT NOT NULL CHECK (holding IN ('accountable', 'handler', 'helper', 'addressee', 'sender', 'division_addressee', 'supervising', 'supervision', 'instruction', 'instruction_leader', 'reply_draft', 'reply_approval', 'extension', 'measure')),
    to_id BIGINT NOT NULL REFERENCES staff (id)
);
INSERT INTO handover_items_new SELECT id, handover_id, matter_id, holding, to_id FROM handover_items;
DROP TABLE handover_items;
ALTER TABLE handover_items_new RENAME TO handover_items;
CREATE INDEX handover_items_of ON handover_items (handover_id, id);
CREATE INDEX handover_items_matter ON handover_items (matter_id);
CREATE INDEX handover_items_to ON handover_items (to_id);

-- 工作日历: only days that differ from their place in the week are rows; a year without a row is missing.
CREATE TABLE calendar_years (
    year INTEGER PRIMARY KEY NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('official', 'provisional')),
    source TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE TABLE calendar_days (
    day DATE PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('holiday', 'workday')),
    name TEXT NOT NULL
);
-- One row. The stamp is drawn anew with every change of the calendar or the rules, so that each instance knows whether
-- what it keeps in memory still holds.
CREATE TABLE calendar_stamps (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    stamp BIGINT NOT NULL
);
-- 时限与规则: a row in force is never changed; an edit ends it and adds the next. Codes grow with the capabilities, so
-- they are checked by the program alone.
CREATE TABLE deadline_rules (
    id INTEGER PRIMARY KEY NOT NULL,
    -- NULL: for every court of the installation that has no row of its own.
    court_id BIGINT REFERENCES courts (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    basis TEXT NOT NULL,
    trigger_event TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    unit TEXT NOT NULL CHECK (unit IN ('day', 'working_day', 'month', 'month_end')),
    roll BOOLEAN NOT NULL,
    max_extension_days BIGINT CHECK (max_extension_days > 0),
    extension_by TEXT CHECK (extension_by IN ('division_head', 'vice_president', 'president', 'sender')),
    paper TEXT,
    effective_from DATE NOT NULL,
    -- The last day, inclusive.
    effective_to DATE,
    status TEXT NOT NULL CHECK (status IN ('statutory', 'from_above', 'own')),
    note TEXT NOT NULL,
    in_use BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX deadline_rules_code ON deadline_rules (code, effective_from);
CREATE INDEX deadline_rules_court ON deadline_rules (court_id);
-- One row at most goes on without an end.
CREATE UNIQUE INDEX deadline_rules_open ON deadline_rules (COALESCE(court_id, 0), code) WHERE effective_to IS NULL;
CREATE TABLE clocks (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL,
    rule_id BIGINT NOT NULL REFERENCES deadline_rules (id),
    code TEXT NOT NULL,
    starts_on DATE NOT NULL,
    raw_due_on DATE NOT NULL,
    due_on DATE NOT NULL,
    provisional BOOLEAN NOT NULL,
    met_on DATE,
    cancelled BOOLEAN NOT NULL,
    CHECK (starts_on <= raw_due_on AND raw_due_on <= due_on),
    CHECK (met_on IS NULL OR NOT cancelled)
);
CREATE INDEX clocks_matter ON clocks (matter_id, due_on, id);
CREATE INDEX clocks_open ON clocks (due_on, id) WHERE met_on IS NULL AND NOT cancelled;
CREATE INDEX clocks_rule ON clocks (rule_id);
CREATE INDEX clocks_court ON clocks (court_id);
-- What one person proposes and another puts in force: changes of the calendar and of the rules.
CREATE TABLE proposals (
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
CREATE INDEX proposals_state ON proposals (kind, state, id);
CREATE INDEX proposals_court ON proposals (court_id);
CREATE INDEX proposals_proposed_by ON proposals (proposed_by);
CREATE INDEX proposals_decided_by ON proposals (decided_by);

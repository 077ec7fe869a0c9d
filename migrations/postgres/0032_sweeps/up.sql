-- 排查: a sheet for each division and period, its cases, and what was answered about each. Answers and visits are only added.
CREATE TABLE sweeps (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    division_id BIGINT NOT NULL REFERENCES divisions (id),
    kind TEXT NOT NULL CHECK (kind IN ('monthly', 'ten_day', 'special')),
    -- What a special period is called; empty otherwise.
    name TEXT NOT NULL,
    from_on DATE NOT NULL,
    -- The last day, inclusive.
    to_on DATE NOT NULL,
    -- By when every case is answered.
    due_on DATE NOT NULL,
    -- NULL: by itself, at the beginning of a month.
    opened_by BIGINT REFERENCES staff (id),
    opened_at TIMESTAMP NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'finished')),
    finished_by BIGINT REFERENCES staff (id),
    finished_at TIMESTAMP,
    version BIGINT NOT NULL,
    CHECK (from_on <= to_on),
    CHECK ((state = 'finished') = (finished_at IS NOT NULL))
);
CREATE UNIQUE INDEX sweeps_once ON sweeps (court_id, division_id, kind, from_on, to_on);
CREATE INDEX sweeps_due ON sweeps (court_id, state, due_on);
CREATE INDEX sweeps_division ON sweeps (division_id);
CREATE INDEX sweeps_opened_by ON sweeps (opened_by);
CREATE INDEX sweeps_finished_by ON sweeps (finished_by);
CREATE TABLE sweep_rows (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    sweep_id BIGINT NOT NULL REFERENCES sweeps (id),
    case_number TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('filed', 'closed', 'both', 'again')),
    cause TEXT NOT NULL,
    -- Short and masked; full names are never kept here.
    parties TEXT NOT NULL,
    judge TEXT NOT NULL,
    happened_on DATE,
    -- The row that said "look again next month".
    carried_from BIGINT REFERENCES sweep_rows (id),
    answer TEXT CHECK (answer IN ('nothing', 'again', 'tier_one')),
    note TEXT NOT NULL,
    answered_by BIGINT REFERENCES staff (id),
    answered_at TIMESTAMP,
    sign_id BIGINT REFERENCES matters (id),
    added_by BIGINT REFERENCES staff (id),
    added_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CHECK ((answer = 'tier_one') = (sign_id IS NOT NULL))
);
CREATE UNIQUE INDEX sweep_rows_once ON sweep_rows (sweep_id, case_number);
CREATE INDEX sweep_rows_unanswered ON sweep_rows (sweep_id, id) WHERE answer IS NULL;
CREATE INDEX sweep_rows_case ON sweep_rows (court_id, case_number);
CREATE INDEX sweep_rows_carried ON sweep_rows (carried_from);
CREATE INDEX sweep_rows_answered_by ON sweep_rows (answered_by);
CREATE INDEX sweep_rows_sign ON sweep_rows (sign_id);
CREATE INDEX sweep_rows_added_by ON sweep_rows (added_by);
-- Every answer that was ever given about a row.
CREATE TABLE sweep_answers (
    id BIGINT PRIMARY KEY NOT NULL,
    row_id BIGINT NOT NULL REFERENCES sweep_rows (id),
    answer TEXT NOT NULL CHECK (answer IN ('nothing', 'again', 'tier_one')),
    note TEXT NOT NULL,
    sign_id BIGINT REFERENCES matters (id),
    answered_by BIGINT NOT NULL REFERENCES staff (id),
    answered_at TIMESTAMP NOT NULL
);
CREATE INDEX sweep_answers_row ON sweep_answers (row_id, id);
CREATE INDEX sweep_answers_sign ON sweep_answers (sign_id);
CREATE INDEX sweep_answers_by ON sweep_answers (answered_by);
CREATE TABLE sweep_visits (
    id BIGINT PRIMARY KEY NOT NULL,
    row_id BIGINT NOT NULL REFERENCES sweep_rows (id),
    visited_on DATE NOT NULL,
    who TEXT NOT NULL,
    found TEXT NOT NULL,
    submission TEXT NOT NULL UNIQUE,
    recorded_by BIGINT NOT NULL REFERENCES staff (id),
    recorded_at TIMESTAMP NOT NULL
);
CREATE INDEX sweep_visits_row ON sweep_visits (row_id, id);
CREATE INDEX sweep_visits_by ON sweep_visits (recorded_by);
-- How a closed case ended for its parties.
CREATE TABLE sweep_closings (
    row_id BIGINT PRIMARY KEY NOT NULL REFERENCES sweep_rows (id),
    pronounced TEXT NOT NULL CHECK (pronounced IN ('yes', 'no', 'na')),
    served_in_person TEXT NOT NULL CHECK (served_in_person IN ('yes', 'no', 'na')),
    explained TEXT NOT NULL CHECK (explained IN ('yes', 'no', 'na')),
    views_heard TEXT NOT NULL CHECK (views_heard IN ('yes', 'no', 'na')),
    mediated TEXT NOT NULL CHECK (mediated IN ('yes', 'no', 'na')),
    note TEXT NOT NULL,
    recorded_by BIGINT NOT NULL REFERENCES staff (id),
    recorded_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX sweep_closings_by ON sweep_closings (recorded_by);
-- Lists of cases that are brought in. A batch goes with the transaction that enters its rows: what is left is what is still
-- to do, also after a stop.
CREATE TABLE sweep_imports (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    sweep_id BIGINT NOT NULL REFERENCES sweeps (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    name TEXT NOT NULL,
    -- Of the file: the same file is known again.
    digest TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'failed')),
    rows_total BIGINT NOT NULL,
    rows_bad BIGINT NOT NULL,
    made BIGINT NOT NULL,
    merged BIGINT NOT NULL,
    known BIGINT NOT NULL,
    report TEXT,
    message TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE UNIQUE INDEX sweep_imports_once ON sweep_imports (sweep_id, digest);
CREATE INDEX sweep_imports_running ON sweep_imports (id) WHERE state = 'running';
CREATE INDEX sweep_imports_court ON sweep_imports (court_id);
CREATE INDEX sweep_imports_staff ON sweep_imports (staff_id);
CREATE TABLE sweep_import_batches (
    id BIGINT PRIMARY KEY NOT NULL,
    import_id BIGINT NOT NULL REFERENCES sweep_imports (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    sealed TEXT NOT NULL,
    UNIQUE (import_id, position)
);

-- 涉执信访: what a matter's task sheets and ledger come to, kept in step with them in each transaction, for the lists.
CREATE TABLE enforcement_matters (
    matter_id BIGINT PRIMARY KEY NOT NULL REFERENCES matters (id),
    court_id BIGINT NOT NULL REFERENCES courts (id),
    -- The sum due in force, in fen; NULL while none is fixed.
    due_fen BIGINT CHECK (due_fen > 0),
    paid_fen BIGINT NOT NULL CHECK (paid_fen >= 0),
    -- What is due and not paid; nought while nothing is fixed.
    outstanding_fen BIGINT NOT NULL CHECK (outstanding_fen >= 0),
    -- The first day on which an open measure is due.
    next_due_on DATE,
    open_measures BIGINT NOT NULL CHECK (open_measures >= 0),
    since TIMESTAMP NOT NULL
);
CREATE INDEX enforcement_matters_newest ON enforcement_matters (court_id, matter_id);
CREATE INDEX enforcement_matters_due ON enforcement_matters (court_id, next_due_on, matter_id);
CREATE INDEX enforcement_matters_money ON enforcement_matters (court_id, outstanding_fen, matter_id);
-- 任务单.
CREATE TABLE task_sheets (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    number TEXT NOT NULL,
    year BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    task TEXT NOT NULL,
    -- The leader who issued it, and who typed it.
    issued_by BIGINT NOT NULL REFERENCES staff (id),
    entered_by BIGINT NOT NULL REFERENCES staff (id),
    issued_at TIMESTAMP NOT NULL,
    due_on DATE NOT NULL,
    submission TEXT NOT NULL
);
CREATE UNIQUE INDEX task_sheets_number ON task_sheets (court_id, year, seq);
CREATE UNIQUE INDEX task_sheets_submission ON task_sheets (matter_id, submission);
CREATE INDEX task_sheets_matter ON task_sheets (matter_id, id);
CREATE TABLE enforcement_measures (
    id BIGINT PRIMARY KEY NOT NULL,
    sheet_id BIGINT NOT NULL REFERENCES task_sheets (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    position BIGINT NOT NULL,
    text TEXT NOT NULL,
    owner_id BIGINT NOT NULL REFERENCES staff (id),
    due_on DATE NOT NULL,
    added_by BIGINT NOT NULL REFERENCES staff (id),
    added_at TIMESTAMP NOT NULL,
    -- As the newest result says.
    done_on DATE,
    version BIGINT NOT NULL,
    submission TEXT NOT NULL
);
CREATE UNIQUE INDEX enforcement_measures_place ON enforcement_measures (sheet_id, position);
CREATE UNIQUE INDEX enforcement_measures_submission ON enforcement_measures (sheet_id, submission);
CREATE INDEX enforcement_measures_open ON enforcement_measures (matter_id, due_on) WHERE done_on IS NULL;
CREATE INDEX enforcement_measures_owner ON enforcement_measures (owner_id, due_on, matter_id) WHERE done_on IS NULL;
-- What became of a measure, once; a later row corrects it.
CREATE TABLE enforcement_results (
    id BIGINT PRIMARY KEY NOT NULL,
    measure_id BIGINT NOT NULL REFERENCES enforcement_measures (id),
    text TEXT NOT NULL,
    done_on DATE NOT NULL,
    by_id BIGINT NOT NULL REFERENCES staff (id),
    at TIMESTAMP NOT NULL,
    corrects_id BIGINT REFERENCES enforcement_results (id)
);
CREATE UNIQUE INDEX enforcement_results_first ON enforcement_results (measure_id) WHERE corrects_id IS NULL;
CREATE UNIQUE INDEX enforcement_results_corrects ON enforcement_results (corrects_id);
CREATE INDEX enforcement_results_measure ON enforcement_results (measure_id, id);
-- Sums due and payments. Nothing is changed or deleted: a mistake is taken back by a counter-entry that names it.
CREATE TABLE enforcement_postings (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    kind TEXT NOT NULL CHECK (kind IN ('due', 'paid')),
    amount_fen BIGINT NOT NULL,
    -- Of a counter-entry, the day of what it takes back.
    happened_on DATE NOT NULL,
    manner TEXT CHECK (manner IN ('deducted', 'voluntary', 'auction', 'settlement', 'income', 'in_kind', 'other')),
    payer TEXT NOT NULL,
    note TEXT NOT NULL,
    reverses_id BIGINT REFERENCES enforcement_postings (id),
    by_id BIGINT NOT NULL REFERENCES staff (id),
    at TIMESTAMP NOT NULL,
    submission TEXT NOT NULL,
    CHECK ((reverses_id IS NULL) = (amount_fen > 0)),
    CHECK (amount_fen <> 0),
    CHECK ((kind = 'paid') = (manner IS NOT NULL))
);
CREATE UNIQUE INDEX enforcement_postings_reverses ON enforcement_postings (reverses_id);
CREATE UNIQUE INDEX enforcement_postings_submission ON enforcement_postings (matter_id, submission);
CREATE INDEX enforcement_postings_matter ON enforcement_postings (matter_id, happened_on, id);
CREATE TRIGGER enforcement_postings_never_change BEFORE UPDATE OR DELETE ON enforcement_postings
FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- 听取汇报, 约见当事人.
CREATE TABLE enforcement_talks (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    kind TEXT NOT NULL CHECK (kind IN ('report_heard', 'party_met')),
    held_on DATE NOT NULL,
    -- The leader who heard the report, or who met the party.
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    party TEXT NOT NULL,
    said TEXT NOT NULL,
    decided TEXT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES staff (id),
    at TIMESTAMP NOT NULL,
    corrects_id BIGINT REFERENCES enforcement_talks (id),
    submission TEXT NOT NULL,
    CHECK ((kind = 'party_met') = (party <> ''))
);
CREATE UNIQUE INDEX enforcement_talks_corrects ON enforcement_talks (corrects_id);
CREATE UNIQUE INDEX enforcement_talks_submission ON enforcement_talks (matter_id, submission);
CREATE INDEX enforcement_talks_matter ON enforcement_talks (matter_id, id);
-- 集中执行.
CREATE TABLE campaigns (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    name TEXT NOT NULL,
    goal TEXT NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    responsible_id BIGINT NOT NULL REFERENCES staff (id),
    created_by BIGINT NOT NULL REFERENCES staff (id),
    created_at TIMESTAMP NOT NULL,
    summary TEXT NOT NULL,
    closed_by BIGINT REFERENCES staff (id),
    closed_at TIMESTAMP,
    version BIGINT NOT NULL,
    CHECK (starts_on <= ends_on),
    CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);
CREATE UNIQUE INDEX campaigns_name ON campaigns (court_id, name);
CREATE INDEX campaigns_newest ON campaigns (court_id, id);
CREATE TABLE campaign_matters (
    id BIGINT PRIMARY KEY NOT NULL,
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id),
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    put_in_by BIGINT NOT NULL REFERENCES staff (id),
    put_in_at TIMESTAMP NOT NULL,
    taken_out_by BIGINT REFERENCES staff (id),
    taken_out_at TIMESTAMP,
    -- Why it was taken out.
    reason TEXT NOT NULL,
    CHECK ((taken_out_at IS NULL) = (taken_out_by IS NULL))
);
CREATE UNIQUE INDEX campaign_matters_once ON campaign_matters (campaign_id, matter_id) WHERE taken_out_at IS NULL;
CREATE INDEX campaign_matters_matter ON campaign_matters (matter_id);

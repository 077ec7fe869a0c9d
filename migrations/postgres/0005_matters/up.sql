-- Numbers without a double or a gap: the counter moves in the transaction that uses the number.
CREATE TABLE counters (
    court_id BIGINT NOT NULL REFERENCES courts (id),
    series TEXT NOT NULL,
    year BIGINT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (court_id, series, year)
);
-- 诉求类别, two levels; "proposed" until the security administrator puts a change in force.
CREATE TABLE categories (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT,
    code TEXT NOT NULL,
    parent_code TEXT,
    name TEXT NOT NULL,
    conduct BOOLEAN NOT NULL,
    position BIGINT NOT NULL,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX categories_code ON categories (code);
-- Where to point when something is not this court's: inactive until a legal source is entered.
CREATE TABLE guidance_reasons (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    channel TEXT NOT NULL,
    legal_source TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    position BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CHECK (NOT active OR legal_source <> '')
);
CREATE UNIQUE INDEX guidance_reasons_code ON guidance_reasons (code);
CREATE TABLE matters (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    kind TEXT NOT NULL CHECK (kind IN ('petition', 'sign')),
    number TEXT NOT NULL,
    year BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    -- Who came, as shown in lists: "张三等12人".
    petitioner_line TEXT NOT NULL,
    anonymous BOOLEAN NOT NULL,
    category_code TEXT NOT NULL,
    case_stage TEXT NOT NULL CHECK (case_stage IN ('filing', 'trial', 'enforcement', 'review', 'compensation', 'other')),
    claim TEXT NOT NULL,
    summary TEXT NOT NULL,
    -- 检举控告: a complaint about the conduct of staff, seen by inspection, the president and who answers for it.
    conduct BOOLEAN NOT NULL,
    division_id BIGINT REFERENCES divisions (id),
    stage TEXT NOT NULL CHECK (stage IN ('registered', 'screening', 'in_litigation', 'handling', 'replied', 'closed')),
    close_reason TEXT CHECK (close_reason IN ('settled', 'answered', 'answered_on_the_spot', 'not_accepted', 'redirected', 'withdrawn', 'merged', 'concluded')),
    track TEXT,
    tier BIGINT CHECK (tier IN (1, 2, 3)),
    first_receiver_id BIGINT NOT NULL REFERENCES staff (id),
    accountable_id BIGINT NOT NULL REFERENCES staff (id),
    supervising_leader_id BIGINT REFERENCES staff (id),
    received_at TIMESTAMP NOT NULL,
    registered_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP,
    next_due_on DATE,
    next_clock_id BIGINT,
    contact_count BIGINT NOT NULL,
    last_contact_at TIMESTAMP NOT NULL,
    people_count BIGINT NOT NULL,
    query_code TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- Promise 1, as far as one row can hold it.
    CHECK ((stage = 'closed') = (closed_at IS NOT NULL)),
    CHECK ((stage = 'closed') = (close_reason IS NOT NULL)),
    CHECK (stage = 'closed' OR next_due_on IS NOT NULL)
);
CREATE UNIQUE INDEX matters_number ON matters (court_id, number);
CREATE INDEX matters_newest ON matters (court_id, id);
CREATE INDEX matters_due ON matters (court_id, next_due_on, id) WHERE stage <> 'closed';
CREATE INDEX matters_accountable ON matters (accountable_id, next_due_on, id) WHERE stage <> 'closed';
CREATE INDEX matters_stage ON matters (court_id, stage, id);
CREATE INDEX matters_division ON matters (division_id, id);
CREATE INDEX matters_supervising ON matters (supervising_leader_id, next_due_on, id) WHERE stage <> 'closed';
CREATE INDEX matters_first_receiver ON matters (first_receiver_id, id);
CREATE TABLE matter_petitioners (
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    petitioner_id BIGINT NOT NULL REFERENCES petitioners (id),
    part TEXT NOT NULL CHECK (part IN ('petitioner', 'representative', 'member', 'agent', 'lawyer')),
    relation TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (matter_id, petitioner_id)
);
CREATE INDEX matter_petitioners_of ON matter_petitioners (petitioner_id, matter_id);
CREATE TABLE matter_cases (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL,
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    number TEXT NOT NULL,
    verified BOOLEAN NOT NULL,
    reason TEXT,
    position BIGINT NOT NULL
);
CREATE INDEX matter_cases_matter ON matter_cases (matter_id, position);
CREATE INDEX matter_cases_number ON matter_cases (court_id, number, matter_id);
-- Whom a matter complains about: they never see it (promise 9).
CREATE TABLE matter_bars (
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    PRIMARY KEY (matter_id, staff_id)
);
CREATE INDEX matter_bars_staff ON matter_bars (staff_id, matter_id);
CREATE TABLE contacts (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    nth BIGINT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('visit', 'letter', 'call', 'online', 'video', 'assigned')),
    happened_at TIMESTAMP NOT NULL,
    registered_at TIMESTAMP NOT NULL,
    people_count BIGINT NOT NULL CHECK (people_count >= 1),
    petitioner_line TEXT NOT NULL,
    summary TEXT NOT NULL,
    handed_in TEXT NOT NULL,
    received_by BIGINT NOT NULL REFERENCES staff (id),
    -- The sender's or the online platform's own number.
    outside_number TEXT,
    interval_days BIGINT,
    submission_key TEXT NOT NULL,
    UNIQUE (matter_id, nth)
);
CREATE UNIQUE INDEX contacts_submission ON contacts (court_id, submission_key);
CREATE INDEX contacts_newest ON contacts (court_id, id);
CREATE INDEX contacts_channel ON contacts (court_id, channel, id);
CREATE INDEX contacts_outside ON contacts (court_id, outside_number);
CREATE TABLE contact_petitioners (
    contact_id BIGINT NOT NULL REFERENCES contacts (id),
    petitioner_id BIGINT NOT NULL REFERENCES petitioners (id),
    part TEXT NOT NULL CHECK (part IN ('petitioner', 'representative', 'member', 'agent', 'lawyer')),
    PRIMARY KEY (contact_id, petitioner_id)
);
CREATE INDEX contact_petitioners_of ON contact_petitioners (petitioner_id, contact_id);
-- 曾在何处反映: where the matter has been heard before.
CREATE TABLE heard_at (
    id BIGINT PRIMARY KEY NOT NULL,
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    contact_id BIGINT REFERENCES contacts (id),
    level TEXT NOT NULL CHECK (level IN ('here', 'district', 'city', 'province', 'beijing')),
    body TEXT NOT NULL,
    manner TEXT NOT NULL CHECK (manner IN ('in_person', 'video', 'letter', 'online')),
    heard_on DATE,
    source TEXT NOT NULL CHECK (source IN ('visitor', 'notice', 'confirmed'))
);
CREATE INDEX heard_at_matter ON heard_at (matter_id);
-- What happened, in order. Nothing on it is ever edited: a correction is a new entry that names the old one.
CREATE TABLE timeline (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL,
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    kind TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    staff_id BIGINT,
    staff_name TEXT NOT NULL,
    text TEXT NOT NULL,
    contact_id BIGINT,
    corrects_id BIGINT REFERENCES timeline (id)
);
CREATE INDEX timeline_matter ON timeline (matter_id, id);
-- Promise 2: the reply given, or why none is owed.
CREATE TABLE replies (
    id BIGINT PRIMARY KEY NOT NULL,
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    manner TEXT NOT NULL CHECK (manner IN ('oral', 'written', 'guidance_sheet', 'none_owed')),
    text TEXT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES staff (id),
    given_at TIMESTAMP NOT NULL
);
CREATE INDEX replies_matter ON replies (matter_id);
-- Half-filled forms, sealed: a lapsed session loses nothing.
CREATE TABLE drafts (
    id BIGINT PRIMARY KEY NOT NULL,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    sealed TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
CREATE INDEX drafts_staff ON drafts (staff_id, saved_at);
CREATE TRIGGER timeline_never_changes BEFORE UPDATE OR DELETE ON timeline
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE courts (
    id INTEGER PRIMARY KEY NOT NULL,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('basic', 'intermediate', 'high')),
    parent_id BIGINT REFERENCES courts (id),
    address TEXT NOT NULL,
    window_name TEXT NOT NULL,
    telephone TEXT NOT NULL,
    number_pattern TEXT NOT NULL,
    tier_preset TEXT NOT NULL CHECK (tier_preset IN ('standard', 'strict')),
    version BIGINT NOT NULL
);
CREATE TABLE divisions (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('filing', 'civil', 'criminal', 'administrative', 'enforcement', 'review', 'compensation', 'tribunal', 'inspection', 'office', 'finance', 'bailiffs', 'other')),
    telephone TEXT NOT NULL,
    position BIGINT NOT NULL,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (court_id, name)
);
CREATE TABLE staff (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    division_id BIGINT REFERENCES divisions (id),
    name TEXT NOT NULL,
    post TEXT NOT NULL CHECK (post IN ('president', 'executive_vice_president', 'vice_president', 'committee_member_full_time', 'division_head', 'deputy_division_head', 'judge', 'judge_assistant', 'court_clerk', 'bailiff', 'inspector', 'accountant', 'officer', 'administrator')),
    rank BIGINT NOT NULL,
    mail TEXT,
    mail_confirmed_at TIMESTAMP,
    telephone TEXT,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX staff_court ON staff (court_id, active, rank, id);
CREATE INDEX staff_division ON staff (division_id, active);
CREATE TABLE staff_roles (
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    role TEXT NOT NULL CHECK (role IN ('filing_clerk', 'petition_officer', 'handler', 'division_head', 'vice_president', 'president', 'duty_officer', 'bailiff', 'judge_assistant', 'inspector', 'aid_office', 'aid_committee', 'finance', 'sysadmin', 'security_admin', 'auditor')),
    PRIMARY KEY (staff_id, role)
);
-- 分管: which divisions a leader is over, from when until when; division NULL: in charge of petitions.
CREATE TABLE portfolios (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    division_id BIGINT REFERENCES divisions (id),
    petitions BOOLEAN NOT NULL,
    from_on DATE NOT NULL,
    to_on DATE,
    CHECK (petitions = (division_id IS NULL))
);
CREATE INDEX portfolios_court ON portfolios (court_id, division_id);
CREATE INDEX portfolios_staff ON portfolios (staff_id);
CREATE TABLE accounts (
    staff_id INTEGER PRIMARY KEY NOT NULL REFERENCES staff (id),
    user_name TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    must_change BOOLEAN NOT NULL,
    password_changed_at TIMESTAMP NOT NULL,
    locked BOOLEAN NOT NULL,
    expires_on DATE,
    last_sign_in_at TIMESTAMP
);
CREATE TABLE past_passwords (
    id INTEGER PRIMARY KEY NOT NULL,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    password_hash TEXT NOT NULL,
    at TIMESTAMP NOT NULL
);
CREATE INDEX past_passwords_staff ON past_passwords (staff_id, at);
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    created_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    large_type BOOLEAN NOT NULL
);
CREATE INDEX sessions_staff ON sessions (staff_id, ended_at);
-- Failed sign-ins per account ("u:…") and per address ("a:…").
CREATE TABLE throttles (
    key TEXT PRIMARY KEY NOT NULL,
    failures BIGINT NOT NULL,
    since_at TIMESTAMP NOT NULL,
    locked_until TIMESTAMP
);

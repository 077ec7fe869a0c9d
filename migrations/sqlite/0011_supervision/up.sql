-- 督办: a row for each time that an answer was demanded. One series is a first demand and what it hardened into.
CREATE TABLE supervisions (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    series BIGINT NOT NULL CHECK (series >= 1),
    round TEXT NOT NULL CHECK (round IN ('first', 'second', 'report')),
    manner TEXT NOT NULL CHECK (manner IN ('letter', 'phone', 'on_site')),
    number TEXT NOT NULL,
    year BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    -- Under which number it was referred or assigned.
    referral TEXT NOT NULL,
    demand TEXT NOT NULL,
    -- What was said on the telephone or found on site; empty for a letter.
    spoken TEXT NOT NULL,
    -- How many days the matter was late when it was issued.
    late_days BIGINT NOT NULL CHECK (late_days >= 0),
    addressee_id BIGINT NOT NULL REFERENCES staff (id),
    signed_by BIGINT NOT NULL REFERENCES staff (id),
    -- Whom a report was made to.
    reported_to BIGINT REFERENCES staff (id),
    -- NULL: the system, by itself.
    issued_by BIGINT REFERENCES staff (id),
    issued_at TIMESTAMP NOT NULL,
    clock_id BIGINT NOT NULL REFERENCES clocks (id),
    due_on DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'hardened')),
    answer TEXT NOT NULL,
    answered_by BIGINT REFERENCES staff (id),
    answered_at TIMESTAMP,
    version BIGINT NOT NULL,
    CHECK ((state = 'answered') = (answered_by IS NOT NULL)),
    CHECK ((state = 'answered') = (answered_at IS NOT NULL)),
    CHECK (reported_to IS NULL OR round = 'report')
);
-- Each round exactly once, whoever raises it.
CREATE UNIQUE INDEX supervisions_round ON supervisions (matter_id, series, round);
CREATE UNIQUE INDEX supervisions_number ON supervisions (court_id, year, seq);
CREATE INDEX supervisions_newest ON supervisions (court_id, id);
CREATE INDEX supervisions_due ON supervisions (court_id, state, due_on, id);
CREATE INDEX supervisions_addressee ON supervisions (addressee_id, state);
CREATE INDEX supervisions_clock ON supervisions (clock_id);

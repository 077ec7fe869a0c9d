-- 责任倒查: how a matter came about by a fault of the court. Hidden from the persons reviewed until they are notified,
-- and from everybody but inspection and the president always.
CREATE TABLE accountability_reviews (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    -- The division whose case it was.
    division_id BIGINT REFERENCES divisions (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'decided')),
    grounds TEXT NOT NULL,
    kind TEXT CHECK (kind IN ('instrument', 'conduct', 'procedure', 'delay', 'none')),
    cause TEXT CHECK (cause IN ('judgment', 'procedure', 'explanation', 'service', 'unenforceable', 'enforcement',
        'delay', 'attitude', 'misunderstanding', 'policy')),
    findings TEXT NOT NULL,
    measure TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_on DATE,
    opened_by BIGINT NOT NULL REFERENCES staff (id),
    opened_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    CHECK ((state = 'decided') = (kind IS NOT NULL)),
    CHECK ((state = 'decided') = (cause IS NOT NULL)),
    CHECK ((state = 'decided') = (decided_on IS NOT NULL))
);
CREATE INDEX accountability_reviews_newest ON accountability_reviews (court_id, id);
CREATE INDEX accountability_reviews_matter ON accountability_reviews (matter_id);
CREATE TABLE accountability_persons (
    review_id BIGINT NOT NULL REFERENCES accountability_reviews (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    finding TEXT NOT NULL,
    measure TEXT NOT NULL,
    notified_at TIMESTAMP,
    -- What the person said after being notified.
    statement TEXT NOT NULL,
    stated_at TIMESTAMP,
    PRIMARY KEY (review_id, staff_id),
    CHECK (stated_at IS NULL OR notified_at IS NOT NULL)
);
CREATE INDEX accountability_persons_staff ON accountability_persons (staff_id, review_id);

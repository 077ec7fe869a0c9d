-- 关联: a later matter and the original that it follows on, in what way.
CREATE TABLE matter_links (
    id BIGINT PRIMARY KEY,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    later_id BIGINT NOT NULL REFERENCES matters (id),
    kind TEXT NOT NULL CHECK (kind IN ('repeat', 'review', 'retrial', 'split', 'transferred')),
    original_id BIGINT NOT NULL REFERENCES matters (id),
    note TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    made_by BIGINT NOT NULL REFERENCES staff (id),
    undone_at TIMESTAMP,
    undone_by BIGINT REFERENCES staff (id),
    undone_reason TEXT,
    CHECK (later_id <> original_id),
    CHECK ((undone_at IS NULL) = (undone_by IS NULL)),
    CHECK ((undone_at IS NULL) = (undone_reason IS NULL))
);
CREATE UNIQUE INDEX matter_links_active ON matter_links (later_id, original_id) WHERE undone_at IS NULL;
CREATE INDEX matter_links_original ON matter_links (original_id) WHERE undone_at IS NULL;
CREATE INDEX matter_links_court ON matter_links (court_id);
CREATE INDEX matter_links_made_by ON matter_links (made_by);
CREATE INDEX matter_links_undone_by ON matter_links (undone_by);
-- 并案: the merged matter ended in another; what it takes to undo that.
CREATE TABLE matter_merges (
    id BIGINT PRIMARY KEY,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    merged_id BIGINT NOT NULL REFERENCES matters (id),
    survivor_id BIGINT NOT NULL REFERENCES matters (id),
    reason TEXT NOT NULL,
    stage_before TEXT NOT NULL CHECK (stage_before IN ('registered', 'screening', 'in_litigation', 'handling', 'replied')),
    -- The entry that says who answers now; taken out when the merge is undone.
    reply_id BIGINT NOT NULL,
    merged_at TIMESTAMP NOT NULL,
    merged_by BIGINT NOT NULL REFERENCES staff (id),
    undone_at TIMESTAMP,
    undone_by BIGINT REFERENCES staff (id),
    undone_reason TEXT,
    CHECK (merged_id <> survivor_id),
    CHECK ((undone_at IS NULL) = (undone_by IS NULL)),
    CHECK ((undone_at IS NULL) = (undone_reason IS NULL))
);
CREATE UNIQUE INDEX matter_merges_active ON matter_merges (merged_id) WHERE undone_at IS NULL;
CREATE INDEX matter_merges_survivor ON matter_merges (survivor_id) WHERE undone_at IS NULL;
CREATE INDEX matter_merges_court ON matter_merges (court_id);
CREATE INDEX matter_merges_merged_by ON matter_merges (merged_by);
CREATE INDEX matter_merges_undone_by ON matter_merges (undone_by);
-- The clocks that ran when a matter was merged.
CREATE TABLE merge_clocks (
    merge_id BIGINT NOT NULL REFERENCES matter_merges (id),
    clock_id BIGINT NOT NULL REFERENCES clocks (id),
    PRIMARY KEY (merge_id, clock_id)
);
CREATE INDEX merge_clocks_clock ON merge_clocks (clock_id);
-- Those of a matter's bars that it has only because it is merged with the matter that they come from.
CREATE TABLE merge_bars (
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    PRIMARY KEY (matter_id, staff_id)
);
CREATE INDEX merge_bars_staff ON merge_bars (staff_id);

-- 移交: what somebody held, and to whom each thing went, as it was printed and signed.
CREATE TABLE handovers (
    id BIGINT PRIMARY KEY,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    from_id BIGINT NOT NULL REFERENCES staff (id),
    by_id BIGINT NOT NULL REFERENCES staff (id),
    at TIMESTAMP NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX handovers_court ON handovers (court_id, id);
CREATE INDEX handovers_from ON handovers (from_id);
CREATE INDEX handovers_by ON handovers (by_id);
CREATE TABLE handover_items (
    id BIGINT PRIMARY KEY,
    handover_id BIGINT NOT NULL REFERENCES handovers (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    holding TEXT NOT NULL CHECK (holding IN ('accountable', 'handler', 'helper', 'addressee', 'sender')),
    to_id BIGINT NOT NULL REFERENCES staff (id)
);
CREATE INDEX handover_items_of ON handover_items (handover_id, id);
CREATE INDEX handover_items_matter ON handover_items (matter_id);
CREATE INDEX handover_items_to ON handover_items (to_id);

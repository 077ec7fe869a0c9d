-- 移交 carries everything that somebody holds: what waits for their answer, their approval or their decision too.
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
-- Whom it waits for, where one person was asked.
ALTER TABLE reply_drafts ADD COLUMN approver_id BIGINT REFERENCES staff (id);
CREATE INDEX reply_drafts_approver ON reply_drafts (approver_id);
ALTER TABLE extension_requests ADD COLUMN approver_id BIGINT REFERENCES staff (id);
CREATE INDEX extension_requests_approver ON extension_requests (approver_id);

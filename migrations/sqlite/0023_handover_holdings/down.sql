DROP INDEX extension_requests_approver;
ALTER TABLE extension_requests DROP COLUMN approver_id;
DROP INDEX reply_drafts_approver;
ALTER TABLE reply_drafts DROP COLUMN approver_id;
DELETE FROM handover_items WHERE holding NOT IN ('accountable', 'handler', 'helper', 'addressee', 'sender');
CREATE TABLE handover_items_new (
    id INTEGER PRIMARY KEY NOT NULL,
    handover_id BIGINT NOT NULL REFERENCES handovers (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    holding TEXT NOT NULL CHECK (holding IN ('accountable', 'handler', 'helper', 'addressee', 'sender')),
    to_id BIGINT NOT NULL REFERENCES staff (id)
);
INSERT INTO handover_items_new SELECT id, handover_id, matter_id, holding, to_id FROM handover_items;
DROP TABLE handover_items;
ALTER TABLE handover_items_new RENAME TO handover_items;
CREATE INDEX handover_items_of ON handover_items (handover_id, id);
CREATE INDEX handover_items_matter ON handover_items (matter_id);
CREATE INDEX handover_items_to ON handover_items (to_id);

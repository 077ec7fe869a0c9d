-- 移交 carries everything that somebody holds: what waits for their answer, their approval or their decision too.
ALTER TABLE handover_items DROP CONSTRAINT handover_items_holding_check;
ALTER TABLE handover_items ADD CONSTRAINT handover_items_holding_check CHECK (holding IN ('accountable', 'handler', 'helper', 'addressee', 'sender', 'division_addressee', 'supervising', 'supervision', 'instruction', 'instruction_leader', 'reply_draft', 'reply_approval', 'extension', 'measure'));
-- Whom it waits for, where one person was asked.
ALTER TABLE reply_drafts ADD COLUMN approver_id BIGINT REFERENCES staff (id);
CREATE INDEX reply_drafts_approver ON reply_drafts (approver_id);
ALTER TABLE extension_requests ADD COLUMN approver_id BIGINT REFERENCES staff (id);
CREATE INDEX extension_requests_approver ON extension_requests (approver_id);

DROP INDEX extension_requests_approver;
ALTER TABLE extension_requests DROP COLUMN approver_id;
DROP INDEX reply_drafts_approver;
ALTER TABLE reply_drafts DROP COLUMN approver_id;
DELETE FROM handover_items WHERE holding NOT IN ('accountable', 'handler', 'helper', 'addressee', 'sender');
ALTER TABLE handover_items DROP CONSTRAINT handover_items_holding_check;
ALTER TABLE handover_items ADD CONSTRAINT handover_items_holding_check CHECK (holding IN ('accountable', 'handler', 'helper', 'addressee', 'sender'));

ALTER TABLE outbox DROP COLUMN matter_id;

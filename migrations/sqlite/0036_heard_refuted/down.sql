DROP TABLE tier_forms;
DROP INDEX heard_at_said;
ALTER TABLE heard_at DROP COLUMN refuted;
CREATE INDEX heard_at_said ON heard_at (source, manner, id);

-- 查无此事: what a visitor said of having been heard elsewhere, and nobody there knows of.
ALTER TABLE heard_at ADD COLUMN refuted BOOLEAN NOT NULL DEFAULT FALSE;
DROP INDEX heard_at_said;
CREATE INDEX heard_at_said ON heard_at (source, manner, refuted, id);
-- Forms about tiers that have made something: each makes it once.
CREATE TABLE tier_forms (
    submission TEXT PRIMARY KEY NOT NULL,
    matter_id BIGINT NOT NULL REFERENCES matters (id)
);

-- Who writes a reply now, as apart from who began it: a handover gives it to somebody else, and what was written stays theirs
-- who wrote it.
ALTER TABLE reply_drafts ADD COLUMN holder_id BIGINT REFERENCES staff (id);
-- The oldest page of its holder that still fits: since then it was only kept while they typed.
ALTER TABLE reply_drafts ADD COLUMN base_version BIGINT NOT NULL DEFAULT 0;
UPDATE reply_drafts SET holder_id = drafter_id, base_version = version;
CREATE INDEX reply_drafts_holder ON reply_drafts (holder_id);
-- Everybody who wrote in a version, or in those it was made from: none of them approves it.
CREATE TABLE reply_writers (
    draft_id BIGINT NOT NULL REFERENCES reply_drafts (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    PRIMARY KEY (draft_id, staff_id)
);
CREATE INDEX reply_writers_staff ON reply_writers (staff_id);
INSERT INTO reply_writers (draft_id, staff_id) SELECT id, drafter_id FROM reply_drafts;

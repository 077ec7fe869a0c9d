DROP TABLE reply_writers;
DROP INDEX reply_drafts_holder;
ALTER TABLE reply_drafts DROP COLUMN base_version;
ALTER TABLE reply_drafts DROP COLUMN holder_id;

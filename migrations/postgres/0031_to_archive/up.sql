-- 待归档: since when the file of a closed matter waits to be archived; NULL while it is open, merged or archived. The
-- workbench counts those that wait too long, and must not look at every archived matter for that.
ALTER TABLE matters ADD COLUMN to_archive_since TIMESTAMP;
UPDATE matters SET to_archive_since = closed_at
WHERE stage = 'closed' AND close_reason <> 'merged'
    AND NOT EXISTS (
        SELECT 1 FROM archives WHERE archives.matter_id = matters.id AND archives.archived_at >= matters.closed_at
    );
CREATE INDEX matters_to_archive ON matters (court_id, to_archive_since) WHERE to_archive_since IS NOT NULL;

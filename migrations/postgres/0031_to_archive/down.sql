DROP INDEX matters_to_archive;
ALTER TABLE matters DROP COLUMN to_archive_since;

ALTER TABLE enforcement_postings DROP COLUMN replaces_id;

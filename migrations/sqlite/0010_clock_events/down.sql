DROP TABLE clock_events;
DROP TABLE extension_requests;
ALTER TABLE deadline_rules DROP COLUMN extension_told;

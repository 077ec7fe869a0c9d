DROP INDEX clocks_owed;
ALTER TABLE review_requests DROP COLUMN received_on;
DROP INDEX review_requests_above_matter;
ALTER TABLE review_requests DROP COLUMN above_matter_id;
DROP INDEX review_requests_draft;
ALTER TABLE review_requests DROP COLUMN draft_id;

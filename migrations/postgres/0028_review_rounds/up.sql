-- 复查、复核 are asked for against one reply; a new reply begins anew.
ALTER TABLE review_requests ADD COLUMN draft_id BIGINT REFERENCES reply_drafts (id);
UPDATE review_requests SET draft_id = (SELECT MAX(d.id) FROM reply_drafts d WHERE d.matter_id = review_requests.matter_id
    AND d.state = 'served' AND d.drafted_at <= review_requests.recorded_at);
CREATE INDEX review_requests_draft ON review_requests (draft_id);
-- The review itself, where the court above works with the same installation: a matter of its own there.
ALTER TABLE review_requests ADD COLUMN above_matter_id BIGINT REFERENCES matters (id);
CREATE UNIQUE INDEX review_requests_above_matter ON review_requests (above_matter_id) WHERE above_matter_id IS NOT NULL;
-- When the court had it: the time for handing the file over runs from here.
ALTER TABLE review_requests ADD COLUMN received_on DATE NOT NULL DEFAULT '1970-01-01';
UPDATE review_requests SET received_on = CAST(recorded_at AS DATE);
-- What a closed matter still owes: an answer to whoever came again, the file, the report.
CREATE INDEX clocks_owed ON clocks (court_id, due_on, id)
    WHERE code IN ('assigned', 'file_handover', 'repeat_answer') AND met_on IS NULL AND NOT cancelled;

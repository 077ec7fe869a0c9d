-- A sum put down anew by a correction stands in the place of what it replaces, so that correcting an older sum due doesn't
-- put it in force. Kept: the posting that first stood there.
ALTER TABLE enforcement_postings ADD COLUMN replaces_id BIGINT REFERENCES enforcement_postings (id);
DROP TRIGGER enforcement_postings_never_change;
WITH RECURSIVE put_anew (id, old) AS (
    SELECT p.id, r.reverses_id FROM enforcement_postings p JOIN enforcement_postings r
    ON r.matter_id = p.matter_id AND r.reverses_id IS NOT NULL AND p.submission = r.submission || '+'
), places (id, old) AS (
    SELECT id, old FROM put_anew UNION ALL SELECT p.id, n.old FROM places p JOIN put_anew n ON n.id = p.old
)
UPDATE enforcement_postings
SET replaces_id = (SELECT MIN(old) FROM places WHERE places.id = enforcement_postings.id)
WHERE id IN (SELECT id FROM put_anew);
CREATE TRIGGER enforcement_postings_never_change BEFORE UPDATE ON enforcement_postings
BEGIN SELECT RAISE(ABORT, 'a posting never changes'); END;
UPDATE enforcement_matters SET due_fen = (
    SELECT p.amount_fen FROM enforcement_postings p
    WHERE p.matter_id = enforcement_matters.matter_id AND p.kind = 'due' AND p.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM enforcement_postings r WHERE r.reverses_id = p.id)
    ORDER BY p.happened_on DESC, COALESCE(p.replaces_id, p.id) DESC LIMIT 1);
UPDATE enforcement_matters
SET outstanding_fen = CASE WHEN due_fen > paid_fen THEN due_fen - paid_fen ELSE 0 END;

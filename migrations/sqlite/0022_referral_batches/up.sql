-- 批量转办: several matters sent to one place in one go, and what became of each.
CREATE TABLE referral_batches (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    submission_key TEXT NOT NULL,
    division_id BIGINT NOT NULL REFERENCES divisions (id),
    to_id BIGINT REFERENCES staff (id),
    note TEXT NOT NULL,
    sent_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX referral_batches_key ON referral_batches (staff_id, submission_key);
CREATE INDEX referral_batches_court ON referral_batches (court_id);
CREATE INDEX referral_batches_division ON referral_batches (division_id);
CREATE INDEX referral_batches_to ON referral_batches (to_id);
CREATE TABLE referral_batch_items (
    id INTEGER PRIMARY KEY NOT NULL,
    batch_id BIGINT NOT NULL REFERENCES referral_batches (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    referred BOOLEAN NOT NULL,
    why_not TEXT NOT NULL
);
CREATE UNIQUE INDEX referral_batch_items_once ON referral_batch_items (batch_id, matter_id);
CREATE INDEX referral_batch_items_matter ON referral_batch_items (matter_id);

-- Which matter a mail speaks of, so that whoever the matter complains about doesn't find it in the office's list.
ALTER TABLE outbox ADD COLUMN matter_id BIGINT;
UPDATE outbox SET matter_id = (SELECT m.id FROM matters m
    WHERE m.court_id = outbox.court_id AND m.number = substr(outbox.subject, instr(outbox.subject, '：') + 1))
    WHERE instr(subject, '：') > 0;

DROP TABLE assignment_events;
DROP TABLE assignments;
ALTER TABLE clock_events DROP CONSTRAINT clock_events_kind_check;
ALTER TABLE clock_events DISABLE TRIGGER clock_events_never_change;
DELETE FROM clock_events WHERE kind = 'due_named';
ALTER TABLE clock_events ENABLE TRIGGER clock_events_never_change;
ALTER TABLE clock_events ADD CONSTRAINT clock_events_kind_check
    CHECK (kind IN ('paused', 'resumed', 'extended', 'start_corrected', 'reopened'));

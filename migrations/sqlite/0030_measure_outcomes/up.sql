-- What became of a measure isn't always that it was done: it may have failed and go on, or be given up.
ALTER TABLE enforcement_results ADD COLUMN outcome TEXT NOT NULL DEFAULT 'done' CHECK (outcome IN ('done', 'going_on', 'given_up'));

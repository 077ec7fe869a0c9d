-- Lists that are brought in (导入): each is a run that a worker writes batch by batch. A batch goes with the transaction
-- that registers its rows, so what is left is what is still to do, and nothing personal stays behind.
CREATE TABLE imports (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    name TEXT NOT NULL,
    policy TEXT NOT NULL CHECK (policy IN ('all', 'good')),
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'refused', 'stopped', 'failed')),
    rows_total BIGINT NOT NULL,
    rows_bad BIGINT NOT NULL,
    made BIGINT NOT NULL,
    known BIGINT NOT NULL,
    report TEXT,
    message TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP
);
CREATE INDEX imports_court ON imports (court_id, id);
CREATE INDEX imports_running ON imports (id) WHERE state = 'running';
CREATE TABLE import_batches (
    id BIGINT PRIMARY KEY NOT NULL,
    import_id BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    sealed TEXT NOT NULL,
    UNIQUE (import_id, position)
);
-- Scans and photos of a form that is not registered yet. They go with their draft.
CREATE TABLE draft_files (
    id BIGINT PRIMARY KEY NOT NULL,
    draft_id BIGINT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size_bytes BIGINT NOT NULL CHECK (size_bytes > 0),
    hash TEXT NOT NULL,
    key_id TEXT NOT NULL,
    kept_at TIMESTAMP NOT NULL,
    UNIQUE (draft_id, hash)
);
CREATE INDEX draft_files_hash ON draft_files (hash);

-- The outbox (邮件): a row is written in the transaction of the fact that it tells of, and a sender works through it.
-- next_attempt_at drives everything: not before when waiting, the end of the lease while being sent, NULL when done.
CREATE TABLE outbox (
    id BIGINT PRIMARY KEY,
    court_id BIGINT,
    kind TEXT NOT NULL CHECK (kind IN ('test', 'notice', 'daily', 'weekly', 'account', 'alert')),
    recipient_id BIGINT,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text_body TEXT NOT NULL,
    html_body TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    dedupe_key TEXT UNIQUE,
    urgent BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failing', 'unknown', 'given_up', 'withdrawn')),
    attempts INTEGER NOT NULL,
    next_attempt_at TIMESTAMP,
    lease_holder TEXT,
    last_reply TEXT,
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP
);
CREATE INDEX outbox_due ON outbox (urgent, next_attempt_at, id) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_court ON outbox (court_id, id);
CREATE INDEX outbox_recipient ON outbox (recipient_id, id);

-- What the last dealings with the mail server came to: one row, shared by all instances.
CREATE TABLE mail_channel (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    state TEXT NOT NULL CHECK (state IN ('open', 'waiting', 'refused')),
    since TIMESTAMP NOT NULL,
    failures INTEGER NOT NULL,
    retry_at TIMESTAMP,
    last_reply TEXT,
    last_sent_at TIMESTAMP,
    seen_at TIMESTAMP NOT NULL
);

-- What runs by itself: one row for each job and period, claimed before it runs.
CREATE TABLE job_runs (
    job TEXT NOT NULL,
    period TEXT NOT NULL,
    due_at TIMESTAMP NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    outcome TEXT NOT NULL CHECK (outcome IN ('asked', 'running', 'done', 'failed')),
    attempts INTEGER NOT NULL,
    holder TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (job, period)
);
CREATE INDEX job_runs_latest ON job_runs (job, started_at);

-- Where a job that works through a stream has got to, so that a missed day is made up and not lost.
CREATE TABLE job_state (
    job TEXT PRIMARY KEY NOT NULL,
    last_run TIMESTAMP,
    cursor TEXT NOT NULL
);

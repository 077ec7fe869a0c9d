DROP TABLE job_state;
DROP TABLE job_runs;
DROP TABLE mail_channel;
DROP TABLE outbox;

-- Attachments (附件): what a file is and who brought it. The content lies sealed outside the database under its hash.
CREATE TABLE attachments (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL,
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    contact_id BIGINT REFERENCES contacts (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN (
        'pdf', 'jpeg', 'png', 'gif', 'bmp', 'webp', 'heic', 'tiff', 'doc', 'docx', 'xls', 'xlsx',
        'text', 'mp3', 'wav', 'm4a', 'amr', 'mp4'
    )),
    size_bytes BIGINT NOT NULL CHECK (size_bytes > 0),
    hash TEXT NOT NULL,
    key_id TEXT NOT NULL,
    uploaded_by BIGINT,
    uploaded_at TIMESTAMP NOT NULL
);
CREATE INDEX attachments_matter ON attachments (matter_id, id);
CREATE INDEX attachments_hash ON attachments (hash);

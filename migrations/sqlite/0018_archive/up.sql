-- 归档: the file of a closed matter, with its number and index.
CREATE TABLE archives (
    id INTEGER PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    number TEXT NOT NULL,
    year BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    retention TEXT NOT NULL CHECK (retention IN ('permanent', 'thirty_years', 'ten_years')),
    remark TEXT NOT NULL,
    archived_by BIGINT NOT NULL REFERENCES staff (id),
    archived_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX archives_matter ON archives (matter_id);
CREATE UNIQUE INDEX archives_number ON archives (court_id, year, seq);
CREATE INDEX archives_archived_by ON archives (archived_by);
-- 卷内目录.
CREATE TABLE archive_items (
    id INTEGER PRIMARY KEY NOT NULL,
    archive_id BIGINT NOT NULL REFERENCES archives (id),
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    pages BIGINT NOT NULL CHECK (pages BETWEEN 1 AND 9999)
);
CREATE UNIQUE INDEX archive_items_place ON archive_items (archive_id, position);

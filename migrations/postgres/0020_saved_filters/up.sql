-- 保存的筛选: filters of a register that somebody keeps under a name. Codes, ids and days only, never words of a search.
CREATE TABLE saved_filters (
    id BIGINT PRIMARY KEY,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    register TEXT NOT NULL CHECK (register IN ('matters', 'contacts')),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX saved_filters_name ON saved_filters (staff_id, name);

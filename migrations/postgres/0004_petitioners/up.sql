-- 信访人: one record a person or organisation.
CREATE TABLE petitioners (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'anonymous')),
    name TEXT NOT NULL,
    name_pinyin TEXT COLLATE "C" NOT NULL,
    name_initials TEXT COLLATE "C" NOT NULL,
    sex TEXT CHECK (sex IN ('male', 'female')),
    birth_on DATE,
    doc_type TEXT NOT NULL CHECK (doc_type IN ('id', 'residence', 'hkmo', 'tw', 'foreign-id', 'passport', 'uscc', 'orgcode', 'military', 'lawyer', 'none')),
    doc_status TEXT NOT NULL CHECK (doc_status IN ('verified', 'unverified', 'none')),
    doc_sealed TEXT,
    doc_masked TEXT,
    -- Why there is no document, or none that keeps the rules.
    doc_reason TEXT,
    phone_sealed TEXT,
    phone_masked TEXT,
    address_sealed TEXT,
    address_masked TEXT,
    -- Codes with a space between. They exist to serve.
    care_flags TEXT NOT NULL,
    confidential BOOLEAN NOT NULL,
    -- The record that this one was found to be the same as; that one is never merged itself.
    merged_into BIGINT REFERENCES petitioners (id),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    created_by BIGINT REFERENCES staff (id),
    updated_at TIMESTAMP NOT NULL,
    CHECK (merged_into <> id),
    CHECK ((doc_type = 'none') = (doc_status = 'none')),
    CHECK ((doc_sealed IS NULL) = (doc_status = 'none')),
    CHECK ((doc_sealed IS NULL) = (doc_masked IS NULL)),
    CHECK (doc_status <> 'unverified' OR doc_reason IS NOT NULL),
    CHECK ((phone_sealed IS NULL) = (phone_masked IS NULL)),
    CHECK ((address_sealed IS NULL) = (address_masked IS NULL))
);
CREATE INDEX petitioners_newest ON petitioners (court_id, id);
CREATE INDEX petitioners_pinyin ON petitioners (court_id, name_pinyin, id);
CREATE INDEX petitioners_initials ON petitioners (court_id, name_initials, id);
CREATE INDEX petitioners_merged ON petitioners (merged_into, id) WHERE merged_into IS NOT NULL;
-- Everything that a petitioner is or was found by. Nothing is taken away: old phones and former names still find them.
-- "key" is a blind index, or for names the name with widths folded and blanks dropped.
CREATE TABLE petitioner_keys (
    petitioner_id BIGINT NOT NULL REFERENCES petitioners (id),
    kind TEXT NOT NULL CHECK (kind IN ('name', 'document', 'document_tail', 'phone', 'phone_tail')),
    key TEXT COLLATE "C" NOT NULL,
    court_id BIGINT NOT NULL,
    shown TEXT,
    sealed TEXT,
    recorded_at TIMESTAMP NOT NULL,
    recorded_by BIGINT,
    PRIMARY KEY (petitioner_id, kind, key)
);
CREATE INDEX petitioner_keys_found ON petitioner_keys (court_id, kind, key, petitioner_id);
CREATE TRIGGER petitioner_keys_never_go BEFORE DELETE ON petitioner_keys
FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- One row for each record that a merge moved to another survivor; an un-merge gives "before_id" back.
CREATE TABLE petitioner_merges (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    petitioner_id BIGINT NOT NULL REFERENCES petitioners (id),
    survivor_id BIGINT NOT NULL REFERENCES petitioners (id),
    before_id BIGINT REFERENCES petitioners (id),
    reason TEXT NOT NULL,
    merged_at TIMESTAMP NOT NULL,
    merged_by BIGINT,
    undone_at TIMESTAMP,
    undone_by BIGINT,
    undone_reason TEXT,
    CHECK (petitioner_id <> survivor_id),
    CHECK ((undone_at IS NULL) = (undone_reason IS NULL))
);
CREATE INDEX petitioner_merges_of ON petitioner_merges (petitioner_id, id);
CREATE INDEX petitioner_merges_into ON petitioner_merges (survivor_id, id);
CREATE INDEX petitioner_merges_batch ON petitioner_merges (batch_id);
-- "Not the same person", remembered so that the two are not proposed again; "one_id" is the smaller.
CREATE TABLE petitioner_distinct (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL,
    one_id BIGINT NOT NULL REFERENCES petitioners (id),
    other_id BIGINT NOT NULL REFERENCES petitioners (id),
    reason TEXT NOT NULL,
    said_at TIMESTAMP NOT NULL,
    said_by BIGINT,
    undone_at TIMESTAMP,
    undone_by BIGINT,
    CHECK (one_id < other_id)
);
CREATE UNIQUE INDEX petitioner_distinct_pair ON petitioner_distinct (one_id, other_id) WHERE undone_at IS NULL;
CREATE INDEX petitioner_distinct_other ON petitioner_distinct (other_id) WHERE undone_at IS NULL;

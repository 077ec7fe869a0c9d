-- The bigram index (全文检索). The application makes the tokens, so every category but separators is part of a token.
-- Documents are numbered from 1 in the order they first come: ids have many digits, and an index of them is three
-- times as large. New documents wait in search_pending, where searches see them at once, and are taken into the index
-- in batches: one document at a time costs the index more than the registration that brings it.
CREATE TABLE search_documents (
    document INTEGER PRIMARY KEY NOT NULL,
    id BIGINT NOT NULL UNIQUE
);
CREATE VIRTUAL TABLE search_index USING fts5(
    body,
    content = '',
    contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
-- 32 MB, so that a batch becomes one segment.
INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 33554432);
CREATE TABLE search_pending (
    document INTEGER PRIMARY KEY NOT NULL,
    body TEXT NOT NULL
);

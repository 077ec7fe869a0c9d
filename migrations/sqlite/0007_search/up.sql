-- The bigram index (全文检索). The application makes the tokens, so every category but separators is part of a token.
-- New documents wait in search_pending, where searches see them at once, and are taken into the index in batches:
-- one document at a time costs the index more than the registration that brings it.
CREATE VIRTUAL TABLE search_index USING fts5(
    body,
    content = '',
    contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TABLE search_pending (
    id INTEGER PRIMARY KEY NOT NULL,
    body TEXT NOT NULL
);

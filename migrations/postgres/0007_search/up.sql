-- The bigram index (全文检索). The application makes the lexemes; GIN keeps its own list of what is not yet merged.
CREATE TABLE search_index (
    id BIGINT PRIMARY KEY NOT NULL,
    tsv TSVECTOR NOT NULL
);
CREATE INDEX search_index_tsv ON search_index USING gin (tsv);

DROP TABLE petitioner_distinct;
DROP TABLE petitioner_merges;
DROP TABLE petitioner_keys;
DROP TABLE petitioners;

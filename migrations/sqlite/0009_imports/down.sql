DROP TABLE draft_files;
DROP TABLE import_batches;
DROP TABLE imports;

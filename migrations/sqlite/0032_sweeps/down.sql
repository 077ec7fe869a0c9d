DROP TABLE sweep_import_batches;
DROP TABLE sweep_imports;
DROP TABLE sweep_closings;
DROP TABLE sweep_visits;
DROP TABLE sweep_answers;
DROP TABLE sweep_rows;
DROP TABLE sweeps;

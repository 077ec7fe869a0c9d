ALTER TABLE enforcement_results DROP COLUMN outcome;

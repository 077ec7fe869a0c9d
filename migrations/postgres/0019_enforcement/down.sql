DROP TABLE campaign_matters;
DROP TABLE campaigns;
DROP TABLE enforcement_talks;
DROP TABLE enforcement_postings;
DROP TABLE enforcement_results;
DROP TABLE enforcement_measures;
DROP TABLE task_sheets;
DROP TABLE enforcement_matters;

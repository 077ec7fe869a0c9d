DROP TABLE proposals;
DROP TABLE clocks;
DROP TABLE deadline_rules;
DROP TABLE calendar_stamps;
DROP TABLE calendar_days;
DROP TABLE calendar_years;

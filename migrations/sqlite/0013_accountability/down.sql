DROP TABLE accountability_persons;
DROP TABLE accountability_reviews;

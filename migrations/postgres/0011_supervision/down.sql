DROP TABLE supervisions;

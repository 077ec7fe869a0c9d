DROP TABLE archive_items;
DROP TABLE archives;

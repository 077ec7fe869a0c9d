DROP TABLE merge_bars;
DROP TABLE merge_clocks;
DROP TABLE matter_merges;
DROP TABLE matter_links;

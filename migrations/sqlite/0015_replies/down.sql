DROP TABLE review_requests;
DROP TABLE call_back_draws;
DROP TABLE askings;
DROP TABLE reply_items;
DROP TABLE reply_drafts;

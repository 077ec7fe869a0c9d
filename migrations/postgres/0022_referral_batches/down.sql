DROP TABLE referral_batch_items;
DROP TABLE referral_batches;

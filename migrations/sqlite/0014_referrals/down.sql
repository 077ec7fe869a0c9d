DROP TABLE referrals;
DROP TABLE hands;

DROP TABLE assessments;
DROP TABLE questionnaires;
DELETE FROM proposals WHERE kind = 'questionnaire';
ALTER TABLE proposals DROP CONSTRAINT proposals_kind_check;
ALTER TABLE proposals ADD CONSTRAINT proposals_kind_check CHECK (kind IN ('calendar', 'rule', 'category', 'guidance', 'tier_rule'));

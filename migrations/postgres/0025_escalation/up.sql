-- 三级机制: tiers, why a matter is in one, who solves it, and what they did. A work group is a hand in the matter, its rules
-- are proposed and put in force like others, and what its members hold is handed over.
ALTER TABLE hands DROP CONSTRAINT hands_part_check;
ALTER TABLE hands ADD CONSTRAINT hands_part_check CHECK (part IN ('division', 'handler', 'helper', 'addressee', 'case_judge', 'group'));
ALTER TABLE proposals DROP CONSTRAINT proposals_kind_check;
ALTER TABLE proposals ADD CONSTRAINT proposals_kind_check CHECK (kind IN ('calendar', 'rule', 'category', 'guidance', 'tier_rule'));
ALTER TABLE handover_items DROP CONSTRAINT handover_items_holding_check;
ALTER TABLE handover_items ADD CONSTRAINT handover_items_holding_check CHECK (holding IN ('accountable', 'handler', 'helper', 'addressee', 'sender', 'division_addressee', 'supervising', 'supervision', 'instruction', 'instruction_leader', 'reply_draft', 'reply_approval', 'extension', 'measure', 'leader_in_charge', 'responsible', 'work_group', 'tier_measure'));
-- 带班值周领导 as a dated list, until the duty roster takes it over.
CREATE TABLE week_leaders (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    from_on DATE NOT NULL,
    -- The last day, inclusive.
    to_on DATE NOT NULL,
    CHECK (from_on <= to_on)
);
CREATE UNIQUE INDEX week_leaders_from ON week_leaders (court_id, from_on);
CREATE INDEX week_leaders_staff ON week_leaders (staff_id, from_on);
-- What puts a matter in a tier; never changed while in force.
CREATE TABLE escalation_rules (
    id BIGINT PRIMARY KEY NOT NULL,
    -- NULL: for every court of the installation that has no row of its own.
    court_id BIGINT REFERENCES courts (id),
    preset TEXT CHECK (preset IN ('standard', 'strict')),
    cause TEXT NOT NULL,
    basis TEXT NOT NULL,
    tier BIGINT NOT NULL CHECK (tier IN (1, 2, 3)),
    threshold BIGINT NOT NULL CHECK (threshold >= 0),
    grace_days BIGINT NOT NULL CHECK (grace_days >= 0),
    told TEXT NOT NULL,
    in_use BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    effective_from DATE NOT NULL,
    -- The last day, inclusive.
    effective_to DATE,
    version BIGINT NOT NULL,
    CHECK (effective_to IS NULL OR effective_to >= effective_from)
);
CREATE INDEX escalation_rules_court ON escalation_rules (court_id, effective_from);
CREATE UNIQUE INDEX escalation_rules_open ON escalation_rules (court_id, cause) WHERE effective_to IS NULL AND court_id IS NOT NULL;
-- 升级: one row at most for a matter, a tier and a cause.
CREATE TABLE escalations (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    from_tier BIGINT CHECK (from_tier IN (1, 2, 3)),
    tier BIGINT CHECK (tier IN (1, 2, 3)),
    cause TEXT NOT NULL,
    cause_key TEXT NOT NULL,
    rule_id BIGINT REFERENCES escalation_rules (id),
    rule_words TEXT NOT NULL,
    facts TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    by_id BIGINT REFERENCES staff (id),
    -- Only a correction by a meeting goes down.
    CHECK (cause = 'correction' OR (tier IS NOT NULL AND (from_tier IS NULL OR tier >= from_tier)))
);
CREATE UNIQUE INDEX escalations_once ON escalations (matter_id, tier, cause_key);
CREATE INDEX escalations_matter ON escalations (matter_id, id);
CREATE INDEX escalations_newest ON escalations (court_id, id);
CREATE INDEX escalations_rule ON escalations (rule_id);
CREATE TABLE escalation_told (
    id BIGINT PRIMARY KEY NOT NULL,
    escalation_id BIGINT NOT NULL REFERENCES escalations (id),
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    mail_id BIGINT
);
CREATE UNIQUE INDEX escalation_told_once ON escalation_told (escalation_id, staff_id);
CREATE INDEX escalation_told_staff ON escalation_told (staff_id);
-- 暂缓升级: once for each stay in a tier.
CREATE TABLE tier_holds (
    id BIGINT PRIMARY KEY NOT NULL,
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    escalation_id BIGINT NOT NULL REFERENCES escalations (id),
    until_on DATE NOT NULL,
    reason TEXT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES staff (id),
    at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX tier_holds_once ON tier_holds (escalation_id);
CREATE INDEX tier_holds_matter ON tier_holds (matter_id);
-- 工作组.
CREATE TABLE work_groups (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    tier BIGINT NOT NULL CHECK (tier IN (1, 2, 3)),
    escalation_id BIGINT NOT NULL REFERENCES escalations (id),
    proposed_at TIMESTAMP NOT NULL,
    confirmed_at TIMESTAMP,
    confirmed_by BIGINT REFERENCES staff (id),
    ended_at TIMESTAMP,
    version BIGINT NOT NULL,
    CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL))
);
CREATE UNIQUE INDEX work_groups_open ON work_groups (matter_id) WHERE ended_at IS NULL;
CREATE INDEX work_groups_matter ON work_groups (matter_id, id);
CREATE INDEX work_groups_court ON work_groups (court_id, id);
CREATE TABLE work_group_members (
    id BIGINT PRIMARY KEY NOT NULL,
    group_id BIGINT NOT NULL REFERENCES work_groups (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    role TEXT NOT NULL CHECK (role IN ('head', 'deputy', 'member')),
    seat TEXT NOT NULL,
    staff_id BIGINT NOT NULL REFERENCES staff (id),
    standin TEXT NOT NULL CHECK (standin IN ('own', 'vacant', 'recused', 'chosen')),
    reason TEXT NOT NULL,
    since DATE NOT NULL,
    until DATE
);
CREATE INDEX work_group_members_group ON work_group_members (group_id, id);
CREATE INDEX work_group_members_staff ON work_group_members (staff_id, matter_id) WHERE until IS NULL;
CREATE INDEX work_group_members_matter ON work_group_members (matter_id);
CREATE UNIQUE INDEX work_group_members_head ON work_group_members (group_id) WHERE role = 'head' AND until IS NULL;
-- 包案.
CREATE TABLE leader_charges (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    tier BIGINT NOT NULL CHECK (tier IN (2, 3)),
    leader_id BIGINT NOT NULL REFERENCES staff (id),
    responsible_id BIGINT NOT NULL REFERENCES staff (id),
    due_on DATE NOT NULL,
    named_by BIGINT REFERENCES staff (id),
    named_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX leader_charges_open ON leader_charges (matter_id) WHERE ended_at IS NULL;
CREATE INDEX leader_charges_leader ON leader_charges (leader_id, matter_id) WHERE ended_at IS NULL;
CREATE INDEX leader_charges_responsible ON leader_charges (responsible_id, matter_id) WHERE ended_at IS NULL;
CREATE INDEX leader_charges_court ON leader_charges (court_id, id);
CREATE TABLE leader_acts (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    charge_id BIGINT NOT NULL REFERENCES leader_charges (id),
    leader_id BIGINT NOT NULL REFERENCES staff (id),
    act TEXT NOT NULL CHECK (act IN ('met', 'studied', 'coordinated')),
    done_on DATE NOT NULL,
    record TEXT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES staff (id),
    at TIMESTAMP NOT NULL,
    submission TEXT NOT NULL
);
CREATE UNIQUE INDEX leader_acts_submission ON leader_acts (matter_id, submission);
CREATE INDEX leader_acts_charge ON leader_acts (charge_id, act);
CREATE INDEX leader_acts_leader ON leader_acts (leader_id, done_on);
CREATE TABLE work_group_meetings (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    group_id BIGINT NOT NULL REFERENCES work_groups (id),
    held_on DATE NOT NULL,
    present TEXT NOT NULL,
    record TEXT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES staff (id),
    at TIMESTAMP NOT NULL,
    submission TEXT NOT NULL
);
CREATE UNIQUE INDEX work_group_meetings_submission ON work_group_meetings (matter_id, submission);
CREATE INDEX work_group_meetings_group ON work_group_meetings (group_id, id);
-- 化解方案, 措施, 案件情况汇报.
CREATE TABLE tier_plans (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    tier BIGINT NOT NULL CHECK (tier IN (1, 2, 3)),
    number BIGINT NOT NULL,
    crux TEXT NOT NULL,
    approach TEXT NOT NULL,
    division_of_work TEXT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES staff (id),
    at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX tier_plans_number ON tier_plans (matter_id, number);
CREATE TABLE tier_measures (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    text TEXT NOT NULL,
    owner_id BIGINT NOT NULL REFERENCES staff (id),
    due_on DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('to_do', 'doing', 'done')),
    result TEXT NOT NULL,
    done_on DATE,
    added_by BIGINT NOT NULL REFERENCES staff (id),
    added_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    submission TEXT NOT NULL,
    CHECK ((state = 'done') = (done_on IS NOT NULL))
);
CREATE UNIQUE INDEX tier_measures_submission ON tier_measures (matter_id, submission);
CREATE INDEX tier_measures_matter ON tier_measures (matter_id, due_on);
CREATE INDEX tier_measures_owner ON tier_measures (owner_id, due_on) WHERE done_on IS NULL;
CREATE TABLE tier_reports (
    id BIGINT PRIMARY KEY NOT NULL,
    court_id BIGINT NOT NULL REFERENCES courts (id),
    matter_id BIGINT NOT NULL REFERENCES matters (id),
    tier BIGINT NOT NULL CHECK (tier IN (1, 2, 3)),
    number BIGINT NOT NULL,
    case_facts TEXT NOT NULL,
    course TEXT NOT NULL,
    obstacles TEXT NOT NULL,
    opinion TEXT NOT NULL,
    by_id BIGINT NOT NULL REFERENCES staff (id),
    at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX tier_reports_number ON tier_reports (matter_id, number);
-- The open matters of each tier, for the page of all of them.
CREATE INDEX matters_tier ON matters (court_id, tier, id) WHERE tier IS NOT NULL AND stage <> 'closed';
-- What visitors said and nobody confirmed, the newest first.
CREATE INDEX heard_at_said ON heard_at (source, manner, id);

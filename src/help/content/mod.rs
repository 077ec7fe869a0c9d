//! The manual's words.

mod assignment;
mod casework;
mod clocks;
mod counter;
mod enforcement;
mod life;
mod office;
mod running;
mod supervision;
mod sweeps;
mod tiers;

use super::Manual;

pub const ALL: &[&Manual] = &[
    &counter::START,
    &counter::INTAKE,
    &counter::REGISTERS,
    &counter::MATTER,
    &counter::PETITIONERS,
    &assignment::ASSIGNMENT,
    &tiers::TIERS,
    &tiers::TIER_RULES,
    &sweeps::SWEEPS,
    &sweeps::ASSESSMENTS,
    &supervision::SUPERVISION,
    &life::LIFE,
    &casework::LINKS,
    &casework::ARCHIVE,
    &clocks::CLOCKS,
    &supervision::INSTRUCTIONS,
    &supervision::ACCOUNTABILITY,
    &enforcement::ENFORCEMENT,
    &office::DEADLINES,
    &office::CALENDAR,
    &office::RULES,
    &office::CATEGORIES,
    &running::ACCOUNT,
    &running::STAFF,
    &running::DIVISIONS,
    &running::COURT,
    &running::ROLES,
    &running::PORTFOLIOS,
    &running::AUDIT,
    &running::MAIL,
    &running::JOBS,
    &running::CHECKS,
    &running::BACKUP,
];

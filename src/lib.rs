//! 听讼 Tingsong: a court-internal tracker of 涉诉信访, the complaints and petitions that people bring to a court about
//! its cases. It tracks what the court owes them. This page is the map.
//!
//! # A visitor comes
//!
//! The clerk types a name into `intake`; `petitioners` says who it may be and why; the form is read by `intake::forms`
//! and registered by `matters::actions::register`, in one transaction: petitioner, matter and its number, contact, clocks
//! (`deadlines`), timeline, search entry, trail (`audit`). The answer is the receipt. `db::Writer` makes it durable
//! together with what others registered in the same moment.
//!
//! # A matter goes its way
//!
//! `matters::stages` is one table: in which stage what may happen, by whom, on what condition; `matters::life` finds a
//! matter for an event by it and moves it on. `referrals` sends it to its handler, `entries` records what is done,
//! `assignments` reports to whoever above gave it to the court, `replies` brings the answer from the draft to the closing; `deadlines` replays its clocks from what happened to them.
//!
//! # A matter runs late
//!
//! Its clocks lie in `deadlines`; the earliest is on the matter's row, so that `today` and the register list by it with a
//! light. `deadlines::explain` says why the date is what it is. `checks` finds a matter without a person or a date every
//! night and tells the petition office by a mail, which is a row of `mail`'s outbox before it is sent.
//!
//! # A matter rises
//!
//! A fact (`escalation::came`, `accepted`, `reopened`, a confirmed notice) raises it in its own transaction; time does so by the
//! hourly job `escalation::jobs::run_over`. `escalation::rules` says which rule is called and who sits in the work group;
//! the escalation keeps why, and whom it told by which mail.
//!
//! # Before anybody comes
//!
//! `sweeps` opens each division's sheet every month, takes its cases from Excel, asks about one after another and chases what
//! is left unanswered; `assessments` weighs a case before it is filed, judged or enforced. Both put a case in tier one by
//! `escalation::actions::mark_sign`.
//!
//! # The reply goes out
//!
//! `replies` keeps it while it is written item by item, until somebody who neither wrote nor handles it approves, and it is
//! served with proof; `matters::stages` says in one table why nothing can be closed before. `call_backs` then has somebody
//! else ask how satisfied they are, and draws a month's sample; `reviews` follows what goes up to the court above.
//!
//! # Words
//!
//! 信访事项 `matter` · 信访人 `petitioner` · 一次来访、来信 `contact` · 初访 `first` / 重复访 `repeat` / 集体访 `group` ·
//! 案号 `case_number` · 首问责任人 `first_receiver` · 责任人 `accountable` · 主管领导 `supervising_leader` · 分管 `portfolio` ·
//! 甄别 `screening` · 受理 `accepted` · 转入诉讼程序 `in_litigation` · 不予受理 `not_accepted` · 当场答复
//! `answered_on_the_spot` · 曾在何处反映 `heard_at` · 检举控告 `conduct` · 回避 `bars` · 转办 `referral`, 批量转办 `bulk_referral` · 上级交办 `assignment` · 接办 `take_over` ·
//! 承办人 `handler` · 协办 `helper` · 原案承办人 `case_judge` · 移交 `handover` · 答复 `reply` · 办结 `closed` · 满意度
//! `satisfaction` · 反馈抽查 `call_back` · 复查 `review` / 复核 `recheck` · 时限 `deadline`, 在走的时限 `clock`, 中止 `paused` / 恢复 `resumed`, 延期
//! `extended`, 延期申请 `extension_request` · 工作日 `working_day` · 调休 `make_up_day` · 督办 `supervision` · 批示
//! `instruction` · 涉执信访 `enforcement_matter` · 任务单 `task_sheet`, 措施 `measure` · 集中执行 `campaign` · 责任倒查
//! `accountability_review` · 三级机制 `tier`, 升级 `escalation`, 苗头 `sign`, 工作组 `work_group`, 包案领导 `leader_in_charge`, 包而未办
//! `charge_without_acts`, 排查 `sweep`, 排查表 `sweep` (the sheet), 下月再看 `again`, 风险评估 `risk_assessment`, 评估问卷 `questionnaire`, 带班值周领导 `week_leader` · 脱敏 `masked` / 查看原文 `reveal` · 台账 `register` · 保存的筛选 `saved_filter` · 留痕 `audit` ·
//! 三员 `sysadmin`, `security_admin`, `auditor`

pub mod accountability;
pub mod after_closing;
pub mod app;
pub mod archive;
pub mod assessments;
pub mod assignments;
pub mod audit;
pub mod bulk_referrals;
pub mod calendar;
pub mod call_backs;
pub mod campaigns;
pub mod categories;
pub mod checks;
pub mod deadlines;
pub mod enforcement;
pub mod entries;
pub mod escalation;
pub mod handover;
pub mod help;
pub mod instructions;
pub mod intake;
pub mod joint;
pub mod links;
pub mod litigation;
pub mod mailroom;
pub mod people;
pub mod proposals;
pub mod referrals;
pub mod replies;
pub mod reviews;
pub mod saved_filters;
pub mod supervision;
pub mod sweeps;

pub mod crypto;
pub mod db;
pub mod error;
pub mod files;
pub mod mail;
pub mod matters;
pub mod petitioners;
pub mod private;
pub mod schema;
pub mod search;
pub mod sheets;
pub mod text;
pub mod ticker;
pub mod time;
pub mod today;
pub mod web;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

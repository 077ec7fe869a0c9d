//! The rule table, one rule with its history, and the form that changes it.

use super::super::change::RuleContent;
use super::super::defaults;
use super::super::forms::RuleForm;
use super::super::types::{Approver, Code, Count, Due, Rule, RuleStatus, Unit};
use super::super::urls;
use crate::proposals::Proposal;
use crate::proposals::pages::{Decide, settled, waiting};
use crate::web::form::{Choice, Complaints, date, hidden, number, post_form, select, text, textarea, tick};
use crate::web::{Column, Frame, Row, Table, formats};
use chrono::NaiveDate;
use maud::{Markup, html};

/// The rules in force for the court, with those whose change waits marked.
pub fn table(frame: &Frame, rules: &[Rule], waiting: &[Code]) -> Markup {
    let part = |shipped: &[defaults::Shipped]| {
        let codes: Vec<Code> = shipped.iter().map(|rule| rule.code).collect();
        rules.iter().filter(move |rule| codes.contains(&rule.code))
    };
    frame
        .titled("时限与规则", "rules")
        .lead(html! { "系统里的每个期限都按这张表计算，并注明依据。点一行可以看依据、历史和修改。" })
        .body(html! {
            h2 { "信访办理" }
            (list("信访办理时限", part(defaults::HANDLING), waiting))
            h2 { "导入诉讼程序" }
            (list("诉讼程序期限", part(defaults::TRACKS), waiting))
        })
}

fn list<'a>(caption: &str, rules: impl Iterator<Item = &'a Rule>, waiting: &[Code]) -> Markup {
    let columns = ["时限", "从何时起", "期限", "依据", "效力"].map(Column::new).to_vec();
    let rows = rules.map(|rule| {
        Row::link(urls::rule(rule.code))
            .cell(&rule.name)
            .cell(rule.trigger_event.label())
            .cell(length(rule.count()))
            .cell(&rule.basis)
            .cell(html! {
                span.tag.strong[rule.status == RuleStatus::Statutory] { (rule.status.label()) }
                @if rule.note.contains("待核实") { " " span.tag.warn { "待核实" } }
                @if !rule.in_use { " " span.tag { "未启用" } }
                @if waiting.contains(&rule.code) { " " span.tag.warn { "有改动待生效" } }
            })
    });
    Table::new(caption, columns).rows(rows).draw()
}

fn length(count: Count) -> String {
    if count.roll { count.words() } else { format!("{}（不顺延）", count.words()) }
}

/// One rule.
pub struct RulePage<'a> {
    pub rule: &'a Rule,
    /// When it would be due if it ran from today.
    pub example: Option<(NaiveDate, Due)>,
    /// Every row of this code that holds or held for the court, the oldest first.
    pub rows: &'a [Rule],
    pub waiting: Option<(&'a Proposal, RuleContent)>,
    pub history: &'a [Proposal],
    pub may_accept: bool,
    pub may_propose: bool,
}

impl RulePage<'_> {
    pub fn draw(&self, frame: &Frame) -> Markup {
        let rule = self.rule;
        let page = frame.titled(&rule.name, "rules#one").back(urls::RULES, "时限与规则");
        let page = if self.may_propose {
            page.action(html! { a.button.primary href=(urls::edit(rule.code)) { "修改" } })
        } else {
            page
        };
        page.body(html! {
            @if let Some((proposal, content)) = &self.waiting { (self.proposal(frame, proposal, content)) }
            (facts(&RuleContent::of(rule)))
            @if let Some((from, due)) = &self.example {
                p {
                    "例如从今天（" (formats::date(*from)) "）起算，到期日是 "
                    strong { (formats::date(due.due_on)) } "。"
                    @if due.is_provisional() { "其中有的年份放假安排尚未公布，日期可能变化。" }
                }
            }
            (self.versions())
            (settled(self.history))
        })
    }

    fn proposal(&self, frame: &Frame, proposal: &Proposal, content: &RuleContent) -> Markup {
        let decide = Decide {
            csrf: &frame.csrf,
            action: urls::proposal(proposal.id),
            may_accept: self.may_accept,
            may_withdraw: self.may_propose,
        };
        let now = facts_of(&RuleContent::of(self.rule));
        let then = facts_of(content);
        let changed = now.iter().zip(&then).filter(|(now, then)| now.1 != then.1);
        let changes = html! {
            table {
                caption.unseen { "改动内容" }
                thead { tr { th scope="col" { "项目" } th scope="col" { "现在" } th scope="col" { "改为" } } }
                tbody {
                    @for (now, then) in changed {
                        tr { td { (now.0) } td { (now.1) } td { strong { (then.1) } } }
                    }
                }
            }
            p { "已经起算的期限仍按原来的规则。" }
        };
        waiting(proposal, changes, &decide)
    }

    fn versions(&self) -> Markup {
        html! {
            h2 { "各个版本" }
            table {
                thead { tr {
                    th scope="col" { "生效" } th scope="col" { "期限" } th scope="col" { "依据" } th scope="col" { "适用" }
                } }
                tbody {
                    @for row in self.rows.iter().rev() {
                        tr {
                            td { (period(row)) }
                            td { (length(row.count())) }
                            td { (row.basis) }
                            td { @if row.court_id.is_some() { "本院" } @else { "默认" } }
                        }
                    }
                }
            }
        }
    }
}

fn period(row: &Rule) -> String {
    let from = formats::plain_date(row.effective_from);
    match row.effective_to {
        None => format!("{from}起"),
        Some(_) if !row.ever_in_force() => format!("原定{from}起，未生效即被取代"),
        Some(last) => format!("{from}至{}", formats::plain_date(last)),
    }
}

fn facts(content: &RuleContent) -> Markup {
    html! {
        dl.facts { @for (label, value) in facts_of(content) { dt { (label) } dd { (value) } } }
    }
}

/// Always the same labels in the same order, so that two can be compared.
fn facts_of(content: &RuleContent) -> Vec<(&'static str, String)> {
    let count = Count {
        amount: u32::try_from(content.amount).unwrap_or(u32::MAX),
        unit: content.unit,
        roll: content.roll,
    };
    let roll = if content.roll { "顺延到其后第一个工作日" } else { "不顺延" };
    let extension = match (content.extension_by, content.max_extension_days) {
        (None, _) => "不能延期".to_owned(),
        (Some(by), None) => format!("{}批准，没有规定最长天数", by.label()),
        (Some(by), Some(days)) => format!("{}批准，最长{days}日", by.label()),
    };
    let told = if content.extension_told { "须将延期理由告知信访人" } else { "没有要求" };
    let or_none = |text: &str| if text.is_empty() { "无".to_owned() } else { text.to_owned() };
    vec![
        ("名称", content.name.clone()),
        ("从何时起", content.trigger_event.label().to_owned()),
        ("期限", count.words()),
        ("最后一日不是工作日", roll.to_owned()),
        ("依据", content.basis.clone()),
        ("效力", content.status.label().to_owned()),
        ("延期", extension),
        ("延期的告知", told.to_owned()),
        ("文书", or_none(content.paper.as_deref().unwrap_or_default())),
        ("是否启用", if content.in_use { "启用" } else { "未启用" }.to_owned()),
        ("生效日期", formats::plain_date(content.effective_from)),
        ("说明", or_none(&content.note)),
    ]
}

/// The form that changes a rule.
pub fn edit(frame: &Frame, rule: &Rule, form: &RuleForm, complaints: &Complaints) -> Markup {
    let units = [Unit::Day, Unit::WorkingDay, Unit::Month, Unit::MonthEnd]
        .map(|unit| Choice::from((unit.code(), unit.label())));
    let statuses = RuleStatus::ALL.iter().map(|status| (status.code(), status.label()));
    let approvers =
        std::iter::once(("", "不能延期")).chain(Approver::ALL.iter().map(|a| (a.code(), a.label())));
    frame
        .titled(&format!("修改“{}”", rule.name), "rules#edit")
        .back(urls::rule(rule.code), rule.name.clone())
        .narrow()
        .lead(html! { "改动由安全管理员确认后，从生效日期起用于新起算的期限。" })
        .body(html! {
            (complaints.summary())
            (post_form(&frame.csrf, &urls::edit(rule.code), html! {
                (hidden("seen", &form.seen))
                (text("name", "名称").value(&form.name).required().told(complaints))
                (number("amount", "数目").value(&form.amount).size("w-number").required().told(complaints))
                (select("unit", "单位", units).value(&form.unit).required().told(complaints))
                (tick("roll", "最后一日不是工作日时，顺延到其后第一个工作日").value(&form.roll).told(complaints))
                (text("basis", "依据").hint("文件名称和条款；本院自定的写“院定”和出处").value(&form.basis).required().told(complaints))
                (select("status", "效力", statuses).value(&form.status).required().told(complaints))
                (select("extension_by", "延期由谁批准", approvers).value(&form.extension_by).told(complaints))
                (number("max_extension_days", "最长延期天数").hint("没有规定的不填").value(&form.max_extension_days).size("w-number").told(complaints))
                (tick("extension_told", "延期后须将理由告知信访人").value(&form.extension_told).told(complaints))
                (text("paper", "履行时用的文书").value(&form.paper).size("w-half").told(complaints))
                @if rule.code.is_optional() { (tick("in_use", "本院采用这项时限").value(&form.in_use).told(complaints)) }
                (textarea("note", "说明", 3).value(&form.note).told(complaints))
                (date("effective_from", "生效日期").value(&form.effective_from).required().told(complaints))
                (text("reason", "修改理由").value(&form.reason).required().told(complaints))
                div.actions { button.primary { "提交待生效" } a href=(urls::rule(rule.code)) { "取消" } }
            }))
        })
}

//! The tiers' rule table: each rule, what waits to change it, and what a change would do.

use crate::escalation::change::RuleContent;
use crate::escalation::forms::RuleForm;
use crate::escalation::types::{Cause, Tier, TierRule, Told};
use crate::escalation::urls;
use crate::escalation::views::RuleView;
use crate::proposals::pages::{Decide, settled, waiting};
use crate::web::form::{
    Complaints, PostForm, checkboxes, date, hidden, number, select, text, textarea, tick,
};
use crate::web::formats::plain_date;
use crate::web::{Column, Frame, Row, Table};
use maud::{Markup, html};

/// The whole table.
pub fn rules(frame: &Frame, rows: &[TierRule], waiting: &[Cause]) -> Markup {
    let columns = ["入级事由", "进入", "数目", "宽限", "通知", "采用"].map(Column::new);
    let row = |rule: &TierRule| {
        let told: Vec<&str> = rule.told().into_iter().map(Told::label).collect();
        Row::link(urls::rule(rule.cause))
            .cell(html! { (rule.cause.label()) @if waiting.contains(&rule.cause) { " " span.tag.warn { "有改动待生效" } } })
            .cell(rule.tier.label())
            .cell(if rule.threshold > 0 { rule.threshold.to_string() } else { "—".to_owned() })
            .cell(if rule.grace_days > 0 { format!("{} 个工作日", rule.grace_days) } else { "—".to_owned() })
            .cell(told.join("、"))
            .cell(if rule.in_use { "采用" } else { "不采用" })
    };
    frame
        .titled("三级规则", "tier-rules")
        .lead(html! { "什么情形进入哪一级、宽限几天、通知谁。各级的期限在“时限与规则”里。信访专干拟订，安全管理员确认后生效；生效前可以试算会有多少事项升级。" })
        .body(Table::new("三级规则", columns.to_vec()).rows(rows.iter().map(row)).draw())
}

/// One rule.
pub fn rule(frame: &Frame, view: &RuleView, csrf: &str) -> Markup {
    let rule = &view.rule;
    let told: Vec<&str> = rule.told().into_iter().map(Told::label).collect();
    let mut titled = frame.titled(rule.cause.label(), "tier-rules#rule").back(urls::RULES, "三级规则");
    if view.may_propose {
        titled = titled.action(html! { a.button.primary href=(urls::edit_rule(rule.cause)) { "拟订改动" } });
    }
    titled.body(html! {
        @if let Some((proposal, content)) = &view.waiting {
            (waiting(proposal, change(view, content), &Decide {
                csrf,
                action: format!("{}/proposals/{}", urls::RULES, proposal.id),
                may_accept: view.may_accept,
                may_withdraw: view.may_propose,
            }))
        }
        dl.facts {
            dt { "规则" } dd { (rule.words()) }
            dt { "采用" } dd { (if rule.in_use { "采用" } else { "不采用" }) }
            dt { "宽限" } dd { (rule.grace_days) " 个工作日" }
            dt { "通知" } dd { (told.join("、")) }
            dt { "生效" } dd { (plain_date(rule.effective_from)) "起" }
            @if !rule.note.is_empty() { dt { "说明" } dd { (rule.note) } }
        }
        (settled(&view.history))
    })
}

/// What would change, and what it would do to the open matters of now.
fn change(view: &RuleView, content: &RuleContent) -> Markup {
    html! {
        p { "改为：" (content.words()) "，自 " (plain_date(content.effective_from)) " 起。" }
        @if let Some(what_if) = &view.what_if {
            p { "试算：全院未办结 " (what_if.weighed) " 件，如果今天就按这条规则，会有 " strong { (what_if.rising) } " 件升级。" }
            @if !view.named.is_empty() {
                details.more { summary { "其中您能看到的" } ul.plain { @for one in &view.named { li { a href=(crate::matters::urls::matter(one.id)) { (one.number) } "　" (one.petitioner_line) "：" (one.claim) } } } }
            }
        }
    }
}

/// The form to change one.
pub fn edit_rule(frame: &Frame, rule: &TierRule, typed: &RuleForm, told: &Complaints) -> Markup {
    let tiers = Tier::ALL.map(|tier| (tier.number().to_string(), tier.label().to_owned()));
    let whom = Told::ALL.iter().map(|told| (told.code(), told.label()));
    let counted = match rule.cause {
        Cause::Group => Some("从几个人起算集体访"),
        Cause::NthRepeat => Some("从第几次反映起"),
        Cause::Overdue => Some("超期几个工作日以上"),
        Cause::Swept
        | Cause::Assessed
        | Cause::Marked
        | Cause::HeardCity
        | Cause::BackAfterReply
        | Cause::AcceptedHere
        | Cause::OneFailed
        | Cause::OneRanOver
        | Cause::HeardProvince
        | Cause::HeardBeijing
        | Cause::TwoFailed
        | Cause::TwoRanOver
        | Cause::Correction => None,
    };
    let title = format!("拟订改动：{}", rule.cause.label());
    frame.titled(&title, "tier-rules#edit").back(urls::rule(rule.cause), rule.cause.label()).narrow().body(html! {
        (told.summary())
        (PostForm::to(&urls::edit_rule(rule.cause), &frame.csrf).enter_next().body(html! {
            (hidden("seen", &typed.seen))
            (select("tier", "进入哪一级", tiers).value(&typed.tier).told(told).required())
            @match counted {
                Some(label) => (number("threshold", label).value(&typed.threshold).told(told).required()),
                None => (hidden("threshold", &typed.threshold)),
            }
            (number("grace_days", "宽限几个工作日").value(&typed.grace_days).told(told).required().hint("只对到期升级和超期升级起作用。"))
            (checkboxes("told", "通知谁", whom).values(typed.told.iter().cloned()).told(told))
            (tick("in_use", "本院采用").value(&typed.in_use))
            (text("basis", "依据").value(&typed.basis).told(told).required())
            (textarea("note", "说明", 2).value(&typed.note).told(told))
            (date("effective_from", "从哪一天起生效").value(&typed.effective_from).told(told).required())
            (textarea("reason", "为什么改", 2).value(&typed.reason).told(told).required())
            div.actions { button.primary { "提交改动" } }
        }))
    })
}

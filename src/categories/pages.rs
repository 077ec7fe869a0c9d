//! The two lists, what waits to be put in force, and the form for a change.

use super::forms::{CategoryChange, CategoryForm, GuidanceChange, GuidanceForm};
use super::urls;
use crate::matters::types::{Category, GuidanceReason};
use crate::proposals::pages::{Decide, settled, waiting};
use crate::proposals::{Proposal, ProposalState};
use crate::web::form::{Complaints, PostForm, hidden, select, text, textarea, tick};
use crate::web::{Column, Frame, Row, Table};
use maud::{Markup, html};

/// What either page is drawn from.
pub struct ListPage<'a> {
    pub frame: &'a Frame,
    pub categories: &'a [Category],
    pub reasons: &'a [GuidanceReason],
    pub proposals: &'a [Proposal],
    pub complaints: &'a Complaints,
    pub may_propose: bool,
    pub may_accept: bool,
}

const ON: &str = "1";

fn on(flag: bool) -> String {
    if flag { ON.to_owned() } else { String::new() }
}

/// The form for a category as it stands; empty for a new one.
pub fn category_form(categories: &[Category], code: &str) -> CategoryForm {
    let known = categories.iter().find(|category| category.code == code);
    known.map_or_else(
        || CategoryForm { active: on(true), ..CategoryForm::default() },
        |category| CategoryForm {
            seen: String::new(),
            code: category.code.clone(),
            parent_code: category.parent_code.clone().unwrap_or_default(),
            name: category.name.clone(),
            conduct: on(category.conduct),
            active: on(category.active),
            reason: String::new(),
        },
    )
}

/// The form for a guidance reason as it stands; empty for a new one.
pub fn guidance_form(reasons: &[GuidanceReason], code: &str) -> GuidanceForm {
    let known = reasons.iter().find(|reason| reason.code == code);
    known.map_or_else(GuidanceForm::default, |reason| GuidanceForm {
        seen: String::new(),
        code: reason.code.clone(),
        name: reason.name.clone(),
        channel: reason.channel.clone(),
        legal_source: reason.legal_source.clone(),
        active: on(reason.active),
        reason: String::new(),
    })
}

fn pending(page: &ListPage, list: &str, describe: impl Fn(&Proposal) -> Markup) -> Markup {
    html! {
        @for proposal in page.proposals.iter().filter(|p| p.state == ProposalState::Proposed) {
            (waiting(proposal, describe(proposal), &Decide {
                csrf: &page.frame.csrf,
                action: urls::proposal(list, proposal.id),
                may_accept: page.may_accept,
                may_withdraw: page.may_propose,
            }))
        }
    }
}

/// Each second-level category under its parent, however late it was added.
fn under_parents(all: &[Category]) -> impl Iterator<Item = &Category> {
    let below = |parent: &Category| {
        let code = parent.code.clone();
        all.iter().filter(move |category| category.parent_code.as_ref() == Some(&code))
    };
    let tops = all.iter().filter(|category| category.parent_code.is_none());
    tops.flat_map(move |top| std::iter::once(top).chain(below(top)))
}

pub fn categories(page: &ListPage, form: Option<&CategoryForm>) -> Markup {
    let rows = under_parents(page.categories).map(|category| {
        let row = if page.may_propose {
            Row::link(format!("{}?edit={}", urls::CATEGORIES, category.code))
        } else {
            Row::plain()
        };
        row.cell(html! { @if category.parent_code.is_some() { "　　" } (category.name) })
            .cell(&category.code)
            .cell(if category.conduct { "是，本人看不到并由监察负责" } else { "否" })
            .cell(if category.active { "在用" } else { "停用" })
    });
    let columns = ["类别", "代码", "反映工作人员", "状态"].map(Column::new).into_iter().collect();
    let mut titled = page.frame.titled("诉求类别", "categories#categories");
    if page.may_propose {
        titled =
            titled.action(html! { a.button.primary href={ (urls::CATEGORIES) "?edit=" } { "新增类别" } });
    }
    titled.body(html! {
        (pending(page, urls::CATEGORIES, |proposal| html! {
            @if let Ok(change) = serde_json::from_str::<CategoryChange>(&proposal.content) {
                p { "类别“" (change.name) "”（" (change.code) "），" (if change.active { "在用" } else { "停用" }) }
            }
        }))
        @if let (Some(form), true) = (form, page.may_propose) { (category_fields(page, form)) }
        (Table::new("诉求类别", columns).rows(rows).draw())
        (settled(page.proposals))
    })
}

fn category_fields(page: &ListPage, form: &CategoryForm) -> Markup {
    let told = page.complaints;
    let top = page.categories.iter().filter(|category| category.parent_code.is_none());
    let parents = std::iter::once((String::new(), "（第一级）".to_owned()))
        .chain(top.map(|category| (category.code.clone(), category.name.clone())));
    html! {
        section.box {
            h2 { "修改类别" }
            (told.summary())
            (PostForm::to(urls::CATEGORIES, &page.frame.csrf).body(html! {
                (hidden("seen", &form.seen))
                (text("name", "名称").value(&form.name).told(told).required())
                (text("code", "代码").value(&form.code).told(told).hint("登记后不再改变，二级类别写成 上级.本级。").required())
                (select("parent_code", "上级类别", parents).value(&form.parent_code).told(told))
                (tick("conduct", "属于反映本院工作人员的（本人看不到，由监察负责）").value(&form.conduct))
                (tick("active", "在用").value(&form.active))
                (text("reason", "修改理由").value(&form.reason).told(told).required())
                button.primary { "提交改动" }
            }))
        }
    }
}

pub fn guidance(page: &ListPage, form: Option<&GuidanceForm>) -> Markup {
    let rows = page.reasons.iter().map(|reason| {
        let row = if page.may_propose {
            Row::link(format!("{}?edit={}", urls::GUIDANCE, reason.code))
        } else {
            Row::plain()
        };
        row.cell(&reason.name)
            .cell(&reason.channel)
            .cell(if reason.legal_source.is_empty() { "尚未填写" } else { &reason.legal_source })
            .cell(if reason.active { "在用" } else { "未启用" })
    });
    let columns = ["情形", "指引到哪里", "法律依据", "状态"].map(Column::new).into_iter().collect();
    let mut titled = page.frame.titled("指引渠道", "categories#guidance");
    if page.may_propose {
        titled = titled.action(html! { a.button.primary href={ (urls::GUIDANCE) "?edit=" } { "新增渠道" } });
    }
    let lead =
        html! { "没有填写法律依据的不能启用。指引从不代替立案：要求法院裁判的，七日立案期限照常计算。" };
    titled.lead(lead).body(html! {
        (pending(page, urls::GUIDANCE, |proposal| html! {
            @if let Ok(change) = serde_json::from_str::<GuidanceChange>(&proposal.content) {
                p { "“" (change.name) "”：" (change.channel) "。依据：" (change.legal_source) "，" (if change.active { "启用" } else { "不启用" }) }
            }
        }))
        @if let (Some(form), true) = (form, page.may_propose) { (guidance_fields(page, form)) }
        (Table::new("指引渠道", columns).rows(rows).draw())
        (settled(page.proposals))
    })
}

fn guidance_fields(page: &ListPage, form: &GuidanceForm) -> Markup {
    let told = page.complaints;
    html! {
        section.box {
            h2 { "修改渠道" }
            (told.summary())
            (PostForm::to(urls::GUIDANCE, &page.frame.csrf).body(html! {
                (hidden("seen", &form.seen))
                (text("name", "情形").value(&form.name).told(told).required())
                (text("code", "代码").value(&form.code).told(told).required())
                (textarea("channel", "指引到哪里、怎么办", 3).value(&form.channel).told(told).required())
                (text("legal_source", "法律依据（文件名和条文）").value(&form.legal_source).told(told))
                (tick("active", "启用").value(&form.active))
                (text("reason", "修改理由").value(&form.reason).told(told).required())
                button.primary { "提交改动" }
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_that_was_added_late_stands_under_its_parent() {
        let category = |(position, code, parent): (i64, &str, Option<&str>)| Category {
            id: position,
            court_id: None,
            code: code.into(),
            parent_code: parent.map(str::to_owned),
            name: code.into(),
            conduct: false,
            active: true,
            position,
            version: 0,
        };
        let all =
            [(1, "a", None), (2, "a.one", Some("a")), (3, "b", None), (4, "a.late", Some("a"))].map(category);
        let order: Vec<&str> = under_parents(&all).map(|category| category.code.as_str()).collect();
        assert_eq!(order, ["a", "a.one", "a.late", "b"]);
    }
}

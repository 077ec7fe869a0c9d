//! The list of assessments, the questionnaire as it is filled in, one assessment, and the questionnaire's own page.

use super::change::Content;
use super::forms::{AssessForm, AssessmentQuery, DecideForm, QuestionnaireForm};
use super::types::{AssessmentState, Question, Questionnaire, Step};
use super::urls;
use super::views::{Detail, Listed, Standing};
use crate::escalation;
use crate::people::types::Division;
use crate::proposals::pages::{Decide, settled, waiting};
use crate::time::Moment;
use crate::web::form::{
    Complaints, PostForm, checkboxes, date, hidden, number, radios, select, text, textarea,
};
use crate::web::formats::{plain_date, short_moment};
use crate::web::listing::export_button;
use crate::web::table::filters;
use crate::web::{Column, Frame, Listing, Paging, Row, Table};
use maud::{Markup, html};

const ABOUT: &str = "评估的是案件：它的办理会不会留下没有答复的问题。不评价任何人，也不记录任何人的性格、信仰、健康和社会关系。";

fn at(utc: chrono::NaiveDateTime) -> String {
    short_moment(Moment::from_utc(utc))
}

/// The list.
pub fn list(
    frame: &Frame,
    listing: &Listing<Listed>,
    query: &AssessmentQuery,
    (divisions, may_assess, may_export): (&[Division], bool, bool),
) -> Markup {
    let next = listing.next(|last| last.row.id.to_string());
    let columns = vec![
        Column::new("案件").class("wide"),
        Column::new("环节").class("tight"),
        Column::new("分值").class("tight"),
        Column::new("结果"),
        Column::new("评估人").class("tight"),
        Column::new("庭室").class("tight"),
    ];
    let row = |one: &Listed| {
        Row::link(urls::assessment(one.row.id))
            .cell(html! { div { (one.row.case_number) @if !one.row.cause.is_empty() { br; span.soft { (one.row.cause) } } } })
            .cell(one.row.step.label())
            .cell(html! { (one.row.points) " / " (one.row.threshold) })
            .cell(state(one.row.state))
            .cell(html! { div { (one.assessed_by) br; span.soft { (at(one.row.assessed_at)) } } })
            .cell(&one.division)
    };
    let table = Table::new("案件风险评估", columns)
        .rows(listing.rows.iter().map(row))
        .paging(Paging::of(urls::LIST, query, next))
        .tools(html! { @if may_export { (export_button(urls::EXPORT, query)) } })
        .empty(html! {
            p { "没有符合条件的评估。" }
            p { "立案前、宣判前、采取执行措施前，由承办人点“评估一件案件”填写问卷，几分钟就好。" }
        });
    let mut titled = frame.titled("案件风险评估", "assessments");
    if may_assess {
        titled = titled.action(html! { a.button.primary href=(urls::NEW) { "评估一件案件" } });
    }
    titled.lead(html! { (ABOUT) }).body(html! { (filter_row(query, divisions)) (table.draw()) })
}

fn state(state: AssessmentState) -> Markup {
    match state {
        AssessmentState::Waiting => html! { span.tag.warn { (state.label()) } },
        AssessmentState::Low | AssessmentState::Listed | AssessmentState::NotListed => {
            html! { (state.label()) }
        }
    }
}

fn filter_row(query: &AssessmentQuery, divisions: &[Division]) -> Markup {
    let all = |words: &'static str| std::iter::once((String::new(), words.to_owned()));
    let own = |code: &str, label: &str| (code.to_owned(), label.to_owned());
    let states = all("全部结果").chain(AssessmentState::ALL.iter().map(|one| own(one.code(), one.label())));
    let steps = all("全部环节").chain(Step::ALL.iter().map(|one| own(one.code(), one.label())));
    let of = all("全部庭室").chain(divisions.iter().map(|one| (one.id.to_string(), one.name.clone())));
    filters(
        urls::LIST,
        html! {
            (select("state", "结果", states).value(&query.state))
            (select("step", "环节", steps).value(&query.step))
            (select("division", "庭室", of).value(&query.division))
        },
    )
}

/// The questionnaire as it is filled in.
pub fn assess(
    frame: &Frame,
    (edition, questions): (&Questionnaire, &[Question]),
    typed: &AssessForm,
    complaints: &Complaints,
) -> Markup {
    let steps = Step::ALL.iter().map(|step| (step.code(), step.label()));
    let asked = questions.iter().map(|one| (one.key.clone(), format!("{}（{} 分）", one.text, one.points)));
    frame.titled("评估一件案件", "assessments#assess").back(urls::LIST, "案件风险评估").narrow().lead(html! { (ABOUT) }).body(html! {
        (complaints.summary())
        (PostForm::to(urls::NEW, &frame.csrf).enter_next().body(html! {
            (hidden("submission", &typed.submission))
            (hidden("questionnaire", edition.id))
            (text("case_number", "案号").value(&typed.case_number).told(complaints).required().focus())
            (text("cause", "案由").value(&typed.cause).told(complaints))
            (radios("step", "在哪一步之前评估", steps).value(&typed.step).told(complaints))
            (checkboxes("yes", "这件案件有下列哪些情况（没有就都不勾）", asked).values(typed.yes.iter().cloned()).told(complaints)
                .hint(format!("勾选的分值相加，达到 {} 分建议列入一级。", edition.threshold)))
            (textarea("note", "补充说明", 2).value(&typed.note).told(complaints).hint("只写案件和办理情况。"))
            div.actions { button.primary { "提交评估" } }
        }))
    })
}

/// One assessment.
pub fn detail(frame: &Frame, page: &Detail, typed: &DecideForm, complaints: &Complaints) -> Markup {
    let one = &page.listed;
    let row = &one.row;
    let ticked = row.ticked();
    let title = format!("{}　{}评估", row.case_number, row.step.label());
    frame.titled(&title, "assessments#decide").back(urls::LIST, "案件风险评估").narrow().body(html! {
        dl.facts {
            dt { "结果" } dd { strong { (row.points) " 分" } "，建议分值 " (row.threshold) " 分。" (state(row.state)) }
            @if !row.cause.is_empty() { dt { "案由" } dd { (row.cause) } }
            dt { "评估" } dd { (one.division) " " (one.assessed_by) "，" (at(row.assessed_at)) }
            dt { "问卷" } dd { "第 " (page.edition.edition) " 版" }
            dt { "有这些情况" }
            dd {
                @if ticked.is_empty() { "没有" }
                ul.plain { @for asked in page.questions.iter().filter(|asked| ticked.contains(&asked.key.as_str())) { li { (asked.text) "（" (asked.points) " 分）" } } }
            }
            @if !row.note.is_empty() { dt { "补充说明" } dd.keep-lines { (row.note) } }
            @if !row.measures.is_empty() { dt { "措施" } dd.keep-lines { (row.measures) } }
            @if let (Some(by), Some(when)) = (&one.decided_by, row.decided_at) {
                dt { "决定" } dd { (row.state.label()) "：" (row.reason) br; span.soft { (by) "，" (at(when)) } }
            }
            @if let Some(sign) = &one.sign { dt { "苗头" } dd { a href=(escalation::urls::of(sign.id)) { (sign.number) } } }
        }
        @if page.may_decide { (decision(frame, page, typed, complaints)) } @else { (complaints.summary()) }
    })
}

fn decision(frame: &Frame, page: &Detail, typed: &DecideForm, complaints: &Complaints) -> Markup {
    let row = &page.listed.row;
    let choices = [("yes", "列入一级"), ("no", "不列入")];
    html! {
        section.next aria-labelledby="decide" {
            h2 id="decide" { "是否列入一级" }
            p { "达到了建议分值。承办人或者庭长决定；列入的，系统按一级建立工作组，领导和信访专干会收到邮件。" }
            (complaints.summary())
            (PostForm::to(&urls::decide(row.id), &frame.csrf).body(html! {
                (hidden("version", row.version))
                (radios("listed", "决定", choices).value(&typed.listed).told(complaints))
                (textarea("measures", "措施，每行一项", 4).value(&typed.measures).told(complaints).hint("已按勾选的情况列出，可以修改。"))
                (textarea("reason", "理由", 2).value(&typed.reason).told(complaints).required())
                div.actions { button.primary { "作出决定" } }
            }))
        }
    }
}

fn table_of(questions: &[Question]) -> Markup {
    let columns = vec![
        Column::new("情况").class("wide"),
        Column::new("分值").class("number"),
        Column::new("建议的措施"),
    ];
    let row = |one: &Question| Row::plain().cell(&one.text).cell(one.points).cell(&one.measure);
    Table::new("问卷", columns).rows(questions.iter().map(row)).draw()
}

/// The questionnaire's own page.
pub fn questionnaire(frame: &Frame, page: &Standing) -> Markup {
    let mut titled = frame.titled("评估问卷", "assessments#questionnaire").lead(html! { (ABOUT) });
    if page.may_propose {
        titled = titled.action(html! { a.button.primary href=(urls::EDIT) { "拟订改动" } });
    }
    titled.body(html! {
        @if let Some((proposal, content)) = &page.waiting {
            (waiting(proposal, change(content), &Decide {
                csrf: &frame.csrf,
                action: format!("{}/proposals/{}", urls::QUESTIONNAIRE, proposal.id),
                may_accept: page.may_accept,
                may_withdraw: page.may_propose,
            }))
        }
        dl.facts {
            dt { "现在的问卷" } dd { "第 " (page.edition.edition) " 版，" (plain_date(page.edition.effective_from)) "起，院定" }
            dt { "建议分值" } dd { (page.edition.threshold) " 分以上建议列入一级" }
        }
        (table_of(&page.questions))
        p.soft { "改动由信访专干拟订、安全管理员确认后生效。以前的评估保留当时的问卷和分值。" }
        (settled(&page.history))
    })
}

fn change(content: &Content) -> Markup {
    html! {
        p { "改为：" (content.threshold) " 分以上建议列入一级，自 " (plain_date(content.effective_from)) " 起。" }
        (table_of(&content.questions))
    }
}

/// The form to change it.
pub fn edit(frame: &Frame, typed: &QuestionnaireForm, complaints: &Complaints) -> Markup {
    let get = |all: &[String], row: usize| all.get(row).cloned().unwrap_or_default();
    frame.titled("拟订改动：评估问卷", "assessments#questionnaire").back(urls::QUESTIONNAIRE, "评估问卷").body(html! {
        p { strong { "只问案件，不问人。" } "不能问当事人的性格、情绪、信仰、健康、家庭和社会关系、以前有没有信访；这样的问题系统不接受。" }
        (complaints.summary())
        (PostForm::to(urls::EDIT, &frame.csrf).body(html! {
            (hidden("seen", &typed.seen))
            (number("threshold", "建议分值").value(&typed.threshold).told(complaints).required().hint("达到这个分值建议列入一级"))
            @for row in 0..typed.rows() {
                fieldset.group {
                    legend { "第 " (row + 1) " 个问题" }
                    (text("text", "情况").row(row).value(get(&typed.text, row)).told(complaints))
                    (number("points", "分值").row(row).value(get(&typed.points, row)).told(complaints))
                    (text("measure", "建议的措施").row(row).value(get(&typed.measure, row)).told(complaints))
                }
            }
            p.soft { "不要的问题清空“情况”；最多二十个。" }
            (date("effective_from", "从哪一天起生效").value(&typed.effective_from).told(complaints).required())
            (textarea("reason", "为什么改", 2).value(&typed.reason).told(complaints).required())
            div.actions { button.primary { "提交改动" } }
        }))
    })
}

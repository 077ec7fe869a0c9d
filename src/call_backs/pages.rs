//! The list of what is still to be asked, the forms to ask and to answer again, the box on a matter's page.

use super::forms::{AgainForm, AskForm, AskingQuery};
use super::types::{AskManner, AskingKind, AskingState, Score};
use super::urls;
use super::views::{AgainPage, AskingPage, Listed};
use crate::matters::pages::head_line;
use crate::matters::stages::Event;
use crate::matters::types::Reply;
use crate::matters::urls::{again as contact_again, event, matter as matter_url, petitioner};
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, radios, select, textarea};
use crate::web::listing::{DueFilter, export_button, place};
use crate::web::table::filters;
use crate::web::{Column, Frame, Listing, Order, Paging, Row, Table, formats, light};
use maud::{Markup, html};

pub fn register(frame: &Frame, listing: &Listing<Listed>, query: &AskingQuery, may_export: bool) -> Markup {
    let next = listing.next(|last| place(Order::Due, Some(last.row.due_on), last.row.id));
    let tools = html! { @if may_export { (export_button(urls::EXPORT, query)) } };
    let columns = vec![
        Column::new("事项").class("wide"),
        Column::new("类别").class("tight"),
        Column::new("办结").class("tight"),
        Column::new("责任人").class("tight"),
        Column::new("询问结果").class("tight"),
    ];
    let table = Table::new("满意度与回访", columns)
        .rows(listing.rows.iter().map(row))
        .paging(Paging::of(urls::LIST, query, next))
        .tools(tools)
        .empty(html! {
            p { "没有符合条件的记录。" }
            p { "事项办结后十个工作日内询问满意度；每月从上月办结的事项中随机抽取5%、至少3件回访。" }
        });
    frame.titled("满意度与回访", "life#satisfaction").body(html! { (filter_row(query)) (table.draw()) })
}

fn filter_row(query: &AskingQuery) -> Markup {
    let all = |words| std::iter::once(("", words));
    let kinds = all("全部类别").chain(AskingKind::ALL.iter().map(|one| (one.code(), one.label())));
    let states = [("", "待询问"), ("asked", "已询问"), ("dropped", "不再询问")];
    let scores = all("全部评价").chain(Score::ALL.iter().map(|one| (one.code(), one.label())));
    filters(
        urls::LIST,
        html! {
            (select("state", "状态", states).value(&query.state))
            (select("kind", "类别", kinds).value(&query.kind))
            (select("due", "期限", DueFilter::CHOICES).value(&query.due))
            (select("score", "评价", scores).value(&query.score))
        },
    )
}

/// Leads to the form while it waits, else to the matter.
fn row(listed: &Listed) -> Row {
    let matter = &listed.matter;
    let to = match (listed.row.state, listed.row.kind) {
        (AskingState::Waiting, AskingKind::Satisfaction) => event(matter.id, Event::AskSatisfaction),
        (AskingState::Waiting, AskingKind::CallBack) => event(matter.id, Event::CallBack),
        (AskingState::Asked | AskingState::Dropped, _) => matter_url(matter.id),
    };
    let closed = matter.closed_at.map(|at| Moment::from_utc(at).today());
    let row = Row::link(to).due(listed.due.as_ref());
    row.cell(html! {
        div {
            span.clamp { (matter.petitioner_line) "：" (matter.claim) }
            span.soft { (matter.number) }
        }
    })
    .cell(listed.row.kind.label())
    .cell(html! {
        div {
            @if let Some(day) = closed { (formats::short_date(day)) }
            @if let Some(reason) = matter.close_reason { br; span.soft { (reason.label()) } }
        }
    })
    .cell(&listed.accountable)
    .cell(result(listed))
}

fn result(listed: &Listed) -> Markup {
    html! {
        div {
            @match (&listed.due, listed.row.score) {
                (Some(due), _) => { (due) " " span.soft { (formats::short_date(due.on)) } }
                (None, Some(score)) => {
                    (score.label())
                    @if let Some(by) = &listed.asked_by { "　" span.soft { (by) "询问" } }
                }
                (None, None) => (light::unlit(listed.row.state.label())),
            }
        }
    }
}

pub fn ask(frame: &Frame, page: &AskingPage, form: &AskForm, complaints: &Complaints) -> Markup {
    let (here, title) = match page.kind {
        AskingKind::Satisfaction => (Event::AskSatisfaction, "询问满意度"),
        AskingKind::CallBack => (Event::CallBack, "回访"),
    };
    let scores = Score::ALL.iter().map(|score| (score.code(), score.label()));
    let manners = AskManner::ALL.iter().map(|manner| (manner.code(), manner.label()));
    frame.titled(title, "life#satisfaction").back(matter_url(page.matter.id), &page.matter.number).body(html! {
        (head_line(&page.matter))
        dl.facts {
            dt { "问谁" }
            dd {
                ul.plain {
                    @for one in &page.people {
                        li {
                            a href=(petitioner(one.id)) { (one.name) }
                            @if let Some(phone) = &one.phone { "　电话 " (phone) }
                        }
                    }
                }
                span.soft { "完整的电话点开姓名后凭事由查看。" }
            }
            dt { "责任人" } dd { (page.accountable) span.soft { "　由其他人询问" } }
            @if let Some(reason) = page.matter.close_reason { dt { "办结方式" } dd { (reason.label()) } }
        }
        (given(&page.replies))
        p { "可以这样问：“您反映的事情，法院已经答复您了。您收到答复了吗？对办理的过程和结果满意吗？还有什么要说的？”" }
        (complaints.summary())
        (PostForm::to(&event(page.matter.id, here), &frame.csrf).body(html! {
            (radios("score", "信访人的评价", scores).value(&form.score).told(complaints))
            (radios("manner", "询问方式", manners).value(&form.manner).told(complaints))
            (textarea("note", "信访人的话", 4).value(&form.note).told(complaints)
                .hint("照原话记。不满意或者没有评价的，写明原因。"))
            button.primary { "记录" }
        }))
    })
}

fn given(replies: &[Reply]) -> Markup {
    html! {
        @if !replies.is_empty() {
            details.more {
                summary { "答复过什么" }
                @for reply in replies {
                    div.box {
                        h3 { (reply.manner.label()) "答复　" (formats::short_moment(Moment::from_utc(reply.given_at))) }
                        p.keep-lines { (reply.text) }
                    }
                }
            }
        }
    }
}

pub fn again(frame: &Frame, page: &AgainPage, form: &AgainForm, complaints: &Complaints) -> Markup {
    let manners = [("oral", "口头"), ("written", "书面")];
    let matter = &page.matter;
    frame.titled("答复再次反映", "life#again").back(matter_url(matter.id), &matter.number).body(html! {
        (head_line(matter))
        @if let Some(contact) = &page.contact {
            div.box {
                h2 { "第" (contact.nth) "次" (contact.channel.label()) "　" (formats::short_moment(Moment::from_utc(contact.happened_at))) }
                p.keep-lines { (contact.summary) }
            }
        }
        (given(&page.replies))
        p.soft {
            "同一诉求指明原答复即可。有新的事实、证据或者请求的，不在这里答复，请信访专干"
            a href=(event(matter.id, Event::Reopen)) { "恢复办理" }
            "；又来的，先" a href=(contact_again(matter.id)) { "登记再次来访" } "。"
        }
        (complaints.summary())
        (PostForm::to(&event(matter.id, Event::AnswerAgain), &frame.csrf).body(html! {
            (radios("manner", "答复形式", manners).value(&form.manner).told(complaints))
            (textarea("text", "答复内容", 4).value(&form.text).told(complaints))
            button.primary { "记录答复" }
        }))
    })
}

/// What was asked and said; nothing where there was nothing.
pub fn matter_box(rows: &[Listed]) -> Markup {
    html! {
        @if !rows.is_empty() {
            section.box aria-labelledby="askings" {
                h2 id="askings" { "满意度与回访" }
                ul.plain {
                    @for one in rows {
                        li {
                            (one.row.kind.label()) (result(one))
                            @if !one.row.note.is_empty() { br; span.soft { (one.row.note) } }
                        }
                    }
                }
            }
        }
    }
}

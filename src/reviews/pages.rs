//! The forms of a request, the box on a matter's page, what is open, and what lower courts sent up.

use super::forms::{HandOverForm, OutcomeForm, RequestForm};
use super::types::{ReviewOutcome, ReviewRequest};
use super::urls;
use super::views::{Open, Requesting, SentUp};
use crate::matters::Matter;
use crate::matters::pages::head_line;
use crate::matters::stages::Event;
use crate::matters::urls::{event, matter as matter_url};
use crate::web::Listing;
use crate::web::form::{Complaints, PostForm, date, radios, text, textarea};
use crate::web::{Column, Frame, Paging, Row, Table, formats};
use maud::{Markup, html};

pub fn request(frame: &Frame, page: &Requesting, form: &RequestForm, complaints: &Complaints) -> Markup {
    let matter = &page.matter;
    titled(
        frame,
        matter,
        Event::RequestReview,
        html! {
            p {
                "信访人不服答复的，可以在收到之日起30日内申请" (page.kind.label()) "，到" strong { (formats::date(page.until)) }
                "止。逾期申请的也要登记，由上级决定是否受理。"
            }
            (complaints.summary())
            (PostForm::to(&event(matter.id, Event::RequestReview), &frame.csrf).body(html! {
                (date("requested_on", "申请日期").value(&form.requested_on).told(complaints))
                (date("received_on", "本院收到申请的日期").value(&form.received_on).told(complaints)
                    .hint("移送案卷的五个工作日从这一天起算。"))
                (text("above", "向哪个机关申请").value(&form.above).told(complaints))
                (textarea("grounds", "申请的请求和理由", 4).value(&form.grounds).told(complaints))
                p.soft { "案卷在收到申请之日起五个工作日内移送上级。" }
                button.primary { "登记申请" }
            }))
        },
    )
}

pub fn hand_over(
    frame: &Frame,
    (matter, request): (&Matter, &ReviewRequest),
    form: &HandOverForm,
    complaints: &Complaints,
) -> Markup {
    titled(
        frame,
        matter,
        Event::HandFileOver,
        html! {
            (facts(request))
            (complaints.summary())
            (PostForm::to(&event(matter.id, Event::HandFileOver), &frame.csrf).body(html! {
                (complaints.version("version", request.version, form.version))
                (textarea("note", "移送了哪些案卷、怎样移送、谁签收", 3).value(&form.note).told(complaints))
                button.primary { "记录移送" }
            }))
        },
    )
}

pub fn outcome(
    frame: &Frame,
    (matter, request): (&Matter, &ReviewRequest),
    form: &OutcomeForm,
    complaints: &Complaints,
) -> Markup {
    let outcomes = ReviewOutcome::ALL.iter().map(|one| (one.code(), one.label()));
    titled(
        frame,
        matter,
        Event::ReviewOutcome,
        html! {
            (facts(request))
            (complaints.summary())
            (PostForm::to(&event(matter.id, Event::ReviewOutcome), &frame.csrf).body(html! {
                (complaints.version("version", request.version, form.version))
                (radios("outcome", "结果", outcomes).value(&form.outcome).told(complaints))
                (date("decided_on", "作出日期").value(&form.decided_on).told(complaints))
                (textarea("opinion", "文号和意见", 4).value(&form.opinion).told(complaints))
                p.soft { "变更、撤销的，由信访专干恢复办理，按上级意见重新答复。" }
                button.primary { "登记结果" }
            }))
        },
    )
}

/// The court above gives its opinion.
pub fn decide(
    frame: &Frame,
    (matter, request): (&Matter, &ReviewRequest),
    form: &OutcomeForm,
    complaints: &Complaints,
) -> Markup {
    let outcomes = ReviewOutcome::ALL.iter().map(|one| (one.code(), one.label()));
    titled(
        frame,
        matter,
        Event::DecideReview,
        html! {
            (facts(request))
            (complaints.summary())
            (PostForm::to(&event(matter.id, Event::DecideReview), &frame.csrf).body(html! {
                (complaints.version("version", matter.version, form.version))
                (radios("outcome", "意见", outcomes).value(&form.outcome).told(complaints))
                (date("decided_on", "作出日期").value(&form.decided_on).told(complaints))
                (textarea("opinion", "文号和意见", 4).value(&form.opinion).told(complaints))
                p.soft { "登记以后本院的这件事项办结，意见同时记入下级法院的原事项，并通知其信访专干和责任人。" }
                button.primary { "作出意见" }
            }))
        },
    )
}

fn facts(request: &ReviewRequest) -> Markup {
    html! {
        dl.facts {
            dt { "申请" } dd { (request.kind.label()) "　" (formats::date(request.requested_on)) }
            dt { "上级机关" } dd { (request.above) }
            dt { "理由" } dd { (request.grounds) }
        }
    }
}

fn titled(frame: &Frame, matter: &Matter, event: Event, body: Markup) -> Markup {
    frame
        .titled(event.label(), "life#review")
        .back(matter_url(matter.id), &matter.number)
        .body(html! { (head_line(matter)) (body) })
}

/// The requests of a matter; nothing where there are none.
pub fn matter_box(requests: &[ReviewRequest]) -> Markup {
    html! {
        @if !requests.is_empty() {
            section.box aria-labelledby="reviews" {
                h2 id="reviews" { "复查复核" }
                ul.plain {
                    @for request in requests.iter().rev() {
                        li {
                            (request.kind.label()) "　" (standing(request))
                            br; (formats::plain_date(request.requested_on)) "向" (request.above) "申请"
                            br; span.soft { (request.grounds) }
                            @if !request.opinion.is_empty() { br; span.soft { (request.opinion) } }
                        }
                    }
                }
            }
        }
    }
}

fn standing(request: &ReviewRequest) -> &'static str {
    request.outcome.map_or(request.state.label(), |outcome| outcome.label())
}

/// What of this court's is open, and what lower courts sent up to it.
pub fn register(frame: &Frame, open: &[Open], sent_up: &Listing<SentUp>, first: bool) -> Markup {
    frame.titled("复查复核", "life#review").body(html! {
        @if first { section { h2 { "本院事项，还没有结果的" } (own(open)) } }
        @if !first || !sent_up.rows.is_empty() {
            section { h2 { "下级法院移送的" } (from_below(sent_up, first)) }
        }
    })
}

fn own(open: &[Open]) -> Markup {
    let columns = ["编号", "信访人", "申请", "申请日期", "上级机关", "状态"].map(Column::new).into();
    Table::new("本院事项的复查复核", columns)
        .rows(open.iter().map(|one| {
            Row::link(matter_url(one.matter.id))
                .cell(&one.matter.number)
                .cell(&one.matter.petitioner_line)
                .cell(one.request.kind.label())
                .cell(formats::plain_date(one.request.requested_on))
                .cell(&one.request.above)
                .cell(standing(&one.request))
        }))
        .empty(html! {
            p { "现在没有等待结果的复查、复核。" }
            p { "信访人不服答复、申请复查的，在事项页登记以后会出现在这里。" }
        })
        .draw()
}

fn from_below(listing: &Listing<SentUp>, first: bool) -> Markup {
    let next = listing.next(|last| format!("{}?after={}", urls::ABOVE, last.request.id));
    let columns = vec![
        Column::new("下级法院"),
        Column::new("事项编号").class("tight"),
        Column::new("申请").class("tight"),
        Column::new("申请日期").class("tight"),
        Column::new("案卷移送").class("tight"),
        Column::new("状态").class("tight"),
    ];
    let row = |one: &SentUp| {
        let handed_over = one.request.handed_over_on;
        let row = one.here.map_or_else(Row::plain, |id| Row::link(matter_url(id)));
        row.cell(&one.court)
            .cell(&one.number)
            .cell(one.request.kind.label())
            .cell(formats::plain_date(one.request.requested_on))
            .cell(handed_over.map_or_else(|| "未移送".to_owned(), formats::plain_date))
            .cell(standing(&one.request))
    };
    Table::new("下级法院的复查复核", columns)
        .rows(listing.rows.iter().map(row))
        .paging(Paging { previous: (!first).then(|| urls::ABOVE.to_owned()), next })
        .draw()
}

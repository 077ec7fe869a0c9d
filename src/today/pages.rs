//! The day's page.

use super::counts::Counted;
use crate::instructions;
use crate::matters::forms::MatterQuery;
use crate::matters::pages::{matter_rows, matter_table};
use crate::matters::urls;
use crate::matters::views::Listed;
use crate::saved_filters::{self, types::Shown};
use crate::supervision;
use crate::time::Moment;
use crate::web::listing::in_address;
use crate::web::{Frame, Listing, formats};
use maud::{Markup, html};

/// What the page is drawn from. Lists are `None` for people who have no business with matters.
pub struct TodayPage<'a> {
    pub name: &'a str,
    pub now: Moment,
    /// Figures that open their lists.
    pub counts: &'a [Counted],
    /// The filters that this person keeps.
    pub saved: &'a [Shown],
    /// What waits for this person to take it over; `None` where nothing does.
    pub referred: Option<&'a Listing<Listed>>,
    pub mine: Option<&'a Listing<Listed>>,
    pub overdue: Option<&'a Listing<Listed>>,
    pub may_register: bool,
    /// Supervisions that this person has to answer.
    pub supervision: &'a [supervision::Waiting],
    /// Overdue supervisions that this person may demand harder.
    pub unanswered: &'a [supervision::Waiting],
    /// Instructions that wait for this person.
    pub instructions: &'a [instructions::Waiting],
    /// A paper was served on this person and not answered yet.
    pub delivered: bool,
    /// Links for the three administrators.
    pub duties: &'a [(&'static str, &'static str)],
}

pub fn today(frame: &Frame, page: &TodayPage) -> Markup {
    let mut titled = frame.titled("今日", "start");
    if page.may_register {
        titled = titled.action(html! { a.button.primary href="/intake" { "登记来访来信" } });
    }
    let lead = html! { (page.name) "，今天是" (formats::date(page.now.today())) "。" };
    titled.lead(lead).body(html! {
        @if page.delivered {
            section.next { h2 { "有一份文书送达您" } div.actions { a.button href="/accountability/mine" { "打开文书" } } }
        }
        (figures(page.counts))
        (saved_filters::pages::on_the_day(page.saved))
        (waiting(page))
        @if let Some(referred) = page.referred { (referred_matters(referred)) }
        @if let Some(overdue) = page.overdue { (overdue_matters(overdue)) }
        @if let Some(mine) = page.mine { (my_matters(mine)) }
        @if !page.duties.is_empty() {
            h2 { "您的工作" }
            ul { @for (label, href) in page.duties { li { a href=(href) { (label) } } } }
            p.soft { "管理员只看到数量、状态和地址，看不到信访内容。" }
        }
    })
}

/// Supervisions to answer or to demand harder, and instructions to give, carry out or confirm.
fn waiting(page: &TodayPage) -> Markup {
    let nothing = page.supervision.is_empty() && page.unanswered.is_empty() && page.instructions.is_empty();
    html! {
        @if !nothing {
            section.next aria-labelledby="waiting" {
                h2 id="waiting" { "等您办理的督办和批示" }
                ul.plain {
                    @for one in page.supervision {
                        li {
                            a href=(supervision::urls::supervision(one.id)) { "答复" (one.round.label()) }
                            "　" @if let Some(due) = &one.due { (due) }
                            br; span.soft { (one.matter) "　" (one.about) }
                        }
                    }
                    @for one in page.unanswered {
                        li {
                            a href=(supervision::urls::supervision(one.id)) {
                                "逾期没有答复，可以加重" @if let Some(harder) = one.harder { "：" (harder.label()) }
                            }
                            "　" @if let Some(due) = &one.due { (due) }
                            br; span.soft { (one.matter) "　" (one.about) }
                        }
                    }
                    @for one in page.instructions {
                        li {
                            a href=(instructions::urls::instruction(one.id)) { "批示：" (one.state.label()) }
                            "　" @if let Some(due) = &one.due { (due) }
                            br; span.soft { (one.matter) "　" (one.about) }
                        }
                    }
                }
            }
        }
    }
}

/// The figures; what there is nothing of stands in one small line.
fn figures(counts: &[Counted]) -> Markup {
    let (some, none): (Vec<&Counted>, Vec<&Counted>) = counts.iter().partition(|one| one.count > 0);
    html! {
        @if !some.is_empty() {
            nav.counts aria-label="我的工作" {
                @for one in some {
                    a href=(one.href) data-pressing[one.pressing] { span.figure { (one.words()) } span { (one.label) } }
                }
            }
        }
        @if !none.is_empty() {
            p.soft.none-of { "现在没有：" @for (n, one) in none.iter().enumerate() { @if n > 0 { "、" } a href=(one.href) { (one.label) } } }
        }
    }
}

fn referred_matters(referred: &Listing<Listed>) -> Markup {
    let all = MatterQuery { hand: "addressee".to_owned(), order: "due".to_owned(), ..MatterQuery::default() };
    html! {
        section aria-labelledby="referred" {
            h2 id="referred" { "等您接办" }
            (matter_table("等您接办的信访事项", &all).rows(matter_rows(&referred.rows)).draw())
            @if referred.more { p { a href=(in_address(urls::MATTERS, &all)) { "查看全部待接办事项" } } }
        }
    }
}

fn overdue_matters(overdue: &Listing<Listed>) -> Markup {
    let all = MatterQuery { due: "overdue".to_owned(), ..MatterQuery::default() };
    html! {
        section aria-labelledby="overdue" {
            h2 id="overdue" { "已超期" }
            (matter_table("已超期的信访事项", &all)
                .rows(matter_rows(&overdue.rows))
                .empty(html! { p { "没有超期的信访事项。" } })
                .draw())
            @if overdue.more { p { a href=(in_address(urls::MATTERS, &all)) { "查看全部超期事项" } } }
        }
    }
}

fn my_matters(mine: &Listing<Listed>) -> Markup {
    let all = MatterQuery { mine: "1".to_owned(), order: "due".to_owned(), ..MatterQuery::default() };
    html! {
        section aria-labelledby="mine" {
            h2 id="mine" { "我负责的，先到期在前" }
            (matter_table("我负责的信访事项", &all)
                .rows(matter_rows(&mine.rows))
                .empty(html! { p { "您现在没有负责的未办结事项。" } })
                .draw())
            @if mine.more { p { a href=(in_address(urls::MATTERS, &all)) { "查看我负责的全部事项" } } }
        }
    }
}

//! The replies that wait for whoever looks.

use crate::matters::pages::due_cell;
use crate::matters::stages::Event;
use crate::matters::urls::event;
use crate::replies::approvals::Awaiting;
use crate::time::Moment;
use crate::web::{Column, Frame, Row, Table, formats};
use maud::{Markup, html};

pub fn approvals(frame: &Frame, waiting: &[Awaiting]) -> Markup {
    let columns = ["编号", "信访人", "诉求", "起草人", "送审时间", "下一时限"].map(Column::new).into();
    let row = |one: &Awaiting| {
        let matter = &one.listed.matter;
        let sent = one.draft.submitted_at.map(|at| formats::short_moment(Moment::from_utc(at)));
        Row::link(event(matter.id, Event::ApproveReply))
            .cell(&matter.number)
            .cell(&matter.petitioner_line)
            .cell(html! { span.clamp { (matter.claim) } })
            .cell(&one.drafter)
            .cell(sent.unwrap_or_default())
            .cell(due_cell(one.listed.due.as_ref()))
    };
    frame
        .titled("待批答复", "life#approve-reply")
        .lead(html! { "等您审批的答复意见书，先送审的在前。" })
        .body(
            Table::new("待批答复", columns)
                .rows(waiting.iter().map(row))
                .empty(html! { p { "现在没有等您审批的答复意见书。" } })
                .draw(),
        )
}

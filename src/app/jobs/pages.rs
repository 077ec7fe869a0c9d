use super::{Outcome, Overview, Run, urls};
use crate::time::Moment;
use crate::web::form::post_button;
use crate::web::formats::{duration, short_moment};
use crate::web::{Column, Frame, Row, Table};
use maud::{Markup, html};

/// Every job: when it last ran, what came of it, when it runs next.
pub fn list(frame: &Frame, jobs: &[Overview]) -> Markup {
    let columns = ["任务", "安排", "最近一次", "结果", "下一次", "办理"].map(Column::new).to_vec();
    let table = Table::new("定时任务", columns).rows(jobs.iter().map(|job| row(frame, job)));
    frame.titled("定时任务", "jobs").body(html! {
        @for job in jobs.iter().filter(|job| job.failed || job.late) {
            p.flash.trouble role="alert" {
                "“" (job.label) "”"
                @if job.failed { "三次运行都失败了，今天不再自动重试。请查看下面的原因，排除后按“立即运行”。" }
                @else { "没有按时运行。请检查服务是否一直开着；如果刚刚开机，稍等几分钟会自动补上。" }
            }
        }
        (table.draw())
        @for job in jobs { (history(job)) }
    })
}

fn row(frame: &Frame, job: &Overview) -> Row {
    let newest = job.runs.first();
    Row::plain()
        .cell(job.label)
        .cell(&job.schedule)
        .cell(html! { @match newest { Some(run) => (at(run.started_at)), None => "还没有运行过" } })
        .cell(html! { @if let Some(run) = newest { (outcome(run)) } })
        .cell(short_moment(job.next_at))
        .cell(post_button(&frame.csrf, &urls::run(job.name), "立即运行", html! {}))
}

fn history(job: &Overview) -> Markup {
    let columns = ["应运行", "开始", "延迟", "用时", "结果", "说明"].map(Column::new).to_vec();
    let rows = job.runs.iter().map(|run| {
        Row::plain()
            .cell(at(run.due_at))
            .cell(at(run.started_at))
            .cell(duration(run.started_at - run.due_at))
            .cell(run.finished_at.map(|end| duration(end - run.started_at)).unwrap_or_default())
            .cell(outcome(run))
            .cell(&run.message)
    });
    html! {
        details {
            summary { (job.label) "：最近的运行" }
            (Table::new(format!("{}的运行记录", job.label), columns).rows(rows)
                .empty(html! { p { "还没有运行过。到了安排的时间会自动运行，也可以按“立即运行”。" } })
                .draw())
        }
    }
}

fn outcome(run: &Run) -> Markup {
    let tone = match run.outcome {
        Outcome::Done => "tag strong",
        Outcome::Asked | Outcome::Running => "tag",
        Outcome::Failed => "tag late",
    };
    html! {
        span class=(tone) { (run.outcome.label()) }
        @if run.outcome == Outcome::Failed { "（第 " (run.attempts) " 次）" }
    }
}

fn at(utc: chrono::NaiveDateTime) -> String {
    short_moment(Moment::from_utc(utc))
}

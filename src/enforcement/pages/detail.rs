//! Everything about a matter's enforcement on one page.

use crate::campaigns;
use crate::enforcement::types::{Outcome, Posting, PostingKind, TalkKind};
use crate::enforcement::urls;
use crate::enforcement::views::{Detail, ShownMeasure, ShownSheet};
use crate::matters;
use crate::time::Moment;
use crate::web::formats::{money, plain_date, short_date, yuan};
use crate::web::{Column, Frame, Row, Table, light};
use maud::{Markup, html};

pub fn detail(frame: &Frame, detail: &Detail) -> Markup {
    let matter = &detail.matter;
    let mut titled = frame
        .titled("执行任务和到账", "enforcement#matter")
        .back(matters::urls::matter(matter.id), &matter.number);
    if detail.may_issue {
        titled = titled.action(html! { a.button.primary href=(urls::issue(matter.id)) { "下达任务单" } });
    }
    titled.body(html! {
        p.lead { (matter.petitioner_line) "：" (matter.claim) }
        (strip(detail))
        (acts(detail))
        (sheets(detail))
        (ledger(detail))
        (talks(detail))
        (campaigns::pages::of_matter(frame, &detail.campaigns))
    })
}

fn strip(detail: &Detail) -> Markup {
    let balance = detail.balance;
    let left = balance.left();
    html! {
        dl.facts.strip {
            div { dt { "应执行金额" } dd { (balance.due.map_or_else(|| "还没有确定".to_owned(), money)) } }
            div { dt { "累计到账" } dd { (money(balance.paid)) } }
            div { dt { "没有到账" } dd {
                @match left {
                    None => "—",
                    Some(left) if left < 0 => { (money(0)) " " span.tag.warn { "多收 " (money(-left)) "，请核对" } }
                    Some(left) => { (money(left)) }
                }
            } }
            @if let Some(percent) = balance.percent() {
                div { dt { "到账比例" } dd { (percent) "% " progress max="100" value=(percent.min(100)) aria-label="到账比例" {} } }
            }
        }
    }
}

/// What may be recorded, each a page of its own.
fn acts(detail: &Detail) -> Markup {
    let id = detail.matter.id;
    let due = if detail.balance.due.is_some() { "变更应执行金额" } else { "确定应执行金额" };
    html! {
        @if detail.may_record {
            nav.acts aria-label="可以记录的事" {
                a.button href=(urls::payment(id)) { "登记到账" }
                a.button href=(urls::due(id)) { (due) }
                a.button href=(urls::report(id)) { "记录听取汇报" }
                a.button href=(urls::party(id)) { "记录约见当事人" }
            }
        }
    }
}

fn sheets(detail: &Detail) -> Markup {
    html! {
        section aria-labelledby="sheets" {
            h2 id="sheets" { "任务单" }
            @if detail.sheets.is_empty() {
                p.soft { "还没有下达任务单。" @if !detail.may_issue { "任务单由院长、主管副院长下达，信访专干可以代为录入。" } }
            }
            @for shown in &detail.sheets { (sheet(detail, shown)) }
        }
    }
}

fn sheet(detail: &Detail, shown: &ShownSheet) -> Markup {
    let sheet = &shown.sheet;
    let columns = vec![
        Column::new("措施").class("wide"),
        Column::new("负责人").class("tight"),
        Column::new("期限").class("tight"),
        Column::new("结果").class("wide"),
    ];
    let measures = shown.measures.iter().map(|measure| row(detail, measure));
    let tools = html! {
        @if detail.may_issue { a.button href=(urls::add_measure(sheet.id)) { "追加措施" } }
        a.button href=(urls::paper(sheet.id)) { "打印任务单" }
    };
    html! {
        div.box {
            h3 { (sheet.number) }
            p.keep-lines { (sheet.task) }
            p.soft {
                (shown.issuer) "下达"
                @if shown.issuer != shown.entered_by { "（" (shown.entered_by) "录入）" }
                "，" (plain_date(Moment::from_utc(sheet.issued_at).today())) "。时限 " (plain_date(sheet.due_on)) "　"
                @match &shown.due { Some(due) => (due), None => (light::unlit(shown.unlit())) }
            }
            (Table::new(format!("{}的措施", sheet.number), columns).rows(measures).tools(tools).draw())
        }
    }
}

fn row(detail: &Detail, shown: &ShownMeasure) -> Row {
    let measure = &shown.measure;
    let row = match &shown.due {
        Some(due) => Row::plain().light(due.light()),
        None => Row::plain(),
    };
    let word = if measure.done_on.is_some() { "更正结果" } else { "登记结果" };
    row.cell(html! { div { (measure.position) ". " span.keep-lines { (measure.text) } } })
        .cell(html! { div { (shown.owner)
            @if detail.may_issue && measure.done_on.is_none() {
                br; a href=(urls::pass_on(measure.id)) aria-label={ "更换负责人：" (measure.text) } { "更换" }
            }
        } })
        .cell(html! { div { (short_date(measure.due_on)) br;
            @match &shown.due {
                Some(due) => (due),
                None => (light::unlit(shown.standing())),
            }
        } })
        .cell(html! { div {
            @for (nth, (result, by)) in shown.results.iter().enumerate() {
                p.keep-lines {
                    @if nth > 0 && shown.corrected(nth - 1) { span.tag { "更正" } " " }
                    @if result.outcome != Outcome::Done { span.tag { (result.outcome.label()) } " " }
                    (result.text) " " span.soft { (short_date(result.done_on)) " " (by) }
                    @if shown.corrected(nth) { " " span.tag.warn { "已更正" } }
                }
            }
            @if detail.may_record { a href=(urls::result(measure.id)) { (word) } }
        } })
}

fn ledger(detail: &Detail) -> Markup {
    let columns = vec![
        Column::new("日期").class("tight"),
        Column::new("内容").class("tight"),
        Column::new("金额（元）").class("number tight"),
        Column::new("来源和说明").class("wide"),
        Column::new("记录人").class("tight"),
    ];
    let table = Table::new("应执行金额和到账", columns)
        .rows(detail.postings.iter().map(|(posting, by)| line(detail, posting, by)))
        .empty(html! {
            p { "还没有记录。" }
            @if detail.may_record { p { "先“确定应执行金额”，每到一笔款再“登记到账”。" } }
        });
    html! {
        section aria-labelledby="ledger" {
            h2 id="ledger" { "应执行金额和到账" }
            p.soft { "每一笔只增加、不修改、不删除。记错了的，用“更正”冲销，原来的记录保留。应执行金额以日期最近的一笔为准。" }
            (table.draw())
        }
    }
}

fn line(detail: &Detail, posting: &Posting, by: &str) -> Row {
    let is_counter = posting.reverses_id.is_some();
    let corrected = detail.postings.iter().any(|(other, _)| other.reverses_id == Some(posting.id));
    Row::plain()
        .cell(short_date(posting.happened_on))
        .cell(html! { div {
            @if is_counter { "冲销" }
            (posting.kind.label())
            @if let Some(manner) = posting.manner { br; span.soft { (manner.label()) } }
        } })
        .cell(yuan(posting.amount_fen))
        .cell(html! { div.keep-lines {
            @if !is_counter && !posting.payer.is_empty() { (posting.payer) "　" }
            (posting.note)
            @if corrected { " " span.tag.warn { "已更正" } }
        } })
        .cell(html! { div { (by)
            @if detail.may_record && !is_counter && !corrected {
                br; a href=(urls::correct_posting(posting.id)) aria-label={ "更正" (short_date(posting.happened_on)) "的" (what(posting)) } { "更正" }
            }
        } })
}

fn what(posting: &Posting) -> String {
    match posting.kind {
        PostingKind::Due => format!("应执行金额 {}", money(posting.amount_fen)),
        PostingKind::Paid => format!("到账 {}", money(posting.amount_fen)),
    }
}

fn talks(detail: &Detail) -> Markup {
    html! {
        section aria-labelledby="talks" {
            h2 id="talks" { "听取汇报和约见当事人" }
            @if detail.talks.is_empty() { p.soft { "还没有记录。" } }
            @for (talk, who) in &detail.talks {
                div.box {
                    h3 {
                        (plain_date(talk.held_on)) "　" (who)
                        @match talk.kind { TalkKind::ReportHeard => "听取汇报", TalkKind::PartyMet => { "约见" (talk.party) } }
                        @if talk.corrects_id.is_some() { " " span.tag { "更正" } }
                        @if detail.correction_of(talk.id).is_some() { " " span.tag.warn { "已更正" } }
                    }
                    p.keep-lines { (talk.said) }
                    @if !talk.decided.is_empty() {
                        p.keep-lines { strong { @match talk.kind { TalkKind::ReportHeard => "决定：", TalkKind::PartyMet => "答复：" } } (talk.decided) }
                    }
                    @if detail.may_record && detail.correction_of(talk.id).is_none() {
                        p { a href=(urls::correct_talk(talk.id)) aria-label={ "更正" (plain_date(talk.held_on)) "的" (talk.kind.label()) } { "更正" } }
                    }
                }
            }
        }
    }
}

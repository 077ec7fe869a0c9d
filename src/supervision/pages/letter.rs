//! The paper: 督办函 to whoever is to answer, or the report (督办情况报告) to the president.

use crate::supervision::types::{Manner, Round};
use crate::supervision::urls;
use crate::supervision::views::{Detail, Listed};
use crate::time::Moment;
use crate::web::formats::{date, plain_date, short_date};
use crate::web::{Frame, Paper};
use maud::{Markup, html};

pub fn letter(frame: &Frame, detail: &Detail) -> Markup {
    let shown = &detail.shown;
    let back = urls::supervision(shown.row.id);
    match shown.row.round {
        Round::First | Round::Second => frame.paper("督办函", Paper::A4, &back, false, demand(detail, shown)),
        Round::Report => frame.paper("督办情况报告", Paper::A4, &back, false, report(detail, shown)),
    }
}

fn demand(detail: &Detail, shown: &Listed) -> Markup {
    let row = &shown.row;
    html! {
        h1 { (detail.court) br; "督办函" }
        p.sheet-number { (row.number) "　（" (row.round.label()) "）" }
        p { (shown.addressee) "同志：" }
        p {
            "由你负责的信访事项" (shown.matter.number) "（" (shown.matter.petitioner_line) "，"
            (claim(shown)) "）"
            @if row.late_days > 0 { "已经超期 " (row.late_days) " 天，" } @else { "，" }
            (row.round.preamble()) "现" (verb(row.manner)) "督办，要求如下："
        }
        p.keep-lines { (row.demand) }
        @if !row.spoken.is_empty() { p.keep-lines { "督办情况：" (row.spoken) } }
        p { "请在" strong { (date(row.due_on)) } "以前书面答复办理情况。逾期没有答复的，"
            @if row.round == Round::First { "将发出第二次督办。" } @else { "将报告院长。" } }
        (facts(shown))
        (signed(detail, shown))
    }
}

/// The claim as it stands within a sentence.
fn claim(shown: &Listed) -> &str {
    shown.matter.claim.trim_end_matches('。')
}

fn verb(manner: Manner) -> &'static str {
    match manner {
        Manner::Letter => "发函",
        Manner::Phone => "电话",
        Manner::OnSite => "到现场",
    }
}

fn report(detail: &Detail, shown: &Listed) -> Markup {
    let row = &shown.row;
    html! {
        h1 { (detail.court) br; "督办情况报告" }
        p.sheet-number { (row.number) }
        p { (shown.reported_to.as_deref().unwrap_or("院领导")) "同志：" }
        p {
            "信访事项" (shown.matter.number) "（" (shown.matter.petitioner_line) "，" (claim(shown)) "）"
            @if row.late_days > 0 { "已经超期 " (row.late_days) " 天，" } @else { "，" }
            "由" (shown.addressee) "同志负责答复。" (row.round.preamble())
        }
        table {
            thead { tr { th { "次数" } th { "编号" } th { "方式" } th { "发出" } th { "答复期限" } th { "结果" } } }
            tbody {
                @for one in &detail.series {
                    tr {
                        td { (one.row.round.label()) }
                        td { (one.row.number) }
                        td { (one.row.manner.label()) }
                        td { (short_date(Moment::from_utc(one.row.issued_at).today())) }
                        td { (short_date(one.row.due_on)) }
                        td { (one.standing()) }
                    }
                }
            }
        }
        p.keep-lines { "督办要求：" (row.demand) }
        @if !row.spoken.is_empty() { p.keep-lines { "督办情况：" (row.spoken) } }
        p { "请予过问。已要求在" strong { (date(row.due_on)) } "以前答复。" }
        (facts(shown))
        p { "院长意见：" }
        div.blank-lines {}
        (signed(detail, shown))
    }
}

fn facts(shown: &Listed) -> Markup {
    let row = &shown.row;
    html! {
        dl.facts {
            dt { "原交办编号" } dd { (row.referral) }
            dt { "督办次数" } dd { (row.round.label()) }
            dt { "超期天数" } dd { (row.late_days) " 天" }
            dt { "要求答复时间" } dd { (date(row.due_on)) "以前" }
            dt { "签发人" } dd { (shown.signer) }
        }
    }
}

fn signed(detail: &Detail, shown: &Listed) -> Markup {
    html! {
        div.sign {
            span { "签收人：＿＿＿＿＿＿　＿＿年＿＿月＿＿日" }
            span { (detail.court) br; (plain_date(Moment::from_utc(shown.row.issued_at).today())) }
        }
    }
}

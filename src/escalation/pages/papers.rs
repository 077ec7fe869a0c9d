//! 案件情况汇报 and 化解方案 as papers.

use crate::escalation::types::{MeasureState, Plan, Report, Role};
use crate::escalation::urls;
use crate::escalation::views::Detail;
use crate::time::Moment;
use crate::web::formats::{date, plain_date};
use crate::web::{Frame, Paper};
use maud::{Markup, html};

fn heading(detail: &Detail) -> Markup {
    let matter = &detail.matter;
    html! {
        dl.facts {
            dt { "编号" } dd { (matter.number) }
            dt { "信访人" } dd { (matter.petitioner_line) }
            dt { "诉求" } dd { (matter.claim) }
            dt { "级别" } dd { (detail.tier.map_or("未入级", crate::escalation::Tier::label)) }
            @if let Some(shown) = &detail.charge {
                dt { "包案领导" } dd { (shown.leader) }
                dt { "责任人" } dd { (shown.responsible) }
                dt { "化解期限" } dd { (date(shown.charge.due_on)) }
            }
        }
    }
}

fn signed(who: Option<&String>, at: chrono::NaiveDateTime) -> Markup {
    html! { div.sign { span {} span { "汇报人：" (who.map_or("", String::as_str)) br; (plain_date(Moment::from_utc(at).today())) } } }
}

/// The report on the matter (案件情况汇报).
pub fn report(frame: &Frame, detail: &Detail, report: &Report) -> Markup {
    let back = urls::of(detail.matter.id);
    let body = html! {
        h1 { "案件情况汇报" }
        (heading(detail))
        h2 { "一、案件基本情况" } p.keep-lines { (report.case_facts) }
        h2 { "二、信访诉求和办理经过" } p.keep-lines { (report.course) }
        h2 { "三、问题和难点" } p.keep-lines { (report.obstacles) }
        h2 { "四、下一步意见" } p.keep-lines { (report.opinion) }
        p { "领导意见：" }
        div.blank-lines {}
        (signed(detail.names.get(&report.by_id), report.at))
    };
    frame.paper("案件情况汇报", Paper::A4, &back, false, body)
}

/// The plan with its measures and the group (化解方案).
pub fn plan(frame: &Frame, detail: &Detail, plan: &Plan) -> Markup {
    let back = urls::of(detail.matter.id);
    let body = html! {
        h1 { "化解方案" }
        (heading(detail))
        h2 { "一、工作组" }
        p { @for (n, one) in detail.members.iter().enumerate() {
            @if n > 0 { "、" } (one.name)
            @match one.member.role { Role::Head | Role::Deputy => { "（" (one.member.role.label()) "）" } Role::Member => "" }
        } }
        h2 { "二、症结" } p.keep-lines { (plan.crux) }
        h2 { "三、化解思路" } p.keep-lines { (plan.approach) }
        @if !plan.division_of_work.is_empty() { h2 { "分工" } p.keep-lines { (plan.division_of_work) } }
        h2 { "四、措施" }
        table {
            thead { tr { th { "序号" } th { "措施" } th { "责任人" } th { "期限" } th { "进展" } } }
            tbody {
                @for (n, one) in detail.measures.iter().enumerate() {
                    tr {
                        td { (n + 1) }
                        td { (one.measure.text) }
                        td { (one.owner) }
                        td { (plain_date(one.measure.due_on)) }
                        td { (one.measure.state.label()) @if one.measure.state == MeasureState::Done { "：" (one.measure.result) } }
                    }
                }
            }
        }
        (signed(detail.names.get(&plan.by_id), plan.at))
    };
    frame.paper("化解方案", Paper::A4, &back, false, body)
}

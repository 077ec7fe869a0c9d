//! The paper: 执行任务单.

use crate::enforcement::urls;
use crate::enforcement::views::{Detail, ShownSheet};
use crate::time::Moment;
use crate::web::formats::{date, money, plain_date, short_date};
use crate::web::{Frame, Paper};
use maud::{Markup, html};

pub fn paper(frame: &Frame, detail: &Detail, shown: &ShownSheet) -> Markup {
    let back = urls::of_matter(detail.matter.id);
    frame.paper("执行任务单", Paper::A4, &back, false, sheet(detail, shown))
}

fn sheet(detail: &Detail, shown: &ShownSheet) -> Markup {
    let (sheet, matter, balance) = (&shown.sheet, &detail.matter, detail.balance);
    html! {
        h1 { (detail.court) br; "执行任务单" }
        p.sheet-number { (sheet.number) }
        dl.facts {
            dt { "信访事项" } dd { (matter.number) "　" (matter.petitioner_line) }
            dt { "诉求" } dd { (matter.claim) }
            dt { "应执行金额" } dd { (balance.due.map_or_else(|| "还没有确定".to_owned(), money)) }
            dt { "累计到账" } dd { (money(balance.paid)) }
            dt { "任务" } dd { (sheet.task) }
            dt { "时限" } dd { strong { (date(sheet.due_on)) } "以前" }
        }
        table {
            thead { tr { th.tight { "序号" } th { "措施" } th.tight { "负责人" } th.tight { "期限" } th { "结果" } } }
            tbody {
                @for measure in &shown.measures {
                    tr {
                        td { (measure.measure.position) }
                        td { (measure.measure.text) }
                        td.tight { (measure.owner) }
                        td.tight { (short_date(measure.measure.due_on)) }
                        td { @if let Some((result, _)) = measure.results.last() { (result.outcome.label()) "：" (result.text) "（" (short_date(result.done_on)) "）" } }
                    }
                }
            }
        }
        p { "请各负责人按期完成，完成后及时登记结果，并告知信访人。" }
        div.sign {
            span { "签收人：＿＿＿＿＿＿　＿＿年＿＿月＿＿日" }
            span { "下达人：" (shown.issuer) br; (plain_date(Moment::from_utc(sheet.issued_at).today())) }
        }
    }
}

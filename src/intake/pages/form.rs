//! The registration form: what the law needs in sight, everything else folded away.

use super::cards::matter_line;
use super::doubles::doubles;
use super::person::person_row;
use crate::assignments;
use crate::intake::forms::{Go, IntakeForm};
use crate::intake::types::{Choices, Double, DraftFile, MatterCard, PersonCard};
use crate::intake::urls;
use crate::matters::types::{CaseStage, Channel, HeardLevel, HeardManner, HeardSource, Track};
use crate::time::Moment;
use crate::web::Frame;
use crate::web::form::{
    Complaints, PostForm, date, datetime, file, hidden, number, repeat, select, select_grouped, text,
    textarea,
};
use crate::web::formats::file_size;
use maud::{Markup, html};

/// The form and all that it is drawn from.
pub struct FormPage<'a> {
    pub frame: &'a Frame,
    pub form: &'a IntakeForm,
    pub told: &'a Complaints,
    pub choices: &'a Choices,
    pub known: &'a [PersonCard],
    /// The matter of a further contact.
    pub about: Option<&'a MatterCard>,
    /// What the draft holds already.
    pub files: &'a [DraftFile],
    pub doubles: &'a [Double],
    /// What `seen_doubles` is after this page.
    pub seen: &'a str,
    pub now: Moment,
}

const LABELS: [(&str, &str); 39] = [
    ("channel", "来访方式"),
    ("happened_at", "时间"),
    ("people_count", "人数"),
    ("kind", "类别"),
    ("name", "姓名"),
    ("doc_type", "证件类型"),
    ("doc_number", "证件号码"),
    ("doc_reason", "号码无法核对的原因"),
    ("sex", "性别"),
    ("birth", "出生日期"),
    ("phone", "电话"),
    ("address", "住址"),
    ("part", "身份"),
    ("relation", "与案件的关系"),
    ("care", "需要关照的情况"),
    ("category", "诉求类别"),
    ("claim", "请求"),
    ("summary", "事实和理由"),
    ("case_number", "案号"),
    ("case_stage", "案件阶段"),
    ("division", "涉及庭室"),
    ("complained", "反映的人员"),
    ("handed_in", "递交的材料"),
    ("outside_number", "来文编号"),
    ("sender", "交办机关"),
    ("sender_kind", "机关类别"),
    ("dated_on", "来文日期"),
    ("due_on", "要求报告结果的期限"),
    ("demand", "交办要求"),
    ("heard_level", "曾向哪一级反映"),
    ("heard_body", "单位"),
    ("heard_on", "日期"),
    ("screening", "甄别"),
    ("track", "诉讼程序"),
    ("track_from", "程序期限从哪一天起算"),
    ("guidance", "理由"),
    ("authority", "有权处理的机关"),
    ("answer", "答复内容"),
    ("members", "成员名单"),
];

/// Draws it.
pub fn form(page: &FormPage<'_>) -> Markup {
    let title = if page.about.is_some() { "再次来访" } else { "登记新事项" };
    let post =
        PostForm::to(urls::REGISTER, &page.frame.csrf).multipart().enter_next().draft(urls::SAVE_DRAFT);
    let body = html! {
        (page.told.summary_naming(&LABELS))
        (post.body(html! {
            // The button that Enter presses where there is no script.
            button.unseen tabindex="-1" aria-hidden="true" { "登记" }
            (hidden("submission_key", &page.form.submission_key))
            (hidden("draft_id", &page.form.draft_id))
            (hidden("matter_id", &page.form.matter_id))
            (hidden("seen_doubles", page.seen))
            @for said in &page.form.not_same { (hidden("not_same", said)) }
            (doubles(page.doubles, page.choices.may_tell_apart))
            @if let Some(matter) = page.about { div.box { h2 { "这件事项" } (matter_line(matter, true)) } }
            (people(page))
            @if page.about.is_none() { (matter(page)) } @else { (said(page)) }
            (above(page))
            (more(page))
            @if page.about.is_none() && page.choices.may_screen { (screening(page)) }
            (papers(page))
            div.actions.sticky-actions {
                button.primary { "登记并打印回执" }
                span.soft { kbd { "Enter" } " 下一项，" kbd { "Ctrl + Enter" } " 登记" }
            }
        }))
    };
    page.frame.titled(title, "intake").back(urls::INTAKE, "登记").body(body)
}

/// Whether anything is wrong in these fields.
fn wrong(told: &Complaints, names: &[&str]) -> bool {
    told.iter().any(|(field, _)| names.contains(&field.split('.').next().unwrap_or(field)))
}

fn fresh(page: &FormPage<'_>) -> bool {
    page.told.is_empty() && page.doubles.is_empty()
}

fn people(page: &FormPage<'_>) -> Markup {
    let rows: Vec<Markup> = (0..page.form.person_rows())
        .map(|row| person_row(page.form, row, page.known, page.told, fresh(page) && row == 0))
        .collect();
    let blank = person_row(&IntakeForm::default(), 0, &[], &Complaints::default(), false);
    html! {
        (repeat("person", "谁来了", rows, blank).one("第").add_label("再加一人").most(200))
        div.columns {
            (select("channel", "来访方式", Channel::ALL.iter().map(|channel| (channel.code(), channel.label())))
                .value(&page.form.channel).told(page.told))
            (number("people_count", "一共来了几人").value(&page.form.people_count).hint("不填，按上面登记的人数计").told(page.told))
        }
        details.more open[wrong(page.told, &["members"])] {
            summary { "集体访：读入成员名单 " span.soft { "五人以上；代表最多五名" } }
            p { a href=(urls::MEMBERS_TEMPLATE) { "下载名单模板（Excel）" } }
            (file("members", "成员名单", ".xlsx,.xls", false).told(page.told))
            (select("members_take", "名单里有错误时", [("", "一个也不读入，改好再传"), ("good", "先读入没有错误的行")])
                .value(&page.form.members_take))
            p { button name="go" value=(Go::Members.value()) data-skip { "读入名单" } }
        }
    }
}

fn matter(page: &FormPage<'_>) -> Markup {
    let category = select_grouped("category", "诉求类别", page.choices.categories.clone());
    let category = category.value(&page.form.category).required().told(page.told);
    let known = page.form.person(0).id.is_some();
    html! {
        div.columns {
            @if fresh(page) && known { (category.focus()) } @else { (category) }
            (text("claim", "请求").value(&page.form.claim).required().hint("一句话：希望法院做什么").told(page.told))
        }
        (cases(page))
        (textarea("summary", "事实和理由", 4).value(&page.form.summary).hint("按来访人的话记；没有更多的可以不填").told(page.told))
    }
}

fn cases(page: &FormPage<'_>) -> Markup {
    let row = |row: usize, number: &str, why: &str, told: &Complaints| {
        let is_wrong = wrong_case(told, row);
        html! {
            (text("case_number", "案号").row(row).value(number).told(told))
            @if let Some(proposed) = page.form.case_proposal(row, page.now).filter(|_| is_wrong) {
                p { button name="go" value=(Go::FixCase(row).value()) data-skip { "改为 " (proposed) } }
            }
            @if is_wrong || !why.is_empty() {
                (text("case_reason", "案号无法核对的原因").row(row).value(why).hint("填写后按“未核实”保存").told(told))
            } @else { (hidden("case_reason", "")) }
        }
    };
    let form = page.form;
    let whys = form.case_reason.iter().map(String::as_str).chain(std::iter::repeat(""));
    let rows = form.case_number.iter().zip(whys).enumerate();
    let rows: Vec<Markup> = rows.map(|(at, (number, why))| row(at, number, why, page.told)).collect();
    let blank = html! { (text("case_number", "案号").row(0)) (hidden("case_reason", "")) };
    html! { (repeat("case", "涉及的案件", rows, blank).one("案件").add_label("再加一个案号").most(20)) }
}

fn wrong_case(told: &Complaints, row: usize) -> bool {
    told.about(&format!("case_number.{row}")).next().is_some()
}

fn said(page: &FormPage<'_>) -> Markup {
    let field = textarea("summary", "这次反映了什么", 4).value(&page.form.summary).required().told(page.told);
    html! { @if fresh(page) { (field.focus()) } @else { (field) } }
}

fn more(page: &FormPage<'_>) -> Markup {
    let inside = [
        "happened_at",
        "case_stage",
        "division",
        "complained",
        "handed_in",
        "outside_number",
        "heard_level",
        "heard_body",
        "heard_on",
        "heard_manner",
        "heard_source",
    ];
    let new = page.about.is_none();
    html! {
        details.more open[wrong(page.told, &inside)] {
            summary { "更多 " span.soft { "时间、递交的材料、涉及的庭室和人员、曾在何处反映" } }
            div.columns {
                (datetime("happened_at", "时间").value(&page.form.happened_at).hint("不填，就是现在").told(page.told))
                (text("outside_number", "来文编号").value(&page.form.outside_number).hint("网上信访或上级交办的编号").told(page.told))
            }
            @if new { (about(page)) }
            (textarea("handed_in", "递交的材料", 2).value(&page.form.handed_in).hint("例如 申诉状 1 份、判决书复印件 1 份").told(page.told))
            (heard(page))
        }
    }
}

/// What only an assignment from above has.
fn above(page: &FormPage<'_>) -> Markup {
    let inside = ["sender", "sender_kind", "dated_on", "due_on", "demand"];
    let assigned = page.form.channel == Channel::Assigned.code();
    html! {
        details.more open[assigned || wrong(page.told, &inside)] {
            summary { "上级交办 " span.soft { "来访方式是“交办”的：交办机关、期限和要求" } }
            (assignments::pages::fields(&page.form.from_above(), page.told, true))
        }
    }
}

fn about(page: &FormPage<'_>) -> Markup {
    let stages = std::iter::once(("", "按案号和类别推断"))
        .chain(CaseStage::ALL.iter().map(|stage| (stage.code(), stage.label())));
    let divisions = std::iter::once((String::new(), "不涉及或不清楚".to_owned()))
        .chain(page.choices.divisions.iter().map(|(id, name)| (id.to_string(), name.clone())));
    let staff = |row: usize, value: &str, told: &Complaints| {
        let groups = page.choices.staff.iter().map(|(division, people)| {
            (
                division.clone(),
                people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect::<Vec<_>>(),
            )
        });
        html! { (select_grouped("complained", "反映的人员", groups).row(row).value(value).told(told)) }
    };
    let complained = &page.form.complained;
    let rows = complained.iter().enumerate().map(|(row, id)| staff(row, id, page.told)).collect();
    html! {
        div.columns {
            (select("case_stage", "案件阶段", stages).value(&page.form.case_stage).told(page.told))
            (select("division", "涉及庭室", divisions).value(&page.form.division).told(page.told))
        }
        (repeat("complained", "反映本院人员的", rows, staff(0, "", &Complaints::default())).one("人员").add_label("再加一人").most(20)
            .below(html! { span.hint { " 被反映的人看不到这件事项，由监察部门负责。" } }))
    }
}

fn heard(page: &FormPage<'_>) -> Markup {
    let row = |row: usize, form: &IntakeForm, told: &Complaints| {
        let of = |list: &[String]| list.get(row).cloned().unwrap_or_default();
        let levels = std::iter::once(("", "没有或不清楚"))
            .chain(HeardLevel::ALL.iter().map(|v| (v.code(), v.label())));
        html! {
            div.columns {
                (select("heard_level", "层级", levels).row(row).value(of(&form.heard_level)).told(told))
                (text("heard_body", "单位").row(row).value(of(&form.heard_body)).told(told))
                (select("heard_manner", "方式", HeardManner::ALL.iter().map(|v| (v.code(), v.label()))).row(row)
                    .value(chosen_or(&of(&form.heard_manner), HeardManner::InPerson.code())).told(told))
                (date("heard_on", "日期").row(row).value(of(&form.heard_on)).told(told))
                (select("heard_source", "来源", HeardSource::ALL.iter().map(|v| (v.code(), v.label()))).row(row)
                    .value(chosen_or(&of(&form.heard_source), HeardSource::Visitor.code())).told(told))
            }
        }
    };
    let rows = (0..page.form.heard_level.len().max(1)).map(|at| row(at, page.form, page.told)).collect();
    let blank = row(0, &IntakeForm::default(), &Complaints::default());
    html! { (repeat("heard", "曾在何处反映", rows, blank).one("第").add_label("再加一处").most(20)) }
}

fn chosen_or(chosen: &str, usual: &str) -> String {
    if chosen.is_empty() { usual.to_owned() } else { chosen.to_owned() }
}

fn screening(page: &FormPage<'_>) -> Markup {
    let form = page.form;
    let mut ways = vec![
        ("undecided", "以后再定"),
        ("accepted", "作为信访事项受理"),
        ("in_litigation", "转入诉讼程序"),
        ("answered", "当场答复"),
    ];
    if !page.choices.guidance.is_empty() {
        ways.push(("not_this_court", "不属于本院职权，指引到别处"));
    }
    let value = if form.screening.is_empty() { "undecided" } else { &form.screening };
    let reasons = page.choices.guidance.iter().map(|reason| (reason.code.clone(), reason.name.clone()));
    let tracks = Track::ALL.iter().map(|track| (track.code(), track.label()));
    html! {
        details.more open[value != "undecided" || wrong(page.told, &["screening", "track", "track_from", "guidance", "authority", "answer"])] {
            summary { "现在就甄别 " span.soft { "不选，以后再定" } }
            (select("screening", "甄别", ways).value(value).told(page.told))
            (select("track", "诉讼程序", tracks).value(&form.track).hint("转入诉讼程序时选").told(page.told))
            (date("track_from", "程序期限从哪一天起算").value(&form.track_from)
                .hint("转入诉讼程序时填：收到材料、立案或者送达裁判的那一天；不填就是今天").told(page.told))
            (textarea("answer", "答复内容", 2).value(&form.answer).hint("当场答复时填，会记入事项并印在回执上").told(page.told))
            @if page.choices.guidance.is_empty() {
                p.hint { "指引到其他机关，要先由安全管理员启用指引渠道并写明法律依据。" }
            } @else {
                div.columns {
                    (select("guidance", "理由", reasons).value(&form.guidance).hint("指引到别处时选").told(page.told))
                    (text("authority", "有权处理的机关").value(&form.authority).told(page.told))
                }
            }
        }
    }
}

fn held(file: &DraftFile) -> Markup {
    let size = file_size(u64::try_from(file.size_bytes).unwrap_or_default());
    html! {
        span { (file.name) " " span.soft { (file.kind.label()) "，" (size) } }
        button.quiet name="go" value=(Go::DropFile(file.id).value()) data-skip { "移除" span.unseen { "：" (file.name) } }
    }
}

fn papers(page: &FormPage<'_>) -> Markup {
    html! {
        details.more open[!page.files.is_empty() || wrong(page.told, &["papers"])] {
            summary { "附件 " span.soft { "扫描件、照片；也可以登记以后在事项页上传" } }
            @if !page.files.is_empty() {
                p { "已经收下，登记时一并存入：" }
                ul.plain.held { @for file in page.files { li { (held(file)) } } }
            }
            (file("papers", if page.files.is_empty() { "附件" } else { "再加附件" }, "image/*,.pdf,.doc,.docx,.xls,.xlsx", true)
                .told(page.told))
            p { button name="go" value=(Go::KeepFiles.value()) data-skip { "先上传附件" } }
        }
    }
}

//! One matter: what it is, what is owed next and by whom, who takes part, what happened.

use super::list::due_cell;
use crate::accountability;
use crate::assignments;
use crate::call_backs;
use crate::deadlines::{Clock, Rule};
use crate::enforcement;
use crate::entries::urls as entries;
use crate::escalation;
use crate::instructions;
use crate::links;
use crate::matters::forms::ScreenForm;
use crate::matters::stages::{Event, Relation};
use crate::matters::types::{EntryId, HeardManner, Matter, Part, ReplyManner, Stage, TimelineEntry, Track};
use crate::matters::urls;
use crate::matters::views::Detail;
use crate::people::StaffId;
use crate::replies;
use crate::reviews;
use crate::supervision;
use crate::time::Moment;
use crate::web::form::{Complaints, PostForm, date, file, radios, select, text, textarea};
use crate::web::{Frame, formats, light};
use chrono::NaiveDate;
use maud::{Markup, html};
use std::collections::HashSet;

/// What the page is drawn from.
pub struct DetailPage<'a> {
    pub detail: &'a Detail,
    pub today: NaiveDate,
    pub may_register: bool,
    /// The screening form, where the person may decide and nothing is decided yet.
    pub screening: Option<(&'a ScreenForm, &'a Complaints)>,
    pub may_attach: bool,
    /// What this person may do to it now.
    pub events: &'a [Event],
    pub me: Option<StaffId>,
}

pub fn detail(frame: &Frame, page: &DetailPage) -> Markup {
    let matter = &page.detail.listed.matter;
    let title = matter.number.clone();
    let mut titled = frame.titled(&title, "matter#head").back(urls::MATTERS, "信访事项台账");
    if page.may_register {
        titled = titled.action(html! { a.button.primary href=(urls::again(matter.id)) { "登记再次来访" } });
    }
    titled.body(html! {
        (head(page))
        (acts(page))
        div.two {
            div {
                @if let Some((form, complaints)) = page.screening { (screening(frame, page, form, complaints)) }
                (what(page))
                h2 id="timeline" { "经过" }
                (timeline(page))
            }
            div {
                (next(page))
                (escalation::pages::matter_box(&page.detail.escalation))
                (assignments::pages::matter_box(&page.detail.assignments))
                (replies::pages::matter_box(&page.detail.reply_versions))
                (reviews::pages::matter_box(&page.detail.reviews))
                (call_backs::pages::matter_box(&page.detail.askings))
                (links::pages::matter_box(&page.detail.links))
                (enforcement::pages::matter_box(&page.detail.enforcement))
                (supervision::pages::matter_box(&page.detail.supervision))
                (instructions::pages::matter_box(&page.detail.instructions))
                @if let Some(data) = &page.detail.accountability { (accountability::matter_box(data)) }
                (people(page))
                (cases(page))
                (contacts(page))
                (heard(page))
                (papers(frame, page))
            }
        }
    })
}

/// One line that says which matter a form is about.
pub fn head_line(matter: &Matter) -> Markup {
    html! { p.lead { (matter.number) "　" (matter.petitioner_line) "：" (matter.claim) } }
}

/// What this person may do to it now, each a page of its own.
fn acts(page: &DetailPage) -> Markup {
    let matter = &page.detail.listed.matter;
    let shown = page.events.iter().filter(|event| **event != Event::Screen);
    html! {
        @if page.events.iter().any(|event| *event != Event::Screen) {
            nav.acts aria-label="可以办理的事" {
                @for event in shown { a.button href=(urls::event(matter.id, *event)) { (event.label()) } }
            }
        }
    }
}

fn head(page: &DetailPage) -> Markup {
    let (detail, matter) = (page.detail, &page.detail.listed.matter);
    html! {
        p.lead { (matter.petitioner_line) "：" (matter.claim) }
        dl.facts.strip {
            div { dt { "阶段" } dd { (matter.stage.label()) @if let Some(reason) = matter.close_reason { "（" (reason.label()) "）" } } }
            @if let Some(track) = matter.track() { div { dt { "诉讼程序" } dd { (track.label()) } } }
            div { dt { "责任人" } dd { (detail.listed.accountable) } }
            @for (part, name) in &detail.hands { div { dt { (part.label()) } dd { (name) } } }
            div { dt { "主管领导" } dd { (detail.supervising.as_deref().unwrap_or("—")) } }
            div { dt { "首问责任人" } dd { (detail.first_receiver) } }
            div { dt { "下一时限" } dd { (due_cell(detail.listed.due.as_ref())) } }
        }
    }
}

/// What is owed next, by whom, and why that date.
fn next(page: &DetailPage) -> Markup {
    let open: Vec<&(Clock, Rule)> = page.detail.clocks.iter().filter(|(clock, _)| clock.is_open()).collect();
    html! {
        section.box.next aria-labelledby="next" {
            h2 id="next" { "接下来" }
            @if open.is_empty() {
                p { "没有在走的时限。" }
            } @else {
                ul.plain {
                    @for (clock, rule) in open {
                        li {
                            strong { (rule.name) } "：" (formats::date(clock.due_on)) "前"
                            @if clock.provisional { " " span.tag.warn { "暂定" } }
                            br;
                            span.soft { (rule.resting_on()) "　" }
                            a href=(urls::clock(clock.id)) { "为什么是这一天" }
                        }
                    }
                }
            }
            p.soft { "由" (page.detail.listed.accountable) "负责。" a href=(crate::deadlines::urls::of_matter(page.detail.listed.matter.id)) { "全部时限与调整" } }
        }
    }
}

fn what(page: &DetailPage) -> Markup {
    let matter = &page.detail.listed.matter;
    html! {
        section {
            h2 { "反映的问题" }
            @if matter.track().is_some() || page.detail.replies.iter().any(|reply| reply.manner == ReplyManner::GuidanceSheet) {
                p { a href={ (urls::matter(matter.id)) "/guidance-sheet" } { "打印指引单" } }
            }
            dl.facts {
                dt { "诉求类别" } dd { (page.detail.listed.category) }
                dt { "案件阶段" } dd { (matter.case_stage.label()) }
                @if let Some(division) = &page.detail.division { dt { "涉及庭室" } dd { (division) } }
                @if !page.detail.complained_of.is_empty() {
                    dt { "被反映人" } dd { (page.detail.complained_of.join("、")) " " span.tag.warn { "本人看不到此件" } }
                }
            }
            p { (matter.summary) }
            @for reply in &page.detail.replies {
                div.box { h3 { (reply.manner.label()) "答复　" (formats::short_moment(Moment::from_utc(reply.given_at))) } p.keep-lines { (reply.text) } }
            }
        }
    }
}

fn timeline(page: &DetailPage) -> Markup {
    let entries = &page.detail.timeline;
    let corrected: HashSet<EntryId> = entries.iter().filter_map(|entry| entry.corrects_id).collect();
    let may_record = page.events.contains(&Event::Note);
    html! {
        ol.timeline {
            @for entry in entries {
                li id={ "e" (entry.id) } data-kind=(entry.kind.code()) {
                    p.soft {
                        (formats::short_moment(Moment::from_utc(entry.at))) "　" (entry.kind.label()) "　" (entry.staff_name)
                        @if let Some(old) = entry.corrects_id { "　" a href={ "#e" (old) } { "更正哪一条" } }
                        @if corrected.contains(&entry.id) { " " span.tag.warn { "已更正" } }
                        @if may_record && may_correct(page, entry) {
                            "　" a href=(entries::correct(page.detail.listed.matter.id, entry.id)) { "更正" }
                        }
                    }
                    p { (entry.text) }
                }
            }
        }
    }
}

/// One's own entries, and a petition officer's any.
fn may_correct(page: &DetailPage, entry: &TimelineEntry) -> bool {
    let found = &page.detail.found;
    found.relations.contains(&Relation::Officer) || entry.staff_id.is_some() && entry.staff_id == page.me
}

fn people(page: &DetailPage) -> Markup {
    html! {
        section.box {
            h2 { "信访人" }
            ul.plain {
                @for (participant, petitioner) in &page.detail.people {
                    li {
                        a href=(urls::petitioner(petitioner.survivor())) { (petitioner.name_shown()) }
                        @if participant.part != Part::Petitioner { " " span.tag { (participant.part.label()) } }
                        @for care in petitioner.cares(page.today) { " " span.tag.strong { (care.label()) } }
                        @if !participant.relation.is_empty() { br; span.soft { (participant.relation) } }
                        @if let Some(phone) = &petitioner.phone_masked { br; span.soft { "电话 " (phone) } }
                    }
                }
            }
            p.soft { "共 " (page.detail.listed.matter.people_count) " 人。证件、电话、住址点开姓名后凭事由查看。" }
        }
    }
}

fn cases(page: &DetailPage) -> Markup {
    html! {
        @if !page.detail.cases.is_empty() {
            section.box {
                h2 { "案件" }
                ul.plain {
                    @for case in &page.detail.cases {
                        li {
                            (case.number)
                            @if !case.verified { " " span.tag.warn { "未核实" } span.soft { (case.reason.as_deref().unwrap_or("")) } }
                        }
                    }
                }
            }
        }
    }
}

fn contacts(page: &DetailPage) -> Markup {
    html! {
        section.box {
            h2 { "来访来信（" (page.detail.listed.matter.contact_count) "次）" }
            ul.plain {
                @for contact in &page.detail.contacts {
                    li {
                        "第" (contact.nth) "次　" (contact.channel.label()) "　"
                        (formats::short_moment(Moment::from_utc(contact.happened_at)))
                        @if let Some(days) = contact.interval_days { "　" span.soft { "距上次 " (days) " 天" } }
                        @if contact.is_group() { " " span.tag.warn { "集体访 " (contact.people_count) " 人" } }
                        @if !contact.handed_in.is_empty() { br; span.soft { "递交：" (contact.handed_in) } }
                        br;
                        a href=(urls::receipt(contact.id)) { "回执" }
                    }
                }
            }
        }
    }
}

fn heard(page: &DetailPage) -> Markup {
    html! {
        @if !page.detail.heard_at.is_empty() {
            section.box {
                h2 { "曾在何处反映" }
                ul.plain {
                    @for heard in &page.detail.heard_at {
                        li {
                            (heard.level.label()) " " (heard.body) "　" (heard.manner.label())
                            @if let Some(on) = heard.heard_on { "　" (formats::date(on)) }
                            br; span.soft { (heard.source.label()) @if heard.refuted { "，查无此事" } }
                            @if heard.manner == HeardManner::Video { span.soft { "　视频接访不算外出反映" } }
                        }
                    }
                }
            }
        }
    }
}

fn papers(frame: &Frame, page: &DetailPage) -> Markup {
    let matter = &page.detail.listed.matter;
    html! {
        section.box {
            h2 { "材料" }
            @if page.detail.attachments.is_empty() { p.soft { "还没有上传材料。" } }
            ul.plain {
                @for paper in &page.detail.attachments {
                    li {
                        a href=(urls::attachment(paper.id.0)) { (paper.name) }
                        " " span.soft { (formats::file_size(u64::try_from(paper.size_bytes).unwrap_or(0))) "　" (formats::short_moment(Moment::from_utc(paper.uploaded_at))) }
                    }
                }
            }
            @if page.may_attach {
                (PostForm::to(&urls::attach(matter.id), &frame.csrf).multipart().body(html! {
                    (file("paper", "上传材料", "image/*,.pdf,.doc,.docx,.xls,.xlsx,.txt", true)
                        .hint("可以选择多个文件，也可以把照片或扫描件拖到这里。"))
                    button { "上传" }
                }))
            }
        }
    }
}

fn screening(frame: &Frame, page: &DetailPage, form: &ScreenForm, complaints: &Complaints) -> Markup {
    let matter = &page.detail.listed.matter;
    let decisions = [
        ("accepted", "受理，作为信访事项办理"),
        ("in_litigation", "转入诉讼程序"),
        ("not_this_court", "不属于本院职权，出具指引单"),
        ("answered", "当场答复"),
    ];
    let tracks = std::iter::once(("", "请选择")).chain(Track::ALL.iter().map(|t| (t.code(), t.label())));
    html! {
        section.box aria-labelledby="screening" {
            h2 id="screening" { "甄别（诉访分离）" }
            (enforcement::pages::closing_hint(page.detail.enforcement.closing_hint().as_deref()))
            (complaints.summary())
            (PostForm::to(&urls::screen(matter.id), &frame.csrf).body(html! {
                (complaints.version("version", matter.version, form.version))
                (radios("decision", "甄别结果", decisions).value(&form.decision).told(complaints))
                (select("track", "诉讼程序（转入诉讼程序时填）", tracks).value(&form.track).told(complaints))
                (date("track_from", "程序期限从哪一天起算").value(&form.track_from).told(complaints)
                    .hint("收到材料、立案或者送达裁判的那一天；不填就是今天"))
                (text("authority", "应当向哪个机关反映（不属于本院职权时填）").value(&form.authority).told(complaints))
                (textarea("guidance", "指引内容：地址、电话、办理程序", 2).value(&form.guidance).told(complaints))
                @if !page.detail.guidance.is_empty() {
                    details.more { summary { "可引用的指引理由" }
                        ul { @for reason in &page.detail.guidance { li { (reason.name) "：" (reason.channel) "（" (reason.legal_source) "）" } } }
                    }
                }
                (textarea("answer", "答复内容（当场答复时填）", 3).value(&form.answer).told(complaints))
                button.primary { "确定甄别结果" }
            }))
            @if matter.stage == Stage::Registered { p.soft { (light::unlit("尚未甄别")) } }
        }
    }
}

//! The forms that pause a clock, let it go on, extend it, and ask for an extension.

use crate::deadlines::forms::{ExtendForm, PauseForm, ResumeForm};
use crate::deadlines::pauses;
use crate::deadlines::types::{Approver, Standing};
use crate::deadlines::urls;
use crate::deadlines::views::Shown;
use crate::matters::Matter;
use crate::web::form::{Choice, Complaints, PostForm, date, number, radios, text, textarea};
use crate::web::{Frame, formats};
use maud::{Markup, html};

/// A clock, its matter, and what was wrong with the form.
pub struct ChangePage<'a> {
    pub matter: &'a Matter,
    pub shown: &'a Shown,
    pub complaints: &'a Complaints,
}

impl ChangePage<'_> {
    fn draw(&self, frame: &Frame, what: &str, help: &str, form: Markup) -> Markup {
        let (clock, rule) = (&self.shown.history.clock, &self.shown.history.rule);
        let title = format!("{what}：{}", rule.name);
        frame.titled(&title, help).back(urls::of_matter(self.matter.id), "全部时限").narrow().body(html! {
            (self.complaints.summary())
            dl.facts {
                dt { "事项" } dd { (self.matter.number) "　" (self.matter.petitioner_line) }
                dt { "现在的到期日" } dd { strong { (formats::date(clock.due_on)) } }
                dt { "起算" } dd { (rule.trigger_event.label()) "，" (formats::date(clock.starts_on)) }
                dt { "依据" } dd { (rule.basis) " " span.tag { (rule.status.label()) } }
                @if self.complaints.is_stale() {
                    dt { "刚才的变动" } dd { a href=(urls::clock(clock.id)) { "看期限是怎样推算出来的" } }
                }
            }
            (form)
        })
    }

    fn cancel(&self) -> Markup {
        html! { a href=(urls::of_matter(self.matter.id)) { "取消" } }
    }

    /// The form that pauses it.
    pub fn pause(&self, frame: &Frame, form: &PauseForm) -> Markup {
        let (told, id) = (self.complaints, self.shown.history.clock.id);
        let reasons = pauses::grounds(self.shown.history.clock.code).map(|ground| Choice {
            value: ground.reason.code().to_owned(),
            label: ground.reason.label().to_owned(),
            hint: Some(ground.basis.to_owned()),
        });
        let form = PostForm::to(&urls::pause(id), &frame.csrf).class("stacked").enter_next().body(html! {
            (told.version("seen", self.shown.seen().0, form.seen))
            (radios("reason", "事由", reasons).value(&form.reason).required().told(told))
            (date("from", "从哪一天起不计入").value(&form.from).required().told(told))
            (date("until", "最迟从哪一天起恢复").hint("到这一天自动恢复。到期日先按中止到这一天推算，提前恢复的重新推算。").value(&form.until).required().told(told))
            (textarea("note", "理由", 3).hint("例如委托了哪家机构鉴定、缺什么材料。写入经过，并且留痕。").value(&form.note).required().told(told))
            div.actions { button.primary { "中止计算" } (self.cancel()) }
        });
        self.draw(frame, "中止计算", "clocks#pause", form)
    }

    /// The form that lets it go on.
    pub fn resume(&self, frame: &Frame, form: &ResumeForm) -> Markup {
        let (told, id) = (self.complaints, self.shown.history.clock.id);
        let form = PostForm::to(&urls::resume(id), &frame.csrf).enter_next().body(html! {
            (told.version("seen", self.shown.seen().0, form.seen))
            @if let Standing::Paused { reason, to } = self.shown.standing {
                p { "中止事由：" (reason.label()) "。没有提前恢复的，自" (formats::plain_date(to)) "起自动恢复。" }
            }
            (date("on", "从哪一天起恢复计算").hint("这一天开始计入。").value(&form.on).required().told(told))
            (textarea("note", "理由", 3).hint("例如鉴定意见何时收到。").value(&form.note).required().told(told))
            div.actions { button.primary { "恢复计算" } (self.cancel()) }
        });
        self.draw(frame, "恢复计算", "clocks#pause", form)
    }

    /// The form that extends it at once.
    pub fn extend(&self, frame: &Frame, form: &ExtendForm) -> Markup {
        let (told, id) = (self.complaints, self.shown.history.clock.id);
        let by_sender = self.shown.history.rule.extension_by == Some(Approver::Sender);
        let form = PostForm::to(&urls::extend(id), &frame.csrf).enter_next().body(html! {
            (told.version("seen", self.shown.seen().0, form.seen))
            (self.once())
            (self.days(form))
            @if by_sender { (sender_field(&form.sender, told)) }
            (textarea("note", "延期理由", 3).value(&form.note).required().told(told))
            div.actions { button.primary { "决定延期" } (self.cancel()) }
        });
        self.draw(frame, "延期", "clocks#extend", form)
    }

    /// The form that asks for an extension.
    pub fn ask(&self, frame: &Frame, form: &ExtendForm) -> Markup {
        let (told, id) = (self.complaints, self.shown.history.clock.id);
        let approver = self.shown.history.rule.extension_by.map_or("", Approver::label);
        let form = PostForm::to(&urls::ask(id), &frame.csrf).enter_next().body(html! {
            (told.version("seen", self.shown.seen().0, form.seen))
            p { "由" (approver) "批准。批准以前，期限照常计算；期限届满前没有批准的，不能再延期。" }
            (self.once())
            (self.days(form))
            (textarea("note", "延期理由", 3).value(&form.note).required().told(told))
            div.actions { button.primary { "提交申请" } (self.cancel()) }
        });
        self.draw(frame, "申请延期", "clocks#extend", form)
    }

    fn once(&self) -> Markup {
        html! {
            p {
                "只能延期一次。"
                @if self.shown.history.rule.extension_told { "批准后须将延期理由告知信访人。" }
            }
        }
    }

    fn days(&self, form: &ExtendForm) -> Markup {
        let latest = self.shown.latest.map(|day| format!("，即到{}", formats::date(day)));
        let hint = format!("最多{}日{}。", self.shown.most_days, latest.unwrap_or_default());
        html! { (number("days", "延长多少日").hint(hint).value(&form.days).required().told(self.complaints)) }
    }
}

/// Where the body that sent the matter decides: its letter.
pub fn sender_field(value: &str, told: &Complaints) -> Markup {
    html! {
        (text("sender", "交办机关及文号").hint("例如：市中级人民法院，平中法办〔2026〕12号函").value(value).told(told))
    }
}

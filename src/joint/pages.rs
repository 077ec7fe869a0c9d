//! The forms: whom to ask for help, who decided the case.

use super::forms::HandForm;
use crate::matters::pages::head_line;
use crate::matters::stages::Event;
use crate::matters::{Matter, urls};
use crate::people::StaffId;
use crate::people::types::Staff;
use crate::web::Frame;
use crate::web::form::{Complaints, PostForm, hidden, post_button, select, textarea};
use maud::{Markup, html};

/// What both forms are drawn from.
pub struct HandPage<'a> {
    pub matter: &'a Matter,
    pub candidates: &'a [Staff],
    /// Those who help now, and with what.
    pub helpers: &'a [(StaffId, String, String)],
    pub form: &'a HandForm,
    pub complaints: &'a Complaints,
}

fn people<'a>(page: &'a HandPage<'a>) -> impl Iterator<Item = (String, String)> + 'a {
    let none = (String::new(), "请选择".to_owned());
    let one = |staff: &Staff| (staff.id.to_string(), format!("{}（{}）", staff.name, staff.post.label()));
    std::iter::once(none).chain(page.candidates.iter().map(one))
}

pub fn ask_help(frame: &Frame, page: &HandPage) -> Markup {
    let here = urls::event(page.matter.id, Event::AskHelp);
    titled(
        frame,
        page,
        Event::AskHelp,
        html! {
            @if !page.helpers.is_empty() {
                h2 { "正在协办" }
                ul.plain {
                    @for (id, name, task) in page.helpers {
                        li {
                            (name) "：" (task) " "
                            (post_button(&frame.csrf, &format!("{here}/end"), "结束协办", html! {
                                (hidden("version", page.matter.version)) (hidden("staff", id))
                            }))
                        }
                    }
                }
            }
            (page.complaints.summary())
            (PostForm::to(&here, &frame.csrf).body(html! {
                (page.complaints.version("version", page.matter.version, page.form.version))
                (select("staff", "请谁协办", people(page)).value(&page.form.staff).told(page.complaints))
                (textarea("task", "请对方做什么", 3).value(&page.form.task).told(page.complaints))
                p.soft { "协办人可以看到这件事项并记录经过，责任人不变。" }
                button.primary { "请求协办" }
            }))
        },
    )
}

pub fn case_judge(frame: &Frame, page: &HandPage) -> Markup {
    titled(
        frame,
        page,
        Event::NameCaseJudge,
        html! {
            (page.complaints.summary())
            (PostForm::to(&urls::event(page.matter.id, Event::NameCaseJudge), &frame.csrf).body(html! {
                (page.complaints.version("version", page.matter.version, page.form.version))
                (select("staff", "原案由谁承办", people(page)).value(&page.form.staff).told(page.complaints))
                (textarea("excuse", "由其继续承办的理由（现在就由其承办时才填）", 2).value(&page.form.excuse).told(page.complaints))
                p.soft { "登记以后，不能把这件信访转给原案承办人办理，除非信访专干写明理由。被反映的人员请在登记时填写，他们看不到此件。" }
                button.primary { "登记" }
            }))
        },
    )
}

pub fn complained(frame: &Frame, page: &HandPage) -> Markup {
    titled(
        frame,
        page,
        Event::NameComplained,
        html! {
            p { "信访人后来反映本院人员违纪违法、作风问题的，在这里登记。登记以后：" }
            ul {
                li { "被反映的人看不到这件事项，他经手的部分转给监察；" }
                li { "事项按检举控告办理，由监察负责，除监察、院长和最先登记的人以外，其他人也不再看到；" }
                li { "各项期限照常计算。登记不能撤销，请先核对姓名。" }
            }
            (page.complaints.summary())
            (PostForm::to(&urls::event(page.matter.id, Event::NameComplained), &frame.csrf).body(html! {
                (page.complaints.version("version", page.matter.version, page.form.version))
                (select("staff", "反映的是谁", people(page)).value(&page.form.staff).told(page.complaints))
                (textarea("task", "反映了什么", 3).value(&page.form.task).told(page.complaints))
                button.primary { "登记，转监察办理" }
            }))
        },
    )
}

fn titled(frame: &Frame, page: &HandPage, event: Event, body: Markup) -> Markup {
    frame
        .titled(event.label(), "life#joint")
        .back(urls::matter(page.matter.id), &page.matter.number)
        .body(html! { (head_line(page.matter)) (body) })
}

use super::rules::{Group, may_send_again};
use super::urls;
use crate::mail::{ChannelState, Health, Listed, MailState};
use crate::time::Moment;
use crate::web::form::{Complaints, post_button, post_form, select, text};
use crate::web::formats::{ago, short_moment};
use crate::web::table::filters;
use crate::web::{Column, Frame, Paging, Row, Table};
use maud::{Markup, html};

/// The list and what stands above it.
pub struct MailPage<'a> {
    pub health: &'a Health,
    pub group: Group,
    pub mails: &'a [Listed],
    pub paging: Paging,
    /// Whether this person sees subjects and may send again.
    pub may_manage: bool,
    pub now: Moment,
    /// What was typed as the test mail's address.
    pub address: &'a str,
    pub complaints: &'a Complaints,
}

pub fn list(frame: &Frame, page: &MailPage) -> Markup {
    frame.titled("邮件", "mail").body(html! {
        (page.complaints.summary())
        (channel(frame, page.health, page.now))
        (filters(urls::LIST, html! {
            (select("state", "发送状态", Group::ALL.iter().map(|g| (g.code(), g.label())))
                .value(page.group.code()))
        }))
        (mails(frame, page).draw())
        (test_form(frame, page.address, page.complaints))
    })
}

/// How the mail server treats us, in words; with the button to try again.
fn channel(frame: &Frame, health: &Health, now: Moment) -> Markup {
    let trouble = health.alarming || health.channel != ChannelState::Open;
    html! {
        section class=(if trouble { "alert" } else { "box" }) {
            h2 { "邮件通道：" (if health.silent { "发送程序没有运行" } else { health.channel.label() }) }
            @if health.silent {
                p { "已有十分钟以上没有收到发送程序的消息。请联系系统管理员检查服务是否在运行、设置项 mail.transport 是否为 none。" }
            }
            @if health.channel != ChannelState::Open {
                p {
                    @if let Some(since) = health.since { "从 " (short_moment(since)) " 起；" }
                    @if let Some(reply) = &health.last_reply { "最后一次结果：" (reply) }
                }
                p {
                    "邮件都还在队列里，没有丢失。"
                    @if let Some(retry_at) = health.retry_at { "下次自动重试：" (short_moment(retry_at)) "。" }
                    @if health.channel == ChannelState::Refused { "请系统管理员检查邮件服务器的地址、用户名和密码。" }
                }
                (post_button(&frame.csrf, urls::RETRY, "立即重试", html! {}))
            }
            p {
                "排队 " (bounded(health.waiting)) " 封，未送达 "
                a href=(urls::group(Group::GivenUp)) { (bounded(health.given_up)) " 封" } "。"
                @if let Some(sent) = health.last_sent_at { "最近一次发出：" (ago(sent, now)) "。" }
            }
        }
    }
}

fn bounded(count: i64) -> String {
    if count >= 1_000 { "1,000+".to_owned() } else { count.to_string() }
}

fn mails(frame: &Frame, page: &MailPage) -> Table {
    let mut columns = vec![Column::new("写成").class("tight"), Column::new("收件地址")];
    columns.push(Column::new("种类").class("tight"));
    if page.may_manage {
        columns.push(Column::new("主题").class("wide"));
    }
    columns.extend([Column::new("状态").class("tight"), Column::new("经过").class("wide")]);
    if page.may_manage {
        columns.push(Column::new("办理").class("tight"));
    }
    Table::new("邮件", columns)
        .rows(page.mails.iter().map(|mail| row(frame, mail, page.may_manage)))
        .paging(page.paging.clone())
        .empty(html! { p { "这里没有邮件。系统要通知某人时，邮件会自动出现在这里；也可以在下面发一封测试邮件。" } })
}

fn row(frame: &Frame, mail: &Listed, may_manage: bool) -> Row {
    let mut row = Row::plain()
        .cell(short_moment(Moment::from_utc(mail.created_at)))
        .cell(&mail.recipient)
        .cell(mail.kind.label());
    if may_manage {
        row = row.cell(mail.subject.as_deref().unwrap_or(""));
    }
    row = row.cell(html! { span class=(tone(mail.state)) { (mail.state.label()) } });
    row = row.cell(story(mail));
    if may_manage {
        row = row.cell(html! {
            @if may_send_again(mail.state) {
                (post_button(&frame.csrf, &urls::again(mail.id), "重新发送", html! {}))
            }
        });
    }
    row
}

fn tone(state: MailState) -> &'static str {
    match state {
        MailState::Sent => "tag strong",
        MailState::Queued | MailState::Sending | MailState::Withdrawn => "tag",
        MailState::Failing | MailState::Unknown => "tag warn",
        MailState::GivenUp => "tag late",
    }
}

/// What has happened to it, in a line.
fn story(mail: &Listed) -> Markup {
    let at = |utc| short_moment(Moment::from_utc(utc));
    html! {
        @match (mail.state, mail.sent_at, mail.next_attempt_at) {
            (MailState::Sent, Some(sent), _) => { (at(sent)) " 发出" },
            (MailState::Queued, _, Some(next)) if mail.attempts == 0 => { (at(next)) " 起发送" },
            (_, _, Some(next)) => { "第 " (mail.attempts) " 次；下次 " (at(next)) },
            _ => { "共尝试 " (mail.attempts) " 次" },
        }
        @if mail.state != MailState::Sent {
            @if let Some(reply) = &mail.last_reply { "；" (reply) }
        }
    }
}

fn test_form(frame: &Frame, address: &str, complaints: &Complaints) -> Markup {
    html! {
        section.box {
            h2 { "发一封测试邮件" }
            (post_form(&frame.csrf, urls::TEST, html! {
                (text("address", "收件地址", ).value(address).told(complaints)
                    .hint("内容固定，不含任何信访信息。发出后几秒刷新本页，看它是否“已发送”。"))
                button { "发送测试邮件" }
            }))
        }
    }
}

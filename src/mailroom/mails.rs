//! The text of the test mail.

use crate::mail::Content;
use crate::time::Moment;
use crate::web::formats::moment;
use maud::{DOCTYPE, html};

/// The test mail (测试邮件): fixed words and the moment, nothing of any matter.
pub fn test(now: Moment) -> Content {
    let sentence = format!("这是听讼系统在{}发出的测试邮件。收到它，说明邮件设置可用。", moment(now));
    let html = html! {
        (DOCTYPE)
        html lang="zh-CN" { head { meta charset="utf-8"; } body { p { (sentence) } p { "无需回复。" } } }
    };
    Content {
        subject: "听讼：测试邮件".to_owned(),
        text: format!("{sentence}\n无需回复。\n"),
        html: html.into_string(),
    }
}

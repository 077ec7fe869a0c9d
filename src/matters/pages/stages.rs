//! The table of the life of a matter, for people.

use crate::matters::stages::{Row, TABLE, To};
use crate::matters::urls;
use crate::people::Role;
use crate::web::Frame;
use maud::{Markup, html};

pub fn stages(frame: &Frame) -> Markup {
    let joined = |words: Vec<&str>| words.join("、");
    frame.titled("办理流程", "life#stages").back(urls::MATTERS, "信访事项台账").body(html! {
        p { "一件事项在哪个阶段可以办什么、由谁办、要什么条件、办了以后到哪个阶段，都按这张表。事项页上的按钮就是按它出现的。" }
        div.scroll tabindex="0" role="region" aria-label="办理流程表" {
            table {
                thead { tr { th scope="col" { "办理" } th scope="col" { "所在阶段" } th scope="col" { "由谁" } th scope="col" { "条件" } th scope="col" { "之后" } } }
                tbody {
                    @for row in TABLE {
                        tr {
                            th scope="row" { (row.event.label()) }
                            td { (joined(row.from.iter().map(|stage| stage.label()).collect())) }
                            td { (who(row)) }
                            td { (joined(row.guards.iter().map(|guard| guard.label()).collect())) }
                            td { (leads(row)) }
                        }
                    }
                }
            }
        }
    })
}

fn who(row: &Row) -> String {
    let posts: Vec<&str> = Role::ALL
        .iter()
        .filter(|role| role.permissions().contains(&row.permission))
        .map(|role| role.label())
        .collect();
    let posts = posts.join("、");
    if row.who.is_empty() {
        return posts;
    }
    let who: Vec<&str> = row.who.iter().map(|who| who.label()).collect();
    format!("{}（岗位：{posts}）", who.join("、"))
}

fn leads(row: &Row) -> &'static str {
    match row.to {
        To::Same => "不变",
        To::Stage(stage) => stage.label(),
        To::AsDecided => "按甄别结果",
        To::BeforeMerge => "并案前的阶段",
    }
}

//! Who calls what of the replies' pages.

mod draft;
mod finish;
mod papers;

use super::urls;
use crate::people::{Access, Permission, Routes};

pub fn routes(routes: &mut Routes) {
    let draft = Access::May(Permission::DraftReply);
    let approve = Access::May(Permission::ApproveReply);
    let close = Access::May(Permission::CloseMatter);
    routes.get(urls::APPROVALS, approve, papers::approvals);
    routes.get("/matters/{id}/reply", Access::May(Permission::ViewMatters), papers::paper);
    routes.get("/matters/{id}/draft-reply", draft, draft::page);
    routes.post("/matters/{id}/draft-reply", draft, draft::save);
    routes.post("/matters/{id}/draft-reply/keep", draft, draft::keep);
    routes.get("/matters/{id}/approve-reply", approve, papers::decide_page);
    routes.post("/matters/{id}/approve-reply", approve, papers::decide);
    routes.get("/matters/{id}/serve-reply", close, papers::serve_page);
    routes.upload("/matters/{id}/serve-reply", close, papers::serve);
    routes.get("/matters/{id}/reply-receipt", close, papers::receipt_page);
    routes.upload("/matters/{id}/reply-receipt", close, papers::receipt);
    routes.get("/matters/{id}/close", close, finish::close_page);
    routes.post("/matters/{id}/close", close, finish::close);
    routes.get("/matters/{id}/withdraw", close, finish::withdraw_page);
    routes.post("/matters/{id}/withdraw", close, finish::withdraw);
    routes.get("/matters/{id}/conclude", close, finish::conclude_page);
    routes.post("/matters/{id}/conclude", close, finish::conclude);
    routes.get("/matters/{id}/reopen", close, finish::reopen_page);
    routes.post("/matters/{id}/reopen", close, finish::reopen);
}

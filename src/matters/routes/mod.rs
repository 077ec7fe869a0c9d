//! Who calls what of the matters' pages.

mod attachments;
mod conflict;
mod detail;
mod lists;
mod screening;

pub use conflict::conflict;

use super::urls;
use crate::people::{Access, Permission, Routes};

pub fn routes(routes: &mut Routes) {
    let view = Access::May(Permission::ViewMatters);
    let export = Access::May(Permission::ExportRegister);
    routes.get(urls::MATTERS, view, lists::matters);
    routes.get(urls::MATTERS_EXPORT, export, lists::export_matters);
    routes.get(urls::CONTACTS, view, lists::contacts);
    routes.get(urls::CONTACTS_EXPORT, export, lists::export_contacts);
    routes.get(urls::SEARCH, view, lists::search_page);
    routes.post(urls::SEARCH, view, lists::search);
    routes.get(urls::STAGES, view, detail::stages);
    routes.get("/matters/{key}", view, detail::show);
    routes.get("/matters/{id}/send-for-screening", Access::May(Permission::RegisterMatter), screening::page);
    routes.post("/matters/{id}/send-for-screening", Access::May(Permission::RegisterMatter), screening::send);
    routes.post("/matters/{id}/screen", Access::May(Permission::ScreenMatter), detail::screen);
    routes.upload("/matters/{id}/attachments", Access::May(Permission::AttachPaper), attachments::attach);
    routes.get("/attachments/{id}", view, attachments::open);
}

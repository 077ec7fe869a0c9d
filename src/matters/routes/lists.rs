//! The registers, their exports, and search.

use crate::app::{App, Export};
use crate::calendar;
use crate::db::Conn;
use crate::error::Problem;
use crate::matters::forms::{ContactQuery, MatterQuery, SearchForm};
use crate::matters::pages::{self, ContactList, MatterList, SearchPage};
use crate::matters::sheets;
use crate::matters::store;
use crate::matters::types::MatterId;
use crate::matters::views::{self, Listed, Searched};
use crate::people::{self, Act, Permission, SignedIn};
use crate::saved_filters::pages::bar;
use crate::saved_filters::types::Register;
use crate::saved_filters::views::{of_register, to_save_of_contacts, to_save_of_matters};
use crate::web::listing::{Cursor, MOST_EXPORTED, PAGE};
use crate::web::{Form, Frame, Listing, Order};
use actix_web::HttpResponse;
use actix_web::web::Query;
use maud::Markup;

fn page_of(
    conn: &mut Conn,
    act: &Act,
    query: &MatterQuery,
    (after, size): (Option<Cursor<MatterId>>, i64),
) -> Result<Listing<Listed>, Problem> {
    let filter = query.filter(&act.by, &calendar::working_days(conn)?.near(act.now.today()));
    let scope = &act.by.scope;
    match (query.order(), after) {
        (Order::Newest, after) => views::newest(conn, scope, &filter, after.map(|(_, id)| id), act.now, size),
        (Order::Due, after) => {
            let after = after.and_then(|(day, id)| Some((day?, id)));
            views::by_due(conn, scope, &filter, after, act.now, size)
        }
    }
}

pub async fn matters(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<MatterQuery>,
) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let asked = query.clone();
    let (listing, categories, divisions, saved) = app
        .read(move |conn| {
            let court = act.by.court()?;
            Ok((
                page_of(conn, &act, &asked, (asked.after(), PAGE))?,
                store::categories(conn)?,
                people::division_list(conn, court)?,
                of_register(conn, &act, Register::Matters)?,
            ))
        })
        .await?;
    let page = MatterList {
        listing: &listing,
        query: &query,
        categories: &categories,
        divisions: &divisions,
        may_export: by.may(Permission::ExportRegister),
        may_register: by.may(Permission::RegisterMatter),
        may_refer: by.may(Permission::ReferMatter),
        saved: bar(&frame, Register::Matters, &saved, to_save_of_matters(&query).as_deref()),
    };
    Ok(pages::list(&frame, &page))
}

pub async fn export_matters(
    app: App,
    by: SignedIn,
    query: Query<MatterQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let all = move |conn: &mut Conn, act: &Act| page_of(conn, act, &query, (None, MOST_EXPORTED));
    app.export(&by, Export::of("信访事项台账"), all, sheets::matters).await
}

pub async fn contacts(
    app: App,
    by: SignedIn,
    frame: Frame,
    query: Query<ContactQuery>,
) -> Result<Markup, Problem> {
    let (act, query) = (app.act(&by), query.into_inner());
    let asked = query.clone();
    let (listing, saved) = app
        .read(move |conn| {
            let filter = asked.filter(act.by.staff_id);
            let listing = views::contacts(conn, &act.by.scope, &filter, asked.after_id(), PAGE)?;
            Ok((listing, of_register(conn, &act, Register::Contacts)?))
        })
        .await?;
    let page = ContactList {
        listing: &listing,
        query: &query,
        may_export: by.may(Permission::ExportRegister),
        may_register: by.may(Permission::RegisterMatter),
        saved: bar(&frame, Register::Contacts, &saved, to_save_of_contacts(&query).as_deref()),
    };
    Ok(pages::contact_list(&frame, &page))
}

pub async fn export_contacts(
    app: App,
    by: SignedIn,
    query: Query<ContactQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let all = move |conn: &mut Conn, act: &Act| {
        let filter = query.filter(act.by.staff_id);
        views::contacts(conn, &act.by.scope, &filter, None, MOST_EXPORTED)
    };
    app.export(&by, Export::of("来访来信台账"), all, sheets::contacts).await
}

pub async fn search_page(_by: SignedIn, frame: Frame) -> Markup {
    let found = Searched::default();
    pages::search(&frame, &SearchPage { typed: "", found: &found, further: false })
}

pub async fn search(app: App, by: SignedIn, frame: Frame, form: Form<SearchForm>) -> Result<Markup, Problem> {
    let act = app.act(&by);
    let before = form.before.parse::<i64>().ok();
    let typed = form.q.clone();
    let found = app.read(move |conn| views::search(conn, &act, &typed, before)).await?;
    Ok(pages::search(&frame, &SearchPage { typed: &form.q, found: &found, further: before.is_some() }))
}

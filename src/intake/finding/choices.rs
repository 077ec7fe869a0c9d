//! What can be chosen in the form.

use crate::db::Conn;
use crate::error::Problem;
use crate::intake::types::{Choices, Guidance};
use crate::matters::{self};
use crate::people::{self, Act, Permission, StaffId};
use std::collections::BTreeMap;

/// What can be chosen in the form.
pub fn choices(conn: &mut Conn, act: &Act) -> Result<Choices, Problem> {
    let court = act.by.court()?;
    let categories = matters::store::categories(conn)?;
    let first = categories.iter().filter(|c| c.active && c.parent_code.is_none());
    let groups = first
        .map(|parent| {
            let below =
                categories.iter().filter(|c| c.active && c.parent_code.as_ref() == Some(&parent.code));
            let mut below: Vec<(String, String)> =
                below.map(|category| (category.code.clone(), category.name.clone())).collect();
            if below.is_empty() {
                below.push((parent.code.clone(), parent.name.clone()));
            }
            (parent.name.clone(), below)
        })
        .collect();
    let divisions: Vec<_> = people::division_list(conn, court)?
        .into_iter()
        .map(|division| (division.id, division.name))
        .collect();
    let everyone = people::staff_in_court(conn, court)?;
    let mut staff: Vec<(String, Vec<(StaffId, String)>)> = Vec::new();
    let mut placed: BTreeMap<usize, Vec<(StaffId, String)>> = BTreeMap::new();
    for person in everyone {
        let place = divisions.iter().position(|(id, _)| Some(*id) == person.division_id);
        let label = format!("{}（{}）", person.name, person.post.label());
        placed.entry(place.unwrap_or(divisions.len())).or_default().push((person.id, label));
    }
    for (place, people) in placed {
        let title = divisions.get(place).map_or("其他", |(_, name)| name.as_str());
        staff.push((title.to_owned(), people));
    }
    let guidance = matters::store::guidance_reasons(conn)?.into_iter().filter(|reason| reason.active);
    let guidance = guidance
        .map(|reason| Guidance {
            code: reason.code,
            name: reason.name,
            channel: reason.channel,
            legal_source: reason.legal_source,
        })
        .collect();
    Ok(Choices {
        categories: groups,
        divisions,
        staff,
        guidance,
        may_screen: act.by.may(Permission::ScreenMatter),
        may_tell_apart: act.by.may(Permission::EditPetitioner),
    })
}

//! The list of staff as an Excel table.

use super::act::Act;
use super::types::{Division, Role, Staff, StaffId};
use crate::error::Problem;
use crate::sheets::{Cell, Column, Kind, Stamp, Table};

/// Staff with their user names, divisions and roles.
///
/// # Errors
///
/// When the table can't be written.
pub fn staff(
    people: &[(Staff, Option<String>)],
    divisions: &[Division],
    roles: &[(StaffId, Role)],
    act: &Act,
) -> Result<Vec<u8>, Problem> {
    let column = |title, width| Column { title, width, kind: Kind::Text };
    let columns = [
        column("姓名", 12.0),
        column("用户名", 16.0),
        column("庭室", 20.0),
        column("职务", 14.0),
        column("角色", 30.0),
        column("邮箱", 28.0),
        column("办公电话", 16.0),
        column("状态", 8.0),
    ];
    let stamp = Stamp { by: act.by.name.clone(), at: act.now };
    let mut table = Table::start("人员账号", &stamp, &columns)?;
    for (one, user) in people {
        let division = divisions.iter().find(|division| Some(division.id) == one.division_id);
        let theirs: Vec<&str> =
            roles.iter().filter(|(id, _)| *id == one.id).map(|(_, role)| role.label()).collect();
        table.row(&[
            Cell::text(&one.name),
            Cell::text(user.as_deref().unwrap_or("")),
            Cell::text(division.map_or("", |division| &division.name)),
            Cell::text(one.post.label()),
            Cell::text(theirs.join("、")),
            Cell::text(one.mail.as_deref().unwrap_or("")),
            Cell::text(one.telephone.as_deref().unwrap_or("")),
            Cell::text(if one.active { "在用" } else { "停用" }),
        ])?;
    }
    table.finish()
}

//! Which rows a person sees. Every store function that returns business rows takes a `Scope` and filters by it, so that
//! lists, counts, search, exports, feeds and mails agree.

use super::types::{CourtId, DivisionId, Role, StaffId};

/// How far into a court's matters somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// None at all: administrators, and roles that have no business with matters.
    None,
    /// Those they answer for, handle or received.
    Own,
    /// Those of these divisions, and their own.
    Divisions(Vec<DivisionId>),
    /// All of the court.
    Court,
}

/// What somebody may see: one court, so far into it, never a complaint about themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub court_id: Option<CourtId>,
    pub staff_id: Option<StaffId>,
    pub rows: Rows,
    /// Sees complaints about the conduct of staff (检举控告) although not answerable for them.
    pub conduct: bool,
}

impl Scope {
    /// Sees nothing.
    pub const NOTHING: Scope = Scope { court_id: None, staff_id: None, rows: Rows::None, conduct: false };

    /// What these roles let a person see. `divisions` are those they work in, head or have in their portfolio.
    /// `petitions` says that the court's petition work is in their portfolio, which is all of it.
    pub fn of(
        court_id: CourtId,
        staff_id: StaffId,
        roles: &[Role],
        divisions: &[DivisionId],
        petitions: bool,
    ) -> Self {
        let has = |wanted: &[Role]| roles.iter().any(|role| wanted.contains(role));
        let rows = if roles.iter().any(|role| role.is_administrator()) {
            Rows::None
        } else if petitions
            || has(&[
                Role::FilingClerk,
                Role::PetitionOfficer,
                Role::President,
                Role::Inspector,
                Role::DutyOfficer,
            ])
        {
            Rows::Court
        } else if has(&[Role::DivisionHead, Role::VicePresident]) {
            Rows::Divisions(divisions.to_vec())
        } else if has(&[Role::Handler]) {
            Rows::Own
        } else {
            Rows::None
        };
        let conduct = has(&[Role::Inspector, Role::President]);
        Scope { court_id: Some(court_id), staff_id: Some(staff_id), rows, conduct }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(roles: &[Role]) -> Rows {
        Scope::of(CourtId(1), StaffId(2), roles, &[DivisionId(3)], false).rows
    }

    #[test]
    fn each_role_sees_as_far_as_its_work_goes() {
        assert_eq!(rows(&[Role::FilingClerk]), Rows::Court);
        assert_eq!(rows(&[Role::President]), Rows::Court);
        assert_eq!(rows(&[Role::VicePresident]), Rows::Divisions(vec![DivisionId(3)]));
        assert_eq!(rows(&[Role::Handler]), Rows::Own);
        assert_eq!(rows(&[Role::Handler, Role::DivisionHead]), Rows::Divisions(vec![DivisionId(3)]));
        for blind in [Role::Sysadmin, Role::SecurityAdmin, Role::Auditor, Role::Finance, Role::Bailiff] {
            assert_eq!(rows(&[blind]), Rows::None, "{blind:?}");
        }
    }

    #[test]
    fn whoever_is_in_charge_of_petitions_sees_all_of_the_court() {
        let scope = Scope::of(CourtId(1), StaffId(2), &[Role::VicePresident], &[DivisionId(3)], true);
        assert_eq!((scope.rows, scope.conduct), (Rows::Court, false));
    }

    #[test]
    fn only_inspection_and_the_president_see_conduct_complaints_by_their_role() {
        for role in Role::ALL {
            let scope = Scope::of(CourtId(1), StaffId(2), &[*role], &[], false);
            assert_eq!(scope.conduct, matches!(role, Role::Inspector | Role::President), "{role:?}");
        }
    }
}

//! Who does something, and the moment they do it: the first arguments of every action.

use super::permissions::Permission;
use super::scope::Scope;
use super::types::{CourtId, DivisionId, Role, StaffId};
use crate::crypto::Keys;
use crate::error::Problem;
use crate::time::Moment;
use std::sync::Arc;

/// Somebody who does things: a member of staff, or the system itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// `None` for the system.
    pub staff_id: Option<StaffId>,
    /// `None` for the system, which works for every court of the installation.
    pub court_id: Option<CourtId>,
    pub division_id: Option<DivisionId>,
    pub name: String,
    pub roles: Vec<Role>,
    pub scope: Scope,
}

impl Actor {
    /// The system: jobs, and an operator at the command line.
    pub fn system(name: &str) -> Self {
        Actor {
            staff_id: None,
            court_id: None,
            division_id: None,
            name: name.to_owned(),
            roles: Vec::new(),
            scope: Scope::NOTHING,
        }
    }

    /// Whether this is the system.
    pub fn is_system(&self) -> bool {
        self.staff_id.is_none()
    }

    /// Whether one of the person's roles allows it; the system may do all that it has an action for.
    pub fn may(&self, permission: Permission) -> bool {
        self.is_system() || self.roles.iter().any(|role| role.permissions().contains(&permission))
    }

    /// # Errors
    ///
    /// `Forbidden` when no role of the person allows it.
    pub fn require(&self, permission: Permission) -> Result<(), Problem> {
        if self.may(permission) { Ok(()) } else { Err(Problem::Forbidden) }
    }

    /// The court they work for.
    ///
    /// # Errors
    ///
    /// `Forbidden` for the system, which must name the court otherwise.
    pub fn court(&self) -> Result<CourtId, Problem> {
        self.court_id.ok_or(Problem::Forbidden)
    }

    /// Who they are.
    ///
    /// # Errors
    ///
    /// `Forbidden` for the system, which is nobody.
    pub fn person(&self) -> Result<StaffId, Problem> {
        self.staff_id.ok_or(Problem::Forbidden)
    }
}

/// Somebody doing something at a moment, with the court's keys at hand.
#[derive(Clone)]
pub struct Act {
    pub by: Actor,
    pub now: Moment,
    pub keys: Arc<Keys>,
}

impl Act {
    /// The system acting, under a name that the trail shows, such as 系统 or 命令行.
    pub fn system(name: &str, now: Moment, keys: Arc<Keys>) -> Self {
        Act { by: Actor::system(name), now, keys }
    }

    /// # Errors
    ///
    /// `Forbidden` when no role of the person allows it.
    pub fn require(&self, permission: Permission) -> Result<(), Problem> {
        self.by.require(permission)
    }
}

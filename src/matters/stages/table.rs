//! The table itself. It is read by people as well: `/matters/stages` draws it.

use super::Relation::{Accountable, Addressee, HeadOver, Leader, Officer, Sender};
use super::{Event, Guard, Row, To};
use crate::matters::types::Stage::{self, Handling, InLitigation, Registered, Replied, Screening};
use crate::people::Permission;

/// Somebody works on it.
const WORKED_ON: &[Stage] = &[InLitigation, Handling, Replied];

/// Every event with the stages in which it may happen.
pub const TABLE: &[Row] = &[
    Row {
        event: Event::SendForScreening,
        from: &[Registered],
        to: To::Stage(Screening),
        permission: Permission::RegisterMatter,
        who: &[Accountable],
        guards: &[],
    },
    Row {
        event: Event::Screen,
        from: &[Registered, Screening],
        to: To::AsDecided,
        permission: Permission::ScreenMatter,
        who: &[],
        guards: &[],
    },
    Row {
        event: Event::Refer,
        from: WORKED_ON,
        to: To::Same,
        permission: Permission::ReferMatter,
        who: &[Officer, Accountable, HeadOver, Leader],
        guards: &[Guard::NothingReferred],
    },
    Row {
        event: Event::TakeOver,
        from: WORKED_ON,
        to: To::Same,
        permission: Permission::TakeReferral,
        who: &[Addressee],
        guards: &[Guard::SomethingReferred],
    },
    Row {
        event: Event::SendBack,
        from: WORKED_ON,
        to: To::Same,
        permission: Permission::TakeReferral,
        who: &[Addressee],
        guards: &[Guard::SomethingReferred],
    },
    Row {
        event: Event::Withdraw,
        from: WORKED_ON,
        to: To::Same,
        permission: Permission::ReferMatter,
        who: &[Sender, Officer],
        guards: &[Guard::SomethingReferred],
    },
];

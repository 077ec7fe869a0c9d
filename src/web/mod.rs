//! What every page is made of: the frame round it, form fields, tables, lights, formats and the static files.
//! Knows nothing of courts; pages of the slices draw with it.

pub mod assets;
pub mod conflict;
pub mod errors;
pub mod form;
pub mod formats;
pub mod frame;
pub mod light;
pub mod listing;
mod networks;
pub mod page;
pub mod paper;
mod request;
pub mod table;

pub use frame::{Flash, Frame, NavGroup, NavItem};
pub use light::{Due, Light};
pub use listing::{Listing, Near, Order};
pub use networks::Networks;
pub use paper::Paper;
pub use request::{
    CSRF_FIELD, FLASH_COOKIE, Form, FormBody, Upload, UploadedFile, again, download, html, see_other,
    see_other_saying, unprocessable,
};
pub use table::{Column, Count, Paging, Row, Table};

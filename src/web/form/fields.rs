//! The fields of a form: label above, hint under it, complaint tied to the control, what was typed kept.

use super::Complaints;
use maud::{Markup, html};

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// A line under it, for radios and boxes.
    pub hint: Option<String>,
}

impl<V: Into<String>, L: Into<String>> From<(V, L)> for Choice {
    fn from((value, label): (V, L)) -> Self {
        Choice { value: value.into(), label: label.into(), hint: None }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Control {
    Line {
        kind: &'static str,
    },
    /// A line for a `date`, a `time` or both (`moment`).
    Moment {
        kind: &'static str,
        example: &'static str,
    },
    Area {
        rows: u8,
    },
    Select {
        groups: Vec<(String, Vec<Choice>)>,
    },
    Several {
        kind: &'static str,
        choices: Vec<Choice>,
    },
    Tick,
    File {
        accept: &'static str,
        several: bool,
    },
}

/// A field being furnished; it draws itself where it stands in `html!`.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    pub(super) control: Control,
    pub(super) values: Vec<String>,
    pub(super) hint: Option<String>,
    pub(super) told: Vec<String>,
    pub(super) row: Option<usize>,
    pub(super) required: bool,
    pub(super) focus: bool,
    pub(super) search: bool,
    pub(super) unseen_label: bool,
    pub(super) size: &'static str,
    pub(super) mode: Option<&'static str>,
    pub(super) autocomplete: &'a str,
    pub(super) list: Option<&'a str>,
    pub(super) max: Option<String>,
    pub(super) min: Option<String>,
    pub(super) live: Option<(&'a str, &'a str)>,
    pub(super) live_fields: Option<&'a str>,
}

fn field<'a>(name: &'a str, label: &'a str, control: Control) -> Field<'a> {
    Field {
        name,
        label,
        control,
        values: Vec::new(),
        hint: None,
        told: Vec::new(),
        row: None,
        required: false,
        focus: false,
        search: false,
        unseen_label: false,
        size: "",
        mode: None,
        autocomplete: "off",
        list: None,
        max: None,
        min: None,
        live: None,
        live_fields: None,
    }
}

/// One line of text.
pub fn text<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    field(name, label, Control::Line { kind: "text" })
}

/// A search box: `/` leads here, an ID-card reader types here.
pub fn search<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field { search: true, ..field(name, label, Control::Line { kind: "search" }) }
}

/// A password; never shown again. `autocomplete` is `current-password` unless changed.
pub fn password<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    field(name, label, Control::Line { kind: "password" }).autocomplete("current-password")
}

/// A telephone number.
pub fn tel<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field { mode: Some("tel"), size: "w-phone", ..field(name, label, Control::Line { kind: "tel" }) }
}

/// A whole number.
pub fn number<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field { mode: Some("numeric"), size: "w-number", ..field(name, label, Control::Line { kind: "text" }) }
}

/// A day, typed in any usual form or picked from the calendar. No `type="date"`: browsers draw that in the order of their
/// own language, whatever the page's, so that a clerk could not know what to type.
pub fn date<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    let control = Control::Moment { kind: "date", example: "20261123 或 2026-11-23" };
    Field { size: "w-date", mode: Some("numeric"), ..field(name, label, control) }
}

/// A time of day.
pub fn time<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    let control = Control::Moment { kind: "time", example: "0930 或 09:30" };
    Field { size: "w-number", mode: Some("numeric"), ..field(name, label, control) }
}

/// A day with a time.
pub fn datetime<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    let control = Control::Moment { kind: "moment", example: "202611230930 或 2026-11-23 09:30" };
    Field { size: "w-moment", ..field(name, label, control) }
}

/// Several lines of text.
pub fn textarea<'a>(name: &'a str, label: &'a str, rows: u8) -> Field<'a> {
    field(name, label, Control::Area { rows })
}

/// One of a list, in one level. An empty first line stands for nothing chosen.
pub fn select<'a, C: Into<Choice>>(
    name: &'a str,
    label: &'a str,
    choices: impl IntoIterator<Item = C>,
) -> Field<'a> {
    let choices = choices.into_iter().map(Into::into).collect();
    field(name, label, Control::Select { groups: vec![(String::new(), choices)] })
}

/// One of a list in two levels: the first level's words stand as headings.
pub fn select_grouped<'a, C: Into<Choice>, G: IntoIterator<Item = C>>(
    name: &'a str,
    label: &'a str,
    groups: impl IntoIterator<Item = (impl Into<String>, G)>,
) -> Field<'a> {
    let groups = groups.into_iter();
    let groups =
        groups.map(|(title, group)| (title.into(), group.into_iter().map(Into::into).collect())).collect();
    field(name, label, Control::Select { groups })
}

/// One of a few, all in sight.
pub fn radios<'a, C: Into<Choice>>(
    name: &'a str,
    label: &'a str,
    choices: impl IntoIterator<Item = C>,
) -> Field<'a> {
    let choices = choices.into_iter().map(Into::into).collect();
    field(name, label, Control::Several { kind: "radio", choices })
}

/// Any number of a few, all in sight. With [`Field::row`] each sends `row:value`, so that one list of values tells the rows
/// apart.
pub fn checkboxes<'a, C: Into<Choice>>(
    name: &'a str,
    label: &'a str,
    choices: impl IntoIterator<Item = C>,
) -> Field<'a> {
    let choices = choices.into_iter().map(Into::into).collect();
    field(name, label, Control::Several { kind: "checkbox", choices })
}

/// One box with its words beside it; sends `1` when ticked.
pub fn tick<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    field(name, label, Control::Tick)
}

/// A file, or several; can be dropped and pasted too. `accept` as in HTML: `.xlsx` or `image/*,.pdf`.
pub fn file<'a>(name: &'a str, label: &'a str, accept: &'static str, several: bool) -> Field<'a> {
    field(name, label, Control::File { accept, several })
}

/// What is sent along unseen.
pub fn hidden(name: &str, value: impl std::fmt::Display) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

impl<'a> Field<'a> {
    /// What was typed or chosen before.
    pub fn value(self, value: impl Into<String>) -> Self {
        Field { values: vec![value.into()], ..self }
    }

    /// What was ticked before.
    pub fn values<V: Into<String>>(self, values: impl IntoIterator<Item = V>) -> Self {
        Field { values: values.into_iter().map(Into::into).collect(), ..self }
    }

    /// A line under the label.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Field { hint: Some(hint.into()), ..self }
    }

    /// This is the `row`th of several of the same name, from nought; say it before [`Field::told`].
    pub fn row(self, row: usize) -> Self {
        Field { row: Some(row), ..self }
    }

    /// What is wrong with it, if anything: looked up by its name, with `.row` where there are several.
    pub fn told(self, complaints: &Complaints) -> Self {
        let told = complaints.about(&self.key()).map(str::to_owned).collect();
        Field { told, ..self }
    }

    /// Marked as needed.
    pub fn required(self) -> Self {
        Field { required: true, ..self }
    }

    /// Where typing starts.
    pub fn focus(self) -> Self {
        Field { focus: true, ..self }
    }

    /// The label is read out but not seen: filter rows.
    pub fn unseen_label(self) -> Self {
        Field { unseen_label: true, ..self }
    }

    /// A width class of `app.css`: `w-number`, `w-date`, `w-phone`, `w-id`, `w-half`.
    pub fn size(self, size: &'static str) -> Self {
        Field { size, ..self }
    }

    /// The keyboard of a telephone: `numeric`, `tel`, `text`.
    pub fn inputmode(self, mode: &'static str) -> Self {
        Field { mode: Some(mode), ..self }
    }

    /// Other than `off`; only for what belongs to the person at the keyboard.
    pub fn autocomplete(self, autocomplete: &'a str) -> Self {
        Field { autocomplete, ..self }
    }

    /// The id of a `datalist` of proposals.
    pub fn list(self, id: &'a str) -> Self {
        Field { list: Some(id), ..self }
    }

    /// The earliest and latest day that can be picked, or the least and greatest number.
    pub fn between(self, min: Option<String>, max: Option<String>) -> Self {
        Field { min, max, ..self }
    }

    /// While typing, the form's fields are sent to `url` and the answer is put into the element with the id `target`.
    pub fn live(self, url: &'a str, target: &'a str) -> Self {
        Field { live: Some((url, target)), ..self }
    }

    /// With [`Field::live`]: only these fields are sent, names with spaces between.
    pub fn live_fields(self, names: &'a str) -> Self {
        Field { live_fields: Some(names), ..self }
    }
}

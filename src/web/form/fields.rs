//! The fields of a form: label above, hint under it, complaint tied to the control, what was typed kept.

use super::{Complaints, id_of};
use maud::{Markup, Render, html};

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
enum Control {
    Line { kind: &'static str },
    Area { rows: u8 },
    Select { groups: Vec<(String, Vec<Choice>)> },
    Several { kind: &'static str, choices: Vec<Choice> },
    Tick,
    File { accept: &'static str, several: bool },
}

/// A field being furnished; it draws itself where it stands in `html!`.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    name: &'a str,
    label: &'a str,
    control: Control,
    values: Vec<String>,
    hint: Option<String>,
    told: Vec<String>,
    row: Option<usize>,
    required: bool,
    focus: bool,
    search: bool,
    unseen_label: bool,
    size: &'static str,
    mode: Option<&'static str>,
    autocomplete: &'a str,
    list: Option<&'a str>,
    max: Option<String>,
    min: Option<String>,
    live: Option<(&'a str, &'a str)>,
    live_fields: Option<&'a str>,
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

/// A day.
pub fn date<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field { size: "w-date", ..field(name, label, Control::Line { kind: "date" }) }
}

/// A time of day.
pub fn time<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field { size: "w-date", ..field(name, label, Control::Line { kind: "time" }) }
}

/// A day with a time.
pub fn datetime<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    Field { size: "w-moment", ..field(name, label, Control::Line { kind: "datetime-local" }) }
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

/// Any number of a few, all in sight.
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

    fn key(&self) -> String {
        match self.row {
            Some(row) => format!("{}.{row}", self.name),
            None => self.name.to_owned(),
        }
    }

    fn id(&self) -> String {
        id_of(&self.key())
    }

    fn described_by(&self) -> Option<String> {
        let id = self.id();
        match (self.hint.is_some(), self.told.is_empty()) {
            (false, true) => None,
            (true, true) => Some(format!("{id}-hint")),
            (false, false) => Some(format!("{id}-wrong")),
            (true, false) => Some(format!("{id}-hint {id}-wrong")),
        }
    }

    fn single(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    fn chosen(&self, choice: &Choice) -> bool {
        self.values.contains(&choice.value)
    }

    fn must(&self) -> Markup {
        html! { @if self.required { span.must { "必填" } } }
    }

    fn notes(&self) -> Markup {
        let id = self.id();
        html! {
            @if let Some(hint) = &self.hint { p.hint id={ (id) "-hint" } { (hint) } }
            @if !self.told.is_empty() {
                p.wrong id={ (id) "-wrong" } {
                    span.unseen { "需要修改：" }
                    @for sentence in &self.told { (sentence) }
                }
            }
        }
    }

    fn wrong(&self) -> Option<&'static str> {
        (!self.told.is_empty()).then_some("true")
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let class = if self.told.is_empty() { "field" } else { "field is-wrong" };
        match &self.control {
            Control::Several { kind, choices } => {
                html! { div class=(class) { (self.several(kind, choices)) } }
            }
            Control::Tick => html! { div class=(class) { (self.tick()) } },
            Control::Line { .. } | Control::Area { .. } | Control::Select { .. } | Control::File { .. } => {
                html! {
                    div class=(class) {
                        label for=(self.id()) class=[self.unseen_label.then_some("unseen")] { (self.label) (self.must()) }
                        (self.notes())
                        (self.control())
                    }
                }
            }
        }
    }
}

impl Field<'_> {
    fn control(&self) -> Markup {
        match &self.control {
            Control::Line { kind } => self.line(kind),
            Control::Area { rows } => html! {
                textarea id=(self.id()) name=(self.name) rows=(rows) autocomplete=(self.autocomplete) autofocus[self.focus]
                    aria-describedby=[self.described_by()] aria-invalid=[self.wrong()]
                    aria-required=[self.required.then_some("true")]
                    data-live-url=[self.live.map(|live| live.0)] data-live-target=[self.live.map(|live| live.1)]
                    data-live-fields=[self.live_fields] { "\n" (self.single()) }
            },
            Control::Select { groups } => self.select(groups),
            Control::File { accept, several } => html! {
                div.drop data-drop {
                    input id=(self.id()) type="file" name=(self.name) accept=(accept) multiple[*several]
                        aria-describedby=[self.described_by()] aria-invalid=[self.wrong()];
                    p.hint { "可以选择、拖入或粘贴文件。" }
                    ul.chosen-files aria-live="polite" data-chosen {}
                }
            },
            Control::Several { .. } | Control::Tick => html! {},
        }
    }

    fn line(&self, kind: &str) -> Markup {
        html! {
            input id=(self.id()) type=(kind) name=(self.name) value=[(kind != "password").then_some(self.single())]
                class=[(!self.size.is_empty()).then_some(self.size)] autocomplete=(self.autocomplete)
                inputmode=[self.mode] list=[self.list] min=[&self.min] max=[&self.max]
                autofocus[self.focus] data-search[self.search] spellcheck="false"
                aria-describedby=[self.described_by()] aria-invalid=[self.wrong()]
                aria-required=[self.required.then_some("true")]
                data-live-url=[self.live.map(|live| live.0)] data-live-target=[self.live.map(|live| live.1)]
                data-live-fields=[self.live_fields];
        }
    }

    fn select(&self, groups: &[(String, Vec<Choice>)]) -> Markup {
        let option = |choice: &Choice| html! { option value=(choice.value) selected[self.chosen(choice)] { (choice.label) } };
        let has_empty = groups.iter().flat_map(|(_, choices)| choices).any(|choice| choice.value.is_empty());
        html! {
            select id=(self.id()) name=(self.name) autofocus[self.focus] autocomplete="off"
                class=[(!self.size.is_empty()).then_some(self.size)]
                aria-describedby=[self.described_by()] aria-invalid=[self.wrong()]
                aria-required=[self.required.then_some("true")]
                data-live-url=[self.live.map(|live| live.0)] data-live-target=[self.live.map(|live| live.1)]
                data-live-fields=[self.live_fields] {
                @if !has_empty { option value="" { "请选择" } }
                @for (title, choices) in groups {
                    @if title.is_empty() { @for choice in choices { (option(choice)) } }
                    @else { optgroup label=(title) { @for choice in choices { (option(choice)) } } }
                }
            }
        }
    }

    fn several(&self, kind: &str, choices: &[Choice]) -> Markup {
        let id = self.id();
        html! {
            fieldset aria-describedby=[self.described_by()] {
                legend class=[self.unseen_label.then_some("unseen")] { (self.label) (self.must()) }
                (self.notes())
                div.choices {
                    @for (n, choice) in choices.iter().enumerate() {
                        @let own = if n == 0 { id.clone() } else { format!("{id}--{n}") };
                        div.choice {
                            input id=(own) type=(kind) name=(self.name) value=(choice.value)
                                checked[self.chosen(choice)] autofocus[self.focus && n == 0];
                            label for=(own) {
                                (choice.label)
                                @if let Some(hint) = &choice.hint { span.hint { (hint) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn tick(&self) -> Markup {
        html! {
            div.choice {
                input id=(self.id()) type="checkbox" name=(self.name) value="1"
                    checked[super::ticked(self.single())] aria-describedby=[self.described_by()];
                label for=(self.id()) { (self.label) }
            }
            (self.notes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_is_tied_to_its_row_and_what_was_typed_is_kept() {
        let mut complaints = Complaints::default();
        complaints.add("name.1", "请填写姓名。");
        let second = text("name", "姓名").row(1).value("<张>").told(&complaints).render().into_string();
        assert!(second.contains(r#"id="f-name-1""#) && second.contains(r#"value="&lt;张&gt;""#));
        assert!(second.contains(r#"aria-describedby="f-name-1-wrong""#) && second.contains("请填写姓名。"));
        let first = text("name", "姓名").row(0).told(&complaints).render().into_string();
        assert!(!first.contains("aria-invalid") && !first.contains("请填写姓名。"));
    }

    #[test]
    fn a_password_is_never_sent_back() {
        assert!(!password("password", "密码").value("secret").render().into_string().contains("secret"));
    }

    #[test]
    fn chosen_things_stay_chosen_in_both_levels() {
        let groups = [("执行", vec![("a", "执行不力")]), ("审判", vec![("b", "裁判不公")])];
        let page = select_grouped("claim", "诉求", groups).value("b").render().into_string();
        assert!(page.contains(r#"<optgroup label="审判"><option value="b" selected>裁判不公</option>"#));
        let page = checkboxes("care", "关怀", [("old", "老年人"), ("ill", "病重")]).values(["ill"]).render();
        assert!(page.into_string().contains(r#"value="ill" checked"#));
    }
}

//! How a field is drawn: label, hint, complaint, control, each tied to the others.

use super::fields::{Choice, Control, Field};
use super::id_of;
use maud::{Markup, Render, html};

impl Field<'_> {
    pub(super) fn key(&self) -> String {
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
        match (self.hint_shown().is_some(), self.told.is_empty()) {
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

    /// The hint; for days and times with how they may be written.
    fn hint_shown(&self) -> Option<String> {
        let Control::Moment { example, .. } = &self.control else { return self.hint.clone() };
        Some(match &self.hint {
            Some(hint) => format!("{}；如 {example}", hint.trim_end_matches('。')),
            None => format!("如 {example}"),
        })
    }

    fn must(&self) -> Markup {
        html! { @if self.required { span.must { "必填" } } }
    }

    fn notes(&self) -> Markup {
        let id = self.id();
        html! {
            @if let Some(hint) = self.hint_shown() { p.hint id={ (id) "-hint" } { (hint) } }
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
            Control::Line { .. }
            | Control::Moment { .. }
            | Control::Area { .. }
            | Control::Select { .. }
            | Control::File { .. } => {
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
            Control::Line { kind } => self.line(kind, None),
            Control::Moment { kind, .. } => self.line("text", Some(kind)),
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

    fn line(&self, kind: &str, moment: Option<&str>) -> Markup {
        let value = match moment {
            Some("moment") => self.single().replace('T', " "),
            Some(_) | None => self.single().to_owned(),
        };
        html! {
            input id=(self.id()) type=(kind) name=(self.name) value=[(kind != "password").then_some(value)]
                data-moment=[moment]
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
                            @let in_row = self.row.filter(|_| kind == "checkbox");
                            input id=(own) type=(kind) name=(self.name)
                                value=(in_row.map_or_else(|| choice.value.clone(), |row| format!("{row}:{}", choice.value)))
                                data-row-value[in_row.is_some()]
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
    use crate::web::form::{Complaints, checkboxes, password, select_grouped, text};

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

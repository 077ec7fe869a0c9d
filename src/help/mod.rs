//! 帮助: the manual (使用手册), in the binary. Each page's help link opens the section that names its buttons.

mod content;
mod pages;
mod routes;

pub use routes::routes;

/// A page of the manual.
#[derive(Debug)]
pub struct Manual {
    /// Its address under `/help/`.
    pub key: &'static str,
    pub title: &'static str,
    /// For whom, in a sentence.
    pub lead: &'static str,
    pub sections: &'static [Section],
}

/// A section, which a help link may lead to.
#[derive(Debug)]
pub struct Section {
    /// Its anchor.
    pub id: &'static str,
    pub title: &'static str,
    pub body: &'static [Block],
}

/// A piece of text.
#[derive(Debug)]
pub enum Block {
    /// A paragraph.
    P(&'static str),
    /// Steps in their order.
    Steps(&'static [&'static str]),
    /// Points without an order.
    Points(&'static [&'static str]),
    /// A key and what it does.
    Keys(&'static [(&'static str, &'static str)]),
}

/// Every page of the manual, in the order of its index.
pub fn manuals() -> impl Iterator<Item = &'static Manual> {
    content::ALL.iter().copied()
}

/// Whether a help link such as `intake#search` leads somewhere.
pub fn has(link: &str) -> bool {
    let (key, anchor) = link.split_once('#').map_or((link, None), |(key, anchor)| (key, Some(anchor)));
    manuals().any(|manual| {
        manual.key == key && anchor.is_none_or(|anchor| manual.sections.iter().any(|s| s.id == anchor))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_page_and_section_has_an_address_of_its_own() {
        let mut keys = HashSet::new();
        for manual in manuals() {
            assert!(keys.insert(manual.key), "{}", manual.key);
            let mut ids = HashSet::new();
            assert!(manual.sections.iter().all(|section| ids.insert(section.id)), "{}", manual.key);
            assert!(manual.sections.iter().all(|section| !section.body.is_empty()), "{}", manual.key);
        }
    }

    #[test]
    fn links_lead_to_pages_and_their_sections() {
        assert!(has("intake") && has("registers#search") && has("start#keys"));
        assert!(!has("nowhere") && !has("intake#nowhere"));
    }
}

//! A published page as its readers meet it: elements, texts, addresses.

use std::collections::BTreeMap;

use html5gum::{Token, Tokenizer};

#[derive(Debug)]
pub struct Page {
    pub root: Element,
}

#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Child>,
}

#[derive(Debug)]
enum Child {
    Element(Element),
    Text(String),
}

const VOID: [&str; 8] = ["meta", "link", "br", "hr", "img", "input", "wbr", "col"];

impl Page {
    /// Panics where a tag is not closed, or closed in the wrong place: no page of the site may leave that to browsers.
    pub fn parse(html: &str) -> Self {
        let mut open = vec![Element::default()];
        for token in Tokenizer::new(html) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
                    let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
                    let element = Element { name: text(&tag.name), attributes, children: Vec::new() };
                    if tag.self_closing || VOID.contains(&element.name.as_str()) {
                        open.last_mut().unwrap().children.push(Child::Element(element));
                    } else {
                        open.push(element);
                    }
                }
                Token::EndTag(tag) => {
                    let closed = open.pop().unwrap();
                    assert_eq!(closed.name.as_bytes(), tag.name.as_slice(), "closed in the wrong place");
                    open.last_mut().unwrap().children.push(Child::Element(closed));
                }
                Token::String(text) => {
                    let text = String::from_utf8(text.to_vec()).unwrap();
                    open.last_mut().unwrap().children.push(Child::Text(text));
                }
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "not closed: {:?}", open.last().map(|element| &element.name));
        Self { root: open.pop().unwrap() }
    }

    /// What stands on the page to be read.
    pub fn text(&self) -> String {
        self.first("body").text()
    }

    pub fn main(&self) -> String {
        self.id("main").text()
    }

    pub fn first(&self, name: &str) -> &Element {
        self.all(name).into_iter().next().unwrap_or_else(|| panic!("no <{name}>"))
    }

    pub fn all(&self, name: &str) -> Vec<&Element> {
        self.root.find(&|element| element.name == name)
    }

    pub fn id(&self, id: &str) -> &Element {
        self.find_id(id).unwrap_or_else(|| panic!("no element with the id {id}"))
    }

    pub fn find_id(&self, id: &str) -> Option<&Element> {
        self.root.find(&|element| element.attribute("id") == Some(id)).into_iter().next()
    }

    pub fn class(&self, class: &str) -> Vec<&Element> {
        self.root.find(&|element| element.has_class(class))
    }

    /// Every figure and text that says which line of which sheet it comes from; marks of charts, too, without text.
    pub fn addressed(&self) -> Vec<(&str, String)> {
        let elements = self.root.find(&|element| element.attribute("data-address").is_some());
        elements.into_iter().map(|element| (element.attribute("data-address").unwrap(), element.text())).collect()
    }

    /// The cell of a table that holds the figure with an address.
    pub fn cell(&self, address: &str) -> &Element {
        let found =
            self.root.find(&|element| element.attribute("data-address") == Some(address) && element.name == "td");
        found.into_iter().next().unwrap_or_else(|| panic!("no cell is addressed {address}"))
    }

    /// The figure with an address, without notes and remarks beside it.
    pub fn figure(&self, address: &str) -> String {
        let cell = self.cell(address);
        cell.find(&|element| element.has_class("n")).into_iter().next().unwrap_or(cell).text()
    }
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|all| all.split_whitespace().any(|one| one == class))
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// Texts directly inside, not those of elements inside.
    pub fn own_texts(&self) -> impl Iterator<Item = &str> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(_) => None,
            Child::Text(text) => Some(text.as_str()),
        })
    }

    /// As [`Element::text`], also of what stands in pictures.
    pub fn raw_text(&self) -> String {
        self.own_texts().collect()
    }

    /// The text inside, white space folded; of pictures nothing.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.collect(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn collect(&self, text: &mut String) {
        if matches!(self.name.as_str(), "svg" | "script" | "style") {
            return;
        }
        let inline = matches!(self.name.as_str(), "span" | "a" | "strong" | "em" | "sup" | "small" | "time");
        text.push_str(if inline { "" } else { " " });
        for child in &self.children {
            match child {
                Child::Element(element) => element.collect(text),
                Child::Text(own) => text.push_str(own),
            }
        }
        text.push_str(if inline { "" } else { " " });
    }

    /// Elements inside, in the order of the page.
    pub fn find(&self, wanted: &dyn Fn(&Element) -> bool) -> Vec<&Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if let Child::Element(element) = child {
                if wanted(element) {
                    found.push(element);
                }
                found.extend(element.find(wanted));
            }
        }
        found
    }
}

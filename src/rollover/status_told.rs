//! The status of a year, for people and for programs.

use serde_json::{Value, json};

use super::status::{Count, Place, PolicyStatus, Status};
use super::waiting::OpenRecommendation;
use crate::content::keys::{self, Key};
use crate::diagnostic::Message;
use crate::model::PublicationStatus;

impl Status {
    /// The year, its policies with what is open, its departments.
    pub fn message(&self) -> Message {
        let mut lines = vec![self.heading(), Message::new("\n施策", "\nPolicies")];
        for policy in &self.policies {
            lines.push(policy.heading());
            lines.extend(policy.open_by_field().into_iter().map(|line| indented("      ", line)));
        }
        if !self.without_sheet.is_empty() {
            lines.push(Message::new("\nまだシートのない施策", "\nPolicies without a sheet yet"));
            lines.extend(self.without_sheet.iter().map(|(id, name)| same(format!("  {id}  {name}"))));
        }
        if !self.recommendations.is_empty() {
            lines.push(Message::new("\n回答や対応を待っている提言", "\nRecommendations that wait for the city"));
            lines.extend(self.recommendations.iter().map(|of| indented("  ", of.message())));
        }
        lines.push(Message::new("\n担当課", "\nDepartments"));
        for (name, count) in &self.departments {
            let (ja, en) = match name {
                Some(name) => (name.as_str(), name.as_str()),
                None => ("（担当課の記載なし）", "(no department named)"),
            };
            lines.push(Message::new(format!("  {ja}  {}", counted(*count)), format!("  {en}  {}", counted(*count))));
        }
        joined(&lines)
    }

    fn heading(&self) -> Message {
        let Self { year, count, .. } = self;
        let Count { filled, places } = count;
        let (percent, open) = (count.percent(), count.open());
        let mut ja = format!("{year}年度: {percent}% 記入済み（{places}か所のうち {filled}、残り {open}）");
        let mut en = format!("fiscal {year}: {percent}% filled ({filled} of {places} places, {open} open)");
        if let Some(due) = self.due {
            ja += &format!("。締切 {}", due.on);
            en += &format!("; due {}", due.on);
            if let Some(days) = due.overdue {
                ja += &format!("を {days}日過ぎています");
                en += &format!(", {days} day{} ago", if days == 1 { "" } else { "s" });
            }
        }
        Message::new(ja, en)
    }

    /// A line for every open place: `2025/industry#exchange/actuals/2025: 実績値「交流人数」`, the address as `place` gives it.
    pub fn open_places(&self, place: impl Fn(&PolicyStatus, &Place) -> String) -> Message {
        let mut lines = Vec::new();
        for policy in &self.policies {
            for open in &policy.open {
                let at = place(policy, open);
                let Message { ja, en } = open.message();
                lines.push(Message::new(format!("{at}: {ja}"), format!("{at}: {en}")));
            }
        }
        for of in &self.recommendations {
            let (at, Message { ja, en }) = (format!("{}:{}", of.file, of.line), of.message());
            lines.push(Message::new(format!("{at}: {ja}"), format!("{at}: {en}")));
        }
        joined(&lines)
    }

    /// Everything, as one object.
    pub fn json(&self) -> Value {
        let count = |of: Count| json!({"filled": of.filled, "places": of.places, "percent": of.percent()});
        let policies = self.policies.iter().map(|policy| {
            let open = policy.open.iter();
            let open = open.map(|of| json!({"field": of.field, "of": of.of, "address": of.address}));
            json!({
                "policy_id": policy.id,
                "name": policy.name,
                "file": format!("content/{}", policy.path),
                "departments": policy.departments,
                "status": match policy.status {
                    PublicationStatus::Draft => "draft",
                    PublicationStatus::Published => "published",
                },
                "count": count(policy.count),
                "open": open.collect::<Vec<_>>(),
            })
        });
        let departments = self.departments.iter();
        let departments = departments.map(|(name, of)| json!({"name": name, "count": count(*of)}));
        let without = self.without_sheet.iter().map(|(id, name)| json!({"policy_id": id, "name": name}));
        json!({
            "fiscal_year": self.year.get(),
            "count": count(self.count),
            "due": self.due.map(|due| due.on.to_string()),
            "overdue_days": self.due.and_then(|due| due.overdue),
            "policies": policies.collect::<Vec<_>>(),
            "without_sheet": without.collect::<Vec<_>>(),
            "departments": departments.collect::<Vec<_>>(),
            "recommendations": self.recommendations.iter().map(OpenRecommendation::json).collect::<Vec<_>>(),
        })
    }
}

impl PolicyStatus {
    fn heading(&self) -> Message {
        let (id, name, count) = (&self.id, &self.name, counted(self.count));
        let (ja, en) = match self.status {
            PublicationStatus::Draft => ("  下書き", "  draft"),
            PublicationStatus::Published => ("", ""),
        };
        Message::new(format!("  {id}  {name}  {count}{ja}"), format!("  {id}  {name}  {count}{en}"))
    }

    /// One line for every field that has open places: `実績値: 交流人数、相談件数`.
    fn open_by_field(&self) -> Vec<Message> {
        let mut lines: Vec<(&'static str, Vec<&str>)> = Vec::new();
        for place in &self.open {
            let of = place.of.as_deref();
            match lines.iter_mut().find(|(field, names)| *field == place.field && of.is_some() && !names.is_empty()) {
                Some((_, names)) => names.extend(of),
                None => lines.push((place.field, of.into_iter().collect())),
            }
        }
        let line = |(field, names): (&'static str, Vec<&str>)| {
            let (ja, en) = term(field);
            if names.is_empty() {
                return Message::new(ja, en);
            }
            Message::new(format!("{ja}: {}", names.join("、")), format!("{en}: {}", names.join(", ")))
        };
        lines.into_iter().map(line).collect()
    }
}

impl Place {
    fn message(&self) -> Message {
        let (ja, en) = term(self.field);
        match &self.of {
            Some(of) => Message::new(format!("{ja}「{of}」"), format!("{en} of `{of}`")),
            None => Message::new(ja, en),
        }
    }
}

/// The name of a key in Japanese and English.
fn term(field: &'static str) -> (&'static str, &'static str) {
    let all = [&keys::INDICATOR, &keys::SHEET, &keys::EXPENDITURE];
    let found = all.iter().flat_map(|mapping| mapping.keys).find(|key| key.name == field);
    (found.map_or(field, Key::term), field)
}

fn counted(count: Count) -> String {
    format!("{}/{}  {}%", count.filled, count.places, count.percent())
}

fn same(line: String) -> Message {
    Message::new(line.clone(), line)
}

fn indented(by: &str, line: Message) -> Message {
    Message::new(format!("{by}{}", line.ja), format!("{by}{}", line.en))
}

fn joined(lines: &[Message]) -> Message {
    let pick = |of: fn(&Message) -> &str| lines.iter().map(of).collect::<Vec<_>>().join("\n");
    Message::new(pick(|line| &line.ja), pick(|line| &line.en))
}

//! What holds of every chart, checked on the SVG that is written.

use proptest::prelude::*;

use super::place::Area;
use super::*;

/// An element of a written SVG.
#[derive(Clone, Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    /// Inherited by texts.
    anchor: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn tenths(&self, name: &str) -> i32 {
        let length: f64 = self.get(name).expect("a length").parse().expect("a number");
        (length * 10.0).round() as i32
    }

    /// The box of a text.
    fn area(&self) -> Area {
        let class = self.get("class").unwrap_or_default();
        let width = if class.contains("latest") { text::bold_width(&self.text) } else { text::width(&self.text) };
        let (x, top) = (self.tenths("x"), self.tenths("y") - text::ASCENT);
        let left = match self.anchor.as_str() {
            "start" => x,
            "end" => x - width,
            _ => x - width / 2,
        };
        Area { left, top, right: left + width, bottom: top + text::LINE }
    }
}

/// Reads an SVG strictly: every tag closed in order, every text escaped.
fn parse(svg: &str) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        if let Some(&current) = open.last() {
            let text =
                rest[..at].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            elements[current].text.push_str(&text);
        }
        let end = rest.find('>').expect("a tag's end");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(elements[open.pop().expect("an open element")].name, name);
            continue;
        }
        let (tag, alone) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        // As the style sheet says of every chart.
        let parent = open.last().map_or("middle".into(), |&index| elements[index].anchor.clone());
        let mut element = Element { name: name.into(), anchor: parent, ..Element::default() };
        while let Some((key, after)) = attributes.split_once("=\"") {
            let (value, after) = after.split_once('"').expect("a closing quote");
            assert!(element.get(key).is_none(), "twice {key}");
            element.attributes.push((key.trim().into(), value.into()));
            attributes = after;
        }
        if let Some(anchor) = element.get("text-anchor") {
            element.anchor = anchor.to_owned();
        }
        elements.push(element);
        if !alone {
            open.push(elements.len() - 1);
        }
    }
    assert!(open.is_empty() && rest.is_empty(), "unclosed or trailing: {rest}");
    elements
}

fn frame(elements: &[Element]) -> Area {
    let numbers: Vec<f64> =
        elements[0].get("viewBox").expect("a viewBox").split(' ').map(|n| n.parse().expect("a number")).collect();
    Area { left: 0, top: 0, right: (numbers[2] * 10.0) as i32, bottom: (numbers[3] * 10.0) as i32 }
}

/// All spots that shapes touch.
fn spots(elements: &[Element]) -> Vec<(i32, i32)> {
    let mut spots = Vec::new();
    for element in elements {
        match element.name.as_str() {
            "circle" => {
                let (x, y, r) = (element.tenths("cx"), element.tenths("cy"), element.tenths("r"));
                spots.extend([(x - r, y - r), (x + r, y + r)]);
            }
            "rect" => {
                let (x, y) = (element.tenths("x"), element.tenths("y"));
                let (width, height) = (element.tenths("width"), element.tenths("height"));
                assert!(width > 0 && height > 0, "{element:?}");
                spots.extend([(x, y), (x + width, y + height)]);
            }
            "path" => {
                spots.extend(on_path(element.get("d").expect("path data")));
            }
            _ => {}
        }
    }
    spots
}

/// The ends of all lines of path data: M and L with pairs, H, V and z.
fn on_path(data: &str) -> Vec<(i32, i32)> {
    let mut spots: Vec<(i32, i32)> = Vec::new();
    let starts: Vec<usize> = data.match_indices(['M', 'L', 'H', 'V', 'z']).map(|(at, _)| at).collect();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(data.len());
        let numbers: Vec<i32> = data[start + 1..end]
            .split(' ')
            .filter(|number| !number.is_empty())
            .map(|number| (number.parse::<f64>().expect("a number") * 10.0).round() as i32)
            .collect();
        match &data[*start..start + 1] {
            "H" => spots.push((numbers[0], spots.last().expect("a start").1)),
            "V" => spots.push((spots.last().expect("a start").0, numbers[0])),
            _ => spots.extend(numbers.chunks(2).map(|pair| (pair[0], pair[1]))),
        }
    }
    spots
}

/// Nothing leaves the frame, no text lies on another, no number is a machine's.
fn assert_sound(chart: &Chart) -> Vec<Element> {
    let svg = chart.svg();
    assert_eq!(svg, chart.svg(), "the same bytes twice");
    let elements = parse(&svg);
    let geometry = ["viewBox", "x", "y", "cx", "cy", "r", "width", "height", "d"];
    for value in elements.iter().flat_map(|element| geometry.iter().filter_map(|name| element.get(name))) {
        assert!(value.chars().all(|char| char.is_ascii_digit() || " .-MLHVz".contains(char)), "{value}");
    }
    let frame = frame(&elements);
    for (x, y) in spots(&elements) {
        assert!(
            (frame.left..=frame.right).contains(&x) && (frame.top..=frame.bottom).contains(&y),
            "({x}, {y}) in {svg}"
        );
    }
    let texts: Vec<&Element> = elements.iter().filter(|element| element.name == "text").collect();
    for (index, text) in texts.iter().enumerate() {
        assert!(frame.holds(&text.area()), "{text:?} leaves the frame of {svg}");
        for other in &texts[..index] {
            assert!(!text.area().touches(&other.area()), "{text:?} lies on {other:?} in {svg}");
        }
    }
    elements
}

fn has_text(elements: &[Element], text: &str) -> bool {
    elements.iter().any(|element| element.name == "text" && element.text == text)
}

fn point(year: i32, mark: PointMark, label: &str) -> ChartPoint {
    let address = format!("2024/industry#exchange/actuals/{year}");
    ChartPoint { year, mark, label: label.into(), hint: format!("{year}年度 {label}").into(), address }
}

fn value(year: i32, value: f64, label: &str) -> ChartPoint {
    point(year, PointMark::Value { value, certainty: Certainty::Final }, label)
}

fn broken(year: i32) -> SeriesBreak {
    let address = format!("2024/industry#exchange/breaks/{year}");
    SeriesBreak { year, hint: format!("{year}年度から測り方が変わりました").into(), address }
}

fn step(year: i32, at: f64, before: f64, after: f64) -> TargetStep {
    TargetStep {
        year,
        at,
        before,
        after,
        label: format!("目標変更 {before}→{after}").into(),
        hint: format!("{year}年度の目標を {before} から {after} に変更").into(),
        address: "2024/industry#exchange/target_changes/1".into(),
    }
}

fn caption() -> Caption {
    Caption {
        id: "exchange".into(), title: "交流人数".into(), desc: "446人から628人へ".into(), language: "ja".into()
    }
}

/// The first indicator of the sheet that this tool was made for.
fn exchange() -> ProgressChart {
    ProgressChart {
        caption: caption(),
        years: [(2023, "計画策定時")]
            .into_iter()
            .map(|(year, label)| (year, label.to_owned()))
            .chain((2024..=2027).map(|year| (year, year.to_string())))
            .collect(),
        baseline: Some(value(2023, 446.0, "446人")),
        actuals: vec![value(2024, 628.0, "628人")],
        targets: vec![value(2027, 1046.0, "1,046人")],
        expected: vec![(2023, 446.0), (2027, 1046.0)],
        events: Box::default(),
        unit: "人".into(),
    }
}

#[test]
fn a_progress_chart_says_what_it_is_and_prints_all_its_figures() {
    let elements = assert_sound(&Chart::Progress(exchange()));
    for text in ["446人", "628人", "1,046人", "人", "計画策定時", "2024", "2027", "400", "1,000"] {
        assert!(has_text(&elements, text), "{text}");
    }
    assert_eq!(elements[0].get("role"), Some("img"));
    assert_eq!(elements[0].get("aria-labelledby"), Some("exchange-title"));
    assert_eq!(elements[0].get("lang"), Some("ja"));
}

#[test]
fn a_mark_leads_to_the_line_of_its_figure() {
    let svg = Chart::Progress(exchange()).svg();
    let mark = "<g class=\"hc-actual\" data-address=\"2024/industry#exchange/actuals/2024\"><title>2024年度 628人</title><circle";
    assert!(svg.contains(mark), "{svg}");
}

#[test]
fn a_gap_is_never_drawn_as_zero() {
    let mut chart = exchange();
    chart.actuals.extend([point(2025, PointMark::Gap, "…"), value(2026, 900.0, "900人")]);
    let elements = assert_sound(&Chart::Progress(chart));
    assert!(has_text(&elements, "…"));
    let lines = elements.iter().filter(|element| element.get("class") == Some("hc-line")).count();
    assert_eq!(lines, 0, "a single figure on each side of the gap has nothing to be joined with");
    assert_eq!(elements.iter().filter(|element| element.name == "circle").count(), 2);
}

#[test]
fn what_is_no_number_is_a_gap() {
    for figure in [f64::NAN, f64::INFINITY, f64::MIN] {
        let mut chart = exchange();
        chart.actuals.push(value(2025, figure, "?"));
        chart.expected.push((2027, figure));
        assert!(has_text(&assert_sound(&Chart::Progress(chart)), "?"), "{figure}");
    }
}

#[test]
fn a_figure_that_is_not_final_is_told_apart_without_colour() {
    let mut chart = exchange();
    chart.actuals = vec![point(2024, PointMark::Value { value: 628.0, certainty: Certainty::NotFinal }, "628人")];
    assert!(Chart::Progress(chart).svg().contains("class=\"hc-actual hc-open\""));
    assert!(stylesheet().contains(".hc-actual.hc-open { fill: var(--hyoka-paper, #fff); stroke-dasharray"));
}

#[test]
fn every_class_has_its_look_and_every_colour_its_name() {
    let mut progress = exchange();
    progress.events.breaks = vec![broken(2025)];
    progress.events.target_steps = vec![step(2027, 2025.5, 900.0, 1046.0)];
    progress.events.revised = vec![RevisedPoint { address: progress.actuals[0].address.clone(), before: Some(100.0) }];
    progress.actuals.extend([value(2025, 5.0, "5"), value(2026, 6.0, "6"), point(2027, PointMark::AtMost(1.0), "1")]);
    let mut settled = amounts(vec![value(2024, 1.0, "1"), point(2025, PointMark::Gap, "―")]);
    settled.kinds.push(ExpenditureBars { kind: "budgeted".into(), ..settled.kinds[0].clone() });
    settled.kinds.push(ExpenditureBars { kind: "personnel".into(), ..settled.kinds[0].clone() });
    let overview = OverviewChart { title: "分野".into(), rows: vec![row("産業", 6, "1円"), row("環境", 1, "")] };
    let spark = SparkChart { caption: caption(), values: vec![(2020, Some(1.0))], breaks: Vec::new() };
    // Named so that a theme can reach them; they look well without a rule.
    let without_rule =
        ["hc-progress", "hc-expenditure", "hc-legend", "hc-budgeted", "hc-of-baseline", "hc-of-target", "hc-quarters"];
    let documentation = include_str!("mod.rs");
    let pictures = [Chart::Progress(progress), Chart::Expenditure(settled), Chart::Spark(spark)];
    let others = [parse(&overview.html()), parse(&quarters(&[(1.0, 50.0), (1.0, 50.0)]).svg())];
    for elements in pictures.iter().map(assert_sound).chain(others) {
        for class in elements.iter().filter_map(|element| element.get("class")).flat_map(|c| c.split(' ')) {
            assert!(
                without_rule.contains(&class) || stylesheet().contains(&format!(".{class} ")),
                "{class} has no rule"
            );
            assert!(documentation.contains(&format!("`{class}`")), "{class} is not documented");
        }
    }
    let variables =
        stylesheet().split("var(").skip(1).filter_map(|rest| rest.split_once([',', ')'])).map(|(name, _)| name);
    for variable in variables {
        assert_eq!(stylesheet().matches(&format!("{variable}:")).count(), 3, "{variable}: light, dark, forced colours");
        assert!(documentation.contains(variable), "{variable} is not documented");
    }
}

#[test]
fn an_amount_of_a_year_without_a_label_is_shown_with_its_number() {
    let mut chart = amounts(vec![value(2017, 5.0, "5千円")]);
    chart.years.clear();
    let elements = assert_sound(&Chart::Expenditure(chart));
    assert!(has_text(&elements, "5千円") && has_text(&elements, "2017"));
}

#[test]
fn eleven_years_of_long_figures_keep_the_latest_the_target_and_the_baseline_with_their_years() {
    let mut chart = exchange();
    chart.years = (2014..=2025).map(|year| (year, year.to_string())).collect();
    chart.baseline = Some(value(2014, 12_345_678.0, "12,345,678人"));
    chart.actuals =
        (2015..=2024).map(|year| value(year, 12e6 + f64::from(year % 3) * 4e5, &format!("12,{year}00人"))).collect();
    chart.targets = vec![value(2025, 15e6, "15,000,000人")];
    chart.expected = Vec::new();
    let elements = assert_sound(&Chart::Progress(chart));
    for text in ["12,345,678人", "12,202400人", "15,000,000人", "2014", "2024", "2025"] {
        assert!(has_text(&elements, text), "{text}");
    }
}

#[test]
fn bounds_have_arrows_and_ranges_have_caps() {
    let mut chart = exchange();
    chart.targets = vec![
        point(2025, PointMark::AtLeast(700.0), "700人以上"),
        point(2026, PointMark::AtMost(0.0), "0人以下"),
        point(2027, PointMark::Range { low: 900.0, high: 1000.0 }, "900〜1,000人"),
    ];
    let elements = assert_sound(&Chart::Progress(chart));
    assert_eq!(elements.iter().filter(|element| element.get("class") == Some("hc-stem")).count(), 3);
}

#[test]
fn a_break_interrupts_the_line_and_is_marked() {
    let mut chart = exchange();
    chart.actuals.extend([value(2025, 700.0, "700人"), value(2026, 300.0, "300人")]);
    chart.events.breaks = vec![broken(2026)];
    let elements = assert_sound(&Chart::Progress(chart));
    assert!(elements.iter().any(|element| element.get("class") == Some("hc-strokes")));
    assert!(elements.iter().any(|element| element.name == "title" && element.text.contains("測り方が変わりました")));
    let line = elements.iter().find(|element| element.get("class") == Some("hc-line")).expect("a line");
    assert_eq!(spots(std::slice::from_ref(line)).len(), 2);
}

#[test]
fn a_changed_target_is_an_arrow_with_words_at_the_day_of_the_change() {
    let mut chart = exchange();
    chart.events.target_steps = vec![step(2027, 2025.5, 900.0, 1046.0)];
    let elements = assert_sound(&Chart::Progress(chart));
    assert!(has_text(&elements, "目標変更 900→1046"));
    let arrow = elements.iter().find(|element| element.get("class") == Some("hc-change")).expect("an arrow");
    assert_eq!(arrow.get("data-address"), Some("2024/industry#exchange/target_changes/1"));
    let goal = elements.iter().find(|element| element.get("class") == Some("hc-goal")).expect("the level aimed at");
    let spots = spots(std::slice::from_ref(goal));
    assert_eq!(spots.len(), 4, "the level before, and the one behind");
}

#[test]
fn a_change_before_the_axis_begins_is_left_to_the_table() {
    let mut chart = exchange();
    chart.events.target_steps = vec![step(2027, 2010.0, 900.0, 1046.0), step(2027, 2025.0, f64::INFINITY, 1046.0)];
    let elements = assert_sound(&Chart::Progress(chart));
    assert!(elements.iter().all(|element| element.get("class") != Some("hc-change")));
}

#[test]
fn a_revised_figure_has_a_ring_and_the_figure_before_where_both_can_be_told_apart() {
    let revised = |before: Option<f64>| {
        let mut chart = exchange();
        chart.events.revised = vec![RevisedPoint { address: chart.actuals[0].address.clone(), before }];
        let elements = assert_sound(&Chart::Progress(chart));
        let of = |class: &str| elements.iter().filter(|element| element.get("class") == Some(class)).count();
        (of("hc-revised"), of("hc-was"))
    };
    assert_eq!(revised(Some(500.0)), (1, 2), "the line and the figure");
    assert_eq!(revised(Some(629.0)), (1, 0), "they would lie on one another");
    assert_eq!(revised(None), (1, 0));
}

#[test]
fn a_target_in_words_stands_below_the_plot() {
    let mut chart = exchange();
    chart.targets = vec![point(2027, PointMark::Gap, "計画を策定")];
    let elements = assert_sound(&Chart::Progress(chart));
    assert!(has_text(&elements, "計画を策定"));
}

#[test]
fn a_chart_of_nothing_is_a_frame() {
    for chart in [
        Chart::Progress(ProgressChart::default()),
        Chart::Spark(SparkChart::default()),
        Chart::Expenditure(ExpenditureChart::default()),
    ] {
        assert_sound(&chart);
    }
}

#[test]
fn a_file_has_its_namespace_and_style_and_a_page_has_neither() {
    let chart = Chart::Progress(exchange());
    assert!(chart.svg_file(stylesheet()).starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\""));
    assert!(chart.svg_file(stylesheet()).contains("--hyoka-actual: #0017c1"));
    assert!(!chart.svg().contains("xmlns") && !chart.svg().contains("<style>"));
    assert!(!stylesheet().contains(['<', '&']), "the style stands in XML as it is");
}

#[test]
fn words_cannot_become_markup() {
    let mut chart = exchange();
    chart.caption.title = "</title><script>".into();
    chart.actuals = vec![value(2024, 1.0, "<b>&\u{0}")];
    chart.unit = "\"<".into();
    let elements = assert_sound(&Chart::Progress(chart));
    assert!(elements.iter().all(|element| element.name != "script" && element.name != "b"));
}

fn amounts(points: Vec<ChartPoint>) -> ExpenditureChart {
    ExpenditureChart {
        caption: caption(),
        years: (2018..=2027).map(|year| (year, format!("{year}（令和）年度"))).collect(),
        kinds: vec![ExpenditureBars { kind: "settled".into(), name: "決算額".into(), points }],
        unit: "千円".into(),
        revised: Vec::new(),
    }
}

#[test]
fn every_amount_is_printed_beside_its_bar() {
    let mut chart = amounts((2018..2027).map(|year| value(year, 1_587_511.0, &format!("{year},511千円"))).collect());
    let budgeted = chart.kinds[0]
        .points
        .iter()
        .map(|point| ChartPoint { label: format!("予{}", &*point.label).into(), ..point.clone() });
    chart.kinds.push(ExpenditureBars { kind: "budgeted".into(), name: "予算額".into(), points: budgeted.collect() });
    let elements = assert_sound(&Chart::Expenditure(chart));
    for year in 2018..2027 {
        assert!(has_text(&elements, &format!("{year},511千円")) && has_text(&elements, &format!("予{year},511千円")));
    }
}

#[test]
fn an_amount_of_zero_is_a_line_and_a_missing_one_is_its_symbol_without_a_bar() {
    let elements = assert_sound(&Chart::Expenditure(amounts(vec![
        value(2023, 0.0, "0千円"),
        point(2024, PointMark::Gap, "―"),
        value(2025, -120.0, "▲120千円"),
    ])));
    assert!(has_text(&elements, "0千円") && has_text(&elements, "―"));
    // The square of the legend and the one negative bar.
    assert_eq!(elements.iter().filter(|element| element.name == "rect").count(), 2);
}

fn row(name: &str, marks: usize, cost: &str) -> OverviewRow {
    let shapes = [MarkShape::Achieved, MarkShape::Behind, MarkShape::WorseThanBaseline, MarkShape::Undecided];
    let mark = |index: usize| OverviewMark {
        count: String::new(),
        shape: shapes[index % shapes.len()],
        href: format!("industry/index.html#i{index}"),
        hint: format!("指標{index}：達成").into(),
    };
    OverviewRow { name: name.into(), href: "areas/".into(), marks: (0..marks).map(mark).collect(), cost: cost.into() }
}

#[test]
fn every_mark_of_the_overview_is_a_link_of_its_own_with_a_name() {
    let rows = vec![row("産業", 2_500, "15億8,751万円"), row("環境", 0, "")];
    let elements = parse(&OverviewChart { title: "分野ごとの判定".into(), rows }.html());
    assert_eq!(elements[0].get("aria-label"), Some("分野ごとの判定"));
    let of = |name: &str| elements.iter().filter(|element| element.name == name).count();
    let links = elements.iter().filter(|e| e.name == "a" && e.get("href").is_some_and(|href| href.contains('#')));
    assert_eq!(links.count(), 2_500);
    assert_eq!((of("svg"), of("title")), (2_500, 2_500));
    assert!(elements.iter().filter(|e| e.name == "svg").all(|e| e.get("role") == Some("img")));
    assert!(elements.iter().filter(|e| e.name == "title").all(|e| !e.text.is_empty()));
    // An area without a mark and without an amount is its name.
    assert!(
        OverviewChart { title: String::new(), rows: vec![row("環境", 0, "")] }.html().ends_with("環境</a></li></ul>")
    );
}

#[test]
fn the_marks_of_the_overview_stay_within_their_pictures() {
    let elements = parse(&OverviewChart { title: String::new(), rows: vec![row("産業", 6, "")] }.html());
    let shapes = elements.iter().filter(|element| ["circle", "path"].contains(&element.name.as_str()));
    assert_eq!(shapes.clone().count(), 6);
    assert!(shapes.clone().all(|shape| shape.name == "circle" || !shape.get("d").unwrap_or_default().is_empty()));
    let outlines: Vec<Element> = shapes.filter(|shape| shape.name == "path").cloned().collect();
    assert!(spots(&outlines).iter().all(|(x, y)| x.abs() <= 120 && y.abs() <= 120));
}

#[test]
fn names_and_amounts_of_the_overview_are_never_cut() {
    let name = "安心して暮らせる、人にやさしいまちづくりを進めるための基盤整備と市民協働の推進に関する総合的な施策の展開について";
    for cost in ["12兆3,456億7,890万円", "1,234,567.8 million yen"] {
        let html = OverviewChart { title: String::new(), rows: vec![row(name, 14, cost)] }.html();
        assert!(html.contains(name) && html.contains(cost), "{html}");
    }
}

fn drawn(point: &&ChartPoint) -> bool {
    marks::figures(&point.mark).is_some()
}

fn any_mark() -> impl Strategy<Value = PointMark> {
    let figure = prop_oneof![Just(0.0), Just(36.0), -100.0..100.0f64, 1e6..1e8f64, Just(-1e20)];
    prop_oneof![
        6 => figure.clone().prop_map(|value| PointMark::Value { value, certainty: Certainty::Final }),
        1 => figure.clone().prop_map(|value| PointMark::Value { value, certainty: Certainty::NotFinal }),
        1 => figure.clone().prop_map(PointMark::AtLeast),
        1 => figure.clone().prop_map(PointMark::AtMost),
        // `low` is never above `high`: the reader of a sheet refuses such a range.
        1 => (figure.clone(), figure).prop_map(|(a, b): (f64, f64)| PointMark::Range { low: a.min(b), high: a.max(b) }),
        2 => Just(PointMark::Gap),
    ]
}

fn any_points(years: std::ops::Range<i32>) -> impl Strategy<Value = Vec<ChartPoint>> {
    let label = prop_oneof![
        Just("628人".to_owned()),
        Just("12,345,678人".to_owned()),
        Just("▲3.2ポイント".to_owned()),
        Just("集計中".to_owned()),
        Just("40%以上".to_owned()),
        Just("1,046件（うち新規事業創出件数を含む）".to_owned()),
        Just("123,456,789,012百万円".to_owned()),
        Just("9,999,999,999,999,999,999,999,999,999円".to_owned()),
        "[a-zA-Z<&一-龠]{0,40}",
    ];
    prop::collection::btree_map(years, (any_mark(), label), 0..12)
        .prop_map(|points| points.into_iter().map(|(year, (mark, label))| point(year, mark, &label)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_label_lies_on_another_or_leaves_the_frame(
        actuals in any_points(2014..2026),
        targets in any_points(2014..2030),
        baseline in any_points(2010..2014),
        breaks in prop::collection::vec(2010..2030i32, 0..3),
        steps in prop::collection::vec((2014..2030i32, 0.0..6.0f64, -900.0..900.0f64, -900.0..900.0f64), 0..3),
        was in prop::option::of(-900.0..900.0f64),
        first in 2010..2015i32,
        last in 2015..2030i32,
        unit in prop_oneof![Just(String::new()), Just("人".to_owned()), Just("件（うち新規事業創出件数を含む）の年間累計であって市内のもの".to_owned())],
        suffix in prop_oneof![Just(""), Just("年度"), Just("（令和6）年度"), Just("\n計画策定時")],
    ) {
        let must: Vec<String> = [actuals.iter().rfind(drawn), targets.iter().rfind(drawn), baseline.first().filter(drawn)]
            .into_iter().flatten().map(|point| labels::shortened(&point.label, &unit, progress::WIDEST_LABEL)).collect();
        let tall = !steps.is_empty() || was.is_some() || actuals.iter().chain(&targets).chain(baseline.first())
            .any(|point| matches!(point.mark, PointMark::AtLeast(_) | PointMark::AtMost(_) | PointMark::Range { .. }));
        let expected = targets.iter().filter_map(|point| marks::figures(&point.mark).map(|(low, _)| (point.year, low))).collect();
        let revised = actuals.iter().map(|point| RevisedPoint { address: point.address.clone(), before: was }).collect();
        let elements = assert_sound(&Chart::Progress(ProgressChart {
            caption: caption(),
            years: (first..=last).map(|year| (year, format!("{year}{suffix}"))).collect(),
            baseline: baseline.into_iter().next(),
            actuals,
            targets,
            expected,
            events: Box::new(Events { breaks: breaks.into_iter().map(broken).collect(),
            target_steps: steps.into_iter().map(|(year, ago, before, after)| step(year, f64::from(year) - ago, before, after)).collect(),
            revised }),
            unit: unit.into(),
        }));
        let texts: Vec<&str> = elements.iter().filter(|e| e.name == "text").map(|e| e.text.as_str()).collect();
        for label in must {
            // Marks as tall as the chart can leave no room at all; the table beside the chart has every figure.
            prop_assert!(tall || label.is_empty() || texts.contains(&label.as_str()), "{label} in {texts:?}");
        }
    }

    #[test]
    fn no_amount_lies_on_another_or_leaves_the_frame(
        settled in any_points(2014..2026),
        budgeted in any_points(2014..2030),
        name in "[ぁ-んa-z]{0,30}",
    ) {
        let kinds = vec![
            ExpenditureBars { kind: "settled".into(), name: name.clone(), points: settled },
            ExpenditureBars { kind: "budgeted".into(), name, points: budgeted },
        ];
        let years = (2014..=2029).map(|year| (year, year.to_string())).collect();
        assert_sound(&Chart::Expenditure(ExpenditureChart { caption: caption(), years, kinds, unit: "千円".into(), revised: Vec::new() }));
    }

    #[test]
    fn the_overview_says_any_name_and_amount_as_it_is(
        rows in prop::collection::vec(("[ぁ-ん、。A-Za-z<&> ]{0,60}", 0..70usize, "[0-9億万円,<&]{0,24}"), 0..8),
    ) {
        let chart = OverviewChart { title: "<&>".into(), rows: rows.iter().map(|(name, marks, cost)| row(name, *marks, cost)).collect() };
        let says = |elements: &[Element], text: &str| elements.iter().any(|element| element.text == text);
        let elements = parse(&chart.html());
        for (name, marks, cost) in rows {
            prop_assert!(says(&elements, &name));
            prop_assert!(cost.is_empty() || says(&elements, &cost));
            prop_assert!(elements.iter().filter(|element| element.name == "title").count() >= marks);
        }
    }

    #[test]
    fn a_spark_stays_in_its_frame(values in prop::collection::vec(prop::option::of(prop_oneof![Just(0.0), -1e9..1e9f64]), 0..15)) {
        let values = (2010..).zip(values).collect();
        assert_sound(&Chart::Spark(SparkChart { caption: caption(), values, breaks: Vec::new() }));
    }
}

fn quarters(marks: &[(f64, f64)]) -> QuarterChart {
    let axis = |high: f64, middle: f64, name: &str| QuarterAxis {
        name: name.into(),
        low: 0.0,
        high,
        middle,
        ticks: vec![(0.0, "0".into()), (middle, "中".into()), (high, "上".into())],
    };
    QuarterChart {
        caption: caption(),
        x: axis(2.0, 1.0, "ペース"),
        y: axis(100.0, 50.0, "進捗率"),
        corners: ["遅い・近い".into(), "速い・近い".into(), "遅い・遠い".into(), "速い・遠い".into()],
        marks: marks
            .iter()
            .map(|&(x, y)| QuarterMark {
                x,
                y,
                shape: MarkShape::OnTrack,
                href: "a".into(),
                name: "施策".into(),
                hint: "施策：50%".into(),
            })
            .collect(),
    }
}

/// Where the marks of a chart stand.
fn places(chart: &QuarterChart) -> Vec<(f64, f64)> {
    let svg = chart.svg();
    let numbers = |text: &str| -> (f64, f64) {
        let (x, y) = text.split_once(' ').unwrap();
        (x.parse().unwrap(), y.parse().unwrap())
    };
    svg.split("translate(").skip(1).map(|rest| numbers(rest.split(')').next().unwrap())).collect()
}

#[test]
fn marks_at_the_same_figures_stand_side_by_side_and_in_their_quarter() {
    let chart = quarters(&[(0.99, 50.0); 30]);
    let places = places(&chart);
    let of = |x: f64, y: f64| self::places(&quarters(&[(x, y)]))[0];
    let (middle_x, middle_y) = of(1.0, 50.0);
    for (index, (x, y)) in places.iter().enumerate() {
        assert!(*x < middle_x && *y <= middle_y, "slow and half of the way: {x} {y}");
        for (other_x, other_y) in &places[..index] {
            assert!((x - other_x).hypot(y - other_y) > 16.0, "{x} {y} lies on {other_x} {other_y}");
        }
    }
    assert_eq!(places[0], of(0.99, 50.0), "the first one has its place");
    assert_eq!(chart.svg().matches("hc-lead").count(), 29, "the others are led to theirs");
}

#[test]
fn a_mark_beyond_the_scale_stands_at_its_edge() {
    let [inside, beyond] = [(2.0, 0.0), (9.0, -300.0)].map(|at| places(&quarters(&[at]))[0]);
    assert_eq!(inside, beyond);
}

#[test]
fn names_stand_beside_their_marks_where_there_is_room_and_never_on_another() {
    for marks in [vec![(1.3, 70.0)], vec![(0.99, 50.0); 40], vec![(0.0, 0.0), (2.0, 100.0), (9.0, -300.0)]] {
        let mut chart = quarters(&marks);
        let names = [
            "安心して産み、育てられるまちにする",
            "短い名",
            "とても長い名前の施策で、終わりのほうが図の中に入りきらないので印のところにだけ書くもの",
        ];
        chart.marks.iter_mut().zip(names.iter().cycle()).for_each(|(mark, name)| mark.name = (*name).into());
        let elements = parse(&chart.wide_svg());
        let frame = frame(&elements);
        let mut moved = (0, 0);
        let mut areas: Vec<Area> = Vec::new();
        let mut named = 0;
        for element in &elements {
            if let Some(at) = element.get("transform").and_then(|of| of.strip_prefix("translate(")?.strip_suffix(')')) {
                let numbers: Vec<f64> = at.split(' ').map(|number| number.parse().unwrap()).collect();
                moved = ((numbers[0] * 10.0).round() as i32, (numbers[1] * 10.0).round() as i32);
            }
            let inside = names.contains(&element.text.as_str());
            if element.name != "text" || (!inside && element.get("text-anchor").is_some()) {
                continue;
            }
            let own = element.area();
            let by = if inside { moved } else { (0, 0) };
            named += usize::from(inside);
            let Area { left, top, right, bottom } = own;
            let area = Area { left: left + by.0, top: top + by.1, right: right + by.0, bottom: bottom + by.1 };
            assert!(frame.holds(&area), "{element:?}");
            assert!(areas.iter().all(|other| !other.touches(&area)), "{element:?}");
            areas.push(area);
        }
        assert!(named > 0 && named <= marks.len());
        assert!(
            marks.len() > 3 || named + 1 >= marks.len(),
            "a few have room for all but for the one that is too long"
        );
    }
    assert!(!quarters(&[(1.0, 50.0)]).svg().contains(">施策<"), "on a phone there is none");
}

#[test]
fn a_chart_of_links_is_no_single_image() {
    let svg = quarters(&[(1.0, 50.0)]).svg();
    assert!(svg.contains("role=\"group\"") && !svg.contains("role=\"img\""));
    assert!(svg.contains("<a class=\"hc-on-track\" href=\"a\"") && svg.contains("<title>施策：50%</title>"));
}

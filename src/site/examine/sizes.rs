//! Sizes of what can be pressed, as far as a style sheet says them (WCAG 2.2, 2.5.8: 24 CSS pixels).

/// Selectors that end in one of these name something that can be pressed.
const PRESSED: [&str; 6] = ["a", "button", "input", "select", "summary", "textarea"];
const SIZES: [&str; 4] = ["width", "height", "max-width", "max-height"];
const LEAST: f64 = 24.0;
/// A letter of the root, where no reader has changed it.
const REM: f64 = 16.0;

/// The declarations of a style sheet that make something that can be pressed too small, with their selectors. Media and
/// nesting are looked through.
pub(super) fn in_style_sheet(css: &str) -> Vec<String> {
    let mut found = Vec::new();
    // The innermost blocks hold the declarations; what stands before one, after the last brace or semicolon, selects.
    for (at, _) in css.match_indices('{') {
        let inside = css.get(at + 1..).unwrap_or_default();
        let Some(end) = inside.find(['{', '}']) else { continue };
        if inside.get(end..).is_some_and(|rest| rest.starts_with('{')) {
            continue;
        }
        let before = css.get(..at).unwrap_or_default();
        let selectors = before.rsplit(['{', '}', ';', '/']).next().unwrap_or_default();
        let body = inside.get(..end).unwrap_or_default();
        if selectors.split(',').any(names_something_pressed)
            && let Some(small) = too_small(body)
        {
            found.push(format!("{} {{ {small} }}", selectors.trim()));
        }
    }
    found
}

fn names_something_pressed(selector: &str) -> bool {
    // A part that is no element of its own, ::before, has no size to press.
    let last = selector.trim().rsplit([' ', '>', '+', '~']).next().unwrap_or_default();
    let element = last.split(['.', ':', '#', '[']).next().unwrap_or_default();
    !last.contains("::") && PRESSED.contains(&element)
}

/// The first declaration that is under the least size. What is one pixel or none is hidden on purpose.
pub(super) fn too_small(declarations: &str) -> Option<String> {
    declarations.split(';').find_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let (property, value) = (property.trim().to_ascii_lowercase(), value.trim());
        let size = SIZES.contains(&property.as_str()).then(|| pixels(value))??;
        (size > 1.0 && size < LEAST).then(|| format!("{property}: {value}"))
    })
}

/// A length in CSS pixels; `None` for what depends on more than the root's letters.
fn pixels(value: &str) -> Option<f64> {
    let value = value.trim_end_matches("!important").trim();
    let number = |unit: &str| value.strip_suffix(unit)?.parse::<f64>().ok();
    number("px").or_else(|| Some(number("rem")? * REM))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_under_24_pixels_is_found_and_nothing_else() {
        let css = "@media screen{nav li > a.x:hover{color:red;height:20px}} p{height:4px} a::before{width:4px}\
            input[type=radio],p{width:1.25rem} a{width:1px;min-width:2px;height:1.5rem} .a{height:1px} summary{height:50%}";
        assert_eq!(
            in_style_sheet(css),
            ["nav li > a.x:hover { height: 20px }", "input[type=radio],p { width: 1.25rem }"]
        );
    }
}

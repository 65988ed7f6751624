use super::*;

const INK: Rgb = [0, 23, 193];

fn card(counts: &[(MarkShape, usize)]) -> Card {
    Card {
        year: "2024".to_owned(),
        counts: counts.iter().map(|(shape, count)| CardCount { shape: *shape, count: *count, colour: INK }).collect(),
        paper: [255; 3],
        text: [26; 3],
        accent: INK,
    }
}

/// The indices of the pixels of a PNG that we made.
fn pixels(png: &[u8]) -> Vec<Vec<u8>> {
    let at = png.windows(4).position(|kind| kind == b"IDAT").unwrap();
    let length = u32::from_be_bytes(png[at - 4..at].try_into().unwrap()) as usize;
    let lines = miniz_oxide::inflate::decompress_to_vec_zlib(&png[at + 4..at + 4 + length]).unwrap();
    lines.chunks(SIZE.0 as usize + 1).map(|line| line[1..].to_vec()).collect()
}

#[test]
fn the_picture_is_a_small_png_of_its_size() {
    let png = card(&[(MarkShape::Achieved, 5), (MarkShape::Undecided, 9)]).png();
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && png.len() < 20_000, "{} bytes", png.len());
    assert_eq!(png[16..24], [0, 0, 0x04, 0xB0, 0, 0, 0x02, 0x76]);
    let pixels = pixels(&png);
    assert_eq!(pixels.len(), SIZE.1 as usize);
    // The year is there, nothing reaches the edge below.
    assert!(pixels[180].iter().any(|pixel| *pixel > 0));
    assert!(pixels[600].iter().all(|pixel| *pixel == 0));
}

#[test]
fn a_verdict_without_an_indicator_is_not_in_it_and_the_smallest_count_is() {
    let with = |counts: &[(MarkShape, usize)]| pixels(&card(counts).png());
    let empty = with(&[(MarkShape::Achieved, 0), (MarkShape::Behind, 0)]);
    assert!(empty[392..].iter().flatten().all(|pixel| *pixel == 0));
    let bar = &with(&[(MarkShape::Achieved, 99_999), (MarkShape::Behind, 1)])[530];
    let of_the_last = bar.iter().filter(|pixel| **pixel > 3 * 28).count();
    assert!(of_the_last >= 7, "{of_the_last} pixels");
}

#[test]
fn large_counts_of_every_verdict_stay_in_the_picture() {
    let all = [
        MarkShape::Achieved,
        MarkShape::OnTrack,
        MarkShape::Nearly,
        MarkShape::Behind,
        MarkShape::WorseThanBaseline,
        MarkShape::Undecided,
    ];
    let pixels = pixels(&card(&all.map(|shape| (shape, 12_345))).png());
    assert!(pixels.iter().skip(30).all(|row| row[..60].iter().chain(&row[1140..]).all(|pixel| *pixel == 0)));
}

//! Where people and offices are: what an office serves, and how far it is away.

use super::super::office::{Answer, Office};
use super::{Need, Ways};

/// A point on the earth, degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// 緯度, north.
    pub latitude: f64,
    /// 経度, east.
    pub longitude: f64,
}

impl Point {
    /// Where an office stands; `None` where that is not known.
    pub fn of(office: &Office) -> Option<Self> {
        let point = Self { latitude: office.latitude?, longitude: office.longitude? };
        // 0, 0 lies in the sea: what a file means by it is that nobody knows.
        let somewhere = point.latitude != 0.0 || point.longitude != 0.0;
        let real = point.latitude.abs() <= 90.0 && point.longitude.abs() <= 180.0;
        (somewhere && real).then_some(point)
    }
}

/// From what it is known where a person lives. A case has no coordinates: it is never more than a place near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The offices of the same 町.
    Town,
    /// The offices that stand in the 圏域.
    Area,
}

/// The earth's mean radius, km.
const RADIUS: f64 = 6371.0;

/// The distance as the crow flies, km (haversine).
pub fn km(a: Point, b: Point) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let (from, to) = (a.latitude.to_radians(), b.latitude.to_radians());
    let share = from.cos() * to.cos() * half(a.longitude, b.longitude);
    let arc = (half(a.latitude, b.latitude) + share).clamp(0.0, 1.0);
    2.0 * RADIUS * arc.sqrt().asin()
}

/// The middle of some points; `None` of none.
pub fn centre(points: impl IntoIterator<Item = Point>) -> Option<Point> {
    let mut count = 0.0;
    let (mut latitude, mut longitude) = (0.0, 0.0);
    for point in points {
        count += 1.0;
        latitude += point.latitude;
        longitude += point.longitude;
    }
    (count > 0.0).then(|| Point { latitude: latitude / count, longitude: longitude / count })
}

/// Where the person lives, as well as the directory can tell it: the middle of the offices in the same 町, else of those
/// that stand in the person's 圏域.
pub fn about<'a>(
    need: &Need,
    offices: impl Iterator<Item = &'a Office> + Clone,
    ways: &Ways<'_>,
) -> Option<(Point, From)> {
    let there = offices.filter(|office| !office.removed);
    let town = town(&need.address);
    if !town.is_empty() {
        let near = there.clone().filter(|office| (ways.inside)(&office.address, town));
        if let Some(point) = centre(near.filter_map(Point::of)) {
            return Some((point, From::Town));
        }
    }
    if need.area.is_empty() {
        return None;
    }
    let near = there.filter(|office| (ways.same)(&office.area, &need.area));
    Some((centre(near.filter_map(Point::of))?, From::Area))
}

/// An address up to its first number: the 町 that the person lives in. Empty where nothing stands before a number.
pub fn town(address: &str) -> &str {
    let is_number = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c); // data, not a sentence
    // A numeral may be part of a name (三丘): only one that a 丁目 or another number follows ends the name.
    let ends = |(at, c): (usize, char)| {
        let rest = address.get(at..).unwrap_or_default();
        let behind = rest.trim_start_matches(is_number);
        let plain = c.is_ascii_digit() || ('０'..='９').contains(&c);
        let ended = behind.starts_with("丁目") || behind.starts_with('番'); // data, not a sentence
        (is_number(c) && (plain || ended)).then_some(at)
    };
    let end = address.char_indices().find_map(ends).unwrap_or(address.len());
    address.get(..end).unwrap_or_default().trim()
}

/// Whether the office serves where the person lives; `None` where nothing is known of the person's place.
pub fn serves(need: &Need, office: &Office, ways: &Ways<'_>) -> Option<Answer> {
    if need.area.is_empty() && need.school_district.is_empty() && need.address.is_empty() {
        return None;
    }
    let own = |place: &str| {
        let district = !need.school_district.is_empty() && (ways.same)(bare(place), bare(&need.school_district));
        let area = !need.area.is_empty() && (ways.same)(place, &need.area);
        let address = !need.address.is_empty() && (ways.inside)(&need.address, bare(place));
        district || area || address
    };
    let mut served = office.served().peekable();
    if served.peek().is_none() {
        // Nobody was told where it goes: who stands in the same 圏域 will come, others are to be asked.
        let here = !need.area.is_empty() && (ways.same)(&office.area, &need.area);
        return Some(if here { Answer::Yes } else { Answer::Unknown });
    }
    // A list of places is never complete: what it does not name is to be talked about.
    Some(if served.any(own) { Answer::Yes } else { Answer::Ask })
}

/// The name of a 中学校区 without that word.
fn bare(place: &str) -> &str {
    let place = place.trim();
    let ends = ["中学校区", "中学校", "学区", "校区", "圏域"]; // data, not a sentence
    ends.iter().find_map(|end| place.strip_suffix(end)).unwrap_or(place)
}

"""Measures for the chapter on reach: the aircraft, "first", and the distance flown."""

import math
from collections.abc import Mapping

import pandas as pd
from geographiclib.geodesic import Geodesic

from .. import dates
from ..tables import Tables, traced, verified
from .statistic import Statistic, floor, interval, keys, span

METRES = {"mi": 1609.344, "nmi": 1852.0, "km": 1000.0}
"""Metres in one statute mile, nautical mile and kilometre."""


def reported(tables: Tables, subject: str, source: str = "") -> Statistic:
    """Return what verified reports say of one subject: the span of their values.

    An empty `high` in the table is open above. `source` keeps one source's rows. Raises
    LookupError where no verified report is left.
    """
    rows = verified(tables, "strike_reports", subject=subject)
    if source:
        rows = rows[rows["source_key"] == source]
    if rows.empty:
        raise LookupError(f"no verified report of {subject} {source}".strip())
    return span(rows, "strike_reports")


def naming(tables: Tables, subject: str, word: str) -> Statistic:
    """Return how many verified reports of a subject name a word, open above: not every report
    has been found."""
    rows = verified(tables, "strike_reports", subject=subject)
    found = int(rows["says"].str.contains(word, case=False, regex=False).sum())
    return floor(found, "reports", keys(rows, "strike_reports"))


def geodesic_m(a: pd.Series, b: pd.Series) -> float:
    """Return the length in metres of the WGS-84 geodesic between two rows with lat and lon.

    Source: Karney (2013), Algorithms for geodesics, through geographiclib.
    """
    return Geodesic.WGS84.Inverse(a["lat"], a["lon"], b["lat"], b["lon"])["s12"]


def chosen(places: pd.DataFrame, which: str, source: str = "") -> pd.DataFrame:
    """Return the verified places of an area, or the one place whose id is given, by their keys.
    `source` keeps those of some sources (space-separated). Raises LookupError for none."""
    found = places[((places["area"] == which) | (places["place_id"] == which)) & (places["verified"] == "yes")]
    found = found[found["source_key"].isin(source.split())] if source else found
    if found.empty:
        raise LookupError(f"no verified place or area {which!r} in data/places.csv")
    return found


def pairs(tables: Tables, *, departures: str, targets: str, source: str = "") -> pd.DataFrame:
    """Return the distance one way from each departure to each target, both an area or one place:
    columns departure_id, departure, target_id, target, km, mi, nmi (WGS-84 geodesics).
    `source` keeps the places of some sources."""
    found, places = [], tables["places"]
    for start, a in chosen(places, departures, source).iterrows():
        for end, b in chosen(places, targets, source).iterrows():
            metres = geodesic_m(a, b)
            found.append((start, a["name"], end, b["name"], *(metres / METRES[unit] for unit in ("km", "mi", "nmi"))))
    return pd.DataFrame(found, columns=["departure_id", "departure", "target_id", "target", "km", "mi", "nmi"])


def one_way(
    tables: Tables, departures: str, targets: str, unit: str, extent: str = "", source: str = "",
) -> Statistic:
    """Return the shortest and the longest great-circle distance (on the ellipsoid WGS 84) from any departure to any
    target in `unit` (one of METRES), widened at both ends by the radius of a circle of the area reported
    of the subject `extent`; `source` keeps the places of some sources. Raises LookupError for another
    unit, and for no report."""
    if unit not in METRES:
        raise LookupError(f"no unit {unit!r}: it has {', '.join(METRES)}")
    found = pairs(tables, departures=departures, targets=targets, source=source)
    used = list(dict.fromkeys([*found["departure_id"], *found["target_id"]]))
    rows, margin = keys(tables["places"].loc[used], "places"), 0.0
    if extent:
        area = reported(tables, extent)
        rows, margin = rows + area.rows, math.sqrt(area.high / math.pi) * METRES["km"] / METRES[unit]
    return interval(found[unit].min() - margin, found[unit].max() + margin, unit, rows)


def round_trip(tables: Tables, departures: str, targets: str, unit: str) -> Statistic:
    """Return the shortest and the longest distance out and back, in `unit`."""
    out = one_way(tables, departures, targets, unit)
    return interval(2 * out.low, 2 * out.high, unit, out.rows)


STEPS = 40
"""Segments of a drawn geodesic or arc."""


@traced
def courses(tables: Tables, *, start: str, target: str, other: str, miles: float) -> pd.DataFrame:
    """Return the points of each line of a map: columns line, point, lat, lon, mi.

    Lines: the geodesic from a place to its target ("way"), the same course flown on to some miles
    ("on"), the arc at that distance from the start, from southwest to northwest ("arc"), and the
    geodesic from another place to the target ("other"). `mi` is the distance from the start of the line, for
    the arc from its centre.
    """
    places, metres = tables["places"], miles * METRES["mi"]
    ends = [[places.at[place, "lat"], places.at[place, "lon"]] for place in (start, target, other)]
    way, far = (Geodesic.WGS84.InverseLine(*ends[first], *ends[1]) for first in (0, 2))
    rows = []
    drawn = (("way", way, 0.0, way.s13), ("on", way, way.s13, metres), ("other", far, 0.0, far.s13))
    for line, course, near, end in drawn:
        for step in range(STEPS + 1):
            point = course.Position(near + (end - near) * step / STEPS)
            rows.append((line, step, point["lat2"], point["lon2"], point["s12"] / METRES["mi"]))
    for step in range(STEPS + 1):
        point = Geodesic.WGS84.Direct(*ends[0], 240 + 65 * step / STEPS, metres)
        rows.append(("arc", step, point["lat2"], point["lon2"], miles))
    table = pd.DataFrame(rows, columns=["line", "point", "lat", "lon", "mi"])
    return table.round(9)  # further decimals of a sine are other ones on another processor


@traced
def distances(tables: Tables, *, near: str, far: str, target: str) -> pd.DataFrame:
    """Return the distance of every pair of places by reading: columns reading ("one way" and "out and
    back" from an area, "one way from elsewhere" from another), departure, target, mi."""
    here, there = (pairs(tables, departures=area, targets=target) for area in (near, far))
    back = here.assign(mi=2 * here["mi"])
    found = {"one way": here, "out and back": back, "one way from elsewhere": there}
    rows = pd.concat([rows.assign(reading=reading) for reading, rows in found.items()], ignore_index=True)
    return rows[["reading", "departure", "target", "mi"]]


@traced
def told(tables: Tables, *, claims: Mapping[str, str]) -> pd.DataFrame:
    """Return what was reported of the strike, by those who cannot have it from each other: columns
    subject, lineage, reports (how many), first (ISO date), says, low.

    `claims` gives the subjects, and for each the claim in which the article speaks of it, or "".
    """
    rows, found = verified(tables, "strike_reports"), []
    rows = rows.assign(source=(rows["source_key"] + " " + rows["also"]).str.split()).explode("source")
    rows = rows.join(tables["sources"][["lineage", "published"]], on="source")
    for subject, claim in claims.items():
        for lineage, named in rows[rows["subject"] == subject].groupby("lineage", sort=False):
            said = named.iloc[0]
            reports, day = named["source"].nunique(), named["published"].min()
            found.append((subject, lineage, reports, day, said["says"], said["low"]))
        if claim:
            said = tables["claims"].loc[claim]
            written = dates.WRITTEN.isoformat()
            found.append((subject, "article", 1, written, said["stated_text"], pd.to_numeric(said["stated_low"])))
    return pd.DataFrame(found, columns=["subject", "lineage", "reports", "first", "says", "low"])

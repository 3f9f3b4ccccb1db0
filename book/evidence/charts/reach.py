"""Figures of the chapter on reach: where 1,200 miles leads, and which distances fit it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from geographiclib.geodesic import Geodesic
from matplotlib import pyplot
from matplotlib.figure import Figure

from ..measures.reach import METRES, one_way, round_trip
from ..tables import Tables
from . import Chart, basemap, style

CLAIMED_MI = 1200.0
"""The article's distance in statute miles."""
MARGIN = 0.1
"""How far either side of that the main reading allows."""
STEPS = 40
"""Segments of a drawn geodesic or arc."""
HALO = dict(boxstyle="round,pad=0.15", facecolor="white", edgecolor="none", alpha=0.8)
"""The plate behind a label."""
CREDIT = (
    "Coordinates: airportsdata, GeoNames and Wikipedia, WGS-84. "
    "Great-circle distances: our computation with geographiclib. "
)


def map_frame(tables: Tables) -> pd.DataFrame:
    """Return the points of each line on the map: columns line, point, lat, lon, mi.

    Lines: the geodesic from Urumqi airport to the Otar garrison, the same course flown on to
    1,200 miles, the arc 1,200 miles from the airport, and the geodesic from Jiayuguan. `mi` is
    the distance from the start of the line, for the arc from the airport.
    """
    places = tables["places"]
    start, target, other = (places.loc[key] for key in ("URC_DIWOPU", "GVARDEISKY", "JIAYUGUAN"))
    course = Geodesic.WGS84.InverseLine(start["lat"], start["lon"], target["lat"], target["lon"])
    other_course = Geodesic.WGS84.InverseLine(other["lat"], other["lon"], target["lat"], target["lon"])
    reach = CLAIMED_MI * METRES["mi"]
    rows = []
    for line, geodesic, near, far in (
        ("Urumqi to Otar", course, 0.0, course.s13),
        ("on to 1,200 miles", course, course.s13, reach),
        ("Jiayuguan to Otar", other_course, 0.0, other_course.s13),
    ):
        for step in range(STEPS + 1):
            point = geodesic.Position(near + (far - near) * step / STEPS)
            rows.append((line, step, point["lat2"], point["lon2"], point["s12"] / METRES["mi"]))
    for step in range(STEPS + 1):
        point = Geodesic.WGS84.Direct(start["lat"], start["lon"], 240 + 65 * step / STEPS, reach)
        rows.append(("1,200 miles from Urumqi", step, point["lat2"], point["lon2"], CLAIMED_MI))
    return pd.DataFrame(rows, columns=["line", "point", "lat", "lon", "mi"])


def _length(frame: pd.DataFrame, line: str) -> float:
    """Return the length of a line of the map frame in miles."""
    return frame.loc[frame["line"] == line, "mi"].max()


def draw_map(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the map."""
    canvas, axes = pyplot.subplots(figsize=(width, 3.5), layout="constrained")
    basemap.draw(axes, 56, 103, 34.5, 52.5)
    looks: dict[str, dict[str, Any]] = {
        "Urumqi to Otar": dict(color=style.ACCENT, linewidth=2.2),
        "on to 1,200 miles": dict(color=style.CLAIM, linewidth=1.6, linestyle=(0, (4, 2))),
        "Jiayuguan to Otar": dict(color=style.CONTEXT, linewidth=1, linestyle=(0, (1, 1.5))),
        "1,200 miles from Urumqi": dict(color=style.CLAIM, linewidth=1),
    }
    for line, points in frame.groupby("line", sort=False):
        axes.plot(points["lon"], points["lat"], **looks[line])
    ends = frame.groupby("line").last()
    starts = frame.groupby("line").first()
    for lon, lat, text, align, dx, dy, color in (
        (starts.at["Urumqi to Otar", "lon"], starts.at["Urumqi to Otar", "lat"], "Urumqi", "left", 5, 2, style.INK),
        (ends.at["Urumqi to Otar", "lon"], ends.at["Urumqi to Otar", "lat"], "Otar range", "right", -4, 7, style.INK),
        (ends.at["on to 1,200 miles", "lon"], ends.at["on to 1,200 miles", "lat"], "1,200 miles\non this course:\nUzbekistan", "right", -7, -14, style.CLAIM),
        (starts.at["Jiayuguan to Otar", "lon"], starts.at["Jiayuguan to Otar", "lat"], "Jiayuguan", "right", -2, -11, style.CONTEXT),
    ):
        axes.plot(lon, lat, "o", color=color, markersize=4)
        axes.annotate(text, (lon, lat), xytext=(dx, dy), textcoords="offset points", ha=align, color=color, fontsize=8, bbox=HALO)
    for line, at, text, color in (
        ("Urumqi to Otar", 0.5, f"{_length(frame, 'Urumqi to Otar'):.0f} miles", style.ACCENT),
        ("Jiayuguan to Otar", 0.35, f"{_length(frame, 'Jiayuguan to Otar'):,.0f} miles", style.CONTEXT),
    ):
        points = frame[frame["line"] == line]
        middle = points.iloc[int(at * STEPS)]
        axes.annotate(
            text, (middle["lon"], middle["lat"]), xytext=(0, 6), textcoords="offset points", ha="center", color=color,
            fontsize=9, fontweight="bold", bbox=HALO,
        )
    for name, lon, lat in (("KAZAKHSTAN", 67, 48.3), ("CHINA", 86, 39.2), ("KYRGYZSTAN", 74.8, 41.3), ("MONGOLIA", 97, 47)):
        axes.text(lon, lat, name, fontsize=7, color=style.CONTEXT, ha="center")
    return canvas


def map_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the map."""
    return (
        f"From Urumqi to the range near Otar is about {_length(frame, 'Urumqi to Otar'):.0f} miles. "
        f"Flown on to {CLAIMED_MI:,.0f} miles, the same course ends in Uzbekistan."
    )


def map_alt(frame: pd.DataFrame) -> str:
    """Return the map in words."""
    end = frame[frame["line"] == "on to 1,200 miles"].iloc[-1]
    return (
        f"Map of Central Asia and western China with a line of {_length(frame, 'Urumqi to Otar'):.0f} miles from Urumqi "
        f"to the range near Otar in Kazakhstan. Continued to {CLAIMED_MI:,.0f} miles it ends at "
        f"{end['lat']:.1f} degrees north, {end['lon']:.1f} degrees east, in Uzbekistan. A second line of "
        f"{_length(frame, 'Jiayuguan to Otar'):,.0f} miles leads from Jiayuguan in Gansu to the range."
    )


MAP = Chart(
    "reach-map", map_frame, draw_map, map_caption, map_alt,
    CREDIT + "Outlines: Natural Earth, 1:50m.",
    ("C72", "C73"),
)


def distances_frame(tables: Tables) -> pd.DataFrame:
    """Return each reading of the distance: columns reading, low_mi, high_mi."""
    found = {
        "One way from Urumqi": one_way(tables, "urumqi", "otar", "mi"),
        "Out and back from Urumqi": round_trip(tables, "urumqi", "otar", "mi"),
        "One way from Jiayuguan": one_way(tables, "gansu", "otar", "mi"),
    }
    return pd.DataFrame([(reading, s.low, s.high) for reading, s in found.items()], columns=["reading", "low_mi", "high_mi"])


def draw_distances(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the ranges of distance against the article's number."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.2), layout="constrained")
    axes.axvspan((1 - MARGIN) * CLAIMED_MI, (1 + MARGIN) * CLAIMED_MI, color=style.CLAIM, alpha=0.12, linewidth=0)
    axes.axvline(CLAIMED_MI, color=style.CLAIM, linewidth=1.2)
    axes.annotate(
        f"the article: {CLAIMED_MI:,.0f} miles", (CLAIMED_MI, 1), xycoords=("data", "axes fraction"), xytext=(0, 3),
        textcoords="offset points", ha="center", color=style.CLAIM, fontsize=9,
    )
    for at, row in enumerate(frame.itertuples()):
        color = style.ACCENT if at == 0 else style.CONTEXT
        axes.plot([row.low_mi, row.high_mi], [at, at], color=color, linewidth=7, solid_capstyle="butt")
        axes.annotate(
            f"{row.low_mi:,.0f} to {row.high_mi:,.0f}", ((row.low_mi + row.high_mi) / 2, at), xytext=(0, 7),
            textcoords="offset points", ha="center", fontsize=9, color=color, bbox=HALO,
        )
    axes.set(
        xlim=(0, 1500), ylim=(len(frame) - 0.6, -0.8), yticks=range(len(frame)), yticklabels=frame["reading"],
        xlabel="great-circle distance, statute miles",
    )
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)
    return canvas


def distances_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the chart of distances."""
    way = frame.set_index("reading")
    return (
        f"No airfield near Urumqi is more than {way.at['One way from Urumqi', 'high_mi']:.0f} miles from the range; "
        f"{CLAIMED_MI:,.0f} miles is about the distance there and back. The shaded band is {MARGIN:.0%} either side of the article's number."
    )


def distances_alt(frame: pd.DataFrame) -> str:
    """Return the chart of distances in words."""
    parts = [f"{row.reading.lower()} {row.low_mi:,.0f} to {row.high_mi:,.0f}" for row in frame.itertuples()]
    return f"Range chart of distances in miles against the article's {CLAIMED_MI:,.0f}: {'; '.join(parts)}.".replace(
        "urumqi", "Urumqi"
    ).replace("jiayuguan", "Jiayuguan")


DISTANCES = Chart("reach-distances", distances_frame, draw_distances, distances_caption, distances_alt, CREDIT.strip(), ("C73",))

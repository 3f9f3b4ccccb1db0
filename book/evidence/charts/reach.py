"""Charts of the chapter on reach: who reported what, where the article's distance leads, which distances fit it."""

import textwrap
from typing import Any

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from . import Chart, basemap, style, where

CLAIMED_MI = 1200.0
"""The article's distance in statute miles."""
MARGIN = 0.1
"""How far either side of that the main reading allows."""
HALO = dict(boxstyle="round,pad=0.15", facecolor="white", edgecolor="none", alpha=0.85)
"""The plate behind a label."""
CREDIT = (
    "Coordinates: airportsdata, GeoNames and Wikipedia, WGS-84. "
    "Great-circle distances: our computation with geographiclib. "
)
PLANE = style.color("China")
"""The raid was China's."""


# -- who reported what

FACTS = {
    "h6": "H-6 bombers", "j10": "J-10 fighters", "aew": "early-warning aircraft", "tanker": "tanker",
    "earlier_cross_border": "first of its kind", "departure": "took off from", "distance_flown": "distance",
}
"""What is reported, from the top."""
TELLERS = {"pla-daily-2010": "PLA Daily", "xinhua-meng-2010": "General Meng", "article": "the article"}
"""Who cannot have it from each other, from the left."""
SHORT = {
    "first cross-border simulated strike": "across the border",
    "first simulated long-range air strike": "at long range", "an airfield in north-west China": "north-west China",
    "an airfield within China": "within China",
    "took off from bases in Urumqi": "Urumqi",
    "several thousand km, direct return to the home airfield": "“several thousand km” flown",
}
"""Reports in a few words."""


def draw_told(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a table of dots: a line a fact, a column a teller."""
    slim = width < 5
    figure, axes = pyplot.subplots(figsize=(width, 3.3 if slim else 2.7), layout="constrained")
    facts, tellers = list(FACTS), list(TELLERS)
    edge = -1.45 if slim else -1.15
    for row in rows.itertuples():
        at, place = facts.index(row.subject), tellers.index(row.lineage)
        color = style.INK if row.lineage == "article" else PLANE
        axes.plot(place, at, "o", color=color, markersize=6)
        words = SHORT.get(row.says) or f"{row.low:,.0f}{' miles' if row.subject == 'distance_flown' else ''}"
        style.say(axes, textwrap.fill(words, 10 if slim else 18), (place, at), (7, 0), va="center",
                  fontsize=8 if slim else 9, color=color, linespacing=1.05)
    for at, fact in enumerate(facts):
        words = textwrap.fill(FACTS[fact], 14 if slim else 30)
        axes.text(edge, at, words, va="center", fontsize=8.5 if slim else 9, linespacing=1.05)
        axes.axhline(at + 0.5, color=style.FAINT, linewidth=0.6)
    for place, name in enumerate(TELLERS.values()):
        color = style.INK if name == "the article" else PLANE
        words = textwrap.fill(name, 9) if slim else name
        axes.text(place - 0.05, -0.85, words, color=color, va="center", **style.BOLD)
    axes.set(xlim=(edge, len(tellers)), ylim=(len(facts) - 0.5, -1.3))
    axes.axis("off")
    return figure


def told_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the table of reports, and the table in words."""
    reports = rows.groupby("lineage")["reports"].max()
    facts = rows.groupby("lineage")["subject"].nunique()
    finding = (
        f"Of {rows['subject'].nunique()} facts, General Meng gave {facts['xinhua-meng-2010']}, each in up to "
        f"{reports['xinhua-meng-2010']} reports; PLA Daily gave {facts['pla-daily-2010']}, without a number. "
        "Urumqi and a number for the distance stand in the article alone."
    )
    parts = "; ".join(
        f"{FACTS[subject]}: " + ", ".join(f"{TELLERS[row.lineage]} {row.says}" for row in found.itertuples())
        for subject, found in rows.groupby("subject", sort=False)
    )
    return finding, f"Table of dots, who reported what of the strike. {finding} {parts}."


TOLD = Chart(
    "reach-told", draw_told, told_words,
    "China News Service after PLA Daily (20 September 2010); "
    "Xinhua quoting Major General Meng Guoping (21 September 2010), also in AP, China Daily and Phoenix Television.",
    ("C69", "C70", "C71", "C72", "C73"),
    title="The aircraft have a source; Urumqi and the distance have only the article",
    unit="Who reported what of the strike of September 2010",
)


# -- where the distance leads


def _length(rows: pd.DataFrame, line: str) -> float:
    """Return the length of a line of the map in miles."""
    return where(rows, line=line)["mi"].max()


def draw_map(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the map."""
    slim = width < 5
    figure, axes = pyplot.subplots(figsize=(width, 2.3 if slim else 3.75), layout="constrained")
    basemap.draw(axes, 56, 103, 34.5, 54)
    axes.set_facecolor("#F1F4F6")
    looks: dict[str, dict[str, Any]] = {
        "way": dict(color=PLANE, linewidth=2.4), "on": dict(color=style.INK, linewidth=1.4, linestyle=(0, (4, 2))),
        "other": dict(color=style.OTHER, linewidth=1, linestyle=(0, (1, 1.5))),
        "arc": dict(color=style.INK, linewidth=0.8),
    }
    for line, points in rows.groupby("line", sort=False):
        axes.plot(points["lon"], points["lat"], **looks[line])
    first, last = rows.groupby("line").first(), rows.groupby("line").last()
    size = 8 if slim else 9
    for point, text, align, dx, dy, color in (
        (first.loc["way"], "Urumqi", "left", 6, 4, style.INK),
        (last.loc["way"], "Otar range", "right", -4, 11, style.INK),
        (last.loc["on"], f"{CLAIMED_MI:,.0f} miles,\nin Uzbekistan", "center", 4, -18, style.INK),
        (first.loc["other"], "Jiayuguan", "right", 0, -10, style.OTHER),
    ):
        axes.plot(point["lon"], point["lat"], "o", color=color, markersize=4)
        style.say(axes, text, (point["lon"], point["lat"]), (dx, dy), ha=align, va="center", color=color, fontsize=size,
                  bbox=HALO, linespacing=1.1)
    for line, at, color, shift in (("way", 20, PLANE, 9), ("other", 9 if slim else 13, style.OTHER, 9)):
        middle = where(rows, line=line).iloc[at]
        style.say(axes, f"{_length(rows, line):,.0f} miles", (middle["lon"], middle["lat"]), (0, shift), ha="center",
                  va="center", color=color, fontsize=size, fontweight="bold", bbox=HALO)
    names = {"KAZAKHSTAN": (70, 51.3), "CHINA": (88, 36.6), "MONGOLIA": (97, 47.5)}
    for name, (lon, lat) in names.items():
        axes.text(lon, lat, name, fontsize=8, color=style.OTHER, ha="center", va="center")
    return figure


def map_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the map, and the map in words."""
    finding = (
        f"From Urumqi to the range near Otar is about {_length(rows, 'way'):.0f} miles. "
        f"Flown on to {CLAIMED_MI:,.0f} miles, the same course ends in Uzbekistan."
    )
    end = where(rows, line="on").iloc[-1]
    return finding, (
        f"Map of Central Asia and western China with a line of {_length(rows, 'way'):.0f} miles from Urumqi "
        f"to the range near Otar in Kazakhstan. Continued to {CLAIMED_MI:,.0f} miles it ends at "
        f"{end['lat']:.1f} degrees north, {end['lon']:.1f} degrees east, in Uzbekistan. A second line of "
        f"{_length(rows, 'other'):,.0f} miles leads from Jiayuguan in Gansu to the range."
    )


MAP = Chart(
    "reach-map", draw_map, map_words, CREDIT + "Outlines: Natural Earth, 1:50m.", ("C72", "C73"),
    title="At the article's distance, the raid would have ended in Uzbekistan",
    unit="Great-circle courses to the range; the arc is as far from Urumqi as the article says",
)


# -- which distances fit

READINGS = {
    "one way": "from around Urumqi, one way", "out and back": "from around Urumqi, out and back",
    "one way from elsewhere": "from Jiayuguan in Gansu, one way",
}


def draw_distances(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a dot for every pair of places, by reading, against the article's number."""
    figure, axes = pyplot.subplots(figsize=(width, 2.4), layout="constrained")
    axes.axvspan((1 - MARGIN) * CLAIMED_MI, (1 + MARGIN) * CLAIMED_MI, color="#EFEFEF", linewidth=0, zorder=0)
    axes.axvline(CLAIMED_MI, color=style.INK, linewidth=1, linestyle=(0, (4, 3)))
    style.say(axes, f"the article: {CLAIMED_MI:,.0f}", (CLAIMED_MI, 1), (0, 2), xycoords=("data", "axes fraction"),
              ha="center", va="bottom", fontsize=9)
    for at, (reading, found) in enumerate(rows.groupby("reading", sort=False)):
        color = PLANE if at == 0 else style.OTHER
        axes.plot(found["mi"], [at] * len(found), "o", color=color, markersize=7, alpha=0.55, markeredgewidth=0)
        low, high = found["mi"].min(), found["mi"].max()
        place, side = (high + 40, "left") if at == 0 else ((1 - MARGIN) * CLAIMED_MI - 15, "right")
        size: dict[str, Any] = dict(va="center", fontsize=9, color=color)
        axes.text(place, at, f"{low:,.0f} to {high:,.0f}", ha=side, fontweight="bold", **size)
        axes.text(8, at, textwrap.fill(READINGS[reading], 16) if width < 5 else READINGS[reading], **size)
    axes.set(xlim=(0, 1500), ylim=(2.5, -0.75), yticks=[], xticks=[0, 500, 1000, 1500])
    axes.set_xticklabels(["0", "500", "1,000", "1,500"])
    axes.spines["left"].set_visible(False)
    return figure


def distances_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of distances, and the chart in words."""
    way = where(rows, reading="one way")["mi"]
    finding = (
        f"Each dot is a pair of places. Of {len(way)} pairs the farthest apart is {way.max():.0f} miles; "
        f"{CLAIMED_MI:,.0f} is about the way there and back. "
        f"Grey band: {MARGIN:.0%} either side of the article's number."
    )
    parts = "; ".join(
        f"{READINGS[reading]} {found['mi'].min():,.0f} to {found['mi'].max():,.0f}"
        for reading, found in rows.groupby("reading", sort=False)
    )
    return finding, f"Dot plot of distances in miles against the article's {CLAIMED_MI:,.0f}: {parts}. {finding}"


DISTANCES = Chart(
    "reach-distances", draw_distances, distances_words, CREDIT.strip(), ("C73",),
    title="The article's number fits the way there and back, not the way there",
    unit="Great-circle distance to the range near Otar, statute miles",
)

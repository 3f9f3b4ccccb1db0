"""Figures of the chapter on exercises: every exercise in time, and two dozen under each reading."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from .. import dates
from ..measures.exercises import ACTIVE, at_most_named, count, inventory, tally
from ..tables import Tables
from . import Chart, style, years

LANES = ("both took part", "not both", "not known")
"""The lanes of the strip chart."""
STATED = 24
"""The article's number of exercises."""
CREDIT = "Reports by Xinhua, China Daily, HRIC, RUSI, RIA Novosti and others, listed in the table of exercises; coding ours."


def timeline_frame(tables: Tables) -> pd.DataFrame:
    """Return every exercise: columns exercise_id, name, year (decimal), lane, troops (largest
    total reported, missing where none is), framework."""
    rows, troops = tables["exercises"], tables["exercise_troops"]
    totals = troops[troops["country"] == "all"].groupby("exercise_id")["low"].max()
    both = rows["kazakhstan"].isin(ACTIVE) & rows["china"].isin(ACTIVE)
    unknown = ~both & ((rows["kazakhstan"] == "unknown") | (rows["china"] == "unknown")) & (rows["with_central_asia"] == "unknown")
    year = rows["start"].map(lambda text: 1 + sum(dates.span(text)) / 2 / 365.2425)
    lane = pd.Series(LANES[1], rows.index).mask(both, LANES[0]).mask(unknown, LANES[2])
    frame = pd.DataFrame(
        {
            "exercise_id": rows.index, "name": rows["name"], "year": year, "lane": lane,
            "troops": totals.reindex(rows.index), "framework": rows["framework"],
        }
    )
    return frame.sort_values("year", kind="stable").reset_index(drop=True)


def _area(troops: float) -> float:
    """Return the marker area for a number of troops, small where none is known."""
    return 14 if math.isnan(troops) else 14 + troops / 28


def draw_timeline(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the strip chart: a lane for each kind of participation, area by troops."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.9), layout="constrained")
    axes.axvline(2013.04, color=style.CLAIM, linewidth=1)
    axes.annotate(
        "the article", (2013.04, 1), xycoords=("data", "axes fraction"), xytext=(3, -2), textcoords="offset points",
        va="top", color=style.CLAIM, fontsize=8,
    )
    for at, lane in enumerate(LANES):
        rows = frame[frame["lane"] == lane]
        color = style.ACCENT if at == 0 else style.CONTEXT
        hollow = at == 2
        axes.scatter(
            rows["year"], [at] * len(rows), s=rows["troops"].map(_area), facecolor="none" if hollow else color,
            edgecolor=color, alpha=0.75, linewidth=1,
        )
    for row in frame[(frame["lane"] == LANES[0]) & (frame["troops"] >= 1000)].itertuples():
        axes.annotate(f"{row.troops:,.0f}", (row.year, 0), xytext=(0, 13), textcoords="offset points", ha="center", fontsize=8, color=style.ACCENT)
    axes.set(xlim=(2001.5, 2026.5), ylim=(len(LANES) - 0.5, -0.75), yticks=range(len(LANES)), yticklabels=LANES, xticks=range(2002, 2027, 4))
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)
    return canvas


def timeline_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the strip chart."""
    both = frame[(frame["lane"] == LANES[0])]
    before, after = (both["year"] < 2013.04).sum(), (both["year"] >= 2013.04).sum()
    return (
        f"Named exercises in which Kazakhstan and China both took part: {before} from 2002 to 2012, {after} from 2013 to {int(frame['year'].max())}. "
        "Area shows troops where a total was reported; the small dots have none. The list is a floor."
    )


def timeline_alt(frame: pd.DataFrame) -> str:
    """Return the strip chart in words."""
    counts = frame["lane"].value_counts()
    largest = frame[frame["lane"] == LANES[0]].nlargest(1, "troops").iloc[0]
    return (
        f"Strip chart of {len(frame)} exercises from {years(frame['year'])} in lanes: both took part {counts[LANES[0]]}, not both {counts[LANES[1]]}, "
        f"not known {counts[LANES[2]]}. The largest with both is {largest['name']} with {largest['troops']:,.0f} troops."
    )


TIMELINE = Chart("exercises-timeline", timeline_frame, draw_timeline, timeline_caption, timeline_alt, CREDIT, ("C18", "C31", "C33"))


def readings_frame(tables: Tables) -> pd.DataFrame:
    """Return the number of exercises from 2003 to 2012 under each reading of "two dozen".

    Columns: reading, exercises, if_unknown (the number if whoever is not known to have taken part
    did, exercises known by name only included; missing for other lists), open_above.
    """
    window = (2003, 2012)
    counted = {
        "the two alone": "bilateral",
        "both took part": "both",
        "China with any Central Asian state": "region",
        "any SCO exercise, whoever took part": "sco",
    }
    found = [(reading, count(tables, who, *window).low, float(at_most_named(tables, who, *window)), True) for reading, who in counted.items()]
    listed = inventory(tables, *window)
    found.append(("both took part, in a published inventory", float((listed["china"] == "yes").sum()), math.nan, True))
    found.append(("official Chinese count of SCO exercises", tally(tables, "XINHUA-9").low, math.nan, False))
    return pd.DataFrame(found, columns=["reading", "exercises", "if_unknown", "open_above"])


def draw_readings(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the counts as bars against the article's number."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.6), layout="constrained")
    axes.axvline(STATED, color=style.CLAIM, linewidth=1.2)
    axes.annotate(
        "the article: two dozen", (STATED, 1), xycoords=("data", "axes fraction"), xytext=(-3, 3),
        textcoords="offset points", ha="right", color=style.CLAIM, fontsize=9,
    )
    for at, row in enumerate(frame.itertuples()):
        color = style.ACCENT if row.reading == "both took part" else style.CONTEXT
        axes.barh(at, row.exercises, height=0.55, color=color)
        end = row.exercises
        if row.if_unknown > end:
            axes.barh(at, row.if_unknown - end, left=end, height=0.55, facecolor="none", edgecolor=color, linewidth=0.8, hatch="////")
            end = row.if_unknown
        text = f"at least {row.exercises:.0f} \N{RIGHTWARDS ARROW}" if row.open_above else f"{row.exercises:.0f}"
        axes.annotate(text, (end, at), xytext=(4, 0), textcoords="offset points", va="center", color=color, fontweight="bold")
    axes.set(yticks=range(len(frame)), yticklabels=frame["reading"], xlim=(0, 26), xlabel="named exercises, 2003 to 2012")
    axes.invert_yaxis()
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)
    return canvas


def readings_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the chart of readings."""
    return (
        f"No reading of \N{LEFT DOUBLE QUOTATION MARK}two dozen\N{RIGHT DOUBLE QUOTATION MARK} finds more than {frame['exercises'].max():.0f} named exercises, "
        f"or {frame['if_unknown'].max():.0f} if all took part in those whose participants are not known (hatched). "
        "Arrows: the list is incomplete, so the true number may be higher. The inventory ends in 2010; the official Chinese count "
        "begins in 2002 and ends in June 2012."
    )


def readings_alt(frame: pd.DataFrame) -> str:
    """Return the chart of readings in words."""
    parts = []
    for row in frame.itertuples():
        unknown = "" if math.isnan(row.if_unknown) else f", {row.if_unknown:.0f} with the unknown"
        parts.append(f"{row.reading} {'at least ' if row.open_above else ''}{row.exercises:.0f}{unknown}")
    return f"Bar chart of exercises from 2003 to 2012 under {len(frame)} readings, against the article's {STATED}: {'; '.join(parts)}."


READINGS = Chart("exercises-readings", readings_frame, draw_readings, readings_caption, readings_alt, CREDIT, ("C31",))

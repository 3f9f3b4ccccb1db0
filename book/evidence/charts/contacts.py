"""Figures of the chapter on contacts: who held office when, and every contact on a time axis."""

from __future__ import annotations

from datetime import date

import pandas as pd
from matplotlib import dates as mdates
from matplotlib import pyplot
from matplotlib.figure import Figure

from .. import dates
from ..measures.contacts import held
from ..tables import ARTICLE_LINEAGE, Tables
from . import Chart, style, years

FIFTHS = [date(year, 12, 5) for year in range(2008, 2015)]
"""The days on which the meeting could have fallen."""


def offices_frame(tables: Tables) -> pd.DataFrame:
    """Return one row per office: columns person, office, start (latest first day), end (last day
    on which it was held for certain), end_high (day by which it was over, or the end of the
    axis), and one column per 5 December with yes, perhaps or no."""
    rows = tables["office_holders"]
    frame = pd.DataFrame(
        {
            "person": rows["person"], "office": rows["office"], "start": rows["start_high"], "end": rows["end_low"],
            "end_high": rows["end_high"].replace("", "2014-12-31"),
        }
    )
    for day in FIFTHS:
        frame[day.isoformat()] = [held(row, day) for _, row in rows.iterrows()]
    return frame.reset_index(drop=True)


def draw_offices(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a bar for each office, with a line at each 5 December."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.3), layout="constrained")
    for place, row in enumerate(frame.itertuples()):
        start, end, late = (mdates.date2num(date.fromisoformat(text)) for text in (row.start, row.end, row.end_high))
        axes.barh(-place, end - start, left=start, height=0.42, color=style.ACCENT)
        axes.barh(-place, late - end, left=end, height=0.42, color=style.FAINT)
        axes.annotate(f"{row.person}, {row.office}", (mdates.date2num(date(2008, 3, 1)), -place + 0.32), va="bottom", fontsize=8)
    for day in FIFTHS:
        every = (frame[day.isoformat()] != "no").all()
        axes.axvline(
            mdates.date2num(day), color=style.CLAIM if every else style.CONTEXT, linewidth=1.6 if every else 0.6,
            linestyle="-" if every else (0, (3, 3)), zorder=0,
        )
        if every:
            axes.annotate(
                dates.long(day), (mdates.date2num(day), 1), xycoords=("data", "axes fraction"), xytext=(4, -2),
                textcoords="offset points", va="top", color=style.CLAIM, fontweight="bold", fontsize=8,
            )
    axes.set(ylim=(-len(frame) + 0.6, 1.1), xlim=(mdates.date2num(date(2008, 1, 1)), mdates.date2num(date(2014, 12, 31))), yticks=[])
    axes.xaxis.set_major_locator(mdates.YearLocator())
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    axes.spines["left"].set_visible(False)
    return canvas


def offices_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the chart of offices."""
    found = [day for day in FIFTHS if (frame[day.isoformat()] != "no").all()]
    return (
        f"Only {' and '.join(dates.long(day) for day in found)} fits every office. Blue: held for certain. Grey: the "
        "sources leave it open, or the end was not looked for."
    )


def offices_alt(frame: pd.DataFrame) -> str:
    """Return the chart of offices in words."""
    spans = "; ".join(
        f"{row.person}, {row.office}, from {dates.long(date.fromisoformat(row.start))} to at least {dates.long(date.fromisoformat(row.end))}"
        for row in frame.itertuples()
    )
    return f"Bars on a time axis, one for each office, with a line at each 5 December. {spans}. {offices_caption(frame).split('. ')[0]}."


OFFICES = Chart(
    "contacts-offices", offices_frame, draw_offices, offices_caption, offices_alt,
    "Xinhua, World Journal, Phoenix Television, Korrespondent, Tengrinews, Austria Press Agency, RBC; the rows are in the table of offices.",
    ("C09",),
)

LANES = {"alone": "In its own right", "at an SCO defence meeting": "At an SCO defence meeting", "at a wider meeting": "At a wider meeting"}
"""Rows of the timeline, from the top."""


def timeline_frame(tables: Tables) -> pd.DataFrame:
    """Return every contact: columns contact_id, date (first day of a month), level, setting,
    occasion, known (whether a source outside the article's lineage reports it)."""
    rows = tables["contacts"]
    lineage = rows["source_key"].map(tables["sources"]["lineage"])
    days = [dates.iso(dates.span(text)[0]) for text in rows["date"]]
    return pd.DataFrame(
        {
            "contact_id": rows.index, "date": days, "level": rows["level"], "setting": rows["setting"],
            "occasion": rows["occasion"], "known": (rows["verified"] == "yes") & (lineage != ARTICLE_LINEAGE),
        }
    ).reset_index(drop=True)


def draw_timeline(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a mark for each contact, in one lane for each setting."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.2), layout="constrained")
    lane = {setting: -place for place, setting in enumerate(LANES)}
    for row in frame.itertuples():
        top = row.level in ("minister", "chief of staff")
        axes.plot(
            mdates.date2num(date.fromisoformat(row.date)), lane[row.setting], "o" if top else "s",
            markersize=8 if top else 6, markeredgewidth=1.3, color=style.ACCENT if row.known else "white",
            markeredgecolor=style.ACCENT if row.known else style.CLAIM,
        )
    for setting, place in lane.items():
        axes.annotate(LANES[setting], (0, place + 0.3), xycoords=("axes fraction", "data"), fontsize=8, va="center")
    axes.axvline(mdates.date2num(dates.WRITTEN), color=style.CLAIM, linewidth=1, zorder=0)
    axes.annotate(
        "the article", (mdates.date2num(dates.WRITTEN), 0.02), xycoords=("data", "axes fraction"), xytext=(4, 0),
        textcoords="offset points", color=style.CLAIM, fontsize=8,
    )
    axes.set(ylim=(-2.5, 0.6), yticks=[], xlim=(mdates.date2num(date(2000, 1, 1)), mdates.date2num(date(2026, 12, 31))))
    axes.xaxis.set_major_locator(mdates.YearLocator(4))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    axes.spines["left"].set_visible(False)
    return canvas


def timeline_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the timeline."""
    year = frame["date"].str[:4].astype(int)
    before, after = frame[year.between(2003, 2012)], frame[year >= 2013]
    return (
        f"{before['known'].sum()} known contacts from 2003 to 2012 and {after['known'].sum()} from 2013 to {year.max()}. Hollow: "
        "no source outside the article and its earlier version was read. Round: ministers and chiefs of staff; square: lower "
        "ranks, or none given."
    )


def timeline_alt(frame: pd.DataFrame) -> str:
    """Return the timeline in words."""
    counts = "; ".join(f"{LANES[setting][0].lower()}{LANES[setting][1:]}, {(frame['setting'] == setting).sum()}" for setting in LANES)
    return f"Timeline of defence contacts between Kazakhstan and China, {years(frame['date'])}, by setting: {counts}. {timeline_caption(frame)}"


TIMELINE = Chart(
    "contacts-timeline", timeline_frame, draw_timeline, timeline_caption, timeline_alt,
    "Xinhua, Kazinform, ministries of defence and press reports; the rows are in the table of contacts.",
    ("C01", "C22", "C23"),
)

"""Figures of the chapter on contacts: every contact in time, who held office when, what was reported."""

import textwrap
from typing import Any

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from .. import dates
from . import Chart, style, years

LANES = {
    "at an SCO defence meeting": "at an SCO event",
    "alone": "in its own right",
    "at a wider meeting": "at another gathering",
}
"""Rows of the strip, from the top, and what they are called."""
TOP = ("minister", "chief of staff")
MARK = style.COUNTRY["Kazakhstan"]


def _named(row: Any, narrow: bool) -> str:
    """Return what a contact is called on the strip: its place, or who came from China; "" for lower ranks."""
    if row.level != "minister":
        return ""
    if row.setting == "at an SCO defence meeting":
        return row.place.partition(",")[0].removesuffix(" region")
    name = row.chinese.partition(",")[0]
    return name.partition(" ")[0] if narrow else name


def draw_timeline(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a mark for each contact, in one lane for each setting."""
    narrow = width < 5
    canvas, axes = pyplot.subplots(figsize=(width, 3.7), layout="constrained")
    lane = {setting: -place for place, setting in enumerate(LANES)}
    for setting, y in lane.items():
        axes.axhline(y, color=style.FAINT, linewidth=1, zorder=0)
        style.say(axes, LANES[setting], (0, y), (0, -8), xycoords=("axes fraction", "data"), va="top",
                  fontweight="bold")
    for row in frame.itertuples():
        y = lane[row.setting]
        shape, size = ("o", 6.5) if row.level in TOP else ("s", 5)
        fill, edge = (MARK, MARK) if row.known else ("white", style.OTHER)
        axes.plot(row.year, y, shape, markersize=size, markeredgewidth=1.2, color=fill, markeredgecolor=edge)
        style.say(axes, _named(row, narrow), (row.year, y), (0, 7), fontsize=7 if narrow and y == 0 else 8, va="bottom",
                  rotation=90 if narrow else 55, ha="center" if narrow else "left",
                  rotation_mode="default" if narrow else "anchor")
    style.article(axes, at=0.13, side="right")
    axes.set(ylim=(-2.4, 0.85), yticks=[], xlim=(1999.5, 2027.4), xticks=range(2000, 2027, 5))
    axes.spines["left"].set_visible(False)
    return canvas


def timeline_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the strip, and the strip in words."""
    year = frame["date"].str[:4].astype(int)
    known = frame[frame["known"]]
    before, after = known[year[known.index].between(2003, 2012)], known[year[known.index].between(2013, 2025)]
    sco = "at an SCO defence meeting"
    finding = (
        f"{len(before)} contacts are known from 2003 to 2012, {(before['setting'] == sco).sum()} of them at "
        "meetings of the SCO; "
        f"{len(after)} from 2013 to 2025, {(after['setting'] == sco).sum()} of them there. Hollow: no source but "
        "the article or its "
        "earlier version, or not confirmed. Squares: lower ranks. Towns: where the SCO met. Persons: China's side."
    )
    counts = "; ".join(f"{words}, {(frame['setting'] == setting).sum()}" for setting, words in LANES.items())
    return finding, (
        f"Strip of defence contacts between Kazakhstan and China, {years(frame['date'])}, "
        f"by why they met: {counts}. {finding}"
    )


TIMELINE = Chart(
    "contacts-timeline",
    draw_timeline,
    timeline_words,
    "Xinhua, Kazinform, ministries of defence and press reports; each row of the data names its source.",
    ("C01", "C22", "C23"),
    title="They met about once a year, mostly at the SCO",
    unit="Known contacts of the defence establishments, by date",
)


def draw_offices(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a bar for each office, with a line at each 5 December."""
    narrow = width < 5
    canvas, axes = pyplot.subplots(figsize=(width, 2.9 if narrow else 2.5), layout="constrained")
    days = [column for column in frame if column[:2] == "20"]
    for place, row in enumerate(frame.to_dict("records")):
        early, start, end, late = (dates.decimal(row[column]) for column in ("start_low", "start", "end", "end_high"))
        color = style.color("Kazakhstan" if "Kazakhstan" in row["office"] else "China")
        axes.barh(-place, end - start, left=start, height=0.34, color=color)
        for first, last in ((early, start), (end, late)):
            axes.barh(-place, last - first, left=first, height=0.34, **style.hatched(color))
        name = textwrap.fill(f"{row['person']}, {row['office']}", 42 if narrow else 90)
        axes.annotate(
            name, (2008.05, -place + 0.2), va="bottom", fontsize=8, color=color, fontweight="bold", linespacing=1.1,
        )
    for day in days:
        every = (frame[day] != "no").all()
        color, width_, order = (style.INK, 1.6, 1.4) if every else (style.FAINT, 1, 0)
        axes.axvline(dates.decimal(day), color=color, linewidth=width_, zorder=order)
        if every:
            style.say(axes, dates.spoken(day), (dates.decimal(day), 1), (-4, 0), xycoords=("data", "axes fraction"),
                      ha="right", va="top", **style.BOLD)
    style.article(axes, at=1.0, side="right")
    axes.set(ylim=(-len(frame) + 0.6, 1.35 if narrow else 1.15), xlim=(2008, 2015), yticks=[], xticks=range(2008, 2015))
    axes.spines["left"].set_visible(False)
    return canvas


def offices_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of offices, and the chart in words."""
    days = [column for column in frame if column[:2] == "20" and (frame[column] != "no").all()]
    held = f"On {' and '.join(map(dates.spoken, days))} all may have held these offices, and on no other 5 December"
    spans = "; ".join(
        f"{row.person}, {row.office}, from {dates.spoken(row.start)} to at least {dates.spoken(row.end)}"
        for row in frame.itertuples()
    )
    return f"{held} (grey lines). Hatched: the sources leave it open, or the end was not looked for.", (
        f"Bars on a time axis, one for each office, with a line at each 5 December. {spans}. {held}."
    )


OFFICES = Chart(
    "contacts-offices",
    draw_offices,
    offices_words,
    "Xinhua, World Journal, Phoenix Television, Korrespondent, Tengrinews, Austria Press Agency, RBC.",
    ("C09",),
    title="The posts fit 5 December in 2012 alone",
    unit="Who held which office, and each 5 December",
)

PRIORITY = "\N{LEFT DOUBLE QUOTATION MARK}priority\N{RIGHT DOUBLE QUOTATION MARK}"
SUBJECTS = {
    "more-ties": "both sides aim for more defence ties",
    "gratitude": "the chief of staff thanks China, 2010",
    "opening": "Peace Mission 2010 opens",
    "april-2012": "the ministers meet, April 2012",
    "military-sco": "China against a military SCO (led: no record)",
    "expert-talks": "experts talk regularly",
    "urazov-priority": f"Urazov: China is a {PRIORITY} partner",
    "december-agreed": "more cooperation agreed, 5 December",
    "liang-pledge": "Liang pledges more ties, 5 December",
}
"""Rows of the chart of reports, from the top: what the article says was said or done."""


def draw_record(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a mark for each report at its date, in one lane for each statement."""
    narrow = width < 5
    canvas, axes = pyplot.subplots(figsize=(width, 4.4 if narrow else 3.6), layout="constrained")
    for place, words in enumerate(SUBJECTS.values()):
        axes.axhline(-place, color=style.FAINT, linewidth=1, zorder=0)
        text = textwrap.fill(words, 46) if narrow else words
        style.say(axes, text, (0, -place), (0, 5), xycoords=("axes fraction", "data"), va="bottom", fontsize=8.5,
                  linespacing=1.05)
    lane = {subject: -place for place, subject in enumerate(SUBJECTS)}
    for row in frame.itertuples():
        axes.plot(
            row.year,
            lane[row.subject],
            "o",
            markersize=6.5,
            markeredgewidth=1.2,
            color=MARK if row.known else "white",
            markeredgecolor=MARK if row.known else style.OTHER,
        )
    style.article(axes, at=0.05, side="right", words="the article")
    axes.set(ylim=(-len(SUBJECTS) + 0.4, 0.75), yticks=[], xlim=(2001.5, 2026.7), xticks=range(2004, 2027, 4))
    axes.spines["left"].set_visible(False)
    return canvas


def record_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of reports, and the chart in words."""
    early = frame[frame["known"] & (frame["year"] < style.WRITTEN)]
    alone = set(SUBJECTS) - set(early["subject"])
    finding = (
        f"Filled: a dated report by others, {len(early)} of them from before the article. Hollow: the article's "
        "word alone, or not "
        f"confirmed. For {len(alone)} of the {len(SUBJECTS)} statements nothing by others was found from "
        "before it."
    )
    known = frame[frame["known"]]["subject"].value_counts()
    parts = "; ".join(f"{words}: {known.get(subject, 0)}" for subject, words in SUBJECTS.items())
    return finding, (
        "Strip of reports by date, one lane for each statement. Reports by others than the author, at any date: "
        f"{parts}. {finding}"
    )


RECORD = Chart(
    "contacts-record",
    draw_record,
    record_words,
    "Xinhua, ministries of defence, press reports and the treaty of 2025; each row of the data names its source.",
    ("C02", "C10", "C11", "C12", "C20", "C21", "C24", "C27", "C35"),
    title="Events left a record; what was agreed in December did not",
    unit="Reports of what the article says was said or done, by date",
)

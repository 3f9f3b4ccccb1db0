"""Figures of the chapter on training: the numbers by kind, American course places, and what a year brought."""

import math
from typing import Any

import pandas as pd
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import Chart, style, where, years

KINDS = {"stock": "studying at one time", "flow": "sent in a year", "cumulative": "trained in all"}
"""What is counted, as the groups of bars are called."""
COLOR = {"Russia": style.COUNTRY["Russia"], "China": style.COUNTRY["China"], "United States": style.COUNTRY["the West"]}
ARROW = " \N{RIGHTWARDS ARROW}"


def _period(row: Any) -> str:
    """Return host and period of a number."""
    if row.kind == "flow":
        return f"{row.host}, about {row.period_start}"
    if row.kind == "stock":
        return f"{row.host}, {row.period_start}"
    return f"{row.host}, {row.period_start} to {row.period_end}"


def _said(row: Any) -> str:
    return f"{'more than ' if row.open_above else ''}{row.persons:,.0f}"


def _bare(axes: Axes) -> None:
    """Leave the bars without an axis: each has its number beside it."""
    axes.set(xticks=[])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)


def draw_numbers(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the numbers as bars, in one group for each kind; a bar that is a floor ends in an arrow."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.9 if width > 5 else 3.3), layout="constrained")
    places, seen = [], list(dict.fromkeys(frame["kind"]))
    for at, row in enumerate(frame.itertuples()):
        place = at + 0.85 * (seen.index(row.kind) + 1)
        color = COLOR.get(row.host, style.OTHER)
        axes.barh(place, row.persons, height=0.62, color=color)
        style.say(axes, _said(row) + ARROW * row.open_above, (row.persons, place), (4, 0), va="center", color=color,
                  fontweight="bold")
        if at == list(frame["kind"]).index(row.kind):
            style.say(axes, KINDS[row.kind], (0, place - 0.5), (0, 1), va="bottom", color=style.OTHER)
        places.append(place)
    labels = [_period(row) if width > 5 else _period(row).replace(", ", ",\n") for row in frame.itertuples()]
    axes.set(yticks=places, yticklabels=labels, xlim=(0, 1180 if width > 5 else 1330), ylim=(places[-1] + 0.5, -0.2))
    _bare(axes)
    return canvas


def numbers_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of numbers, and the chart in words."""
    russia, china = (
        where(frame, host=host, period_end=end).iloc[0] for host, end in (("Russia", 2013), ("China", 2012))
    )
    finding = (
        f"On 30 January 2013 {_said(russia)} Kazakh servicemen were studying in Russia; China had trained "
        f"{_said(china)} since {china.period_start}, by the "
        "article's earlier version. The groups count different things. Arrows: how many more was not said."
    )
    parts = "; ".join(f"{KINDS[row.kind]}, {_period(row)}: {_said(row)}" for row in frame.itertuples())
    return finding, f"Bar chart of Kazakh servicemen trained abroad, by what is counted. {parts}."


NUMBERS = Chart(
    "training-numbers",
    draw_numbers,
    numbers_words,
    "Ministry of Defence of Kazakhstan (RBC, 30 January 2013; Jamestown, November 2012), Jamestown (2000, 2007). "
    "As reported.",
    ("C30", "C54", "C64"),
    title="Russia had more at one time than China over a decade",
    unit="Kazakh servicemen trained abroad, persons",
)


def draw_american(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the places as bars by fiscal year, those of the main programme below; a year without a file stays open."""
    narrow = width < 5
    canvas, axes = pyplot.subplots(figsize=(width, 2.6), layout="constrained")
    for row in frame.itertuples():
        middle = row.fiscal_year + 0.25  # from October of the year before
        if math.isnan(row.all_places):
            axes.annotate("no file", (middle, 8), rotation=90, ha="center", va="bottom", fontsize=8, color=style.OTHER)
            continue
        axes.bar(middle, row.imet_places, width=0.8, color=COLOR["United States"])
        axes.bar(middle, row.all_places - row.imet_places, bottom=row.imet_places, width=0.8, color="#D9B3CB")
        style.say(axes, f"{row.all_places:.0f}", (middle, row.all_places), (0, 2), ha="center", va="bottom", fontsize=8,
                  rotation=90 if narrow else 0, zorder=3,
                  bbox=dict(boxstyle="square,pad=0.1", facecolor="white", edgecolor="none"))
    style.article(axes, at=1.0)
    ticks = range(int(frame["fiscal_year"].min()), int(frame["fiscal_year"].max()) + 1, 5)
    axes.set(
        ylim=(0, 590),
        xlim=(2002.5, 2021),
        yticks=[0, 200, 400],
        xticks=[year + 0.25 for year in ticks],
        xticklabels=ticks,
    )
    style.grid(axes)
    return canvas


def american_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of American places, and the chart in words."""
    before = frame[frame["fiscal_year"].between(2003, 2012)]
    finding = (
        f"From {before['all_places'].min():.0f} to {before['all_places'].max():.0f} places a year from 2003 to 2012, "
        f"{before['all_places'].sum():,.0f} in all without 2006. Lower part of each bar: the programme for "
        "International Military Education and Training, "
        f"{before['imet_places'].sum():.0f} of them."
    )
    parts = "; ".join(
        f"{row.fiscal_year}, {row.all_places:.0f}" for row in frame.itertuples() if not math.isnan(row.all_places)
    )
    return finding, (
        "Bar chart of places for Kazakhs in American military courses by fiscal year, "
        f"{years(frame['fiscal_year'])}: {parts}. {finding}"
    )


AMERICAN = Chart(
    "training-american",
    draw_american,
    american_words,
    "US Departments of State and Defense, Foreign Military Training Reports, through Security Force Monitor.",
    ("C54",),
    title="American courses had places for Kazakhs, year after year",
    unit="Places for Kazakhs by fiscal year; one person may take several",
)


def draw_yearly(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a bar for each; what lies between the lowest and the highest is hatched, and a floor ends in an arrow."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.5 if width < 5 else 2.2), layout="constrained")
    for at, row in enumerate(frame.itertuples()):
        color = (
            style.COUNTRY["China"]
            if row.what.startswith("China")
            else COLOR["United States"]
            if row.what.startswith("American")
            else style.OTHER
        )
        axes.barh(at, row.low, height=0.42, color=color)
        end, text = row.low, f"{row.low:.0f}"
        if math.isnan(row.high):
            text = f"at least {row.low:.0f}{ARROW}"
        elif row.high > row.low:
            axes.barh(at, row.high - row.low, left=row.low, height=0.42, **style.hatched(color))
            end, text = row.high, f"{row.low:.0f} to {row.high:.0f}"
        style.say(axes, text, (end, at), (4, 0), va="center", color=color, fontweight="bold")
        style.say(axes, row.what, (0, at - 0.22), (0, 1), va="bottom")
    axes.set(xlim=(0, 620 if width > 5 else 660), ylim=(len(frame) - 0.6, -0.75), yticks=[])
    _bare(axes)
    return canvas


def yearly_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of years, and the chart in words."""
    article, earlier, places, sent = frame.itertuples()
    finding = (
        f"The article's words make {article.low:.0f} a year for China, those of its earlier version at least "
        f"{earlier.low:.0f}. "
        f"Of American course places the poorest year had {places.low:.0f}; about 2007 some {sent.low:.0f} persons "
        "a year went abroad in all."
    )
    ends = (
        f"{row.low:.0f}" + (" or more" if math.isnan(row.high) else f" to {row.high:.0f}" if row.high > row.low else "")
        for row in frame.itertuples()
    )
    lines = [f"{what}: {end}" for what, end in zip(frame["what"], ends, strict=True)]
    return finding, f"Bar chart of what a year brought. {'; '.join(lines)}."


YEARLY = Chart(
    "training-yearly",
    draw_yearly,
    yearly_words,
    "The article; Jamestown, Eurasia Daily Monitor (2007, 2012); Foreign Military Training Reports. Yearly means: "
    "our computation.",
    ("C30", "C54"),
    title="By the year, China is small whichever window one takes",
    unit="Persons a year on average, or course places a year (hatched: lowest to highest)",
)

"""Figures of the chapter on exercises: 24 boxes, partners by year, what drills were coded as, how many troops."""

from typing import Any

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from ..measures.exercises import PARTNERS
from . import Chart, style, where

STATED = 24
"""The article's number of exercises."""
TWO_DOZEN = "\N{LEFT DOUBLE QUOTATION MARK}two dozen\N{RIGHT DOUBLE QUOTATION MARK}"
ACROSS = 6
"""Boxes in a row."""
CREDIT = (
    "Reports by Xinhua, China Daily, HRIC, RUSI, RIA Novosti and others; each row of the data names its source. "
    "Coding: ours."
)
BOTH, UNKNOWN, NONE = "both took part", "who took part is not known", "no record"
MARK = style.COUNTRY["Kazakhstan"]
MISSION = "Peace Mission "
"""How the names of the large drills of the SCO begin."""


def _short(name: str) -> str:
    """Return the short name of an exercise: "Norak" for Norak-Antiterror 2009."""
    first = name.partition(" (")[0].partition("-Antiterror")[0]
    first = first.removesuffix("-1").rstrip("0123456789").rstrip(" -")
    return first.replace(" ", "\n")


def draw_boxes(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a box for each of the stated exercises, filled where one is known."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.4 if width < 5 else 2.7), layout="constrained")
    looks: dict[str, dict[str, Any]] = {
        BOTH: dict(facecolor=MARK, edgecolor=MARK, linewidth=0.8),
        UNKNOWN: style.hatched(MARK),
        NONE: dict(facecolor="#F3F3F3", edgecolor="#BBBBBB", linewidth=0.8),
    }
    for row in frame.itertuples():
        x, y = (row.box - 1) % ACROSS, -((row.box - 1) // ACROSS)
        axes.bar(x, 0.9, bottom=y - 0.45, width=0.92, **looks[row.state])
        if row.state != NONE:
            plate = (
                dict(boxstyle="square,pad=0.2", facecolor="white", edgecolor="none") if row.state == UNKNOWN else None
            )
            color = "white" if row.state == BOTH else style.INK
            axes.text(
                x,
                y,
                f"{_short(row.name)}\n{row.year:.0f}",
                ha="center",
                va="center",
                fontsize=7 if width < 5 else 8,
                color=color,
                linespacing=1.1,
                bbox=plate,
            )
    axes.set(xlim=(-0.48, ACROSS - 0.52), ylim=(-(STATED / ACROSS) + 0.5, 0.5), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    return canvas


def boxes_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the boxes, and the boxes in words."""
    counts = frame["state"].value_counts()
    finding = (
        f"Filled: {counts[BOTH]} named exercises from 2003 to 2012 in which both took part. Hatched: "
        f"{counts[UNKNOWN]} known by name, "
        f"their participants not. Empty: no record for the other {counts[NONE]} was found, which does not show "
        "that there were none."
    )
    named = "; ".join(f"{row.name} ({row.year:.0f})" for row in frame.itertuples() if row.state == BOTH)
    return finding, (
        f"Grid of {len(frame)} boxes, one for each exercise of the article's {TWO_DOZEN}. Filled: {named}. {finding}"
    )


BOXES = Chart(
    "exercises-boxes",
    draw_boxes,
    boxes_words,
    CREDIT,
    ("C31",),
    title=f"Most of the {TWO_DOZEN} have no name",
    unit="One box for each exercise of Kazakhstan and China that the article counts",
)

COLOR = {
    "China": style.COUNTRY["China"],
    "Russia": style.COUNTRY["Russia"],
    "NATO members": style.COUNTRY["the West"],
    "others": style.OTHER,
}
WORDS = {
    "China": "with China",
    "Russia": "Russia, without China",
    "NATO members": "NATO members, without Russia",
    "others": "others",
}


def draw_partners(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the exercises of each year as a stack, by partner."""
    narrow = width < 5
    canvas, axes = pyplot.subplots(figsize=(width, 3.0), layout="constrained")
    base = pd.Series(0, frame.index)
    for name in PARTNERS:
        axes.bar(
            frame["year"], frame[name], bottom=base, width=0.78, color=COLOR[name], edgecolor="white", linewidth=0.8
        )
        for year, number, low in zip(frame["year"], frame[name], base, strict=True):
            if number:
                axes.text(
                    year,
                    low + number / 2,
                    f"{number}",
                    ha="center",
                    va="center",
                    fontsize=8,
                    color="white",
                    fontweight="bold",
                )
        base = base + frame[name]
    for at, name in enumerate(PARTNERS):
        x, lines = (0.0, 3 - at) if narrow else ((0, 0.155, 0.43, 0.79)[at], 0)
        style.say(axes, WORDS[name], (x, 1.0), (0, -11 * lines), xycoords="axes fraction", va="top", color=COLOR[name],
                  **style.BOLD)
    axes.set(xticks=frame["year"], yticks=range(0, 13, 4), ylim=(0, 16.8 if narrow else 14))
    axes.set_xticks(
        frame["year"], [f"{year}"[2:] if narrow and at else f"{year}" for at, year in enumerate(frame["year"])]
    )
    style.grid(axes)
    return canvas


def partners_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of partners, and the chart in words."""
    total = frame[list(PARTNERS)].sum()
    finding = (
        f"Of {total.sum()} exercises, {total['China']} were with China. Each is drawn once: those with China "
        "first, then "
        f"{total['Russia']} with Russia, {total['NATO members']} with members of NATO, {total['others']} with "
        "neither. Each count is a floor."
    )
    parts = "; ".join(
        f"{row['year']}: " + ", ".join(f"{name} {row[name]}" for name in PARTNERS) for row in frame.to_dict("records")
    )
    return finding, (
        f"Stacked columns of Kazakhstan's multinational exercises by year and partner. {parts}. {finding}"
    )


PARTNERED = Chart(
    "exercises-partners",
    draw_partners,
    partners_words,
    "D'Orazio and Galambos 2021, Multinational Military Exercises, built from news reports; counted by us.",
    ("C31",),
    title="A list made by others finds few with China",
    unit="Kazakhstan's multinational military exercises by year and partner",
)

PANELS = {"enemy": "by the enemy they named", "forces": "by the forces they used"}
SHADE = {0: MARK, 1: "#A9D3C6"}


def draw_coding(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return two panels of bars: the same exercises by enemy and by forces, before the article and since."""
    narrow = width < 5
    canvas, panels = pyplot.subplots(
        *((2, 1) if narrow else (1, 2)), figsize=(width, 4.2 if narrow else 2.4), layout="constrained"
    )
    starts = sorted(frame["start"].unique())
    for axes, (by, words) in zip(panels, PANELS.items(), strict=True):
        rows = where(frame, by=by)
        kinds = list(dict.fromkeys(rows["kind"]))
        for row in rows.itertuples():
            period = starts.index(row.start)
            place = kinds.index(row.kind) + (-0.19, 0.19)[period]
            axes.barh(place, row.exercises, height=0.36, color=SHADE[period])
            text = f"{row.exercises}, {row.start} to {row.end}" if row.kind == kinds[0] else f"{row.exercises}"
            inside = row.exercises > 6
            shift, flush = (-4, "right") if inside else (4, "left")
            style.say(axes, text, (row.exercises, place), (shift, 0), ha=flush, va="center", fontsize=8.5,
                      color="white" if inside and not period else style.INK)
        labels = [kind.replace(", ", ",\n").replace(" with ", "\nwith ") for kind in kinds]
        axes.set(
            title=words,
            xlim=(0, 11),
            ylim=(len(kinds) - 0.5, -0.5),
            xticks=[],
            yticks=range(len(kinds)),
            yticklabels=labels,
        )
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(length=0)
    return canvas


def coding_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of codes, and the chart in words."""
    start = frame["start"].min()
    number = where(frame, start=start).set_index("kind")["exercises"]
    finding = (
        f"All {number['terrorism']} joint exercises from {start} to {frame['end'].min()} named "
        "terrorists as the enemy; "
        f"{number['police, special services']} were left to police or special services, and "
        f"{number['troops with aircraft']} brought troops with aircraft."
    )
    parts = "; ".join(f"{row.kind}, {row.start} to {row.end}: {row.exercises}" for row in frame.itertuples())
    return finding, (
        "Bar chart, by declared enemy and by forces used, of named exercises in which Kazakhstan and China both "
        f"took part. {parts}."
    )


CODING = Chart(
    "exercises-coding",
    draw_coding,
    coding_words,
    CREDIT,
    ("C14", "C32"),
    title="Every drill named terrorists; few were left to police",
    unit="Named exercises in which both took part",
)


def draw_troops(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a line from the lowest to the highest total of each exercise; one that is a floor ends in an arrow."""
    narrow = width < 5
    canvas, axes = pyplot.subplots(figsize=(width, 2.6), layout="constrained")
    for row in frame.itertuples():
        mission = row.name.startswith(MISSION)
        axes.plot([row.year, row.year], [row.low, row.high], "-o" if mission else "-s", color=MARK, linewidth=2,
                  markersize=6)
        axes.vlines(row.year, 0, row.low, color=style.FAINT, linewidth=1.5, zorder=0)
        text = f"{row.low:,.0f}\N{EN DASH}\n{row.high:,.0f}" if row.high > row.low else f"{row.high:,.0f}"
        name = row.name.removeprefix(MISSION) if mission else row.name.partition(" ")[0].replace("-", "-\n")
        rise = 7
        if row.open_above:
            style.say(axes, "", (row.year, row.high), (0, 16),
                      arrowprops=dict(arrowstyle="<-", color=MARK, linewidth=1.2, shrinkA=0, shrinkB=3))
            rise = 17
        near = 0 < style.WRITTEN - row.year < 1  # the article's line is close
        place: dict[str, Any] = dict(ha="right" if near else "center", va="bottom", fontsize=8, linespacing=1.05)
        style.say(axes, text, (row.year, row.high), (8 if near else 0, rise), **place)
        rise += 9 * (1 + text.count("\n")) + 2
        style.say(axes, name, (row.year, row.high), (8 if near else 0, rise), fontweight="bold", color=MARK, **place)
    style.article(axes, at=1.0)
    axes.set(ylim=(0, 9400), xlim=(2001, 2023.5), yticks=[0, 4000, 8000], xticks=range(2003, 2024, 5 if narrow else 4))
    axes.set_yticks([0, 4000, 8000], ["0", "4,000", "8,000"])
    style.grid(axes)
    return canvas


def troops_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of troops, and the chart in words."""
    early = frame[frame["year"] < style.WRITTEN].nlargest(1, "high").iloc[0]
    late = frame[frame["year"] > style.WRITTEN].nlargest(1, "high").iloc[0]
    finding = (
        f"The largest before the article was {early['name']} with {early['high']:,.0f} troops of all states, since "
        f"then {late['name']} with "
        f"{late['high']:,.0f}. Of the {len(frame)} drills {frame['name'].str.startswith(MISSION).sum()} are Peace "
        "Missions (dots, named by their year). Joined marks: reports disagree. Arrow: one says more than. Drills "
        "without a reported total are not drawn."
    )
    parts = "; ".join(
        f"{row.name}: {row.low:,.0f}"
        + (f" to {row.high:,.0f}" if row.high > row.low else "")
        + (" or more" if row.open_above else "")
        for row in frame.itertuples()
    )
    return finding, f"Chart of troops of all states in exercises with both Kazakhstan and China, by date. {parts}."


TROOPS = Chart(
    "exercises-troops",
    draw_troops,
    troops_words,
    CREDIT,
    ("C17", "C19"),
    title="The largest drills were Peace Missions; their size went up and down",
    unit="Troops of all states, exercises with both Kazakhstan and China, as reported. Dots: Peace Missions, by year; "
    "square: another",
)

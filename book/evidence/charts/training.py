"""Figures of the chapter on training: the numbers side by side, and one number over two windows."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from ..measures.training import rate
from ..tables import Tables
from . import Chart, style

LABELS = {
    "KZ-RU-2000": "Kazakhs in Russia, at one time, July 2000",
    "KZ-RU-2013": "Kazakhs in Russia, at one time, January 2013",
    "KZ-ALL-2007": "Kazakhs in all countries, per year, about 2007",
    "KZ-US-2007": "Kazakhs in the United States, in all to 2007",
    "KZ-CN-2003": "Kazakhs in China, in all since 2003",
    "KG-CN-2000": "Kyrgyz in China, in all, 2000 to 2012",
}
"""The rows drawn, largest first, and what each counts."""


def numbers_frame(tables: Tables) -> pd.DataFrame:
    """Return the reported numbers: columns training_id, label, persons, open_above (more than)."""
    rows = tables["training"].loc[list(LABELS)]
    return pd.DataFrame(
        {"training_id": rows.index, "label": list(LABELS.values()), "persons": rows["low"], "open_above": rows["high"].isna()}
    ).reset_index(drop=True)


def _said(persons: float, open_above: bool) -> str:
    """Return a number as it was said."""
    return f"{'more than ' if open_above else ''}{persons:,.0f}"


def draw_numbers(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the numbers as bars; a bar that is a floor ends in an arrow."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.6), layout="constrained")
    for at, row in enumerate(frame.itertuples()):
        color = style.ACCENT if row.label.startswith("Kazakhs in China") else style.CONTEXT
        axes.barh(at, row.persons, height=0.55, color=color)
        axes.annotate(
            _said(row.persons, row.open_above) + (" \N{RIGHTWARDS ARROW}" if row.open_above else ""),
            (row.persons, at), xytext=(4, 0), textcoords="offset points", va="center", color=color, fontweight="bold",
        )
    axes.set(yticks=range(len(frame)), yticklabels=frame["label"], xlim=(0, 1150), xlabel="persons")
    axes.invert_yaxis()
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)
    return canvas


def numbers_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the chart of numbers."""
    said = frame.set_index("training_id")
    return (
        f"In January 2013 more than {said.at['KZ-RU-2013', 'persons']:,.0f} Kazakh servicemen studied in Russia; "
        f"China trained {_said(*said.loc['KZ-CN-2003', ['persons', 'open_above']])} in the ten years to 2012. "
        "The bars count different things, as their labels say: compare orders of magnitude, not heights."
    )


def numbers_alt(frame: pd.DataFrame) -> str:
    """Return the chart of numbers in words."""
    return "Bar chart of servicemen trained abroad. " + "; ".join(f"{row.label}: {_said(row.persons, row.open_above)}" for row in frame.itertuples()) + "."


NUMBERS = Chart(
    "training-numbers", numbers_frame, draw_numbers, numbers_caption, numbers_alt,
    "Ministry of Defence of Kazakhstan (RBC, 30 January 2013; Jamestown, November 2012), Jamestown (2000, 2007), prime "
    "minister of Kyrgyzstan (K-News, 5 April 2012). As reported.",
    ("C30", "C54", "C64"),
)


def windows_frame(tables: Tables) -> pd.DataFrame:
    """Return each text's total and window with the yearly mean it implies.

    Columns: text, start, end, persons, open_above, per_year.
    """
    claim, report = tables["claims"].set_index("slug").loc["one-hundred-trained"], tables["training"].loc["KZ-CN-2003"]
    start, end, persons = 1993, 2012, float(claim["stated_high"])
    found = rate(tables, "Kazakhstan", "China", int(report["period_start"]), int(report["period_end"]))
    rows = [
        ("the article", start, end, persons, False, persons / (end - start + 1)),
        ("its earlier version", int(report["period_start"]), int(report["period_end"]), report["low"], math.isinf(found.high), found.low),
    ]
    return pd.DataFrame(rows, columns=["text", "start", "end", "persons", "open_above", "per_year"])


def draw_windows(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the two windows as lines that rise to the same number."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.4), layout="constrained")
    for row, color, dx, align in zip(frame.itertuples(), (style.CLAIM, style.ACCENT), (-8, 8), ("right", "left"), strict=True):
        axes.plot([row.start, row.end + 1], [0, row.persons], color=color, linewidth=2)
        if row.open_above:
            axes.annotate("", (row.end + 1, row.persons + 22), (row.end + 1, row.persons), arrowprops=dict(arrowstyle="->", color=color, linewidth=1.5))
        middle = ((row.start + row.end + 1) / 2, row.persons / 2)
        axes.annotate(
            f"{row.text}: {'at least ' if row.open_above else 'about '}{row.per_year:.0f} a year", middle, xytext=(dx, 0), textcoords="offset points",
            ha=align, va="center", color=color, fontweight="bold",
        )
    axes.set(xlim=(1990, 2021), ylim=(0, 130), ylabel="trained in China, in all", xticks=[1993, 1998, 2003, 2008, 2013])
    return canvas


def windows_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the chart of windows."""
    article, sibling = frame.itertuples()
    return (
        f"{sibling.persons:.0f} since {sibling.start} is at least {sibling.per_year:.0f} a year; "
        f"{article.persons:.0f} since {article.start} is {article.per_year:.0f}. "
        "The same number over a shorter time is a higher rate."
    )


def windows_alt(frame: pd.DataFrame) -> str:
    """Return the chart of windows in words."""
    article, sibling = frame.itertuples()
    return (
        f"Line chart. The article's {article.persons:.0f} rises from {article.start} to {article.end + 1}, {article.per_year:.0f} a year; "
        f"the earlier version's more than {sibling.persons:.0f} rises from {sibling.start}, at least {sibling.per_year:.0f} a year."
    )


WINDOWS = Chart(
    "training-windows", windows_frame, draw_windows, windows_caption, windows_alt,
    "The article (window read as 1993 to 2012) and Jamestown, Eurasia Daily Monitor 9(206), citing the Ministry of "
    "Defence of Kazakhstan. Yearly means: our computation.",
    ("C30",),
)

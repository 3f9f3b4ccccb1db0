"""The picture that stands for the book where its address is shared: the verdicts as one bar."""

from __future__ import annotations

from pathlib import Path

from ..charts import style
from ..pages import claims
from ..tables import Tables
from ..verdicts import wording
from ..verdicts.examine import Judged
from . import citation

FILE = "preview.png"
ALT = "The number of claims of the article by verdict, as one bar"
SIZE = (12.0, 6.3)
"""Inches at 100 dots each: 1200 by 630, the size that Open Graph asks for."""


def segments(tables: Tables, judged: Judged) -> list[tuple[str, int, int]]:
    """Return (verdict, start, count) of each part of the bar, at writing; empty parts are left out."""
    counts, found, start = claims.counts(tables, judged), [], 0
    for verdict in wording.VERDICT:
        count = counts[verdict]
        if count:
            found.append((verdict, start, count))
        start += count
    return found


def draw(tables: Tables, judged: Judged):
    """Return the picture as a matplotlib figure."""
    from matplotlib.figure import Figure

    style.use()
    figure = Figure(figsize=SIZE, dpi=100, facecolor="white")
    title, _, subtitle = citation.load()["title"].partition(": ")
    figure.text(0.06, 0.80, title, fontsize=27, fontweight="bold", color=style.INK)
    figure.text(0.06, 0.71, subtitle, fontsize=20, color=style.INK)
    axes = figure.add_axes((0.06, 0.34, 0.88, 0.2))
    axes.set_axis_off()
    parts = segments(tables, judged)
    for place, (verdict, start, count) in enumerate(parts):
        axes.barh(0, count, left=start, color=wording.COLOR[verdict], edgecolor="white", linewidth=3)
        size = min(30, 14 * count)  # a narrow part still holds its number
        axes.text(start + count / 2, 0, str(count), ha="center", va="center", fontsize=size, fontweight="bold", color="white")
        words = f"{wording.SIGN[verdict]} {wording.VERDICT[verdict]}"
        figure.text(0.06 + 0.9 / max(5, len(parts)) * place, 0.22, words, fontsize=17, fontweight="bold", color=wording.COLOR[verdict])
    axes.set_xlim(0, parts[-1][1] + parts[-1][2])
    figure.text(0.06, 0.08, f"{citation.contributors()}, version {citation.load()['version']}", fontsize=15, color=style.CONTEXT)
    return figure


def write(tables: Tables, judged: Judged, folder: Path) -> None:
    """Write the picture into `folder`, without the name of the software that drew it."""
    draw(tables, judged).savefig(folder / FILE, metadata={"Software": None})

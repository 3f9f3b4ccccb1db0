"""Figure of the front page: what the article says over what the evidence shows."""

from __future__ import annotations

import math
import textwrap

import pandas as pd
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from ..tables import Tables
from ..verdicts import wording
from ..verdicts.examine import Judgement, judgements
from ..verdicts.rules import pivot
from . import Chart, style

COLORS = {"supported": style.ACCENT, "qualified": style.ACCENT, "mixed": style.CONTEXT, "contradicted": style.CLAIM, "unresolved": style.CONTEXT}
"""One colour for what held, one for what did not, grey for what stays open."""
EDGE = 8.0
"""Where an open interval is cut, as a factor."""
GROUPS = {
    "number": "The article gives a number",
    "word": "The article uses a word, read here as a minimum: \u201cmost\u201d is above half, \u201cseveral\u201d three",
}
"""The two parts of the figure, from the top."""
LEFT, RIGHT = -1.36, 1.86
"""Where the rows begin and end, in widths of the panel."""
NOT_ONE_NUMBER = ("date", "rank", "ratio", "percent", "share of field", "kinds")
"""Units of claims that state no number to divide by: a list of four kinds is a list."""


def ratio(stated: float, low: float, high: float) -> tuple[float, float]:
    """Return the interval of stated over found; a value of zero or an open end gives 0 or inf."""
    return (0.0 if math.isinf(high) else stated / high, math.inf if low <= 0 else stated / low)


def frame(tables: Tables) -> pd.DataFrame:
    """Return each claim that states a number on a ratio scale, with that number over the evidence.

    Columns: claim_id, text, group (number: the claim states one; word: it states a minimum),
    verdict, stated, unit, found_low, found_high, ratio_low, ratio_high.
    """
    judged, rows = judgements(tables), []
    for claim_id, claim in tables["claims"].iterrows():
        judgement = judged.get((claim_id, "writing"))
        stated = claim["stated_low"] or claim["stated_high"]
        if judgement is None or judgement.main.statistic is None or not _comparable(stated, claim["unit"], judgement):
            continue
        low, high = pivot(judgement.main.statistic, judgement.main.spec.criterion)
        group = "number" if claim["stated_low"] == claim["stated_high"] else "word"
        rows.append((claim_id, claim["stated_text"], group, judgement.verdict, float(stated), claim["unit"], low, high, *ratio(float(stated), low, high)))
    columns = ["claim_id", "text", "group", "verdict", "stated", "unit", "found_low", "found_high", "ratio_low", "ratio_high"]
    order = ["group", "ratio_high", "ratio_low", "claim_id"]
    return pd.DataFrame(rows, columns=columns).sort_values(order, ascending=[True, False, False, True]).reset_index(drop=True)


def _comparable(stated: str, unit: str, judgement: Judgement) -> bool:
    """Return whether a stated value and a statistic can be divided: same unit, a number above
    one or a share, found in a count, a distance or a share."""
    same = judgement.main.unit == unit
    return same and unit not in NOT_ONE_NUMBER and bool(stated) and float(stated) > 0 and stated != "1"


def _beside(axes: Axes, x: float, y: float, words: str, side: str, color: str = style.INK, weight: str = "normal") -> None:
    """Write text beside the panel, at x in widths of the panel, level with row y."""
    axes.annotate(
        words, (x, y), xycoords=("axes fraction", "data"), ha=side, va="center", fontsize=7.5, color=color, fontweight=weight, annotation_clip=False
    )


def _range(axes: Axes, at: float, row) -> None:
    """Draw one interval of stated over found; an open range is thin and ends in an arrow."""
    color, low, high = COLORS[row.verdict], max(row.ratio_low, 1 / EDGE), min(row.ratio_high, EDGE)
    is_open = row.ratio_low == 0 or math.isinf(row.ratio_high)
    axes.plot([low, high], [at, at], color=color, linewidth=1.2 if is_open else 4, solid_capstyle="butt")
    for value, cut, arrow in ((low, row.ratio_low == 0, "<"), (high, math.isinf(row.ratio_high), ">")):
        axes.plot(value, at, arrow if cut else "o", color=color, markersize=6, markeredgewidth=0)


def _row(axes: Axes, at: int, row) -> None:
    """Draw one claim: its words, its interval, what was found and the verdict."""
    _range(axes, at, row)
    text, shown = textwrap.shorten(row.text, 52, placeholder="\u2026"), wording.interval(row.found_low, row.found_high, row.unit)
    cells = (
        (LEFT, "left", row.claim_id, True),
        (LEFT + 0.13, "left", text, False),
        (1.05, "left", shown, False),
        (RIGHT, "right", wording.VERDICT[row.verdict], True),
    )
    for x, side, words, bold in cells:
        color, weight = COLORS[row.verdict] if x == RIGHT else style.INK, "bold" if bold else "normal"
        _beside(axes, x, at, words, side, color, weight)


def _scale(axes: Axes, bottom: float, top: float) -> None:
    """Set the log scale of a panel and take its frame away."""
    axes.set(yticks=[], xscale="log", xlim=(1 / EDGE / 1.1, EDGE / 1.4), ylim=(bottom, top))
    axes.xaxis.set_major_locator(FixedLocator([0.25, 0.5, 1, 2, 4]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}\u00d7"))
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(length=0, labelsize=7.5)


def _panel(axes: Axes, title: str, rows: pd.DataFrame) -> None:
    """Draw one group of claims under its title, around the line where both say the same."""
    axes.axvline(1, color=style.INK, linewidth=0.9, zorder=0)
    for at, row in enumerate(rows.itertuples()):
        axes.axhline(at + 0.5, xmin=LEFT, xmax=RIGHT, color=style.FAINT, linewidth=0.5, clip_on=False, zorder=0)
        _row(axes, at, row)
    _beside(axes, LEFT, -0.95, title, "left", style.CONTEXT)
    _scale(axes, len(rows) - 0.5, -0.5)


def draw(rows: pd.DataFrame) -> Figure:
    """Return the intervals of stated over found on a log scale, a row for each claim."""
    parts = [rows[rows["group"] == group] for group in GROUPS]
    canvas, panels = pyplot.subplots(2, 1, figsize=(style.WIDTH * 1.15, 1.25 + 0.24 * len(rows)), sharex=True, height_ratios=[len(part) for part in parts])
    for axes, title, part in zip(panels, GROUPS.values(), parts, strict=True):
        _panel(axes, title, part)
    top, last = panels
    for x, side, words in ((0.93, "right", "\u2190 evidence shows more"), (1.07, "left", "article says more \u2192")):
        top.annotate(words, (x, -0.95), ha=side, va="center", fontsize=7.5, color=style.INK, annotation_clip=False)
    for x, side, words in ((1.05, "left", "Evidence"), (RIGHT, "right", "Verdict")):
        _beside(top, x, -0.95, words, side, style.CONTEXT)
    top.tick_params(labelbottom=False)
    last.set_xlabel("what the article says, divided by what the evidence shows (log scale)", fontsize=7.5)
    canvas.subplots_adjust(left=0.412, right=0.722, top=0.93, bottom=0.105, hspace=0.28)
    return canvas


def _narrow_row(axes: Axes, at: int, row) -> None:
    """Draw one claim in three lines: its words, what was found with the verdict, its interval."""
    for x, y, words, side, color, weight in (
        (0, at - 0.36, row.claim_id, "left", style.INK, "bold"),
        (0.12, at - 0.36, textwrap.shorten(row.text, 52, placeholder="\u2026"), "left", style.INK, "normal"),
        (0.12, at - 0.06, wording.interval(row.found_low, row.found_high, row.unit), "left", style.CONTEXT, "normal"),
        (1, at - 0.06, wording.VERDICT[row.verdict], "right", COLORS[row.verdict], "bold"),
    ):
        axes.annotate(words, (x, y), xycoords=("axes fraction", "data"), ha=side, va="center", fontsize=7.5, color=color, fontweight=weight)
    axes.plot([1, 1], [at + 0.1, at + 0.36], color=style.INK, linewidth=0.9, zorder=0)
    axes.axhline(at + 0.46, color=style.FAINT, linewidth=0.5, zorder=0)
    _range(axes, at + 0.23, row)


def draw_narrow(rows: pd.DataFrame) -> Figure:
    """Return the same intervals for a phone: each claim above its interval."""
    parts = [rows[rows["group"] == group] for group in GROUPS]
    canvas = Figure(figsize=(3.7, 1.2 + 0.46 * len(rows)))
    panels = canvas.subplots(2, 1, sharex=True, height_ratios=[len(part) for part in parts])
    for axes, title, part in zip(panels, GROUPS.values(), parts, strict=True):
        for at, row in enumerate(part.itertuples()):
            _narrow_row(axes, at, row)
        words = textwrap.fill(title, 56)
        axes.annotate(words, (0, -0.62), xycoords=("axes fraction", "data"), va="bottom", fontsize=7.5, color=style.CONTEXT, annotation_clip=False)
        _scale(axes, len(part) - 0.5, -0.55)
    panels[0].tick_params(labelbottom=False)
    panels[1].set_xlabel("\u2190 evidence shows more, or article says more \u2192 (log scale)", fontsize=7.5)
    canvas.subplots_adjust(left=0.02, right=0.98, top=0.955, bottom=0.075, hspace=0.17)
    return canvas


def caption(rows: pd.DataFrame) -> str:
    """Return the finding."""
    numbers = rows[rows["group"] == "number"]
    exact = numbers[(numbers["ratio_low"] == 1) & (numbers["ratio_high"] == 1)]
    over, still = numbers[numbers["ratio_low"] > 1], numbers[numbers["ratio_low"] == 0]
    text = f"Of {len(numbers)} numbers the article gives, {len(exact)} are exact, {len(still)} cannot be confirmed and {len(over)} is wrong"
    text += "".join(f": {row.text}, {row.ratio_low:.1f} to {row.ratio_high:.1f} times what the evidence shows" for row in over.itertuples()) + ". "
    words = rows[rows["group"] == "word"]
    held = int((words["ratio_high"] <= 1).sum())
    text += f"Of {len(words)} words that stand for a minimum, {held} hold under the main reading. "
    return text + "Thin with an arrow: the list is incomplete, and the true number may be higher."


def alt(rows: pd.DataFrame) -> str:
    """Return the chart in words."""

    def line(row) -> str:
        return f"{row.claim_id}, {row.text}, {wording.interval(row.found_low, row.found_high, row.unit)} found, {row.verdict}"

    return (
        "Range chart on a log scale of what the article says over what the evidence shows, one line for each claim. "
        + "; ".join(line(row) for row in rows.itertuples())
        + "."
    ).replace("\N{NO-BREAK SPACE}", " ")


SAYS_SHOWS = Chart(
    "index-says-shows", frame, draw, caption, alt, "The ledger and the main reading of each claim; sources on the claim's card.", narrow=draw_narrow,
)

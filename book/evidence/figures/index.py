"""Figure of the front page: what the article says over what the evidence shows."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from .. import style, wording
from ..examine import Judgement, judgements
from ..tables import Tables
from ..verdicts import pivot
from . import Figure

COLORS = {"supported": style.ACCENT, "qualified": style.ACCENT, "contradicted": style.CLAIM, "unresolved": style.CONTEXT}
"""One colour for what held, one for what did not, grey for what stays open."""
EDGE = 20.0
"""Where an open interval is cut, as a factor."""


def ratio(stated: float, low: float, high: float) -> tuple[float, float]:
    """Return the interval of stated over found; a value of zero or an open end gives 0 or inf."""
    return (0.0 if math.isinf(high) else stated / high, math.inf if low <= 0 else stated / low)


def frame(tables: Tables) -> pd.DataFrame:
    """Return each claim that states a number on a ratio scale, with that number over the evidence.

    Columns: claim_id, text, verdict, stated, unit, found_low, found_high, ratio_low, ratio_high.
    A stated minimum ("several": three) is set against what was found in the same way.
    """
    judged, rows = judgements(tables), []
    for claim_id, claim in tables["claims"].iterrows():
        judgement = judged.get((claim_id, "writing"))
        stated = claim["stated_low"] or claim["stated_high"]
        if judgement is None or judgement.main.statistic is None or not _comparable(stated, claim["unit"], judgement):
            continue
        low, high = pivot(judgement.main.statistic, judgement.main.spec.criterion)
        below, above = ratio(float(stated), low, high)
        rows.append((claim_id, claim["stated_text"], judgement.verdict, float(stated), claim["unit"], low, high, below, above))
    columns = ["claim_id", "text", "verdict", "stated", "unit", "found_low", "found_high", "ratio_low", "ratio_high"]
    return pd.DataFrame(rows, columns=columns).sort_values(["ratio_high", "ratio_low", "claim_id"], ascending=[False, False, True]).reset_index(drop=True)


def _comparable(stated: str, unit: str, judgement: Judgement) -> bool:
    """Return whether a stated value and a statistic can be divided: same unit, a number above
    one or a share, found in a count, a distance or a share."""
    same = judgement.main.unit == unit
    return same and unit not in ("date", "rank", "ratio", "percent", "share of field") and bool(stated) and float(stated) > 0 and stated != "1"


def draw(rows: pd.DataFrame) -> Canvas:
    """Return the intervals of stated over found on a log scale, each under its claim."""
    canvas, axes = pyplot.subplots(figsize=(style.WIDTH, 0.8 + 0.36 * len(rows)), layout="constrained")
    axes.axvline(1, color=style.INK, linewidth=1, zorder=0)
    for at, row in enumerate(rows.itertuples()):
        low, high = max(row.ratio_low, 1 / EDGE), min(row.ratio_high, EDGE)
        color = COLORS[row.verdict]
        axes.plot([low, high], [at, at], color=color, linewidth=5, solid_capstyle="butt", alpha=0.35 if row.ratio_high == math.inf or row.ratio_low == 0 else 1)
        for value, is_open, arrow in ((low, row.ratio_low == 0, "<"), (high, row.ratio_high == math.inf, ">")):
            axes.plot(value, at, arrow if is_open else "|", color=color, markersize=6 if is_open else 9, markeredgewidth=0 if is_open else 2)
        found = wording.interval(row.found_low, row.found_high, row.unit)
        axes.annotate(
            f"{row.claim_id}  {row.text}: {found}", (0, at - 0.42), xycoords=("axes fraction", "data"), fontsize=7.5,
            va="center", bbox=dict(facecolor="white", edgecolor="none", pad=0.6),
        )
    for x, side, words in ((0.97, "right", "the evidence shows more"), (1.03, "left", "the article says more")):
        axes.annotate(words, (x, -1.1), ha=side, va="center", fontsize=8, color=style.CONTEXT)
    axes.set(yticks=[], xscale="log", xlim=(1 / EDGE / 1.2, EDGE), ylim=(len(rows) - 0.4, -1.5))
    axes.xaxis.set_major_locator(FixedLocator([0.1, 0.25, 0.5, 1, 2, 4, 10]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.set_xlabel("stated over found, log scale")
    axes.spines["left"].set_visible(False)
    return canvas


def caption(rows: pd.DataFrame) -> str:
    """Return the finding."""
    over = rows[rows["ratio_low"] > 1]
    worst = over.sort_values("ratio_low", ascending=False).iloc[0] if len(over) else None
    text = f"What {len(rows)} claims say over what the evidence shows. They state a number, or a word that stands for one."
    if worst is not None:
        text += f" The one clear overstatement is {worst['claim_id']}, by a factor of {worst['ratio_low']:.1f} to {worst['ratio_high']:.1f}."
    return text + " Arrows: the list is incomplete, so the true number may be higher. After the colon: what was found."


def alt(rows: pd.DataFrame) -> str:
    """Return the chart in words."""
    def line(row) -> str:
        return f"{row.claim_id}, {row.text}, {wording.interval(row.found_low, row.found_high, row.unit)} found"

    return (
        "Range chart on a log scale of what the article says over what the evidence shows, one line for each claim. "
        + "; ".join(line(row) for row in rows.itertuples())
        + "."
    ).replace("\N{NO-BREAK SPACE}", " ")


SAYS_SHOWS = Figure("index-says-shows", frame, draw, caption, alt, "The ledger and the main reading of each claim; sources on the claim's card.")

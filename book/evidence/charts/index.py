"""Charts of the front page: what the article says beside what the evidence shows."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from ..tables import Tables, traced
from ..verdicts import wording
from ..verdicts.examine import Judgement, judgements
from ..verdicts.rules import pivot
from . import Chart, style

NOT_ONE_NUMBER = ("date", "rank", "ratio", "percent", "share of field", "kinds")
"""Units of claims that state no number to compare: a list of four kinds is a list."""


@traced
def frame(tables: Tables) -> pd.DataFrame:
    """Return each claim that states a number, and what was found in the same unit.

    Columns: claim_id, text, says (the article's number in words), shows, verdict, exact (whether it
    states one number and not a minimum). Claims that state one number come first.
    """
    judged, rows = judgements(tables), []
    for claim_id, claim in tables["claims"].iterrows():
        judgement = judged.get((claim_id, "writing"))
        stated = claim["stated_low"] or claim["stated_high"]
        if judgement is None or judgement.main.statistic is None or not _comparable(stated, claim["unit"], judgement):
            continue
        exact = claim["stated_low"] == claim["stated_high"]
        low, high = (float(stated), float(stated)) if exact else (float(stated), float("inf"))
        shows = wording.interval(*pivot(judgement.main.statistic, judgement.main.spec.criterion), judgement.main.unit)
        rows.append((claim_id, claim["stated_text"], wording.interval(low, high, claim["unit"]), shows, judgement.verdict, exact))
    found = pd.DataFrame(rows, columns=["claim_id", "text", "says", "shows", "verdict", "exact"])
    return found.sort_values(["exact", "claim_id"], ascending=[False, True]).reset_index(drop=True)


def _comparable(stated: str, unit: str, judgement: Judgement) -> bool:
    """Return whether a stated value and a statistic can be compared: same unit, a number above
    one or a share, found in a count, a distance or a share."""
    same = judgement.main.unit == unit
    return same and unit not in NOT_ONE_NUMBER and bool(stated) and float(stated) > 0 and stated != "1"


def draw(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a table drawn as a chart: one claim to a line, both numbers and the verdict."""
    return _wide(rows, width) if width > 5 else _narrow(rows, width)


def _wide(rows: pd.DataFrame, width: float) -> Figure:
    """Return one line to a claim."""
    canvas = pyplot.figure(figsize=(width, 0.25 * (len(rows) + 1.4)))
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 1), ylim=(len(rows) - 0.4, -1.4))
    axes.axis("off")
    columns = ((0, "Claim"), (0.44, "The article says"), (0.61, "The evidence shows"), (0.84, "Verdict"))
    for x, words in columns:
        axes.text(x, -0.9, words, fontsize=8, color=style.OTHER, va="center")
    for at, row in enumerate(rows.itertuples()):
        axes.axhline(at - 0.5, color=style.FAINT, linewidth=0.6)
        for (x, _), words, color, weight in zip(columns, _cells(row, 44), _colors(row), ("normal", "bold", "bold", "bold"), strict=True):
            axes.text(x, at, words, fontsize=8, color=color, va="center", fontweight=weight)
    return canvas


def _narrow(rows: pd.DataFrame, width: float) -> Figure:
    """Return two lines to a claim."""
    canvas = pyplot.figure(figsize=(width, 0.42 * len(rows)))
    axes = canvas.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 1), ylim=(len(rows) - 0.4, -0.6))
    axes.axis("off")
    for at, row in enumerate(rows.itertuples()):
        text, says, shows, verdict = _cells(row, 46)
        color = _colors(row)[-1]
        axes.axhline(at - 0.5, color=style.FAINT, linewidth=0.6)
        axes.text(0, at - 0.22, text, fontsize=8.5, va="center")
        axes.text(0, at + 0.18, f"{says} \N{RIGHTWARDS ARROW} {shows}", fontsize=8.5, va="center", fontweight="bold")
        axes.text(1, at + 0.18, verdict, fontsize=8.5, va="center", ha="right", color=color, fontweight="bold")
    return canvas


def _cells(row, longest: int) -> tuple[str, str, str, str]:
    """Return the words of one line."""
    text = textwrap.shorten(f"{row.claim_id}  {row.text[0].upper()}{row.text[1:]}", longest, placeholder="\N{HORIZONTAL ELLIPSIS}")
    return text, row.says, row.shows, f"{wording.SIGN[row.verdict]} {wording.VERDICT[row.verdict]}"


def _colors(row) -> tuple[str, str, str, str]:
    """Return the colours of one line: what the evidence shows is red where it contradicts."""
    color = wording.COLOR[row.verdict]
    return style.INK, style.INK, color if row.verdict == "contradicted" else style.INK, color


def caption(rows: pd.DataFrame) -> str:
    """Return the finding."""
    exact = rows[rows["exact"]]
    held, fell = (exact["verdict"] == "supported").sum(), (exact["verdict"] == "contradicted").sum()
    least = rows[~rows["exact"]]
    kept = (least["verdict"] == "supported").sum()
    return (
        f"Of {len(exact)} numbers that the article gives, {held} hold, {fell} is wrong and {len(exact) - held - fell} stay open. "
        f"Of {len(least)} words that stand for a minimum, such as \u201cmost\u201d or \u201cseveral\u201d, {kept} hold in nearly every reading."
    )


def alt(rows: pd.DataFrame) -> str:
    """Return the chart in words."""
    lines = [f"{row.claim_id}, {row.text}: says {row.says}, evidence shows {row.shows}, {row.verdict}" for row in rows.itertuples()]
    return f"Table drawn as a chart, one line for each claim that states a number. {'; '.join(lines)}."


SAYS_SHOWS = Chart(
    "index-says-shows", frame, draw, caption, alt, "The ledger, and the main reading of each claim; sources are on its sheet.",
    title="One number is wrong, some cannot be settled, the rest hold",
    unit="What the article says and what the evidence shows",
)

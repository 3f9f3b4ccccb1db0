"""The tables of the outlook as a reader sees them, from the frames of its measures and the ledger."""

from __future__ import annotations

import pandas as pd

from .. import dates
from ..measures.outlook import BASE, WINDOW
from ..tables import Tables
from ..verdicts import wording
from ..verdicts.examine import Judged, state_of
from .markdown import badge, claim_link, escape

INDICATORS = {
    "trade-kazakhstan": ("C41", "Trade, as Kazakhstan counts it, million US$"),
    "trade-china": ("C41", "Trade, as China counts it, million US$"),
    "arms-china-region": ("C08", "China's share of the region's arms imports, five years"),
    "arms-russia-region": ("C75", "Russia's share of the same"),
}
"""Series of outlook.against_naive(): the claim they bear on, and their name."""
COUNTED = {
    "exercises": "Joint exercises, last five years (C06)",
    "bilateral": "Of them by the two alone (C06)",
    "facilities": "Chinese facilities reported in the five states (C78)",
    "arms": "China's share of Kazakhstan's arms imports, last five years (C47)",
}
"""Indicators of outlook.counted(), in the order shown."""
WORDS = {"share": "{:.0%}", "million US$": "{:,.0f}"}
"""How a number of against_naive() is printed, by its unit."""


def overview(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return one row per forecast, as Markdown: columns Claim, Forecast, Hedge, Judged by, Could fail,
    Found, Verdict."""
    rows = []
    for claim_id, claim in tables["claims"][tables["claims"]["scope"] == "forecast"].iterrows():
        state = state_of(claim, "since", judged)
        rows.append({
            "Claim": claim_link(claim_id), "Forecast": escape(claim["stated_text"]), "Hedge": escape(claim["hedge"]),
            "Judged by": dates.spoken(claim["horizon"]), "Could fail": claim["could_fail"],
            "Found": escape(wording.found(judged[claim_id, "since"].main)),
            "Verdict": badge(state),
        })
    return pd.DataFrame(rows)


def against_naive(found: pd.DataFrame) -> pd.DataFrame:
    """Return outlook.against_naive() as a table: columns Claim (Markdown), Indicator, a year each,
    Latest, Forecast, Trend, Right, Nearer."""
    base, five, ten = (f"{BASE + years}" for years in (0, WINDOW, 2 * WINDOW))
    rows = []
    for row in found.itertuples():
        claim_id, words = INDICATORS[row.series]
        form = WORDS[row.unit].format
        rows.append({
            "Claim": claim_link(claim_id), "Indicator": words,
            base: form(row.base), five: form(row.five), ten: form(row.ten),
            "Latest": f"{form(row.latest)} ({row.latest_year})", "Forecast": row.forecast,
            f"Trend to {ten}": form(row.trend),
            f"Right in {ten}": "yes" if row.right else "no", "Nearer": row.nearer,
        })
    return pd.DataFrame(rows)


def counted(found: pd.DataFrame) -> pd.DataFrame:
    """Return outlook.counted() as a table: a row an indicator, and a column a year."""
    cells = [
        ("at least " if row.floor else "") + (f"{row.value:.1%}" if row.unit == "share" else f"{row.value:.0f}")
        for row in found.itertuples()
    ]
    wide = found.assign(cell=cells).pivot(index="indicator", columns="year", values="cell").loc[list(COUNTED)]
    heads = zip(("Baseline", "Five years", "Ten years", "Latest"), wide.columns, strict=True)
    wide = wide.set_axis([f"{name}, {year}" for name, year in heads], axis=1)
    return wide.rename(index=COUNTED).rename_axis("Indicator").reset_index()

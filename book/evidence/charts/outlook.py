"""Figure of the outlook: from the baseline at writing to the outcome."""

from __future__ import annotations

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from ..measures.outlook import outcomes
from ..tables import Tables
from . import Chart, style, years

PANELS = {
    "trade-kazakhstan": ("Trade, as Kazakhstan counts it, billion US$", 1e-3),
    "trade-china": ("Trade, as China counts it, billion US$", 1e-3),
    "arms-china-region": ("China's share of the five states' arms imports, %, by five years", 100),
    "arms-russia-region": ("Russia's share of the same, %", 100),
    "us-troops": ("US troops in Afghanistan, thousands", 1e-3),
}
"""Panels from the top: series, title, factor."""


def frame(tables: Tables) -> pd.DataFrame:
    """Return the series behind the forecasts: columns series, year, value, naive (what the trend
    before 2013 would have given; missing for the years before and where no trend is drawn)."""
    return outcomes(tables).drop(columns="unit")


def draw(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return one panel a series: before grey, after blue, the trend dashed."""
    canvas, panels = pyplot.subplots(len(PANELS), 1, figsize=(width, 6.6), layout="constrained", sharex=True)
    for axes, (name, (title, factor)) in zip(panels, PANELS.items(), strict=True):
        own = rows[rows["series"] == name]
        known = own[own["value"].notna()]
        before, after = known[known["year"] <= 2012], known[known["year"] >= 2012]
        axes.plot(before["year"], factor * before["value"], "-o", color=style.CONTEXT, markersize=3)
        axes.plot(after["year"], factor * after["value"], "-o", color=style.ACCENT, markersize=3.5)
        axes.plot(own["year"], factor * own["naive"], color=style.CLAIM, linestyle=(0, (3, 2)), linewidth=1)
        base, last = known[known["year"] == 2012].iloc[0], known.iloc[-1]
        for row, shift in ((base, (0, 6)), (last, (0, 6))):
            axes.annotate(
                f"{factor * row['value']:.0f}", (row["year"], factor * row["value"]), xytext=shift,
                textcoords="offset points", ha="center", fontsize=8, fontweight="bold",
                color=style.CONTEXT if row["year"] == 2012 else style.ACCENT,
            )
        axes.axvline(2013, color=style.CLAIM, linewidth=0.8, zorder=0)
        axes.set_title(title, fontsize=8.5)
        axes.set(
            ylim=(0, 1.3 * factor * max(own["value"].max(), own["naive"].max() if own["naive"].notna().any() else 0)),
            xlim=(2002.5, 2026), xticks=range(2004, 2026, 4),
        )
        axes.locator_params(axis="y", nbins=3)
    panels[0].annotate("trend of 2003 to 2012", (2019, 0.72), xycoords=("data", "axes fraction"), color=style.CLAIM, fontsize=8, ha="right")
    return canvas


def caption(rows: pd.DataFrame) -> str:
    """Return the finding."""
    value = rows.set_index(["series", "year"])["value"]
    trade, arms = value["trade-kazakhstan"], value["arms-china-region"].dropna()
    return (
        f"Trade stood at {trade[2012] / 1e3:.1f} billion dollars in 2012, {trade[2016] / 1e3:.1f} in 2016 and {trade[2022] / 1e3:.1f} in 2022. "
        f"China's share of the region's arms imports went from {arms[2012]:.0%} to {arms[2017]:.0%}, "
        f"{arms[2022]:.0%} and {arms.iloc[-1]:.0%}. Dashed: the trend of 2003 to 2012, had it gone on."
    )


def alt(rows: pd.DataFrame) -> str:
    """Return the panels in words."""
    parts = []
    for name, (title, factor) in PANELS.items():
        own = rows[(rows["series"] == name) & rows["value"].notna()].set_index("year")["value"]
        parts.append(f"{title}: {factor * own[2012]:.0f} in 2012, {factor * own.iloc[-1]:.0f} in {own.index[-1]:.0f}")
    return f"{len(PANELS)} line charts from {years(rows['year'])}. " + "; ".join(parts) + "."


OUTCOMES = Chart(
    "outlook-outcomes", frame, draw, caption, alt,
    "IMF Direction of Trade Statistics (export of 2022), later totals from press reports of official figures; SIPRI "
    "Arms Transfers Database (exports of February and, for 2025, of May 2026); US Defense Manpower Data Center through troopdata.",
    ("C05", "C08", "C41", "C75"),
)

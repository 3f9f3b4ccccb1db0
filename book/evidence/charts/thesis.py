"""Figure of the thesis: China's part of each kind of tie, beside Russia's and the West's."""

from __future__ import annotations

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from ..measures import thesis
from ..measures.exercises import inventory
from ..measures.russia import in_use
from ..tables import Tables, traced
from . import Chart, style

TIES = ["Exports", "All trade", "Imports", "Oil output, by pipeline", "Arms imports", "Exercises, one inventory", "Foreign bases and sites"]
"""Kinds of tie, from the top."""


@traced
def frame(tables: Tables) -> pd.DataFrame:
    """Return shares of each kind of tie of Kazakhstan: columns tie, years, china, russia, west (0
    to 1; missing where nothing is counted). West: European Union and United States for trade,
    suppliers in North America and the European Union for arms, members of NATO for exercises; an
    exercise can have partners of several kinds."""
    rows: list[tuple] = []
    for tie, flow in (("Exports", "exports"), ("All trade", "total"), ("Imports", "imports")):
        share = {p: thesis.trade_share(tables, p, flow, 2012, 2012).low for p in ("China", "Russia", "European Union", "United States")}
        rows.append((tie, "2012", share["China"], share["Russia"], share["European Union"] + share["United States"]))
    rows.append(("Oil output, by pipeline", "2009", thesis.oil_share(tables, 2009).low, None, None))
    arms = [thesis.arms_share(tables, group, 2003, 2012).low for group in (("China",), ("Russia",), thesis.west(tables))]
    rows.append(("Arms imports", "2003 to 2012", *arms))
    held = inventory(tables, 2003, 2010)
    rows.append(("Exercises, one inventory", "2003 to 2010", *((held[partner] == "yes").mean() for partner in ("china", "russia", "nato"))))
    sites = in_use(tables)
    own = sites.loc[sites["host"] == "Kazakhstan", "state"]
    rows.append(("Foreign bases and sites", "January 2013", (own == "China").mean(), (own == "Russia").mean(), (own == "United States").mean()))
    return pd.DataFrame(rows, columns=["tie", "years", "china", "russia", "west"]).astype({"russia": float, "west": float})


SIDES = {"west": ("West", style.FAINT), "russia": ("Russia", style.CONTEXT), "china": ("China", style.CLAIM)}
"""Who is compared, in the order drawn."""


def draw(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a dot for each side on one scale from nothing to all."""
    canvas, axes = pyplot.subplots(figsize=(width, 3.5), layout="constrained")
    for place, row in enumerate(rows.itertuples()):
        axes.axhline(-place, color=style.FAINT, linewidth=0.8, zorder=0)
        for side, (name, color) in SIDES.items():
            value = getattr(row, side)
            if pd.isna(value):
                continue
            edge = style.CONTEXT if side == "west" else color
            axes.plot(100 * value, -place, "o", markersize=11 if side == "china" else 8, color=color, markeredgecolor=edge, clip_on=False)
            if place == 0:
                axes.annotate(
                    name, (100 * value, 0), xytext=(0, 9), textcoords="offset points", ha="center", va="bottom",
                    color=edge, fontweight="bold", fontsize=8,
                )
        below = row.china < 0.005
        axes.annotate(
            f"{100 * row.china:.0f}", (100 * row.china, -place), xytext=(0, -9), textcoords="offset points",
            ha="center", va="top", color=style.CLAIM, fontweight="bold" if below else "normal", fontsize=8,
        )
    axes.set(xlim=(0, 100), ylim=(-len(rows) + 0.4, 0.75), xlabel="per cent of Kazakhstan's total")
    axes.set_yticks([-place for place in range(len(rows))], [f"{row.tie}\n{row.years}" for row in rows.itertuples()], fontsize=8.5)
    axes.tick_params(left=False, pad=10)
    axes.spines["left"].set_visible(False)
    return canvas


def caption(rows: pd.DataFrame) -> str:
    """Return the finding."""
    share = rows.set_index("tie")
    return (
        f"China took part in {share.at['All trade', 'china']:.0%} of Kazakhstan's trade in 2012 and supplied "
        f"{share.at['Arms imports', 'china']:.0%} of its arms imports in the ten years to 2012. "
        f"Russia's shares were {share.at['All trade', 'russia']:.0%} and {share.at['Arms imports', 'russia']:.0%}. "
        "West: European Union and United States; for arms, suppliers in North America and the European Union; for exercises, "
        "members of NATO. An exercise can have partners of several kinds."
    )


def alt(rows: pd.DataFrame) -> str:
    """Return the chart in words."""
    def line(row) -> str:
        values = ", ".join(f"{name} {getattr(row, side):.0%}" for side, (name, _) in reversed(SIDES.items()) if not pd.isna(getattr(row, side)))
        return f"{row.tie} ({row.years}): {values}"

    return "Dot plot of shares of Kazakhstan's total by kind of tie. " + "; ".join(line(row) for row in rows.itertuples()) + "."


PARADOX = Chart(
    "thesis-paradox", frame, draw, caption, alt,
    "IMF Direction of Trade Statistics (export of 2022); SIPRI Arms Transfers Database (export of 12 February 2026); "
    "Energy Institute; Xinhua; D'Orazio and Galambos, Multinational Military Exercises; list of facilities. Shares: ours.",
    ("C03",),
)

"""Charts of what followed: trade, arms and drills by year, the events in order, and the verdicts that moved."""

import textwrap
from datetime import date

import pandas as pd
from matplotlib import dates as ticks
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import dates
from ..verdicts import wording
from . import Chart, style, tiles, where

# -- three ties


def draw_ties(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return panels over the same years: lines of trade, bars of arms, a diamond for each drill."""
    heights = (3, 2.4, 0.6)
    canvas, panels = pyplot.subplots(3, 1, figsize=(width, 4.7), layout="constrained", sharex=True,
                                     height_ratios=heights)
    titles = ("trade, billion US$", "arms delivered, million TIV", "drills of the armies of Kazakhstan and China alone")
    for axes, words in zip(panels, titles, strict=True):
        axes.set_title(words, fontsize=9)
        style.grid(axes)
        style.article(axes, words="" if axes is not panels[0] else "the article,\nJanuary 2013")
    for country in ("Russia", "China"):
        _lines(panels[0], where(rows, tie="trade", country=country), country)
    _bars(panels[1], where(rows[rows["value"] > 0], tie="arms"))
    _drills(panels[2], where(rows, tie="drills"))
    panels[2].set(xlim=(2002.4, 2025.6 + (3 if width > 5 else 5)))
    return canvas


def _lines(axes: Axes, rows: pd.DataFrame, country: str) -> None:
    """Draw trade as two lines, since it is counted in another way from 2013 on, with its last value."""
    for one in (rows[rows["year"] <= 2012], rows[rows["year"] > 2012]):
        axes.plot(one["year"], one["value"], color=style.color(country), linewidth=2)
    last = rows.iloc[-1]
    style.say(axes, f"{country} {last['value']:.0f}", (last["year"], last["value"]), (5, 0), ha="left", va="center",
              color=style.color(country), **style.BOLD)
    axes.set_ylim(0, 39)


def _bars(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw arms as bars, China's, which are low, with an edge that shows and their volumes above the bars nearby."""
    russia, china = (where(rows, country=country) for country in ("Russia", "China"))
    for part, side, height, edge in ((russia, -0.2, 0.62, 0), (china, 0.2, 0.44, 1)):
        color = style.color(part["country"].iloc[0])
        axes.bar(part["year"] + side, part["value"], width=0.4, color=color, edgecolor=color, linewidth=edge)
        axes.text(0.02, height, part["country"].iloc[0], transform=axes.transAxes, color=color, **style.BOLD)
    for row in china.itertuples():
        beside = russia.loc[russia["year"].between(row.year, row.year + 1), "value"]
        place = (row.year + 0.2, max(row.value, *beside, 0) + 22)
        axes.annotate(f"{row.value:.0f}", (row.year + 0.2, row.value), place, ha="center", va="bottom", fontsize=8.5,
                      color=style.color("China"), fontweight="bold",
                      arrowprops={"arrowstyle": "-", "color": style.color("China"), "linewidth": 0.8, "shrinkA": 0,
                                  "shrinkB": 0})


def _drills(axes: Axes, rows: pd.DataFrame) -> None:
    axes.plot(rows["year"], [0] * len(rows), "D", markersize=8, color=style.color("China"))
    for row in rows.itertuples():
        style.say(axes, f"{row.year}", (row.year, 0), (0, -8), ha="center", va="top", fontsize=8.5)
    axes.set(ylim=(-2.8, 1), yticks=[])
    axes.grid(False)
    axes.set_xticks([2005, 2010, 2015, 2020, 2025])


def _trade(rows: pd.DataFrame, country: str, year: int) -> float:
    """Return one year of trade."""
    return where(rows, tie="trade", country=country, year=year)["value"].item()


def _arms(rows: pd.DataFrame, country: str) -> float:
    """Return the arms delivered after the article."""
    return where(rows[rows["year"] > 2012], tie="arms", country=country)["value"].sum()


def ties_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding, and the chart in words."""
    first, last = rows["year"].min(), rows["year"].max()
    drills = where(rows, tie="drills")["year"]
    finding = (
        f"Trade with China came to {_trade(rows, 'China', last):.0f} billion US$ in {last}, trade with Russia to "
        f"{_trade(rows, 'Russia', last):.0f} billion. From 2013 China delivered {_arms(rows, 'China'):.0f} million TIV "
        f"of arms, Russia {_arms(rows, 'Russia'):,.0f} million. Of drills that both armies held by themselves "
        f"{len(drills)} are known. The count of trade changes in 2013."
    )
    trade = "; ".join(
        f"{country} {_trade(rows, country, first):.1f} in {first}, {_trade(rows, country, 2016):.1f} in 2016, "
        f"{_trade(rows, country, last):.1f} in {last}"
        for country in ("China", "Russia")
    )
    china = where(rows[rows["value"] > 0], tie="arms", country="China")
    arms = ", ".join(f"{row.value:.1f} in {row.year}" for row in china.itertuples())
    return finding, (
        f"Panels over the years {first} to {last}. Kazakhstan's trade in billion US$: {trade}. "
        f"Arms from China in million TIV: {arms}, none in other years; from Russia since 2013: "
        f"{_arms(rows, 'Russia'):,.0f}. Drills of the armies of Kazakhstan and China alone: "
        f"{', '.join(map(str, drills))}."
    )


TIES = Chart(
    "since-ties",
    draw_ties,
    ties_words,
    "IMF Direction of Trade Statistics to 2012, Bureau of National Statistics of Kazakhstan from 2013; "
    "SIPRI Arms Transfers Database (exports of February and May 2026); reports of drills.",
    ("C03", "C47", "C06"),
    title="China passed Russia in trade; arms and drills did not follow",
    unit="Kazakhstan's ties with China and Russia, by year",
)


# -- what followed


def draw_events(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a staircase in time: each event a dot on a step of its own, with its words beside it."""
    wide = width > 5
    canvas, axes = pyplot.subplots(figsize=(width, (0.27 if wide else 0.4) * (len(rows) + 1.5)))
    canvas.subplots_adjust(0, 0.06, 1, 1)
    style.article(axes, words="the article, January 2013", side="right", when=ticks.date2num(dates.WRITTEN))
    for at, row in enumerate(rows.itertuples()):
        x, color = ticks.date2num(date.fromisoformat(row.date)), style.color(row.side)
        axes.axhline(at, color=style.FAINT, linewidth=0.5, zorder=0)
        axes.plot(x, at, "o", markersize=7, color=color)
        shift, flush = (8, "left") if row.date < "2020" else (-8, "right")
        style.say(axes, textwrap.fill(row.short, 70 if wide else 30), (x, at), (shift, 0), ha=flush, va="center",
                  fontsize=8.5 if wide else 8, color=color, linespacing=1.05,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})
    ends = [ticks.date2num(day) for day in (date(2012, 10, 1), date(2026, 10, 1))]
    axes.set(xlim=ends, ylim=(len(rows) - 0.4, -1.6), yticks=[])
    years = [2015, 2020, 2025]
    axes.set_xticks([ticks.date2num(date(year, 1, 1)) for year in years], [f"{year}" for year in years])
    axes.grid(axis="x", color=style.FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    return canvas


def events_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return what is shown, and the chart in words."""
    named = rows["side"].value_counts()
    finding = (
        f"Of {len(rows)} events in the table {named['China']} are China's or with China, {named['Russia']} Russia's "
        f"and {named['the West']} the West's. The list holds what bears on a claim; it is no census."
    )
    lines = [f"{row.said}, {row.side}: {row.short}" for row in rows.itertuples()]
    return finding, f"Timeline of what followed the article. {'; '.join(lines)}."


EVENTS = Chart(
    "since-events",
    draw_events,
    events_words,
    "Press, ministries and agencies as listed in the table of events.",
    ("C05", "C06", "C41", "C78"),
    title="What followed: drills, posts in Tajikistan, a plan and a treaty",
    unit="Events after the article, coloured by whose act it was: China's (orange), Russia's (blue), "
         "the West's (purple)",
)


# -- verdicts


def draw_moved(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the claims that were judged twice, in a row for each pair of verdicts, coloured by the later one; hollow
    where it differs."""
    found = []
    for (writing, later), part in rows.groupby(["writing", "since"], sort=False):
        words = (
            f"{wording.VERDICT[writing]}, and still"
            if writing == later
            else f"{wording.VERDICT[writing]}, now {wording.VERDICT[later].lower()}"
        )
        found.append(tiles.Row(words, [tiles.Tile(row.claim_id, later, not row.kept) for row in part.itertuples()]))
    return tiles.draw(found, width)


def moved_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding, and the chart in words."""
    kept = rows["kept"].sum()
    finding = (
        f"Of {len(rows)} claims with a verdict both at writing and since, {kept} kept it (filled) and "
        f"{len(rows) - kept} did not (hollow)."
    )
    lines = [
        f"{writing}, then {since}: {', '.join(part['claim_id'])}"
        for (writing, since), part in rows.groupby(["writing", "since"], sort=False)
    ]
    return finding, (
        f"Tiles, one for each claim judged twice, in rows by verdict at writing and since. {'; '.join(lines)}."
    )


MOVED = Chart(
    "since-verdicts",
    draw_moved,
    moved_words,
    "The ledger, and the judgements of the book.",
    title="Most of what held in January 2013 holds still",
    unit="Claims judged at writing and again since, by both verdicts",
)

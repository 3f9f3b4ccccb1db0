"""Figures of the chapter on the economy: ranks, places in growth, oil and gas, and every reading."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure

from ..measures.economy import energy_series, growth_places, ranks
from ..tables import Tables
from ..verdicts.examine import judgements
from . import Chart, style, years

NAMES = {
    "kazakhstan": "Kazakhstan's figures", "kazakhstan-eu": "same, EU as one",
    "partners": "partners' figures", "cow": "Correlates of War",
}
VIEWS = list(NAMES.values())
"""The views of the rank chart, from the top."""
IMF = "IMF Direction of Trade Statistics (2022) and Correlates of War Trade 4.0; ranks: our computation. The 2010 figures with Russia are corrected."


def ranks_frame(tables: Tables) -> pd.DataFrame:
    """Return China's rank in each year and view: columns flow, view, year, rank."""
    rows = ranks(tables, start=2003, end=2020)
    return rows.assign(view=rows["view"].map(NAMES))


def draw_ranks(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return two panels of tiles, the rank in each; the accent marks what the article claims."""
    canvas, panels = pyplot.subplots(2, 1, figsize=(width, 3.7), layout="constrained", sharex=True)
    for axes, (flow, title, since, place) in zip(
        panels, (("total", "Total trade: China second or better", 2009, 2), ("exports", "Exports: China first", 2010, 1)), strict=True
    ):
        tiles = []
        for row in frame[frame["flow"] == flow].itertuples():
            at = VIEWS.index(row.view)
            holds = row.rank <= place
            tiles.append(pyplot.Rectangle((row.year - 0.46, at - 0.42), 0.92, 0.84, color=style.ACCENT if holds else style.FAINT))
            # A tile holds its number, so the layout, which would measure each, need not ask for it.
            axes.text(row.year, at, str(row.rank), ha="center", va="center", fontsize=9, color="white" if holds else style.INK, in_layout=False)
        axes.add_collection(PatchCollection(tiles, match_original=True))
        axes.plot([since - 0.5] * 2 + [2012.5] * 2 + [since - 0.5], [-0.5, 3.5, 3.5, -0.5, -0.5], color=style.CLAIM, linewidth=1.6)
        axes.set(title=title, xlim=(2002.4, 2020.6), ylim=(3.6, -0.6), yticks=range(len(VIEWS)), yticklabels=VIEWS, xticks=range(2004, 2021, 4))
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0)
    return canvas


def _held(frame: pd.DataFrame, flow: str, view: str, first: int, last: int, place: int) -> str:
    """Return in how many years a rank was held, and of how many: "3 of 4"."""
    rows = frame[(frame["flow"] == flow) & (frame["view"] == view) & frame["year"].between(first, last)]
    return f"{(rows['rank'] <= place).sum()} of {len(rows)}"


def ranks_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the rank chart."""
    own = VIEWS[0]
    return (
        f"On Kazakhstan's own figures China was second or better in {_held(frame, 'total', own, 2009, 2012, 2)} years "
        f"from 2009, and first for exports in {_held(frame, 'exports', own, 2010, 2012, 1)} from 2010. From 2013 on it was "
        f"first for exports in {_held(frame, 'exports', own, 2013, 2020, 1)}. Framed: the years the article speaks of. Dark: the claim holds."
    )


def ranks_alt(frame: pd.DataFrame) -> str:
    """Return the rank chart in words."""
    parts = []
    for flow, first in (("total", 2009), ("exports", 2010)):
        for view in VIEWS:
            rows = frame[(frame["flow"] == flow) & (frame["view"] == view) & frame["year"].between(first, 2012)]
            parts.append(f"{flow}, {view}: {', '.join(map(str, rows['rank']))}")
    return f"Tile chart of China's rank among Kazakhstan's partners, {years(frame['year'])}. In the years claimed: {'; '.join(parts)}."


RANKS = Chart("economy-ranks", ranks_frame, draw_ranks, ranks_caption, ranks_alt, IMF, ("C39", "C40"))


FASTEST = 0.2
"""The part of all economies that the generous reading calls fastest."""


def growth_frame(tables: Tables) -> pd.DataFrame:
    """Return each country's place in growth by year: columns economy, year, place (0 to 1)."""
    places = growth_places(tables, economies=["Kazakhstan", "China"], start=2003, end=2025)
    return places[["economy", "year", "place"]].reset_index(drop=True)


def draw_growth(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the places as two lines over the band of the fastest fifth."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.7), layout="constrained")
    axes.axhspan(0, 100 * FASTEST, color=style.ACCENT, alpha=0.10, linewidth=0)
    axes.annotate(f"fastest {FASTEST:.0%}", (2025.4, 19), ha="right", va="bottom", fontsize=8, color=style.ACCENT)
    axes.axvline(2012.5, color=style.CLAIM, linewidth=1)
    axes.annotate("the article", (2012.5, 97), xytext=(3, 0), textcoords="offset points", va="top", fontsize=8, color=style.CLAIM)
    for economy, color, offset in (("China", style.CONTEXT, (-4, -15)), ("Kazakhstan", style.ACCENT, (6, 4))):
        rows = frame[frame["economy"] == economy]
        axes.plot(rows["year"], 100 * rows["place"], color=color, linewidth=1.8, marker="o", markersize=3)
        at = rows[rows["year"] == 2016].iloc[0]
        axes.annotate(economy, (at["year"], 100 * at["place"]), xytext=offset, textcoords="offset points", color=color, fontweight="bold")
    axes.set(xlim=(2002.6, 2025.6), ylim=(100, 0), yticks=[0, 20, 50, 100], yticklabels=["fastest", "20%", "50%", "slowest"], xticks=range(2004, 2025, 4))
    return canvas


def _years_in(frame: pd.DataFrame, economy: str, first: int, last: int) -> tuple[int, int]:
    """Return in how many years an economy was among the fastest, and of how many."""
    rows = frame[(frame["economy"] == economy) & frame["year"].between(first, last)]
    return int((rows["place"] <= FASTEST).sum()), len(rows)


def growth_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the chart of growth."""
    kazakh, recent, china = _years_in(frame, "Kazakhstan", 2003, 2012), _years_in(frame, "Kazakhstan", 2008, 2012), _years_in(frame, "China", 2003, 2012)
    return (
        f"China grew among the fastest {FASTEST:.0%} of all economies in {china[0]} of the {china[1]} years to 2012, Kazakhstan in {kazakh[0]}, "
        f"but in only {recent[0]} of the last {recent[1]}."
    )


def growth_alt(frame: pd.DataFrame) -> str:
    """Return the chart of growth in words."""
    after = _years_in(frame, "Kazakhstan", 2013, 2025)
    return (
        f"Line chart of the place of China and Kazakhstan in growth among all economies, {years(frame['year'])}, fastest at the top. {growth_caption(frame)} "
        f"After 2012 Kazakhstan was among the fastest {FASTEST:.0%} in {after[0]} of {after[1]} years."
    )


GROWTH = Chart(
    "economy-growth",
    growth_frame,
    draw_growth,
    growth_caption,
    growth_alt,
    "World Bank, World Development Indicators, July 2026, NY.GDP.MKTP.KD.ZG; places: our computation.",
    ("C42", "C43"),
)


def energy_frame(tables: Tables) -> pd.DataFrame:
    """Return oil and gas by series, state and year: columns series, state, year, value, unit,
    verified, note. Oil to China has no rows for 2014 to 2021, when the pipeline's totals hold
    Russian transit oil too."""
    names = ["oil production", "oil to China", "gas production", "gas consumption", "gas to China"]
    return energy_series(tables, names=names, states=["Kazakhstan", "Turkmenistan", "Uzbekistan"])


def _line(axes: Axes, frame: pd.DataFrame, name: str, state: str, color: str, label: str, shift: tuple[int, int]) -> None:
    """Draw one series as a line with its name at the end."""
    rows = frame[(frame["series"] == name) & (frame["state"] == state)]
    axes.plot(rows["year"], rows["value"], color=color, linewidth=1.6, marker="o", markersize=2.5)
    last = rows.iloc[-1]
    axes.annotate(label, (last["year"], last["value"]), xytext=shift, textcoords="offset points", ha="right", fontsize=8, color=color, fontweight="bold")


def _oil(axes: Axes, frame: pd.DataFrame) -> None:
    """Draw what Kazakhstan produced and what went to China by pipeline."""
    _line(axes, frame, "oil production", "Kazakhstan", style.CONTEXT, "produced in Kazakhstan", (0, 7))
    for sure, rows in frame[frame["series"] == "oil to China"].groupby(frame["verified"] == "yes"):
        color, hatch = (style.ACCENT, None) if sure else ("white", "/////")
        axes.bar(rows["year"], rows["value"], color=color, edgecolor=style.ACCENT, hatch=hatch, linewidth=0.8)
    axes.axvspan(2013.6, 2021.4, ymax=0.4, color=style.FAINT, alpha=0.6, linewidth=0)
    axes.annotate("after 2013 the totals hold\nRussian transit oil, not drawn", (2017.5, 20), ha="center", va="center", fontsize=8)
    axes.annotate(
        "to China by pipeline", (2005.4, 9), fontsize=8, color=style.ACCENT, fontweight="bold", ha="right", xytext=(42, 12), textcoords="offset points"
    )
    axes.set(title="Oil, million tonnes", xlim=(2002.3, 2024.8), ylim=(0, 108), xticks=range(2004, 2025, 4), yticks=range(0, 101, 20))


def draw_energy(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return three panels: Kazakh oil, Kazakh gas, and gas piped to China by state."""
    canvas, panels = pyplot.subplot_mosaic([["oil", "oil"], ["gas", "china"]], figsize=(width, 4.9), layout="constrained")
    _oil(panels["oil"], frame)
    gas, china = panels["gas"], panels["china"]
    made, used = (frame[frame["series"] == f"gas {name}"] for name in ("production", "consumption"))
    gas.fill_between(made["year"], used["value"], made["value"], color=style.FAINT, alpha=0.6, linewidth=0)
    _line(gas, frame, "gas production", "Kazakhstan", style.CONTEXT, "produced", (0, 21))
    _line(gas, frame, "gas consumption", "Kazakhstan", style.CONTEXT, "used", (0, -14))
    _line(gas, frame, "gas to China", "Kazakhstan", style.ACCENT, "to China", (0, 9))
    gas.annotate("left over", (2010, 17.5), fontsize=8, ha="center")
    gas.set(title="Kazakhstan's gas, bcm", ylim=(-3, 45), xticks=[2004, 2013, 2024], yticks=range(0, 41, 10))
    for state, color, shift in (("Turkmenistan", style.CONTEXT, (0, 6)), ("Uzbekistan", style.CONTEXT, (0, -11)), ("Kazakhstan", style.ACCENT, (0, 7))):
        _line(china, frame, "gas to China", state, color, state, shift)
    china.set(title="Gas piped to China, bcm", ylim=(-3, 45), xticks=[2013, 2016, 2019, 2024], yticks=range(0, 41, 10))
    for axes in (panels["oil"], gas):
        axes.axvline(2012.5, color=style.CLAIM, linewidth=1)
    panels["oil"].annotate("the article", (2012.5, 104), xytext=(-3, 0), textcoords="offset points", ha="right", va="top", fontsize=8, color=style.CLAIM)
    return canvas


def energy_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the chart of energy."""
    value = frame.set_index(["series", "state", "year"])["value"]
    left = {year: value["gas production", "Kazakhstan", year] - value["gas consumption", "Kazakhstan", year] for year in (2003, 2012)}
    return (
        f"Kazakh oil to China reached {value['oil to China', 'Kazakhstan', 2013]:.2f} Mt in 2013 "
        f"and was {value['oil to China', 'Kazakhstan', 2022]:.2f} Mt in 2022. "
        f"The gas Kazakhstan did not use rose from {left[2003]:.1f} to {left[2012]:.1f} bcm by 2012, "
        f"but China got {value['gas to China', 'Kazakhstan', 2013]:.1f} of it in 2013, "
        f"against {value['gas to China', 'Turkmenistan', 2013]:.1f} from Turkmenistan. Hatched: one source, or derived."
    )


def energy_alt(frame: pd.DataFrame) -> str:
    """Return the chart of energy in words."""
    value = frame.set_index(["series", "state", "year"])["value"]
    made = value["oil production", "Kazakhstan"]
    return (
        f"Bars and lines of oil and gas. Kazakhstan produced {made[2003]:.0f} Mt of oil in 2003, {made[2012]:.0f} in 2012 "
        f"and {made[2024]:.0f} in 2024. {energy_caption(frame)} "
        f"In 2024 Kazakhstan sent China {value['gas to China', 'Kazakhstan', 2024]:.1f} bcm of gas."
    )


ENERGY = Chart(
    "economy-energy",
    energy_frame,
    draw_energy,
    energy_caption,
    energy_alt,
    "Energy Institute, Statistical Review of World Energy 2025 (output, use); CNPC, Xinhua, "
    "KazMunayGas Annual Report 2024 (oil to China); BP and Energy Institute, one edition a year (gas to China).",
    ("C45", "C46"),
)

READ = ("C36", "C38", "C39", "C40", "C42", "C43", "C44", "C45", "C46")
"""The claims of the chapter that have a test; the other is a cause."""
SINCE_AT = 6.6
"""Where the marks of the time since begin; a mark is one wide."""


def readings_frame(tables: Tables) -> pd.DataFrame:
    """Return every counted reading of the chapter: columns claim_id, text, tense, reading, role,
    outcome."""
    judged, rows = judgements(tables), []
    for claim_id in READ:
        for tense in ("writing", "since"):
            for result in (judged[claim_id, tense].main, *judged[claim_id, tense].alternatives):
                reading = result.spec.spec_id.partition(".")[2].removeprefix("since-").removeprefix("alt-")
                reading = reading.replace("-", " ").replace("most years", "4 in 5")
                rows.append((claim_id, tables["claims"].at[claim_id, "stated_text"], tense, reading, result.spec.role, result.outcome))
    return pd.DataFrame(rows, columns=["claim_id", "text", "tense", "reading", "role", "outcome"])


def draw_readings(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return one row per claim: a mark for each reading, filled where it passes."""
    canvas, axes = pyplot.subplots(figsize=(width * 1.1, 0.5 + 0.5 * len(READ)), layout="constrained")
    rows = frame.assign(
        down=frame.groupby("claim_id").ngroup(),
        along=frame.groupby(["claim_id", "tense"]).cumcount() + SINCE_AT * (frame["tense"] == "since"),
    )
    for (passes, main), marks in rows.groupby([rows["outcome"] == "pass", rows["role"] == "main"]):
        color = style.ACCENT if passes else style.CLAIM
        shape, size = ("s", 9) if main else ("o", 8)
        fill = color if passes else "white"
        axes.plot(marks["along"], marks["down"] - 0.12, shape, markersize=size, color=fill, markeredgecolor=color, markeredgewidth=1.6)
    for row in rows.itertuples():
        axes.text(row.along, row.down + 0.24, row.reading, ha="center", va="center", fontsize=6.5, in_layout=False)
    for row in rows.drop_duplicates("claim_id").itertuples():
        axes.text(-0.8, row.down, f"{row.claim_id}  {textwrap.fill(row.text, 27)}", ha="right", va="center", fontsize=7.5)
        axes.axhline(row.down + 0.47, color=style.FAINT, linewidth=0.5)
    for x, words in ((0, "At writing"), (SINCE_AT, "Since")):
        axes.annotate(words, (x - 0.3, -0.68), fontsize=8, color=style.CONTEXT)
    axes.set(xlim=(-4.4, 10.2), ylim=(len(READ) - 0.5, -0.8))
    axes.axis("off")
    return canvas


def readings_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the chart of readings."""
    then, since = (frame[frame["tense"] == tense]["outcome"] for tense in ("writing", "since"))
    return (
        f"At writing {(then == 'pass').sum()} of {len(then)} readings of the chapter's claims hold, since then {(since == 'pass').sum()} of {len(since)}. "
        "Squares: main readings. Circles: one choice changed. Filled: passes. Hollow: does not."
    )


def readings_alt(frame: pd.DataFrame) -> str:
    """Return the chart of readings in words."""
    parts = []
    for (claim_id, tense), rows in frame.groupby(["claim_id", "tense"], sort=False):
        failing = ", ".join(rows[rows["outcome"] != "pass"]["reading"])
        parts.append(f"{claim_id} {tense} {(rows['outcome'] == 'pass').sum()} of {len(rows)}" + (f" (not: {failing})" if failing else ""))
    return f"Rows of marks, one for each reading, by claim and tense; how many pass: {'; '.join(parts)}."


READINGS = Chart(
    "economy-readings",
    readings_frame,
    draw_readings,
    readings_caption,
    readings_alt,
    "The specifications of the chapter's claims; sources on their cards.",
    READ,
)

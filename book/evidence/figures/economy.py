"""Figures of the chapter on the economy: ranks, places in growth, oil and gas, and every reading."""

from __future__ import annotations

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure as Canvas

from .. import style
from ..examine import judge
from ..measures.economy import growth_place, rank
from ..specifications import parse_all
from ..tables import Tables
from . import Figure, years

VIEWS = {
    "Kazakhstan's figures": dict(view="kazakhstan"),
    "same, EU as one": dict(view="kazakhstan", eu="one"),
    "partners' figures": dict(view="partners"),
    "Correlates of War": dict(view="cow"),
}
"""The views of the rank chart."""
IMF = "IMF Direction of Trade Statistics (2022) and Correlates of War Trade 4.0; ranks: our computation. The 2010 figures with Russia are corrected."


def ranks_frame(tables: Tables) -> pd.DataFrame:
    """Return China's rank in each year and view: columns flow, view, year, rank."""
    rows = []
    for flow in ("total", "exports"):
        for name, params in VIEWS.items():
            end = 2014 if params["view"] == "cow" else 2020
            rows += [(flow, name, int(item.label), int(item.low)) for item in rank(tables, flow=flow, start=2003, end=end, **params).items]
    return pd.DataFrame(rows, columns=["flow", "view", "year", "rank"])


def draw_ranks(frame: pd.DataFrame) -> Canvas:
    """Return two panels of tiles, the rank in each; the accent marks what the article claims."""
    canvas, panels = pyplot.subplots(2, 1, figsize=(style.WIDTH, 3.7), layout="constrained", sharex=True)
    for axes, (flow, title, since, place) in zip(
        panels, (("total", "Total trade: China second or better", 2009, 2), ("exports", "Exports: China first", 2010, 1)), strict=True
    ):
        rows = frame[frame["flow"] == flow]
        for row in rows.itertuples():
            at = list(VIEWS).index(row.view)
            holds = row.rank <= place
            axes.add_patch(pyplot.Rectangle((row.year - 0.46, at - 0.42), 0.92, 0.84, color=style.ACCENT if holds else style.FAINT))
            axes.annotate(str(row.rank), (row.year, at), ha="center", va="center", fontsize=9, color="white" if holds else style.INK)
        axes.plot([since - 0.5] * 2 + [2012.5] * 2 + [since - 0.5], [-0.5, 3.5, 3.5, -0.5, -0.5], color=style.CLAIM, linewidth=1.6)
        axes.set_title(title, fontsize=9)
        axes.set(xlim=(2002.4, 2020.6), ylim=(3.6, -0.6), yticks=range(len(VIEWS)), yticklabels=list(VIEWS), xticks=range(2004, 2021, 4))
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
    own = next(iter(VIEWS))
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


RANKS = Figure("economy-ranks", ranks_frame, draw_ranks, ranks_caption, ranks_alt, IMF, ("C39", "C40"))


FASTEST = 0.2
"""The part of all economies that the generous reading calls fastest."""


def growth_frame(tables: Tables) -> pd.DataFrame:
    """Return each country's place in growth by year: columns economy, year, place (0 to 1)."""
    rows = [(economy, int(i.label), i.low) for economy in ("Kazakhstan", "China") for i in growth_place(tables, economy, 2003, 2024).items]
    return pd.DataFrame(rows, columns=["economy", "year", "place"])


def draw_growth(frame: pd.DataFrame) -> Canvas:
    """Return the places as two lines over the band of the fastest fifth."""
    canvas, axes = pyplot.subplots(figsize=(style.WIDTH, 2.7), layout="constrained")
    axes.axhspan(0, 100 * FASTEST, color=style.ACCENT, alpha=0.10, linewidth=0)
    axes.annotate(f"fastest {FASTEST:.0%}", (2024.4, 19), ha="right", va="bottom", fontsize=8, color=style.ACCENT)
    axes.axvline(2012.5, color=style.CLAIM, linewidth=1)
    axes.annotate("the article", (2012.5, 97), xytext=(3, 0), textcoords="offset points", va="top", fontsize=8, color=style.CLAIM)
    for economy, color, offset in (("China", style.CONTEXT, (-4, -15)), ("Kazakhstan", style.ACCENT, (6, 4))):
        rows = frame[frame["economy"] == economy]
        axes.plot(rows["year"], 100 * rows["place"], color=color, linewidth=1.8, marker="o", markersize=3)
        at = rows[rows["year"] == 2016].iloc[0]
        axes.annotate(economy, (at["year"], 100 * at["place"]), xytext=offset, textcoords="offset points", color=color, fontweight="bold")
    axes.set(xlim=(2002.6, 2024.6), ylim=(100, 0), yticks=[0, 20, 50, 100], yticklabels=["fastest", "20%", "50%", "slowest"], xticks=range(2004, 2025, 4))
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
    after = _years_in(frame, "Kazakhstan", 2013, 2024)
    return (
        f"Line chart of the place of China and Kazakhstan in growth among all economies, {years(frame['year'])}, fastest at the top. {growth_caption(frame)} "
        f"After 2012 Kazakhstan was among the fastest {FASTEST:.0%} in {after[0]} of {after[1]} years."
    )


GROWTH = Figure(
    "economy-growth", growth_frame, draw_growth, growth_caption, growth_alt,
    "World Bank, World Development Indicators, July 2026, NY.GDP.MKTP.KD.ZG; places: our computation.",
    ("C42", "C43"),
)


def energy_frame(tables: Tables) -> pd.DataFrame:
    """Return oil and gas to China by state and year: columns series, state, year, value, unit,
    verified, kind (Kazakh oil before 2014, and exports without transit oil after 2021)."""
    rows = tables["energy"]
    rows = rows[rows["series"].isin(["oil to China", "gas to China"])]
    kind = rows["year"].map(lambda year: "all the oil in the pipeline was Kazakh" if year < 2014 else "Russian transit oil left out")
    columns = ["series", "state", "year", "value", "unit", "verified"]
    return rows[columns].assign(kind=kind.where(rows["series"] == "oil to China", "")).reset_index(drop=True)


def draw_energy(frame: pd.DataFrame) -> Canvas:
    """Return two panels: oil by pipeline as separate points, gas as lines."""
    canvas, (left, right) = pyplot.subplots(1, 2, figsize=(style.WIDTH, 2.8), layout="constrained")
    oil = frame[frame["series"] == "oil to China"]
    for row in oil.itertuples():
        left.bar(
            row.year, row.value, color=style.ACCENT if row.verified == "yes" else "white", edgecolor=style.ACCENT,
            hatch=None if row.verified == "yes" else "////", linewidth=1,
        )
    left.axvspan(2013.6, 2021.4, color=style.FAINT, alpha=0.5, linewidth=0)
    left.annotate("Kazakh and\nRussian oil\nnot told apart", (2017.5, 6), ha="center", va="center", fontsize=8, color=style.INK)
    left.set_title("Kazakh oil to China by pipeline, Mt", fontsize=9)
    left.set(xticks=[2006, 2013, 2022], xlim=(2005, 2025))
    gas = frame[frame["series"] == "gas to China"]
    for state, color, dy in (("Turkmenistan", style.CONTEXT, 6), ("Uzbekistan", style.CONTEXT, -11), ("Kazakhstan", style.ACCENT, 7)):
        rows = gas[gas["state"] == state].sort_values("year")
        right.plot(rows["year"], rows["value"], color=color, linewidth=1.8 if state == "Kazakhstan" else 1.2, marker="o", markersize=3)
        last = rows.iloc[-1]
        right.annotate(state, (last["year"], last["value"]), xytext=(0, dy), textcoords="offset points", ha="right", fontsize=8, color=color, fontweight="bold")
    right.set_title("Gas to China by pipeline, bcm", fontsize=9)
    right.set(xticks=[2013, 2016, 2019, 2024], ylim=(-1.5, 40))
    return canvas


def energy_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the chart of energy."""
    value = frame.set_index(["series", "state", "year"])["value"]
    return (
        f"Kazakh oil to China reached {value['oil to China', 'Kazakhstan', 2013]:.2f} Mt in 2013 and was "
        f"{value['oil to China', 'Kazakhstan', 2022]:.2f} Mt in 2022. "
        f"Kazakh gas to China was {value['gas to China', 'Kazakhstan', 2013]:.1f} bcm in 2013, against "
        f"{value['gas to China', 'Turkmenistan', 2013]:.1f} from Turkmenistan. "
        "Hatched: one source, or derived."
    )


def energy_alt(frame: pd.DataFrame) -> str:
    """Return the chart of energy in words."""
    value = frame.set_index(["series", "state", "year"])["value"]
    return (
        f"Bar chart of oil and line chart of gas piped to China. {energy_caption(frame)} In 2024 Kazakhstan sent "
        f"{value['gas to China', 'Kazakhstan', 2024]:.1f} bcm of gas."
    )


ENERGY = Figure(
    "economy-energy", energy_frame, draw_energy, energy_caption, energy_alt,
    "CNPC, Xinhua, KazMunayGas Annual Report 2024 (oil); BP and Energy Institute, Statistical Review of World Energy, one edition a year (gas).",
    ("C45", "C46"),
)

RANKED = ("C38", "C39", "C40", "C42", "C43")
"""The claims of rank whose every reading is shown."""


def readings_frame(tables: Tables) -> pd.DataFrame:
    """Return every reading of the rank claims: columns claim_id, tense, reading, role, outcome."""
    specs = parse_all(tables["specifications"], tables["claims"])
    rows = []
    for claim_id in RANKED:
        for tense in ("writing", "since"):
            judgement = judge(tables, [s for s in specs if s.claim_id == claim_id and s.tense == tense])
            for result in (judgement.main, *judgement.alternatives):
                reading = result.spec.spec_id.partition(".")[2].removeprefix("since-").removeprefix("alt-").replace("-", " ").replace("most years", "4 in 5")
                rows.append((claim_id, tense, reading, result.spec.role, result.outcome))
    return pd.DataFrame(rows, columns=["claim_id", "tense", "reading", "role", "outcome"])


def draw_readings(frame: pd.DataFrame) -> Canvas:
    """Return one panel per claim: a mark for each reading, filled where it passes."""
    canvas, panels = pyplot.subplots(1, len(RANKED), figsize=(style.WIDTH, 2.4), layout="constrained", sharey=True)
    for axes, claim_id in zip(panels, RANKED, strict=True):
        rows = frame[frame["claim_id"] == claim_id]
        for at, tense in enumerate(("writing", "since")):
            for down, row in enumerate(rows[rows["tense"] == tense].itertuples()):
                passes = row.outcome == "pass"
                axes.plot(
                    at, down, "s" if row.role == "main" else "o", markersize=10 if row.role == "main" else 8,
                    color=style.ACCENT if passes else "white",
                    markeredgecolor=style.ACCENT if passes else style.CLAIM, markeredgewidth=1.6,
                )
                axes.annotate(row.reading if row.role != "main" else "main", (at, down), xytext=(0, -12), textcoords="offset points", ha="center", fontsize=7)
        axes.set_title(claim_id, fontsize=9, loc="center")
        axes.set(xlim=(-0.6, 1.6), ylim=(5.8, -0.6), xticks=[0, 1], xticklabels=["then", "since"], yticks=[])
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0)
    return canvas


def readings_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the chart of readings."""
    then, since = (frame[frame["tense"] == tense]["outcome"] for tense in ("writing", "since"))
    return (
        f"At writing {(then == 'pass').sum()} of {len(then)} readings of the {len(RANKED)} rank claims hold, "
        f"since then {(since == 'pass').sum()} of {len(since)}. "
        "Squares: main readings. Filled: passes. Hollow: fails."
    )


def readings_alt(frame: pd.DataFrame) -> str:
    """Return the chart of readings in words."""
    parts = []
    for claim_id in RANKED:
        for tense in ("writing", "since"):
            rows = frame[(frame["claim_id"] == claim_id) & (frame["tense"] == tense)]
            parts.append(f"{claim_id} {tense} {(rows['outcome'] == 'pass').sum()} of {len(rows)}")
    return f"Small multiples of readings that pass, by claim and tense: {'; '.join(parts)}."


READINGS = Figure(
    "economy-readings", readings_frame, draw_readings, readings_caption, readings_alt,
    "The specifications of the claims; sources on their cards.", RANKED,
)

"""Charts of the chapter on the economy: trade and ranks, the five states, growth, oil and gas."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure

from . import Chart, style, where, yearly, years

EU = "European Union"
SHADE = {"China": style.color("China"), "Russia": style.color("Russia"), "Italy": style.OTHER,
         EU: style.color("the West")}
"""The partners of the chart of trade, and their colours."""
IMF = "IMF Direction of Trade Statistics (2022)"
WAR = "Correlates of War Trade 4.0"
BUREAU = ("Bureau of National Statistics of Kazakhstan, UN Comtrade before 2020, "
          "as compiled in a public data pipeline (2026)")


def _by(frame: pd.DataFrame, value: str = "value", **wanted: str) -> pd.Series:
    """Return a column by year of the rows with some values."""
    return where(frame, **wanted).set_index("year")[value]


def draw_trade(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a line for each partner, broken where its source changes."""
    canvas, axes = pyplot.subplots(figsize=(width, 3.3), layout="constrained")
    for (partner, _), rows in frame.groupby(["partner", "view"], sort=False):
        main = partner in ("China", "Russia")
        yearly.line(axes, rows["year"], rows["value"], color=SHADE[partner], linewidth=2.2 if main else 1.4,
                    markersize=2.6 if main else 2)
    last = int(frame["year"].max())
    for partner, at, shift, side in (("China", last, (0, 8), "right"), ("Russia", last, (0, -11), "right"),
                                     ("Italy", last, (0, -9), "right")):
        yearly.name(axes, partner, at + 0.5, _by(frame, partner=partner)[at], SHADE[partner], shift, ha=side)
    yearly.name(axes, "European Union as one,\nItaly included", 2015, _by(frame, partner=EU)[2014], SHADE[EU], (0, 0))
    yearly.frame(axes, 2003, last, width, ylim=(0, 60), yticks=range(0, 61, 20))
    style.article(axes, 0.99)
    return canvas


def trade_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of trade, and the chart in words."""
    china, russia, union = (_by(frame, partner=partner) for partner in ("China", "Russia", EU))
    last = china.index.max()
    finding = (
        f"In 2012 Kazakhstan's trade with China came to {china[2012]:.2f} billion dollars and that with Russia "
        f"to {russia[2012]:.2f}; in {last} to {china[last]:.1f} and {russia[last]:.1f}. "
        f"The European Union as one partner had {union[2012]:.1f} in 2012. Lines break where the source changes."
    )
    return finding, (
        f"Line chart of Kazakhstan's trade with China, Russia, Italy and the European Union, {years(frame['year'])}. "
        f"{finding} China stood at {china[2003]:.1f} in 2003 and fell to {china[2016]:.1f} in 2016. "
        f"The Union's line ends at {union[2020]:.1f} in 2020."
    )


TRADE = Chart(
    "economy-trade", draw_trade, trade_words,
    f"{IMF}, to 2012 and for the European Union; {BUREAU}, from 2013. The figure for Russia in 2010 is corrected.",
    ("C39", "C40"),
    title="China drew level with Russia in 2012 and passed it in 2023",
    unit="Kazakhstan's trade in goods with its largest partners, on its own figures, billion US dollars of the day",
)

VIEWS = {
    "kazakhstan": "Kazakhstan's figures, IMF", "bns": "the same, national bureau",
    "kazakhstan-eu": "IMF, with the EU as one", "partners": "its partners' figures", "cow": "Correlates of War",
}
"""Whose figures, from the top of the chart of ranks."""
BRIEF = {"kazakhstan": "Kazakhstan, IMF", "bns": "national bureau", "kazakhstan-eu": "IMF, EU as one",
         "partners": "its partners", "cow": "Correlates of War"}
"""The same on a phone, where they stand above the tiles, to the left of the frame."""
CLAIMED = {"total": (2009, 2, "All trade: second or better?"), "exports": (2010, 1, "Exports: first?")}
"""For each flow the first year of the claim, the lowest rank that fits it, and what is asked."""


def draw_ranks(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a panel a flow and a row of tiles a set of figures, the rank in each tile; coloured where
    it fits the claim, framed in the years that the claim is about."""
    narrow = width < 5
    canvas, panels = pyplot.subplots(2, 1, figsize=(width, 6.5 if narrow else 3.9), layout="constrained", sharex=True)
    half = 0.35
    for axes, (flow, (since, place, question)) in zip(panels, CLAIMED.items(), strict=True):
        tiles = []
        for row in where(frame, flow=flow).itertuples():
            at, fits = list(VIEWS).index(row.view), row.rank <= place
            tiles.append(pyplot.Rectangle((row.year + 0.04, at - half), 0.92, 2 * half,
                                          color=style.color("China") if fits else style.FAINT))
            # A tile holds its number, so the layout, which would measure each, need not ask for it.
            look: dict[str, Any] = {"ha": "center", "va": "center", "color": "white" if fits else style.INK}
            axes.text(row.year + 0.5, at, str(row.rank), fontsize=8.5, in_layout=False, **look)
        axes.add_collection(PatchCollection(tiles, match_original=True))
        axes.plot([since, since, 2013, 2013, since], [-0.42, 4.42, 4.42, -0.42, -0.42], color=style.INK, linewidth=1.6)
        axes.set(ylim=(4.5, -0.85 if narrow else -0.5))
        axes.set_title(question, fontweight="bold")
        yearly.axis(axes, 2002 if narrow else 2003, 2025, width)
        if narrow:
            for at, view in enumerate(VIEWS):
                axes.text(2001.9, at - half - 0.03, BRIEF[view], fontsize=8, va="bottom")
        axes.set(yticks=() if narrow else range(len(VIEWS)), yticklabels=() if narrow else VIEWS.values())
        axes.tick_params(length=0)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
    return canvas


def _held(frame: pd.DataFrame, flow: str, view: str, first: int, last: int) -> str:
    """Return in how many years a rank fits the claim, and of how many: "3 of 4"."""
    rows = where(frame[frame["year"].between(first, last)], flow=flow, view=view)
    return f"{(rows['rank'] <= CLAIMED[flow][1]).sum()} of {len(rows)}"


def ranks_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of ranks, and the chart in words."""
    finding = (
        f"Framed: the years that the article speaks of. On Kazakhstan's figures China was second or better "
        f"in {_held(frame, 'total', 'kazakhstan', 2009, 2012)} of them, and first for exports in "
        f"{_held(frame, 'exports', 'kazakhstan', 2010, 2012)}. From 2013 on, by the national bureau, "
        f"it was second or better in {_held(frame, 'total', 'bns', 2013, 2025)} years and first for exports in "
        f"{_held(frame, 'exports', 'bns', 2013, 2025)}."
    )
    parts = []
    for flow, (first, _, _) in CLAIMED.items():
        for view, words in VIEWS.items():
            rows = where(frame[frame["year"].between(first, 2012)], flow=flow, view=view)
            if len(rows):
                parts.append(f"{flow}, {words}: {', '.join(map(str, rows['rank']))}")
    return finding, (
        f"Tiles with China's rank among Kazakhstan's partners by year, {years(frame['year'])}. "
        f"In the years claimed: {'; '.join(parts)}. {finding}"
    )


RANKS = Chart(
    "economy-ranks", draw_ranks, ranks_words,
    f"{IMF}; {BUREAU}; {WAR}, to 2014; ranks: our computation.", ("C39", "C40"),
    title="Right on Kazakhstan's books, wrong once the EU counts as one",
    unit="China's rank among Kazakhstan's partners in each year; coloured where it fits the article",
)


def draw_five(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return bars of China's trade with Kazakhstan and, on them, with the other four."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.9), layout="constrained")
    yearly.bars(axes, frame["year"], frame["kazakhstan"], color=style.color("Kazakhstan"))
    yearly.bars(axes, frame["year"], frame["others"], bottom=frame["kazakhstan"], color="#B5B5B5")
    whole = (frame["kazakhstan"] + frame["others"]).set_axis(frame["year"])
    for year in (2003, 2012, 2016, frame["year"].max()):
        style.say(axes, f"{whole[year]:.0f}", (year + 0.5, whole[year]), (0, 3), ha="center", fontsize=8.5)
    yearly.name(axes, "the other states", 2003, 70, style.OTHER, (-4, 0))
    yearly.name(axes, "Kazakhstan", 2003, 60, style.color("Kazakhstan"), (-4, 0))
    yearly.frame(axes, 2003, 2025, width, ylim=(0, 118), yticks=range(0, 101, 25))
    style.article(axes, 0.99)
    return canvas


def five_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of China's trade with the five, and the chart in words."""
    whole = (frame["kazakhstan"] + frame["others"]).set_axis(frame["year"])
    own, last = frame.set_index("year")["kazakhstan"], whole.index.max()
    finding = (
        f"China's trade with Central Asia rose from {whole[2003]:.1f} billion dollars in 2003 to {whole[2012]:.1f} in "
        f"2012, fell to {whole[2016]:.1f} by 2016, and reached {whole[last]:.1f} in {last}. "
        "For 2021 no total was found."
    )
    return finding, (
        "Stacked bars of China's trade with Kazakhstan and with the other states of Central Asia, "
        f"{years(frame['year'])}. {finding} Kazakhstan's part was {own[2003]:.1f} billion dollars in 2003, "
        f"{own[2012]:.1f} in 2012 and {own.iloc[-1]:.1f} in {own.index[-1]}."
    )


CUSTOMS = f"{IMF}, China's figures, to 2020; Chinese customs as reported by the press, from 2022"
FIVE = Chart(
    "economy-five", draw_five, five_words, f"{CUSTOMS}.", ("C36", "C38"),
    title="China's regional trade shot up, fell back, shot up again",
    unit="China's trade in goods with the states of Central Asia, on Chinese figures, billion US dollars of the day",
)


def draw_share(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return Kazakhstan's share as a line, with a gap where there is no figure."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.7), layout="constrained")
    green = style.color("Kazakhstan")
    yearly.line(axes, frame["year"], frame["share"], color=green, linewidth=2.2)
    share = frame.set_index("year")["share"]
    for year, shift in ((2003, 8), (2012, -9), (2016, -9), (share.index.max(), 8)):
        style.say(axes, f"{share[year]:.0f}%", (year + 0.5, share[year]), (0, shift), color=green, fontweight="bold",
                  ha="right" if year == 2012 else "center", va="center")
    yearly.frame(axes, 2003, 2025, width, ylim=(0, 100), yticks=range(0, 101, 25),
                 yticklabels=[f"{tick}%" for tick in range(0, 101, 25)])
    style.article(axes, 0.28)
    return canvas


def share_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of Kazakhstan's share, and the chart in words."""
    share = frame.set_index("year")["share"]
    last = share.index.max()
    finding = (
        f"Kazakhstan had {share[2003]:.0f}% of China's trade with Central Asia in 2003, {share[2012]:.0f}% in 2012 and "
        f"{share[last]:.0f}% in {last}. The line is open in 2021, for which no total was found; "
        "from 2022 on the figures come from the press."
    )
    return finding, (
        f"Line chart of Kazakhstan's share of China's trade with Central Asia, {years(frame['year'])}. "
        f"{finding} The lowest share was {share.min():.0f}%, in {share.idxmin()}."
    )


SHARE = Chart(
    "economy-share", draw_share, share_words, f"{CUSTOMS}; shares: our computation.", ("C38",),
    title="Still first in the region, with a smaller part of the trade",
    unit="Kazakhstan's share of China's trade with Central Asia, on Chinese figures",
)

FASTEST = 0.2
"""The part of all economies that the generous reading calls fastest."""


def draw_growth(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the places as two lines over the band of the fastest fifth."""
    canvas, axes = pyplot.subplots(figsize=(width, 3.0), layout="constrained")
    axes.axhspan(0, 100 * FASTEST, color=style.FAINT, alpha=0.3, linewidth=0, zorder=0)  # names stand on it
    for economy, at, shift in (("China", 2016, (0, -12)), ("Kazakhstan", 2016, (6, -8))):
        rows = where(frame, economy=economy)
        yearly.line(axes, rows["year"], 100 * rows["place"], color=style.color(economy))
        yearly.name(axes, economy, at, 100 * _by(rows, "place")[at], style.color(economy), shift)
    yearly.frame(axes, 2003, 2025, width, ylim=(100, 0), yticks=[0, 100 * FASTEST, 50, 100],
                 yticklabels=["fastest", f"{FASTEST:.0%}", "middle", "slowest"])
    style.article(axes, 0.16)
    return canvas


def _years_in(frame: pd.DataFrame, economy: str, first: int, last: int) -> tuple[int, int]:
    """Return in how many years an economy was among the fastest, and of how many."""
    rows = where(frame[frame["year"].between(first, last)], economy=economy)
    return int((rows["place"] <= FASTEST).sum()), len(rows)


def growth_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of growth, and the chart in words."""
    kazakh, recent, china = (_years_in(frame, "Kazakhstan", 2003, 2012), _years_in(frame, "Kazakhstan", 2008, 2012),
                             _years_in(frame, "China", 2003, 2012))
    finding = (
        f"China grew among the fastest {FASTEST:.0%} of all economies in {china[0]} of the {china[1]} years to 2012, "
        f"Kazakhstan in {kazakh[0]}, but in only {recent[0]} of the last {recent[1]}."
    )
    last = frame["year"].max()
    kazakh_since, china_since = (_years_in(frame, economy, 2013, last) for economy in ("Kazakhstan", "China"))
    return finding, (
        f"Line chart of the place of China and Kazakhstan in growth among all economies, {years(frame['year'])}, "
        f"fastest at the top. {finding} From 2013 on Kazakhstan was among the fastest {FASTEST:.0%} in "
        f"{kazakh_since[0]} of {kazakh_since[1]} years, China in {china_since[0]} of {china_since[1]}."
    )


GROWTH = Chart(
    "economy-growth", draw_growth, growth_words,
    "World Bank, World Development Indicators, NY.GDP.MKTP.KD.ZG; an early release for the last year; "
    "places: our computation.", ("C42", "C43"),
    title="China grew fast every year to 2012, Kazakhstan in the boom",
    unit="Place in the growth of real output among all economies with data, by year",
)


def draw_oil(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return Kazakhstan's output of oil as a line, and bars of what went to China by pipeline."""
    canvas, axes = pyplot.subplots(figsize=(width, 3.1), layout="constrained")
    made, sent = where(frame, series="oil production"), where(frame, series="oil to China")
    green, red = style.color("Kazakhstan"), style.color("China")
    for sure, rows in sent.groupby(sent["verified"] == "yes"):
        yearly.bars(axes, rows["year"], rows["value"], **({"color": red} if sure else style.hatched(red, 5)))
    yearly.line(axes, made["year"], made["value"], color=green, linewidth=2.2)
    output = _by(made)
    for year in (2003, 2012, output.index.max()):
        style.say(axes, f"{output[year]:.0f}", (year + 0.5, output[year]), (0, 6), color=green, fontweight="bold",
                  ha="right" if year == 2012 else "center")
    yearly.name(axes, "produced", 2003, 98, green, (-4, 0))
    yearly.name(axes, "to China by pipeline", 2003, 20, red, (-4, 0))
    axes.axvspan(2014, 2022, ymax=0.17, color=style.FAINT, alpha=0.6, linewidth=0, zorder=0)
    axes.annotate("no figure without\nRussian oil", (2018, 9), ha="center", va="center", fontsize=8, linespacing=1.2)
    yearly.frame(axes, 2003, 2024, width, ylim=(0, 108), yticks=range(0, 101, 25))
    style.article(axes, 0.62)
    return canvas


def oil_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of oil, and the chart in words."""
    made, sent = _by(frame, series="oil production"), _by(frame, series="oil to China")
    finding = (
        f"Output rose from {made[2003]:.0f} Mt in 2003 to {made[2012]:.0f} in 2012. Of the {made[2013]:.0f} of 2013 "
        f"the pipeline to China took {sent[2013]:.2f}; "
        f"in {sent.index.max()} it took {sent.iloc[-1]:.2f} of Kazakh oil. Hatched: one source, or derived."
    )
    return finding, (
        f"Line of Kazakhstan's oil output and bars of its oil to China by pipeline, {years(frame['year'])}. "
        f"{finding} The pipeline's first figures are {sent.iloc[0]:.2f} in {sent.index[0]} "
        f"and {sent[2009]:.2f} in 2009. Output was {made.iloc[-1]:.0f} in {made.index[-1]}."
    )


OIL = Chart(
    "economy-oil", draw_oil, oil_words,
    "Energy Institute, Statistical Review of World Energy 2025 (output); "
    "CNPC, Xinhua, KazMunayGas Annual Report 2024 (oil to China).", ("C45",),
    title="More oil than before, and most of it not to China",
    unit="Kazakhstan's oil, Mt (millions of tonnes) a year",
)


def _gas_line(axes: Axes, frame: pd.DataFrame, series: str, state: str, color: str,
              linewidth: float = 2.0) -> pd.Series:
    """Draw one series of gas and return it by year."""
    rows = where(frame, series=series, state=state)
    yearly.line(axes, rows["year"], rows["value"], color=color, linewidth=linewidth)
    return _by(rows)


def draw_gas(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return lines of Kazakhstan's gas produced, used and piped to China, and shade what was left over."""
    canvas, axes = pyplot.subplots(figsize=(width, 3.1), layout="constrained")
    green, red = style.color("Kazakhstan"), style.color("China")
    made = _gas_line(axes, frame, "gas production", "Kazakhstan", green)
    used = _gas_line(axes, frame, "gas consumption", "Kazakhstan", style.OTHER)
    sent = _gas_line(axes, frame, "gas to China", "Kazakhstan", red)
    axes.fill_between(yearly.middle(made.index), used, made, color=green, alpha=0.12, linewidth=0)
    yearly.name(axes, "produced", 2003, 28, green, (-4, 0))
    yearly.name(axes, "used at home", 2004, used[2004], style.OTHER, (0, -9))
    yearly.name(axes, "to China", 2013, sent[2013], red, (-4, 10))
    yearly.name(axes, "left over", 2009, (made[2009] + used[2009]) / 2, style.INK, ha="center", fontweight="normal")
    yearly.frame(axes, 2003, 2024, width, ylim=(-1, 43), yticks=range(0, 41, 10))
    style.article(axes, 0.99)
    return canvas


def gas_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of gas, and the chart in words."""
    made, used, sent = (_by(frame, series=series) for series in ("gas production", "gas consumption", "gas to China"))
    left = made - used
    finding = (
        f"The gas that Kazakhstan produced and did not use rose from {left[2003]:.1f} billion cubic metres in 2003 to "
        f"{left[2012]:.1f} in 2012. China had {sent[2013]:.1f} in 2013 and {sent[2024]:.1f} in 2024, "
        f"out of a surplus that had shrunk to {left[2024]:.1f}."
    )
    return finding, (
        f"Lines of Kazakhstan's gas produced, used and piped to China, {years(frame['year'])}, "
        f"with the surplus shaded. {finding} Output in 2024 was {made[2024]:.1f}, use {used[2024]:.1f}. "
        "Between 2019 and 2024 there is no figure of gas to China."
    )


GAS = Chart(
    "economy-gas", draw_gas, gas_words,
    "Energy Institute, Statistical Review of World Energy 2025 (output, use); "
    "BP and Energy Institute, one edition a year (gas to China).", ("C46",),
    title="There was gas to sell, and China had hardly any of it",
    unit="Kazakhstan's gas, billion cubic metres a year",
)
SELLERS = {"Turkmenistan": style.OTHER, "Uzbekistan": "#9A9A9A", "Kazakhstan": style.color("Kazakhstan")}
"""The states that piped gas to China, and their colours."""


def draw_sellers(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a line for each state that piped gas to China, open where there is no figure."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.5), layout="constrained")
    for state, color in SELLERS.items():
        _gas_line(axes, frame, "gas to China", state, color)
    yearly.name(axes, "Turkmenistan", 2014, 20, style.OTHER)
    yearly.name(axes, "Kazakhstan", 2019, 6.5, SELLERS["Kazakhstan"], (6, 6))
    yearly.name(axes, "Uzbekistan", 2013, 2.9, style.OTHER, (-4, 9))
    yearly.frame(axes, 2012, 2024, width, every=2, ylim=(-1, 46), yticks=range(0, 41, 10))
    style.article(axes, 0.99, side="right")
    return canvas


def _gas_by_state(frame: pd.DataFrame, year: int) -> Iterator[str]:
    """Yield each state with what it piped to China in a year."""
    for state in SELLERS:
        yield f"{state} {_by(frame, state=state)[year]:.1f}"


def sellers_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of gas by seller, and the chart in words."""
    kazakh = _by(frame, state="Kazakhstan")
    finding = (
        "Gas piped to China in 2013, the first year with figures, in billion cubic metres: "
        f"{', '.join(_gas_by_state(frame, 2013))}. In 2024: {', '.join(_gas_by_state(frame, 2024))}. "
        "No figures of the years between 2019 and 2024 were read."
    )
    return finding, (
        f"Lines of gas piped to China by state, {years(frame['year'])}. {finding} "
        f"Kazakhstan's highest figure is {kazakh.max():.1f}, in {kazakh.idxmax()}."
    )


SOLD = Chart(
    "economy-sellers", draw_sellers, sellers_words,
    "BP and Energy Institute, Statistical Review, one edition a year.", ("C38", "C46"),
    title="The gas that China bought in the region was Turkmen",
    unit="Gas piped to China by state, billion cubic metres a year",
)

"""Charts of the outlook: the forecasts in a grid, and what became of each thing that can be counted."""

import pandas as pd
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..measures.outlook import BASE
from ..verdicts import wording
from . import Chart, style, where, yearly, years

HEADS = {"2017": "by 2017", "2022": "by 2022", "latest": "latest"}
"""The horizons of the grid, and what stands above them."""


def _cell(row) -> tuple[str, str]:
    """Return the sign of a grade with what was found, and its colour."""
    return f"{wording.SIGN[row.grade]} {row.found}", wording.COLOR[row.grade]


def _forecasts(frame: pd.DataFrame, tall: float, low: float) -> list[tuple[float, float, pd.DataFrame]]:
    """Return the top, the height and the rows of each forecast, in lines; one that could fail needs more room."""
    found, top = [], 1.0
    for _, rows in frame.groupby("claim_id", sort=False):
        height = tall if rows["could_fail"].iloc[0] == "yes" else low
        found.append((top, height, rows))
        top += height
    return found


def draw_grid(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a grid: a line for each forecast, a column for each horizon and one for the verdict."""
    narrow = width < 5
    placed = _forecasts(frame, 3.9 if narrow else 2.7, 2.6 if narrow else 1.6)
    lines = placed[-1][0] + placed[-1][1]
    canvas, axes = style.sheet(width, 0.17 * lines, (0, 1), (lines, 0))
    at = (0.0, 0.34, 0.68) if narrow else (0.503, 0.637, 0.755)
    columns = dict(zip(frame["horizon"].unique(), at, strict=True))
    heads = {**{columns[horizon]: HEADS[horizon] for horizon in columns}, **({} if narrow else {0.868: "verdict"})}
    for x, words in heads.items():
        axes.text(x, 0.4, words, fontsize=8.5, color=style.OTHER, va="center")
    for top, height, rows in placed:
        axes.axhline(top, color=style.FAINT, linewidth=0.6)
        (_narrow_forecast if narrow else _wide_forecast)(axes, rows, columns, top, height)
    return canvas


def _wide_forecast(axes: Axes, rows: pd.DataFrame, columns: dict[str, float], top: float, height: float) -> None:
    """Write one forecast beside its grades."""
    first, middle = rows.iloc[0], top + height / 2
    fails, verdict = first["could_fail"] == "yes", first["verdict"]
    axes.text(0, middle, first["claim_id"], fontsize=8.5, va="center", fontweight="bold")
    axes.text(0.055, middle - (0.5 if fails else 0), first["text"], fontsize=8.5, va="center")
    axes.text(0.868, middle, f"{wording.SIGN[verdict]} {wording.VERDICT[verdict]}", fontsize=8.5, va="center",
              fontweight="bold", color=wording.COLOR[verdict])
    if not fails:
        axes.text(columns["2017"], middle, f"could not fail: \u201c{first['hedge']}\u201d", fontsize=8.5, va="center",
                  color=style.OTHER)
        return
    axes.text(0.055, middle + 0.5, first["measure"], fontsize=8, va="center", color=style.OTHER)
    for row in rows.itertuples():
        words, color = _cell(row)
        axes.text(columns[row.horizon], middle, words, fontsize=8.5, va="center", color=color, fontweight="bold")


def _narrow_forecast(axes: Axes, rows: pd.DataFrame, columns: dict[str, float], top: float, height: float) -> None:
    """Write one forecast above its grades."""
    first = rows.iloc[0]
    axes.text(0, top + 0.75, f"{first['claim_id']}  {first['text']}", fontsize=8.5, va="center")
    if first["could_fail"] == "no":
        axes.text(0, top + 1.85, f"could not fail: \u201c{first['hedge']}\u201d", fontsize=8.5, va="center",
                  color=style.OTHER)
        return
    axes.text(0, top + 1.8, first["measure"], fontsize=8, va="center", color=style.OTHER)
    for row in rows.itertuples():
        words, color = _cell(row)
        axes.text(columns[row.horizon], top + 3.0, words, fontsize=8.5, va="center", color=color, fontweight="bold")


def grid_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the grid, and the grid in words."""
    each = frame.drop_duplicates("claim_id")
    verdicts = each["verdict"]
    missed = where(frame, grade="contradicted")
    finding = (
        f"Of {len(each)} forecasts {(each['could_fail'] == 'no').sum()} could not fail. Of the others "
        f"{(verdicts == 'supported').sum()} is supported and {(verdicts == 'qualified').sum()} are qualified; "
        f"taken by one horizon alone, a forecast was wrong {len(missed)} time."
    )
    lines = []
    for claim_id, rows in frame.groupby("claim_id", sort=False):
        first = rows.iloc[0]
        by = ("could not fail" if first["could_fail"] == "no"
              else ", ".join(f"{HEADS[row.horizon]} {row.found} {row.grade}" for row in rows.itertuples()))
        measured = f" ({first['measure']})" if first["could_fail"] == "yes" else ""
        lines.append(f"{claim_id}, {first['text']}{measured}: {by}; {first['verdict']}")
    return finding, f"Grid of the article's forecasts by horizon. {'; '.join(lines)}. {finding}"


GRID = Chart(
    "outlook-grid", draw_grid, grid_words,
    "The main reading of each forecast and those that change its horizon; sources are on the sheets. "
    "C47 ends in 2020, where totals of trade end.",
    ("C06", "C08", "C41", "C47", "C74", "C75", "C78"),
    title="Right in direction; on trade only for those who waited",
    unit="Each forecast by the figures of 2017, of 2022 and of the latest year",
)
COUNTS = {"china": "as China counts it", "kazakhstan": "as Kazakhstan counts it"}


def _series(rows: pd.DataFrame, view: str) -> list[pd.DataFrame]:
    """Return the years of a count that one source gives: Kazakhstan's has another from the year after the baseline."""
    return [rows[rows["year"] <= BASE], rows[rows["year"] > BASE]] if view == "kazakhstan" else [rows]


def draw_trade(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a panel for each side's count: dollars of the day and of the baseline."""
    narrow = width < 5
    canvas, panels = pyplot.subplots(*((2, 1) if narrow else (1, 2)), figsize=(width, 5.0 if narrow else 3.0),
                                     layout="constrained", sharey=True, sharex=True)
    red, last = style.color("China"), int(frame["year"].max())
    for axes, (view, words) in zip(panels, COUNTS.items(), strict=True):
        rows = where(frame, view=view)
        value = rows.set_index("year")
        axes.axhline(value["current"][BASE], color=style.OTHER, linewidth=0.8, linestyle=(0, (1, 2)), zorder=0)
        for part in _series(rows, view):
            yearly.line(axes, part["year"], part["current"], color=red, linewidth=2.2)
            yearly.line(axes, part["year"], part["constant"], color=style.INK, linewidth=1.4, markersize=2)
        yearly.name(axes, f"{value['current'][last]:.0f}", last, value["current"][last], red, (0, 8), ha="right")
        yearly.name(axes, f"{value['constant'][last]:.0f}", last, value["constant"][last], style.INK,
                    (3, -20), ha="right")
        axes.set_title(words, fontweight="bold")
        yearly.frame(axes, 2003, last, width, every=6, ylim=(0, 54), yticks=range(0, 51, 10))
        style.article(axes, 0.99, "the article,\nJanuary 2013" if axes is panels[0] else "")
    yearly.name(panels[0], "dollars\nof the day", 2021, 40, red, (-6, 0), ha="right")
    yearly.name(panels[0], "dollars\nof 2012", 2021, 9, style.INK, (4, 0), fontweight="normal")
    return canvas


def trade_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of trade, and the chart in words."""
    def change(view: str, column: str, year: int, base: int = BASE) -> str:
        value = where(frame, view=view).set_index("year")[column]
        return f"{100 * (value[year] / value[base] - 1):+.0f}%".replace("-", "\N{MINUS SIGN}")

    last = frame["year"].max()
    finding = (
        f"Against 2012, as China counts it, trade was {change('china', 'current', 2022)} in 2022 in dollars of the day "
        f"and {change('china', 'constant', 2022)} in dollars of 2012; in {last} {change('china', 'current', last)} and "
        f"{change('china', 'constant', last)}. As Kazakhstan counts it, by another source from {BASE + 1} on, it was "
        f"{change('kazakhstan', 'current', last, BASE + 1)} and {change('kazakhstan', 'constant', last, BASE + 1)} "
        f"in {last} against {BASE + 1}. Dotted: the level of {BASE}."
    )
    parts = []
    for view, words in COUNTS.items():
        value = where(frame, view=view).set_index("year")["current"]
        parts.append(f"{words} {value[2003]:.1f} in 2003, {value[BASE]:.1f} in {BASE}, "
                     f"{value[2016]:.1f} in 2016 and {value.iloc[-1]:.1f} in {value.index[-1]}")
    return finding, ("Line charts of trade between Kazakhstan and China in billion dollars, "
                     f"{years(frame['year'])}: {'; '.join(parts)}. {finding}")


DOLLARS = Chart(
    "outlook-trade", draw_trade, trade_words,
    "IMF Direction of Trade Statistics (2022); Chinese customs by the press from 2022 (2021 not found); "
    "Kazakhstan's Bureau of National Statistics from 2013, UN Comtrade before 2020, "
    "as compiled in a public data pipeline (2026); US consumer prices, Bureau of Labor Statistics.", ("C41",),
    title="Trade grew, and much of the growth was on paper",
    unit="Trade in goods between Kazakhstan and China, billion US dollars",
)
BUYERS = ("Kazakhstan", "Uzbekistan", "Turkmenistan", "Tajikistan", "Kyrgyzstan")
"""The five states, from the top."""


def _size(tiv: pd.Series) -> pd.Series:
    """Return the area of a dot, in square points: that of the largest delivery fits between two lines."""
    return 8 + 1.2 * tiv


def draw_buyers(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a dot for each delivery, in a line for each state, with its volume beside it."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.9), layout="constrained")
    lanes = frame["state"].map(BUYERS.index)
    axes.scatter(yearly.middle(frame["year"]), lanes, s=_size(frame["tiv"]), color=style.color("China"),
                 edgecolor="white", linewidth=0.6, zorder=2)
    taken = set(zip(frame["state"], frame["year"], strict=True))
    for row, lane in zip(frame.itertuples(), lanes, strict=True):
        away = (_size(row.tiv) / 3.1416) ** 0.5 + 2
        below = (row.state, row.year - 1) in taken  # the year before has its number above
        style.say(axes, f"{row.tiv:.0f}", (yearly.middle(row.year), lane), (0, -away if below else away), ha="center",
                  va="top" if below else "bottom", fontsize=8.5)
    yearly.axis(axes, 2008, 2025, width)
    axes.set(ylim=(4.5, -1.5), yticks=range(len(BUYERS)), yticklabels=BUYERS)
    style.grid(axes)
    style.article(axes, 0.99)
    return canvas


def buyers_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of buyers, and the chart in words."""
    got = frame.groupby("state")["tiv"].sum()
    finding = (
        f"SIPRI lists no delivery before {frame['year'].min()}. From then to {frame['year'].max()} Turkmenistan had "
        f"{got['Turkmenistan']:.0f} million TIV, Uzbekistan {got['Uzbekistan']:.0f}, "
        f"Tajikistan {got['Tajikistan']:.0f} and Kazakhstan {got['Kazakhstan']:.0f}. The area of a dot is its volume."
    )
    lines = [f"{row.state} {row.year} {row.tiv:.1f}" for row in frame.itertuples()]
    return finding, ("Dots for deliveries of Chinese arms, a line for each of the states of Central Asia, "
                     f"in million TIV: {'; '.join(lines)}. {finding}")


DELIVERED = Chart(
    "outlook-buyers", draw_buyers, buyers_words,
    "SIPRI Arms Transfers Database, export of 12 February 2026; "
    "for 2025 and for Uzbekistan in 2024 sums over its export of 18 May 2026, ours.", ("C08",),
    title="China's arms went to Kazakhstan's neighbours, in a few lots",
    unit="Deliveries of major arms from China by year and buyer, million TIV (SIPRI's measure of volume)",
)


def draw_suppliers(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a step for each window of years; the latest overlaps the one before and is drawn thin."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.9), layout="constrained")
    latest = frame["end"].max()
    for row in frame.itertuples():
        color, late = style.color(row.supplier), row.end == latest
        axes.plot([row.start, row.end + 1], [row.share, row.share], color=color, linewidth=2 if late else 5,
                  solid_capstyle="butt")
        at, shift, flush, side = ((row.end + 1, -5, "right", "top") if late
                                  else ((row.start + row.end + 1) / 2, 5, "center", "bottom"))
        style.say(axes, f"{row.share:.0f}%", (at, row.share), (0, shift), ha=flush, va=side, color=color, fontsize=8.5,
                  fontweight="bold")
    for supplier, height in (("Russia", 57), ("China", 14)):
        yearly.name(axes, supplier, 2003, height, style.color(supplier), (-4, 0))
    yearly.frame(axes, 2003, latest, width, ylim=(-2, 90), yticks=range(0, 76, 25),
                 yticklabels=[f"{tick}%" for tick in range(0, 76, 25)])
    style.article(axes, 0.99)
    return canvas


def suppliers_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of suppliers, and the chart in words."""
    share = frame.set_index(["supplier", "end"])["share"]
    latest = frame["end"].max()
    finding = (
        f"Russia's share of Central Asia's arms imports was {share['Russia', 2012]:.0f}% from 2008 to 2012, "
        f"{share['Russia', 2017]:.0f}% from 2013 to 2017 and {share['Russia', 2022]:.0f}% from 2018 to 2022; "
        f"China's {share['China', 2012]:.0f}%, {share['China', 2017]:.0f}% and {share['China', 2022]:.0f}%. "
        f"Thin, overlapping: {latest - 4} to {latest}, "
        f"with {share['Russia', latest]:.0f}% and {share['China', latest]:.0f}%."
    )
    return finding, (
        f"Steps, one for each window of years, {frame['start'].min()} to {latest}. In the first "
        f"Russia had {share['Russia', 2007]:.0f}% and China {share['China', 2007]:.0f}%. {finding}"
    )


SUPPLIERS = Chart(
    "outlook-suppliers", draw_suppliers, suppliers_words,
    "SIPRI Arms Transfers Database, export of 12 February 2026; "
    "for 2025 and for Uzbekistan in 2024 sums over its export of 18 May 2026, ours.", ("C08", "C75"),
    title="Russia's share fell, came back, fell; China's stayed small",
    unit="Share of Central Asia's arms imports over the years that each bar spans, by SIPRI's measure of volume",
)


def draw_troops(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a bar for each year of Afghanistan, hollow and hatched where nobody counted, and a line for Kyrgyzstan."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.8), layout="constrained")
    purple = style.color("the West")
    afghan, kyrgyz = (where(frame, area=area) for area in ("Afghanistan", "Kyrgyzstan"))
    for guess, rows in afghan.groupby("estimate"):
        look = style.hatched(purple, 5) if guess else {"color": purple}
        yearly.bars(axes, rows["year"], rows["all_troops"], **look)
    value = afghan.set_index("year")["all_troops"]
    for year in (value.idxmax(), value.index.max()):
        yearly.name(axes, f"{value[year]:,.0f}", year, value[year], purple, (0, 3), ha="center", va="bottom")
    yearly.line(axes, kyrgyz["year"], kyrgyz["all_troops"], color=style.INK)
    style.say(axes, "estimates", (2019.5, 14000), (0, 3), ha="center", fontsize=8.5)
    yearly.frame(axes, frame["year"].min(), frame["year"].max(), width, every=2, ylim=(0, 118_000),
                 yticks=range(0, 100_001, 25_000))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    style.article(axes, 0.99, side="right")
    return canvas


def troops_words(frame: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of troops, and the chart in words."""
    value, transit = (where(frame, area=area).set_index("year")["all_troops"] for area in ("Afghanistan", "Kyrgyzstan"))
    last, end = value.index.max(), transit.index.max()
    finding = (
        f"US troops in Afghanistan, reserves included, numbered {value[2011]:,.0f} in September 2011, "
        f"{value[BASE]:,.0f} in September {BASE} and {value[last]:,.0f} in {last}. "
        f"Line: in Kyrgyzstan, at most {transit.max():,.0f} ({transit.idxmax()}), troops in transit included, "
        f"and {transit[end]:,.0f} in {end}. Hatched: estimates of the compilers, no counts."
    )
    return finding, (
        f"Bar chart of US troops in Afghanistan, {years(frame['year'])}, with a line for Kyrgyzstan. "
        f"{finding} The most were {value.max():,.0f}, in {value.idxmax()}; "
        f"in 2017 there were {value[2017]:,.0f}, in 2021 {value[2021]:,.0f}."
    )


TROOPS = Chart(
    "outlook-troops", draw_troops, troops_words,
    "US Defense Manpower Data Center through troopdata (2026): September, December in 2021; "
    "for Kyrgyzstan the highest count of the year.", ("C05",),
    title="The withdrawal that the article counted on ran to its end",
    unit="US troops in Afghanistan (bars) and Kyrgyzstan (line), reserves included",
)

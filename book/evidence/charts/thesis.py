"""Charts of the thesis: China's part of each kind of tie, what grew, who was closer, and what the argument rests on."""

import pandas as pd
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import Chart, style, tiles, where

SIPRI = "SIPRI Arms Transfers Database (exports of February and May 2026)"
IMF = "IMF Direction of Trade Statistics (export of 2022)"
MME = "D'Orazio and Galambos, Multinational Military Exercises"


# -- trade and arms


def draw_scales(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a panel of lines for trade, and one of steps for arms, on the same scale."""
    wide = width > 5
    shape, size = ((1, 2), (width, 2.9)) if wide else ((2, 1), (width, 4.6))
    canvas, panels = pyplot.subplots(*shape, figsize=size, layout="constrained", sharey=True)
    for axes, tie, words in zip(
        panels, ("trade", "arms"), ("of its trade, by year", "of its arms imports, five years at a time"), strict=True
    ):
        style.grid(axes)
        style.article(axes, at=0.98 if tie == "trade" else 0.52, side="left" if tie == "trade" else "right")
        axes.set(ylim=(-2, 108), xlim=(2002.5, 2026.5))
        axes.set_title(words, fontsize=9)
        axes.set_yticks(range(0, 101, 25), [f"{value}%" for value in range(0, 101, 25)])
        axes.set_xticks([2005, 2010, 2015, 2020, 2025])
        axes.tick_params(labelleft=True)
        for country in ("Russia", "China"):
            (_line if tie == "trade" else _steps)(axes, where(rows, tie=tie, country=country), country)
    return canvas


def _line(axes: Axes, part: pd.DataFrame, country: str) -> None:
    """Draw a share by year, with its name, last value and last year at its end."""
    axes.plot(part["start"], 100 * part["share"], color=style.color(country), linewidth=2)
    last = part.iloc[-1]
    up, side = (4, "bottom") if country == "Russia" else (3, "top")
    style.say(axes, f"{country} {last['share']:.0%}\nin {last['start']}", (last["start"], 100 * last["share"]), (5, up),
              ha="left", va=side, color=style.color(country), linespacing=1.05, **style.BOLD)


def _steps(axes: Axes, part: pd.DataFrame, country: str) -> None:
    """Draw a share by window of years, each as a step with its value; a window ends with its last year."""
    for one in part.itertuples():
        value = 100 * one.share
        axes.plot(
            [one.start, one.end + 1], [value, value], color=style.color(country), linewidth=3.5, solid_capstyle="butt"
        )
        style.say(axes, f"{value:.0f}%", ((one.start + one.end + 1) / 2, value), (0, 4), ha="center", va="bottom",
                  fontsize=8.5, color=style.color(country), fontweight="bold")
    up, side = (-6, "top") if country == "Russia" else (17, "bottom")
    style.say(axes, country, (2003, 100 * part["share"].iloc[0]), (0, up), va=side, color=style.color(country),
              **style.BOLD)


def scales_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding, and the chart in words."""
    trade, arms = where(rows, tie="trade"), where(rows, tie="arms")
    first, last = trade["start"].min(), trade["start"].max()
    share = trade.set_index(["country", "start"])["share"]
    most = where(arms, country="China")["share"].max()
    finding = (
        f"China's part in Kazakhstan's trade went from {share['China', first]:.0%} in {first} to "
        f"{share['China', 2012]:.0%} in 2012, level with Russia's. Its part in Kazakhstan's arms "
        f"imports was never above {most:.0%}. Totals of trade end in {last}, with China at "
        f"{share['China', last]:.0%} and Russia at {share['Russia', last]:.0%}."
    )
    lines = [
        f"{country} {share[country, first]:.0%} in {first}, {share[country, 2012]:.0%} in 2012, "
        f"{share[country, last]:.0%} in {last}"
        for country in ("China", "Russia")
    ]
    steps = [
        f"{country} " + ", ".join(f"{one.share:.1%} in {one.start} to {one.end}" for one in part.itertuples())
        for country, part in arms.groupby("country")
    ]
    return finding, (f"Line chart of shares in Kazakhstan's trade: {'; '.join(lines)}. "
                     f"Beside it steps of shares in its arms imports: {'; '.join(steps)}.")


SCALES = Chart(
    "thesis-trade-and-arms",
    draw_scales,
    scales_words,
    f"{IMF}; {SIPRI}. Shares: ours.",
    ("C03", "C62"),
    title="China caught Russia up in trade, and sold Kazakhstan almost no arms",
    unit="Share of the whole of Kazakhstan's trade and arms imports",
)


# -- what grew


def draw_growth(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return bars of trade, and below them a square for each exercise."""
    canvas, (above, below) = pyplot.subplots(
        2, 1, figsize=(width, 3.0), layout="constrained", sharex=True, height_ratios=(3, 1)
    )
    style.grid(above)
    above.bar(rows["year"], rows["trade"], width=0.7, color=style.color("China"))
    for row in (rows.iloc[0], rows.iloc[-1]):
        style.say(above, f"{row['trade']:.1f}", (row["year"], row["trade"]), (0, 3), ha="center",
                  color=style.color("China"), **style.BOLD)
    above.set_title("trade, billion US$", fontsize=9)
    above.set_ylim(0, 27)
    below.set_title("exercises with both, in an inventory that ends in 2010", fontsize=9 if width > 5 else 8)
    held = rows.dropna(subset="exercises")
    for row in held.itertuples():
        for at in range(int(row.exercises)):
            below.plot(row.year, at, "s", markersize=9, color=style.color("China"))
        if not row.exercises:
            below.annotate("0", (row.year, 0), ha="center", va="center", fontsize=8.5, color=style.OTHER)
    below.set(ylim=(-0.6, 1), yticks=[])
    below.set_xticks(range(2003, 2013, 1 if width > 5 else 3))
    below.spines["left"].set_visible(False)
    below.tick_params(length=0)
    return canvas


def growth_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding, and the chart in words."""
    first, last, held = rows.iloc[0], rows.iloc[-1], rows.dropna(subset="exercises")
    finding = (
        f"Trade with China went from {first['trade']:.1f} to {last['trade']:.1f} billion US$ between "
        f"{first['year']:.0f} and {last['year']:.0f}, in dollars of the day. The inventory has "
        f"{held['exercises'].sum():.0f} exercises with China in {len(held)} years, "
        f"never more than {held['exercises'].max():.0f} in one."
    )
    trade = ", ".join(f"{row.year} {row.trade:.1f}" for row in rows.itertuples())
    drills = ", ".join(f"{row.year} {row.exercises:.0f}" for row in held.itertuples())
    return finding, (f"Bar chart of Kazakhstan's trade with China in billion US$: {trade}. "
                     f"Below it exercises with China by year: {drills}.")


GROWTH = Chart(
    "thesis-growth",
    draw_growth,
    growth_words,
    f"{IMF}, as Kazakhstan reports; {MME}.",
    ("C04",),
    title="The trade multiplied; the drills did not",
    unit="Kazakhstan and China, by year",
)


# -- each kind of tie

SIDES = {"west": "the West", "russia": "Russia", "china": "China"}
"""Who is compared, in the order drawn."""
MARKS = {"west": ("D", 9.0), "russia": ("s", 10.0), "china": ("o", 7.0)}
"""The shape and the size of each side's mark: they are told apart in grey too, and where two meet both are seen."""


def draw_ties(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a mark for each side on one scale from nothing to all."""
    canvas, axes = pyplot.subplots(figsize=(width, 3.5), layout="constrained")
    for place, row in enumerate(rows.itertuples()):
        axes.axhline(-place, color=style.FAINT, linewidth=0.8, zorder=0)
        _dots(axes, row, -place)
    axes.set(xlim=(0, 100), ylim=(-len(rows) + 0.3, 0.75))
    axes.set_xticks([0, 25, 50, 75, 100], ["0%", "25%", "50%", "75%", "100%"])
    between = ", " if width > 5 else "\n"
    names = [f"{row.tie}{between}{row.years}" for row in rows.itertuples()]
    axes.set_yticks([-place for place in range(len(rows))], names, fontsize=8.5)
    axes.tick_params(length=0, pad=10)
    axes.spines["left"].set_visible(False)
    return canvas


def _dots(axes: Axes, row, y: float) -> None:
    """Draw one kind of tie, with China's share in figures; the first names the sides."""
    for side, name in SIDES.items():
        value = getattr(row, side)
        if pd.isna(value):
            continue
        shape, size = MARKS[side]
        axes.plot(100 * value, y, shape, markersize=size, color=style.color(name), markeredgecolor="white",
                  markeredgewidth=0.8, clip_on=False)
        if y == 0:
            shift, flush = {"russia": (5, "right"), "china": (-5, "left"), "west": (-5, "left")}[side]
            style.say(axes, name, (100 * value, y), (shift, 8), ha=flush, va="bottom", color=style.color(name),
                      **style.BOLD)
    style.say(axes, f"{row.china:.0%}", (100 * row.china, y), (0, -6), ha="center", va="top",
              color=style.color("China"), fontweight="bold", fontsize=8.5)


def ties_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding, and the chart in words."""
    share = rows.set_index("tie")
    finding = (
        f"China had {share.at['Exports', 'china']:.0%} of Kazakhstan's exports, "
        f"a part in {share.at['Exercises', 'china']:.0%} of its exercises and {share.at['Arms imports', 'china']:.0%} "
        "of its arms imports. West: European Union and United States; NATO members for exercises; "
        "North American and European Union suppliers for arms."
    )

    def line(row) -> str:
        shares = [
            f"{name} {getattr(row, side):.0%}"
            for side, name in reversed(SIDES.items())
            if not pd.isna(getattr(row, side))
        ]
        return f"{row.tie} ({row.years}): {', '.join(shares)}"

    lines = "; ".join(line(row) for row in rows.itertuples())
    return finding, f"Dot plot of shares of Kazakhstan's total by kind of tie. {lines}."


TIES = Chart(
    "thesis-ties",
    draw_ties,
    ties_words,
    f"{IMF}; Energy Institute; Xinhua; {MME}; {SIPRI}; list of facilities. Shares: ours.",
    ("C03",),
    title="China's part was large in trade, small in drills, nothing in arms",
    unit="Share of Kazakhstan's total, by kind of tie",
)


# -- who was closer

COUNTS = {"exercises": "Exercises, 2003 to 2010", "training": "Training", "arms": "Major arms, 2003 to 2012"}
ONE_MEASURE = ("exercises", "arms")


def draw_closeness(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return three panels of bars, each on a scale of its own; a minimum has an arrow. What is counted in different
    ways has no bars."""
    wide = width > 5
    shape, size = ((1, 3), (width, 2.3)) if wide else ((3, 1), (width, 5.2))
    canvas, panels = pyplot.subplots(*shape, figsize=size, layout="constrained")
    for axes, (count, title) in zip(panels, COUNTS.items(), strict=True):
        part = where(rows, count=count)
        for at, row in enumerate(part.itertuples()):
            if count in ONE_MEASURE:
                axes.barh(at, row.value, height=0.34, color=style.color(row.side))
                if row.floor:
                    axes.plot(row.value, at, ">", markersize=8, color=style.color(row.side), clip_on=False)
            words = f"{row.side}: {'over ' if row.floor else ''}{row.value:,.0f} {row.unit}"
            axes.text(0, at - 0.25, words, fontsize=8.5, color=style.color(row.side), fontweight="bold", va="bottom")
        axes.set(xlim=(0, 1.04 * part["value"].max()), ylim=(2.4, -0.75))
        axes.set_title(title, fontsize=9)
        axes.axis("off")
    return canvas


def closeness_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding, and the chart in words."""
    exercises = where(rows, count="exercises").set_index("side")["value"]
    finding = (
        f"One inventory has {exercises['China']:.0f} exercises of Kazakhstan with China and "
        f"{exercises['the West']:.0f} with a member of NATO, Russia having part in some of both. "
        "Training is counted in different ways, so that panel has no bars: a course place is "
        "no person, those in Russia were there at one time, and the number for China comes through "
        "the article's earlier version alone. The year 2006 has no record of places."
    )
    lines = [
        f"{title}: "
        + ", ".join(
            f"{row.side} {'over ' if row.floor else ''}{row.value:,.0f} {row.unit}"
            for row in where(rows, count=count).itertuples()
        )
        for count, title in COUNTS.items()
    ]
    return finding, f"Panels of bars. {'; '.join(lines)}."


CLOSENESS = Chart(
    "thesis-closeness",
    draw_closeness,
    closeness_words,
    f"{MME}; US Departments of State and Defense, by Security Force Monitor; ministries as quoted; {SIPRI}.",
    ("C29",),
    title="By exercises, course places and arms, the West was closer than China",
    unit="What Kazakhstan's forces did with each; each panel is a count of its own",
)


# -- the argument


def draw_argument(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a row of tiles for each conclusion: the claims offered for it, and hollow those against it."""
    found = []
    for (conclusion, text), part in rows.groupby(["conclusion", "text"], sort=False):
        premises = [tiles.Tile(row.premise, row.verdict, row.relation != "supports") for row in part.itertuples()]
        lead = tiles.Tile(conclusion, part["stands"].iloc[0])
        found.append(tiles.Row(f"{text[0].upper()}{text[1:]}", premises, lead))
    return tiles.draw(found, width)


def argument_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding, and the chart in words."""
    support = where(rows, relation="supports")
    fell = where(support, verdict="contradicted")["conclusion"].nunique()
    open_to = support[support["verdict"].isin(["unresolved", "untestable"])]["conclusion"].nunique()
    finding = (
        f"Each row is a conclusion of the article and the claims it offers: filled for it, hollow against it. Of "
        f"{rows['conclusion'].nunique()} conclusions {fell} rest in part on a claim that is contradicted, "
        f"and {open_to} in part on claims that no record decides or that have no test. "
        "Which claim supports which is our reading of the text."
    )
    lines = [
        f"{conclusion}, {part['text'].iloc[0]}, {part['stands'].iloc[0]}: "
        + ", ".join(
            f"{row.premise} {'for' if row.relation == 'supports' else 'against'} it {row.verdict}"
            for row in part.itertuples()
        )
        for conclusion, part in rows.groupby("conclusion", sort=False)
    ]
    return finding, f"Tiles, one for each claim, in rows by conclusion. {'. '.join(lines)}."


ARGUMENT = Chart(
    "thesis-argument",
    draw_argument,
    argument_words,
    "The ledger, and our reading of which claim supports which.",
    title="Russia's part is well supported; the causes have no test",
    unit="Conclusions, and the claims offered for them (filled) and against (hollow): \N{CHECK MARK} supported, "
    "\N{ALMOST EQUAL TO} qualified, \N{MULTIPLICATION SIGN} contradicted, ? unresolved, \N{EN DASH} untestable",
)

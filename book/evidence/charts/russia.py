"""Charts of the chapter on Russia: arms by year and by supplier, agreements, facilities, the rapid reaction force."""

from datetime import date

import numpy as np
import pandas as pd
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import Chart, basemap, style, where, years

SIPRI = (
    "Information from the SIPRI Arms Transfers Database, exports of 12 February and (2025, and Uzbekistan in 2024) "
    "18 May 2026. Sums: ours. TIV measures the volume of major arms, not their price."
)
TURKEY = "#8A6100"
"""The colour of Türkiye, which only the chart of suppliers tells from others."""
LIGHT = "#BFBFBF"


# -- arms by year


def draw_arms(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return bars of arms imports by year, stacked by supplier."""
    figure, axes = pyplot.subplots(figsize=(width, 2.9), layout="constrained")
    base = pd.Series(0.0, rows.index)
    for supplier, color in (("Russia", style.color("Russia")), ("China", style.color("China")), ("others", LIGHT)):
        axes.bar(rows["year"], rows[supplier], bottom=base, color=color, width=0.8)
        base += rows[supplier]
    style.grid(axes)
    style.article(axes)
    for text, at, side, color in (
        ("Russia", (2019.5, 300), "center", style.color("Russia")), ("others", (2023.4, 500), "right", style.OTHER),
    ):
        axes.text(*at, text, color=color, fontweight="bold", ha=side, va="center")
    style.say(axes, "China", (2016, 205), (8, 60), color=style.color("China"), fontweight="bold", va="center",
              arrowprops=dict(arrowstyle="-", color=style.color("China"), linewidth=0.8, shrinkB=0, relpos=(0.1, 0)))
    last = int(rows["year"].max())
    axes.set(ylim=(0, 600), yticks=[0, 200, 400, 600], xlim=(2002.3, last + 0.7))
    axes.set_xticks(range(2005, last + 1, 10 if width < 5 else 5))
    return figure


def _share(rows: pd.DataFrame, first: int, last: int) -> float:
    """Return Russia's share of all deliveries from first to last, 0 to 1."""
    chosen = rows[rows["year"].between(first, last)]
    return chosen["Russia"].sum() / chosen[["Russia", "China", "others"]].to_numpy().sum()


def arms_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of arms, and the chart in words."""
    last = int(rows["year"].max())
    total = rows[["Russia", "China", "others"]].sum(axis=1)
    low = [f"{year:.0f}" for year in rows.loc[(rows["Russia"] <= total / 2) & (total > 0), "year"]]
    finding = (
        f"Russia delivered {_share(rows, 2003, 2012):.0%} of the arms that Kazakhstan imported from 2003 to 2012 and "
        f"{_share(rows, 2013, last):.0%} from 2013 to {last}, but half or less in {', '.join(low[:-1])} and {low[-1]}. "
        f"China delivered {rows['China'].sum():.0f} million TIV in all."
    )
    peak = rows.loc[rows["Russia"].idxmax()]
    return finding, (
        "Stacked bars of arms delivered to Kazakhstan by Russia, China and others, "
        f"{years(rows['year'])}. {finding} Russian deliveries peak at {peak['Russia']:.0f} million TIV in "
        f"{peak['year']:.0f}; in {rows['year'].iloc[-1]:.0f} they are {rows['Russia'].iloc[-1]:.0f}."
    )


ARMS = Chart(
    "russia-arms", draw_arms, arms_words, SIPRI, ("C52", "C56", "C58"),
    title="Mostly Russian in most years, not at all in the last",
    unit="Major arms delivered to Kazakhstan each year, million TIV (SIPRI's trend-indicator values)",
)


# -- suppliers, before and after

COLORS = {name: style.color(name) for name in ("Russia", "China")}
COLORS |= {"Turkiye": TURKEY, "the West": style.color("the West"), "others": LIGHT}
SPOKEN = {"Turkiye": "Türkiye"}
SHORTER = {"Russia": ("R",), "China": ("C",), "Turkiye": ("T",), "the West": ("West", "W"), "others": ("o",)}
"""What stands for a supplier in a part that its name does not fit into, the longest first."""
BUYERS = {"others": "The neighbours"}


def _inside(supplier: str, share: float, inches: float) -> str:
    """Return what is written in a part of a bar: supplier and number, in a line, in two, or with its name cut short."""
    name, number = SPOKEN.get(supplier, supplier), f"{share:.0f}"
    letters = share / 100 * inches / 0.083  # that fit into a line
    if len(name) + len(number) + 2 <= letters:
        return f"{name} {number}"
    fits = [words for words in (name, *SHORTER[supplier]) if len(words) + 0.5 <= letters]
    return f"{(fits or SHORTER[supplier][-1:])[0]}\n{number}"


def _bar(axes: Axes, rows: pd.DataFrame, at: float, inches: float) -> None:
    """Draw one bar of shares at a height of the axes; a part has its supplier and number where they fit."""
    left = 0.0
    for row in rows.itertuples():
        share = 100 * row.share
        axes.barh(at, share, left=left, height=0.62, color=COLORS[row.supplier], edgecolor="white", linewidth=0.8)
        if share >= 7:
            ink = style.INK if row.supplier == "others" else "white"
            axes.text(
                left + share / 2, at, _inside(row.supplier, share, inches), ha="center", va="center", fontsize=8.5,
                fontweight="bold", color=ink, linespacing=1.05,
            )
        left += share


def _legend(axes: Axes, names: list[str], at: float, width: float) -> None:
    last, size = (84, 8.5) if width < 5 else (72, 9)
    for name, x in zip(names, np.linspace(0, last, len(names)), strict=True):
        color = style.OTHER if name == "others" else COLORS[name]
        axes.text(x, at, SPOKEN.get(name, name), color=color, fontsize=size, fontweight="bold", va="center")


def _stacks(rows: pd.DataFrame, width: float, label: str) -> Figure:
    """Return bars of shares, one to a recipient and window, each with its label above it."""
    groups = list(rows.groupby(["recipient", "start", "end"], sort=False))
    figure, axes = pyplot.subplots(figsize=(width, 0.55 * len(groups) + 0.45), layout="constrained")
    for at, ((recipient, start, end), parts) in enumerate(groups):
        _bar(axes, parts, at, width * 0.97)
        words = label.format(buyer=BUYERS.get(recipient, recipient), start=start, end=end, tiv=parts["tiv"].sum())
        axes.text(0, at - 0.34, words, fontsize=8.5 if width < 5 else 9, va="bottom")
    _legend(axes, list(rows["supplier"].unique()), -0.98, width)
    axes.set(xlim=(0, 100), ylim=(len(groups) - 0.6, -1.15))
    axes.axis("off")
    return figure


def draw_suppliers(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return bars of the shares of suppliers, before and after the article."""
    return _stacks(rows, width, "{buyer}, {start} to {end}: {tiv:,.0f} million TIV")


def _part(rows: pd.DataFrame, recipient: str, start: int, supplier: str) -> float:
    """Return a supplier's share in one window."""
    return where(rows, recipient=recipient, start=start, supplier=supplier)["share"].item()


def _yearly(rows: pd.DataFrame, start: int, supplier: str = "") -> str:
    """Return what the neighbours bought a year, of one supplier or of all."""
    chosen = where(rows, recipient="others", start=start)
    length = chosen["end"].iloc[0] - start + 1
    return f"{chosen.loc[chosen['supplier'].str.startswith(supplier), 'tiv'].sum() / length:.0f}"


def suppliers_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of suppliers, and the chart in words."""
    before, after = rows["start"].min(), rows["start"].max()
    here, there = (
        [f"{_part(rows, buyer, start, 'Russia'):.0%}" for start in (before, after)]
        for buyer in ("Kazakhstan", "others")
    )
    finding = (
        f"Russia's share went from {here[0]} to {here[1]} in Kazakhstan and from {there[0]} to {there[1]} among "
        f"its neighbours. Each year it sold them {_yearly(rows, before, 'Russia')} million TIV before and "
        f"{_yearly(rows, after, 'Russia')} after; their imports rose from {_yearly(rows, before)} to "
        f"{_yearly(rows, after)}."
    )
    parts = ", ".join(f"{SPOKEN.get(s, s)} {_part(rows, 'others', after, s):.0%}" for s in rows["supplier"].unique())
    return finding, (
        "Stacked bars of the shares of Russia, China, Türkiye, the West and others in arms imports. "
        f"{finding} The neighbours from {after} to {rows['end'].max()}: {parts}."
    )


SUPPLIERS = Chart(
    "russia-suppliers", draw_suppliers, suppliers_words, SIPRI, ("C49", "C59"),
    title="Russia kept Kazakhstan and lost its lead among the neighbours",
    unit="Share of arms imports by supplier, %. The neighbours: Kyrgyzstan, Tajikistan, Turkmenistan, Uzbekistan",
)


def draw_neighbours(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return bars of the shares of suppliers, one to a state."""
    return _stacks(rows, width, "{buyer}: {tiv:,.0f} million TIV")


def neighbours_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of neighbours, and the chart in words."""
    russian = [f"{row.share:.0%} of {row.recipient}'s" for row in where(rows, supplier="Russia").itertuples()]
    since = f"From {rows['start'].min()} to {rows['end'].max()}"
    finding = (
        f"{since} Russia supplied {', '.join(russian[:-1])} and {russian[-1]} arms. China leads in Tajikistan by "
        f"{rows['end'].max()} alone, of which only the later export tells."
    )
    first = rows.loc[rows.groupby("recipient", sort=False)["share"].idxmax()]
    parts = "; ".join(
        f"{row.recipient}, {SPOKEN.get(row.supplier, row.supplier)} {row.share:.0%}" for row in first.itertuples()
    )
    return finding, (
        f"Stacked bars of the shares of suppliers in the arms imports of each state. {finding} "
        f"The largest part: {parts}."
    )


NEIGHBOURS = Chart(
    "russia-neighbours", draw_neighbours, neighbours_words, SIPRI, ("C59",),
    title="Of the neighbours, only Kyrgyzstan still had Russia as its largest supplier",
    unit="Share of arms imports by supplier since the article, %",
)


# -- agreements

STEPS = {
    "CIS-DEFENCE-1992": "defence ministers", "CIS-BORDER-1992": "border commanders",
    "CIS-ANTITERROR-2000": "Anti-Terrorism Center", "CIS-AD-1995": "system of the CIS",
    "AD-2012": "Belarus alone has one", "AD-SIGNED": "joint system signed", "AD-FORCE": "joint system in force",
    "MTC-2000": "special terms agreed", "MTC-2001": "Kazakhstan ratifies", "MTC-2010": "protocol widens them",
    "MTC-2017": "rule written down",
}
"""What happened, in a few words, by row of the table treaties."""


def _year(day: str) -> float:
    """Return an ISO date as a year with its part."""
    return int(day[:4]) + date.fromisoformat(day).timetuple().tm_yday / 365


def draw_agreements(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return a panel of dated steps for each field."""
    fields = list(rows.groupby("field", sort=False))
    sizes = [len(steps) + 0.6 for _, steps in fields]
    figure, panels = pyplot.subplots(
        len(fields), 1, figsize=(width, 0.22 * sum(sizes) + 0.9), layout="constrained", sharex=True,
        height_ratios=sizes,
    )
    slim = width < 5
    for axes, (field, steps) in zip(panels, fields, strict=True):
        for at, row in enumerate(steps.itertuples()):
            year = _year(row.date)
            after = year > style.WRITTEN
            right, fill = year < 2006 or (after and not slim), "white" if after else style.color("Russia")
            axes.plot(year, at, "o", color=style.color("Russia"), markersize=6, markerfacecolor=fill)
            shift, flush = (7, "left") if right else (-7, "right")
            style.say(axes, f"{STEPS[row.treaty_id]}, {row.date[:4]}", (year, at), (shift, 0), ha=flush, va="center",
                      fontsize=8.5)
        axes.set(ylim=(len(steps) - 0.4, -0.6), yticks=[], xlim=(1991, 2022 if slim else 2026.5))
        axes.set_xticks(range(1995, 2016 if slim else 2026, 10 if slim else 5))
        axes.set_title(field[0].upper() + field[1:], fontsize=9, fontweight="bold", pad=3)
        axes.spines["left"].set_visible(False)
        style.article(axes, 0.95, "the article,\nJanuary 2013" if axes is panels[0] else "", side="right")
    return figure


def agreements_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of agreements, and the chart in words."""
    signed = date.fromisoformat(rows.set_index("treaty_id").at["AD-SIGNED", "date"])
    after = rows["date"].map(_year) > style.WRITTEN
    finding = (
        f"The joint air defence was signed on {signed.day} {signed:%B %Y}, after the article. "
        f"{int((~after).sum())} of the {len(rows)} steps came before it (filled), {int(after.sum())} after (hollow)."
    )
    parts = "; ".join(f"{STEPS[row.treaty_id]} {row.date[:4]}" for row in rows.itertuples())
    return finding, f"Dated steps on organs of the CIS, air defence and prices. {finding} In order: {parts}."


AGREEMENTS = Chart(
    "russia-agreements", draw_agreements, agreements_words,
    "Adilet, CNTD, RIA Novosti, Tengrinews and others, listed in the table of treaties.", ("C60", "C66", "C67"),
    title="The joint air defence and the rule on prices came after the article",
    unit="What was agreed or said, and when",
)


# -- facilities

SITES = {
    "RU-KANT": ("Kant", "Kant", 5, 8, "left"), "RU-KARAKOL": ("Karakol", "Karakol", 7, 0, "left"),
    "RU-201-DUSH": ("201st base (three garrisons) and Okno", "201st base, Okno", 20, -2, "left"),
    "RU-BALKHASH": ("Balkhash radar", "Balkhash", 7, 1, "left"),
    "RU-SARYSHAGAN": ("Sary-Shagan range", "Sary-Shagan", 2, 10, "right"),
    "RU-EMBA": ("Emba range", "Emba", 7, 0, "left"),
    "RU-BAIKONUR": ("Baikonur (civil)", "Baikonur (civil)", 0, -11, "center"),
    "US-MANAS": ("Manas (US)", "Manas (US)", -7, 4, "right"),
    "DE-TERMEZ": ("Termez (Germany)", "Termez (Germany)", -7, -3, "right"),
}
"""Labels on the map: text, text on a phone, shift in points, side."""
STATES = {
    "Kazakhstan": (66.5, 50.6), "Kyrgyzstan": (74.8, 41.3), "Tajikistan": (73.5, 36.9), "Uzbekistan": (61.9, 42.6),
    "Turkmenistan": (58.6, 39.2),
}
"""Where a state's name stands on the map."""


def draw_facilities(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the map of facilities, with how many Russian ones each state hosts."""
    slim = width < 5
    figure, axes = pyplot.subplots(figsize=(width, (0.85 if slim else 0.66) * width), layout="constrained")
    basemap.draw(axes, *((53, 84) if slim else (49, 87)), 35.4, 53.6)
    axes.set_facecolor("#F1F4F6")
    plate = dict(boxstyle="round,pad=0.1", facecolor="#F3F1EC", edgecolor="none", alpha=0.85)
    for row in rows.dropna(subset="lat").itertuples():
        color = style.color("Russia" if row.state == "Russia" else "the West")
        fill = color if row.use == "military" else "white"
        axes.plot(row.lon, row.lat, "o", markersize=6, color=color, markerfacecolor=fill)
        if row.facility_id in SITES:
            long, short, dx, dy, side = SITES[row.facility_id]
            style.say(axes, short if slim else long, (row.lon, row.lat), (dx, dy), ha=side, va="center",
                      fontsize=8 if slim else 8.5, color=color, bbox=plate, linespacing=1.1)
    used = where(rows, state="Russia", use="military")["host"].value_counts()
    for state, (lon, lat) in STATES.items():
        words = f"{state}: {used[state]}" if state in used else state
        axes.text(lon, lat, words, fontsize=8 if slim else 10, color=style.OTHER, ha="center", va="center", bbox=plate)
    return figure


def facilities_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the map of facilities, and the map in words."""
    russian = where(rows, state="Russia", use="military")
    finding = (
        f"Russian forces used {russian['group'].nunique()} to {len(russian)} sites in January 2013, as bases or "
        f"singly. {int(russian['lat'].isna().sum())} have no published place and are counted, not drawn; others stand "
        "at the nearest town. Hollow: civil."
    )
    names = "; ".join(where(rows, state="Russia")["name"])
    return finding, (
        f"Map of Central Asia with Russian sites and the US transit centre at Manas. {finding} "
        f"Russian sites: {names}."
    )


FACILITIES = Chart(
    "russia-facilities", draw_facilities, facilities_words,
    "RIA Novosti (2007, 2013), Wikipedia and others, listed in the table of facilities. "
    "Outlines: Natural Earth, 1:50m.",
    ("C49", "C50", "C53"),
    title="Russia had sites in Kazakhstan, Kyrgyzstan and Tajikistan, China none",
    unit="Foreign military sites in use in January 2013; Russian ones counted singly by state",
)


# -- the rapid reaction force


def draw_force(rows: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return bars of what each member gave; what reports disagree on is hatched."""
    figure, axes = pyplot.subplots(figsize=(width, 2.5), layout="constrained")
    names = {"all": "whole force", "Russia and Kazakhstan": "Russia and\nKazakhstan"}
    for at, row in enumerate(rows.itertuples()):
        color = style.color(row.member)
        axes.barh(at, row.low, height=0.6, color=color)
        words = f"{row.low:,.0f}"
        if row.high > row.low:
            axes.barh(at, row.high - row.low, left=row.low, height=0.6, **style.hatched(color))
            words = f"{row.low:,.0f} to {row.high:,.0f}"
        inside = row.low > 9000
        x, shift, flush, ink = (row.low / 2, 0, "center", "white") if inside else (row.high, 4, "left", color)
        style.say(axes, words, (x, at), (shift, 0), ha=flush, va="center", color=ink, **style.BOLD)
    axes.set(
        ylim=(len(rows) - 0.5, -0.5), yticks=range(len(rows)),
        yticklabels=[names.get(member, member) for member in rows["member"]],
        xlim=(0, 20500), xticks=[0, 10000, 20000], xticklabels=["0", "10,000", "20,000"],
    )
    style.grid(axes, "x")
    axes.spines["left"].set_visible(False)
    return figure


def _ratio(rows: pd.DataFrame, member: str) -> str:
    """Return the share of a member as a range: at least of the largest total, at most of the least."""
    by = rows.set_index("member")
    low, high = by.at[member, "low"] / by.at["all", "high"], by.at[member, "high"] / by.at["all", "low"]
    return f"{100 * low:.0f} to {high:.0%}"


def force_words(rows: pd.DataFrame) -> tuple[str, str]:
    """Return the finding of the chart of the force, and the chart in words."""
    finding = (
        f"Russia and Kazakhstan together gave {_ratio(rows, 'Russia and Kazakhstan')} of the rapid reaction force, "
        f"Russia alone {_ratio(rows, 'Russia')}, Kazakhstan alone {_ratio(rows, 'Kazakhstan')}. "
        "Hatched: reports differ, or give a ceiling."
    )
    parts = []
    for row in rows.itertuples():
        to = f" to {row.high:,.0f}" if row.high > row.low else ""
        parts.append(f"{'the whole force' if row.member == 'all' else row.member} {row.low:,.0f}{to}")
    return finding, (
        "Bar chart of persons given to the rapid reaction force of the CSTO, as reported in 2009 and 2010: "
        f"{'; '.join(parts)}. {finding}"
    )


FORCE = Chart(
    "russia-force", draw_force, force_words,
    "Jane's (November 2009), the minister of defence of Belarus (May 2010, through NATO Source), Topwar (2012).",
    ("C55", "C65"),
    title="Most of the force came from Russia and Kazakhstan, taken together",
    unit="Reported contributions to the CSTO's rapid reaction force, persons, 2009 and 2010",
)

"""Figures of the chapter on Russia: arms by supplier, facilities on the map, the scale of spending."""

from __future__ import annotations

import pandas as pd
from matplotlib import pyplot
from matplotlib.figure import Figure

from ..measures.russia import deliveries
from ..tables import Tables
from . import Chart, basemap, style, years


def arms_frame(tables: Tables) -> pd.DataFrame:
    """Return arms deliveries to Kazakhstan by year: columns year, russia, china, others (million
    TIV), russia_share (missing in a year without deliveries)."""
    last = int(tables["arms"]["year"].max())
    rows = deliveries(tables, "Kazakhstan", 2003, last)
    group = rows["supplier"].where(rows["supplier"].isin(["Russia", "China"]), "others").str.lower()
    frame = rows.groupby(["year", group])["tiv"].sum().unstack(fill_value=0.0).reindex(range(2003, last + 1), fill_value=0.0)
    total = frame.sum(axis=1)
    frame["russia_share"] = (frame["russia"] / total).where(total > 0)
    return frame.rename_axis("year").reset_index()[["year", "russia", "china", "others", "russia_share"]]


def draw_arms(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return two panels: volumes by supplier, and Russia's share with the half line."""
    canvas, (top, below) = pyplot.subplots(2, 1, figsize=(width, 3.9), layout="constrained", sharex=True, height_ratios=[3, 2])
    base = pd.Series(0.0, frame.index)
    for supplier, color in (("russia", style.ACCENT), ("china", style.CLAIM), ("others", style.FAINT)):
        top.bar(frame["year"], frame[supplier], bottom=base, color=color, width=0.8)
        base += frame[supplier]
    top.annotate("Russia", (2014.5, 330), ha="right", color=style.ACCENT, fontweight="bold")
    top.annotate("others", (2012.7, 160), color=style.CONTEXT)
    top.annotate(
        "China", (2016, 205), xytext=(8, 22), textcoords="offset points", color=style.CLAIM,
        arrowprops=dict(arrowstyle="-", color=style.CLAIM, linewidth=0.8),
    )
    top.set_ylabel("million TIV")
    for axes in (top, below):
        axes.axvline(2012.5, color=style.CLAIM, linewidth=1)
    top.annotate(
        "the article", (2012.5, 1), xycoords=("data", "axes fraction"), xytext=(-3, -2), textcoords="offset points",
        ha="right", va="top", fontsize=8, color=style.CLAIM,
    )
    below.axhline(50, color=style.CONTEXT, linewidth=0.8, linestyle=(0, (3, 2)))
    for row in frame.dropna().itertuples():
        below.plot(row.year, 100 * row.russia_share, "o", color=style.ACCENT if row.russia_share > 0.5 else style.CLAIM, markersize=5)
    below.set(ylim=(0, 105), yticks=[0, 50, 100], ylabel="Russia, %", xticks=range(2004, 2026, 4))
    return canvas


def arms_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the chart of arms."""
    then = frame[frame["year"] <= 2012]
    share = then["russia"].sum() / then[["russia", "china", "others"]].to_numpy().sum()
    low = [f"{row.year:.0f}" for row in frame.dropna().itertuples() if row.russia_share <= 0.5]
    china = [f"{row.china:.0f} million TIV in {row.year:.0f}" for row in frame[frame["china"] > 0].itertuples()]
    return (
        f"Russia supplied {share:.0%} of the arms Kazakhstan imported from 2003 to 2012, but less than half in "
        f"{', '.join(low[:-1])} and {low[-1]}. China supplied {' and '.join(china)}."
    )


def arms_alt(frame: pd.DataFrame) -> str:
    """Return the chart of arms in words."""
    peak = frame.loc[frame["russia"].idxmax()]
    return (
        "Stacked bars of arms delivered to Kazakhstan by Russia, China and others, "
        f"{years(frame['year'])}, over a panel of Russia's "
        f"share. {arms_caption(frame)} Russian deliveries peak at {peak['russia']:.0f} million TIV in {peak['year']:.0f}."
    )


ARMS = Chart(
    "russia-arms", arms_frame, draw_arms, arms_caption, arms_alt,
    "Information from the SIPRI Arms Transfers Database, exports of February and, for 2025, of May 2026. "
    "Sums: ours. TIV measures the volume of major arms, not their price.",
    ("C56",),
)


def facilities_frame(tables: Tables) -> pd.DataFrame:
    """Return the facilities that have coordinates: columns facility_id, state, name, lat, lon,
    precision, in_use_2013."""
    rows = tables["facilities"]
    rows = rows[rows["lat"].notna()]
    return rows[["facility_id", "state", "name", "lat", "lon", "precision", "in_use_2013"]].reset_index(drop=True)


LABELS = {
    "RU-KANT": ("Kant", 6, -9, "left"), "RU-KARAKOL": ("Karakol", 5, 3, "left"),
    "RU-201-DUSH": ("201st base", -5, 4, "right"), "RU-OKNO": ("Okno", 6, 2, "left"),
    "RU-BALKHASH": ("Balkhash radar", 6, -2, "left"), "RU-SARYSHAGAN": ("Sary-Shagan", -6, 4, "right"),
    "RU-EMBA": ("Emba", 6, 2, "left"), "RU-BAIKONUR": ("Baikonur (civil)", 6, -4, "left"),
    "RU-KOSTANAY": ("Kostanay (uncertain)", 6, 2, "left"), "US-MANAS": ("Manas (US)", -5, 7, "right"),
}
"""Labels on the map: text, shift in points, side."""


def draw_facilities(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return the map of facilities."""
    canvas, axes = pyplot.subplots(figsize=(width, 3.6), layout="constrained")
    basemap.draw(axes, 50, 86, 35.5, 55.5)
    plate = dict(boxstyle="round,pad=0.12", facecolor="white", edgecolor="none", alpha=0.75)
    for row in frame.itertuples():
        color = style.ACCENT if row.state == "Russia" else style.CONTEXT
        axes.plot(row.lon, row.lat, "o", markersize=6, color=color if row.in_use_2013 == "yes" else "white", markeredgecolor=color, alpha=0.9)
        if row.facility_id in LABELS:
            text, dx, dy, side = LABELS[row.facility_id]
            axes.annotate(text, (row.lon, row.lat), xytext=(dx, dy), textcoords="offset points", ha=side, fontsize=8, color=color, bbox=plate)
    for name, lon, lat in (("KAZAKHSTAN", 67, 50.5), ("UZBEKISTAN", 62.5, 42.2), ("TURKMENISTAN", 59, 38.8), ("CHINA", 83, 40.5)):
        axes.text(lon, lat, name, fontsize=7, color=style.CONTEXT, ha="center")
    return canvas


def facilities_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the map of facilities."""
    russian = frame[(frame["state"] == "Russia") & (frame["in_use_2013"] == "yes")]
    return (
        f"{len(russian)} of the sites that Russian forces used in January 2013 have coordinates, some only those of a town near by. "
        "Hollow: civil, or use in 2013 not confirmed. Grey: the United States. None is Chinese."
    )


def facilities_alt(frame: pd.DataFrame) -> str:
    """Return the map of facilities in words."""
    names = "; ".join(frame[frame["state"] == "Russia"]["name"])
    return f"Map of Central Asia with Russian military sites and the US transit centre at Manas, January 2013. Russian sites: {names}."


FACILITIES = Chart(
    "russia-facilities", facilities_frame, draw_facilities, facilities_caption, facilities_alt,
    "RIA Novosti (2007, 2013), Wikipedia and others, listed in the table of facilities. Outlines: Natural Earth, 1:50m.",
    ("C50", "C53"),
)


def scale_frame(tables: Tables) -> pd.DataFrame:
    """Return military expenditure by country and year: columns country, year, spending (million
    US$ at prices of 2023)."""
    rows = tables["milex"]
    return rows[["country", "year", "spending"]].reset_index(drop=True)


def draw_scale(frame: pd.DataFrame, width: float = style.WIDTH) -> Figure:
    """Return spending as three lines on a log scale."""
    canvas, axes = pyplot.subplots(figsize=(width, 2.6), layout="constrained")
    for country, color in (("China", style.CONTEXT), ("Russia", style.CONTEXT), ("Kazakhstan", style.ACCENT)):
        rows = frame[frame["country"] == country]
        axes.plot(rows["year"], rows["spending"] / 1000, color=color, linewidth=1.8)
        last = rows.iloc[-1]
        axes.annotate(
            f"{country}, {last['spending'] / 1000:,.1f}", (last["year"], last["spending"] / 1000), xytext=(5, 0),
            textcoords="offset points", va="center", color=color, fontweight="bold", fontsize=8,
        )
    axes.axvline(2012.5, color=style.CLAIM, linewidth=1)
    axes.set(
        yscale="log", xlim=(2003, 2030), ylim=(0.4, 600), yticks=[1, 10, 100], yticklabels=["1", "10", "100"],
        xticks=range(2004, 2025, 4), ylabel="billion US$ of 2023, log scale",
    )
    return canvas


def scale_caption(frame: pd.DataFrame) -> str:
    """Return the finding of the chart of spending."""
    value = frame.set_index(["country", "year"])["spending"]
    return (
        f"In 2012 Russia spent {value['Russia', 2012] / value['Kazakhstan', 2012]:.0f} times as much on its forces as "
        f"Kazakhstan, China {value['China', 2012] / value['Kazakhstan', 2012]:.0f} times. In 2024 it was "
        f"{value['Russia', 2024] / value['Kazakhstan', 2024]:.0f} and "
        f"{value['China', 2024] / value['Kazakhstan', 2024]:.0f} times."
    )


def scale_alt(frame: pd.DataFrame) -> str:
    """Return the chart of spending in words."""
    return f"Line chart on a log scale of military expenditure of China, Russia and Kazakhstan, {years(frame['year'])}. {scale_caption(frame)}"


SCALE = Chart(
    "russia-scale", scale_frame, draw_scale, scale_caption, scale_alt,
    "Information from the SIPRI Military Expenditure Database 1949-2024, constant prices of 2023.", ("C62",),
)

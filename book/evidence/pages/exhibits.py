"""Tables of the chapters as a reader sees them: each takes a frame of numbers that a measure made,
and returns a frame of words."""

from __future__ import annotations

import pandas as pd

NONE = "no figure"
"""What a cell says where no verified row holds a figure."""
FLOWS = {"total": "all trade", "exports": "exports"}
VIEWS = {"kazakhstan": "Kazakhstan's figures", "partners": "Partners' figures", "cow": "Correlates of War"}
ENERGY = {
    "oil": ("Oil produced in Kazakhstan, Mt", "{:.2f}"),
    "oil_sent": ("Kazakh oil to China by pipeline, Mt", "{:.2f}"),
    "oil_of_output": ("Share of that output", "{:.1%}"),
    "oil_of_use": ("Share of China's oil use", "{:.1%}"),
    "gas_left": ("Gas left over in Kazakhstan, bcm", "{:.2f}"),
    "gas_sent": ("Kazakh gas to China, bcm", "{:.2f}"),
    "gas_of_surplus": ("Share of that surplus", "{:.1%}"),
    "gas_of_use": ("Share of China's gas use", "{:.1%}"),
}
"""Columns of economy.energy_shares(): what a reader sees, and how a number is printed."""
SITES = {"name": "Site", "state": "Whose", "host": "Host", "group": "Counts as", "in_use_2013": "In use, January 2013"}
"""Columns of russia.facilities() that are shown, before their place."""


def margins(found: pd.DataFrame) -> pd.DataFrame:
    """Return economy.lead() as a table: columns By, Year, and for each set of figures China's place
    and its margin over the nearest rival."""
    words = [f"{row.rank}, {row.lead:+.1f}% on {row.rival}" for row in found.itertuples()]
    rows = found.assign(By=found["flow"].map(FLOWS), Year=found["year"].astype(str), words=words)
    wide = rows.pivot(index=["By", "Year"], columns="view", values="words")
    return wide[list(VIEWS)].rename(columns=VIEWS).rename_axis(columns=None).reset_index()


def energy(found: pd.DataFrame) -> pd.DataFrame:
    """Return economy.energy_shares() as a table: a row a measure and a column a year."""
    def column(row: pd.Series) -> list[str]:
        return [NONE if pd.isna(row[name]) else form.format(row[name]) for name, (_, form) in ENERGY.items()]

    years = {f"{row['year']:.0f}": column(row) for _, row in found.iterrows()}
    return pd.DataFrame({"Measure": [words for words, _ in ENERGY.values()], **years})


def windows(found: pd.DataFrame) -> pd.DataFrame:
    """Return russia.windows() as a table: columns Years, All, Russia, China, Largest other."""
    return pd.DataFrame({
        "Years": [f"{row.start} to {row.end}" for row in found.itertuples()],
        "All, million TIV": found["tiv"].map("{:,.0f}".format),
        "Russia": found["Russia"].map("{:.1%}".format), "China": found["China"].map("{:.1%}".format),
        "Largest other": found["other"],
    })


def on_terms(found: pd.DataFrame) -> pd.DataFrame:
    """Return russia.on_terms() as a table: columns Weapon, Delivered, Years, Million TIV, Terms."""
    single = found["first"] == found["last"]
    first, last = found["first"].astype(str), found["last"].astype(str)
    return pd.DataFrame({
        "Weapon": found["designation"], "Delivered": found["delivered"].map("{:.0f}".format),
        "Years": first.where(single, first + " to " + last),
        "Million TIV": found["tiv"].map("{:,.1f}".format), "Terms": found["terms"],
    })


def facilities(found: pd.DataFrame) -> pd.DataFrame:
    """Return russia.facilities() as a table: those of SITES, and the place with how exact that is."""
    places = [
        "not found" if pd.isna(row.lat) else f"{row.lat:.2f}, {row.lon:.2f} ({row.precision})"
        for row in found.itertuples()
    ]
    return found[list(SITES)].rename(columns=SITES).assign(**{"Latitude, longitude": places})


def personnel(found: pd.DataFrame) -> pd.DataFrame:
    """Return russia.personnel() as a table: a row a country, and two columns a count."""
    persons = found.pivot(index="country", columns="count", values="persons").map("{:,.0f}".format)
    times = found.pivot(index="country", columns="count", values="times").map("{:.0f}".format)
    shown = persons.rename(columns=str.capitalize).join(times.rename(columns="Times Kazakhstan's, {}".format))
    return shown.rename_axis(index="Country", columns=None).reset_index()

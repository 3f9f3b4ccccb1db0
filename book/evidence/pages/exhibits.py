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

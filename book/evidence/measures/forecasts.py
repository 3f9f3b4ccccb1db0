"""The forecasts against what happened, and against two naive forecasts: no change, and the
trend of 2003 to 2012 going on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import dates
from ..pages.markdown import badge, claim_link, escape
from ..tables import Tables
from ..verdicts import wording
from ..verdicts.examine import Judged, state_of
from . import thesis
from .exercises import count
from .outlook import regional_share

BASE, FIRST = 2012, 2003
"""The year of the baseline, and the first year of the trend before it."""
WINDOWS = (2007, 2012, 2017, 2022, 2025)
"""Last years of the five-year windows of arms imports; the latest overlaps the one before."""


def _trade(tables: Tables, view: str) -> dict[int, float]:
    """Return trade by year, in million US$; years without a verified figure are left out."""
    found = {}
    for year in range(FIRST, dates.EVIDENCE_CHECKED.year):
        try:
            found[year] = thesis.bilateral_trade(tables, view, year).low
        except LookupError:
            continue
    return found


def _arms(tables: Tables, supplier: str) -> dict[int, float]:
    """Return a supplier's share of the five states' arms imports by five-year window, 0 to 1."""
    return {end: regional_share(tables, "all", supplier, end - 4, end) for end in WINDOWS}


def _troops(tables: Tables) -> dict[int, float]:
    """Return US troops in Afghanistan by year, where they were counted; an estimate is left out."""
    rows = tables["us_forces"]
    rows = rows[(rows["area"] == "Afghanistan") & (rows["verified"] == "yes")]
    return rows.set_index("year")["all_troops"].to_dict()


def trend(values: dict[int, float], years: list[int], top: float = np.inf) -> dict[int, float]:
    """Return the straight line through the values to 2012 at later years, kept within [0, top]."""
    before = sorted(year for year in values if year <= BASE)
    slope, level = np.polyfit(before, [values[year] for year in before], 1)
    return {year: float(np.clip(slope * year + level, 0, top)) for year in years}


def series(tables: Tables) -> pd.DataFrame:
    """Return every series behind the forecasts: columns series, year, value, naive (the trend to
    2012 going on; the baseline of US troops has none, since the withdrawal was announced)."""
    found = {
        "trade-kazakhstan": (_trade(tables, "kazakhstan"), np.inf),
        "trade-china": (_trade(tables, "china"), np.inf),
        "arms-china-region": (_arms(tables, "China"), 1.0),
        "arms-russia-region": (_arms(tables, "Russia"), 1.0),
    }
    rows = []
    for name, (values, top) in found.items():
        naive = trend(values, list(range(BASE, WINDOWS[-1] + 1)), top)
        rows += [(name, year, values.get(year), naive.get(year)) for year in sorted({*values, *naive})]
    rows += [("us-troops", int(year), value, None) for year, value in _troops(tables).items()]
    return pd.DataFrame(rows, columns=["series", "year", "value", "naive"]).astype({"value": float, "naive": float})


NAMES = {
    "trade-kazakhstan": ("C41", "Trade, as Kazakhstan counts it, million US$", "up"),
    "trade-china": ("C41", "Trade, as China counts it, million US$", "up"),
    "arms-china-region": ("C08", "China's share of the region's arms imports, five years", "up"),
    "arms-russia-region": ("C75", "Russia's share of the same", "down"),
}
"""Indicators with a direction in the article: claim, words, direction forecast."""


def against_naive(tables: Tables) -> pd.DataFrame:
    """Return each indicator with what the article and two naive forecasts said of 2022.

    Columns: Claim, Indicator, 2012, 2017, 2022, Latest, Article, Trend, Came true: the article,
    Nearer: no change or trend.
    """
    rows, table = [], series(tables)
    for name, (claim_id, words, direction) in NAMES.items():
        own = table[table["series"] == name].set_index("year")
        value, naive = own["value"].dropna(), own["naive"]
        print_ = (lambda v: f"{100 * v:.0f}%") if value.max() <= 1 else (lambda v: f"{v:,.0f}")
        rose = value[2022] > value[BASE]
        nearer = "no change" if abs(value[2022] - value[BASE]) <= abs(value[2022] - naive[2022]) else "trend"
        rows.append({
            "Claim": claim_link(claim_id), "Indicator": words, "2012": print_(value[BASE]), "2017": print_(value[2017]), "2022": print_(value[2022]),
            "Latest": f"{print_(value.iloc[-1])} ({value.index[-1]})", "Forecast": direction, "Trend to 2022": print_(naive[2022]),
            "Right in 2022": "yes" if rose == (direction == "up") else "no", "Nearer": nearer,
        })
    return pd.DataFrame(rows)


def _facilities(tables: Tables, by: int) -> int:
    """Return the Chinese facilities in the five states reported by the end of a year; whether they are
    China's is disputed."""
    rows = tables["facilities"]
    return int(((rows["state"] == "China") & (rows["since"] <= by) & (rows["verified"] == "yes") & (rows["host"] != "five states")).sum())


def in_place_of(tables: Tables) -> pd.DataFrame:
    """Return what else can be counted: for the forecasts that could not fail, and for the one that
    defence ties lag, which has no direction of its own.

    Columns: Indicator, Baseline, Five years, Ten years, Latest: known exercises of both, by five
    years (floors), facilities reported, and China's share of Kazakhstan's arms imports.
    """
    ends = WINDOWS[1:]
    exercises = [f"at least {count(tables, 'both', end - 4, end).low:.0f}" for end in ends]
    bilateral = [f"at least {count(tables, 'bilateral', end - 4, end).low:.0f}" for end in ends]
    facilities = [_facilities(tables, end) for end in ends]
    arms = [f"{100 * regional_share(tables, 'Kazakhstan', 'China', end - 4, end):.1f}%" for end in ends]
    names = ["Joint exercises, last five years (C06)", "Of them by the two alone (C06)", "Chinese facilities reported in the five states (C78)"]
    names.append("China's share of Kazakhstan's arms imports, last five years (C47)")
    columns = ["Baseline, 2012", "Five years, 2017", "Ten years, 2022", "Latest, 2025"]
    return pd.DataFrame([exercises, bilateral, facilities, arms], columns=columns).assign(Indicator=names)[["Indicator", *columns]]


def overview(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return one row per forecast: wording, hedge, whether it could have failed, verdict."""
    rows = []
    for claim_id, claim in tables["claims"][tables["claims"]["scope"] == "forecast"].iterrows():
        state = state_of(claim, "since", judged)
        main = judged[claim_id, "since"].main
        rows.append(
            {
                "Claim": claim_link(claim_id), "Forecast": escape(claim["stated_text"]),
                "Hedge": escape(claim["hedge"]), "Judged by": dates.long(dates.date.fromisoformat(claim["horizon"])),
                "Could fail": claim["could_fail"], "Found": escape(wording.found(main)),
                "Verdict": badge(state, wording.VERDICT[state]),
            }
        )
    return pd.DataFrame(rows)

"""Measures for the outlook: what became of each forecast, and how far no thought at all would have got."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .. import dates
from ..tables import Tables
from . import thesis
from .exercises import count
from .russia import by_supplier, chinese_facilities, deliveries, facilities
from .statistic import Statistic, interval, keys, point

BASE = dates.WRITTEN.year - 1
"""The last full year before the article: the baseline of its forecasts."""
FIRST = BASE - 9
"""The first of the ten years that the article looks back on, and that a trend is drawn through."""
WINDOW = 5
"""Years over which arms and exercises are summed."""
FORECAST = {"trade-kazakhstan": "up", "trade-china": "up", "arms-china-region": "up", "arms-russia-region": "down"}
"""Series of outcomes() whose direction the article forecast."""


def regional_share(tables: Tables, recipient: str, supplier: str, start: int, end: int) -> float:
    """Return a supplier's share of arms deliveries in a window, 0 to 1."""
    volumes = by_supplier(deliveries(tables, recipient, start, end))
    return volumes.get(supplier, 0.0) / volumes.sum()


def ends(tables: Tables) -> list[int]:
    """Return the last years of the windows that are compared: the baseline, five and ten years later,
    and the latest with a register of arms, which overlaps the one before."""
    return [BASE, BASE + WINDOW, BASE + 2 * WINDOW, int(tables["arms"]["year"].max())]


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
    """Return a supplier's share of the five states' arms imports by the last year of a window, 0 to 1."""
    years = [BASE - WINDOW, *ends(tables)]
    return {end: regional_share(tables, "all", supplier, end - WINDOW + 1, end) for end in years}


def trend(values: dict[int, float], years: Iterable[int], top: float = np.inf) -> dict[int, float]:
    """Return the straight line through the values to the baseline at some years, kept within [0, top]."""
    before = sorted(year for year in values if year <= BASE)
    slope, level = np.polyfit(before, [values[year] for year in before], 1)
    return {year: float(np.clip(slope * year + level, 0, top)) for year in years}


def outcomes(tables: Tables) -> pd.DataFrame:
    """Return every series behind the forecasts: columns series, year, value, unit, naive (the trend
    to the baseline going on; US troops, where they were counted, have none, since the withdrawal was
    announced)."""
    found = {
        "trade-kazakhstan": (_trade(tables, "kazakhstan"), "million US$"),
        "trade-china": (_trade(tables, "china"), "million US$"),
        "arms-china-region": (_arms(tables, "China"), "share"),
        "arms-russia-region": (_arms(tables, "Russia"), "share"),
    }
    rows = []
    for name, (values, unit) in found.items():
        naive = trend(values, range(BASE, ends(tables)[-1] + 1), top=1.0 if unit == "share" else np.inf)
        rows += [(name, year, values.get(year), unit, naive.get(year)) for year in sorted({*values, *naive})]
    troops = tables["us_forces"].query("area == 'Afghanistan' and verified == 'yes'")
    rows += [("us-troops", int(row.year), row.all_troops, "persons", None) for row in troops.itertuples()]
    columns = ["series", "year", "value", "unit", "naive"]
    return pd.DataFrame(rows, columns=columns).astype({"value": float, "naive": float})


def against_naive(tables: Tables) -> pd.DataFrame:
    """Return what the article and two naive forecasts said of ten years later, and what came.

    Columns: series, unit, base, five, ten, latest (values at the baseline, five and ten years
    later, and in latest_year), forecast (up or down), trend (of ten years later), right (whether
    the direction came true), nearer (which was nearer to what came: no change, trend or alike).
    """
    rows, found = outcomes(tables), []
    rows = rows[rows["series"].isin(FORECAST)].set_index("year")
    for (name, unit), own in rows.groupby(["series", "unit"], sort=False):
        value, naive, direction = own["value"].dropna(), own["naive"], FORECAST[name]
        base, five, ten = (value[BASE + years] for years in (0, WINDOW, 2 * WINDOW))
        trended = naive[BASE + 2 * WINDOW]
        found.append({
            "series": name, "unit": unit, "base": base, "five": five, "ten": ten,
            "latest": value.iloc[-1], "latest_year": value.index[-1], "forecast": direction, "trend": trended,
            "right": (ten > base) == (direction == "up"),
            "nearer": _nearer(abs(ten - base), abs(ten - trended)),
        })
    return pd.DataFrame(found)


def _nearer(base: float, trended: float) -> str:
    """Return which of two naive forecasts missed by less; "alike" where both missed by the same."""
    if base == trended:
        return "alike"
    return "no change" if base < trended else "trend"


def counted(tables: Tables) -> pd.DataFrame:
    """Return what else can be counted: for forecasts that could not fail, and for the one that
    defence ties lag, which has no direction of its own.

    Columns: indicator, year (a window's last), value, unit, floor (whether it is open above).
    Indicators: exercises of both and bilateral ones, by window; Chinese facilities reported by
    the end of the year, disputed; arms, China's share of Kazakhstan's imports by window.
    """
    sites, found = facilities(tables), []
    sites = sites[(sites["state"] == "China") & (sites["verified"] == "yes")]
    for end in ends(tables):
        start = end - WINDOW + 1
        found += [
            ("exercises", end, count(tables, "both", start, end).low, "exercises", True),
            ("bilateral", end, count(tables, "bilateral", start, end).low, "exercises", True),
            ("facilities", end, float((sites["since"] <= end).sum()), "facilities", False),
            ("arms", end, regional_share(tables, "Kazakhstan", "China", start, end), "share", False),
        ]
    return pd.DataFrame(found, columns=["indicator", "year", "value", "unit", "floor"])


def us_change(tables: Tables, area: str, count: str, start: int, end: int) -> Statistic:
    """Return the change of US troops between two years, in persons. `count` is all_troops or
    active_duty."""
    rows = tables["us_forces"]
    rows = rows[(rows["area"] == area) & rows["year"].isin([start, end])].sort_values("year")
    first, last = rows[count]
    return point(last - first, "persons", keys(rows, "us_forces"))


def arms_share_change(tables: Tables, recipient: str, supplier: str, before: int, start: int, end: int) -> Statistic:
    """Return how a supplier's share of arms imports changed from the `before` years that end with
    the baseline to the window, in percentage points."""
    past, later = (BASE - before + 1, BASE), (start, end)
    change = regional_share(tables, recipient, supplier, *later) - regional_share(tables, recipient, supplier, *past)
    rows = pd.concat([deliveries(tables, recipient, *window) for window in (past, later)])
    return point(100 * change, "points", keys(rows, "arms"))


def trade_change(tables: Tables, view: str, start: int, end: int, dollars: str = "current") -> Statistic:
    """Return the change of trade between Kazakhstan and China, in per cent, in current dollars or in
    dollars of the first year ("constant")."""
    return thesis.trade_change(tables, view, start, end, dollars)


def barriers_weaker(tables: Tables, before: int, start: int, end: int) -> Statistic:
    """Return how many of the four named barriers grew weaker, from those that did to all
    four: languages and traditions, and what the forces are busy with elsewhere, have no measure.

    Russia's domination is weaker if its share of the arms imports of the five states fell;
    the small presence of China's army if there is a Chinese facility, which is disputed.
    """
    russia = arms_share_change(tables, "all", "Russia", before, start, end)
    presence = chinese_facilities(tables, end)
    weaker = int(russia.high < 0) + int(presence.low >= 1)
    return interval(weaker, 4, "barriers", russia.rows + presence.rows)

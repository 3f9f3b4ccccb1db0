"""Measures for the outlook: what became of each forecast."""

from __future__ import annotations

from ..tables import Tables
from . import thesis
from .russia import by_supplier, chinese_facilities, deliveries
from .statistic import Statistic, interval, keys, point


def us_change(tables: Tables, area: str, count: str, start: int, end: int) -> Statistic:
    """Return the change of US troops between two years, in persons. `count` is all_troops or
    active_duty."""
    rows = tables["us_forces"]
    rows = rows[(rows["area"] == area) & rows["year"].isin([start, end])].sort_values("year")
    first, last = rows[count]
    return point(last - first, "persons", keys(rows, "us_forces"))


def regional_share(tables: Tables, recipient: str, supplier: str, start: int, end: int) -> float:
    """Return a supplier's share of arms deliveries in a window, 0 to 1."""
    volumes = by_supplier(deliveries(tables, recipient, start, end))
    return volumes.get(supplier, 0.0) / volumes.sum()


def arms_share_change(tables: Tables, recipient: str, supplier: str, before: int, start: int, end: int) -> Statistic:
    """Return how a supplier's share of arms imports changed from the `before` years that end in
    2012 to the window, in percentage points."""
    earlier = deliveries(tables, recipient, 2013 - before, 2012)
    later = deliveries(tables, recipient, start, end)
    change = 100 * (regional_share(tables, recipient, supplier, start, end) - regional_share(tables, recipient, supplier, 2013 - before, 2012))
    return point(change, "points", keys(earlier, "arms") + keys(later, "arms"))


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

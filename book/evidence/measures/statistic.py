"""What a measure finds: an interval in a unit, with the rows of the tables that decided it.

Make one with point(), interval(), floor(), span() or series(): they turn numpy's numbers into
plain floats, which print and compare the same everywhere.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

Rows = tuple[tuple[str, str], ...]
"""Rows of the tables, each as (table, key)."""


def _refuse_no_interval(low: float, high: float) -> None:
    """Raise ValueError for two ends between which no number lies: NaN, turned round, or both at infinity."""
    if not (low <= high and low < math.inf and high > -math.inf):
        raise ValueError(f"not an interval: [{low}, {high}]")


@dataclass(frozen=True)
class Item:
    """One member of a series, itself an interval: a year's rank, say. Raises ValueError for what is no interval."""

    label: str
    low: float
    high: float

    def __post_init__(self) -> None:
        _refuse_no_interval(self.low, self.high)


@dataclass(frozen=True)
class Statistic:
    """What a measure found: the interval [low, high] in `unit`, and the rows that decided it.

    A point has low = high. An open end is -inf or +inf ("at least six" has high = inf).
    A series carries `items`; then low and high span them. Dates are proleptic ordinals
    (datetime.date.toordinal) in the unit "date". Raises ValueError for what is no interval.
    """

    low: float
    high: float
    unit: str
    items: tuple[Item, ...] = ()
    rows: Rows = ()

    def __post_init__(self) -> None:
        _refuse_no_interval(self.low, self.high)


def keys(rows: pd.DataFrame, table: str) -> Rows:
    """Return rows of a table as deciding rows."""
    return tuple((table, key) for key in rows.index)


def interval(low: float, high: float, unit: str, rows: Iterable[tuple[str, str]]) -> Statistic:
    """Return the Statistic of a value that lies between two others."""
    return Statistic(float(low), float(high), unit, rows=tuple(rows))


def point(value: float, unit: str, rows: Iterable[tuple[str, str]]) -> Statistic:
    """Return the Statistic of one known value."""
    return interval(value, value, unit, rows)


def floor(count: float, unit: str, rows: Iterable[tuple[str, str]]) -> Statistic:
    """Return the Statistic of a count that more may be found of: it is open above."""
    return interval(count, math.inf, unit, rows)


def span(rows: pd.DataFrame, table: str) -> Statistic:
    """Return the Statistic that spans what some rows report in their columns low, high and unit;
    an empty high is open above."""
    return interval(rows["low"].min(), rows["high"].fillna(math.inf).max(), rows["unit"].iloc[0], keys(rows, table))


def series(items: Sequence[Item], unit: str, rows: Iterable[tuple[str, str]]) -> Statistic:
    """Return the Statistic of a series; low and high span its items. Raises ValueError for none."""
    if not items:
        raise ValueError("a series needs at least one item")
    low, high = min(item.low for item in items), max(item.high for item in items)
    return Statistic(float(low), float(high), unit, tuple(items), tuple(rows))

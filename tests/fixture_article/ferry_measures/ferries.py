"""How often the ferries of Lake Orrin crossed."""

import pandas as pd
from evidence.measures.statistic import Statistic, interval, point
from evidence.tables import Tables


def _of(tables: Tables, source: str) -> pd.DataFrame:
    """Return one source's verified rows."""
    rows = tables["crossings"]
    return rows[(rows["source_key"] == source) & (rows["verified"] == "yes")]


def crossings(tables: Tables, source: str, end: int) -> Statistic:
    """Return the crossings of one year."""
    row = _of(tables, source).query("year == @end").iloc[0]
    return interval(row["low"], row["high"], "crossings", [("crossings", row["crossing_id"])])


def over_best(tables: Tables, source: str, start: int, end: int) -> Statistic:
    """Return the last year over the best of the years before."""
    rows = _of(tables, source).query("@start < year <= @end")
    last, before = rows[rows["year"] == end], rows[rows["year"] < end]
    return point(last["low"].iloc[0] / before["high"].max(), "ratio", [("crossings", key) for key in rows.index])


def freight(tables: Tables, source: str, end: int) -> Statistic:
    """Return the share of a year's crossings that carried freight."""
    row = _of(tables, source).query("year == @end").iloc[0]
    return point(row["with_freight"] / row["low"], "share", [("crossings", row["crossing_id"])])

"""Measures for the chapter on training: how many studied where, and how fast."""

from __future__ import annotations

import pandas as pd

from ..tables import Tables
from .statistic import Statistic, interval, keys, span


def rows_of(tables: Tables, trained: str, host: str, kind: str, start: int, end: int) -> pd.DataFrame:
    """Return the verified rows of one country, host and kind whose period touches start to end, as
    the table has them: columns low, high (empty where open above), unit, period_start, period_end
    and others. Raises LookupError where there is none.
    """
    rows = tables["training"]
    rows = rows[
        (rows["trained"] == trained) & (rows["host"] == host) & (rows["kind"] == kind) & (rows["verified"] == "yes")
        & (rows["period_start"] <= end) & (rows["period_end"] >= start)
    ]
    if rows.empty:
        raise LookupError(f"no verified {kind} of {trained} in {host}, {start} to {end}")
    return rows


def reported(tables: Tables, trained: str, host: str, kind: str, start: int, end: int) -> Statistic:
    """Return how many persons are reported: the span over every verified report."""
    return span(rows_of(tables, trained, host, kind, start, end), "training")


def rate(tables: Tables, trained: str, host: str, start: int, end: int) -> Statistic:
    """Return the mean number of persons per year that a cumulative report implies for start to end."""
    total = reported(tables, trained, host, "cumulative", start, end)
    years = end - start + 1
    return interval(total.low / years, total.high / years, "persons per year", total.rows)


def up_to(tables: Tables, trained: str, start: int, end: int) -> Statistic:
    """Return what one host can have taken in per year: anything from none to the number sent to
    all countries together, in persons."""
    flow = reported(tables, trained, "all countries", "flow", start, end)
    return interval(0, flow.high, "persons", flow.rows)


def over(tables: Tables, trained: str, host: str, other: str, start: int, end: int) -> Statistic:
    """Return the number studying in one host at one time over all ever trained in another, as
    a ratio. The second counts more years than the first, so the ratio is a low one."""
    one = reported(tables, trained, host, "stock", start, end)
    two = reported(tables, trained, other, "cumulative", start, end)
    return interval(one.low / two.high, one.high / two.low, "ratio", one.rows + two.rows)


def over_largest_other(tables: Tables, trained: str, host: str, start: int, end: int) -> Statistic:
    """Return the number studying in one host over the largest number trained in any other
    single country, as a ratio.

    Most other countries have no figure, so the largest may be any number above the largest
    known: the ratio is open towards zero.
    """
    one = reported(tables, trained, host, "stock", start, end)
    rows = tables["training"]
    known = rows[(rows["trained"] == trained) & (rows["kind"] == "cumulative") & (rows["verified"] == "yes")]
    known = known[~known["host"].isin([host, "all countries"])]
    return interval(0, one.high / known["low"].max(), "ratio", one.rows + keys(known, "training"))


def kinds(tables: Tables) -> Statistic:
    """Return how many of the four kinds of Chinese support have an independent report; at most
    all four."""
    rows = tables["support_kinds"]
    attested = rows[rows["verified"] == "yes"]
    return interval(attested["kind"].nunique(), rows["kind"].nunique(), "kinds", keys(attested, "support_kinds"))

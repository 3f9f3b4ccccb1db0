"""Measures for the chapter on training: how many studied where, and how fast."""

from __future__ import annotations

import math

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


def over(
    tables: Tables, trained: str, host: str, other: str, start: int, end: int, most: float = math.inf,
) -> Statistic:
    """Return the number studying in one host at one time over all ever trained in another, as
    a ratio. The second counts more years than the first, so the ratio is a low one. A second
    number that is open above is read as at most `most`."""
    one = reported(tables, trained, host, "stock", start, end)
    two = reported(tables, trained, other, "cumulative", start, end)
    return interval(one.low / min(two.high, most), one.high / two.low, "ratio", one.rows + two.rows)


def over_known(tables: Tables, trained: str, host: str, most: float, start: int, end: int) -> Statistic:
    """Return the number studying in one host at one time over the largest number known of any other
    single host, as a ratio: all ever trained there, or the places in courses of one year.

    A number that is open above is read as at most `most`. Hosts without a figure are not in it.
    """
    one = reported(tables, trained, host, "stock", start, end)
    rows, places = tables["training"], tables["us_training"]
    rows = rows[(rows["trained"] == trained) & (rows["kind"] == "cumulative") & (rows["verified"] == "yes")]
    rows = rows[~rows["host"].isin([host, "all countries"])]
    places = places[places["fiscal_year"].between(start, end)]
    largest = places["all_places"].max()
    high, low = max(rows["high"].fillna(most).max(), largest), max(rows["low"].max(), largest)
    used = one.rows + keys(rows, "training") + keys(places, "us_training")
    return interval(one.low / high, one.high / low, "ratio", used)


def kinds(tables: Tables) -> Statistic:
    """Return how many of the four kinds of Chinese support have an independent report; at most
    all four."""
    rows = tables["support_kinds"]
    attested = rows[rows["verified"] == "yes"]
    return interval(attested["kind"].nunique(), rows["kind"].nunique(), "kinds", keys(attested, "support_kinds"))

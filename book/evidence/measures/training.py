"""Measures for the chapter on training: how many studied where, and how fast.

The statistics that specifications name come first, then the frames that charts draw.
"""

import math
from collections.abc import Sequence

import pandas as pd

from ..tables import Tables, traced, verified
from .statistic import Statistic, interval, keys, span


def rows_of(tables: Tables, trained: str, host: str, kind: str, start: int, end: int) -> pd.DataFrame:
    """Return the verified rows of one country, host and kind whose period touches start to end, as
    the table has them: columns low, high (empty where open above), unit, period_start, period_end
    and others. Raises LookupError where there is none.
    """
    rows = verified(tables, "training", trained=trained, host=host, kind=kind)
    rows = rows[(rows["period_start"] <= end) & (rows["period_end"] >= start)]
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
    rows, places = verified(tables, "training", trained=trained, kind="cumulative"), tables["us_training"]
    rows = rows[~rows["host"].isin([host, "all countries"])]
    places = places[places["fiscal_year"].between(start, end)]
    largest = places["all_places"].max()
    high, low = max(rows["high"].fillna(most).max(), largest), max(rows["low"].max(), largest)
    used = one.rows + keys(rows, "training") + keys(places, "us_training")
    return interval(one.low / high, one.high / low, "ratio", used)


def kinds(tables: Tables) -> Statistic:
    """Return how many of the four kinds of Chinese support have an independent report; at most
    all four."""
    rows, attested = tables["support_kinds"], verified(tables, "support_kinds")
    return interval(attested["kind"].nunique(), rows["kind"].nunique(), "kinds", keys(attested, "support_kinds"))


@traced
def numbers(tables: Tables, *, reports: Sequence[str]) -> pd.DataFrame:
    """Return some reported numbers by kind, the largest first: columns training_id, host, kind
    (stock: at one time; flow: in a year; cumulative: in all), period_start, period_end, persons,
    open_above (whether more than that was said)."""
    rows = tables["training"].loc[list(reports)]
    frame = rows[["training_id", "host", "kind"]].assign(
        period_start=rows["period_start"].astype(int), period_end=rows["period_end"].astype(int),
        persons=rows["low"], open_above=rows["high"].isna(),
    )
    order = ["stock", "flow", "cumulative"]
    return frame.sort_values(["kind", "persons"], ascending=[True, False], ignore_index=True,
                             key=lambda column: column.map(order.index) if column.name == "kind" else column)


@traced
def american(tables: Tables) -> pd.DataFrame:
    """Return the places for Kazakhs in American courses by fiscal year: columns fiscal_year, all_places,
    imet_places (course places; of all places those in International Military Education and
    Training). A year that the files leave out has a row and no number."""
    rows = tables["us_training"].set_index("fiscal_year")[["all_places", "imet_places"]]
    years = range(int(rows.index.min()), int(rows.index.max()) + 1)
    return rows.reindex(years).rename_axis("fiscal_year").reset_index()


@traced
def yearly(tables: Tables, *, stated: float, start: int, end: int, since: int) -> pd.DataFrame:
    """Return what a year brought, on average or from the lowest to the highest: columns what, low,
    high (persons or course places a year; high is missing where it is open above).

    `stated` persons from start to end is what the article says; `since` begins the window of its
    earlier version and of the American places.
    """
    earlier = rate(tables, "Kazakhstan", "China", since, end)
    places = tables["us_training"]
    places = places.loc[places["fiscal_year"].between(since, end), "all_places"]
    sent = reported(tables, "Kazakhstan", "all countries", "flow", since, end)
    mean = stated / (end - start + 1)
    rows = [
        ("China, as the article has it", mean, mean),
        ("China, as its earlier version has it", earlier.low, earlier.high),
        ("American course places", places.min(), places.max()),
        ("everyone sent abroad", sent.low, sent.high),
    ]
    return pd.DataFrame(rows, columns=["what", "low", "high"]).replace(math.inf, math.nan)

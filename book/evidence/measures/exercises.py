"""Measures for the chapter on exercises: how many, since when, and against what."""

from __future__ import annotations

import pandas as pd

from .. import dates
from ..tables import Tables
from .statistic import Statistic, floor, interval, keys, point, span

ACTIVE = ("took part", "led")
"""Roles that count as taking part; "led" means leaders of services, without units."""


def _units(rows: pd.DataFrame) -> pd.Series:
    """Return which exercises had units of both countries."""
    return (rows["kazakhstan"] == "took part") & (rows["china"] == "took part")


def _both(rows: pd.DataFrame) -> pd.Series:
    """Return which exercises both countries took part in, leaders included."""
    return rows["kazakhstan"].isin(ACTIVE) & rows["china"].isin(ACTIVE)


def _bilateral(rows: pd.DataFrame) -> pd.Series:
    """Return which exercises the two countries held alone."""
    return rows["framework"] == "bilateral KZ-CN"


WHO = {
    "both": _both,
    "units": _units,
    "bilateral": _bilateral,
    "sco": lambda rows: rows["sco"] == "yes",
    "region": lambda rows: rows["with_central_asia"] == "yes",
    "border": lambda rows: _both(rows) & (rows["border"] == "yes"),
    "border-bilateral": lambda rows: _bilateral(rows) & (rows["border"] == "yes"),
    "trafficking": lambda rows: _both(rows) & (rows["threat"] == "trafficking"),
}
"""Which exercises a reading counts."""

NON_MILITARY = {
    "threat": lambda rows: rows["threat"] != "conventional",
    "means": lambda rows: (rows["threat"] != "conventional") & (rows["means"] != "troops with air"),
    "forces": lambda rows: rows["means"].isin(["police", "special services"]),
}
"""What a reading calls non-military: by the stated enemy, by the means, by the forces."""


def in_window(tables: Tables, start: int, end: int) -> pd.DataFrame:
    """Return the verified exercises that began in the years from start to end, as the table has them:
    columns start, framework, kazakhstan, china, with_central_asia, border, threat, means and others."""
    rows = tables["exercises"]
    years = rows["start"].str[:4].astype(int)
    return rows[(rows["verified"] == "yes") & years.between(start, end)]


def count(tables: Tables, who: str, start: int, end: int) -> Statistic:
    """Return the number of named exercises that a reading counts, open above: no inventory of
    exercises is complete. What decides is what was counted or, where nothing was, what was looked through."""
    rows = in_window(tables, start, end)
    counted = rows[WHO[who](rows)]
    return floor(len(counted), "exercises", keys(counted if len(counted) else rows, "exercises"))


def at_most_named(tables: Tables, who: str, start: int, end: int) -> int:
    """Return how many named exercises a reading would count if every state that is not known to
    have taken part had done so, those known by name only included. It is shown and never decides."""
    rows = tables["exercises"]
    rows = rows[rows["start"].str[:4].astype(int).between(start, end)]
    open_to = rows["with_central_asia"] != "no"
    taken = rows.assign(
        kazakhstan=rows["kazakhstan"].mask(open_to & (rows["kazakhstan"] == "unknown"), "took part"),
        china=rows["china"].mask(open_to & (rows["china"] == "unknown"), "took part"),
        with_central_asia=rows["with_central_asia"].replace("unknown", "yes"),
    )
    return int(WHO[who](taken).sum())


def tally(tables: Tables, tally: str) -> Statistic:
    """Return a total that a source states and so closes."""
    return span(tables["exercise_tallies"].loc[[tally]], "exercise_tallies")


def inventory(tables: Tables, start: int, end: int) -> pd.DataFrame:
    """Return the exercises with Kazakhstan of the published inventory that began in the years from start to end."""
    rows = tables["exercise_inventory"]
    return rows[(rows["kazakhstan"] == "yes") & rows["start"].str[:4].astype(int).between(start, end)]


def inventory_ratio(tables: Tables, one: str, other: str, start: int, end: int) -> Statistic:
    """Return Kazakhstan's exercises with one kind of partner over those with another (china, russia,
    united_states, nato) in the published inventory.

    Each count is a floor. One rule made both, so their ratio is closed.
    """
    rows = inventory(tables, start, end)
    rows = rows[(rows[one] == "yes") | (rows[other] == "yes")]
    return point((rows[one] == "yes").sum() / (rows[other] == "yes").sum(), "ratio", keys(rows, "exercise_inventory"))


def inventory_rank(tables: Tables, partner: str, start: int, end: int) -> Statistic:
    """Return a partner's rank among China, Russia and the members of NATO by exercises with Kazakhstan
    in the published inventory."""
    rows = inventory(tables, start, end)
    counts = {kind: int((rows[kind] == "yes").sum()) for kind in ("china", "russia", "nato")}
    place = 1 + sum(number > counts[partner] for number in counts.values())
    return point(place, "rank", keys(rows, "exercise_inventory"))


def first(tables: Tables, which: str) -> Statistic:
    """Return the first day of the earliest exercise: any, multilateral, or with both countries.

    HRIC's chart and the Chinese government name the firsts, so the date is closed. Unit: date.
    """
    rows = tables["exercises"]
    rows = rows[rows["verified"] == "yes"]
    multilateral = rows["framework"] == "SCO multilateral"
    chosen = {"any": WHO["sco"](rows), "multilateral": multilateral, "both": _both(rows)}[which]
    earliest = min(rows.index[chosen], key=lambda key: dates.span(rows.at[key, "start"]))
    return interval(*dates.span(rows.at[earliest, "start"]), "date", keys(rows.loc[[earliest]], "exercises"))


def kinds_of_force(tables: Tables, start: int, end: int) -> Statistic:
    """Return how many kinds of force (troops, police, special services) took part in exercises
    of both countries."""
    rows = in_window(tables, start, end)
    rows = rows[_both(rows)]
    return point(rows["means"].str.replace(" with air", "").nunique(), "kinds", keys(rows, "exercises"))


def share_non_military(tables: Tables, who: str, by: str, start: int, end: int) -> Statistic:
    """Return the share of named exercises that a reading calls non-military.

    Exercises whose participants are not known are left out at one end of the interval and
    counted in at the other. Unit: share. Exercises nobody has named are not in it.
    """
    rows = in_window(tables, start, end)
    sure = WHO[who](rows)
    unknown = (rows["kazakhstan"] == "unknown") | (rows["china"] == "unknown")
    unknown &= ~sure & (rows["with_central_asia"] != "no")
    shares = [NON_MILITARY[by](rows[chosen]).mean() for chosen in (sure, sure | unknown)]
    return interval(min(shares), max(shares), "share", keys(rows[sure | unknown], "exercises"))

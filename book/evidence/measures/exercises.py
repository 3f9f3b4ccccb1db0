"""Measures for the chapter on exercises: how many, since when, and against what.

The statistics that specifications name come first, then the frames that charts draw.
"""

from collections.abc import Sequence

import pandas as pd

from .. import dates
from ..tables import Tables, traced, verified
from .statistic import Statistic, floor, interval, keys, point, span

ACTIVE = ("took part", "led")
"""Roles that count as taking part; "led" means leaders of services, without units."""


def _both(rows: pd.DataFrame) -> pd.Series:
    """Return which exercises both countries took part in, leaders included."""
    return rows["kazakhstan"].isin(ACTIVE) & rows["china"].isin(ACTIVE)


def _bilateral(rows: pd.DataFrame) -> pd.Series:
    return rows["framework"] == "bilateral KZ-CN"


WHO = {
    "both": _both,
    "units": lambda rows: (rows["kazakhstan"] == "took part") & (rows["china"] == "took part"),
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
    rows = verified(tables, "exercises")
    return rows[rows["start"].str[:4].astype(int).between(start, end)]


def count(tables: Tables, who: str, start: int, end: int) -> Statistic:
    """Return the number of named exercises that a reading counts, open above: no inventory of
    exercises is complete. What decides is what was counted or, where nothing was, what was looked through."""
    rows = in_window(tables, start, end)
    counted = rows[WHO[who](rows)]
    return floor(len(counted), "exercises", keys(counted if len(counted) else rows, "exercises"))


def possible(rows: pd.DataFrame, who: str) -> pd.Series:
    """Return which exercises a reading would count if every state that is not known to have taken part had done so."""
    open_to = rows["with_central_asia"] != "no"
    taken = rows.assign(
        kazakhstan=rows["kazakhstan"].mask(open_to & (rows["kazakhstan"] == "unknown"), "took part"),
        china=rows["china"].mask(open_to & (rows["china"] == "unknown"), "took part"),
        with_central_asia=rows["with_central_asia"].replace("unknown", "yes"),
    )
    return WHO[who](taken)


def tally(tables: Tables, tally: str) -> Statistic:
    """Return a total that a source states and so closes."""
    return span(tables["exercise_tallies"].loc[[tally]], "exercise_tallies")


def inventory(tables: Tables, start: int, end: int) -> pd.DataFrame:
    """Return the exercises with Kazakhstan of the published inventory that began in the years from start to end."""
    rows = tables["exercise_inventory"]
    return rows[(rows["kazakhstan"] == "yes") & rows["start"].str[:4].astype(int).between(start, end)]


def inventory_counts(tables: Tables, *kinds: str, start: int, end: int) -> list[int]:
    """Return how many exercises Kazakhstan had with each kind of partner (china, russia, united_states, nato) in the
    published inventory."""
    rows = inventory(tables, start, end)
    return [int((rows[kind] == "yes").sum()) for kind in kinds]


def inventory_ratio(tables: Tables, one: str, other: str, start: int, end: int) -> Statistic:
    """Return Kazakhstan's exercises with one kind of partner over those with another in the published inventory.

    Each count is a floor. One rule made both, so their ratio is closed.
    """
    rows = inventory(tables, start, end)
    rows = rows[(rows[one] == "yes") | (rows[other] == "yes")]
    first, second = inventory_counts(tables, one, other, start=start, end=end)
    return point(first / second, "ratio", keys(rows, "exercise_inventory"))


def inventory_rank(tables: Tables, partner: str, start: int, end: int) -> Statistic:
    """Return a partner's rank among China, Russia and the members of NATO by exercises with Kazakhstan
    in the published inventory."""
    rows = inventory(tables, start, end)
    (own,) = inventory_counts(tables, partner, start=start, end=end)
    place = 1 + sum(number > own
                    for number in inventory_counts(tables, "china", "russia", "nato", start=start, end=end))
    return point(place, "rank", keys(rows, "exercise_inventory"))


def first(tables: Tables, which: str) -> Statistic:
    """Return the first day of the earliest exercise: any, multilateral, or with both countries.

    HRIC's chart and the Chinese government name the firsts, so the date is closed. Unit: date.
    """
    rows = verified(tables, "exercises")
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


CODES = {
    "enemy": ("threat", {"terrorism": "terrorism", "trafficking": "trafficking", "conventional": "conventional"}),
    "forces": (
        "means",
        {
            "police": "police, special services", "special services": "police, special services", "troops": "troops",
            "troops with air": "troops with aircraft",
        },
    ),
}
"""What exercises are coded by: the column, and what charts call its values."""
PARTNERS = {
    "China": lambda rows: rows["china"] == "yes",
    "Russia": lambda rows: (rows["russia"] == "yes") & (rows["china"] != "yes"),
    "NATO members": lambda rows: (rows["nato"] == "yes") & (rows["russia"] != "yes") & (rows["china"] != "yes"),
    "others": lambda rows: (rows[["china", "russia", "nato"]] != "yes").all(axis=1),
}
"""One partner for each exercise of the inventory: China before Russia, Russia before members of NATO."""


@traced
def boxes(tables: Tables, *, stated: int, start: int, end: int) -> pd.DataFrame:
    """Return `stated` boxes, filled with the exercises of the years from start to end: columns box
    (from 1), name, year, state ("both took part", "who took part is not known", "no record").

    Exercises known by name only are among the second. Raises ValueError for more exercises than boxes.
    """
    rows = tables["exercises"]
    rows = rows[rows["start"].str[:4].astype(int).between(start, end)].sort_values("start", kind="stable")
    both = _both(rows) & (rows["verified"] == "yes")
    maybe = possible(rows, "both") & ~both
    found: list[tuple[str, int | None, str]] = []
    for chosen, state in ((both, "both took part"), (maybe, "who took part is not known")):
        found += [(row["name"], int(row["start"][:4]), state) for row in rows[chosen].to_dict("records")]
    if len(found) > stated:
        raise ValueError(f"{len(found)} exercises for {stated} boxes")
    found += [("", None, "no record")] * (stated - len(found))
    frame = pd.DataFrame(found, columns=["name", "year", "state"])
    frame.insert(0, "box", range(1, stated + 1))
    return frame


@traced
def partners(tables: Tables, *, start: int, end: int) -> pd.DataFrame:
    """Return Kazakhstan's exercises in the published inventory by year and partner: columns year and
    one for each of PARTNERS (exercises), a year without any included. Each exercise is counted once, in
    the order of PARTNERS."""
    rows = inventory(tables, start, end)
    years = rows["start"].str[:4].astype(int)
    found = {name: chosen(rows).groupby(years).sum().astype(int) for name, chosen in PARTNERS.items()}
    return pd.DataFrame(found).reindex(range(start, end + 1), fill_value=0).rename_axis("year").reset_index()


@traced
def coding(tables: Tables, *, who: str, periods: Sequence[tuple[int, int]]) -> pd.DataFrame:
    """Return how the named exercises of one reading (of WHO) are coded: columns by ("enemy" or "forces"),
    kind, start, end, exercises. A kind without an exercise has a row and 0."""
    found = []
    for by, (column, names) in CODES.items():
        for kind in dict.fromkeys(names.values()):
            for start, end in periods:
                rows = in_window(tables, start, end)
                coded = rows.loc[WHO[who](rows), column].map(names)
                found.append((by, kind, start, end, int((coded == kind).sum())))
    return pd.DataFrame(found, columns=["by", "kind", "start", "end", "exercises"])


@traced
def troops(tables: Tables) -> pd.DataFrame:
    """Return the troops reported for exercises in which both countries took part, by date: columns
    exercise_id, name, year (with a fraction), low, high (persons: the lowest and the highest total
    reported), open_above (whether one of them is "more than")."""
    rows = tables["exercises"][_both(tables["exercises"])]
    totals = verified(tables, "exercise_troops")
    totals = totals[totals["exercise_id"].isin(rows.index)]
    each = totals.groupby("exercise_id")
    floors = each["high"].agg(lambda column: column.isna().any())
    frame = pd.DataFrame({"low": each["low"].min(), "high": each["low"].max(), "open_above": floors})
    frame.insert(0, "year", rows["start"].map(dates.decimal).reindex(frame.index))
    frame.insert(0, "name", rows["name"].reindex(frame.index))
    return frame.rename_axis("exercise_id").reset_index().sort_values("year", ignore_index=True)

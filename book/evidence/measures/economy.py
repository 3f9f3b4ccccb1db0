"""Measures for the chapter on the economy: ranks of trade, places in growth, oil and gas."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from .. import tables as reading
from ..tables import Tables
from .statistic import Item, Statistic, keys, point, series

EU = "European Union"
FLOWS: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "total": lambda rows: rows["exports"] + rows["imports"],
    "exports": lambda rows: rows["exports"],
    "imports": lambda rows: rows["imports"],
}
"""What a rank is by."""


def partners(tables: Tables, view: str, year: int, flow: str, eu: str = "members", patched: str = "yes") -> pd.Series:
    """Return Kazakhstan's partners of one year, largest first: values in million US$ by partner.

    `eu=one` counts the European Union as one partner in the place of its members (those that
    are not among the largest by themselves cannot change a rank); `patched=no` leaves known
    upstream errors in.
    """
    rows = _counted(tables, view, eu, patched)
    return FLOWS[flow](rows[rows["year"] == year].set_index("partner")).sort_values(ascending=False)


def _counted(tables: Tables, view: str, eu: str, patched: str) -> pd.DataFrame:
    """Return the verified rows of trade as one side or both report it, of the partners that count."""
    rows = tables["trade"] if patched == "yes" else reading.read("trade", tables.folder)
    left_out = MEMBERS if eu == "one" else {EU}
    return rows[(rows["view"] == view) & (rows["verified"] == "yes") & ~rows["partner"].isin(left_out)]


MEMBERS = {
    "Austria", "Belgium", "Bulgaria", "Croatia", "Cyprus", "Czech Republic", "Denmark", "Estonia", "Finland", "France", "Germany", "Greece",
    "Hungary", "Ireland", "Italy", "Latvia", "Lithuania", "Luxembourg", "Malta", "Netherlands", "Poland", "Portugal", "Romania", "Slovakia",
    "Slovenia", "Spain", "Sweden",
}
"""The 27 members whose sum the IMF's row for the European Union is."""


def _rank_in_year(rows: pd.DataFrame, values: pd.Series) -> pd.Series:
    """Return the rank of each row's value among those of its year, 1 for the largest."""
    return values.groupby(rows["year"]).rank(method="min", ascending=False).astype(int)


def _places(rows: pd.DataFrame, places: pd.Series, chosen: pd.Series) -> list[Item]:
    """Return the places of the chosen rows, one item for each year of the rows; raise KeyError
    for a year in which no row is chosen."""
    by_year = dict(zip(rows.loc[chosen, "year"], places[chosen], strict=True))
    return [Item(f"{year:.0f}", by_year[year], by_year[year]) for year in sorted(set(rows["year"]))]


def rank(tables: Tables, view: str, flow: str, start: int, end: int, eu: str = "members", patched: str = "yes") -> Statistic:
    """Return China's rank among Kazakhstan's partners in each year: a series in the unit rank."""
    rows = tables["trade"]
    rows = rows[(rows["view"] == view) & rows["year"].between(start, end)]
    counted = _counted(tables, view, eu, patched)
    counted = counted[counted["year"].between(start, end)]
    items = _places(counted, _rank_in_year(counted, FLOWS[flow](counted)), counted["partner"] == "China")
    return series(items, "rank", keys(rows, "trade"))


def rank_off(tables: Tables, view: str, flow: str, place: int, start: int, end: int) -> Statistic:
    """Return how many places China was away from one rank in each year."""
    found = rank(tables, view, flow, start, end)
    items = [Item(i.label, abs(i.low - place), abs(i.high - place)) for i in found.items]
    return series(items, "places", found.rows)


def rank_of_five(tables: Tables, state: str, flow: str, start: int, end: int) -> Statistic:
    """Return one state's rank among the five in China's trade in each year: by the IMF's figures, then
    by press reports of Chinese customs, for the years in which these give all five."""
    rows = tables["china_trade"]
    rows = rows[rows["year"].between(start, end)]
    press = _five_in_press(tables, flow, start, end)
    items = _places(rows, _rank_in_year(rows, FLOWS[flow](rows)), rows["state"] == state)
    items += _places(press, _rank_in_year(press, press[flow]), press["area"] == state)
    return series(items, "rank", keys(rows, "china_trade") + keys(press, "china_trade_press"))


def _five_in_press(tables: Tables, flow: str, start: int, end: int) -> pd.DataFrame:
    """Return the press reports of Chinese customs on each of the five states, of the years with all five."""
    rows = tables["china_trade_press"]
    states = tables["china_trade"]["state"].unique()
    rows = rows[(rows["reporter"] == "China") & rows["area"].isin(states) & rows["year"].between(start, end) & (rows["verified"] == "yes")]
    rows = rows[rows[flow].notna()]
    return rows[rows.groupby("year")["area"].transform("nunique") == len(states)]


def rank_beside_union(tables: Tables, flow: str, start: int, end: int) -> Statistic:
    """Return China's rank by the figures of the Bureau of National Statistics in each year, with the
    European Union as one partner.

    The Union's exports follow from its share and China's. Its imports are not known after 2020: by
    total trade what it bought is a floor, and a Union below China on it may be above.
    """
    shares = tables["export_shares"].set_index(["partner", "year"])["share"]
    trade = tables["trade"]
    rows = trade[(trade["view"] == "bns") & trade["year"].between(start, end) & ~trade["partner"].isin(MEMBERS)]
    items = []
    for year, held in rows.groupby("year"):
        own = held[held["partner"] == "China"]
        value = FLOWS[flow](own).iloc[0]
        union = own["exports"].iloc[0] * shares[EU, year] / shares["China", year]
        above = int((FLOWS[flow](held) > value).sum()) + int(union > value)
        items.append(Item(f"{year:.0f}", 1 + above, 1 + above + int(flow == "total" and union <= value)))
    used = tables["export_shares"]
    used = used[used["year"].between(start, end) & used["partner"].isin([EU, "China"])]
    return series(items, "rank", keys(rows, "trade") + keys(used, "export_shares"))


def gas_rank(tables: Tables, state: str, year: int) -> Statistic:
    """Return one state's rank among those that piped gas to China in a year."""
    rows = tables["energy"]
    rows = rows[(rows["series"] == "gas to China") & (rows["year"] == year) & (rows["verified"] == "yes")]
    place = list(rows.sort_values("value", ascending=False)["state"]).index(state) + 1
    return point(place, "rank", keys(rows, "energy"))


def growth_place(tables: Tables, economy: str, start: int, end: int) -> Statistic:
    """Return an economy's place in growth in each year, as its rank over the number of
    economies with data: 0.1 or less is the fastest tenth. Unit: share of field."""
    rows = tables["growth"]
    rows = rows[rows["year"].between(start, end)]
    own = rows["economy"] == economy
    places = _rank_in_year(rows, rows["growth"]) / rows.groupby("year")["growth"].transform("size")
    return series(_places(rows, places, own), "share of field", keys(rows[own], "growth"))


def published_growth_place(tables: Tables, economy: str, source: str, start: int, end: int) -> Statistic:
    """Return an economy's place in growth as ranked in a release of the Penn World Table."""
    rows = tables["growth_ranks"]
    rows = rows[(rows["economy"] == economy) & (rows["source_key"] == source) & rows["year"].between(start, end)]
    items = [Item(f"{row.year:.0f}", row.rank / row.ranked, row.rank / row.ranked) for row in rows.itertuples()]
    return series(items, "share of field", keys(rows, "growth_ranks"))


def volume(tables: Tables, series: str, state: str, year: int) -> Statistic:
    """Return one verified value of the energy table, in its own unit."""
    rows = _energy(tables, series, state)
    row = rows[rows["year"] == year]
    return point(row["value"].iloc[0], row["unit"].iloc[0], keys(row, "energy"))


def _energy(tables: Tables, name: str, state: str) -> pd.DataFrame:
    """Return the verified rows of one energy series."""
    rows = tables["energy"]
    return rows[(rows["series"] == name) & (rows["state"] == state) & (rows["verified"] == "yes")]


def change(tables: Tables, series: str, state: str, start: int, end: int) -> Statistic:
    """Return the change of an energy series from one year to another, in per cent.

    Raises LookupError where either year has no verified value.
    """
    rows = _energy(tables, series, state)
    ends = rows[rows["year"].isin([start, end])].sort_values("year")
    if len(ends) != 2:
        raise LookupError(f"{series} of {state}: no verified value for {start} or {end}")
    first, last = ends["value"]
    return point(100 * (last / first - 1), "percent", keys(ends, "energy"))


def surplus(tables: Tables, kind: str, state: str, year: int) -> Statistic:
    """Return what a state produced of oil or gas less what it used, in the series' own unit.

    What is left over stands in for exports where no export table was found. Raises LookupError
    where either figure is missing.
    """
    found = [_energy(tables, f"{kind} {name}", state) for name in ("production", "consumption")]
    ends = [rows[rows["year"] == year] for rows in found]
    if any(len(rows) != 1 for rows in ends):
        raise LookupError(f"{kind} of {state}: no verified production or consumption for {year}")
    left = ends[0]["value"].iloc[0] - ends[1]["value"].iloc[0]
    return point(left, ends[0]["unit"].iloc[0], keys(ends[0], "energy") + keys(ends[1], "energy"))


def surplus_change(tables: Tables, kind: str, state: str, start: int, end: int) -> Statistic:
    """Return the change of that surplus from one year to another, in per cent."""
    first, last = surplus(tables, kind, state, start), surplus(tables, kind, state, end)
    change = 100 * (last.low / first.low - 1)
    return point(change, "percent", first.rows + last.rows)


def consumption_changes(tables: Tables, start: int, end: int) -> Statistic:
    """Return the changes of China's consumption of oil and of gas, in per cent: a series of two."""
    found = {kind: change(tables, f"{kind} consumption", "China", start, end) for kind in ("oil", "gas")}
    return series([Item(kind, s.low, s.high) for kind, s in found.items()], "percent", [row for s in found.values() for row in s.rows])


def _five(tables: Tables, flow: str, year: int) -> tuple[float, tuple[tuple[str, str], ...]]:
    """Return China's trade with the five states in a year, in million US$, and its rows."""
    rows = tables["china_trade"]
    rows = rows[rows["year"] == year]
    return FLOWS[flow](rows).sum(), keys(rows, "china_trade")


def _five_change(tables: Tables, flow: str, start: int, end: int) -> Statistic:
    """Return the change of China's trade with the five states, in per cent."""
    (first, rows), (last, more) = _five(tables, flow, start), _five(tables, flow, end)
    return point(100 * (last / first - 1), "percent", rows + more)


def five_trade_change(tables: Tables, start: int, end: int) -> Statistic:
    """Return the change of China's total trade with the five states, in per cent."""
    return _five_change(tables, "total", start, end)


def five_imports_change(tables: Tables, start: int, end: int) -> Statistic:
    """Return the change of what China buys from the five states, in per cent."""
    return _five_change(tables, "imports", start, end)


def five_change_press(tables: Tables, flow: str, start: int, end: int) -> Statistic:
    """Return the change from an IMF year to a later figure of Chinese customs, in per cent; `flow` is
    total, exports or imports."""
    first, rows = _five(tables, flow, start)
    key = f"FIVE-{end}"
    last = tables["china_trade_press"].at[key, flow]
    return point(100 * (last / first - 1), "percent", (*rows, ("china_trade_press", key)))

"""Measures for the chapter on the economy: ranks of trade, places in growth, oil and gas.

The frames come first; the statistics that specifications name are made from them.
"""

from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from .. import tables as reading
from ..tables import FIVE_STATES, Tables, traced, verified
from .statistic import Item, Rows, Statistic, keys, point, series

EU = "European Union"
"""What partners are called where the members count as one."""
FLOWS: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "total": lambda rows: rows["exports"] + rows["imports"],
    "exports": lambda rows: rows["exports"],
    "imports": lambda rows: rows["imports"],
}
"""What trade is counted by."""

VIEWS = {
    "kazakhstan": ("kazakhstan", "members"),
    "bns": ("bns", "members"),
    "kazakhstan-eu": ("kazakhstan", "one"),
    "partners": ("partners", "members"),
    "cow": ("cow", "members"),
}
"""Whose figures of Kazakhstan's trade: its own as the IMF has them, those of its Bureau of National
Statistics, the IMF's with the European Union as one partner, its partners', Correlates of War; each
as `view` and `eu` of partners()."""


def _rank(values: pd.Series, years: pd.Series) -> pd.Series:
    """Return the rank of each value among those of its year, 1 for the largest."""
    return values.groupby(years).rank(method="min", ascending=False).astype(int)


def _between(rows: pd.DataFrame, start: int, end: int) -> pd.DataFrame:
    """Return the rows of the years from start to end, the year as a whole number."""
    return rows[rows["year"].between(start, end)].astype({"year": int})


@traced
def partners(
    tables: Tables, *, view: str, flow: str, start: int, end: int, eu: str = "members", patched: bool = True,
) -> pd.DataFrame:
    """Return Kazakhstan's partners in each year, the largest first: columns year, partner, value
    (million US$), rank (1 is the largest of the year), by the keys of the table trade.

    `view` is one side or the source that reports, `flow` one of FLOWS, seen from Kazakhstan.
    `eu` counts the European Union as its "members" or as "one" partner (members that are not
    among the largest are not in the table, and cannot change a rank). Without `patched` known
    upstream errors stay in.
    """
    rows = _between(tables["trade"] if patched else reading.read("trade", tables.folder), start, end)
    left_out = {"members": [EU], "one": reading.group("trade", "partner", EU, tables.folder)}[eu]
    rows = rows[(rows["view"] == view) & (rows["verified"] == "yes") & ~rows["partner"].isin(left_out)]
    values = FLOWS[flow](rows)
    found = rows[["year", "partner"]].assign(value=values, rank=_rank(values, rows["year"]))
    return found.sort_values(["year", "value"], ascending=[True, False])


@traced
def ranks(tables: Tables, *, start: int, end: int) -> pd.DataFrame:
    """Return China's rank by total trade and by exports: columns flow, view (one of VIEWS),
    year, rank. A year without a figure has no row."""
    found = []
    for flow in ("total", "exports"):
        for name, (view, eu) in VIEWS.items():
            rows = partners(tables, view=view, flow=flow, start=start, end=end, eu=eu)
            found.append(rows[rows["partner"] == "China"].assign(flow=flow, view=name))
    return pd.concat(found, ignore_index=True)[["flow", "view", "year", "rank"]]


@traced
def lead(
    tables: Tables, *, flow: str, start: int, end: int, views: Sequence[str] = ("kazakhstan", "partners", "cow"),
    rival: str = "",
) -> pd.DataFrame:
    """Return how far China was ahead of a rival, by default of the largest other partner:
    columns flow, view (one of VIEWS), year, rank, rival, lead (per cent of the rival's value)."""
    found = []
    for name in views:
        view, eu = VIEWS[name]
        for year, rows in partners(tables, view=view, flow=flow, start=start, end=end, eu=eu).groupby("year"):
            values, places = rows.set_index("partner")["value"], rows.set_index("partner")["rank"]
            other = rival or values.drop("China").index[0]
            found.append((flow, name, year, places["China"], other, 100 * (values["China"] / values[other] - 1)))
    return pd.DataFrame(found, columns=["flow", "view", "year", "rank", "rival", "lead"])


@traced
def growth_places(tables: Tables, *, economies: Sequence[str], start: int, end: int) -> pd.DataFrame:
    """Return the place of some economies in growth among all with data: columns economy, year,
    rank, ranked (how many have data), place (rank over ranked: 0.1 or less is the fastest
    tenth), by the keys of the table growth."""
    rows = _between(tables["growth"], start, end)
    rank, ranked = _rank(rows["growth"], rows["year"]), rows.groupby("year")["growth"].transform("size")
    found = rows[["economy", "year"]].assign(rank=rank, ranked=ranked, place=rank / ranked)
    return pd.concat([found[found["economy"] == economy] for economy in economies])


@traced
def energy_series(tables: Tables, *, names: Sequence[str], states: Sequence[str]) -> pd.DataFrame:
    """Return series of the energy table for some states: columns series, state, year, value, unit,
    verified, note, in the order of these, values that are not verified included."""
    rows = tables["energy"]
    rows = rows[rows["series"].isin(names) & rows["state"].isin(states)].astype({"year": int})
    columns = ["series", "state", "year", "value", "unit", "verified", "note"]
    return rows[columns].sort_values(["series", "state", "year"]).reset_index(drop=True)


@traced
def five_states(tables: Tables, *, start: int, end: int, flow: str = "total") -> pd.DataFrame:
    """Return China's trade with the five states, on Chinese figures: columns state, year, value
    (million US$), share (of the five, 0 to 1), rank, by the keys of the table china_trade.
    `flow` is one of FLOWS, seen from China."""
    rows = _between(tables["china_trade"], start, end)
    values = FLOWS[flow](rows)
    share = values / values.groupby(rows["year"]).transform("sum")
    return rows[["state", "year"]].assign(value=values, share=share, rank=_rank(values, rows["year"]))


@traced
def largest(tables: Tables, *, start: int, end: int,
            states: Sequence[str] = ("China", "Russia", "Italy")) -> pd.DataFrame:
    """Return Kazakhstan's trade with some of its largest partners and the European Union, on its own figures:
    columns partner, view, year, value (billion US$).

    Single states are counted by the IMF until the series of the Bureau of National Statistics begins,
    and by the Bureau from then on. The European Union as one, Italy included, ends with the IMF's series.
    """
    first = int(tables["trade"].query("view == 'bns'")["year"].min())

    def traded(view: str, names: Sequence[str], start: int, end: int, eu: str = "members") -> pd.DataFrame:
        found = partners(tables, view=view, flow="total", start=start, end=end, eu=eu)
        return found[found["partner"].isin(names)].assign(view=view)

    found = pd.concat([traded("kazakhstan", states, start, first - 1), traded("bns", states, first, end),
                       traded("kazakhstan", [EU], start, end, eu="one")])
    return found.assign(value=found["value"] / 1000)[["partner", "view", "year", "value"]].reset_index(drop=True)


@traced
def five_parts(tables: Tables, *, start: int, end: int) -> pd.DataFrame:
    """Return Kazakhstan's part in China's trade with the five states, on Chinese figures: columns year,
    kazakhstan and others (billion US$), share (of the five, in per cent). Years of the IMF's series first,
    then those for which the press reports a total of Chinese customs for Kazakhstan and for the five."""
    imf = five_states(tables, start=start, end=end).pivot(index="year", columns="state", values="value")
    press = _between(verified(tables, "china_trade_press", reporter="China"), start, end)
    press = press.pivot(index="year", columns="area", values="total")[["Kazakhstan", FIVE_STATES]].dropna()
    found = pd.concat([
        pd.DataFrame({"kazakhstan": imf["Kazakhstan"], "five": imf.sum(axis=1)}),
        pd.DataFrame({"kazakhstan": press["Kazakhstan"], "five": press[FIVE_STATES]}),
    ]) / 1000
    found = found.assign(others=found["five"] - found["kazakhstan"], share=100 * found["kazakhstan"] / found["five"])
    return found[["kazakhstan", "others", "share"]].rename_axis("year").reset_index()


def _items(found: pd.DataFrame, column: str, years: Iterable[int]) -> list[Item]:
    """Return one item for each of some years; raise KeyError for a year without a row."""
    values = found.set_index("year")[column].to_dict()
    return [Item(f"{year:.0f}", values[year], values[year]) for year in sorted(set(years))]


def rank(
    tables: Tables, view: str, flow: str, start: int, end: int, eu: str = "members", patched: bool = True,
) -> Statistic:
    """Return China's rank among Kazakhstan's partners in each year: a series in the unit rank."""
    rows = _between(tables["trade"], start, end)
    found = partners(tables, view=view, flow=flow, start=start, end=end, eu=eu, patched=patched)
    items = _items(found[found["partner"] == "China"], "rank", found["year"])
    return series(items, "rank", keys(rows[rows["view"] == view], "trade"))


def rank_off(tables: Tables, view: str, flow: str, place: int, start: int, end: int) -> Statistic:
    """Return how many places China was away from one rank in each year."""
    found = rank(tables, view, flow, start, end)
    items = [Item(i.label, abs(i.low - place), abs(i.high - place)) for i in found.items]
    return series(items, "places", found.rows)


def rank_of_five(tables: Tables, state: str, flow: str, start: int, end: int) -> Statistic:
    """Return one state's rank among the five in China's trade in each year: by the IMF's figures, then
    by press reports of Chinese customs, for the years in which these give all five."""
    found = five_states(tables, flow=flow, start=start, end=end)
    press = _five_in_press(tables, flow, start, end)
    ranked = press.assign(rank=_rank(press[flow], press["year"])).rename(columns={"area": "state"})
    items = [item for rows in (found, ranked) for item in _items(rows[rows["state"] == state], "rank", rows["year"])]
    return series(items, "rank", keys(found, "china_trade") + keys(press, "china_trade_press"))


def _five_in_press(tables: Tables, flow: str, start: int, end: int) -> pd.DataFrame:
    """Return the press reports of Chinese customs on each of the five states, of the years with all five."""
    rows = _between(verified(tables, "china_trade_press", reporter="China"), start, end)
    states = tables["china_trade"]["state"].unique()
    rows = rows[rows["area"].isin(states) & rows[flow].notna()]
    return rows[rows.groupby("year")["area"].transform("nunique") == len(states)]


def rank_beside_union(tables: Tables, flow: str, start: int, end: int) -> Statistic:
    """Return China's rank by the figures of the Bureau of National Statistics in each year, with the
    European Union as one partner.

    The Union's exports follow from its share and China's. Its imports are not known after 2020: by
    total trade what it bought is a floor, and a Union below China on it may be above.
    """
    shares = _between(tables["export_shares"], start, end)
    shares = shares[shares["partner"].isin([EU, "China"])]
    share = shares.set_index(["partner", "year"])["share"]
    rows = _between(tables["trade"], start, end)
    rows = rows[(rows["view"] == "bns") & ~rows["partner"].isin(reading.group("trade", "partner", EU, tables.folder))]
    items = []
    for year, held in rows.groupby("year"):
        own = held[held["partner"] == "China"]
        value = FLOWS[flow](own).item()
        union = own["exports"].item() * share[EU, year] / share["China", year]
        above = int((FLOWS[flow](held) > value).sum()) + int(union > value)
        items.append(Item(f"{year}", 1 + above, 1 + above + int(flow == "total" and union <= value)))
    return series(items, "rank", keys(rows, "trade") + keys(shares, "export_shares"))


def gas_rank(tables: Tables, state: str, year: int) -> Statistic:
    """Return one state's rank among those that piped gas to China in a year."""
    rows = verified(tables, "energy", series="gas to China", year=year)
    places = _rank(rows["value"], rows["year"])
    return point(places[rows["state"] == state].item(), "rank", keys(rows, "energy"))


def growth_place(tables: Tables, economy: str, start: int, end: int) -> Statistic:
    """Return an economy's place in growth in each year of the table. Unit: share of field."""
    found = growth_places(tables, economies=[economy], start=start, end=end)
    items = _items(found, "place", _between(tables["growth"], start, end)["year"])
    return series(items, "share of field", keys(found, "growth"))


def published_growth_place(tables: Tables, economy: str, source: str, start: int, end: int) -> Statistic:
    """Return an economy's place in growth as ranked in a release of the Penn World Table."""
    rows = _between(tables["growth_ranks"], start, end)
    rows = rows[(rows["economy"] == economy) & (rows["source_key"] == source)]
    items = _items(rows.assign(place=rows["rank"] / rows["ranked"]), "place", rows["year"])
    return series(items, "share of field", keys(rows, "growth_ranks"))


def _energy(tables: Tables, name: str, state: str, *years: int) -> pd.DataFrame:
    """Return the verified rows of an energy series in some years, the earliest first; raise
    LookupError for a year without one."""
    rows = verified(tables, "energy", series=name, state=state)
    if missing := set(years) - set(rows["year"]):
        raise LookupError(f"{name} of {state}: no verified value for {', '.join(map(str, sorted(missing)))}")
    return rows[rows["year"].isin(years)].sort_values("year")


def volume(tables: Tables, series: str, state: str, year: int) -> Statistic:
    """Return one verified value of the energy table, in its own unit. Raises LookupError for none."""
    row = _energy(tables, series, state, year)
    return point(row["value"].item(), row["unit"].item(), keys(row, "energy"))


def change(tables: Tables, series: str, state: str, start: int, end: int) -> Statistic:
    """Return the change of an energy series from one year to another, in per cent. Raises
    LookupError where either year has no verified value."""
    ends = _energy(tables, series, state, start, end)
    first, last = ends["value"]
    return point(100 * (last / first - 1), "percent", keys(ends, "energy"))


def surplus(tables: Tables, kind: str, state: str, year: int) -> Statistic:
    """Return what a state produced of oil or gas less what it used, in the series' own unit.

    What is left over stands in for exports where no export table was found. Raises LookupError
    where either figure is missing.
    """
    made, used = (_energy(tables, f"{kind} {name}", state, year) for name in ("production", "consumption"))
    left = made["value"].item() - used["value"].item()
    return point(left, made["unit"].item(), keys(made, "energy") + keys(used, "energy"))


def surplus_change(tables: Tables, kind: str, state: str, start: int, end: int) -> Statistic:
    """Return the change of that surplus from one year to another, in per cent."""
    first, last = surplus(tables, kind, state, start), surplus(tables, kind, state, end)
    return point(100 * (last.low / first.low - 1), "percent", first.rows + last.rows)


def consumption_changes(tables: Tables, start: int, end: int) -> Statistic:
    """Return the changes of China's consumption of oil and of gas, in per cent: a series of two."""
    found = {kind: change(tables, f"{kind} consumption", "China", start, end) for kind in ("oil", "gas")}
    items = [Item(kind, statistic.low, statistic.high) for kind, statistic in found.items()]
    return series(items, "percent", [row for statistic in found.values() for row in statistic.rows])


def _five(tables: Tables, flow: str, year: int) -> tuple[float, Rows]:
    """Return China's trade with the five states in a year, in million US$, and its rows."""
    found = five_states(tables, flow=flow, start=year, end=year)
    return found["value"].sum(), keys(found, "china_trade")


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
    press = tables["china_trade_press"]
    last = press[(press["area"] == FIVE_STATES) & (press["year"] == end)]
    return point(100 * (last[flow].item() / first - 1), "percent", rows + keys(last, "china_trade_press"))

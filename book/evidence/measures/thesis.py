"""Measures for the thesis: defence ties beside the others, on scales that can be compared."""

import math
from collections.abc import Sequence

import pandas as pd

from ..tables import Tables, traced, verified
from .economy import FLOWS, volume
from .exercises import inventory
from .russia import by_supplier, deliveries, in_use, west
from .statistic import Item, Rows, Statistic, interval, keys, point, series


def trade_share(tables: Tables, partner: str, flow: str, start: int, end: int) -> Statistic:
    """Return a partner's share of Kazakhstan's trade over some years, as Kazakhstan reports it.
    `flow` is total, exports or imports. Raises LookupError for a year without a row of the partner."""
    trade, totals = tables["trade"], tables["trade_totals"]
    own = trade[(trade["view"] == "kazakhstan") & (trade["partner"] == partner) & trade["year"].between(start, end)]
    whole = totals[totals["year"].between(start, end)]
    if missing := set(range(start, end + 1)) - (set(own["year"]) & set(whole["year"])):
        raise LookupError(f"no trade of Kazakhstan with {partner} for {', '.join(map(str, sorted(missing)))}")
    share = FLOWS[flow](own).sum() / FLOWS[flow](whole).sum()
    return point(share, "share", keys(own, "trade") + keys(whole, "trade_totals"))


def arms_share(tables: Tables, suppliers: Sequence[str], start: int, end: int) -> Statistic:
    """Return the share of some suppliers in Kazakhstan's arms imports, by volume (TIV)."""
    rows = deliveries(tables, "Kazakhstan", start, end)
    share = rows.loc[rows["supplier"].isin(suppliers), "tiv"].sum() / rows["tiv"].sum()
    return point(share, "share", keys(rows, "arms"))


def oil_share(tables: Tables, year: int) -> Statistic:
    """Return the oil piped to China over the oil that Kazakhstan produced in a year."""
    sent, produced = (volume(tables, series, "Kazakhstan", year) for series in ("oil to China", "oil production"))
    return point(sent.low / produced.low, "share", sent.rows + produced.rows)


def _over(one: Statistic, other: Statistic) -> Statistic:
    """Return one share over another. Raises ValueError for what is no share."""
    if (one.unit, other.unit) != ("share", "share"):
        raise ValueError(f"{one.unit} over {other.unit}")
    return point(one.low / other.low, "ratio", one.rows + other.rows)


def arms_over_trade(tables: Tables, partner: str, flow: str, start: int, end: int) -> Statistic:
    """Return a partner's share of Kazakhstan's arms imports over its share of its trade."""
    return _over(arms_share(tables, (partner,), start, end), trade_share(tables, partner, flow, start, end))


def arms_over_oil(tables: Tables, partner: str, year: int, start: int, end: int) -> Statistic:
    """Return a partner's share of arms imports over some years over the share of oil piped to China in one."""
    return _over(arms_share(tables, (partner,), start, end), oil_share(tables, year))


def arms_over_west(tables: Tables, supplier: str, start: int, end: int) -> Statistic:
    """Return what a supplier delivered to Kazakhstan over what the West did."""
    rows = deliveries(tables, "Kazakhstan", start, end)
    volumes = by_supplier(rows)
    ratio = volumes.get(supplier, 0.0) / volumes[volumes.index.isin(west(tables))].sum()
    return point(ratio, "ratio", keys(rows, "arms"))


def trained_ratio(tables: Tables, one: str, other: str, most: float = math.inf) -> Statistic:
    """Return the persons of one row of the training table over those of another. A number that is
    open above is read as at most `most`."""
    rows = tables["training"].loc[[one, other]]
    low, high = rows["low"], rows["high"].fillna(most)
    return interval(low[one] / high[other], high[one] / low[other], "ratio", keys(rows, "training"))


def trained_over_places(tables: Tables, one: str, most: float, programme: str, start: int, end: int) -> Statistic:
    """Return the persons of one row of the training table over the places in courses of the United
    States in some fiscal years, of a programme (all_places, imet_places). A number that is open above
    is read as at most `most`. Raises LookupError for a year without a row."""
    rows, places = tables["training"].loc[[one]], tables["us_training"]
    places = places[places["fiscal_year"].between(start, end)]
    if missing := set(range(start, end + 1)) - set(places["fiscal_year"]):
        raise LookupError(f"no course places in the United States for {', '.join(map(str, sorted(missing)))}")
    whole, low, high = places[programme].sum(), rows["low"].item(), rows["high"].fillna(most).item()
    return interval(low / whole, high / whole, "ratio", keys(rows, "training") + keys(places, "us_training"))


def exercises_over_trade(tables: Tables, partner: str, flow: str, start: int, end: int) -> Statistic:
    """Return a partner's share of Kazakhstan's exercises in the published inventory over its share of its trade."""
    rows = inventory(tables, start, end)
    share = point((rows[partner.lower()] == "yes").mean(), "share", keys(rows, "exercise_inventory"))
    return _over(share, trade_share(tables, partner, flow, start, end))


def arms_over_exports(tables: Tables, partner: str, start: int, end: int) -> Statistic:
    """Return a partner's share of Kazakhstan's arms imports over its mean share of Kazakhstan's exports in
    those of the years that have one: after 2020 no total of its trade is in the tables."""
    shares = tables["export_shares"]
    shares = shares[(shares["partner"] == partner) & shares["year"].between(start, end)]
    exports = point(shares["share"].mean() / 100, "share", keys(shares, "export_shares"))
    return _over(arms_share(tables, (partner,), start, end), exports)


def bilateral_trade(tables: Tables, view: str, year: int) -> Statistic:
    """Return the trade of Kazakhstan and China in a year, as "kazakhstan", its Bureau of National
    Statistics ("bns") or "china" counts it. Unit: million US$. Where the IMF's series has ended, press
    reports of the official total stand in. Raises LookupError for a year without a verified figure."""
    if view in ("kazakhstan", "bns"):
        rows, name = tables["trade"], "trade"
        rows = rows[(rows["view"] == view) & (rows["partner"] == "China") & (rows["year"] == year)]
    else:
        rows, name = tables["china_trade"], "china_trade"
        rows = rows[(rows["state"] == "Kazakhstan") & (rows["year"] == year)]
    value = FLOWS["total"](rows).sum()
    if rows.empty:
        name = "china_trade_press"
        rows = verified(tables, name, area="Kazakhstan", reporter=view.capitalize(), year=year)
        value = rows["total"].sum()
    if rows.empty:
        raise LookupError(f"no trade of Kazakhstan and China for {year}, as {view} counts it")
    return point(value, "million US$", keys(rows, name))


def trade_change(tables: Tables, view: str, start: int, end: int, dollars: str = "current") -> Statistic:
    """Return the change of trade between two years, in per cent, in current dollars or in dollars of the
    first year ("constant"), by consumer prices in the United States."""
    first, last = bilateral_trade(tables, view, start), bilateral_trade(tables, view, end)
    prices = tables["us_prices"]
    prices = prices[prices["year"].isin({"current": [], "constant": [start, end]}[dollars])]
    by_year = prices.set_index("year")["index"]
    inflated = by_year[end] / by_year[start] if len(prices) else 1.0
    rows = first.rows + last.rows + keys(prices, "us_prices")
    return point(100 * (last.low / first.low / inflated - 1), "percent", rows)


def _energy_growth(tables: Tables, name: str, start: int, end: int) -> tuple[Item, Rows]:
    """Return the change from the first to the last verified year of an energy series, one year
    past the window at most."""
    rows = verified(tables, "energy", series=f"{name} to China", state="Kazakhstan")
    ends = rows[rows["year"].between(start, end + 1)].sort_values("year").iloc[[0, -1]]
    change = 100 * (ends["value"].iloc[1] / ends["value"].iloc[0] - 1)
    return Item(name, change, change), keys(ends, "energy")


def _exercise_growth(tables: Tables, start: int, end: int) -> tuple[Item, Rows]:
    """Return the change in exercises with China from the first to the second half of the years that window
    and inventory share."""
    rows = inventory(tables, start, end)
    years = rows["start"].str[:4].astype(int)
    rows, years = rows[rows["china"] == "yes"], years[rows["china"] == "yes"]
    middle = (start + min(end, LAST_OF_INVENTORY) + 1) // 2
    change = 100 * ((years >= middle).sum() / (years < middle).sum() - 1)
    return Item("exercises", float(change), float(change)), keys(rows, "exercise_inventory")


LAST_OF_INVENTORY = 2010
"""The year in which the published inventory of exercises ends."""


def growth_of_ties(tables: Tables, ties: str, start: int, end: int, view: str = "kazakhstan") -> Statistic:
    """Return how much each kind of tie grew, in per cent: a series.

    `ties` names trade, oil, gas, exercises. Exercises are those of one inventory, in the two halves
    of the window. Nothing counts diplomatic contacts.
    """
    items: list[Item] = []
    rows: list[tuple[str, str]] = []
    for tie in ties.split():
        if tie == "trade":
            found = trade_change(tables, view, start, end)
            item, found_in = Item(tie, found.low, found.high), found.rows
        elif tie == "exercises":
            item, found_in = _exercise_growth(tables, start, end)
        else:
            item, found_in = _energy_growth(tables, tie, start, end)
        items.append(item)
        rows += found_in
    return series(items, "percent", rows)


WESTERN_BUYERS = ("European Union", "United States")
"""The West as a partner of trade."""
WINDOWS = ((2003, 2007), (2008, 2012), (2013, 2017), (2018, 2022), (2023, 2025))
"""Years over which arms are added up: five at a time, as SIPRI does, and what is left."""


@traced
def trade_and_arms(tables: Tables, *, start: int, end: int, years: Sequence[tuple[int, int]] = WINDOWS) -> pd.DataFrame:
    """Return the shares of China and Russia in Kazakhstan's trade, year by year, and in its arms imports, by
    window of years: columns tie ("trade" or "arms"), country, start, end (years), share (0 to 1)."""
    rows: list[tuple] = []
    for country in ("China", "Russia"):
        rows += [("trade", country, y, y, trade_share(tables, country, "total", y, y).low)
                 for y in range(start, end + 1)]
        rows += [("arms", country, first, last, arms_share(tables, [country], first, last).low)
                 for first, last in years]
    return pd.DataFrame(rows, columns=["tie", "country", "start", "end", "share"])


@traced
def ties(tables: Tables) -> pd.DataFrame:
    """Return shares in each kind of tie of Kazakhstan: columns tie, years, china, russia, west (0 to 1; missing
    where nothing is counted). An exercise may have several partners, so its shares may add up to more than one.

    West: European Union and United States for trade, members of NATO for exercises, suppliers in North America
    and the European Union for arms, the United States for sites.
    """
    rows: list[tuple] = []
    for tie, flow in (("Exports", "exports"), ("All trade", "total"), ("Imports", "imports")):
        china, russia, *western = (trade_share(tables, p, flow, 2012, 2012).low
                                   for p in ("China", "Russia", *WESTERN_BUYERS))
        rows.append((tie, "2012", china, russia, sum(western)))
    rows.append(("Oil, by pipeline", "2009", oil_share(tables, 2009).low, math.nan, math.nan))
    held = inventory(tables, 2003, 2010)
    rows.append(("Exercises", "2003 to 2010", *((held[kind] == "yes").mean() for kind in ("china", "russia", "nato"))))
    arms = [arms_share(tables, suppliers, 2003, 2012).low for suppliers in (("China",), ("Russia",), west(tables))]
    rows.append(("Arms imports", "2003 to 2012", *arms))
    own = in_use(tables).query("host == 'Kazakhstan'")["state"]
    rows.append(("Foreign sites in Kazakhstan", "January 2013",
                 *((own == state).mean() for state in ("China", "Russia", "United States"))))
    return pd.DataFrame(rows, columns=["tie", "years", "china", "russia", "west"])


@traced
def closeness(tables: Tables) -> pd.DataFrame:
    """Return how much China, the West and Russia did with Kazakhstan's forces by three counts: columns count
    ("exercises", "training", "arms"), side, value, unit, floor (whether the number is a minimum).

    Exercises 2003 to 2010, by one inventory; arms 2003 to 2012; training: persons in China 2003 to 2012 as its
    ministry is quoted, course places in the United States in nine of these years, persons in Russia at one time.
    """
    held, volumes = inventory(tables, 2003, 2010), by_supplier(deliveries(tables, "Kazakhstan", 2003, 2012))
    rows: list[tuple] = []
    for kind, side in (("china", "China"), ("nato", "the West"), ("russia", "Russia")):
        rows.append(("exercises", side, float((held[kind] == "yes").sum()), "exercises", False))
    training, places = tables["training"], tables["us_training"]
    rows.append(("training", "China", training.at["KZ-CN-2003", "low"], "persons in ten years", True))
    rows.append(("training", "the West", places.loc[places["fiscal_year"].between(2003, 2012), "all_places"].sum(),
                 "course places in nine years", False))
    rows.append(("training", "Russia", training.at["KZ-RU-2013", "low"], "persons at one time", True))
    for side, suppliers in (("China", ["China"]), ("the West", west(tables)), ("Russia", ["Russia"])):
        rows.append(("arms", side, volumes[volumes.index.isin(suppliers)].sum(), "million TIV", False))
    return pd.DataFrame(rows, columns=["count", "side", "value", "unit", "floor"])


@traced
def trade_and_drills(tables: Tables, *, start: int, end: int) -> pd.DataFrame:
    """Return what China and Kazakhstan did year by year beside what they traded: columns year, trade (billion
    US$), exercises (of the published inventory with both, missing after it ends)."""
    held = inventory(tables, start, end)
    counts = held[held["china"] == "yes"]["start"].str[:4].astype(int).value_counts()
    rows = []
    for year in range(start, end + 1):
        trade = bilateral_trade(tables, "kazakhstan", year).low / 1000
        rows.append((year, trade, float(counts.get(year, 0)) if year <= LAST_OF_INVENTORY else math.nan))
    return pd.DataFrame(rows, columns=["year", "trade", "exercises"])

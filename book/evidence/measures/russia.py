"""Measures for the chapter on Russia: arms, facilities, CSTO forces, dates of agreements."""

from collections.abc import Callable, Sequence
from itertools import product

import pandas as pd

from .. import dates
from ..tables import FIVE_STATES, Tables, group, traced, verified
from .statistic import Item, Statistic, floor, interval, keys, point, series

GROUPS = ("Russia", "China", "Turkiye")
"""Suppliers that are named one by one."""
FIELDS = {"cis-": "organs of the CIS", "air-defence": "air defence", "price-": "prices"}
"""What an agreement is about, by how its subject begins."""


def west(tables: Tables) -> list[str]:
    """Return the suppliers of arms in the European Union or NATO, without Turkiye."""
    return group("arms", "supplier", "West", tables.folder)


def deliveries(tables: Tables, recipient: str, start: int, end: int) -> pd.DataFrame:
    """Return the verified deliveries of major arms from start to end, as the table arms has them:
    columns recipient, supplier, year, tiv (million) and others.

    `recipient` is a state, "all" for the five, or "others" for the five without Kazakhstan.
    """
    rows = verified(tables, "arms")
    rows = rows[rows["year"].between(start, end)]
    if recipient == "others":
        return rows[rows["recipient"] != "Kazakhstan"]
    return rows if recipient == "all" else rows[rows["recipient"] == recipient]


def by_supplier(rows: pd.DataFrame) -> pd.Series:
    """Return the volume delivered by each supplier, largest first, in million TIV."""
    return rows.groupby("supplier")["tiv"].sum().sort_values(ascending=False)


@traced
def arms_by_year(
    tables: Tables, *, start: int, end: int, recipient: str = "Kazakhstan",
    suppliers: Sequence[str] = ("Russia", "China"),
) -> pd.DataFrame:
    """Return arms imports by year, years without any included: columns year, one for each of some
    suppliers, others (all in million TIV)."""
    rows = deliveries(tables, recipient, start, end)
    named = rows["supplier"].where(rows["supplier"].isin(suppliers), "others")
    wide = rows.groupby(["year", named])["tiv"].sum().unstack()
    wide = wide.reindex(index=range(start, end + 1), columns=[*suppliers, "others"]).fillna(0.0)
    return wide.rename_axis(index="year", columns=None).reset_index()


@traced
def suppliers(tables: Tables, *, recipients: Sequence[str], years: Sequence[tuple[int, int]]) -> pd.DataFrame:
    """Return who supplied some recipients (as in `deliveries`) in windows of years: columns
    recipient, start, end, supplier (those of GROUPS, the West or others), tiv (million) and share (0 to 1)."""
    found = []
    for recipient, (start, end) in product(recipients, years):
        rows = deliveries(tables, recipient, start, end)
        named = rows["supplier"].where(~rows["supplier"].isin(west(tables)), "the West")
        named = named.where(named.isin([*GROUPS, "the West"]), "others")
        volumes = rows.groupby(named)["tiv"].sum()
        for supplier in [*GROUPS, "the West", "others"]:
            tiv = volumes.get(supplier, 0.0)
            found.append((recipient, start, end, supplier, tiv, tiv / volumes.sum()))
    return pd.DataFrame(found, columns=["recipient", "start", "end", "supplier", "tiv", "share"])


def on_terms(tables: Tables, *, supplier: str = "Russia") -> pd.DataFrame:
    """Return a supplier's deals with Kazakhstan that SIPRI marks as aid or as payment for debt, in
    order: columns designation, delivered (pieces), first and last (years), tiv (million), terms."""
    rows = tables["arms_deals"]
    rows = rows[(rows["supplier"] == supplier) & (rows["terms"] != "")]
    years = rows["years"].str.split()
    rows = rows.assign(first=years.str[0].astype(int), last=years.str[-1].astype(int))
    return rows.sort_values(["first", "designation"])[["designation", "delivered", "first", "last", "tiv", "terms"]]


def arms_share(tables: Tables, recipient: str, supplier: str, start: int, end: int) -> Statistic:
    """Return a supplier's share of deliveries in a window. Unit: share of TIV."""
    rows = deliveries(tables, recipient, start, end)
    return point(_share(rows, supplier), "share", keys(rows, "arms"))


def _share(rows: pd.DataFrame, supplier: str) -> float:
    """Return a supplier's share of some deliveries, 0 for one that is not among them."""
    return by_supplier(rows).get(supplier, 0.0) / rows["tiv"].sum()


def _by_year(rows: pd.DataFrame, unit: str, value: Callable[[pd.DataFrame], float]) -> Statistic:
    """Return the value of each year's deliveries: a series."""
    values = {year: value(some) for year, some in rows.groupby("year")}
    items = [Item(f"{year:.0f}", found, found) for year, found in values.items()]
    return series(items, unit, keys(rows, "arms"))


def arms_share_by_year(tables: Tables, recipient: str, supplier: str, start: int, end: int) -> Statistic:
    """Return a supplier's share in each year that had deliveries: a series."""
    return _by_year(deliveries(tables, recipient, start, end), "share", lambda rows: _share(rows, supplier))


def arms_rank(tables: Tables, recipient: str, supplier: str, start: int, end: int) -> Statistic:
    """Return a supplier's rank by volume in a window."""
    rows = deliveries(tables, recipient, start, end)
    place = list(by_supplier(rows).index).index(supplier) + 1
    return point(place, "rank", keys(rows, "arms"))


def arms_rank_by_year(tables: Tables, recipient: str, supplier: str, start: int, end: int) -> Statistic:
    """Return a supplier's rank in each year that had deliveries: a series. A supplier with
    none in a year ranks after all that had some."""
    def place(rows: pd.DataFrame) -> int:
        order = list(by_supplier(rows).index)
        return order.index(supplier) + 1 if supplier in order else len(order) + 1

    return _by_year(deliveries(tables, recipient, start, end), "rank", place)


def arms_share_of_two(tables: Tables, recipient: str, one: str, other: str, start: int, end: int) -> Statistic:
    """Return one supplier's part of what two delivered. Unit: share of TIV."""
    rows = deliveries(tables, recipient, start, end)
    rows = rows[rows["supplier"].isin([one, other])]
    return point(_share(rows, one), "share", keys(rows, "arms"))


def arms_share_of_deals(tables: Tables, supplier: str, start: int, end: int) -> Statistic:
    """Return a supplier's share when each deal is spread evenly over its years of delivery."""
    rows = tables["arms_deals"]
    years = rows["years"].str.split()
    inside = years.map(lambda given: sum(start <= int(year) <= end for year in given) / len(given))
    volume = rows["tiv"] * inside
    share = volume[rows["supplier"] == supplier].sum() / volume.sum()
    return point(share, "share", keys(rows, "arms_deals"))


def facilities(tables: Tables) -> pd.DataFrame:
    """Return every foreign military facility, as the table has them: columns state, name, host, group
    (what it counts as), type, in_use_2013, since, lat, lon, precision and others.

    The row that closes the count, on all five states together, is not among them.
    """
    rows = tables["facilities"]
    return rows[rows["host"] != FIVE_STATES]


def in_use(tables: Tables) -> pd.DataFrame:
    """Return the verified rows of facilities that armed forces used in January 2013."""
    return verified(tables, "facilities", in_use_2013="yes")


@traced
def sites(tables: Tables) -> pd.DataFrame:
    """Return the verified facilities in use in January 2013, civil ones included, those with a place
    first: columns facility_id, state, name, host, group (what it counts as), use (military or civil), lat, lon,
    precision."""
    rows = verified(tables, "facilities")
    rows = rows[rows["in_use_2013"].isin(["yes", "civil"])]
    rows = rows.assign(use=rows["in_use_2013"].replace("yes", "military")).sort_values("lat", kind="stable")
    columns = ["facility_id", "state", "name", "host", "group", "use", "lat", "lon", "precision"]
    return rows[columns].reset_index(drop=True)


def facility_count(tables: Tables, state: str, without: str = "", types: str = "") -> Statistic:
    """Return how many facilities a state's forces had, by counting unit: the sites of one base
    as one at the low end, each site singly at the high end.

    `without` leaves out a host; `types` keeps kinds whose name holds a word.
    """
    rows = in_use(tables)
    rows = rows[(rows["state"] == state) & (rows["host"] != without) & rows["type"].str.contains(types, regex=False)]
    return interval(rows["group"].nunique(), len(rows), "facilities", keys(rows, "facilities"))


def facility_share(tables: Tables, state: str) -> Statistic:
    """Return a state's share of the foreign military facilities in use, sites counted singly."""
    rows = in_use(tables)
    share = (rows["state"] == state).mean()
    return point(share, "share", keys(rows, "facilities"))


def facility_share_of_two(tables: Tables, one: str, other: str, host: str) -> Statistic:
    """Return one state's part of the facilities that two states had in a host state."""
    rows = in_use(tables)
    rows = rows[rows["state"].isin([one, other]) & (rows["host"] == host)]
    share = (rows["state"] == one).mean()
    return point(share, "share", keys(rows, "facilities"))


def chinese_facilities(tables: Tables, by: int, host: str = "") -> Statistic:
    """Return how many Chinese facilities there were by the end of a year.

    Before the first was built the count is closed at none, by the source that names the first.
    From then on it is open above, and those that the governments deny do not count below.
    """
    rows = tables["facilities"]
    rows = rows[rows["state"] == "China"]
    closes = rows[rows["host"] == FIVE_STATES]
    if by < closes["since"].item():
        return point(0, "facilities", keys(closes, "facilities"))
    known = rows[(rows["since"] <= by) & rows["host"].str.contains(host, regex=False)]
    acknowledged = int((known["acknowledged"] == "yes").sum())
    return floor(acknowledged, "facilities", keys(known if len(known) else closes, "facilities"))


def personnel(tables: Tables, *, unit: str = "Kazakhstan") -> pd.DataFrame:
    """Return the armed forces of 2012 by two counts: columns country, count, persons, times (persons
    over those of the country that is the `unit`, by the same count)."""
    rows = tables["personnel"][["country", "count", "persons"]]
    base = rows[rows["country"] == unit].set_index("count")["persons"]
    return rows.assign(times=rows["persons"] / rows["count"].map(base))


def _members(tables: Tables, force: str, later: str) -> pd.DataFrame:
    """Return the verified rows of one force: columns member, low, high; a row under the name `later`
    takes the place of its member's."""
    rows = verified(tables, "csto_forces")
    instead = rows[rows["force"] == later]
    return pd.concat([rows[(rows["force"] == force) & ~rows["member"].isin(instead["member"])], instead])


@traced
def contributions(tables: Tables, *, force: str, later: str) -> pd.DataFrame:
    """Return what each member was reported to give to a force, from the lowest to the highest of the
    reports under both names: columns member ("all" for the whole force; Russia and Kazakhstan
    together too), low, high (persons)."""
    rows = verified(tables, "csto_forces")
    found = rows[rows["force"].isin([force, later])].groupby("member").agg(low=("low", "min"), high=("high", "max"))
    found.loc["Russia and Kazakhstan"] = found.loc[["Russia", "Kazakhstan"]].sum()
    return found.sort_values("high", ascending=False).rename_axis("member").reset_index()


def csto_share(tables: Tables, force: str, members: str, later: str = "") -> Statistic:
    """Return the share of some members (space-separated) in a force, an interval.

    A total of "up to 20,000" is a ceiling: the force is at least the sum of the members named.
    """
    rows = _members(tables, force, later)
    named, total = rows[rows["member"] != "all"], rows[rows["member"] == "all"].iloc[0]
    chosen = named[named["member"].isin(members.split())]
    least = max(named["low"].sum(), total["low"])
    low, high = chosen["low"].sum() / total["high"], chosen["high"].sum() / least
    return interval(low, high, "share", keys(rows, "csto_forces"))


def csto_rank(tables: Tables, force: str, member: str, later: str = "") -> Statistic:
    """Return a member's rank among the contributors named with a number; those without one gave
    a battalion each, fewer than any named."""
    rows = _members(tables, force, later)
    named = rows[rows["member"] != "all"].sort_values("low", ascending=False)
    place = list(named["member"]).index(member) + 1
    return point(place, "rank", keys(rows, "csto_forces"))


def spending_ratio(tables: Tables, one: str, other: str, start: int, end: int) -> Statistic:
    """Return one country's military expenditure over another's, the mean of the years given."""
    rows = tables["milex"]
    rows = rows[rows["country"].isin([one, other]) & rows["year"].between(start, end)]
    means = rows.groupby("country")["spending"].mean()
    return point(means[one] / means[other], "ratio", keys(rows, "milex"))


@traced
def agreements(tables: Tables) -> pd.DataFrame:
    """Return the dated steps on prices, air defence and organs of the CIS, the earliest first: columns
    treaty_id, field (one of FIELDS), date (ISO), says."""
    rows = tables["treaties"].sort_values("date")
    field = rows["subject"].map(lambda subject: next(FIELDS[start] for start in FIELDS if subject.startswith(start)))
    return rows.assign(field=field)[["treaty_id", "field", "date", "says"]].reset_index(drop=True)


@traced
def on_prices(tables: Tables) -> pd.DataFrame:
    """Return what officials said of preferential prices, the earliest first: columns date (ISO), says,
    source_key, names_kazakhstan (whether the statement names it)."""
    rows = verified(tables, "reports", subject="preferential-prices").sort_values("date")
    rows = rows.assign(names_kazakhstan=rows["form"] == "names Kazakhstan")
    return rows[["date", "says", "source_key", "names_kazakhstan"]].reset_index(drop=True)


def dated(tables: Tables, subject: str) -> Statistic:
    """Return the day of an event. Unit: date."""
    rows = tables["treaties"]
    row = rows[rows["subject"] == subject]
    return interval(*dates.span(row["date"].iloc[0]), "date", keys(row, "treaties"))


def attested(tables: Tables, subjects: str) -> Statistic:
    """Return how many organs have a record among the treaties, open above: no list is complete."""
    rows = tables["treaties"]
    rows = rows[rows["subject"].isin(subjects.split())]
    return floor(len(rows), "organs", keys(rows, "treaties"))

"""What the tables must agree on among themselves: keys, years, sums, sources, dates, places.

A schema sees one cell. These rules see a row beside its neighbours, its source or a second
source, so that a wrong value is noticed by what it means. What is true of one table is declared
in data/datapackage.json (CONTRIBUTING.md lists the words). Each rule yields faults.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import Any

import pandas as pd

from .. import dates, paths
from ..faults import Fault
from ..measures.economy import EU
from ..measures.reach import geodesic_m
from ..tables import Tables, fault, fields, group, having, names, package, resource, verified
from . import agreement

YEAR = r"\d{4}"
"""What tells the rows of a series apart in their keys, where a table does not say otherwise."""
REGISTERED = (2003, 2012)
"""The years in which the tables arms and arms_deals cover the same deliveries."""
REGISTERS = 1.5
"""By what factor the two may differ on what a supplier delivered in those years."""
SPREAD = 7.0
"""How many percentage points two releases may differ on one year's growth."""
CHECKED = f"no later than {dates.EVIDENCE_CHECKED}, when the evidence was last checked"
"""What is expected of a day on which something happened or was read."""
COPIED, REVISED, COPIED_TO = 1.02, 3.0, 2009
"""By what factor Correlates of War may differ from the IMF, whose figures it takes: to the last year
before the IMF revised them, and after."""


def faults(book: Tables) -> list[Fault]:
    """Return every fault of the tables against each other, or of what is declared of them."""
    return list(misdeclared(book)) or [fault for rule in RULES for fault in rule(book)]


def _listed(values: Iterable[object]) -> str:
    return ", ".join(map(str, values))


def _tables(book: Tables, word: str) -> Iterator[tuple[str, Any]]:
    """Yield each table that is declared to be something, with what is declared."""
    for table in names(book.folder):
        entry = resource(table, book.folder)
        if word in entry or word in entry["schema"]:
            yield table, entry.get(word, entry["schema"].get(word))


def _columns(book: Tables, word: str) -> Iterator[tuple[str, str, Any]]:
    """Yield each table and column that is declared to be something, with what is declared."""
    for table in names(book.folder):
        for column, field in fields(table, book.folder).items():
            if word in field:
                yield table, column, field[word]


def misdeclared(book: Tables) -> Iterator[Fault]:
    """Yield tables of which something is declared about a column that they do not have, or without what it needs."""
    series = dict(_tables(book, "series"))
    named = [(table, "uniqueKeys", columns) for table, unique in _tables(book, "uniqueKeys") for columns in unique]
    named += [(table, "series", declared["by"]) for table, declared in series.items()]
    named += [(table, "always", [*always["each"], always["column"]]) for table, always in _tables(book, "always")]
    named += [(table, "releases", [later["column"], *later["once"]]) for table, later in _tables(book, "releases")]
    named += [(table, "notAbove", [second]) for table, _, second in _columns(book, "notAbove")]
    named += [(table, "everyYear", ["year"]) for table, _ in _tables(book, "everyYear")]
    named += [(table, "largestStep", ["year"]) for table, *_ in _columns(book, "largestStep")]
    named += [(table, "oneSource", ["source_key"]) for table, _ in _tables(book, "oneSource")]
    named += [(table, "happened", ["source_key"]) for table, *_ in _columns(book, "happened")]
    for table, word, columns in named:
        if missing := set(columns) - set(book[table].columns):
            yield Fault("data/datapackage.json", table, word, "columns of the table", _listed(sorted(missing)))
        if word in ("everyYear", "largestStep") and table not in series:
            yield Fault("data/datapackage.json", table, word, "series of the table", "none")
    for word in ("countries", "withinKm") if "places" in names(book.folder) else ():
        if word not in fields("places", book.folder).get("area", {}):
            yield Fault("data/datapackage.json", "places", word, "declared of area", "nothing")


def repeated(book: Tables) -> Iterator[Fault]:
    """Yield rows that say again what another row says, under another key."""
    for table, unique in _tables(book, "uniqueKeys"):
        for columns in unique:
            for key in book[table].index[book[table].duplicated(columns)]:
                found = _listed(book[table].loc[key, columns])
                yield fault(table, key, _listed(columns), "values that no other row has", found)


def _years(column: pd.Series) -> pd.Series:
    """Return the year of each cell, a number or an ISO date; "" where there is none."""
    if pd.api.types.is_numeric_dtype(column):
        return column.map("{:.0f}".format)
    return column.str.extract(rf"({YEAR})", expand=False).fillna("")


def misdated(book: Tables) -> Iterator[Fault]:
    """Yield rows whose key names another year than the row, or begins with another month."""
    for table, column, part in _columns(book, "inKey"):
        cells = book[table][column]
        for key, year in _years(cells).items():
            if year not in key:
                yield fault(table, key, column, "the year that the key names", year)
        for key, day in cells.items() if part == "month" else ():
            if not key.startswith(day[:7]):
                yield fault(table, key, column, "the month that the key names", day)


def misnamed(book: Tables) -> Iterator[Fault]:
    """Yield rows whose key belongs to one series and whose columns to another."""
    for table, declared in _tables(book, "series"):
        rows, columns = book[table], declared["by"]
        stems = rows.index.str.replace(declared.get("apart", YEAR), "", n=1, regex=True)
        kinds = rows.groupby(stems)[columns].nunique()
        for stem in kinds.index[(kinds > 1).any(axis=1)]:
            series = rows[stems == stem]
            usual = series[columns].mode().iloc[0]
            for key in series.index[(series[columns] != usual).any(axis=1)]:
                yield fault(table, key, _listed(columns), _listed(usual), _listed(series.loc[key, columns]))


def released(book: Tables) -> Iterator[Fault]:
    """Yield rows that name another source than the rest of their release, and those of a later
    release on what an earlier one of the same table covers."""
    releases = dict(_tables(book, "releases"))
    for table, _ in _tables(book, "oneSource"):
        named = book[table]["source_key"]
        apart = book[table][releases[table]["column"]] if table in releases else pd.Series("", named.index)
        for _, same in named.groupby(apart):
            usual = same.mode().iloc[0]
            for key in same.index[same != usual]:
                yield fault(table, key, "source_key", usual, same[key])
    for table, later in releases.items():
        yield from _covered(book, table, later["column"], later["once"])


def _covered(book: Tables, table: str, column: str, once: list[str]) -> Iterator[Fault]:
    """Yield rows of a later release, in the order of the column's values, where an earlier has some."""
    known: dict[tuple, str] = {}
    for release in fields(table, book.folder)[column]["constraints"]["enum"]:
        rows = book[table][book[table][column] == release]
        at = list(rows[once].itertuples(index=False, name=None))
        for key, what in zip(rows.index, at, strict=True):
            if what in known:
                found = _listed(f"{part:.0f}" if isinstance(part, float) else part for part in what)
                yield fault(table, key, column, f"{known[what]}, which has {found}", release)
        known |= dict.fromkeys(at, release)


def gaps(book: Tables) -> Iterator[Fault]:
    """Yield series that lack a year which their table covers, and what a year must not lack."""
    series_of = dict(_tables(book, "series"))
    for table, _ in _tables(book, "everyYear"):
        rows = book[table]
        wanted = set(range(int(rows["year"].min()), int(rows["year"].max()) + 1))
        for name, series in rows.groupby(series_of[table]["by"]):
            if missing := wanted - set(series["year"].astype(int)):
                found = f"none for {_listed(sorted(missing))}"
                yield fault(table, series.index[0], "year", f"every year of {_listed(name)}", found)
    for table, always in _tables(book, "always"):
        for shared, held in book[table].groupby(always["each"]):
            where = _listed(f"{value:.0f}" if isinstance(value, float) else value for value in shared)
            for value in always["values"]:
                if value not in set(held[always["column"]]):
                    yield fault(table, held.index[0], always["column"], f"a row of {value} for {where}", "none")


def jumps(book: Tables) -> Iterator[Fault]:
    """Yield values that no neighbour in their series comes near, but for falls that an event explains."""
    falls = {(table, column): told for table, column, told in _columns(book, "falls")}
    series_of = dict(_tables(book, "series"))
    for table, column, limit in _columns(book, "largestStep"):
        for _, series in book[table].groupby(series_of[table]["by"]):
            values = series.sort_values("year")[column].dropna()
            for (_, one), (key, other) in pairwise(values.items()):
                near = one > 0 and other > 0 and 1 / limit <= other / one <= limit
                told = falls.get((table, column), {}).get(key)
                if not near and not (other < one and _happened(book, told, series.at[key, "year"])):
                    wanted = f"a value within {limit:g} times the value before it"
                    yield fault(table, key, column, wanted, f"{other:g} after {one:g}")


def _happened(book: Tables, event: str | None, year: float) -> bool:
    """Return whether a verified event happened in a year or before."""
    return bool((verified(book, "events", event_id=event)["date"].str[:4].astype(int) <= year).any())


def disordered(book: Tables) -> Iterator[Fault]:
    """Yield rows in which what comes first is above what comes second."""
    for table, first, second in _columns(book, "notAbove"):
        rows = book[table]
        given = rows[(rows[first] != "") & (rows[second] != "") & rows[first].notna() & rows[second].notna()]
        for key, one, other in zip(given.index, given[first], given[second], strict=True):
            try:
                above = dates.over_before(other, one) if isinstance(one, str) else one > other
            except (TypeError, ValueError):
                yield fault(table, key, f"{first}, {second}", "two numbers, or two ISO dates", f"{one}, {other}")
                continue
            if above:
                yield fault(table, key, first, f"no more than {second}, {other}", one)


def too_early(book: Tables) -> Iterator[Fault]:
    """Yield rows whose source appeared in a year before what they report, and days after the last check."""
    published = _years(book["sources"]["published"])
    living = {key for *_, keys in _columns(book, "living") for key in keys}
    for table, column, _ in _columns(book, "happened"):
        rows = book[table]
        for key, year in _years(rows[column]).items():
            source = rows.at[key, "source_key"]
            if year and published[source] and int(published[source]) < int(year) and source not in living:
                found = f"{source} of {published[source]}"
                yield fault(table, key, "source_key", f"a source of {year} or later", found)
            told = year if pd.api.types.is_numeric_dtype(rows[column]) else rows.at[key, column]
            if told and dates.span(told)[0] > dates.EVIDENCE_CHECKED.toordinal():
                yield fault(table, key, column, CHECKED, told)


def unread_yet(book: Tables) -> Iterator[Fault]:
    """Yield sources that were read after the day on which the evidence is said to have been checked last."""
    for key, day in book["sources"]["accessed"].items():
        if day > dates.EVIDENCE_CHECKED.isoformat():
            yield fault("sources", key, "accessed", CHECKED, day)


def unused(book: Tables) -> Iterator[Fault]:
    """Yield sources that neither a row names nor a whole file rests on."""
    used = {entry["restsOn"] for entry in package(book.folder)["resources"] if "restsOn" in entry}
    for column in ("source_key", "also"):
        for table, rows in having(book, column):
            if table != "sources":
                used |= {key for cell in rows[column] for key in cell.split()}
    for key in book["sources"].index:
        if key not in used:
            yield fault("sources", key, "source_key", "a row that names this source", "none")


def unread(book: Tables) -> Iterator[Fault]:
    """Yield rows that stand as verified by a source that nobody has read."""
    sources = book["sources"]
    not_read = set(sources.index[sources["extent_read"] == "not read"])
    for table, rows in having(book, "verified"):
        for row in rows[rows["verified"] == "yes"].itertuples():
            for source in not_read & {row.source_key, *row.also.split()}:
                wanted = f"no, or a source that was read in the place of {source}"
                yield fault(table, row.Index, "verified", wanted, "yes")


def unfinished(book: Tables) -> Iterator[Fault]:
    """Yield claims without a specification or a place in the argument, and passages left out that a claim quotes."""
    tested = set(book["specifications"]["claim_id"])
    placed = {*book["argument"]["premise"], *book["argument"]["conclusion"]}
    for claim_id in book["claims"].index:
        if claim_id not in tested:
            yield fault("specifications", claim_id, "claim_id", "a main specification of this claim", "none")
        if claim_id not in placed:
            wanted = "a conclusion that this claim serves, or claims that serve it"
            yield fault("argument", claim_id, "premise", wanted, "none")
    for key, passage in book["not_claims"]["quote"].items():
        for claim_id, quote in book["claims"]["quote"].items():
            if passage in quote or quote in passage:
                yield fault("not_claims", key, "quote", "words that no claim quotes", f"those of {claim_id}")


def sums(book: Tables) -> Iterator[Fault]:
    """Yield parts that are larger than their whole."""
    totals = book["trade_totals"].set_index("year")
    trade = book["trade"]
    put_back = _put_back(book)
    for year, rows in trade[trade["view"] == "kazakhstan"].groupby("year"):
        if year not in totals.index:
            yield fault("trade_totals", f"WORLD-{year:.0f}", "year", "the total of a year with partners", "none")
            continue
        for flow in ("exports", "imports"):
            states = rows.loc[rows["partner"] != EU, flow].sum()
            whole = totals.at[year, flow] + put_back.get((year, flow), 0)
            if not rows[flow].min() >= 0 or states > whole:
                wanted = f"at least the {states:.0f} of the partners held"
                yield fault("trade_totals", f"WORLD-{year:.0f}", flow, wanted, whole)
    yield from _members(book)
    energy = book["energy"].set_index(["series", "state", "year"])["value"]
    for (series, state, year), value in energy.items():
        if series == "oil to China" and value > energy.get(("oil production", state, year), math.inf):
            yield fault("energy", f"{state} {year:.0f}", "value", "no more oil sent than produced", value)


def _put_back(book: Tables) -> dict[tuple[float, str], float]:
    """Return what patches add to Kazakhstan's trade by year and flow: its published totals lack that too."""
    patches, trade = book["patches"], book["trade"]
    added: dict[tuple[float, str], float] = {}
    for patch in patches[patches["table"] == "trade"].itertuples():
        if trade.at[patch.key, "view"] == "kazakhstan":
            at = (trade.at[patch.key, "year"], patch.column)
            added[at] = added.get(at, 0) + float(patch.replace) - float(patch.expect)
    return added


def _members(book: Tables) -> Iterator[Fault]:
    """Yield years in which a member trades more than the European Union, whose sum it is in."""
    members = group("trade", "partner", EU, book.folder)
    for (view, year), rows in book["trade"].groupby(["view", "year"]):
        whole, parts = rows[rows["partner"] == EU], rows[rows["partner"].isin(members)]
        for flow in ("exports", "imports"):
            if len(whole) and parts[flow].sum() > whole[flow].iloc[0]:
                wanted = f"at least the {parts[flow].sum():.0f} of its members, {view} {year:.0f}"
                yield fault("trade", whole.index[0], flow, wanted, whole[flow].iloc[0])


def second_sources(book: Tables) -> Iterator[Fault]:
    """Yield trade that a second table reports otherwise.

    China's own figures stand in two tables. Correlates of War takes the importer's figure of each
    flow from the IMF: to 2009 within two parts in a hundred, and within threefold after revisions.
    """
    trade = book["trade"].set_index(["view", "year", "partner"])
    for row in book["china_trade"].query("state == 'Kazakhstan'").itertuples():
        other = trade.loc[("partners", row.year, "China")] if ("partners", row.year, "China") in trade.index else None
        if other is not None and (row.exports, row.imports) != (other["imports"], other["exports"]):
            wanted = f"{other['imports']}, {other['exports']} as trade has them"
            yield fault("china_trade", row.Index, "exports, imports", wanted, f"{row.exports}, {row.imports}")
    for (_, year, partner), row in trade[trade.index.get_level_values("view") == "cow"].iterrows():
        for flow, importer in (("exports", "partners"), ("imports", "kazakhstan")):
            if (importer, year, partner) in trade.index:
                theirs = trade.at[(importer, year, partner), flow]
                limit = COPIED if year <= COPIED_TO else REVISED
                if not theirs / limit <= row[flow] + 0.5 or not row[flow] - 0.5 <= theirs * limit:
                    wanted = f"about the {theirs:g} of the importer ({importer})"
                    yield fault("trade", row["trade_id"], flow, wanted, row[flow])


def ranks(book: Tables) -> Iterator[Fault]:
    """Yield ranks of growth out of the order of growth, and growth far from the World Bank's."""
    rows, bank = book["growth_ranks"], book["growth"].set_index(["economy", "year"])["growth"]
    for row in rows.itertuples():
        other = bank.get((row.economy, row.year))
        if other is not None and abs(row.growth - other) > SPREAD:
            wanted = f"within {SPREAD:g} points of the World Bank's {other:g}"
            yield fault("growth_ranks", row.Index, "growth", wanted, row.growth)
    for _, same in rows.groupby(["source_key", "year"]):
        for one, other in combinations(same.itertuples(), 2):
            if (one.growth - other.growth) * (one.rank - other.rank) > 0 or one.ranked != other.ranked:
                beside = f"{one.rank:.0f} of {one.ranked:.0f} beside {other.rank:.0f}"
                wanted = f"the order of growth, among {other.ranked:.0f}"
                yield fault("growth_ranks", one.Index, "rank", wanted, beside)


def deals(book: Tables) -> Iterator[Fault]:
    """Yield arms deals delivered before they were ordered, or in years out of order."""
    for row in book["arms_deals"].itertuples():
        years = row.years.split()
        if sorted(set(years)) != years or not all(re.fullmatch(r"(?:19|20)\d\d", year) for year in years):
            yield fault("arms_deals", row.Index, "years", "years in order", row.years)
        elif not row.ordered <= int(years[0]):
            yield fault("arms_deals", row.Index, "ordered", f"no later than {years[0]}", f"{row.ordered:.0f}")


def undelivered(book: Tables) -> Iterator[Fault]:
    """Yield arms that Kazakhstan got by one of two registers and not by the other.

    In the years that both cover they name the same suppliers in the same years. A deal is spread
    evenly over its years, and the releases differ, so only the sums of a supplier are compared.
    """
    rows = book["arms"]
    rows = rows[(rows["recipient"] == "Kazakhstan") & rows["year"].between(*REGISTERED)]
    got = rows.groupby(["supplier", "year"])["tiv"].sum()
    spread = [
        {"supplier": deal.supplier, "year": int(year), "tiv": deal.tiv / len(deal.years.split())}
        for deal in book["arms_deals"].itertuples()
        for year in deal.years.split()
        if REGISTERED[0] <= int(year) <= REGISTERED[1]
    ]
    dealt = pd.DataFrame(spread).groupby(["supplier", "year"])["tiv"].sum()
    for supplier, year in sorted(set(got.index) ^ set(dealt.index)):
        wanted = "a row where a deal of arms_deals was delivered, and only there"
        yield fault("arms", f"{supplier} {year:.0f}", "year", wanted, "one of them alone")
    sums = pd.DataFrame({"got": got.groupby("supplier").sum(), "dealt": dealt.groupby("supplier").sum()}).dropna()
    for supplier, row in sums.iterrows():
        if not 1 / REGISTERS <= row["got"] / row["dealt"] <= REGISTERS:
            wanted = f"about the {row['dealt']:.1f} of arms_deals, {REGISTERED[0]} to {REGISTERED[1]}"
            yield fault("arms", supplier, "tiv", wanted, f"{row['got']:.1f}")


def misplaced(book: Tables) -> Iterator[Fault]:
    """Yield coordinates outside their country's box, and places of one area that lie far apart."""
    boxes, places, declared = _boxes(), book["places"], fields("places", book.folder)["area"]
    countries, within = declared["countries"], declared["withinKm"]
    for key, area in places["area"].items():
        if area not in countries:
            yield fault("places", key, "area", f"one of {_listed(countries)}, whose country is declared", area)
    sites = [("places", key, countries.get(row["area"]), row) for key, row in places.iterrows()]
    sites += [("facilities", key, row["host"], row) for key, row in book["facilities"].iterrows()]
    for table, key, country, row in sites:
        if pd.isna(row["lat"]) != pd.isna(row["lon"]):
            yield fault(table, key, "lat, lon", "both or neither", f"{row['lat']}, {row['lon']}")
        elif country in boxes and not pd.isna(row["lat"]):
            west, east, south, north = boxes[country]
            if not (south <= row["lat"] <= north and west <= row["lon"] <= east):
                yield fault(table, key, "lat, lon", f"a point in {country}", f"{row['lat']}, {row['lon']}")
    for area, near in places.groupby("area"):
        for (key, one), (_, other) in combinations(near.iterrows(), 2):
            if (apart := geodesic_m(one, other) / 1000) > within:
                wanted = f"within {within} km of every place of {area}"
                yield fault("places", key, "lat, lon", wanted, f"{apart:.0f} km from {other['place_id']}")


def _boxes() -> dict[str, tuple[float, float, float, float]]:
    """Return west, east, south and north of each country of the basemap, in degrees."""
    found = {}
    for feature in json.loads((paths.DATA / "basemap_asia_50m.geojson").read_text("utf-8"))["features"]:
        points = list(_points(feature["geometry"]["coordinates"]))
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        found[feature["properties"]["name"]] = (min(lons), max(lons), min(lats), max(lats))
    return found


def _points(nested: list) -> Iterable[list[float]]:
    """Yield the points of nested GeoJSON coordinates."""
    if isinstance(nested[0], (int, float)):
        yield nested
    else:
        for inner in nested:
            yield from _points(inner)


RULES = (
    repeated, misdated, misnamed, released, gaps, jumps, disordered, too_early, unread_yet, unused, unread, unfinished,
    sums, second_sources, ranks, deals, undelivered, misplaced, *agreement.RULES,
)
"""Every rule."""

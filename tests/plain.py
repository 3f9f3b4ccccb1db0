"""The evidence read and counted with nothing but the csv module: what the tests of the numbers
compare the book's own code with."""

import csv
import re
from datetime import date
from functools import cache
from math import asin, cos, inf, isclose, pi, radians, sin, sqrt
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December"]
BOTH, TEN, SINCE = ("took part", "led"), range(2003, 2013), range(2013, 2026)
SPHERE = 5e-3
"""How near a distance must come: a sphere is within half a per cent of the ellipsoid."""


@cache
def rows(name, folder="data", patched=True):
    """Return a table as a list of dictionaries, with the corrections of patches.csv."""
    with (ROOT / folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines))
    for patch in rows("patches", "data", False) if patched else ():
        for row in found if patch["table"] == name else ():
            if next(iter(row.values())) == patch["key"]:
                row[patch["column"]] = patch["replace"]
    return found


def at(name, key, column):
    """Return one cell, found by the first column; a number if it is one."""
    (found,) = [row[column] for row in rows(name) if next(iter(row.values())) == key]
    return float(found) if re.fullmatch(r"-?\d+(\.\d+)?", found) else found


def where(name, **wanted):
    """Return the verified rows that have the values wanted."""
    return [r for r in rows(name) if r.get("verified", "yes") == "yes"
            and all(r[column] == value for column, value in wanted.items())]


def close(one, other, sphere=False):
    """Return whether two numbers are the same; distances on a sphere may be half a per cent off."""
    return isclose(one, other, rel_tol=SPHERE if sphere else 1e-9, abs_tol=1e-12)


def spoil(monkeypatch, table, column, half):
    """Put 0 into a column of every second row of a table, from the first row (0) or the second (1)."""
    read = rows
    spoilt = [dict(r, **{column: "0"}) if at % 2 == half else r for at, r in enumerate(read(table))]
    monkeypatch.setitem(globals(), "rows", lambda name, *more: spoilt if name == table else read(name, *more))


def spoken(text):
    """Return an ISO date or month in words."""
    year, month, *day = text.split("-")
    return " ".join([*(str(int(d)) for d in day), MONTHS[int(month) - 1], year])


# -- claims and verdicts


def judged():
    """Return the expected judgement of each claim in each tense."""
    return {(r["claim_id"], r["tense"]): r for r in rows("verdicts", "tests/expected")}


def verdicts(tense, **wanted):
    """Return the expected verdict of each claim of the ledger that has the values wanted, in one tense."""
    ids = {c["claim_id"] for c in rows("claims") if all(c[column] == value for column, value in wanted.items())}
    return [r["verdict"] for (claim_id, when), r in judged().items() if when == tense and claim_id in ids]


def forecasts():
    """Return the verdicts of the forecasts."""
    return verdicts("since", scope="forecast")


def standing():
    """Return the verdicts of the claims offered for each conclusion of the argument."""
    scope = {c["claim_id"]: c["scope"] for c in rows("claims")}
    found = {}
    for row in rows("argument"):
        if row["relation"] == "supports":
            tense = "since" if scope[row["premise"]] == "forecast" else "writing"
            found.setdefault(row["conclusion"], []).append(judged()[row["premise"], tense]["verdict"])
    return found


def leaning(*words):
    """Return the conclusions that rest on a claim with one of some verdicts."""
    return [conclusion for conclusion, found in standing().items() if set(found) & set(words)]


def bound(spec_id, column):
    """Return a bound of a specification."""
    return at("specifications", spec_id, column)


# -- contacts, training, exercises


def contacts(first, last):
    """Return the known contacts of some years that do not go back to the article."""
    weitz = {r["source_key"] for r in rows("sources") if r["lineage"] == "article"}
    return [r for r in where("contacts") if r["source_key"] not in weitz and first <= int(r["date"][:4]) <= last]


def one_year():
    """Return the year in which all offices may have been held on 5 December."""
    offices = rows("office_holders")
    (year,) = [y for y in range(1995, 2025)
               if all(r["start_low"] <= f"{y}-12-05" <= (r["end_high"] or "9999") for r in offices)]
    return str(year)


def exercises(years=TEN, verified="yes"):
    """Return the exercises of some years."""
    return [r for r in rows("exercises") if r["verified"] in (verified, "yes") and int(r["start"][:4]) in years]


def joint(years=TEN):
    """Return the exercises both countries took part in."""
    return [r for r in exercises(years) if r["kazakhstan"] in BOTH and r["china"] in BOTH]


def mild(found, by):
    """Return the share of non-military exercises among some, by their forces or their threat, in per cent."""
    return 100 * sum(_mild(r, by) for r in found) / len(found)


def american(column, years=TEN):
    """Return the places for Kazakhs in American courses in some fiscal years."""
    return [float(r[column]) for r in rows("us_training") if int(r["fiscal_year"]) in years]


def inventory(partner=None, years=range(2003, 2011)):
    """Return the exercises with Kazakhstan of the published inventory, with one kind of partner or all."""
    found = [r for r in rows("exercise_inventory")
             if "Kazakhstan" in r["participants"].split("; ") and int(r["start"][:4]) in years]
    return [r for r in found if partner is None or r[partner] == "yes"]


# -- trade, growth, energy


@cache
def trade(view="kazakhstan", patched=True):
    """Return exports and imports by (year, partner)."""
    found = [r for r in rows("trade", "data", patched) if r["view"] == view]
    return {(int(r["year"]), r["partner"]): (float(r["exports"]), float(r["imports"])) for r in found}


FLOWS = {"exports": (1, 0), "imports": (0, 1), "total": (1, 1)}


def flow(pair, name):
    """Return exports, imports or both of a pair."""
    return sum(part * weight for part, weight in zip(pair, FLOWS[name], strict=True))


def lead(year, name, other):
    """Return China's lead over another partner, in per cent."""
    return 100 * (flow(trade()[year, "China"], name) / flow(trade()[year, other], name) - 1)


def trade_share(partners, name, years):
    """Return the share of some partners in Kazakhstan's trade, in per cent."""
    part = sum(flow(trade()[year, partner], name) for year in years for partner in partners)
    whole = sum(flow((float(r["exports"]), float(r["imports"])), name)
                for r in rows("trade_totals") if int(r["year"]) in years)
    return 100 * part / whole


def china_trade(year, state="Kazakhstan", name="total"):
    """Return China's trade with one state, or with all five, in a year."""
    chosen = [r for r in where("china_trade", year=str(year)) if state in ("all", r["state"])]
    return sum(flow((float(r["exports"]), float(r["imports"])), name) for r in chosen)


def behind():
    """Return the years since 2013 in which another state sold China more than Kazakhstan did."""
    years = sorted({r["year"] for r in rows("china_trade") if r["year"] >= "2013"})
    return [y for y in years
            if max(where("china_trade", year=y), key=lambda r: float(r["imports"]))["state"] != "Kazakhstan"]


def largest(year, name):
    """Return Kazakhstan's largest partner in a year, by the figures of its Bureau."""
    found = {partner: flow(pair, name) for (y, partner), pair in trade("bns").items() if y == year}
    return max(found, key=found.get)


def energy(name, state, year):
    """Return one value of the energy table."""
    (row,) = where("energy", series=name, state=state, year=str(year))
    return float(row["value"])


def rise(name, state, first, last):
    """Return the change of an energy series, in per cent."""
    return 100 * (energy(name, state, last) / energy(name, state, first) - 1)


def surplus(year):
    """Return the gas that Kazakhstan produced and did not use."""
    return energy("gas production", "Kazakhstan", year) - energy("gas consumption", "Kazakhstan", year)


def press(key):
    """Return a trade total reported by the press."""
    return at("china_trade_press", key, "total")


# -- arms, facilities, forces

WEST = ("United States", "Canada", "Germany", "France", "Spain", "Czechia")


def arms(suppliers, years=TEN, recipient="Kazakhstan"):
    """Return what some suppliers (None: all) delivered to Kazakhstan, to all of the region or to the others there,
    in million TIV."""
    found = _delivered({"recipient": recipient}, years)
    return sum(tiv for supplier, tiv in found.items() if suppliers is None or supplier in suppliers)


def arms_share(suppliers, years=TEN, recipient="Kazakhstan"):
    """Return their share of all that was delivered, in per cent."""
    return 100 * arms(suppliers, years, recipient) / arms(None, years, recipient)


def low_years():
    """Return in how many years of the ten Russia delivered less than half."""
    years = sorted({int(r["year"]) for r in where("arms", recipient="Kazakhstan")} & set(TEN))
    return sum(arms_share(("Russia",), [year]) < 50 for year in years)


def deals_share():
    """Return Russia's share of the deals of ten years, each spread evenly over its deliveries, in per cent."""
    parts = [(r["supplier"], float(r["tiv"]) * sum(int(y) in TEN for y in r["years"].split()) / len(r["years"].split()))
             for r in rows("arms_deals")]
    return 100 * sum(p for s, p in parts if s == "Russia") / sum(p for _, p in parts)


def last_year(terms):
    """Return the last year of Russian deliveries on some terms."""
    return max(year for r in rows("arms_deals") if r["supplier"] == "Russia" and r["terms"] == terms
               for year in r["years"].split())


def on_terms(terms):
    """Return what Russia delivered on some terms, as a list in words."""
    deals = where("arms_deals", supplier="Russia", terms=terms)
    order = sorted(deals, key=lambda row: (row["years"].split()[0], row["designation"]))
    return ", ".join(f"{row['delivered']} {row['designation']}" for row in order)


def russian_sites():
    """Return the sites that Russian forces used in January 2013."""
    return where("facilities", state="Russia", in_use_2013="yes")


def rapid(members):
    """Return the ends of the share of some members in the rapid reaction force, in per cent."""
    return [100 * end for end in _force_share({"force": "CRRF", "later": "CRRF 2010", "members": members})]


# -- distances


def miles(a, b):
    """Return the distance of two places on a sphere, in miles."""
    (la, lo), (lb, lp) = ([radians(at("places", key, column)) for column in ("lat", "lon")] for key in (a, b))
    return 2 * 6371.0088 * asin(sqrt(sin((lb - la) / 2) ** 2 + cos(la) * cos(lb) * sin((lp - lo) / 2) ** 2)) / 1.609344


def all_miles(area):
    """Return the distance of each place in an area from each that may stand for the range."""
    places = {r["place_id"]: r["area"] for r in rows("places")}
    return [miles(a, b) for a in places if places[a] == area for b in places if places[b] == "otar"]


def likely():
    """Return the distance of the likeliest pair."""
    return miles("URC_DIWOPU", "GVARDEISKY")


def mi(words):
    """Return a number with its unit as the book prints it."""
    return f"{words}\N{NO-BREAK SPACE}mi"


# -- every measure of the book, once more: `p` holds the parameters of a reading as text


def _reports(p, first, last):
    """Return the reports on a subject that do not go back to the article."""
    weitz = {r["source_key"] for r in rows("sources") if r["lineage"] == "article"}
    found = [r for r in where("reports", subject=p["subject"])
             if r["source_key"] not in weitz and first <= int(r["date"][:4]) <= last]
    return [r for r in found if r["side"] in (p.get("side", r["side"]), "both")
            and r["form"] == p.get("form", r["form"])]


def _contacts(p, first, last):
    """Return the number of contacts of some years in a setting, on a day."""
    found = [r for r in contacts(first, last) if p.get("setting", "") in r["setting"]
             and r["date"].startswith(p.get("day", ""))]
    return sum("levels" not in p or r["level"] in p["levels"].split("|") for r in found)


def _who(row, who):
    """Return whether a reading counts an exercise."""
    both = row["kazakhstan"] in BOTH and row["china"] in BOTH
    return {
        "both": both,
        "units": row["kazakhstan"] == row["china"] == "took part",
        "bilateral": row["framework"] == "bilateral KZ-CN",
        "sco": row["sco"] == "yes",
        "region": row["with_central_asia"] == "yes",
        "border": both and row["border"] == "yes",
        "border-bilateral": row["framework"] == "bilateral KZ-CN" and row["border"] == "yes",
        "trafficking": both and row["threat"] == "trafficking",
    }[who]


def _mild(row, by):
    """Return whether a reading calls an exercise non-military."""
    if by == "forces":
        return row["means"] in ("police", "special services")
    return row["threat"] != "conventional" and not (by == "means" and row["means"] == "troops with air")


def _shares(p, first, last):
    """Return the share of non-military exercises without and with those of unknown participants."""
    found = exercises(range(first, last + 1))
    sure = [r for r in found if _who(r, p["who"])]
    maybe = [r for r in found if not _who(r, p["who"]) and "unknown" in (r["kazakhstan"], r["china"])
             and r["with_central_asia"] != "no"]
    shares = [sum(_mild(r, p["by"]) for r in chosen) / len(chosen) for chosen in (sure, sure + maybe)]
    return min(shares), max(shares)


def _first(p):
    """Return the first day of the earliest exercise that a reading counts."""
    kinds = {"any": lambda r: True, "multilateral": lambda r: r["framework"] == "SCO multilateral",
             "both": lambda r: _who(r, "both")}
    return _day(min(r["start"] for r in where("exercises") if kinds[p["which"]](r)))


def _day(text):
    """Return an ISO date as its day number, twice."""
    return (date.fromisoformat(text).toordinal(),) * 2


EU = {
    "Austria", "Belgium", "Bulgaria", "Croatia", "Cyprus", "Czech Republic", "Denmark", "Estonia", "Finland", "France",
    "Germany", "Greece", "Hungary", "Ireland", "Italy", "Latvia", "Lithuania", "Luxembourg", "Malta", "Netherlands",
    "Poland", "Portugal", "Romania", "Slovakia", "Slovenia", "Spain", "Sweden",
}


def _rank(p, year):
    """Return China's rank among Kazakhstan's partners in a year."""
    table = trade(p["view"], p.get("patched", "yes") == "yes")
    left_out = EU if p.get("eu") == "one" else {"European Union"}
    value = {partner: flow(pair, p["flow"]) for (y, partner), pair in table.items()
             if y == year and partner not in left_out}
    return 1 + sum(v > value["China"] for v in value.values())


def _years(table, first, last, **wanted):
    """Return the years of a table from first to last."""
    return sorted({int(r["year"]) for r in where(table, **wanted) if first <= int(r["year"]) <= last})


def _rank_of(values, own):
    """Return the rank of one value among several, the largest first."""
    return 1 + sum(value > own for value in values)


def _five(p, first, last):
    """Return a state's rank among the five in China's trade by year, then in the press where all five have a figure."""
    states, found = {r["state"] for r in rows("china_trade")}, []
    for year in range(first, last + 1):
        if where("china_trade", year=str(year)):
            value = {state: china_trade(year, state, p["flow"]) for state in states}
        else:
            value = {r["area"]: float(r[p["flow"]])
                     for r in where("china_trade_press", reporter="China", year=str(year)) if r[p["flow"]]}
        if states <= set(value):
            found.append(_rank_of([value[state] for state in states], value[p["state"]]))
    return found


def _beside_union(p, year):
    """Return the best and the worst rank of China in a year with the European Union as one partner."""
    table = trade("bns")
    own, share = table[year, "China"], {r["partner"]: float(r["share"]) for r in where("export_shares", year=str(year))}
    union = own[0] * share["European Union"] / share["China"]
    others = [flow(pair, p["flow"]) for (y, partner), pair in table.items()
              if y == year and partner not in EU and partner != "China"]
    place = _rank_of([*others, union], flow(own, p["flow"]))
    return place, place + (p["flow"] == "total" and union <= flow(own, "total"))


def _growth(p, year):
    """Return an economy's place in growth as a share of the field."""
    field = {r["economy"]: float(r["growth"]) for r in where("growth", year=str(year))}
    return _rank_of(field.values(), field[p["economy"]]) / len(field)


def _published(p, first, last):
    """Return an economy's place in growth as a release of the Penn World Table ranks it."""
    found = where("growth_ranks", economy=p["economy"], source_key=p["source"])
    return [float(r["rank"]) / float(r["ranked"]) for r in found if first <= int(r["year"]) <= last]


def bilateral(view, year):
    """Return the trade of Kazakhstan and China as one side counts it, from the press where the series has ended."""
    if view in ("kazakhstan", "bns") and (year, "China") in trade(view):
        return flow(trade(view)[year, "China"], "total")
    if view == "china" and where("china_trade", state="Kazakhstan", year=str(year)):
        return china_trade(year)
    (row,) = where("china_trade_press", area="Kazakhstan", reporter=view.capitalize(), year=str(year))
    return float(row["total"])


def change(first, last):
    """Return the change between two values, in per cent."""
    return 100 * (last / first - 1)


def real_change(p, first, last):
    """Return the change of trade with China, in dollars of the first year where the reading asks for them."""
    price = [at("us_prices", f"CPI-{year}", "index") if p.get("dollars") == "constant" else 1 for year in (first, last)]
    return change(bilateral(p["view"], first) / price[0], bilateral(p["view"], last) / price[1])


def linked(first, last):
    """Return Kazakhstan's own count of its trade with China against an earlier year, in per cent, by each way of
    joining its two series: the press, as it stands, and linked in each year of both."""
    imf, own = ({year: flow(pair, "total") for (year, partner), pair in trade(view).items() if partner == "China"}
                for view in ("kazakhstan", "bns"))
    joined = [own[last] * imf[year] / own[year] for year in imf if year in own]
    return sorted(change(imf[first], value) for value in (press(f"KAZ-{last}"), own[last], *joined))


def _tie(p, tie, first, last):
    """Return the growth of one kind of tie."""
    if tie == "trade":
        return change(bilateral(p.get("view", "kazakhstan"), first), bilateral(p.get("view", "kazakhstan"), last))
    if tie == "exercises":
        years = sorted(range(first, min(last, 2010) + 1))
        halves = years[: len(years) // 2], years[len(years) // 2 :]
        return change(*(len(inventory("china", half)) for half in halves))
    years = _years("energy", first, last + 1, series=f"{tie} to China", state="Kazakhstan")
    return rise(f"{tie} to China", "Kazakhstan", years[0], years[-1])


def _delivered(p, years):
    """Return what each supplier delivered to the recipients of a reading in some years."""
    found = {}
    for r in where("arms"):
        own = r["recipient"] == "Kazakhstan"
        if (int(r["year"]) in years
                and {"all": True, "others": not own}.get(p["recipient"], r["recipient"] == p["recipient"])):
            found[r["supplier"]] = found.get(r["supplier"], 0.0) + float(r["tiv"])
    return found


def _part(p, years, of=None):
    """Return a supplier's share of what all, or some, delivered."""
    found = _delivered(p, years)
    return found.get(p["supplier"], 0.0) / sum(v for k, v in found.items() if of is None or k in of)


def _place(p, years):
    """Return a supplier's rank; one that delivered nothing comes after all that did."""
    found = _delivered(p, years)
    return _rank_of(found.values(), found.get(p["supplier"], 0.0))


def _delivery_years(p, first, last):
    """Return the years in which anything was delivered."""
    return [y for y in range(first, last + 1) if _delivered(p, [y])]


def _moved_share(p, first, last):
    """Return the change of a supplier's share from the years that end in 2012, in points."""
    return 100 * (_part(p, range(first, last + 1)) - _part(p, range(2013 - int(p["before"]), 2013)))


def _sites(**wanted):
    """Return the sites that forces used in January 2013."""
    return where("facilities", in_use_2013="yes", **wanted)


def _counted_sites(p):
    """Return the Russian sites that a reading counts: bases as one, and each singly."""
    found = [r for r in _sites(state=p["state"]) if r["host"] != p.get("without") and p.get("types", "") in r["type"]]
    return len({r["group"] for r in found}), len(found)


def _chinese_sites(p):
    """Return how many Chinese sites there were by a year: none before the first, then those acknowledged or more."""
    if int(p["by"]) < at("facilities", "PRC-BEFORE-2013", "since"):
        return 0, 0
    known = [r for r in where("facilities", state="China", acknowledged="yes")
             if int(r["since"]) <= int(p["by"]) and p.get("host", "") in r["host"]]
    return _floor(len(known))


def _force(p):
    """Return the low and high numbers of a force by member, a later number in the place of an earlier."""
    found = where("csto_forces", force=p["force"]) + where("csto_forces", force=p.get("later", ""))
    return {r["member"]: (float(r["low"]), float(r["high"])) for r in found}


def _force_share(p):
    """Return the share of some members in a force, whose total is a ceiling."""
    found = _force(p)
    low, high = found.pop("all")
    mine = [found[member] for member in p["members"].split()]
    return sum(n for n, _ in mine) / high, sum(n for _, n in mine) / max(low, sum(n for n, _ in found.values()))


def _spending(country, years):
    """Return a country's mean military expenditure."""
    found = [float(r["spending"]) for r in where("milex", country=country) if int(r["year"]) in years]
    return sum(found) / len(found)


def _over_trade(p, years):
    """Return a partner's share of arms over its share of trade."""
    return arms_share((p["partner"],), years) / trade_share([p["partner"]], p["flow"], years)


def _ends(found):
    """Return the lowest and the highest number of some rows; an empty one is open."""
    return min(float(r["low"]) for r in found), max(float(r["high"] or "inf") for r in found)


def _trained(p, first, last, kind=None, host=None):
    """Return the lowest and the highest number in the reports on training of some years."""
    found = where("training", trained=p["trained"], host=host or p["host"], kind=kind or p["kind"])
    return _ends([r for r in found if int(r["period_start"]) <= last and int(r["period_end"]) >= first])


def _strike(p):
    """Return what the reports of the strike say of a subject."""
    return _ends([r for r in where("strike_reports", subject=p["subject"])
                  if r["source_key"] == p.get("source", r["source_key"])])


def _over_known(p, first, last):
    """Return those in one host over the largest number known of another, at the least and the most."""
    low, high = _trained(p, first, last, "stock")
    others = [r for r in where("training", trained=p["trained"], kind="cumulative")
              if r["host"] not in (p["host"], "all countries")]
    places = max(float(r["all_places"]) for r in rows("us_training") if first <= int(r["fiscal_year"]) <= last)
    most = max([places, *(float(r["high"] or p["most"]) for r in others)])
    return low / most, high / max([places, *(float(r["low"]) for r in others)])


def _over_trained(p, first, last):
    """Return those in one host over all ever trained in another."""
    low, high = _trained(p, first, last, "stock")
    least, most = _trained(p, first, last, "cumulative", p["other"])
    return low / min(most, float(p.get("most", inf))), high / least


def _over_places(p, first, last):
    """Return persons trained over American course places of some years."""
    places = sum(float(r[p["programme"]]) for r in rows("us_training") if first <= int(r["fiscal_year"]) <= last)
    return at("training", p["one"], "low") / places, float(at("training", p["one"], "high") or p["most"]) / places


def _exercises_over_trade(p, first, last):
    """Return a partner's share of exercises in the inventory over its share of trade."""
    years = range(first, last + 1)
    return (100 * len(inventory(p["partner"].lower(), years)) / len(inventory(None, years))
            / trade_share([p["partner"]], p["flow"], years))


def _arms_over_exports(p, first, last):
    """Return a partner's share of arms over its mean share of exports in the years that have one."""
    shares = [float(r["share"]) for r in where("export_shares", partner=p["partner"])
              if first <= int(r["year"]) <= last]
    return arms_share((p["partner"],), range(first, last + 1)) / (sum(shares) / len(shares))


UNITS = {"mi": 1, "nmi": 1.852 / 1.609344, "km": 1 / 1.609344}
"""Statute miles in each unit of a distance."""


def _distance(p, times=1):
    """Return the shortest and longest distance of a departure and a target, in one of UNITS."""
    kept = [r for r in where("places") if r["source_key"] in p.get("source", r["source_key"]).split()]
    ids = {end: [r["place_id"] for r in kept if p[end] in (r["area"], r["place_id"])]
           for end in ("departures", "targets")}
    found = [miles(a, b) for a in ids["departures"] for b in ids["targets"]]
    area = sum(float(r["low"]) for r in where("strike_reports", subject=p.get("extent")))
    unit, margin = UNITS[p["unit"]], sqrt(area / pi) / 1.609344
    return times * (min(found) - margin) / unit, times * (max(found) + margin) / unit


def _floor(number):
    """Return a count that is open above."""
    return number, inf


def _point(value):
    """Return a value as both of its ends."""
    return value, value


MEASURES = {
    "contacts.count": lambda p, a, b: _floor(_contacts(p, a, b)),
    "contacts.per_year": lambda p, a, b: _floor(_contacts(p, a, b) / (b - a + 1)),
    "contacts.each_setting": lambda p, a, b:
        _floor(min(sum(r["setting"] == s for r in contacts(a, b)) for s in p["settings"].split("|"))),
    "contacts.shared_year": lambda p, a, b: _point(float(one_year())),
    "contacts.reported": lambda p, a, b: _floor(len(_reports(p, a, b))),
    "contacts.report_of_form": lambda p, a, b:
        _point(sum(r["form"] in p["forms"].split("|") for r in _reports(p, a, b))),
    "contacts.report_date": lambda p, a, b: _day(_reports(p, a, b)[0]["date"]),
    "exercises.count": lambda p, a, b: _floor(sum(_who(r, p["who"]) for r in exercises(range(a, b + 1)))),
    "exercises.kinds_of_force": lambda p, a, b:
        _point(len({r["means"].removesuffix(" with air") for r in joint(range(a, b + 1))})),
    "exercises.first": lambda p, a, b: _first(p),
    "exercises.share_non_military": _shares,
    "exercises.tally": lambda p, a, b: (at("exercise_tallies", p["tally"], "low"),
                                        at("exercise_tallies", p["tally"], "high") or inf),
    "exercises.inventory_ratio": lambda p, a, b: _point(
        len(inventory(p["one"], range(a, b + 1))) / len(inventory(p["other"], range(a, b + 1)))
    ),
    "exercises.inventory_rank": lambda p, a, b: _point(
        _rank_of([len(inventory(kind, range(a, b + 1))) for kind in ("china", "russia", "nato")],
                 len(inventory(p["partner"], range(a, b + 1))))
    ),
    "economy.rank": lambda p, a, b: [_rank(p, y) for y in range(a, b + 1) if (y, "China") in trade(p["view"])],
    "economy.rank_off": lambda p, a, b: [abs(_rank(p, y) - int(p["place"])) for y in range(a, b + 1)],
    "economy.rank_of_five": _five,
    "economy.rank_beside_union": lambda p, a, b: [_beside_union(p, y) for y in range(a, b + 1)],
    "economy.gas_rank": lambda p, a, b: _point(
        _rank_of([float(r["value"]) for r in where("energy", series="gas to China", year=p["year"])],
                 energy("gas to China", p["state"], p["year"]))
    ),
    "economy.growth_place": lambda p, a, b: [_growth(p, y) for y in range(a, b + 1)],
    "economy.published_growth_place": _published,
    "economy.change": lambda p, a, b: _point(rise(p["series"], p["state"], a, b)),
    "economy.volume": lambda p, a, b: _point(energy(p["series"], p["state"], p["year"])),
    "economy.surplus_change": lambda p, a, b: _point(change(surplus(a), surplus(b))),
    "economy.consumption_changes": lambda p, a, b: [rise(f"{kind} consumption", "China", a, b)
                                                    for kind in ("oil", "gas")],
    "economy.five_trade_change": lambda p, a, b: _point(change(china_trade(a, "all"), china_trade(b, "all"))),
    "economy.five_imports_change": lambda p, a, b:
        _point(change(china_trade(a, "all", "imports"), china_trade(b, "all", "imports"))),
    "economy.five_change_press": lambda p, a, b:
        _point(change(china_trade(a, "all", p["flow"]), at("china_trade_press", f"FIVE-{b}", p["flow"]))),
    "russia.arms_share": lambda p, a, b: _point(_part(p, range(a, b + 1))),
    "russia.arms_share_by_year": lambda p, a, b: [_part(p, [y]) for y in _delivery_years(p, a, b)],
    "russia.arms_rank": lambda p, a, b: _point(_place(p, range(a, b + 1))),
    "russia.arms_rank_by_year": lambda p, a, b: [_place(p, [y]) for y in _delivery_years(p, a, b)],
    "russia.arms_share_of_two": lambda p, a, b:
        _point(_part(p | {"supplier": p["one"]}, range(a, b + 1), of=(p["one"], p["other"]))),
    "russia.arms_share_of_deals": lambda p, a, b: _point(deals_share() / 100),
    "russia.facility_count": lambda p, a, b: _counted_sites(p),
    "russia.facility_share": lambda p, a, b: _point(sum(r["state"] == p["state"] for r in _sites()) / len(_sites())),
    "russia.facility_share_of_two": lambda p, a, b: _point(
        len(_sites(state=p["one"], host=p["host"]))
        / sum(len(_sites(state=p[s], host=p["host"])) for s in ("one", "other"))
    ),
    "russia.chinese_facilities": lambda p, a, b: _chinese_sites(p),
    "russia.csto_share": lambda p, a, b: _force_share(p),
    "russia.csto_rank": lambda p, a, b:
        _point(_rank_of([n for member, (n, _) in _force(p).items() if member != "all"], _force(p)[p["member"]][0])),
    "russia.spending_ratio": lambda p, a, b:
        _point(_spending(p["one"], range(a, b + 1)) / _spending(p["other"], range(a, b + 1))),
    "russia.dated": lambda p, a, b: _day(where("treaties", subject=p["subject"])[0]["date"]),
    "russia.attested": lambda p, a, b: _floor(sum(r["subject"] in p["subjects"].split() for r in where("treaties"))),
    "reach.reported": lambda p, a, b: _strike(p),
    "reach.naming": lambda p, a, b:
        _floor(sum(p["word"].lower() in r["says"].lower() for r in where("strike_reports", subject=p["subject"]))),
    "reach.one_way": lambda p, a, b: _distance(p),
    "reach.round_trip": lambda p, a, b: _distance(p, times=2),
    "training.reported": lambda p, a, b: _trained(p, a, b),
    "training.rate": lambda p, a, b: tuple(end / (b - a + 1) for end in _trained(p, a, b, "cumulative")),
    "training.up_to": lambda p, a, b: (0, _trained(p, a, b, "flow", "all countries")[1]),
    "training.over": _over_trained,
    "training.over_known": _over_known,
    "training.kinds": lambda p, a, b: (len({r["kind"] for r in where("support_kinds")}),
                                       len({r["kind"] for r in rows("support_kinds")})),
    "thesis.arms_over_trade": lambda p, a, b: _point(_over_trade(p, range(a, b + 1))),
    "thesis.arms_over_oil": lambda p, a, b: _point(
        arms_share((p["partner"],)) / 100
        / (energy("oil to China", "Kazakhstan", p["year"]) / energy("oil production", "Kazakhstan", p["year"]))
    ),
    "thesis.arms_over_west": lambda p, a, b:
        _point(arms((p["supplier"],), range(a, b + 1)) / arms(WEST, range(a, b + 1))),
    "thesis.trained_ratio": lambda p, a, b: (
        at("training", p["one"], "low") / at("training", p["other"], "high"),
        float(at("training", p["one"], "high") or p.get("most", inf)) / at("training", p["other"], "low"),
    ),
    "thesis.trained_over_places": _over_places,
    "thesis.exercises_over_trade": lambda p, a, b: _point(_exercises_over_trade(p, a, b)),
    "thesis.arms_over_exports": lambda p, a, b: _point(_arms_over_exports(p, a, b)),
    "thesis.growth_of_ties": lambda p, a, b: [_tie(p, tie, a, b) for tie in p["ties"].split()],
    "outlook.us_change": lambda p, a, b: _point(
        float(where("us_forces", area=p["area"], year=str(b))[0][p["count"]])
        - float(where("us_forces", area=p["area"], year=str(a))[0][p["count"]])
    ),
    "outlook.linked_trade_change": lambda p, a, b: (linked(a, b)[0], linked(a, b)[-1]),
    "outlook.trade_change": lambda p, a, b: _point(real_change(p, a, b)),
    "outlook.arms_share_change": lambda p, a, b: _point(_moved_share(p, a, b)),
    "outlook.barriers_weaker": lambda p, a, b:
        (int(_moved_share(p | {"recipient": "all", "supplier": "Russia"}, a, b) < 0), 4),
}
"""What each measure gives: both ends, or one value for each member of a series."""


# -- every number of the prose, once more


def russia_2010():
    """Return the corrections of Kazakhstan's trade with Russia in 2010."""
    return [p for p in rows("patches") if p["key"] == "KAZ-2010-RUSSIA"]


def total(view, year, partner):
    """Return Kazakhstan's trade with a partner, in billion dollars."""
    return flow(trade(view)[year, partner], "total") / 1000


def fast(economy, first, last):
    """Return in how many years an economy was among the fastest fifth."""
    return sum(_growth({"economy": economy}, year) <= 0.2 for year in _years("growth", first, last))


def revised(verdict):
    """Return how many claims came to the verdict they have at writing when a reading changed."""
    return len({h["claim_id"] for h in rows("reading_history")
                if (h["tense"], h["cause"], h["to"]) == ("writing", "reading", verdict) and h["from"] != verdict
                and judged()[h["claim_id"], "writing"]["verdict"] == verdict})


def deflated(year):
    """Return what turns dollars of a year into dollars of 2012."""
    return at("us_prices", "CPI-2012", "index") / at("us_prices", f"CPI-{year}", "index")


def halves(supplier):
    """Return how a supplier's share of the region's arms moved between the halves of the ten years, in points."""
    first, second = (arms_share((supplier,), years, "all") for years in (range(2003, 2008), range(2008, 2013)))
    return second - first


def beside_rule():
    """Return for each forecast that could fail whether article and rule of thumb have the direction right."""
    moved = {who: arms_share((who,), range(2013, 2023), "all") - arms_share((who,), TEN, "all")
             for who in ("China", "Russia")}
    lagged = [arms_share(("China",), years) / trade_share(["China"], "total", years) < 1
              for years in (TEN, range(2013, 2021))]
    return {
        "C41": (press("KAZ-2022-CHINA") > china_trade(2012),
                (press("KAZ-2022-CHINA") > china_trade(2012)) == (china_trade(2012) > china_trade(2003))),
        "C47": (lagged[1], lagged[1] == lagged[0]),
        "C08": (moved["China"] > 0, abs(halves("China")) >= 1 or abs(moved["China"]) < 1),
        "C75": (moved["Russia"] < 0, abs(halves("Russia")) >= 1 or abs(moved["Russia"]) < 1),
    }


HOLDS = ("supported", "qualified")


def places(years):
    """Return the American course places of some years."""
    return sum(float(r["all_places"]) for r in where("us_training") if int(r["fiscal_year"]) in years)


def most_read(spec_id):
    """Return as how many at most a reading takes a number that is open above."""
    return float(dict(part.split("=") for part in at("specifications", spec_id, "params").split("; "))["most"])


def confidence():
    """Return the confidence of each claim that is supported at writing."""
    text = (ROOT / "tests" / "expected" / "claims.txt").read_text("utf-8")
    return re.findall(r'at_writing\.verdict: "supported"(?:\n  .*)*?\n  at_writing\.confidence: "(\w+)"', text)


def judged_twice():
    """Return the verdicts at writing and since of each claim that has both."""
    found = judged()
    return [(row["verdict"], found[claim_id, "since"]["verdict"]) for (claim_id, tense), row in found.items()
            if tense == "writing" and (claim_id, "since") in found]


BY_KEYS = {
    # the front page, and the outlook's counts
    "front.claims": lambda: len(rows("claims")),
    "front.written": lambda: sum(c["scope"] != "forecast" for c in rows("claims")),
    "front.supported": lambda: verdicts("writing").count("supported"),
    "front.sure": lambda: confidence().count("high"),
    "front.medium": lambda: confidence().count("medium"),
    "front.unsure": lambda: confidence().count("low"),
    "front.revised": lambda: revised("supported"),
    "front.turned": lambda: revised("contradicted"),
    "front.qualified": lambda: verdicts("writing").count("qualified"),
    "front.contradicted": lambda: verdicts("writing").count("contradicted"),
    "front.unresolved": lambda: verdicts("writing").count("unresolved"),
    "front.untestable": lambda: verdicts("writing").count("untestable"),
    "front.forecasts": lambda: len(forecasts()),
    "front.safe": lambda: forecasts().count("untestable"),
    "front.held forecasts.held": lambda: forecasts().count("supported"),
    "front.partly forecasts.partly": lambda: forecasts().count("qualified"),
    "c03.trade_2012": lambda: trade_share(["China"], "total", [2012]),
    "front.arms c03.arms": lambda: arms_share(("China",)),
    "front.russia c03.russia_arms c56.share": lambda: arms_share(("Russia",)),
    "front.low": lambda: min(all_miles("urumqi")),
    "front.high c73.longest_mi": lambda: max(all_miles("urumqi")),
    "front.stated": lambda: at("claims", "C73", "stated_low"),
    "front.exercises c31.both": lambda: len(joint()),
    "front.with_china c03.with_china c29.china c31.china c62.china": lambda: len(inventory("china")),
    "front.with_nato c29.nato c31.nato": lambda: len(inventory("nato")),
    "front.arms_since since.china_arms": lambda: arms_share(("China",), SINCE),
    "forecasts.all": lambda: sum(c["scope"] == "forecast" for c in rows("claims")),
    "forecasts.safe": lambda: sum(c["could_fail"] == "no" for c in rows("claims")),
    "forecasts.open": lambda: sum(c["could_fail"] == "yes" for c in rows("claims")),
    # thesis
    "front.trade c03.trade": lambda: trade_share(["China"], "total", TEN),
    "c03.trade_2003": lambda: trade_share(["China"], "total", [2003]),
    "c03.russia_2012": lambda: trade_share(["Russia"], "total", [2012]),
    "c03.russia_before": lambda: arms_share(("Russia",), range(2003, 2008)),
    "c03.russia_after": lambda: arms_share(("Russia",), range(2008, 2013)),
    "c03.most_after": lambda: max(arms_share(("China",), years)
                                  for years in (range(2013, 2018), range(2018, 2023), range(2023, 2026))),
    "c03.aid": lambda: sum(float(r["amount"]) for r in rows("aid") if r["amount"]),
    "c03.exercises c31.all": lambda: len(inventory()),
    "c03.exercise_share": lambda: 100 * len(inventory("china")) / len(inventory()),
    "c03.trade_2010": lambda: trade_share(["China"], "total", range(2003, 2011)),
    "c03.west_exports": lambda: trade_share(["European Union", "United States"], "exports", [2012]),
    "c03.west_arms": lambda: arms_share(WEST),
    "c03.russia_exports": lambda: trade_share(["Russia"], "exports", [2012]),
    "c03.conclusions": lambda: len(standing()),
    "c03.leaning": lambda: len(leaning("contradicted")),
    "c03.open": lambda: len(leaning("unresolved", "untestable")),
    "c04.times": lambda: flow(trade()[2012, "China"], "total") / flow(trade()[2003, "China"], "total"),
    "c04.oil": lambda: rise("oil to China", "Kazakhstan", 2009, 2013),
    "c04.first": lambda: len(inventory("china", range(2003, 2007))),
    "c04.second": lambda: len(inventory("china", range(2007, 2011))),
    "c29.places": lambda: places(TEN),
    "c29.most": lambda: most_read("C29.alt-places"),
    "c29.places_ratio": lambda: 100 * most_read("C29.alt-places") / places(range(2007, 2013)),
    "c29.west": lambda: arms(WEST),
    "c29.china_arms": lambda: arms(("China",)),
    # contacts
    "c22.known": lambda: len(contacts(2003, 2012)),
    "c22.rate": lambda: len(contacts(2003, 2012)) / len(TEN),
    "c22.sco": lambda: sum(r["setting"] == "at an SCO defence meeting" for r in contacts(2003, 2012)),
    "c22.sco_rate": lambda: sum(r["setting"] == "at an SCO defence meeting" for r in contacts(2003, 2012)) / len(TEN),
    "c22.after": lambda: len(contacts(2013, 2025)),
    "c22.after_sco": lambda: sum(r["setting"] == "at an SCO defence meeting" for r in contacts(2013, 2025)),
    "c22.years": lambda: len({r["date"][:4] for r in contacts(2003, 2012) if r["level"] == "minister"}),
    "c23.alone": lambda: sum(r["setting"] == "alone" for r in contacts(2003, 2012)),
    "c01.known": lambda: len(contacts(2012, 2012)),
    "c09.year": one_year,
    "c26.known": lambda: sum(r["level"] not in ("minister", "chief of staff") for r in contacts(2003, 2012)),
    "c26.needed": lambda: 1 + sum(r["level"] in ("minister", "chief of staff") for r in contacts(2003, 2012)),
    "c27.after": lambda: sum(r["date"] >= "2014" for r in where("reports", subject="expert-talks")),
    "c10.open": lambda: verdicts("writing", chapter="contacts").count("unresolved"),
    "c10.all": lambda: sum(c["chapter"] == "contacts" for c in rows("claims")),
    "c20.opened": lambda: spoken(at("reports", "OPENING-2010", "date")),
    "c21.thanked": lambda: spoken(at("reports", "ZHASUZAKOV-2010", "date")),
    "c24.day": lambda: spoken(at("reports", "APRIL-2012", "date")),
    "c02.known": lambda: sum("2003" <= r["date"] < "2013" for r in where("reports", subject="more-ties")),
    "c02.after": lambda: sum(r["date"] >= "2013" for r in where("reports", subject="more-ties")),
    "c35.opposed": lambda: len(where("reports", subject="military-sco", form="opposes")),
    "c34.agreed": lambda: spoken(at("reports", "RATS-AGREED", "date")),
    "c34.launched": lambda: spoken(at("reports", "RATS-LAUNCHED", "date")),
    # training
    "c64.stock": lambda: min(float(r["low"])
                             for r in where("training", trained="Kazakhstan", host="Russia", period_start="2013")),
    "c64.stock_2000": lambda: at("training", "KZ-RU-2000", "low"),
    "c64.flow": lambda: at("training", "KZ-ALL-2007", "high"),
    "c30.earlier": lambda: at("training", "KZ-CN-2003", "low"),
    "c30.earlier_rate": lambda: at("training", "KZ-CN-2003", "low") / len(TEN),
    "c30.article_rate": lambda: at("claims", "C30", "stated_low") / len(range(1993, 2013)),
    "c30.kyrgyz": lambda: at("training", "KG-CN-2000", "low"),
    "c54.us": lambda: at("training", "KZ-US-2007", "low"),
    "c54.ratio": lambda: at("training", "KZ-RU-2013", "low") / at("training", "KZ-US-2007", "high"),
    "c54.times": lambda: at("training", "KZ-RU-2013", "low") / max(american("all_places")),
    "c54.most": lambda: max(american("all_places")),
    "c54.places": lambda: sum(american("all_places")),
    "c54.imet": lambda: sum(american("imet_places")),
    "c13.named": lambda: len({r["kind"] for r in rows("support_kinds")}),
    "c13.attested": lambda: len({r["kind"] for r in where("support_kinds")}),
    "c13.aid": lambda: at("aid", "AID-BEFORE-2005", "amount"),
    # exercises
    "c31.russia c62.russia": lambda: len(inventory("russia")),
    "c31.china_russia": lambda: sum(r["russia"] == "yes" for r in inventory("china")),
    "c31.nato_russia": lambda: sum(r["russia"] == "yes" for r in inventory("nato")),
    "c31.missed": lambda: len(inventory("nato")) - len(inventory("china")),
    "c31.alone": lambda: sum(r["framework"] == "bilateral KZ-CN" for r in exercises()),
    "c31.names": lambda: sum(r["verified"] == "no" for r in exercises(verified="no")),
    "c31.paper": lambda: at("exercise_tallies", "WHITE-PAPER-2010-SCO", "low"),
    "c31.minister": lambda: at("exercise_tallies", "LIANG-7", "low"),
    "c31.agency": lambda: at("exercise_tallies", "XINHUA-9", "low"),
    "c31.world": lambda: at("exercise_tallies", "TEN-YEARS-2012", "low"),
    "c31.world_share": lambda:
        100 * at("claims", "C31", "stated_low") / at("exercise_tallies", "TEN-YEARS-2012", "low"),
    "c18.first": lambda: spoken(min(r["start"] for r in where("exercises", framework="SCO multilateral"))),
    "c18.earlier": lambda: spoken(min(r["start"] for r in where("exercises"))[:7]),
    "c19.after": lambda: len(joint(range(2013, 2026))),
    "c15.border": lambda: sum(r["border"] == "yes" for r in joint()),
    "c15.after": lambda: sum(r["border"] == "yes" for r in joint(range(2013, 2026))),
    "c32.enemy": lambda: mild(joint(), "threat"),
    "c32.forces": lambda: mild(joint(), "forces"),
    "c33.enemy": lambda: mild([r for r in exercises() if r["sco"] == "yes"], "threat"),
    "c33.forces": lambda: mild([r for r in exercises() if r["sco"] == "yes"], "forces"),
    # economy
    "c39.lead_2012": lambda: lead(2012, "total", "Russia"),
    "c39.trade_2003": lambda: total("kazakhstan", 2003, "China"),
    "c39.trade_2012": lambda: total("kazakhstan", 2012, "China"),
    "c39.union": lambda: total("kazakhstan", 2012, "European Union"),
    "c39.both": lambda: total("kazakhstan", 2012, "China") + total("kazakhstan", 2012, "Russia"),
    "c39.low": lambda: total("bns", 2016, "China"),
    "c40.lead_2010": lambda: lead(2010, "exports", "Italy"),
    "c40.missing": lambda:
        100 * (1 - sum(float(p["expect"]) for p in russia_2010()) / sum(float(p["replace"]) for p in russia_2010())),
    "c40.booked": lambda: trade()[2012, "Italy"][0] / 1000,
    "c40.arrived": lambda: trade("partners")[2012, "Italy"][0] / 1000,
    "c40.not_first": lambda: sum(largest(year, "exports") != "China" for year in SINCE),
    "c40.years": lambda: len({year for year, _ in trade("bns")}),
    "c38.share_2003 c38.share_first": lambda: 100 * china_trade(2003) / china_trade(2003, "all"),
    "c38.share_2012": lambda: 100 * china_trade(2012) / china_trade(2012, "all"),
    "c38.turkmen_2003": lambda: 100 * china_trade(2003, "Turkmenistan") / china_trade(2003, "all"),
    "c38.turkmen_2012": lambda: 100 * china_trade(2012, "Turkmenistan") / china_trade(2012, "all"),
    "c38.behind_from": lambda: behind()[0],
    "c38.behind_to": lambda: behind()[-1],
    "c42.field": lambda: 100 * bound("C42.main", "high"),
    "c42.quorum": lambda: 100 * bound("C42.main", "quorum"),
    "c42.years": lambda: fast("Kazakhstan", 2003, 2012),
    "c42.recent": lambda: fast("Kazakhstan", 2008, 2012),
    "c42.since": lambda: fast("Kazakhstan", 2013, 2025),
    "c42.of": lambda: len({r["year"] for r in rows("growth") if r["year"] >= "2013"}),
    "c43.years": lambda: fast("China", 2003, 2012),
    "c43.since": lambda: fast("China", 2013, 2025),
    "c44.oil": lambda: rise("oil consumption", "China", 2003, 2012),
    "c44.gas": lambda: rise("gas consumption", "China", 2003, 2012),
    "c45.output": lambda: rise("oil production", "Kazakhstan", 2003, 2012),
    "c45.part": lambda: 100 * energy("oil to China", "Kazakhstan", 2013) / energy("oil production", "Kazakhstan", 2013),
    "c45.split": lambda:
        100 * energy("oil to China", "Kazakhstan", 2024) / energy("oil production", "Kazakhstan", 2024),
    "c45.all_less": lambda: -rise("oil to China, all routes", "Kazakhstan", 2013, 2023),
    "c46.surplus": lambda: 100 * (surplus(2012) / surplus(2003) - 1),
    "c46.exports": lambda: energy("gas exports", "Kazakhstan", 2014),
    "c46.left": lambda: surplus(2014),
    "c46.left_2024": lambda: surplus(2024),
    "c46.gas_2013": lambda: energy("gas to China", "Kazakhstan", 2013),
    "c46.gas_2024": lambda: energy("gas to China", "Kazakhstan", 2024),
    "c46.bound": lambda: at("energy", "KAZ-GAS-BOUND-2013", "value"),
    "c36.change": lambda: 100 * (china_trade(2012, "all") / china_trade(2003, "all") - 1),
    "c36.fall": lambda: 100 * (1 - china_trade(2020, "all") / china_trade(2013, "all")),
    "c36.later": lambda: 100 * (press("FIVE-2025") / china_trade(2013, "all") - 1),
    # russia
    "c56.low_years": low_years,
    "c56.deals": deals_share,
    "c56.after since.russia_arms": lambda: arms_share(("Russia",), SINCE),
    "c56.china": lambda: arms(("China",), range(2003, 2026)),
    "c56.empty_before": lambda: str(max(y for y in range(2003, 2025) if not arms(("Russia",), [y]))),
    "c49.share c75.before": lambda: arms_share(("Russia",), TEN, "all"),
    "c49.after": lambda: arms_share(("Russia",), SINCE, "all"),
    "c49.kazakh": lambda: 100 * arms(("Russia",), SINCE) / arms(("Russia",), SINCE, "all"),
    "c49.sites": lambda: 100 * len(russian_sites()) / len(where("facilities", in_use_2013="yes")),
    "c59.before since.four_russia_before": lambda: arms_share(("Russia",), TEN, "others"),
    "c59.after since.four_russia_after": lambda: arms_share(("Russia",), SINCE, "others"),
    "c59.tajik": lambda:
        100 * at("arms", "TJK-2025-CHINA", "tiv")
        / sum(float(r["tiv"]) for r in where("arms", recipient="Tajikistan", supplier="China")),
    "c62.trained": lambda: at("training", "KZ-RU-2013", "low"),
    "c57.debts_to": lambda: last_year("payment for debt"),
    "c57.debts": lambda: on_terms("payment for debt"),
    "c57.aid_in": lambda: last_year("aid"),
    "c57.aid": lambda: on_terms("aid"),
    "c53.unread": lambda: " and ".join(f"{r['name']} in {r['host']}"
                                       for r in rows("facilities") if r["state"] == "Russia" and r["verified"] == "no"),
    "c67.days": lambda: (date.fromisoformat(at("treaties", "AD-SIGNED", "date")) - date(2013, 1, 15)).days,
    "c53.low": lambda: len({r["group"] for r in russian_sites() if r["in_use_2013"] == "yes"}),
    "c53.high": lambda: len(russian_sites()),
    "c53.several": lambda: bound("C53.main", "low"),
    "c53.garrisons": lambda: sum(r["group"] == "201" for r in rows("facilities")),
    "c53.kyrgyz": lambda: sum(r["group"] == "kyrgyz" for r in rows("facilities")),
    "c65.both_low": lambda: rapid("Russia Kazakhstan")[0],
    "c65.both_high": lambda: rapid("Russia Kazakhstan")[1],
    "c65.alone_low": lambda: rapid("Kazakhstan")[0],
    "c65.alone_high": lambda: rapid("Kazakhstan")[1],
    "c55.alone_low": lambda: rapid("Russia")[0],
    "c55.alone_high": lambda: rapid("Russia")[1],
    "c55.spending": lambda: at("milex", "RUS-2012", "spending") / at("milex", "KAZ-2012", "spending"),
    "c55.all": lambda: at("personnel", "RUS-2012-ALL", "persons") / at("personnel", "KAZ-2012-ALL", "persons"),
    "c55.persons": lambda:
        at("personnel", "RUS-2012-ACTIVE", "persons") / at("personnel", "KAZ-2012-ACTIVE", "persons"),
    "c67.signed": lambda: spoken(at("treaties", "AD-SIGNED", "date")),
    "c67.force": lambda: spoken(at("treaties", "AD-FORCE", "date")),
    # reach, and the worked example of the method
    "c70.bombers": lambda: at("strike_reports", "H6-XINHUA", "low"),
    "c71.fighters": lambda: at("strike_reports", "J10-XINHUA", "low"),
    "c69.flight_2007": lambda: at("strike_reports", "FLIGHT-2007", "low"),
    "front.part c73.part": lambda: 100 * max(all_miles("urumqi")) / at("claims", "C73", "stated_low"),
    "c73.likely_mi": likely,
    "c73.likely_return_mi": lambda: 2 * likely(),
    "c73.ratio": lambda: at("claims", "C73", "stated_low") / likely(),
    "c73.longest_ratio": lambda: at("claims", "C73", "stated_low") / max(all_miles("urumqi")),
    "c73.gansu": lambda: min(all_miles("gansu")),
    "c73.near": lambda: 100 * (bound("C73.main", "high") / at("claims", "C73", "stated_low") - 1),
    "c73.margin": lambda: 100 * (bound("C73.main", "high") / at("claims", "C73", "stated_high") - 1),
    "c73.test": lambda: mi(f"within {bound('C73.main', 'low'):,.0f} to {bound('C73.main', 'high'):,.0f}"),
    "c73.flip": lambda: mi(f"{bound('C73.main', 'low'):,.0f}"),
    "c73.verdict": lambda: judged()["C73", "writing"]["verdict"].capitalize(),
    "c73.robust": lambda:
        re.sub(r"(\d+) of \1$", r"all \1", judged()["C73", "writing"]["agree"]) + " other readings agree",
    # since
    "since.first": lambda: min(y for y, p in trade("bns") if p == "China" and largest(y, "total") == "China"),
    "since.passed": lambda: min(y for y in SINCE if bilateral("bns", y) > flow(trade("bns")[y, "Russia"], "total")),
    "since.trade_2013": lambda: bilateral("bns", 2013) / 1000,
    "since.trade_2016": lambda: bilateral("bns", 2016) / 1000,
    "since.trade_2025": lambda: bilateral("bns", 2025) / 1000,
    "since.russia_2025": lambda: flow(trade("bns")[2025, "Russia"], "total") / 1000,
    "since.real": lambda: real_change({"view": "china", "dollars": "constant"}, 2012, 2025),
    "since.tiv": lambda: arms(None, SINCE),
    "since.china_tiv": lambda: arms(("China",), SINCE),
    "since.four_china_before": lambda: arms_share(("China",), TEN, "others"),
    "since.four_china_after": lambda: arms_share(("China",), SINCE, "others"),
    "since.csto c78.troops": lambda: at("events", "CSTO-2022", "value"),
    "since.twice": lambda: len(judged_twice()),
    "since.held": lambda: sum(first in HOLDS for first, _ in judged_twice()),
    "since.still": lambda: sum(first in HOLDS and later in HOLDS for first, later in judged_twice()),
    "since.years": lambda: 2026 - 2013,
    # outlook
    "rule.all": lambda: len(beside_rule()),
    "rule.ties": lambda: sum(article == rule for article, rule in beside_rule().values()),
    "rule.shift": lambda: abs(halves("Russia")),
    "c41.ten": lambda: 100 * (press("KAZ-2022-CHINA") / china_trade(2012) - 1),
    "c41.own_below": lambda: -linked(2012, 2022)[0],
    "c41.own_above": lambda: linked(2012, 2022)[-1],
    "c41.five": lambda: 100 * (1 - china_trade(2017) / china_trade(2012)),
    "c41.constant": lambda: 100 * (1 - press("KAZ-2022-CHINA") / china_trade(2012) * deflated(2022)),
    "c41.constant_latest": lambda: 100 * (press("KAZ-2025-CHINA") / china_trade(2012) * deflated(2025) - 1),
    "c41.own_constant since.real_own": lambda: real_change({"view": "bns", "dollars": "constant"}, 2013, 2025),
    "c08.after": lambda: arms_share(("China",), range(2013, 2023), "all") - arms_share(("China",), TEN, "all"),
    "c08.latest": lambda:
        arms_share(("China",), range(2021, 2026), "all") - arms_share(("China",), range(2008, 2013), "all"),
    "c08.bound": lambda: bound("C08.since-alt-tenth", "low"),
    "c47.arms": lambda: arms_share(("China",), range(2013, 2023)),
    "c47.latest": lambda: arms_share(("China",), range(2021, 2026)),
    "c47.trade": lambda: trade_share(["China"], "total", range(2013, 2021)),
    "c75.after": lambda: arms_share(("Russia",), range(2013, 2023), "all"),
    "c75.back": lambda: arms_share(("Russia",), range(2018, 2023), "all"),
    "c05.fell": lambda: at("us_forces", "AFG-2011", "all_troops") - at("us_forces", "AFG-2012", "all_troops"),
    "c05.last": lambda: spoken(at("events", "KABUL-2021", "date")),
    "c05.count": lambda: at("us_forces", "AFG-2022", "all_troops"),
}
"""How each key is computed again, one computation to a row. This table and the next one name every key of the book."""
AGAIN = {key: again for keys, again in BY_KEYS.items() for key in keys.split()}
LEFT_OUT = {
    "c73.found": "the ends of front.low and front.high in words, which differ from the sphere's by a mile or two",
    "c73.outcome": "words for the outcome that c73.verdict and tests/expected/verdicts.csv hold",
}
"""The keys that are not computed again, each with its reason."""

"""What a reading found, said in words: one template for each measure.

{found} is the interval, {moved} a change ("rose by 12%"), {passing} and {items} count the members
of a series, {years} is the period; any parameter of the measure can be named.
"""

import math

from . import wording
from .examine import Result
from .rules import pivot

TEMPLATES = {
    "contacts.count": "{found} on record, {years}",
    "contacts.each_setting": "{found} in the rarer setting on record, {years}",
    "contacts.per_year": "{found} on record, {years}",
    "contacts.report_date": "dated {found}",
    "contacts.report_of_form": "{found} to that effect",
    "contacts.reported": "{found} found",
    "contacts.shared_year": "all held these offices in {found} alone",
    "economy.change": "{series} {moved}, {years}",
    "economy.consumption_changes": "use of oil and gas: the slower of the two {moved}, {years}",
    "economy.five_change_press": "China's {traded} the five {moved}, {years}",
    "economy.five_imports_change": "what China bought from the five {moved}, {years}",
    "economy.five_trade_change": "China's trade with the five {moved}, {years}",
    "economy.gas_rank": "{state} was {found} in {year}",
    "economy.growth_place": "{economy} was among them in {passing} of {items} years",
    "economy.published_growth_place": "{economy} was among them in {passing} of {items} years",
    "economy.rank": "China was {place} in {passing} of {items} years",
    "economy.rank_beside_union": "China was {place} in {passing} of {items} years",
    "economy.rank_of_five": "{state} was first in {passing} of {items} years",
    "economy.rank_off": "so in {passing} of {items} years",
    "economy.surplus_change": "{kind} not used at home {moved}, {years}",
    "economy.volume": "{found} in {year}",
    "exercises.count": "{found} on record, {years}",
    "exercises.first": "the first: {found}",
    "exercises.inventory_rank": "{found} in one inventory, {years}",
    "exercises.inventory_ratio": "{found} as many in one inventory, {years}",
    "exercises.kinds_of_force": "{found} of force took part",
    "exercises.share_non_military": "{found} of those named",
    "exercises.tally": "{found} by that count",
    "outlook.arms_share_change": "{supplier}'s share {moved}",
    "outlook.barriers_weaker": "{found} weaker",
    "outlook.linked_trade_change": "trade {moved}, {years}",
    "outlook.trade_change": "trade {moved}, {years}",
    "outlook.us_change": "US troops {moved}, {years}",
    "reach.naming": "{found} name {word}",
    "reach.one_way": "{found} one way",
    "reach.reported": "{found} reported",
    "reach.round_trip": "{found} there and back",
    "russia.arms_rank": "{supplier} was {found} among suppliers, {years}",
    "russia.arms_rank_by_year": "{supplier} was first in {passing} of {items} years",
    "russia.arms_share": "{supplier} delivered {found}, {years}",
    "russia.arms_share_by_year": "{supplier} delivered most in {passing} of {items} years",
    "russia.arms_share_of_deals": "{supplier} delivered {found}, {years}",
    "russia.arms_share_of_two": "{one} delivered {found} of what the two did, {years}",
    "russia.attested": "{found} on record",
    "russia.chinese_facilities": "{found} beyond doubt by {by}",
    "russia.csto_rank": "{member} was {found} among contributors",
    "russia.csto_share": "{found} of the force",
    "russia.dated": "dated {found}",
    "russia.facility_count": "{found} in January 2013",
    "russia.facility_share_of_two": "{one} had {found} of those of the two",
    "russia.facility_share": "{found} of the sites",
    "russia.spending_ratio": "{one} spent {found} what {other} did",
    "thesis.arms_over_exports": "{partner}'s share of arms was {found} its share of exports",
    "thesis.arms_over_oil": "{partner}'s share of arms was {found} its share of oil",
    "thesis.arms_over_trade": "{partner}'s share of arms was {found} its share of trade",
    "thesis.arms_over_west": "{found} what the West delivered",
    "thesis.exercises_over_trade": "{partner}'s share of exercises was {found} its share of trade",
    "thesis.growth_of_ties": "{passing} of {items} kinds are known to have grown",
    "thesis.trained_over_places": "{found} as many",
    "thesis.trained_ratio": "{found} as many",
    "training.kinds": "{found} attested",
    "training.over_known": "{found} as many as in any other host with a figure",
    "training.over": "{found} as many",
    "training.rate": "{found}",
    "training.reported": "{found} reported",
    "training.up_to": "{found} a year at most",
}

TRADED = {"total": "trade with", "imports": "purchases from"}
"""What a flow is with the five states, in words."""
ORDINAL = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def placed(low: float, high: float, unit: str) -> str:
    """Return an interval in words, a single rank as an ordinal: "second", a count with nothing in it as
    "no strikes", a ratio of nothing as "nothing beside"."""
    if low == 0 and high == math.inf and unit not in ("rank", "percent", "ratio", "share"):
        return f"no{wording.suffix(unit)}"
    if high == 0 and unit == "ratio":
        return "nothing beside"
    if unit == "rank" and low == high and low < len(ORDINAL):
        return ORDINAL[int(low)]
    return wording.interval(low, high, unit)


def moved(low: float, high: float, unit: str) -> str:
    """Return a change in words: "rose by 12.0%", "fell by 20,905 persons"; an interval that holds
    both as it is."""
    if low > 0:
        return f"rose by {wording.interval(low, high, unit)}"
    if high < 0:
        return f"fell by {wording.interval(-high, -low, unit)}"
    return f"changed by {wording.interval(low, high, unit)}"


def sentence(result: Result) -> str:
    """Return what a reading found, in words; "no measure" where nothing is measured."""
    if result.statistic is None:
        return "no measure"
    spec, statistic = result.spec, result.statistic
    low, high = pivot(statistic, spec.criterion)
    best = spec.criterion.high
    years = dict.fromkeys(text[:4] for text in (spec.period_start, spec.period_end) if text)
    fields = {name: str(value) for name, value in spec.params.items()} | {
        "found": placed(low, high, statistic.unit),
        "moved": moved(low, high, statistic.unit),
        "years": " to ".join(years),
        "place": "first" if best == 1 else f"{ORDINAL[int(best)]} or better" if 1 < best < len(ORDINAL) else "there",
        "traded": TRADED.get(str(spec.params.get("flow")), ""),
        "passing": str(sum(spec.criterion.holds(item.low) and spec.criterion.holds(item.high)
                           for item in statistic.items)),
        "items": str(len(statistic.items)),
    }
    return TEMPLATES.get(spec.measure, "{found}").format(**fields).removesuffix(", ")

"""Read data/specifications.csv: how each claim is tested, before any measure is run."""

import inspect
import math
import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

import pandas as pd

from .. import dates, measures
from ..faults import Fault, Faults
from ..measures.statistic import Statistic
from ..tables import NUMBER
from .rules import Criterion

FILE = "data/specifications.csv"
PERIOD = {"start": "period_start", "end": "period_end"}
"""The columns of the period, by what a measure calls it."""


@dataclass(frozen=True)
class Specification:
    """One way to test one claim. `params` are typed as the signature of `function` asks, which is
    the measure itself, None where nothing is measured; `closes` names the record that would close
    what the evidence leaves open; `bounds` holds those of the criterion as they are written."""

    spec_id: str
    claim_id: str
    tense: str
    role: str
    measure: str
    function: Callable[..., Statistic] | None
    params: Mapping[str, object]
    period_start: str
    period_end: str
    criterion: Criterion
    proxy: bool
    reason: str
    closes: str = ""
    bounds: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the reading is called within its claim and tense: C56.since-alt-deals is "alt-deals"."""
        return self.spec_id.removeprefix(start_of(self.claim_id, self.tense))


def start_of(claim_id: str, tense: str) -> str:
    """Return what the ids of a claim's specifications in one tense start with."""
    return f"{claim_id}.since-" if tense == "since" else f"{claim_id}."


def bound(text: str, end: str) -> float:
    """Return a bound as a number; an ISO date becomes the ordinal of its first or last day, and an
    empty one is infinite. Raises ValueError for anything else, and for a date with no day before or after it."""
    if not text:
        return -math.inf if end == "low" else math.inf
    if re.fullmatch(NUMBER, text):
        return float(text)
    day = dates.span(text)[0 if end == "low" else 1]
    if not dates.date.min.toordinal() < day < dates.date.max.toordinal():
        raise ValueError(f"no day on either side of {text}")
    return float(day)


@cache
def signature(function: Callable) -> tuple[dict[str, inspect.Parameter], dict[str, type]]:
    """Return the parameters of a measure besides the tables, and their types."""
    return dict(list(inspect.signature(function).parameters.items())[1:]), typing.get_type_hints(function)


def arguments(row: Mapping[str, str], function: Callable) -> dict[str, object]:
    """Return the measure's keyword arguments from `params` and the period.

    "key=value; key=value"; each value is converted to the annotated type, "yes" and "no" to a
    bool. The period is passed as `start` and `end` (years). Raises ValueError for what the measure does not
    take, needs besides or is given twice.
    """
    wanted, hints = signature(function)
    pairs = [part.strip().split("=", 1) for part in row["params"].split(";") if part.strip()]
    given = dict(pairs)
    if len(given) < len(pairs) or given.keys() & PERIOD:
        raise ValueError(f"{row['params']!r}, with a parameter given twice or one of the period")
    period = {name: row[column] for name, column in PERIOD.items() if row[column]}
    given |= {name: text[:4] if hints.get(name) is int else text for name, text in period.items()}
    if unknown := set(given) - set(wanted):
        takes = ", ".join(wanted) or "nothing"
        raise ValueError(f"{row['measure']} does not take {', '.join(sorted(unknown))}; it takes {takes}")
    if missing := {name for name, p in wanted.items() if p.default is p.empty} - set(given):
        raise ValueError(f"{row['measure']} also needs {', '.join(sorted(missing))}")
    return {name: _converted(value, hints[name]) for name, value in given.items()}


def _converted(text: str, kind: type) -> object:
    """Return the value of a parameter as its type; raise ValueError for one that has no such value."""
    if not re.fullmatch({bool: "yes|no", int: "[0-9]+", float: NUMBER}.get(kind, ".*"), text):
        raise ValueError(f"expected {'yes or no' if kind is bool else 'a number'}, found {text!r}")
    return text == "yes" if kind is bool else kind(text)


def _odd_period(start: str, end: str) -> str:
    """Return what is wrong with a period, of which either end may be empty; "" where nothing is."""
    try:
        begins, ends = start or end, end or start
        return f"{start} to {end}" if begins and dates.over_before(ends, begins) else ""
    except ValueError as error:
        return str(error)


def parse(row: Mapping[str, str], package: ModuleType = measures) -> Specification:
    """Return one specification, its measure taken from `package`; raise Fault naming the row and the
    column that does not parse."""
    def fail(column: str, expected: str, found: object) -> Fault:
        return Fault(FILE, row["spec_id"], column, expected, str(found))

    if not row["spec_id"].startswith(start := start_of(row["claim_id"], row["tense"])):
        raise fail("spec_id", f"an id that starts with {start}", row["spec_id"])
    if odd := _odd_period(row["period_start"], row["period_end"]):
        raise fail(", ".join(PERIOD.values()), "a period that ends no earlier than it begins", odd)
    try:
        low, high = bound(row["low"], "low"), bound(row["high"], "high")
        quorum = 1.0 if pd.isna(row["quorum"]) else float(row["quorum"])
        criterion = Criterion(row["test"], low, high, quorum)
    except ValueError as error:
        raise fail("test", "a test with its bounds", error) from None
    params: dict[str, object] = {}
    function = None
    if row["measure"]:
        try:
            function = measures.find(row["measure"], package)
        except LookupError:
            raise fail("measure", "a function in book/evidence/measures", repr(row["measure"])) from None
        try:
            params = arguments(row, function)
        except ValueError as error:
            raise fail("params", f"the parameters of {row['measure']}", error) from None
    elif row["test"] != "none" or row["params"] or row["period_start"] or row["period_end"]:
        raise fail("measure", "a measure, unless the test is none without parameters and period", "none")
    return Specification(
        row["spec_id"], row["claim_id"], row["tense"], row["role"], row["measure"], function, params,
        row["period_start"], row["period_end"], criterion, row["proxy"] == "yes", row["reason"],
        row.get("closes", ""), {end: row[end] for end in ("low", "high") if row[end]},
    )


def parse_all(rows: pd.DataFrame, claims: pd.DataFrame, package: ModuleType = measures) -> list[Specification]:
    """Return every specification; raise Faults listing all that is wrong."""
    specs, faults, torn = [], [], set()
    for row in rows.to_dict("records"):
        try:
            specs.append(parse(row, package))
        except Fault as fault:
            faults.append(fault)
            torn.add(row["claim_id"])
    whole = [claim_id for claim_id in rows["claim_id"].unique() if claim_id not in torn]
    faults += [fault for claim_id in whole for fault in _set_faults(claim_id, specs, claims)]
    if faults:
        raise Faults(faults)
    return specs


def _set_faults(claim_id: str, specs: list[Specification], claims: pd.DataFrame) -> list[Fault]:
    """Return what is wrong with the specifications of one claim taken together."""
    if claim_id not in claims.index:
        return [Fault(FILE, claim_id, "claim_id", "a claim of data/claims.csv", claim_id)]
    claim, mine, faults = claims.loc[claim_id], [s for s in specs if s.claim_id == claim_id], []
    for tense in {s.tense for s in mine}:
        mains = [s for s in mine if s.tense == tense and s.role == "main"]
        if len(mains) != 1:
            faults.append(Fault(FILE, claim_id, "role", f"one main specification for {tense}", str(len(mains))))
    for spec in mine:
        untestable = spec.criterion.test == "none"
        if claim["scope"] == "forecast" and spec.tense == "writing":
            faults.append(Fault(FILE, spec.spec_id, "tense", "since, for a forecast", spec.tense))
        if claim["scope"] == "event" and spec.tense == "since":
            faults.append(Fault(FILE, spec.spec_id, "tense", "writing, for a past event", spec.tense))
        if claim["could_fail"] == "no" and spec.role == "main" and not untestable:
            wanted = "none, for a forecast that could not fail"
            faults.append(Fault(FILE, spec.spec_id, "test", wanted, spec.criterion.test))
        if untestable and spec.role == "alternative":
            faults.append(Fault(FILE, spec.spec_id, "role", "main or diagnostic, where the test is none", spec.role))
    return faults

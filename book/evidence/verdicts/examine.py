"""Run the specifications of a claim and give its judgement: verdict, robustness, flip point,
confidence and sources."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from types import ModuleType

import pandas as pd

from .. import dates, measures
from ..faults import Fault
from ..measures.statistic import Statistic
from ..tables import ARTICLE_LINEAGE, Tables, fault, load
from . import rules, specifications
from .rules import Flip
from .specifications import Specification


@dataclass(frozen=True)
class Result:
    """What one specification gave. `sources` holds the source keys of each deciding row and
    `lineages` the lineages behind it; `only_sibling` marks an outcome held open because no
    source outside the article's own lineage supports it."""

    spec: Specification
    statistic: Statistic | None
    outcome: str
    only_sibling: bool = False
    sources: tuple[tuple[str, ...], ...] = ()
    lineages: tuple[frozenset[str], ...] = ()

    @property
    def unit(self) -> str:
        """The unit of what was found, "" without a measure."""
        return self.statistic.unit if self.statistic else ""

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The rows that decided, none without a measure."""
        return self.statistic.rows if self.statistic else ()


@dataclass(frozen=True)
class Judgement:
    """A claim in one tense: "writing" or "since"."""

    claim_id: str
    tense: str
    verdict: str
    main: Result
    alternatives: tuple[Result, ...] = ()
    diagnostics: tuple[Result, ...] = ()
    flip: Flip | None = None
    flip_reason: str = ""
    confidence: str = ""
    confidence_reason: str = ""
    sources: tuple[str, ...] = field(default=())

    @property
    def counted(self) -> tuple[Result, ...]:
        """The readings that count: the main one and the alternatives."""
        return (self.main, *self.alternatives)

    @property
    def readings(self) -> dict[str, Result]:
        """Every reading by its name, the main one first, diagnostics last."""
        return {result.spec.name: result for result in (*self.counted, *self.diagnostics)}

    def reading(self, name: str) -> Result:
        """Return one reading: "main", "alt-each-year", "diag-gansu". Raises LookupError, with the
        names there are."""
        if name not in self.readings:
            there = ", ".join(self.readings)
            raise LookupError(f"{self.claim_id} ({self.tense}) has no reading {name!r}: there are {there}")
        return self.readings[name]

    @property
    def agreeing(self) -> int:
        """The number of alternatives with the main outcome."""
        return sum(a.outcome == self.main.outcome for a in self.alternatives)


def source_keys(tables: Tables, rows: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Return the source keys of each evidence row: `source_key`, then `also`; raise KeyError for
    a row that is not there."""
    found = {}
    for name, keys in _by_table(rows).items():
        first = _cells(tables[name], keys, "source_key")
        also = _cells(tables[name], keys, "also") if "also" in tables[name].columns else {}
        found.update({(name, key): (first[key], *also.get(key, "").split()) for key in keys})
    return tuple(found[row] for row in rows)


def lineages(tables: Tables, sources: Sequence[Sequence[str]]) -> tuple[frozenset[str], ...]:
    """Return the lineages behind some rows from the source keys of each."""
    lineage = _cells(tables["sources"], {key for group in sources for key in group}, "lineage")
    return tuple(frozenset(lineage[key] for key in group) for group in sources)


def unread(tables: Tables, rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those of some rows that nobody read in their source: no reading that counts may rest on one."""
    wanted = [(name, keys) for name, keys in _by_table(rows).items() if "verified" in tables[name].columns]
    found = [(name, *cell) for name, keys in wanted for cell in _cells(tables[name], keys, "verified").items()]
    return [(name, key) for name, key, verified in found if verified != "yes"]


def _by_table(rows: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for name, key in rows:
        keys.setdefault(name, []).append(key)
    return keys


def _cells(frame: pd.DataFrame, keys: Iterable[str], column: str) -> dict[str, str]:
    """Return one column of some rows by key: the column is looked up once, which costs more than its cells."""
    cells = frame[column].array
    return {key: cells[frame.index.get_loc(key)] for key in keys}


def run(tables: Tables, spec: Specification) -> Result:
    """Return the result of one specification.

    Raises Fault where the tables do not hold what it asks for, where the test or a bound of it does not
    suit what was found, or a row that would decide is missing or unverified. A statistic that rests on
    the article's own lineage alone is shown, and its outcome stays open.
    """
    if spec.function is None:
        return Result(spec, None, "none")
    try:
        statistic = spec.function(tables, **spec.params)
    except (LookupError, ValueError, ArithmeticError) as error:
        raise Fault(specifications.FILE, spec.spec_id, "params", f"what {spec.measure} can find", str(error)) from error
    if statistic.unit not in tables["units"].index:
        raise Fault("book/evidence/measures", spec.measure, "unit", "a unit of data/units.csv", repr(statistic.unit))
    for end, text in spec.bounds.items():
        if bool(dates.DAY.fullmatch(text)) != (statistic.unit == "date"):
            wanted = "an ISO date" if statistic.unit == "date" else f"a number, in the unit {statistic.unit}"
            raise Fault(specifications.FILE, spec.spec_id, end, wanted, repr(text))
    if not statistic.rows:
        raise Fault(specifications.FILE, spec.spec_id, "measure", "at least one deciding row", "none")
    for table, keys in _by_table(statistic.rows).items():
        for key in keys:
            if key not in tables[table].index:
                raise fault(table, key, "", "a row", "none")
    for table, key in unread(tables, statistic.rows) if spec.role != "diagnostic" else ():
        raise fault(table, key, "verified", f"yes, since {spec.spec_id} decides by it", "no")
    try:
        outcome = rules.outcome(statistic, spec.criterion)
    except ValueError as error:
        wanted = f"a test of what {spec.measure} finds"
        raise Fault(specifications.FILE, spec.spec_id, "test", wanted, str(error)) from error
    sources = source_keys(tables, statistic.rows)
    behind = lineages(tables, sources)
    only_sibling = set(behind) == {frozenset({ARTICLE_LINEAGE})}
    if only_sibling and spec.role != "diagnostic" and outcome in ("pass", "fail"):
        outcome = "open"
    return Result(spec, statistic, outcome, only_sibling, sources, behind)


def judge(tables: Tables, specs: list[Specification]) -> Judgement:
    """Return the judgement of one claim in one tense from all its specifications."""
    results = [run(tables, spec) for spec in specs]
    main = next(r for r in results if r.spec.role == "main")
    alternatives = tuple(r for r in results if r.spec.role == "alternative")
    verdict = rules.verdict(main.outcome, [a.outcome for a in alternatives])
    point, reason = _flip(tables, main)
    confidence, why = _confidence(main, alternatives)
    return Judgement(
        main.spec.claim_id, main.spec.tense, verdict, main, alternatives,
        tuple(r for r in results if r.spec.role == "diagnostic"), point, reason, confidence, why,
        tuple(sorted({key for r in (main, *alternatives) for keys in r.sources for key in keys})),
    )


def _flip(tables: Tables, main: Result) -> tuple[Flip | None, str]:
    """Return the flip point of a main result, or None and the reason."""
    if main.statistic is None or main.outcome == "none":
        return None, "the claim cannot be tested"
    if main.outcome == "open":
        return None, "the evidence leaves the outcome open"
    step = float(tables["units"].at[main.unit, "step"])
    point = rules.flip(main.statistic, main.spec.criterion, step)
    return point, "" if point else "no whole value passes"


def _confidence(main: Result, alternatives: tuple[Result, ...]) -> tuple[str, str]:
    """Return high, medium or low with the reason, by the rules of book/method.ipynb."""
    if main.outcome == "none":
        return "", "the claim cannot be tested"
    if main.only_sibling:
        return "low", "only the article and its earlier version"
    if main.spec.proxy:
        return "low", "a proxy stands in for what is claimed"
    if main.outcome == "open":
        return "low", "the evidence is partial"
    behind = [group - {ARTICLE_LINEAGE} for group in main.lineages]
    if all(len(group) >= 2 for group in behind):
        return "high", "each deciding row has two sources of different lineage"
    if _corroborated(main, alternatives):
        return "high", "a source of another lineage reports the same"
    if len(set().union(*behind)) == 1:
        return "medium", "one source lineage"
    return "medium", "no second lineage covers every deciding row"


SOURCE_PARAMS = {"source", "view"}
"""The parameters that say whose figure a measure takes, and nothing of what it measures."""


def _corroborated(main: Result, alternatives: Iterable[Result]) -> bool:
    """Return whether sources of different lineage report the fact of the main reading.

    One fact is one measure in one unit and period, with the same parameters but for whose figure
    it is, and one outcome: two facts that point the same way corroborate nothing.
    """
    def fact(result: Result) -> tuple:
        spec = result.spec
        params = {name: value for name, value in spec.params.items() if name not in SOURCE_PARAMS}
        return spec.measure, result.unit, spec.period_start, spec.period_end, params, result.outcome

    same = [main, *(other for other in alternatives if fact(other) == fact(main))]
    behind = [frozenset().union(*result.lineages) for result in same]
    return any(one.isdisjoint(other) for one, other in combinations(behind, 2))


class Judged(Mapping[tuple[str, str], Judgement]):
    """The judgement of every claim that has specifications, by (claim_id, tense), each made when
    it is first asked for: a chapter pays for its own claims only."""

    def __init__(self, tables: Tables, package: ModuleType = measures):
        self.tables = tables
        self.made: dict[tuple[str, str], Judgement] = {}
        self.specs: dict[tuple[str, str], list[Specification]] = {}
        for spec in specifications.parse_all(tables["specifications"], tables["claims"], package):
            self.specs.setdefault((spec.claim_id, spec.tense), []).append(spec)

    def __getitem__(self, key: tuple[str, str]) -> Judgement:
        if key not in self.made:
            self.made[key] = judge(self.tables, self.specs[key])
        return self.made[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.specs)

    def __len__(self) -> int:
        return len(self.specs)

    def __contains__(self, key: object) -> bool:
        return key in self.specs

    def of(self, claim_id: str) -> dict[str, Judgement]:
        """Return the judgements of a claim by tense, the one at writing first."""
        return {tense: self[claim_id, tense] for tense in ("writing", "since") if (claim_id, tense) in self}


def judgements(tables: Tables, package: ModuleType = measures) -> Judged:
    """Return the judgements on some tables, by the measures of `package`; they live as long as the tables."""
    if package.__name__ not in tables.judged:
        tables.judged[package.__name__] = Judged(tables, package)
    return tables.judged[package.__name__]


def all_judgements() -> Judged:
    """Return the judgements on the book's own tables."""
    return judgements(load())


def state_of(claim: pd.Series, tense: str, judged: Judged) -> str:
    """Return the verdict of a claim in one tense, "not_examined", or "" where the tense does
    not apply: a forecast has no verdict at writing, a past event none since."""
    key = (claim["claim_id"], tense)
    if key in judged:
        return judged[key].verdict
    if tense == "writing":
        return "" if claim["scope"] == "forecast" else "not_examined"
    return "" if claim["scope"] == "event" or (claim["claim_id"], "writing") in judged else "not_examined"


def since_reason(claim: pd.Series, judged: Judged) -> str:
    """Return why a claim has no verdict since, or "" where it has one."""
    if (claim["claim_id"], "since") in judged:
        return ""
    if claim["scope"] == "event":
        return "past event"
    return "not examined" if (claim["claim_id"], "writing") not in judged else "no measure for the period since"

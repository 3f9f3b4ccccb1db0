"""Data mutation: change the data, and see whether a committed output or the meaning gives it away."""

import random
import signal
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from unittest.mock import patch

import expected
import meaning
import mutants
import pages
import watch
from evidence import paths, tables
from evidence.checks import consistency
from evidence.faults import Fault
from evidence.publish import downloads, readme
from evidence.verdicts import examine
from evidence.verdicts.examine import Result
from evidence.verdicts.specifications import Specification
from mutants import Mutant

CONTEXT_ONLY = {"reproduce"}
"""A page that names tables and functions, and holds no value of any of them."""
BY_MEANING = ("schema", "consistency", "verdicts")
CHECKS = (*BY_MEANING, "stored")
"""What can give a mutant away; with none of these nothing may be caught."""
READ_BY_ALL = ("claims", "specifications", "patches", "units", "sources")

Row = tuple[str, str]
Cell = tuple[str, str, str]


@dataclass(frozen=True)
class Finding:
    """What became of one mutant. `seen` names what a reader would see change, `stored` what of the
    committed outputs gave it away, `meaning` which check of the data did; "" where none."""

    mutant: Mutant
    seen: str
    stored: str
    meaning: str
    decisive: bool


class Reads:
    """Which tables every judgement, page and rule reads, found by watching them; and what
    they show before anything is changed."""

    def __init__(self) -> None:
        book, found = tables.load(), examine.all_judgements()
        list(map(book.__getitem__, tables.names()))
        self.claims = {key: pages.asked(lambda key=key: found[key]) for key in found}
        self.pages = {name: pages.asked(lambda name=name: pages.shown(name))
                      for name in pages.CODE if name not in CONTEXT_ONLY}
        self.rules = {rule: pages.asked(lambda rule=rule: list(rule(book))) for rule in consistency.RULES}
        self.made = dict(found)
        self.results = {made.main.spec.spec_id: made.main for made in found.values()}
        self.expected, self.committed = expected.read(), expected.read_published()
        self.records = set(self.committed["claims.txt"].rstrip().split("\n\n"))
        self.shown = {name: pages.shown(name) for name in self.pages}
        self.published = dict(records())
        self.readme = readme.findings(book, found)


@cache
def reads() -> Reads:
    """Return what reads what; found once."""
    return Reads()


def records(first: Collection[str] = ()) -> Iterator[tuple[str, dict]]:
    """Yield each claim as claims.json now has it, those of `first` before the rest, each judged when its turn comes."""
    claims = tables.load()["claims"]
    for claim_id in sorted(claims.index, key=lambda claim_id: claim_id not in first):
        yield claim_id, downloads._claim(claims.loc[claim_id], examine.all_judgements())


@contextmanager
def mutated(mutant: Mutant, frame) -> Iterator[None]:
    """Put a mutant's table in the place of the book's, patched, and forget what was judged by it."""
    book, found, name = tables.load(), examine.all_judgements(), mutant.table
    read = tables.read
    if name == "patches":
        frames = {table: tables.patched(read(table), table, frame) for table in {*frame["table"], "trade"}}
        frames[name] = frame
    else:
        frames = {name: tables.patched(frame, name, book["patches"])}
    made = {} if name in READ_BY_ALL else {key: value for key, value in reads().made.items()
                                           if name not in reads().claims[key]}
    with (patch.dict(book, frames), patch.multiple(found, made=made, specs=found.specs),
          patch.object(tables, "read", lambda table, folder=paths.DATA:
                       frame.copy() if table == name else read(table, folder))):
        if name in ("claims", "specifications"):
            found.__init__(book)
        yield


def affected(table: str, by: dict) -> list:
    """Return what reads a table; patches change trade."""
    return [key for key, names in by.items() if table in names or (table == "patches" and "trade" in names)]


def seen(table: str) -> Iterator[tuple[str, bool]]:
    """Yield what a reader would see change, each with whether a committed output gives it away.

    The downloads of the tables themselves are left out: they are what was changed.
    """
    before = reads()
    for claim_id, record in records({claim_id for claim_id, _ in affected(table, before.claims)}):
        if record != before.published.get(claim_id):
            yield f"claims.json: {claim_id}", expected.claim(record) not in before.records
    if (text := readme.findings(tables.load(), examine.all_judgements())) != before.readme:
        yield "README.md", text not in readme.README.read_text("utf-8")
    for name in affected(table, before.pages):
        if (page := pages.shown(name)) != before.shown[name]:
            yield f"page: {name}", page != pages.stored(name)


def first_seen(table: str) -> tuple[str, str]:
    """Return the first change that a reader would see, and the first that a committed output gives away."""
    change = ""
    for what, caught in seen(table):
        change = change or what
        if caught:
            return change, what
    return change, ""


def unexpected(table: str) -> str:
    """Return the first judgement that is not as expected in what decides."""
    found, then = examine.all_judgements(), reads().expected
    if set(found) != set(then):
        return "other claims or tenses"
    for key in found if table in READ_BY_ALL else affected(table, reads().claims):
        now = expected.row(found, key)
        if any(now[column] != then[key][column] for column in expected.DECIDED):
            return " ".join(key)
    return ""


def by_meaning(table: str, checks: Collection[str]) -> str:
    """Return which check of the meaning notices a mutant that is in place."""
    looks = {"consistency": lambda: meaning.inconsistent(tables.load(), affected(table, reads().rules)),
             "verdicts": lambda: unexpected(table)}
    for name, look in looks.items():
        if name in checks:
            try:
                found = look()
            except Exception as error:  # what cannot be computed does not pass
                found = repr(error)
            if found:
                return f"{name}: {found}"
    return ""


def tried(mutant: Mutant, checks: Collection[str] = CHECKS, decisive: bool = False) -> Finding:
    """Return what became of one mutant."""
    lines = mutants.applied(mutant)
    means = "schema" if "schema" in checks and meaning.schema_refuses(mutant, lines) else ""
    try:
        with mutated(mutant, meaning.frame(mutant, lines)):
            means = means or by_meaning(mutant.table, checks)
            change, stored = first_seen(mutant.table)
    except Exception as error:  # a table that cannot be read, a page that cannot be made: nobody sees a wrong number
        change = stored = f"stops: {error!r}"
        if isinstance(error, Fault) and "verdicts" in checks:
            means = means or stored
    return Finding(mutant, change, stored if "stored" in checks else "", means, decisive)


@cache
def decisive_rows() -> dict[Row, list[Specification]]:
    """Return the rows that decide a main reading, and with it a verdict, each with those readings."""
    found: dict[Row, list[Specification]] = {}
    for made in reads().made.values():
        for row in made.main.rows:
            found.setdefault(row, []).append(made.main.spec)
    return found


def probed(row: Row) -> list[tuple[Cell, Mutant | None]]:
    """Return the decisive cells of a row, each with the mildest mutant that moves a judgement, if one alone can.

    A cell decides if some value of it moves a statistic of a reading that the row decides: found
    by running the readings again, not by reading their code.
    """
    found = []
    for column in mutants.raw(row[0])[0]:
        if column in (mutants.key_of(row[0]), "note", "says", "also", "unit"):
            continue
        specs = {spec.spec_id: spec for spec in decisive_rows()[row]}
        steps = list(mutants.ladder(*row, column))
        moved = {name for mutant in steps[:3] for name in _moved(mutant, specs)[0]}
        if moved:
            wanted = {name: specs[name] for name in moved}
            found.append(((*row, column), next((mutant for mutant in steps if _moved(mutant, wanted)[1]), None)))
    return found


def _moved(mutant: Mutant, specs: dict[str, Specification]) -> tuple[set[str], set[str]]:
    """Return the readings whose statistic a mutant changes, and those whose outcome it changes."""
    values, outcomes = set(), set()
    with suppress(Fault), mutated(mutant, meaning.frame(mutant, mutants.applied(mutant))):
        for name, spec in specs.items():
            was = reads().results[name]
            try:
                now = examine.run(tables.load(), spec)
            except Exception:
                now = Result(spec, None, "stops")
            if now.statistic is None or _ends(now) != _ends(was):
                values.add(name)
            if now.outcome != was.outcome:
                outcomes.add(name)
    return values, outcomes


def _ends(result: Result) -> tuple:
    """Return what a statistic says, without its rows."""
    return result.statistic.low, result.statistic.high, result.statistic.items


def probe(row: Row, checks: Collection[str] = CHECKS) -> list[tuple[Cell, Finding | None]]:
    """Return the decisive cells of a row, each with what became of it past its flip point."""
    return [(cell, flip and tried(flip, checks, decisive=True)) for cell, flip in probed(row)]


def in_parallel(action, jobs: list, workers: int = 2) -> list:
    """Return the results of an action on jobs, in order, from forked workers that share what is known."""
    decisive_rows()
    progress, found = watch.Progress("cells", len(jobs)), []
    # This process ends them.
    with get_context("fork").Pool(workers, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        for result in pool.imap(action, jobs, chunksize=max(1, min(20, len(jobs) // (4 * workers)))):
            found.append(result)
            progress.step()
    progress.end()
    return found


def of_decisive(cells: list[Cell]) -> list[Mutant]:
    """Return every mutant of decisive cells and of their rows, the source named in them included."""
    rows_decided = sorted({cell[:2] for cell in cells})
    own = sorted({*cells, *((*row, "source_key") for row in rows_decided)})
    return ([m for cell in own for m in mutants.of_cell(*cell)]
            + [m for row in rows_decided for m in mutants.of_row(*row)])


def of_rest(decisive: list[Cell], size: int) -> list[Mutant]:
    """Return mutants of `size` cells and an eighth as many rows of each table, decisive ones left out."""
    choose, taken, found = random.Random(mutants.SEED), {*decisive, *(cell[:2] for cell in decisive)}, []
    for name in tables.names():
        keys, columns = list(mutants.index(name)), list(mutants.raw(name)[0])
        cells = [cell for key in keys for column in columns if (cell := (name, key, column)) not in taken]
        free = [row for key in keys if (row := (name, key)) not in taken]
        found += [m for cell in choose.sample(cells, min(len(cells), size)) for m in mutants.of_cell(*cell)]
        found += [m for row in choose.sample(free, min(len(free), 1 + size // 8)) for m in mutants.of_row(*row)]
    return found


RANKED = ("trade", "growth")
"""Tables in which ranks are taken: what only keeps others from a higher rank need not be seen itself."""
LEDGER = ("not_claims", "trigger_words", "argument", "reading_history")
"""Tables that no number comes from; the checks of the ledger, the argument and the readings hold them."""


def shown_rows() -> list[Row]:
    """Return every row that a reader has to see the effect of; where no year may be left out,
    some only fill their series."""
    whole = {name for name in tables.names()
             if {"everyYear"} & {*tables.resource(name), *tables.resource(name)["schema"]}}
    left_out = {*READ_BY_ALL, *RANKED, *LEDGER, *whole}
    return [(name, key) for name in tables.names() if name not in left_out for key in mutants.index(name)]


def idle(rows: list[Row]) -> list[Row]:
    """Return those of some rows that could be dropped and no reader would see it."""
    found = in_parallel(partial(tried, checks=()), [Mutant(*row, "", "dropped") for row in rows])
    return [row for row, finding in zip(rows, found, strict=True) if not finding.seen]

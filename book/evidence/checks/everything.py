"""Check everything the book rests on, before anything is built: `python -m evidence.checks.everything`.

One line per fault, with file, row, column, expected and found; exit status 1 if there is any.
"""

import csv
import hashlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from .. import dates, ledger, measures, paths, tables
from ..faults import Fault, Faults
from ..verdicts import examine, specifications
from . import consistency, files, prose, readings

SEED_SHA256 = "99f11140ebc5c51f69c6f9341a35c13cb54683c0d9d39539bb46cbf86015612e"


FORMULA = re.compile(r"(?!-[0-9.]+(e[-+]?[0-9]+)?$)[=+\-@\t]")
"""What makes a spreadsheet compute a cell: a reader who opens a download would run it."""


def cells(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield each cell of the tables of a folder that is not empty: table, the first cell of its row, column, text."""
    for path in sorted(folder.glob("*.csv")):
        for row in tables.records(path):
            key = next(iter(row.values()), "")
            yield from ((path.stem, key, column, cell) for column, cell in row.items()
                        if cell and isinstance(cell, str))


def formula_faults(folder: Path) -> list[Fault]:
    """Return a fault for each cell that a spreadsheet would take for a formula."""
    return [
        tables.fault(table, key, column, "no spreadsheet formula", repr(cell))
        for table, key, column, cell in cells(folder) if FORMULA.match(cell)
    ]


def header_faults(folder: Path) -> list[Fault]:
    """Return a fault for each table whose first row is not the columns that the package declares."""
    faults = []
    for name in tables.names(folder):
        with (folder / tables.resource(name, folder)["path"]).open(encoding="utf-8", newline="") as lines:
            faults.append(tables.header_fault(next(csv.reader(lines), []), name, folder))
    return list(filter(None, faults))


def _is_there(day: str) -> bool:
    try:
        return bool(dates.span(day))
    except ValueError:
        return False


def cell_faults(folder: Path) -> list[Fault]:
    """Return a fault for each cell that is not as a whole what its column is for, or that the PDF cannot show.

    Frictionless lets infinity, digits of any script, and what is glued on to one of two patterns pass.
    """
    faces, faults = prose.faces(), []
    fields = {name: tables.fields(name, folder) for name in tables.names(folder)}
    for table, key, column, cell in cells(folder):
        field = fields[table][column]
        pattern = (tables.NUMBER if field["type"] in ("number", "integer")
                   else field.get("constraints", {}).get("pattern", "(?s:.*)"))
        if not re.fullmatch(pattern, cell, re.ASCII):
            wanted = "a number" if pattern == tables.NUMBER else f"a cell that {pattern} describes as a whole"
            faults.append(tables.fault(table, key, column, wanted, repr(cell)))
        elif odd := prose.unprintable(cell, faces):
            faults.append(tables.fault(table, key, column, "letters that the faces of the PDF have", odd))
        elif days := [day for day in dates.DAY.findall(cell) if column == "published" or day == cell]:
            faults += [tables.fault(table, key, column, "a day or month that there is", day)
                       for day in days if not _is_there(day)]
    return faults


def _named(found: Any, *words: str) -> bool:
    """Return whether something is a list of entries that have these words."""
    return isinstance(found, list) and all(
        isinstance(entry, dict) and all(isinstance(entry.get(word), str) for word in words) for entry in found)


def descriptor_faults(folder: Path) -> list[Fault]:
    """Return a fault where the data package is no list of tables, and for each table without the name of its file or
    with a key that is no column, or of which a rule cannot be read."""
    file, found = "data/datapackage.json", tables.package(folder)
    if not isinstance(found, dict) or not _named(found.get("resources"), "name", "path"):
        return [Fault(file, "", "resources", "a list of tables with name and path", "something else")]
    faults = []
    for entry in found["resources"]:
        schema = entry.get("schema", {"fields": [], "primaryKey": None})
        if not isinstance(schema, dict) or not _named(schema.get("fields"), "name", "type"):
            faults.append(Fault(file, entry["name"], "schema, fields", "a list with name and type", "something else"))
            continue
        if "schema" in entry and entry["name"] != Path(entry["path"]).stem:
            faults.append(Fault(file, entry["name"], "name", f"that of its file, {entry['path']}", entry["name"]))
        if schema.get("primaryKey", "") not in [*(field["name"] for field in schema["fields"]), None]:
            key = repr(schema.get("primaryKey"))
            faults.append(Fault(file, entry["name"], "primaryKey", "one of its columns", key))
        for field in schema["fields"]:
            faults += _unread(file, entry["name"], field)
    return faults


def _unread(file: str, table: str, field: dict[str, Any]) -> Iterator[Fault]:
    """Yield what cannot be read of the rules of a column."""
    rules, step = field.get("constraints", {}), field.get("largestStep", 1)
    try:
        re.compile(rules.get("pattern", ""))
    except (re.error, TypeError, AttributeError) as error:
        yield Fault(file, table, f"{field['name']}, pattern", "a pattern", str(error))
    if not isinstance(step, int | float):
        yield Fault(file, table, f"{field['name']}, largestStep", "a number", repr(step))


def package_faults(descriptor: Path) -> list[Fault]:
    """Return what Frictionless finds against the Table Schemas, as faults."""
    from frictionless import FrictionlessException, Package  # imported here: it takes longer than all the rest

    try:
        package = Package(os.path.relpath(descriptor))  # Frictionless takes brackets in a path for a pattern
    except FrictionlessException as refused:  # a path that leaves the folder, for one
        return [Fault("data/datapackage.json", "", "", "a valid data package", one.message)
                for one in refused.reasons or [refused.error]]
    listed = {str(resource.path) for resource in package.resources}
    faults = [
        Fault("data/datapackage.json", "", "resources", "every file of data/", f"no resource for {path.name}")
        for path in sorted(descriptor.parent.iterdir())
        if path.name not in listed and path.suffix in (".csv", ".geojson")
    ]
    for resource in package.resources:
        if not (descriptor.parent / str(resource.path)).is_file():
            faults.append(Fault(f"data/{resource.path}", "", "", "a file", "none"))
    if faults := faults or header_faults(descriptor.parent):
        return faults
    report = package.validate()
    faults = [Fault("data/datapackage.json", "", "", "a valid data package", error.message) for error in report.errors]
    for task in report.tasks:
        keys = _keys(descriptor.parent / task.place) if task.place.endswith(".csv") else []
        seen = set()
        torn = {error.row_number for error in task.errors if error.type in TORN}
        for error in task.errors:
            if error.type not in TORN and getattr(error, "row_number", None) in torn:
                continue
            fault = _fault(f"data/{task.place}", error, keys)
            if (fault.row, fault.column) not in seen:  # a cut row gives two errors per cell
                seen.add((fault.row, fault.column))
                faults.append(fault)
    return faults


def _keys(path: Path) -> list[str]:
    """Return the first cell of each row, the header included: the name a reader knows a row by."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [row[0] if row else "" for row in csv.reader(lines)]


TORN = ("missing-cell", "extra-cell")
"""What is wrong with a row that has too few cells or too many; its other faults follow from that."""
IN_WORDS = {"missing-cell": ("a cell", "none (the row is cut)"), "extra-cell": ("a cell for each column", "one more"),
            "blank-row": ("a row with values", "a blank one")}


def _fault(file: str, error, keys: list[str]) -> Fault:
    """Return one Frictionless error as a fault."""
    number = getattr(error, "row_number", None)
    row = f"{number} ({keys[number - 1]})" if number and number <= len(keys) else "1"
    column = getattr(error, "field_name", None) or ", ".join(getattr(error, "field_names", []) or [])
    found = getattr(error, "cell", None)
    if error.type == "foreign-key":
        expected, found = f"a key of {error.reference_name}", ", ".join(error.field_cells)
    elif error.type == "constraint-error" and "required" in error.note:
        expected, found = "a value", "none"
    elif error.type in IN_WORDS:
        expected, found = IN_WORDS[error.type]
    elif error.type == "type-error" and "number" in error.note:
        expected = "a number, with a point for decimals and nothing between thousands"
    elif found is None:
        expected, found = error.title.lower(), error.note or error.message
    else:
        expected = error.note or error.title.lower()
    found = str(found)
    return Fault(file, row, column, expected, found if found == found.strip() else repr(found))


def reference_faults(book: tables.Tables) -> list[Fault]:
    """Return a fault for each key in an `also` cell that is no source."""
    known = set(book["sources"].index)
    return [
        tables.fault(name, key, "also", "a key of sources", other)
        for name, rows in tables.having(book, "also")
        for key, cell in rows["also"].items()
        for other in cell.split()
        if other not in known
    ]


def ledger_faults(book: tables.Tables, text: str) -> list[Fault]:
    """Return faults of quotes, of words left over, and of forecast columns."""
    claims, not_claims = book["claims"], book["not_claims"]
    faults = ledger.quote_faults(text, claims, "data/claims.csv")
    faults += ledger.quote_faults(text, not_claims, "data/not_claims.csv")
    faults += ledger.excerpt_faults(text, claims, "data/claims.csv")
    faults += ledger.left_over(ledger.tokens(text, book["trigger_words"], claims, not_claims), text)
    for key, row in claims.iterrows():
        for column in ("could_fail", "horizon"):
            if (row[column] != "") != (row["scope"] == "forecast"):
                faults.append(Fault("data/claims.csv", key, column, "a value for forecasts, and only for them",
                                    repr(row[column])))
    return faults


def left_out(seed: Path = paths.SEED) -> bool:
    """Return whether this copy leaves the article out and says so, as rerun.zip does."""
    return (seed.parent / paths.SEED_ABSENT.name).is_file() and not seed.exists()


def all_faults(
    data: Path = paths.DATA, seed: Path = paths.SEED, sha256: str = SEED_SHA256, package: ModuleType = measures,
    recorded: bool = True,
) -> list[Fault]:
    """Return every fault of seed, tables, ledger, rules and decisions, by default the book's; without `recorded` a
    verdict that moved need not be in the history of readings yet.

    Later checks read what earlier ones vouch for, so a failing stage is the last one run.
    """
    found = hashlib.sha256(seed.read_bytes()).hexdigest() if seed.is_file() else "no file"
    if found != sha256 and not left_out(seed):
        return [Fault(f"seeds/{seed.name}", "", "", f"sha256 {sha256}", found)]
    book = tables.load(data)
    stages = (
        lambda: files.of(sorted(data.glob("*.*")), data.parent),
        lambda: formula_faults(data),
        lambda: descriptor_faults(data),
        lambda: package_faults(data / "datapackage.json"),
        lambda: cell_faults(data),
        lambda: _raised(lambda: [book[name] for name in tables.names(data)]),  # patches apply as they are read
        lambda: reference_faults(book) + ([] if left_out(seed) else ledger_faults(book, ledger.seed(seed))),
        lambda: _raised(lambda: specifications.parse_all(book["specifications"], book["claims"], package)),
        # before what is measured from a place that is wrong
        lambda: (list(consistency.misdeclared(book))
                 or (list(consistency.misplaced(book)) if "places" in tables.names(data) else [])),
        lambda: _raised(lambda: list(examine.judgements(book, package).values())),
        lambda: readings.faults(book, examine.judgements(book, package), recorded),
    )
    for stage in stages:
        if faults := stage():
            return faults
    return []


def book_faults(data: bool = True, recorded: bool = True) -> list[Fault]:
    """Return every fault of the book: of its files, of its data, of its tables against each other, of its prose; each
    is looked at where the one before has none. `data=False` leaves the data out."""
    if found := files.faults():
        return found
    of_data = data and (
        all_faults(recorded=False) or consistency.faults(tables.load())
        # last: a slip in a table may have moved the verdict
        or (recorded and list(readings.untold(tables.load(), examine.all_judgements())))
    )
    return of_data or prose.all_faults()


def _raised(action) -> list[Fault]:
    try:
        action()
    except Faults as several:
        return several.faults
    except Fault as one:
        return [one]
    return []


def main(data: bool = True, recorded: bool = True) -> int:
    """Print every fault of the book, or of its prose alone, one per line; return the exit status."""
    try:
        faults = book_faults(data, recorded)
    except Fault as one:
        faults = [one]
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        book = tables.load()
        covered = "the article is not in this copy: quotations not checked"
        if not left_out():
            covered = (
                f"{len(ledger.tokens(ledger.seed(), book['trigger_words'], book['claims'], book['not_claims']))} "
                "checkable words, all covered")
        print(f"data: {len(tables.names())} tables, {len(book['claims'])} claims, {covered}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())

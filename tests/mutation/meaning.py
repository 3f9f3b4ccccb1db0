"""Whether wrong data is noticed by what it means: schemas, the tables against each other, and the
verdicts expected. No stored output is looked at."""

from collections.abc import Callable, Iterable
from functools import cache

import pandas as pd
from evidence import tables
from evidence.checks import consistency
from evidence.faults import Fault
from frictionless import Schema
from mutants import Mutant, Rows, index, key_of, raw


@cache
def readers(table: str) -> dict[str, Callable]:
    """Return Frictionless's reader of each column's cells, which gives the value and what is wrong with it."""
    schema = tables.resource(table)["schema"]
    return {field.name: field.create_cell_reader() for field in Schema.from_descriptor(schema).fields}


def schema_refuses(mutant: Mutant, rows: Rows) -> bool:
    """Return whether the Table Schemas refuse a mutant: types, constraints, keys, foreign keys.

    Only what the mutant touched is looked at; a test compares this with Frictionless on the
    whole package.
    """
    table, schema = mutant.table, tables.resource(mutant.table)["schema"]
    before = raw(table)
    changed = rows if len(rows) != len(before) else [row for row, was in zip(rows, before, strict=True) if row != was]
    if mutant.kind == "duplicated":
        changed = [row for row in rows if row[key_of(table)] == mutant.value]
    if mutant.kind != "dropped" and any(readers(table)[column](text)[1]
                                        for row in changed for column, text in row.items()):
        return True
    for field in schema["fields"]:
        if field.get("constraints", {}).get("unique") and len({row[field["name"]] for row in rows}) < len(rows):
            return True
    for key in schema.get("foreignKeys", []):
        known = {row[key["reference"]["fields"]] for row in raw(key["reference"]["resource"])} | {""}
        if any(row[key["fields"]] not in known for row in changed):
            return True
    return bool(_orphans(table, rows))


def _orphans(table: str, rows: Rows) -> bool:
    """Return whether a row elsewhere names a key that the mutant took away."""
    lost = set(index(table)) - {row[key_of(table)] for row in rows}
    if not lost:
        return False
    for other in tables.names():
        columns = [key["fields"] for key in tables.resource(other)["schema"].get("foreignKeys", [])
                   if key["reference"]["resource"] == table]
        columns += ["also"] if table == "sources" and "also" in raw(other)[0] else []
        if any(lost.intersection(row[column].split() if column == "also" else [row[column]])
               for column in columns for row in raw(other)):
            return True
    return False


def inconsistent(book: tables.Tables, rules: Iterable[Callable] = consistency.RULES) -> Fault | None:
    """Return the first fault of the tables against each other."""
    for rule in rules:
        for fault in rule(book):
            return fault
    return None


def frame(mutant: Mutant, rows: Rows) -> pd.DataFrame:
    """Return the mutant's table, typed; raise Fault for a cell that is not what its column holds."""
    return tables.typed(pd.DataFrame(rows, columns=list(raw(mutant.table)[0])), mutant.table)

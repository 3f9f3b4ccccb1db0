"""Wrong data, one cell or one row at a time: what a slip of a hand, a unit or a sort does to a table."""

import csv
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from evidence import paths, tables

SEED = 20130115
KINDS = ("digit", "sign", "unit", "year", "swapped", "dropped", "duplicated", "source")

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Mutant:
    """One change of one table. `column` is empty where a whole row is dropped or said twice."""

    table: str
    key: str
    column: str
    kind: str
    value: str = ""
    other: str = ""
    """The second cell of a swap: the key of its row, or the name of its column."""


@cache
def raw(table: str) -> tuple[dict[str, str], ...]:
    """Return a table's rows as text, as they are on disk."""
    with (paths.DATA / tables.resource(table)["path"]).open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def key_of(table: str) -> str:
    """Return the name of a table's key column."""
    return tables.resource(table)["schema"]["primaryKey"]


@cache
def index(table: str) -> dict[str, int]:
    """Return where each row of a table stands, by key."""
    return {row[key_of(table)]: at for at, row in enumerate(raw(table))}


def applied(mutant: Mutant) -> Rows:
    """Return the rows of the mutant's table with the change made."""
    rows, at = [dict(row) for row in raw(mutant.table)], index(mutant.table)[mutant.key]
    if mutant.kind == "dropped":
        del rows[at]
    elif mutant.kind == "duplicated":
        rows.insert(at + 1, rows[at] | {key_of(mutant.table): mutant.value})
    elif mutant.kind == "swapped" and mutant.other in rows[at]:
        one, other = mutant.column, mutant.other
        rows[at][one], rows[at][other] = rows[at][other], rows[at][one]
    elif mutant.kind == "swapped":
        there = index(mutant.table)[mutant.other]
        rows[at][mutant.column], rows[there][mutant.column] = rows[there][mutant.column], rows[at][mutant.column]
    else:
        rows[at][mutant.column] = mutant.value
    return rows


def is_number(text: str) -> bool:
    """Return whether a cell holds a plain number."""
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", text))


def times(text: str, factor: float) -> str:
    """Return a number in text times a factor, as text."""
    return f"{float(text) * factor:.6f}".rstrip("0").rstrip(".")


def of_cell(table: str, key: str, column: str) -> Iterator[Mutant]:
    """Yield one mutant of each kind that fits a cell, chosen by the seed."""
    choose = random.Random(f"{SEED} {table} {key} {column}")
    cell, rows = raw(table)[index(table)[key]][column], raw(table)
    if digits := ([i for i, c in enumerate(cell) if c.isdigit()]
                  if is_number(cell) or re.fullmatch(r"\d{4}(-\d\d){1,2}", cell) else []):
        at = choose.choice(digits)
        yield Mutant(table, key, column, "digit",
                     cell[:at] + choose.choice([d for d in "0123456789" if d != cell[at]]) + cell[at + 1 :])
    if is_number(cell) and float(cell) and column not in ("year", "paragraph"):
        yield Mutant(table, key, column, "sign", cell[1:] if cell[0] == "-" else "-" + cell)
        yield Mutant(table, key, column, "unit", times(cell, choose.choice([1000, 0.001, 1.609344])))
    if column == "unit":
        yield Mutant(table, key, column, "unit",
                     choose.choice([row["unit"] for row in raw("units") if row["unit"] != cell]))
    if year := re.fullmatch(r"((?:19|20)\d\d)(-.*)?", cell):
        yield Mutant(table, key, column, "year", str(int(year[1]) + choose.choice([-1, 1, 10])) + (year[2] or ""))
    if column == "source_key" and (others := sorted({row[column] for row in rows} - {cell})
                                   or sorted({row[column] for row in raw("sources")} - {cell})):
        yield Mutant(table, key, column, "source", choose.choice(others))
    yield from _swaps(table, key, column, cell, choose)


def _swaps(table: str, key: str, column: str, cell: str, choose: random.Random) -> Iterator[Mutant]:
    """Yield a swap with another row, and one with the number beside it."""
    row, rows = raw(table)[index(table)[key]], raw(table)
    if others := [r[key_of(table)] for r in rows if r[column] != cell and column not in (key_of(table), "source_key")]:
        yield Mutant(table, key, column, "swapped", other=choose.choice(others))
    if beside := [c for c in row if c != column and is_number(row[c]) and row[c] != cell] if is_number(cell) else []:
        yield Mutant(table, key, column, "swapped", other=choose.choice(beside))


def of_row(table: str, key: str) -> Iterator[Mutant]:
    """Yield the row dropped, and said twice under a key that no schema objects to."""
    yield Mutant(table, key, "", "dropped")
    free = (key[:-1] + c for c in "ZYXWVUBA9876543210")
    yield Mutant(table, key, "", "duplicated", next(k for k in (*free, key + "A") if k not in index(table)))


def ladder(table: str, key: str, column: str) -> Iterator[Mutant]:
    """Yield one cell at other values, in search of one that moves a statistic and one past a flip point."""
    cell = raw(table)[index(table)[key]][column]
    day = re.fullmatch(r"((?:19|20)\d\d)(-.*)?", cell)
    if is_number(cell) and not day:
        for value in (*(times(cell, factor) for factor in (10, 0.1, -1, 2, 0.5, 1000, 0.001)), "0"):
            yield Mutant(table, key, column, "flip", value)
    for years in (-10, 10, 1, -1, 5, -5) if day else ():
        yield Mutant(table, key, column, "flip", str(int(day[1]) + years) + (day[2] or ""))
    for value in sorted({row[column] for row in raw(table)} - {cell})[:6]:
        yield Mutant(table, key, column, "flip", value)

"""Read the evidence tables with the types their schemas declare, and apply the patches."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import Any

import pandas as pd

from . import paths
from .faults import Fault

ARTICLE_LINEAGE = "article"
"""The lineage of the article under test and of its siblings; it never decides alone."""
NUMBER = r"-?[0-9]+(\.[0-9]+)?"
"""How a number is written in a table: finite, in plain digits, with nothing before or behind it."""
FIVE_STATES = "five states"
"""What tables call the five states of Central Asia where a row is about all of them."""


@cache
def package(folder: Path = paths.DATA) -> dict:
    """Return the data package descriptor of a folder as a dictionary."""
    return json.loads((folder / "datapackage.json").read_text("utf-8"))


class NoTable(Fault, LookupError):
    """A table that the package does not have."""


def resource(name: str, folder: Path = paths.DATA) -> dict:
    """Return the descriptor of one table; raise NoTable if the package has none of that name."""
    for entry in package(folder)["resources"]:
        if entry["name"] == name:
            return entry
    raise NoTable("data/datapackage.json", "", "resources", f"a table {name}", "none")


def fields(table: str, folder: Path = paths.DATA) -> dict[str, dict]:
    """Return what the package declares of each column of a table, by its name."""
    return {field["name"]: field for field in resource(table, folder)["schema"]["fields"]}


def group(table: str, column: str, name: str, folder: Path = paths.DATA) -> list[str]:
    """Return the values of a column that the package declares a group of: the members of the
    European Union among partners. Raises KeyError for an unknown group or column."""
    return fields(table, folder)[column]["groups"][name]


def records(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file as text, each by column."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def names(folder: Path = paths.DATA) -> list[str]:
    """Return the names of all tables, in the package's order."""
    return [entry["name"] for entry in package(folder)["resources"] if "schema" in entry]


def read(name: str, folder: Path = paths.DATA) -> pd.DataFrame:
    """Return one table as it is on disk, typed and indexed by its primary key."""
    return typed(pd.read_csv(folder / resource(name, folder)["path"], dtype=str, keep_default_na=False), name, folder)


def header_fault(columns: list[str], name: str, folder: Path = paths.DATA) -> Fault | None:
    """Return a fault if a table has other columns than the package declares, or has them in another order."""
    wanted = list(fields(name, folder))
    if columns == wanted:
        return None
    file = f"data/{resource(name, folder)['path']}"
    return Fault(file, "1", "", f"the columns {', '.join(wanted)}", ", ".join(columns))


def typed(frame: pd.DataFrame, name: str, folder: Path = paths.DATA) -> pd.DataFrame:
    """Return a table of text with the types of its schema, indexed by its primary key.

    Strings keep "" for a missing value, numbers become float64 with NaN. Raises Fault for a
    column that is missing or unknown, or a cell that is not a number.
    """
    if wrong := header_fault(list(frame.columns), name, folder):
        raise wrong
    entry = resource(name, folder)
    key = entry["schema"]["primaryKey"]
    for column, field in fields(name, folder).items():
        if field["type"] in ("number", "integer"):
            for at in frame.index[~frame[column].str.fullmatch(f"({NUMBER})?")]:
                raise Fault(f"data/{entry['path']}", frame[key][at], column, "a number", repr(frame[column][at]))
            frame[column] = pd.to_numeric(frame[column])
    return frame.set_index(key, drop=False).rename_axis(index=None)


def patched(frame: pd.DataFrame, name: str, patches: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of `frame` with its patches applied.

    Raises Fault for a row or column that is not there, or where `expect` is no longer what the
    table says: then the upstream error may be gone and the patch has to be read again.
    """
    frame = frame.copy()
    for patch in patches[patches["table"] == name].to_dict("records"):
        row, column, here = patch["key"], patch["column"], ("data/patches.csv", patch["patch_id"])
        if row not in frame.index:
            raise Fault(*here, "key", f"a row of {name}", repr(row))
        if column not in frame.columns:
            raise Fault(*here, "column", f"a column of {name}", repr(column))
        numeric = pd.api.types.is_numeric_dtype(frame[column])
        for end in ("expect", "replace"):
            if numeric and not re.fullmatch(NUMBER, patch[end]):
                raise Fault(*here, end, "a number", repr(patch[end]))
        expect, replace = (float(patch[end]) if numeric else patch[end] for end in ("expect", "replace"))
        if frame.at[row, column] != expect:
            raise Fault(*here, "expect", f"{frame.at[row, column]} as {name} says", repr(patch["expect"]))
        frame.at[row, column] = replace
    return frame


def aimless(patches: pd.DataFrame, names: Iterable[str]) -> Iterator[Fault]:
    """Yield patches of what is none of some tables: no table asks for them."""
    for patch_id, table in patches.loc[~patches["table"].isin(names), "table"].items():
        yield Fault("data/patches.csv", str(patch_id), "table", "a table that can be patched", repr(table))


class Tables(dict):
    """Every table of a folder by name, patched. Reading happens on first use.

    Tables(others, claims=changed) is a copy of `others` with one table changed.
    """

    def __init__(self, *others: Mapping[str, pd.DataFrame], folder: Path = paths.DATA, **changed: pd.DataFrame):
        super().__init__(*others, **changed)
        self.folder = getattr(others[0], "folder", folder) if others else folder
        self.watchers: list[set[str]] = []
        # Judgements made on these tables, by package of measures, by verdicts.examine; a copy has none.
        self.judged: dict[str, Any] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        for seen in self.watchers:
            seen.add(name)
        return super().__getitem__(name)

    @contextmanager
    def watched(self) -> Iterator[set[str]]:
        """Give the set of tables that are asked for while the block runs."""
        seen: set[str] = set()
        self.watchers.append(seen)
        try:
            yield seen
        finally:
            self.watchers = [watcher for watcher in self.watchers if watcher is not seen]

    def __missing__(self, name: str) -> pd.DataFrame:
        frame = read(name, self.folder)
        if name != "patches":
            for wrong in aimless(self["patches"], {*names(self.folder)} - {"patches"}):
                raise wrong
            frame = patched(frame, name, self["patches"])
        self[name] = frame
        return frame


def having(tables: Tables, column: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield each table that has some column, with its name before it."""
    for name in names(tables.folder):
        if column in tables[name].columns:
            yield name, tables[name]


def verified(tables: Tables, name: str, **cells: object) -> pd.DataFrame:
    """Return the verified rows of a table that have some cells: verified(tables, "arms", supplier="China")."""
    rows = tables[name]
    for column, value in {"verified": "yes", **cells}.items():
        rows = rows[rows[column] == value]
    return rows


def fault(table: str, row: object, column: str, expected: str, found: object) -> Fault:
    """Return a fault of one row of a table."""
    return Fault(f"data/{table}.csv", str(row), column, expected, str(found))


@cache
def load(folder: Path = paths.DATA) -> Tables:
    """Return the tables of a folder, by default the book's, patched; each is read once per process."""
    return Tables(folder=folder)


def traced(function: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    """Let the frame that a function(tables, ...) returns say in its `attrs` where it comes from:
    `function`, "measures/economy.py: ranks", and `data`, the tables that were read."""
    path = function.__module__.partition(".")[2].replace(".", "/")

    @wraps(function)
    def made(tables: Tables, *args: object, **kwargs: object) -> pd.DataFrame:
        with tables.watched() as seen:
            rows = function(tables, *args, **kwargs)
        rows.attrs.update(function=f"{path}.py: {function.__name__}", data=sorted(seen))
        return rows

    return made

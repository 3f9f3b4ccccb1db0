"""Where each figure and table comes from: its notebook, the function that makes it, the data it reads."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import pandas as pd

from .. import paths
from ..charts import all_figures, rows
from ..tables import names
from ..verdicts.examine import Judged, Judgement


def notebooks() -> dict[str, list[str]]:
    """Return the source of every code cell by notebook."""
    found = {}
    for path in sorted(paths.BOOK.glob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        found[path.stem] = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return found


def places() -> dict[str, str]:
    """Return the notebook that shows each figure and each numbered table, by anchor."""
    found: dict[str, str] = {}
    for page, cells in notebooks().items():
        code = "\n".join(cells)
        found |= {f"fig-{name}": page for name in re.findall(r'show\.figure\("([^"]+)"\)', code)}
        found |= dict.fromkeys(re.findall(r'"(tab-[a-z0-9-]+)"', code), page)
        found |= {f"tab-readings-{claim_id.lower()}{'-' * bool(tail)}{tail}": page for claim_id, tail in READINGS.findall(code)}
    return found


NAMED = re.compile(r'tables\["(\w+)"\]')
"""A table asked for by its name."""
READINGS = re.compile(r'show\.readings\("(C\d+)"(?:, "(since)")?\)')
"""A table of readings shown."""


@cache
def read_by(function: Callable) -> set[str]:
    """Return the tables that a function names, itself or through functions of the book that it calls."""
    seen: set[Callable] = set()

    def follow(this: Callable) -> set[str]:
        seen.add(this)
        source = inspect.getsource(this)
        found = set(NAMED.findall(source))
        for dotted in re.findall(r"(?<![\w.])([a-z_]+(?:\.[a-z_]+)?)\(", source):
            owner, _, name = dotted.rpartition(".")
            called = this.__globals__.get(name) if not owner else getattr(this.__globals__.get(owner), name, None)
            if inspect.isfunction(called) and called.__module__.startswith("evidence.") and called not in seen:
                found |= follow(called)
        return found

    return follow(function)


def figures(judged: Judged) -> pd.DataFrame:
    """Return one row per figure: columns figure, notebook, function, data: the tables its frame
    names and, where that shows judgements, those that decide the claims in it."""
    shown, found = places(), []
    for name, figure in sorted(all_figures().items()):
        tables = read_by(figure.frame)
        if "judgements(" in inspect.getsource(figure.frame):
            claims = set(rows(name)["claim_id"])
            tables = tables.union(*(decided_by(judged[key]) for key in judged if key[0] in claims))
        module = figure.draw.__module__.rpartition(".")[2]
        found.append((f"fig-{name}", shown.get(f"fig-{name}", ""), f"charts/{module}.py: {figure.draw.__name__}", " ".join(sorted(tables))))
    return pd.DataFrame(found, columns=["item", "notebook", "function", "data"])


def _imported(cells: list[str]) -> dict[str, ModuleType]:
    """Return the modules of the book that a notebook imports, by name."""
    found: dict[str, ModuleType] = {}
    for package, names_ in re.findall(r"^from (evidence[\w.]*) import (.+)$", "\n".join(cells), re.M):
        modules = [name for name in names_.split(", ") if " as " not in name and hasattr(import_module(package), "__path__")]
        found |= {name: import_module(f"{package}.{name}") for name in modules if find_spec(f"{package}.{name}")}
    return found


def _called(cell: str, modules: dict[str, ModuleType]) -> list[tuple[str, str]]:
    """Return the functions of the book that a cell calls, as module and name."""
    calls = re.findall(r"\b(\w+)\.(\w+)\(", cell)
    return list(dict.fromkeys((module, name) for module, name in calls if inspect.isfunction(getattr(modules.get(module), name, None))))


def _data(cell: str, modules: dict[str, ModuleType], judged: Judged) -> set[str]:
    """Return the tables that a cell reads: by name, through functions, through judgements."""
    found = set(NAMED.findall(cell)).union(*(read_by(getattr(modules[module], name)) for module, name in _called(cell, modules)))
    for claim_id, tense in re.findall(r'judged\["(C\d+)", "(\w+)"\]', cell):
        found |= decided_by(judged[claim_id, tense])
    return found


def chapter_tables(judged: Judged) -> pd.DataFrame:
    """Return one row per table that a notebook puts together: columns item, notebook, function,
    data: what its cell reads or, where the cell only shows what an earlier one made, what the
    notebook reads."""
    found = []
    for page, cells in notebooks().items():
        modules = _imported(cells)
        reads = [_data(cell, modules, judged) for cell in cells]
        for cell, read in zip(cells, reads, strict=True):
            function = " ".join(f"{module}.py: {name}" for module, name in _called(cell, modules)) or "in the notebook"
            data = " ".join(sorted(read or set().union(*reads)))
            found += [(name, page, function, data) for name in re.findall(r'"(tab-[a-z0-9-]+)"', cell)]
    return pd.DataFrame(found, columns=["item", "notebook", "function", "data"])


def decided_by(judgement: Judgement) -> set[str]:
    """Return the tables whose rows decide a judgement or explain it."""
    results = (judgement.main, *judgement.alternatives, *judgement.diagnostics)
    return {table for r in results for table, _ in r.rows}


def reading_tables(judged: Judged) -> pd.DataFrame:
    """Return one row per table of readings: columns item, notebook, function (the measures), data
    (the tables whose rows decide)."""
    found = []
    for page, cells in notebooks().items():
        for claim_id, tail in READINGS.findall("\n".join(cells)):
            judgement = judged[claim_id, tail or "writing"]
            results = (judgement.main, *judgement.alternatives, *judgement.diagnostics)
            measures = sorted({r.spec.measure for r in results if r.spec.measure})
            name = f"tab-readings-{claim_id.lower()}" + ("-since" if tail else "")
            found.append((name, page, " ".join(f"measures/{m.replace('.', '.py: ')}" for m in measures), " ".join(sorted(decided_by(judgement)))))
    return pd.DataFrame(found, columns=["item", "notebook", "function", "data"])


def everything(judged: Judged) -> pd.DataFrame:
    """Return the map of every figure and table; raise LookupError for data that is not a table."""
    found = pd.concat([figures(judged), chapter_tables(judged), reading_tables(judged)], ignore_index=True)
    if unknown := {name for data in found["data"] for name in data.split()} - set(names()):
        raise LookupError(f"not tables of the data package: {', '.join(sorted(unknown))}")
    return found

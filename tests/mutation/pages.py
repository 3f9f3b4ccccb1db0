"""What a page shows, without a kernel: its code run in this process, and the outputs that its notebook stores."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import ClassVar

from evidence import charts, paths, tables
from evidence.pages import show
from evidence.verdicts import examine

GLUE = "application/papermill.record/text/plain"
RAW = {path.stem: [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
       for path in sorted(paths.BOOK.glob("*.ipynb"))}
CODE = {name: [compile("".join(cell["source"]), f"{name} cell {i}", "exec") for i, cell in enumerate(cells)]
        for name, cells in RAW.items()}

Shown = list[tuple[str, str]]
"""What a page shows, in order: ("markdown", text), (key of a glued value, its repr), ("figure", words and rows)."""


def stored(name: str) -> Shown:
    """Return what a notebook stores."""
    found = []
    for output in (output for cell in RAW[name] for output in cell["outputs"]):
        data = {kind: "".join(text) for kind, text in output["data"].items()}
        if "scrapbook" in output["metadata"]:
            found.append((output["metadata"]["scrapbook"]["name"], data[GLUE]))
        elif "text/csv" in data:
            found.append(("figure", data["text/plain"] + output["metadata"]["exhibit"]["caption"] + data["text/csv"]))
        else:
            found.append(("markdown", data["text/markdown"]))
    return found


def shown(name: str) -> Shown:
    """Return what a notebook's code shows now."""
    found: Shown = []
    with _recorded(found):
        space: dict = {}
        for code in CODE[name]:
            exec(code, space)
    return found


def exhibits(name: str) -> list[dict]:
    """Return what the figures and tables of a notebook say of themselves now: which tables they were made from
    depends on those read before, so nothing is taken from another notebook."""
    found: list[dict] = []
    was = show.display, show.html, charts.Chart.svg
    tables.load.cache_clear()
    show.display = lambda data, raw, metadata: found.extend(metadata.values())
    show.html, charts.Chart.svg = SimpleNamespace(of=str), lambda *given: ""  # drawn, they say the same
    try:
        space: dict = {}
        for code in CODE[name]:
            exec(code, space)
    finally:
        show.display, show.html, charts.Chart.svg = was
        tables.load.cache_clear()
    return found


@contextmanager
def _recorded(found: Shown) -> Iterator[None]:
    """Send what notebooks display to a list."""
    was = {key: getattr(show, key) for key in ("display", "_glue", "chart", "start", "html")}
    show.display = lambda data, raw, metadata: found.append(("markdown", data["text/markdown"]))
    show._glue = lambda key, value, display: found.append((key, repr(value)))
    show.chart = lambda chart, rows: found.append(
        ("figure", chart.alt(rows) + chart.caption(rows) + rows.to_csv(index=False, lineterminator="\n")))
    show.html = SimpleNamespace(of=str)  # HTML says the same as the Markdown
    show.start = lambda: None
    try:
        yield
    finally:
        for key, value in was.items():
            setattr(show, key, value)


class Recording(tables.Tables):
    """Tables that note which of them are asked for."""

    asked: ClassVar[set[str]] = set()

    def __getitem__(self, name: str):
        Recording.asked.add(name)
        return super().__getitem__(name)


def asked(action: Callable[[], object]) -> set[str]:
    """Return the tables that an action asks the book's own tables for, judgements made anew."""
    book, judged = tables.load(), examine.all_judgements()
    book.__class__, Recording.asked = Recording, set()
    judged.made.clear()
    try:
        action()
    finally:
        book.__class__ = tables.Tables
    return Recording.asked

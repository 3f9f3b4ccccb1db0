"""What a page shows, without a kernel: its code run in this process, and the outputs that its notebook stores."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from unittest.mock import patch

import pandas as pd
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

    def chart(chart: charts.Chart, rows: pd.DataFrame) -> None:
        said = chart.alt(rows) + chart.caption(rows)
        found.append(("figure", said + rows.to_csv(index=False, lineterminator="\n")))

    with patch.multiple(
        show, chart=chart, start=lambda: None, html=SimpleNamespace(of=str),  # HTML says the same as the Markdown
        display=lambda data, raw, metadata: found.append(("markdown", data["text/markdown"])),
        _glue=lambda key, value, display: found.append((key, repr(value))),
    ):
        _run(name)
    return found


def _run(name: str) -> None:
    """Run the code of a notebook."""
    space: dict = {}
    for code in CODE[name]:
        exec(code, space)


def exhibits(name: str) -> list[dict]:
    """Return what the figures and tables of a notebook say of themselves now: which tables they were made from
    depends on those read before, so nothing is taken from another notebook."""
    found: list[dict] = []
    tables.load.cache_clear()
    undrawn = patch.object(charts.Chart, "svg", lambda *given: "")  # drawn, they say the same
    with undrawn, patch.multiple(show, display=lambda data, raw, metadata: found.extend(metadata.values()),
                                 html=SimpleNamespace(of=str)):
        try:
            _run(name)
        finally:
            tables.load.cache_clear()
    return found


def asked(action: Callable[[], object]) -> set[str]:
    """Return the tables that an action asks the book's own tables for, judgements made anew."""
    examine.all_judgements().made.clear()
    with tables.load().watched() as seen:
        action()
    return seen

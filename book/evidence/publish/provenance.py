"""Where each figure and table comes from, as the outputs of the notebooks say themselves."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from .. import paths
from ..tables import names

PREFIX = {"figure": "fig-", "table": ""}
"""What an exhibit's name becomes an anchor with."""


def outputs(notebook: Path) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield what each exhibit of a notebook says of itself ("kind", "name", "caption", "function",
    "data", for a figure "credit" and "claims"), and its contents by MIME type."""
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            if exhibit := output.get("metadata", {}).get("exhibit"):
                yield exhibit, {mime: "".join(lines) for mime, lines in output["data"].items()}


def anchor(exhibit: dict[str, Any]) -> str:
    """Return the anchor of an exhibit on its page."""
    return PREFIX[exhibit["kind"]] + exhibit["name"]


def everything(folder: Path = paths.BOOK) -> pd.DataFrame:
    """Return one row per figure and table: columns item (its anchor), notebook, function, data, caption.

    Raises LookupError for data that is not a table of the data package.
    """
    found = [
        (anchor(exhibit), path.stem, exhibit["function"], " ".join(exhibit["data"]), exhibit["caption"])
        for path in sorted(folder.glob("*.ipynb"))
        for exhibit, _ in outputs(path)
    ]
    if unknown := {name for _, _, _, data, _ in found for name in data.split()} - set(names()):
        raise LookupError(f"not tables of the data package: {', '.join(sorted(unknown))}")
    return pd.DataFrame(found, columns=["item", "notebook", "function", "data", "caption"])


def places(folder: Path = paths.BOOK) -> dict[str, str]:
    """Return the notebook that shows each figure and each numbered table, by anchor."""
    return dict(everything(folder)[["item", "notebook"]].itertuples(index=False))


def made_from() -> pd.DataFrame:
    """Return the map that readers see, as Markdown: columns Figure or table, Notebook, Function, Data."""
    rows = everything().drop(columns="caption")
    rows["item"] = [f'<a href="../cite/{item}.bib">{item}</a>' for item in rows["item"]]
    return rows.set_axis(["Figure or table", "Notebook", "Function", "Data"], axis=1)

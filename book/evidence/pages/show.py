"""What notebooks call to show things. Most display, and return nothing.

Words and tables are Markdown for the book and HTML for whoever opens the notebook, a chart is its drawing; the
metadata, under "exhibit", say what is shown and where it comes from.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from IPython.display import display
from myst_nb import glue as _glue

from ..charts import Chart, style
from ..tables import load
from ..verdicts import examine
from . import claims, html, markdown, naming

NARROW = "image/svg+xml;narrow"
"""The drawing of a chart for a phone, beside the wide one."""
read: set[str] = set()
"""The tables that this notebook has asked for."""


def start() -> None:
    """Set up a notebook: the style of charts, and a note of the tables that it reads."""
    style.use()
    read.clear()
    load().watchers[:] = [read]


def _origin(rows: pd.DataFrame) -> dict[str, Any]:
    """Return function and data of some rows: what made them says so, or else the notebook did."""
    data = rows.attrs.get("data") or sorted(read)
    return {"function": rows.attrs.get("function", "in the notebook"), "data": data}


def words(text: str, exhibit: Mapping[str, Any] | None = None) -> None:
    """Display some Markdown, as HTML too."""
    plain = exhibit["caption"] if exhibit else text.partition("\n")[0]
    data = {"text/html": html.of(text), "text/markdown": text, "text/plain": plain}
    display(data, raw=True, metadata={"exhibit": dict(exhibit)} if exhibit else {})


def chart(chart: Chart, rows: pd.DataFrame) -> None:
    """Display a chart of some rows: the drawing, its alternative text for the book, and the rows themselves as CSV."""
    data: dict[str, Any] = {"image/svg+xml": chart.svg(rows, style.WIDTH), "text/plain": chart.alt(rows)}
    data["text/csv"] = rows.to_csv(index=False, lineterminator="\n")
    if chart.title:  # drawn for both widths
        data[NARROW] = chart.svg(rows, style.NARROW)
    exhibit: dict[str, Any] = {"kind": "figure", "name": chart.name, "caption": chart.caption(rows),
                               "credit": chart.credit}
    exhibit |= {"claims": list(chart.claims), **_origin(rows)}
    exhibit["function"] = f"charts/{chart.draw.__module__.rpartition('.')[2]}.py: {chart.draw.__name__}"
    display(data, raw=True, metadata={"exhibit": exhibit})


def table(rows: pd.DataFrame, caption: str, name: str, fmt: Mapping[str, str] | None = None,
          raw: Iterable[str] = ()) -> None:
    """Display a numbered table. `fmt` formats columns of numbers ("{:,.0f}"); the columns in `raw`
    already hold Markdown."""
    shown = rows.assign(**{column: rows[column].map(form.format) for column, form in (fmt or {}).items()})
    text = markdown.table(shown, caption, name, raw)
    words(text, {"kind": "table", "name": name, "caption": caption, **_origin(rows)})


def claim(*claim_ids: str) -> None:
    """Display the lines of some claims at the end of the section that decides them."""
    words(claims.lines(load(), examine.all_judgements(), claim_ids))


def sheet(claim_id: str) -> None:
    """Display the sheet of one claim."""
    words(claims.sheet(load()["claims"].loc[claim_id], examine.all_judgements()))


def tally() -> None:
    """Display the counts of verdicts."""
    rows = claims.tally(load(), examine.all_judgements())
    table(rows, "What the verdicts mean, and how many claims have each.", "tab-tally", raw=["Verdict"])


def scoreboard() -> None:
    """Display every claim with its state."""
    rows = claims.scoreboard(load(), examine.all_judgements())
    table(rows, "Every claim of the article and its verdicts.", "tab-scoreboard", raw=rows.columns)


def sourced(keys: pd.Series) -> list[str]:
    """Return a column of source keys (one or more in each cell) as links, for a column in `raw`."""
    return [naming.linked(load(), cell.split()) for cell in keys]


def glue(values: Mapping[str, Any] | str, value: Any = None) -> None:
    """Store numbers for the prose, as plain Python values; a key is claim-id.quantity. Raises ValueError for a
    number that is not finite."""
    for key, one in ({values: value} if isinstance(values, str) else values).items():
        plain = one.item() if hasattr(one, "item") else one
        if isinstance(plain, float) and not math.isfinite(plain):
            raise ValueError(f"{key} is {plain}, which no text can show")
        _glue(key, plain, display=False)

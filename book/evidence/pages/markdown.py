"""MyST Markdown as text: tables, badges and links that read the same in HTML and in the PDF."""

import re
from collections.abc import Iterable

import pandas as pd

from ..verdicts import wording

ISO_DATE = r"\d{4}-\d{2}(-\d{2})?"
"""Set in one piece: a date that breaks at its hyphens is hard to read."""


def escape(text: object) -> str:
    """Return text with everything MyST would read as markup escaped; line breaks become spaces."""
    return re.sub(r"([\\`*_{}\[\]<>|~$^&#@])", r"\\\1", " ".join(str(text).split()))


def table(rows: pd.DataFrame, caption: str, name: str, raw: Iterable[str] = ()) -> str:
    """Return a numbered, captioned MyST table; see `pipe_table`."""
    return f":::{{table}} {caption}\n:name: {name}\n\n{pipe_table(rows, raw)}\n:::"


def pipe_table(rows: pd.DataFrame, raw: Iterable[str] = ()) -> str:
    """Return a Markdown table.

    Numeric columns are set right; a missing value is shown as "not known". Columns in `raw`
    already hold Markdown.
    """
    def cell(column: str, value: object) -> str:
        if pd.isna(value) or value == "":
            return "not known" if pd.isna(value) else ""
        text = str(value) if column in raw else escape(value)
        return f"[{text}]{{.date}}" if re.fullmatch(ISO_DATE, text) else text

    raw = set(raw)
    rules = [" --: " if _numeric(rows[column]) else " :-- " for column in rows.columns]
    lines = ["|" + "|".join(f" {escape(column)} " for column in rows.columns) + "|", "|" + "|".join(rules) + "|"]
    lines += ["|" + "|".join(f" {cell(c, v)} " for c, v in zip(rows.columns, row, strict=True)) + "|"
              for row in rows.itertuples(index=False)]
    return "\n".join(lines)


def _numeric(column: pd.Series) -> bool:
    """Return whether every value is a number or reads as one (with its unit in the header)."""
    values = [str(v) for v in column if not (pd.isna(v) or v == "")]
    return bool(values) and all(re.fullmatch(r"[-+\N{MINUS SIGN}]?[\d,]+(\.\d+)?%?", v) for v in values)


def badge(state: str) -> str:
    """Return a verdict as an inline badge: its sign and its word."""
    return f"[{wording.SIGN[state]} {wording.VERDICT[state]}]{{.badge .{state.replace('_', '-')}}}"


def claim_link(claim_id: str) -> str:
    """Return a link to a claim's sheet, wherever it is."""
    return f"[{claim_id}](#{claim_id.lower()})"


def page_link(page: str) -> str:
    """Return a link to a page of the book by its name."""
    return f"[{page.capitalize()}]({page}.ipynb)"


def source_link(key: str) -> str:
    """Return a link to a source in the list of sources."""
    return f"[{escape(key)}](#{source_anchor(key)})"


def source_anchor(key: str) -> str:
    """Return the anchor of a source."""
    return "source-" + key.lower().replace("_", "-")

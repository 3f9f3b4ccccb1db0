"""MyST Markdown as text: tables, cards and links that read the same in HTML and in the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pandas as pd

ISO_DATE = r"\d{4}-\d{2}(-\d{2})?"
"""Set in one piece: a date that breaks at its hyphens is hard to read."""


def escape(text: object) -> str:
    """Return text with everything MyST would read as markup escaped; line breaks become spaces."""
    return re.sub(r"([\\`*_{}\[\]<>|~$^&#@])", r"\\\1", " ".join(str(text).split()))


def table(rows: pd.DataFrame, caption: str, name: str, raw: Iterable[str] = ()) -> str:
    """Return a numbered, captioned MyST table.

    Numeric columns are set right; a missing value is shown as "not known". Columns in `raw`
    already hold Markdown.
    """
    def cell(column: str, value: object) -> str:
        if pd.isna(value) or value == "":
            return "not known" if pd.isna(value) else ""
        text = str(value) if column in raw else escape(value)
        return f"[{text}]{{.date}}" if re.fullmatch(ISO_DATE, text) else text

    rules = [" --: " if _numeric(rows[column]) else " :-- " for column in rows.columns]
    lines = [
        f":::{{table}} {caption}",
        f":name: {name}",
        "",
        "|" + "|".join(f" {escape(column)} " for column in rows.columns) + "|",
        "|" + "|".join(rules) + "|",
    ]
    lines += ["|" + "|".join(f" {cell(c, v)} " for c, v in zip(rows.columns, row, strict=True)) + "|" for row in rows.itertuples(index=False)]
    return "\n".join([*lines, ":::"])


def _numeric(column: pd.Series) -> bool:
    """Return whether every value is a number or reads as one (with its unit in the header)."""
    values = [str(v) for v in column if not (pd.isna(v) or v == "")]
    return bool(values) and all(re.fullmatch(r"[-+\N{MINUS SIGN}]?[\d,]+(\.\d+)?%?", v) for v in values)


def container(kind: str, name: str, body: Sequence[str]) -> str:
    """Return a block with CSS classes and an anchor around some paragraphs."""
    return "\n".join([f"::::{{container}} {kind}", *([f":name: {name}"] if name else []), "", *body, "::::"])


def badge(state: str, word: str) -> str:
    """Return a verdict as an inline badge."""
    return f"[{word}]{{.badge .{state.replace('_', '-')}}}"


def claim_link(claim_id: str) -> str:
    """Return a link to a claim's card, wherever it is."""
    return f"[{claim_id}](#claim-{claim_id.lower()})"


def source_link(key: str) -> str:
    """Return a link to a source in the list of sources."""
    return f"[{escape(key)}](#{source_anchor(key)})"


def source_anchor(key: str) -> str:
    """Return the anchor of a source."""
    return "source-" + key.lower().replace("_", "-")

"""Change one choice and judge again: another reading, threshold, window or source."""

import math
import re
from pathlib import Path

import pandas as pd

from ..tables import Tables, fault, fields
from . import wording
from .examine import Judgement, judgements

CHOICES = ["role", "measure", "params", "period_start", "period_end", "test", "low", "high", "quorum"]
"""The columns of data/specifications.csv that say how a claim is tested."""


def choices(tables: Tables, spec_id: str) -> pd.DataFrame:
    """Return how the claim of a specification is tested, one row for each of its specifications: columns
    spec_id and those of CHOICES in which one has a value. Raises LookupError for an unknown specification."""
    specs = tables["specifications"]
    if spec_id not in specs.index:
        raise LookupError(f"data/specifications.csv has no row {spec_id!r}")
    rows = specs.loc[specs["claim_id"] == specs.at[spec_id, "claim_id"], ["spec_id", *CHOICES]]
    rows = rows.assign(quorum=rows["quorum"].map(lambda part: "" if pd.isna(part) else f"{part:g}"))
    return rows.loc[:, (rows != "").any()]


def _checked(spec_id: str, column: str, value: object, folder: Path) -> object:
    """Return a cell as its table has it, an empty quorum as NaN; raise Fault for one that `make check` would refuse in
    the file."""
    rules, text = fields("specifications", folder)[column].get("constraints", {}), str(value)
    if column == "quorum":
        if not text:
            return math.nan
        if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", text, re.ASCII):
            raise fault("specifications", spec_id, column, "a number from 0 to 1", repr(value))
        return float(text)
    if text not in rules.get("enum", [text]):
        raise fault("specifications", spec_id, column, f"one of {', '.join(rules['enum'])}", repr(value))
    if text and not re.fullmatch(rules.get("pattern", "(?s:.*)"), text, re.ASCII):
        raise fault("specifications", spec_id, column, f"a cell of the form {rules['pattern']}", repr(value))
    return text


def what_if(tables: Tables, spec_id: str, **cells: object) -> Judgement:
    """Return the judgement of a claim with some cells of one of its specifications changed.

    `cells` are columns of data/specifications.csv: low=600, period_start=2008,
    params="view=partners; flow=total", role="main". A specification that becomes the main one
    changes places with the one that was; its reason says what was changed. Raises LookupError for
    an unknown specification or column, Fault for a cell that the table may not hold, Faults where
    the changed row does not parse.
    """
    own, specs = choices(tables, spec_id).index, tables["specifications"]
    if unknown := set(cells) - set(specs.columns):
        raise LookupError(f"data/specifications.csv has no column {', '.join(sorted(unknown))}")
    claim_id, tense = specs.loc[spec_id, ["claim_id", "tense"]]
    own = specs.loc[own].query("tense == @tense").copy()
    if cells.get("role") == "main":
        own.loc[own["role"] == "main", "role"] = own.at[spec_id, "role"]
    shown = {column: value for column, value in cells.items() if column not in ("role", "reason")}
    if changed := ", ".join(f"{column} = {value}" for column, value in shown.items()):
        cells = {"reason": f"{own.at[spec_id, 'reason']} (changed: {changed})", **cells}
    for column, value in cells.items():
        own.at[spec_id, column] = _checked(spec_id, column, value, tables.folder)
    return judgements(Tables(tables, specifications=own))[claim_id, tense]


def compared(before: Judgement, after: Judgement) -> pd.DataFrame:
    """Return two judgements of a claim side by side: columns What, In the book, Changed."""
    def column(judgement: Judgement) -> list[str]:
        main = judgement.main
        return [
            wording.VERDICT[judgement.verdict], main.spec.reason, wording.test(main.spec.criterion, main.unit),
            wording.found(main), wording.OUTCOME[main.outcome], wording.robustness(judgement),
            wording.flip(judgement) or f"none: {judgement.flip_reason}",
            judgement.confidence or "none",
        ]

    rows = ["Verdict", "Main reading", "Test", "Found", "Outcome", "Robustness", "Flip point", "Confidence"]
    return pd.DataFrame({"What": rows, "In the book": column(before), "Changed": column(after)})

"""Change one choice and judge again: another reading, threshold, window or source."""

import pandas as pd

from ..tables import Tables
from . import wording
from .examine import Judgement, judgements


def what_if(tables: Tables, spec_id: str, **cells: object) -> Judgement:
    """Return the judgement of a claim with some cells of one of its specifications changed.

    `cells` are columns of data/specifications.csv: low=600, period_start=2008,
    params="view=partners; flow=total", role="main". A specification that becomes the main one
    changes places with the one that was; its reason says what was changed. Raises LookupError for
    an unknown specification or column, Faults where the changed row does not parse.
    """
    specs = tables["specifications"]
    if spec_id not in specs.index:
        raise LookupError(f"data/specifications.csv has no row {spec_id!r}")
    if unknown := set(cells) - set(specs.columns):
        raise LookupError(f"data/specifications.csv has no column {', '.join(sorted(unknown))}")
    claim_id, tense = specs.loc[spec_id, ["claim_id", "tense"]]
    own = specs[(specs["claim_id"] == claim_id) & (specs["tense"] == tense)].copy()
    if cells.get("role") == "main":
        own.loc[own["role"] == "main", "role"] = own.at[spec_id, "role"]
    shown = {column: value for column, value in cells.items() if column not in ("role", "reason")}
    if changed := ", ".join(f"{column} = {value}" for column, value in shown.items()):
        cells = {"reason": f"{own.at[spec_id, 'reason']} (changed: {changed})", **cells}
    for column, value in cells.items():
        own.at[spec_id, column] = value if column == "quorum" else str(value)
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

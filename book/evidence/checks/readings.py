"""What a reading must be besides well-formed: one that a record can move, with that record named where
the evidence leaves it open, and one whose changes are told.
"""

import math
from collections.abc import Iterator

from ..faults import Fault
from ..tables import Tables
from ..verdicts import specifications, wording
from ..verdicts.examine import Judged, Judgement, Result
from ..verdicts.rules import pivot

FILE = specifications.FILE
HISTORY = "data/reading_history.csv"

COMPARED = ("ratio", "share", "percent", "points", "share of field")
"""Units of one quantity set against another: below nothing and above everything they say nothing."""


def faults(book: Tables, judged: Judged, recorded: bool = True) -> list[Fault]:
    """Return every fault of the readings of some judgements, and of their history; whether the verdicts that stand have
    to be `recorded` in it."""
    made = [fault for judgement in judged.values() for rule in RULES for fault in rule(book, judgement)]
    return made + list(untold(book, judged, recorded))


def unclosed(book: Tables, judgement: Judgement) -> Iterator[Fault]:
    """Yield readings that are open and name no record that would close them, and the reverse."""
    for result in judgement.counted:
        spec = result.spec
        if result.outcome == "open" and not spec.closes:
            yield Fault(FILE, spec.spec_id, "closes", f"the record that would close {wording.found(result)}", "none")
        if result.outcome != "open" and spec.closes:
            yield Fault(FILE, spec.spec_id, "closes", "nothing, where the outcome is not open", spec.closes)


def immovable(book: Tables, judgement: Judgement) -> Iterator[Fault]:
    """Yield open readings that no record could decide for the article.

    A ratio or share that may be anything from nothing up tells nothing, whatever is counted; a test for
    more that begins at nothing can never pass.
    """
    for result in judgement.counted:
        if result.outcome != "open" or result.unit not in COMPARED or result.statistic is None:
            continue
        low, high = pivot(result.statistic, result.spec.criterion)
        wants_more = result.spec.criterion.test in ("at_least", "above")
        # a change may be below nothing, and then a record can move it
        if (low == 0 and wants_more) or (low <= 0 and high == math.inf) or low == -math.inf:
            found = wording.interval(low, high, result.unit)
            yield Fault(FILE, result.spec.spec_id, "measure", "a reading that some record could move", found)


def repeating(book: Tables, judgement: Judgement) -> Iterator[Fault]:
    """Yield alternatives that change nothing, and those that repeat a main number which any denominator
    would give, nothing of something or all of it, unless their reason says that it "repeats the main" one."""
    main = judgement.main
    for other in judgement.alternatives:
        if _choice(other) == _choice(main):
            yield Fault(FILE, other.spec.spec_id, "role", "one choice changed from the main reading", "none")
    if _ends(main) not in ((0, 0), (1, 1)) or main.unit not in COMPARED:
        return
    for other in judgement.alternatives:
        changed = (other.spec.measure, dict(other.spec.params)) != (main.spec.measure, dict(main.spec.params))
        same = changed and other.unit == main.unit and _ends(other) == _ends(main)
        if same and "repeats the main" not in other.spec.reason:
            wanted = "another number than the main one, or a reason that it repeats the main one"
            yield Fault(FILE, other.spec.spec_id, "role", wanted, wording.found(other))


def _ends(result: Result) -> tuple[float, float] | None:
    """Return the ends of what a reading found, None where nothing was measured."""
    return (result.statistic.low, result.statistic.high) if result.statistic else None


def _choice(result: Result) -> tuple:
    """Return what a reading chooses: what is measured, when, and by which test."""
    spec = result.spec
    return spec.measure, dict(spec.params), spec.period_start, spec.period_end, spec.criterion


def untold(book: Tables, judged: Judged, recorded: bool = True) -> Iterator[Fault]:
    """Yield changes in the history of readings that do not lead from one to the next and, where it has to be
    `recorded`, to the verdict that stands."""
    if "reading_history" not in book and not (book.folder / "reading_history.csv").is_file():
        return
    for (claim_id, tense), rows in book["reading_history"].groupby(["claim_id", "tense"], sort=False):
        stood = ""
        for key, row in rows.iterrows():
            if stood and row["from"] != stood:
                yield Fault(HISTORY, str(key), "from", f"{stood}, to which the change before led", row["from"])
            stood = row["to"]
        now = judged[claim_id, tense].verdict if (claim_id, tense) in judged else "none"
        if recorded and stood != now:
            wanted = f"{now}, which is computed (undo what moved it, or add a row)"
            yield Fault(HISTORY, str(rows.index[-1]), "to", wanted, stood)


RULES = (unclosed, immovable, repeating)
"""Every rule of one judgement."""

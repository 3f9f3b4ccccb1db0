"""Numbers, dates and verdicts as words: every page, figure and table prints them through here."""

import math
import re

from .. import dates
from .examine import Judgement, Result
from .rules import VERDICTS, Criterion, pivot

VERDICT = {verdict: verdict.replace("_", " ").capitalize() for verdict in (*VERDICTS, "not_examined")}
"""The word a reader sees for each verdict and for a claim that has none yet."""

SIGN = {
    "supported": "\N{CHECK MARK}",
    "qualified": "\N{ALMOST EQUAL TO}",
    "mixed": "\N{PLUS-MINUS SIGN}",
    "contradicted": "\N{MULTIPLICATION SIGN}",
    "unresolved": "?",
    "untestable": "\N{EN DASH}",
    "not_examined": "\N{HORIZONTAL ELLIPSIS}",
}
"""The sign that stands before the word, so that grey print and colour-blind readers lose nothing."""

COLOR = {
    "supported": "#2b6e1e",
    "qualified": "#7d5c00",
    "mixed": "#7b4a1e",
    "contradicted": "#ad1039",
    **dict.fromkeys(("unresolved", "untestable", "not_examined"), "#565d66"),
}
"""The colour of each verdict on white, wherever it stands; no country has one of them."""

DISAGREE = "No record is missing. They disagree, and the words do not say which of them is meant."
"""What would settle a mixed claim."""

OUTCOME = {"pass": "passes", "fail": "fails", "open": "open", "none": "not tested"}
"""The word for what a reading came to."""

OPENERS = re.compile(
    r"(?:A|Above|Across|After|Against|An|Any|As|At|Both|By|Counts|Does|Each|Every|Exactly|From|Half|In|Joint|Known|"
    r"Most|None|Officers|Only|Over|Servicemen|Share|Sites|Still|The|Those|To|Trade|Until|What|Whether|With)\b"
)
"""Words that begin a reading and are no names."""

MEANING = {
    "supported": "true in the kindest reading and in at least four in five of the others",
    "qualified": "true in the kindest reading, but in fewer than four in five of the others",
    "mixed": "false in the kindest reading, but true in half or more of the others: the records disagree",
    "contradicted": "false even in the kindest reading, and in most others",
    "unresolved": "no record decides it, and a missing record is no evidence",
    "untestable": "the words name nothing to measure: a cause, a judgement, a \u201ccould\u201d",
    "not_examined": "not looked at yet",
    "not applicable": "a forecast at writing; afterwards a past event, or no figures",
}
"""What each verdict means, in the words of the front page."""

DECIMALS = {"km": 0, "mi": 0, "nmi": 0, "sq km": 0, "ratio": 2, "percent": 1, "deg": 2, "contacts per year": 1}
"""Decimals by unit; counted things have none."""

LARGE = {"percent": 100, "ratio": 3}
"""From where a value has a decimal less: 1,013%, 8.2 times."""
EXACT = 1e-9
"""What a sum of floating-point numbers may be off a round value."""


def number(value: float, unit: str = "") -> str:
    """Return a value without its unit: 1,080; 70.2% for a share; 30 January 2013 for a date.

    Nothing, a half and other round values have no decimals: 0%, 50%.
    """
    if unit == "date":
        return dates.long(dates.date.fromordinal(int(value)))
    if unit == "year":
        return f"{value:.0f}"
    part = unit in ("share", "share of field")
    shown = 100 * value if part else value
    decimals = 1 if part else DECIMALS.get(unit, 2)
    if abs(shown) >= LARGE.get(unit, math.inf):
        decimals -= 1
    text = f"{shown:z,.{0 if abs(shown - round(shown)) < EXACT else decimals}f}".replace("-", "\N{MINUS SIGN}")
    return text + "%" if part or unit == "percent" else text


def suffix(unit: str, value: float = 0) -> str:
    """Return what follows a number: " mi" for miles, " strike" for one strike, nothing for a
    date, a rank or a share."""
    if unit in ("date", "year", "share", "share of field", "percent", "rank", ""):
        return ""
    if unit == "ratio":
        return " times"
    return f"\N{NO-BREAK SPACE}{singular(unit) if value == 1 else unit}"


def singular(unit: str) -> str:
    """Return the name of one of a counted unit: strikes gives strike, facilities facility."""
    first, _, rest = unit.partition(" ")
    one = first[:-3] + "y" if first.endswith("ies") else first[:-1] if first.endswith("s") else first
    return f"{one} {rest}".strip()


def interval(low: float, high: float, unit: str) -> str:
    """Return an interval in words: "606 to 686 mi", "at least 6 exercises", "rank 2"."""
    before = "rank " if unit == "rank" else ""
    if low == -math.inf and high == math.inf:
        return "any value"
    if high == math.inf and low == 0:
        return f"{before}0 or more{suffix(unit)}"
    if high == math.inf:
        return f"{before}at least {number(low, unit)}{suffix(unit, low)}"
    if low == -math.inf:
        return f"{before}at most {number(high, unit)}{suffix(unit, high)}"
    if unit == "date":
        return dates.period(low, high)
    if number(low, unit) == number(high, unit):
        return f"{before}{number(low, unit)}{suffix(unit, high)}"
    return f"{before}{number(low, unit)} to {number(high, unit)}{suffix(unit)}"


def found(result: Result) -> str:
    """Return what a specification found, in words."""
    if result.statistic is None:
        return "no measure"
    items = len(result.statistic.items)
    low, high = pivot(result.statistic, result.spec.criterion)
    return interval(low, high, result.unit) + (f" (the deciding one of {items})" if items else "")


def test(criterion: Criterion, unit: str) -> str:
    """Return a test in words: "within 1,080 to 1,320 mi", "in September 2010"; a quorum follows."""
    if criterion.test == "none":
        return "none"
    words = _dated(criterion) if unit == "date" else _counted(criterion, unit)
    return words if criterion.quorum == 1 else f"{words}, in {criterion.quorum:.0%} of cases"


def _dated(criterion: Criterion) -> str:
    """Return a test of a date in words."""
    low, high = criterion.low, criterion.high
    if criterion.test == "within":
        words = dates.period(low, high)
        return f"{'on' if low == high else 'within' if ' to ' in words else 'in'} {words}"
    return f"by {number(high, 'date')}" if criterion.test == "at_most" else f"from {number(low, 'date')}"


def _counted(criterion: Criterion, unit: str) -> str:
    """Return a test of anything else in words."""
    bound = criterion.high if criterion.test == "at_most" else criterion.low
    if criterion.test == "within":
        exact = ("in " if unit == "year" else "exactly ") if criterion.low == criterion.high else "within "
        return exact + interval(criterion.low, criterion.high, unit)
    if criterion.test == "at_most" and bound == -1:  # a count that falls
        return f"below {number(0, unit)}{suffix(unit)}"
    return f"{criterion.test.replace('_', ' ')} {number(bound, unit)}{suffix(unit, bound)}"


def robustness(judgement: Judgement) -> str:
    """Return how many other readings gave the main result, "" where nothing was tested."""
    n, same = len(judgement.alternatives), judgement.agreeing
    if judgement.verdict == "untestable":
        return ""
    one, more = ("is open too", "are open too") if judgement.verdict == "unresolved" else ("agrees", "agree")
    if n < 2:
        return ("no other reading", f"the other reading {one if same else 'differs'}")[n]
    if same == n:
        return f"both other readings {more}" if n == 2 else f"all {n} other readings {more}"
    if not same:
        return f"neither other reading {one}" if n == 2 else f"none of {n} other readings {one}"
    return f"{same} of {n} other readings {more}"


def flip(judgement: Judgement) -> str:
    """Return the value at which the main outcome would change, or "" where there is none."""
    main, unit = judgement.main, judgement.main.unit
    if judgement.flip is None or main.statistic is None:
        return ""
    value = judgement.flip.value
    if main.outcome == "pass" and main.spec.criterion.low == main.spec.criterion.high:
        return {"year": "any other year", "date": "any other day"}.get(unit, "any other number")
    before = "rank " if unit == "rank" else ""
    after = ""
    if unit == "date":
        after = " or later" if value > pivot(main.statistic, main.spec.criterion)[1] else " or earlier"
    return f"{before}{number(value, unit)}{suffix(unit, value)}{after}"


def turn(judgement: Judgement) -> str:
    """Return what would change the main outcome, "fail below 1 person per year", or "" where there is no flip point.
    What is measured changes as its bound is reached or, where the bound itself is allowed, crossed."""
    main, criterion, at = judgement.main, judgement.main.spec.criterion, "at"
    if judgement.flip is None or main.statistic is None:
        return ""
    passes, value = main.outcome == "pass", judgement.flip.value
    if criterion.holds(value) == passes:
        at = "below" if passes and value == criterion.low else "above"
    return f"{'fail' if passes else 'pass'} {at} {flip(judgement)}"

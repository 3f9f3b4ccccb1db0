"""The rules: an interval and a test give an outcome, outcomes give a verdict, and a verdict
has a flip point.

Everything here is pure: values in, verdict out. The rules are stated in book/method.ipynb.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..measures.statistic import Statistic

TESTS = {"within": ("low", "high"), "at_least": ("low",), "above": ("low",), "at_most": ("high",), "none": ()}
"""Each test and the bounds it needs."""

VERDICTS = ("supported", "qualified", "mixed", "contradicted", "unresolved", "untestable")
"""Every verdict the rules can give."""


@dataclass(frozen=True)
class Criterion:
    """The part of a specification that decides: a test, its bounds, and for a series the
    share of items that must pass (1.0 = all). A bound that the test does not take is infinite."""

    test: str
    low: float = -math.inf
    high: float = math.inf
    quorum: float = 1.0

    def __post_init__(self) -> None:
        if self.test not in TESTS:
            raise ValueError(f"unknown test {self.test!r}")
        given = {name for name, bound in (("low", self.low), ("high", self.high)) if math.isfinite(bound)}
        if given != set(TESTS[self.test]):
            needed = TESTS[self.test] or "none"
            raise ValueError(f"test {self.test} needs the bounds {needed}, got {sorted(given) or 'none'}")
        if not 0 < self.quorum <= 1:
            raise ValueError(f"quorum {self.quorum} is not in (0, 1]")
        if self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")

    def holds(self, value: float) -> bool:
        """Return whether one value satisfies the test."""
        return value > self.low if self.test == "above" else self.low <= value <= self.high


def pivot(statistic: Statistic, criterion: Criterion) -> tuple[float, float]:
    """Return the interval that decides.

    For a single value, and where nothing is tested, that is the statistic itself. For a series
    under a one-sided test with quorum q, "at least q of n items pass" is the same statement as
    "the k-th best item passes" with k = ceil(q n); the pivot is that order statistic, end by end.
    """
    if not statistic.items or criterion.test == "none":
        return statistic.low, statistic.high
    if criterion.test == "within":
        raise ValueError("a series takes a one-sided test")
    k = math.ceil(criterion.quorum * len(statistic.items) - 1e-9)
    best_first = criterion.test in ("at_least", "above")
    lows = sorted((i.low for i in statistic.items), reverse=best_first)
    highs = sorted((i.high for i in statistic.items), reverse=best_first)
    return lows[k - 1], highs[k - 1]


def outcome(statistic: Statistic, criterion: Criterion) -> str:
    """Return "pass" if every value of the interval satisfies the test, "fail" if none does,
    "open" otherwise, and "none" for the test "none"."""
    if criterion.test == "none":
        return "none"
    low, high = pivot(statistic, criterion)
    if criterion.test == "within":
        if criterion.low <= low and high <= criterion.high:
            return "pass"
        return "fail" if high < criterion.low or low > criterion.high else "open"
    ends = {criterion.holds(low), criterion.holds(high)}
    return "open" if len(ends) == 2 else "pass" if ends == {True} else "fail"


def verdict(main: str, alternatives: Sequence[str] = ()) -> str:
    """Return the verdict of a main outcome and its alternatives' outcomes (open = not passed).

    A main reading that fails where half or more of the others pass is mixed: the records are there
    and disagree. One that no record decides is unresolved.
    """
    n, passed = len(alternatives), sum(a == "pass" for a in alternatives)
    if main == "none":
        return "untestable"
    if main == "open":
        return "unresolved"
    if main == "pass":
        return "supported" if 5 * passed >= 4 * n else "qualified"
    if main == "fail":
        return "contradicted" if n == 0 or 2 * passed < n else "mixed"
    raise ValueError(f"unknown outcome {main!r}")


@dataclass(frozen=True)
class Flip:
    """The value at which the main outcome changes, and which end of the interval must reach it."""

    value: float
    end: str


def flip(statistic: Statistic, criterion: Criterion, step: float = 0.0) -> Flip | None:
    """Return the value of the main statistic nearest to the observed one at which the main
    outcome changes, or None where it is open or cannot be tested, or no whole value passes.

    `step` is the unit's smallest change: 1 for things that are counted, 0 for things that are
    measured. Measured: the value is the boundary itself, and the outcome changes as it is
    crossed or reached. Counted: it is the first whole value at which the outcome is another.
    """
    observed = outcome(statistic, criterion)
    if observed not in ("pass", "fail"):
        return None
    low, high = pivot(statistic, criterion)
    if criterion.test == "at_most":
        return Flip(_edge(criterion.high, +1, step, observed), "high" if observed == "pass" else "low")
    if criterion.test in ("at_least", "above"):
        inclusive = criterion.test == "at_least"
        return Flip(_edge(criterion.low, -1, step, observed, inclusive), "low" if observed == "pass" else "high")
    first, last = _edge(criterion.low, -1, step, observed), _edge(criterion.high, +1, step, observed)
    if observed == "pass":
        return Flip(first, "low") if low - first <= last - high else Flip(last, "high")
    if first > last:
        return None
    return Flip(first, "high") if high < criterion.low else Flip(last, "low")


def _edge(bound: float, outward: int, step: float, observed: str, inclusive: bool = True) -> float:
    """Return the first value on the other side of `bound`; `outward` points out of the passing side."""
    if not step:
        return bound
    last_passing = (math.floor if outward > 0 else math.ceil)(bound / step) * step
    if not inclusive and last_passing == bound:
        last_passing -= outward * step
    return last_passing + outward * step if observed == "pass" else last_passing

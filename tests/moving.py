"""The interval that decides with one end moved: what a flip point promises can be tried out."""

from evidence.measures.statistic import interval
from evidence.verdicts.rules import pivot


def moved(statistic, criterion, end, value):
    """Return the deciding interval with one end moved to `value` (the other follows if passed)."""
    low, high = pivot(statistic, criterion)
    low, high = (value, max(high, value)) if end == "low" else (min(low, value), value)
    return interval(low, high, statistic.unit, ())

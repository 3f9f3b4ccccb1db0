"""The rules of book/method.ipynb, as properties and as the table itself."""

import math
from dataclasses import replace

import pytest
from evidence.measures.statistic import Item, Statistic, series
from evidence.verdicts.rules import TESTS, Criterion, Flip, flip, outcome, pivot, verdict
from hypothesis import find, given
from hypothesis import strategies as st
from moving import moved

ENDS = st.integers(-50, 50)
CRITERIA = st.one_of(
    st.builds(lambda a: Criterion("at_least", low=a), ENDS),
    st.builds(lambda a: Criterion("above", low=a), ENDS),
    st.builds(lambda a: Criterion("at_most", high=a), ENDS),
    st.builds(lambda a, b: Criterion("within", low=min(a, b), high=max(a, b)), ENDS, ENDS),
)
STATISTICS = st.builds(lambda a, b: Statistic(min(a, b), max(a, b), "things"), ENDS, ENDS)


@pytest.mark.parametrize(
    ("main", "passing", "failing", "expected"),
    [
        ("none", 0, 0, "untestable"),
        ("open", 4, 0, "unresolved"),
        ("pass", 0, 0, "supported"),
        ("pass", 4, 1, "supported"),
        ("pass", 3, 1, "qualified"),
        ("pass", 0, 1, "qualified"),
        ("fail", 0, 0, "contradicted"),
        ("fail", 1, 2, "contradicted"),
        ("fail", 1, 1, "mixed"),
        ("fail", 2, 1, "mixed"),
    ],
)
def test_verdict_table(main, passing, failing, expected):
    assert verdict(main, ["pass"] * passing + ["fail"] * failing) == expected
    assert verdict(main, ["open"] * failing + ["pass"] * passing) == expected, "open counts as not passed"


def test_unknown_outcome_is_refused():
    with pytest.raises(ValueError, match="unknown outcome"):
        verdict("maybe")


def is_outcome_of_every_value(outcome, statistic, criterion):
    """Return whether an outcome is what all values of an interval give."""
    holds = {criterion.holds(v) for v in range(int(statistic.low), int(statistic.high) + 1)}
    expected = "open" if len(holds) == 2 else "pass" if holds == {True} else "fail"
    if (criterion.test == "within" and expected == "fail" and statistic.low < criterion.low
            and statistic.high > criterion.high):
        expected = "open"  # the interval spans the window between whole numbers
    return outcome(statistic, criterion) == expected


@given(STATISTICS, CRITERIA)
def test_outcome_is_that_of_every_value(statistic, criterion):
    assert is_outcome_of_every_value(outcome, statistic, criterion)


def flips_and_nothing_nearer_does(flip, statistic, criterion, step):
    """Return whether a flip point changes the outcome and the value just short of it does not."""
    point = flip(statistic, criterion, step)
    observed = outcome(statistic, criterion)
    if observed == "open" or point is None:
        return observed == "open" and point is None
    end = statistic.low if point.end == "low" else statistic.high
    toward = 1 if point.value > end or (point.value == end and point.end == "high") else -1
    past = point.value if step else point.value + toward * 1e-6
    short = point.value - toward * (step or 1e-6)
    flips = outcome(moved(statistic, criterion, point.end, past), criterion) != observed
    nearer = ((short - end) * toward >= 0
              and outcome(moved(statistic, criterion, point.end, short), criterion) != observed)
    return flips and not nearer


STEPS = st.sampled_from([0.0, 1.0])
HALVES = st.builds(lambda a, b: Criterion("within", low=min(a, b) - 0.5, high=max(a, b) + 0.5), ENDS, ENDS)


@given(STATISTICS, st.one_of(CRITERIA, HALVES), STEPS)
def test_flip_point_flips_and_nothing_nearer_does(statistic, criterion, step):
    assert flips_and_nothing_nearer_does(flip, statistic, criterion, step)


def passes_with_its_quorum(outcome, pairs, criterion, quorum):
    """Return whether a series passes when enough of its items do, in whatever order they come."""
    if criterion.test == "within":
        return True
    criterion = Criterion(criterion.test, criterion.low, criterion.high, quorum)
    items = [Item(str(i), a, a + w) for i, (a, w) in enumerate(pairs)]
    needed = math.ceil(quorum * len(items) - 1e-9)
    sure = sum(criterion.holds(i.low) and criterion.holds(i.high) for i in items)
    possible = sum(criterion.holds(i.low) or criterion.holds(i.high) for i in items)
    expected = "pass" if sure >= needed else "fail" if possible < needed else "open"
    return {outcome(series(some, "things", []), criterion) for some in (items, items[::-1])} == {expected}


PAIRS, QUORUMS = (st.lists(st.tuples(ENDS, st.integers(0, 5)), min_size=1, max_size=9),
                  st.sampled_from([0.2, 0.5, 0.8, 1.0]))


@given(PAIRS, CRITERIA, QUORUMS)
def test_series_passes_when_its_quorum_does(pairs, criterion, quorum):
    assert passes_with_its_quorum(outcome, pairs, criterion, quorum)


def never_open(statistic, criterion):
    """Return an outcome that takes doubt for failure."""
    return "pass" if outcome(statistic, criterion) == "pass" else "fail"


def low_end_only(statistic, criterion):
    """Return an outcome that looks at one end of an interval."""
    return "pass" if criterion.holds(statistic.low) else "fail"


def too_far(statistic, criterion, step):
    """Return a flip point that lies one further than the nearest."""
    point = flip(statistic, criterion, step)
    return point and replace(point, value=point.value + (1 if point.end == "high" else -1))


def not_far_enough(statistic, criterion, step):
    """Return the observed end for a flip point."""
    point = flip(statistic, criterion, step)
    return point and replace(point, value=statistic.low if point.end == "low" else statistic.high)


def without_quorum(statistic, criterion):
    """Return an outcome for which every item has to pass."""
    return outcome(statistic, replace(criterion, quorum=1.0))


@pytest.mark.parametrize(
    ("holds", "wrong", "examples"),
    [
        (is_outcome_of_every_value, never_open, (STATISTICS, CRITERIA)),
        (is_outcome_of_every_value, low_end_only, (STATISTICS, CRITERIA)),
        (flips_and_nothing_nearer_does, too_far, (STATISTICS, CRITERIA, STEPS)),
        (flips_and_nothing_nearer_does, not_far_enough, (STATISTICS, CRITERIA, STEPS)),
        (passes_with_its_quorum, without_quorum, (PAIRS, CRITERIA, QUORUMS)),
        (passes_with_its_quorum, never_open, (PAIRS, CRITERIA, QUORUMS)),
    ],
)
def test_a_wrong_rule_breaks_its_property(holds, wrong, examples):
    assert find(st.tuples(*examples), lambda drawn: not holds(wrong, *drawn))


@pytest.mark.parametrize(
    ("low", "high", "criterion", "step", "expected"),
    [
        (606, 686, Criterion("within", 1080, 1320), 0, Flip(1080, "high")),
        (0, 0, Criterion("at_most", high=0), 1, Flip(1, "high")),
        (3, 3, Criterion("at_most", high=0), 1, Flip(0, "low")),
        (6, 10, Criterion("at_least", low=24), 1, Flip(24, "high")),
        (30, 40, Criterion("at_least", low=24), 1, Flip(23, "low")),
        (0.7, 0.7, Criterion("above", low=0.5), 0, Flip(0.5, "low")),
        (1, 1, Criterion("above", low=1), 1, Flip(2, "high")),
        (4, 4, Criterion("within", 4, 4), 1, Flip(3, "low")),
        (4, 4, Criterion("within", 2, 6), 1, Flip(1, "low")),
        (5, 5, Criterion("within", 2, 6), 1, Flip(7, "high")),
        (9, 9, Criterion("within", 2, 6), 1, Flip(6, "low")),
        (0, 0, Criterion("within", 2, 6), 1, Flip(2, "high")),
        (4, 4, Criterion("within", 2, 6), 0, Flip(2, "low")),
        (3, 3, Criterion("within", 2.5, 5.5), 1, Flip(2, "low")),
        (5, 5, Criterion("within", 2.5, 5.5), 1, Flip(6, "high")),
        (9, 9, Criterion("within", 2.5, 5.5), 1, Flip(5, "low")),
        (1, 1, Criterion("within", 2.5, 5.5), 1, Flip(3, "high")),
        (4, 4, Criterion("within", 2.5, 5.1), 1, Flip(2, "low")),
        (4, 4, Criterion("within", 2.5, 5.5), 0, Flip(2.5, "low")),
        (9, 9, Criterion("within", 2.5, 5.5), 0, Flip(5.5, "low")),
        (9, 9, Criterion("within", 2.2, 2.8), 1, None),
        (9, 9, Criterion("within", 2.2, 2.8), 0, Flip(2.8, "low")),
        (3, 3, Criterion("at_least", low=2.5), 1, Flip(2, "low")),
        (2, 2, Criterion("at_least", low=2.5), 1, Flip(3, "high")),
        (2, 2, Criterion("at_most", high=2.5), 1, Flip(3, "high")),
        (3, 3, Criterion("at_most", high=2.5), 1, Flip(2, "low")),
        (3, 3, Criterion("above", low=2), 1, Flip(2, "low")),
        (4, 4, Criterion("at_most", high=5), 2, Flip(6, "high")),
        (8, 8, Criterion("above", low=4), 2, Flip(4, "low")),
        (3, 5, Criterion("at_most", high=4), 1, None),
        (1, 1, Criterion("none"), 1, None),
    ],
)
def test_flip_points_by_hand(low, high, criterion, step, expected):
    assert flip(Statistic(low, high, "things"), criterion, step) == expected


def test_open_ended_inventory_cannot_fail_at_least():
    assert outcome(Statistic(6, math.inf, "exercises"), Criterion("at_least", low=24)) == "open"
    assert outcome(Statistic(6, math.inf, "exercises"), Criterion("at_least", low=5)) == "pass"


@pytest.mark.parametrize(
    "bad",
    [
        lambda: Criterion("roughly", low=1),
        lambda: Criterion("within", low=1),
        lambda: Criterion("at_least", low=1, high=2),
        lambda: Criterion("within", low=2, high=1),
        *(lambda quorum=quorum: Criterion("at_least", low=1, quorum=quorum) for quorum in (0, -1, 1.001)),
        lambda: Statistic(2, 1, "things"),
        *(lambda ends=ends, make=make: make(*ends)
          for ends in ((math.nan, 1), (1, math.nan), (math.inf, math.inf), (-math.inf, -math.inf))
          for make in (lambda *ends: Statistic(*ends, "things"), lambda *ends: Item("a", *ends))),
        lambda: Item("a", 2, 1),
        lambda: series([], "things", []),
        lambda: pivot(series([Item("a", 1, 1)], "things", []), Criterion("within", 0, 1)),
    ],
)
def test_rules_that_do_not_parse_are_refused(bad):
    with pytest.raises(ValueError):
        bad()


@pytest.mark.parametrize("ends", [(-math.inf, math.inf), (1, math.inf), (-math.inf, 1), (1, 1)])
def test_an_end_may_be_open(ends):
    assert (Item("a", *ends).low, Statistic(*ends, "things").high) == ends


@pytest.mark.parametrize(("test", "reached"), [("at_least", 2), ("above", 2), ("at_most", 3)])
def test_a_pivot_is_the_value_that_the_quorum_reaches(test, reached):
    four = series([Item(str(n), n, n) for n in (1, 2, 3, 4)], "things", [])
    bound = {TESTS[test][0]: 0}
    assert pivot(four, Criterion(test, **bound, quorum=0.75)) == (reached, reached)
    assert pivot(four, Criterion("none")) == (four.low, four.high) != (reached, reached), "nothing is tested"

"""Laws that hold whatever the data: readings, order, units, intervals."""

import math
from datetime import date

import pandas as pd
import pytest
from evidence import dates, tables
from evidence.measures import reach, russia
from evidence.measures.statistic import Item, Statistic, series
from evidence.verdicts import examine, specifications
from evidence.verdicts.rules import Criterion, flip, outcome, pivot, verdict
from hypothesis import given, settings
from hypothesis import strategies as st

BOOK = tables.load()
JUDGED = examine.all_judgements()
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3))
INTERVALS = st.tuples(NUMBERS, NUMBERS).map(lambda ends: Statistic(min(ends), max(ends), "things"))
ONE_SIDED = st.tuples(st.sampled_from(["at_least", "above", "at_most"]), NUMBERS)
OUTCOMES = st.lists(st.sampled_from(["pass", "fail", "open"]), max_size=9)


def criterion(test, bound, quorum=1.0):
    """Return a one-sided criterion."""
    return Criterion(test, **{"high" if test == "at_most" else "low": bound}, quorum=quorum)


# -- readings


@given(OUTCOMES, st.integers(0, 8))
def test_one_more_reading_that_passes_never_hurts_the_article(alternatives, at):
    better = [*alternatives]
    if at < len(better):
        better[at] = "pass"
    rank = {"contradicted": 0, "mixed": 1, "unresolved": 1, "qualified": 2, "supported": 3}
    assert all(rank[verdict(main, better)] >= rank[verdict(main, alternatives)] for main in ("pass", "fail", "open"))


# -- order


@given(OUTCOMES, st.sampled_from(["pass", "fail", "open", "none"]), st.randoms())
def test_the_order_of_readings_does_not_matter(alternatives, main, chance):
    mixed = [*alternatives]
    chance.shuffle(mixed)
    assert verdict(main, mixed) == verdict(main, alternatives)


@pytest.mark.parametrize("key", [k for k, j in JUDGED.items() if j.main.statistic], ids="-".join)
def test_the_order_of_rows_does_not_matter(key):
    """Every table turned round gives every reading the same statistic."""
    turned = tables.Tables({name: BOOK[name].iloc[::-1] for name in tables.names()})
    made = JUDGED[key]
    for result in (made.main, *made.alternatives):
        again = examine.run(turned, result.spec)
        assert ((again.statistic.low, again.statistic.high)
                == pytest.approx((result.statistic.low, result.statistic.high), rel=1e-12)), result.spec.spec_id
        assert set(again.statistic.rows) == set(result.statistic.rows) and again.outcome == result.outcome


# -- intervals


@given(NUMBERS, NUMBERS, NUMBERS)
def test_the_flip_of_a_window_is_its_nearest_edge(value, one, other):
    low, high = min(one, other), max(one, other)
    point = flip(Statistic(value, value, "things"), Criterion("within", low, high))
    assert abs(point.value - value) == pytest.approx(min(abs(low - value), abs(high - value)))


@given(INTERVALS, st.floats(0, 1), st.floats(0, 1), ONE_SIDED)
def test_part_of_an_interval_never_says_the_opposite(statistic, one, other, rule):
    width = statistic.high - statistic.low
    ends = sorted(min(statistic.high, statistic.low + width * share) for share in (one, other))
    whole, part = (outcome(s, criterion(*rule)) for s in (statistic, Statistic(*ends, "things")))
    assert whole in ("open", part)


@given(st.lists(INTERVALS, min_size=1, max_size=9), ONE_SIDED, st.floats(0.01, 1))
def test_a_series_spans_its_items_and_its_pivot_lies_in_it(parts, rule, quorum):
    found = series([Item(str(i), s.low, s.high) for i, s in enumerate(parts)], "things", [])
    low, high = pivot(found, criterion(*rule, quorum=quorum))
    assert found.low <= low <= high <= found.high
    assert low in {s.low for s in parts} and high in {s.high for s in parts}


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_its_month_and_its_year(day):
    spans = [dates.span(text) for text in (f"{day:%Y}", f"{day:%Y-%m}", day.isoformat())]
    assert spans[2] == (day.toordinal(),) * 2 and dates.iso(spans[2][0]) == day.isoformat()
    assert spans[0][0] <= spans[1][0] <= spans[2][0] <= spans[1][1] <= spans[0][1]
    assert spans[0][1] - spans[0][0] in (364, 365) and specifications.bound(day.isoformat(), "low") == day.toordinal()


# -- units


@settings(max_examples=25)
@given(st.floats(43, 45), st.floats(87, 88), st.floats(43, 44), st.floats(74, 76), st.floats(0, 20))
def test_distances_are_the_same_in_every_unit_and_both_ways(lat, lon, to_lat, to_lon, margin):
    cells = {"place_id": ["A", "B"], "name": ["a", "b"], "area": ["one", "two"], "lat": [lat, to_lat],
             "lon": [lon, to_lon], "verified": "yes"}
    area = pd.DataFrame({"report_id": "R", "subject": "range", "low": math.pi * margin**2, "high": math.pi * margin**2},
                        index=["R"])
    held = tables.Tables(places=pd.DataFrame(cells, index=["A", "B"]),
                         strike_reports=area.assign(unit="sq km", verified="yes"))
    metres = [reach.one_way(held, "one", "two", unit, "range").high * reach.METRES[unit]
              for unit in ("mi", "nmi", "km")]
    assert metres == pytest.approx([metres[0]] * 3)
    assert reach.one_way(held, "two", "one", "km", "range").high == pytest.approx(metres[2] / 1000)
    exact, wide = reach.one_way(held, "one", "two", "km"), reach.one_way(held, "one", "two", "km", "range")
    assert (exact.low - wide.low, wide.high - exact.high) == pytest.approx((margin, margin), abs=1e-6)
    assert reach.round_trip(held, "one", "two", "km").low == pytest.approx(2 * exact.low)


VOLUMES = st.lists(st.floats(0.1, 1e3), min_size=3, max_size=12)


@settings(max_examples=25)
@given(VOLUMES, st.floats(0.001, 1000))
def test_shares_and_ranks_do_not_depend_on_the_unit(volumes, factor):
    def held(times):
        suppliers = [f"S{i % 3}" for i in range(len(volumes))]
        cells = {"recipient": "Kazakhstan", "supplier": suppliers, "year": 2010, "tiv": [v * times for v in volumes],
                 "verified": "yes"}
        return tables.Tables(arms=pd.DataFrame(cells))

    one, other = (russia.arms_share(held(t), "Kazakhstan", "S1", 2010, 2010).low for t in (1, factor))
    assert one == pytest.approx(other)
    assert sum(russia.arms_share(held(1), "Kazakhstan", f"S{i}", 2010, 2010).low for i in range(3)) == pytest.approx(1)
    assert russia.arms_rank(held(1), "Kazakhstan", "S1", 2010, 2010).low in (1, 2, 3)


def test_the_laws_here_can_fail(monkeypatch):
    """An outcome that forgets one end of an interval breaks the law of its parts."""
    law = test_part_of_an_interval_never_says_the_opposite.hypothesis.inner_test
    monkeypatch.setitem(globals(), "outcome", lambda statistic, rule: "pass" if rule.holds(statistic.low) else "fail")
    with pytest.raises(AssertionError):
        law(Statistic(0, 2, "things"), 1.0, 1.0, ("at_most", 1.0))

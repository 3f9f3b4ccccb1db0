"""Every claim's judgement, whatever its chapter."""

from dataclasses import replace

import pytest
from evidence import tables
from evidence.faults import Fault, Faults
from evidence.measures.statistic import Statistic
from evidence.verdicts import examine, rules, specifications

JUDGED = examine.all_judgements()
BOOK = tables.load()


def test_something_is_judged():
    assert len(JUDGED) >= 6


@pytest.mark.parametrize("key", [k for k, j in JUDGED.items() if j.flip], ids="-".join)
def test_past_the_flip_point_the_outcome_changes_and_short_of_it_not(key):
    judgement = JUDGED[key]
    statistic, criterion, point = judgement.main.statistic, judgement.main.spec.criterion, judgement.flip
    step = float(BOOK["units"].at[statistic.unit, "step"])
    low, high = rules.pivot(statistic, criterion)
    observed = low if point.end == "low" else high
    toward = 1 if (point.value, point.end) > (observed, "low") else -1
    size = abs(point.value - observed) or abs(point.value) or 1
    past = point.value if step else point.value + toward * size * 1e-6
    short = point.value - toward * (step or size * 1e-6)
    assert rules.outcome(rules.moved(statistic, criterion, point.end, past), criterion) != judgement.main.outcome
    if (short - observed) * toward >= 0:
        assert rules.outcome(rules.moved(statistic, criterion, point.end, short), criterion) == judgement.main.outcome


@pytest.mark.parametrize("key", list(JUDGED), ids="-".join)
def test_judgement_is_complete(key):
    judgement = JUDGED[key]
    assert judgement.verdict in rules.VERDICTS
    if judgement.verdict == "untestable":
        assert judgement.flip is None and not judgement.confidence and judgement.flip_reason
    else:
        assert judgement.confidence in ("high", "medium", "low") and judgement.sources
        assert (judgement.flip is None) == (judgement.main.outcome == "open")


@pytest.mark.parametrize("key", list(JUDGED), ids="-".join)
def test_no_row_of_the_article_or_unverified_decides(key):
    judgement = JUDGED[key]
    for result in (judgement.main, *judgement.alternatives):
        rows = [BOOK[table].loc[row] for table, row in result.rows]
        for row in rows:
            assert row.get("verified", "yes") == "yes"
        behind = {BOOK["sources"].at[key, "lineage"] for row in rows for key in [row["source_key"], *row.get("also", "").split()]}
        if behind == {tables.ARTICLE_LINEAGE}:
            assert result.outcome == "open"


def edited(**changes):
    """Return the book's tables with some replaced."""
    copy = tables.Tables(BOOK)
    copy.update(changes)
    return copy


def test_an_unverified_row_that_would_decide_stops_everything():
    places = BOOK["places"].copy()
    reports = BOOK["strike_reports"].copy()
    reports.loc["H6-XINHUA", "verified"] = "no"
    with pytest.raises(Fault, match=r"row C70.main, column params: .*, found no verified report of h6"):
        list(examine.judgements(edited(places=places, strike_reports=reports)).values())
    claims, specs = BOOK["claims"], BOOK["specifications"]
    one = next(s for s in specifications.parse_all(specs, claims) if s.spec_id == "C73.main")
    statistic = Statistic(1, 1, "mi", rows=(("strike_reports", "H6-XINHUA"),))
    with pytest.raises(Fault, match="H6-XINHUA, column verified: expected yes"):
        examine.judge(edited(strike_reports=reports), [replace(one, function=lambda tables, **params: statistic)])


def test_the_article_alone_never_decides():
    reports = BOOK["strike_reports"].copy()
    reports.loc[reports["subject"] == "h6", ["source_key", "also"]] = ["S-ARTICLE", ""]
    specs = BOOK["specifications"].copy()
    specs.loc["C70.main", "params"] = "subject=h6; source=S-ARTICLE"
    specs = specs[specs["spec_id"] != "C70.alt-phoenix"]
    judgement = examine.judgements(edited(strike_reports=reports, specifications=specs))["C70", "writing"]
    assert (judgement.verdict, judgement.confidence, judgement.confidence_reason) == ("unresolved", "low", "only the sibling article")


@pytest.mark.parametrize(
    ("row", "column", "value", "message"),
    [
        ("C73.main", "test", "near", "C73.main, column test: expected a test with its bounds, found unknown test 'near'"),
        ("C73.main", "low", "", "C73.main, column test"),
        ("C73.main", "low", "much", "C73.main, column test"),
        ("C73.main", "measure", "reach.nowhere", "C73.main, column measure: expected a function in book/evidence/measures"),
        ("C73.main", "params", "departures=urumqi", "C73.main, column params: .*also needs targets, unit"),
        ("C73.main", "params", "departures=urumqi; targets=otar; unit=mi; by=air", "does not take by"),
        ("C73.main", "role", "alternative", "C73, column role: expected one main specification for writing, found 0"),
        ("C73.alt-nautical", "role", "main", "C73, column role: expected one main specification for writing, found 2"),
        ("C73.main", "tense", "since", "column spec_id: expected an id that starts with C73.since-"),
        ("C73.main", "spec_id", "C74.main", "column spec_id: expected an id that starts with C73."),
        ("C68.main", "test", "at_least", "C68.main, column test"),
    ],
)
def test_a_rule_that_does_not_parse_is_named(row, column, value, message):
    specs = BOOK["specifications"].copy()
    specs.loc[row, column] = value
    with pytest.raises(Faults, match=message):
        specifications.parse_all(specs, BOOK["claims"])

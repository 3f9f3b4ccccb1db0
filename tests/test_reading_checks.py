"""What a reading must be besides well-formed: each rule finds nothing in the book, and finds its own slip."""

from dataclasses import replace

import pytest
from evidence import tables
from evidence.checks import everything, readings
from evidence.measures.statistic import interval, point
from evidence.verdicts import examine
from evidence.verdicts.rules import Criterion
from spoiling import spoilt

BOOK, JUDGED = tables.load(), examine.all_judgements()


def said(book):
    """Return what the rules of readings say of some tables."""
    return [str(fault) for fault in readings.faults(book, examine.judgements(book))]


@pytest.mark.parametrize(
    ("spec_id", "cells", "message"),
    [
        ("C10.main", {"closes": ""},
         "row C10.main, column closes: expected the record that would close 0 or more\u00a0reports, found none"),
        ("C31.alt-sco", {"closes": ""}, "row C31.alt-sco, column closes: expected the record that would close"),
        ("C70.main", {"closes": "a list"},
         "row C70.main, column closes: expected nothing, where the outcome is not open, found a list"),
        (
            "C03.alt-exercises", {"measure": "thesis.arms_over_trade", "period_end": "2012"},
            "row C03.alt-exercises, column role: expected one choice changed from the main reading, found none",
        ),
        (
            "C03.alt-exercises",
            {"measure": "thesis.arms_over_trade", "period_end": "2012", "params": "partner=China; flow=exports"},
            "row C03.alt-exercises, column role: expected another number than the main one, "
            "or a reason that it repeats the main one, found 0 times",
        ),
        (
            "C03.alt-exercises",
            {"measure": "thesis.arms_over_trade", "period_end": "2012", "params": "partner=China; flow=exports",
             "reason": "It repeats the main zero"},
            "",
        ),
    ],
)
def test_a_reading_that_tests_nothing_is_named(spec_id, cells, message):
    found = said(spoilt("specifications", spec_id, **cells))
    assert found == [] if not message else len(found) == 1 and message in found[0], found


def judged(test, low, high, unit, bound, outcome="open"):
    """Return a judgement whose main reading found an interval under a test."""
    made = JUDGED["C29", "writing"]
    bounds = {"high" if test == "at_most" else "low": bound}
    spec = replace(made.main.spec, criterion=Criterion(test, **bounds))
    return replace(made, main=replace(made.main, spec=spec, outcome=outcome, statistic=interval(low, high, unit, ())),
                   alternatives=())


INF = float("inf")


@pytest.mark.parametrize(
    ("made", "refused"),
    [
        (judged("above", 0, INF, "ratio", 1), True),  # two floors over each other
        (judged("above", 0, 2.75, "ratio", 1), True),  # over the largest of others, of which most are unknown
        (judged("above", -INF, 53, "percent", 0), True),
        (judged("above", -1.9, 1.5, "percent", 0), False),  # a change, which may be below nothing
        (judged("above", -1.9, INF, "percent", 0), True),
        (judged("at_most", 0, INF, "share", 0.5), True),
        (judged("above", 0.4, INF, "ratio", 1), False),
        (judged("at_most", 0, 0.7, "share", 0.5), False),  # a closer count can bring it down
        (judged("at_least", 0, INF, "reports", 1), False),  # a count grows with each record
        (judged("above", 0, 0.5, "ratio", 1, outcome="fail"), False),
    ],
)
def test_a_reading_that_no_record_can_move_is_refused(made, refused):
    found = [str(fault) for fault in readings.immovable(BOOK, made)]
    assert bool(found) == refused, found
    assert all("data/specifications.csv, row C29.main, column measure: expected a reading that some record could move"
               in fault for fault in found)


def test_a_number_that_is_not_nothing_may_be_found_twice():
    made = JUDGED["C29", "writing"]
    main = replace(made.main, statistic=point(0.5, "ratio", ()))
    other = replace(made.alternatives[0], statistic=point(0.5, "ratio", ()))
    assert list(readings.repeating(BOOK, replace(made, main=main, alternatives=(other,)))) == []


@pytest.mark.parametrize(
    ("key", "cells", "message"),
    [
        ("C73", {"to": "supported"},
         "column to: expected contradicted, which is computed (undo what moved it, or add a row), found supported"),
        ("C39", {"from": "supported"}, "column from: expected mixed, to which the change before led, found supported"),
    ],
)
def test_a_history_that_does_not_lead_to_the_verdict_is_named(key, cells, message):
    rows = BOOK["reading_history"]
    last = rows.index[(rows["claim_id"] == key) & (rows["tense"] == ("since" if key == "C39" else "writing"))][-1]
    book = spoilt("reading_history", last, **cells)
    found = [str(fault) for fault in readings.untold(book, JUDGED)]
    assert [fault for fault in found if fault.startswith(f"data/reading_history.csv, row {last}, ")
            and message in fault], found
    tried = list(readings.untold(book, JUDGED, recorded=False))
    assert bool(tried) == ("computed" not in message), "who tries a change may see it before it is recorded"


def test_every_change_of_a_reading_names_a_tense_that_is_or_was_judged():
    rows = BOOK["reading_history"]
    known = {(row.claim_id, row.tense) for row in rows.itertuples() if row.to != "none"}
    assert known <= set(JUDGED)


def test_the_rules_are_asked(monkeypatch):
    fault = readings.Fault(readings.FILE, "", "", "a", "b")
    monkeypatch.setattr(readings, "faults", lambda book, judged, recorded: [fault])
    assert everything.all_faults() == [fault]

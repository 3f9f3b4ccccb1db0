"""The engine on tables of a few rows: reading a specification, running it, judging a claim, and
reading the tables themselves."""

import json
import math
from dataclasses import replace

import pandas as pd
import pytest
from evidence import dates, paths, tables
from evidence.faults import Fault, Faults
from evidence.measures.statistic import Item, Statistic, interval, point, series
from evidence.verdicts import examine, rules, specifications
from evidence.verdicts.rules import Criterion, Flip
from evidence.verdicts.specifications import Specification
from moving import moved

INF = math.inf


def frame(key, **columns):
    """Return a table indexed by its key column."""
    return pd.DataFrame(columns).set_index(key, drop=False).rename_axis(index=None)


SMALL = tables.Tables(
    {
        "units": frame("unit", unit=["things", "km", "date"], step=[1.0, 0.0, 1.0]),
        "sources": frame("source_key", source_key=["a", "b", "a2", "art", "art2"],
                         lineage=["one", "two", "one", "article", "article"]),
        "finds": frame(
            "id", id=["A", "AB", "B", "ART", "ART-A", "NO", "A2"], source_key=["a", "a", "b", "art", "art", "a", "a2"],
            also=["", "b", "", "art2", "a", "", "a"], verified=["yes", "yes", "yes", "yes", "yes", "no", "yes"],
        ),
        "plain": frame("id", id=["P"], source_key=["b"]),
    }
)


def spec(rows, low=5, role="main", span=(6, 8), unit="things", proxy=False, test="at_least", **bounds):
    """Return a specification whose measure finds `span` in some rows of finds, "P" being in plain."""
    keys = tuple(("plain" if key == "P" else "finds", key) for key in rows.split())
    found = Statistic(*span, unit, rows=keys)
    criterion = Criterion(test, **(bounds or ({"low": low} if test != "none" else {})))
    function = (lambda tables: found) if test != "none" else None
    return Specification(f"C01.{role}", "C01", "writing", role, "m.f" if function else "", function, {}, "", "",
                         criterion, proxy, "because")


A = ("finds", "A")


def bounded(unit, **bounds):
    """Return a specification whose measure finds something in a unit, with bounds as they are written."""
    return replace(spec("A", unit=unit), bounds=bounds)


def judged(*specs):
    """Return the judgement of some specifications."""
    return examine.judge(SMALL, list(specs))


# -- running one specification


def test_sources_and_lineages_of_rows():
    keys = examine.source_keys(SMALL, [("finds", "AB"), ("plain", "P"), ("finds", "A2")])
    assert keys == (("a", "b"), ("b",), ("a2", "a"))
    assert examine.lineages(SMALL, keys) == ({"one", "two"}, {"two"}, {"one"})
    for gone in (("finds", "Z"), ("plain", "A")):
        with pytest.raises(KeyError):
            examine.source_keys(SMALL, [gone])
    with pytest.raises(KeyError):
        examine.lineages(SMALL, [("a", "z")])


def test_a_result_shows_its_unit_and_rows():
    found = examine.run(SMALL, spec("A P"))
    assert (found.outcome, found.unit, found.rows, found.only_sibling) == (
        "pass", "things", (("finds", "A"), ("plain", "P")), False)
    assert (found.sources, found.lineages) == ((("a",), ("b",)), ({"one"}, {"two"}))
    nothing = examine.run(SMALL, spec("A", test="none"))
    assert (nothing.statistic, nothing.outcome, nothing.unit, nothing.rows, nothing.only_sibling) == (
        None, "none", "", (), False)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (spec("A", unit="miles"),
         "book/evidence/measures, row m.f, column unit: expected a unit of data/units.csv, found 'miles'"),
        (spec(""),
         "data/specifications.csv, row C01.main, column measure: expected at least one deciding row, found none"),
        (spec("A Z"), "data/finds.csv, row Z: expected a row, found none"),
        (spec("A NO"), "data/finds.csv, row NO, column verified: expected yes, since C01.main decides by it, found no"),
        (spec("NO", role="alternative"),
         "data/finds.csv, row NO, column verified: expected yes, since C01.alternative decides by it, found no"),
        (bounded("date", low="2012"),
         "data/specifications.csv, row C01.main, column low: expected an ISO date, found '2012'"),
        (bounded("date", high="99999999"),
         "data/specifications.csv, row C01.main, column high: expected an ISO date, found '99999999'"),
        (bounded("km", low="1000-01-01", high="2013-01-15"),
         "data/specifications.csv, row C01.main, column low: expected a number, in the unit km, found '1000-01-01'"),
        (replace(spec("A"), criterion=Criterion("within", 1, 2),
                 function=lambda tables: series([Item("x", 1, 1)], "km", [A])),
         "data/specifications.csv, row C01.main, column test: expected a test of what m.f finds, "
         "found a series takes a one-sided test"),
    ],
)
def test_what_cannot_decide_stops_with_its_place(wrong, message):
    with pytest.raises(Fault) as raised:
        examine.run(SMALL, wrong)
    assert str(raised.value) == message


@pytest.mark.parametrize("written", [{"unit": "date", "low": "2012-01-01"}, {"unit": "date", "high": "2012-01"},
                                     {"unit": "km", "low": "2012"}, {"unit": "things", "high": "-1.5"}])
def test_a_bound_is_written_as_its_unit_is(written):
    assert examine.run(SMALL, bounded(**written)).outcome == "pass"


@pytest.mark.parametrize("error", [KeyError("near"), ValueError("near"), IndexError("near"), ZeroDivisionError("near"),
                                   OverflowError("near")])
def test_what_the_tables_cannot_answer_is_a_fault_of_the_choice(error):
    def measure(tables):
        raise error

    with pytest.raises(Fault) as raised:
        examine.run(SMALL, replace(spec("A"), function=measure))
    assert str(raised.value) == (
        f"data/specifications.csv, row C01.main, column params: expected what m.f can find, found {error}")
    assert raised.value.__cause__ is error, "the trace is kept for who asks"


def test_a_diagnostic_may_rest_on_what_may_not_decide():
    assert examine.run(SMALL, spec("NO", role="diagnostic")).outcome == "pass"
    assert examine.run(SMALL, spec("ART", role="diagnostic")).outcome == "pass"


@pytest.mark.parametrize(
    ("rows", "span", "outcome", "only"),
    [
        ("ART", (6, 8), "open", True), ("ART", (1, 2), "open", True), ("ART-A", (6, 8), "pass", False),
        ("ART A", (6, 8), "pass", False),
        ("A", (1, 2), "fail", False),
    ],
)
def test_the_article_alone_leaves_the_outcome_open(rows, span, outcome, only):
    found = examine.run(SMALL, spec(rows, span=span))
    assert (found.outcome, found.only_sibling) == (outcome, only)


# -- judging a claim


def test_a_judgement_counts_only_its_alternatives():
    main, shown = spec("A"), spec("ART", low=9, role="diagnostic")
    other, against = spec("B", role="alternative"), spec("A", low=9, role="alternative")
    found = judged(shown, other, main, against, other)
    assert (found.claim_id, found.tense, found.verdict, found.agreeing) == ("C01", "writing", "qualified", 2)
    assert [r.spec for r in (found.main, *found.alternatives, *found.diagnostics)] == [
        main, other, against, other, shown]
    assert [r.spec for r in found.counted] == [main, other, against, other], "no diagnostic"
    assert found.sources == ("a", "b"), "those of main reading and alternatives, in order, each once"


def test_a_reading_is_found_by_its_name():
    main, other, shown = spec("A"), spec("B", role="alternative"), spec("ART", role="diagnostic")
    found = judged(shown, other, main)
    assert {name: result.spec for name, result in found.readings.items()} == {
        "main": main, "alternative": other, "diagnostic": shown}
    assert list(found.readings) == ["main", "alternative", "diagnostic"] and found.reading("diagnostic").spec == shown
    with pytest.raises(LookupError,
                       match=r"^C01 \(writing\) has no reading 'since-main': there are main, alternative, diagnostic$"):
        found.reading("since-main")


@pytest.mark.parametrize(
    ("specs", "confidence", "reason"),
    [
        ([spec("A", test="none")], "", "the claim cannot be tested"),
        ([spec("ART")], "low", "only the article and its earlier version"),
        ([spec("AB", proxy=True)], "low", "a proxy stands in for what is claimed"),
        ([spec("AB", span=(4, 6))], "low", "the evidence is partial"),
        ([spec("AB")], "high", "each deciding row has two sources of different lineage"),
        ([spec("AB A")], "medium", "no second lineage covers every deciding row"),
        ([spec("A")], "medium", "one source lineage"),
        ([spec("A2")], "medium", "one source lineage"),
        ([spec("ART-A")], "medium", "one source lineage"),
        ([spec("A"), spec("B", role="alternative")], "high", "a source of another lineage reports the same"),
        ([spec("A"), spec("AB", role="alternative"), spec("B", role="alternative")], "high",
         "a source of another lineage reports the same"),
        ([spec("A"), spec("AB", role="alternative")], "medium", "one source lineage"),
        ([spec("A B"), spec("A", role="alternative")], "medium", "no second lineage covers every deciding row"),
        ([spec("A B"), spec("A", role="alternative"), spec("B", role="alternative")], "high",
         "a source of another lineage reports the same"),
        (
            [spec("A", low=9), spec("A2", low=9, role="alternative"), spec("B", low=9, role="alternative")], "high",
            "a source of another lineage reports the same",
        ),
        ([spec("A"), spec("B", low=9, role="alternative")], "medium", "one source lineage"),
        ([spec("A"), spec("A2", role="alternative")], "medium", "one source lineage"),
        ([spec("A", span=(1, 2)), spec("B", span=(1, 2), role="alternative")], "high",
         "a source of another lineage reports the same"),
    ],
)
def test_confidence(specs, confidence, reason):
    found = judged(*specs)
    assert (found.confidence, found.confidence_reason) == (confidence, reason)


@pytest.mark.parametrize(
    ("cells", "confidence"),
    [
        ({}, "high"), ({"params": {"source": "b"}}, "high"), ({"params": {"view": "b", "source": "b"}}, "high"),
        ({"measure": "m.g"}, "medium"), ({"params": {"flow": "exports"}}, "medium"),
        ({"period_start": "2003"}, "medium"), ({"period_end": "2012"}, "medium"),
    ],
)
def test_only_the_same_fact_from_another_lineage_corroborates(cells, confidence):
    """Two facts that point the same way, each from a source of its own, corroborate nothing."""
    other = spec("B", role="alternative")
    assert (judged(spec("A"), replace(other, **cells, function=lambda tables, **given: other.function(tables)))
            .confidence == confidence)


def test_the_same_number_of_another_unit_corroborates_nothing():
    assert judged(spec("A"), spec("B", unit="km", role="alternative")).confidence == "medium"



@pytest.mark.parametrize(
    ("main", "flip", "reason"),
    [
        (spec("A", low=5), Flip(4, "low"), ""),
        (spec("A", low=5.5, unit="km"), Flip(5.5, "low"), ""),
        (spec("A", span=(4, 6)), None, "the evidence leaves the outcome open"),
        (spec("A", test="none"), None, "the claim cannot be tested"),
        (replace(spec("A"), criterion=Criterion("within", 1.2, 1.8)), None, "no whole value passes"),
    ],
)
def test_the_flip_point_moves_by_the_step_of_the_unit(main, flip, reason):
    found = judged(main)
    assert (found.flip, found.flip_reason) == (flip, reason)


def test_a_measure_without_a_test_has_no_flip_point():
    shown = replace(spec("A", test="none"), function=lambda tables: Statistic(1, 1, "things", rows=(("finds", "A"),)))
    found = judged(shown)
    assert (found.verdict, found.flip, found.flip_reason, found.main.statistic.low) == (
        "untestable", None, "the claim cannot be tested", 1)


CLAIMS = frame("claim_id", claim_id=["C01", "C02", "C03"], scope=["state", "event", "forecast"],
               could_fail=["", "", "no"])
JUDGED = {("C01", "writing"): judged(spec("A"))}


@pytest.mark.parametrize(
    ("claim_id", "known", "writing", "since", "reason"),
    [
        ("C01", JUDGED, "supported", "", "no measure for the period since"),
        ("C01", {}, "not_examined", "not_examined", "not examined"),
        ("C02", {}, "not_examined", "", "past event"),
        ("C03", {}, "", "not_examined", "not examined"),
        ("C03", {("C03", "since"): judged(spec("A"))}, "", "supported", ""),
    ],
)
def test_states_of_a_claim(claim_id, known, writing, since, reason):
    claim = CLAIMS.loc[claim_id]
    assert (examine.state_of(claim, "writing", known), examine.state_of(claim, "since", known)) == (writing, since)
    assert examine.since_reason(claim, known) == reason


def test_judgements_are_made_once_and_only_when_asked_for():
    book = tables.load()
    found = examine.Judged(book)
    assert (not found.made and len(found) == len(found.specs) > 60 and set(found) == set(found.specs)
            and ("C00", "writing") not in found)
    assert found["C70", "writing"] is found["C70", "writing"] and set(found.made) == {("C70", "writing")}
    assert list(found.of("C39")) == ["writing", "since"] and found.of("C39")["since"] is found["C39", "since"]
    assert found.of("C00") == {}
    again = tables.Tables(book)
    assert (examine.judgements(book) is examine.all_judgements()
            is not examine.judgements(again) is examine.judgements(again))


# -- reading a specification


def measured(tables, who: str, times: int, start: int, end: str, unit: str = "km", whole: bool = False) -> Statistic:
    """A measure that is never run."""


def given(params, start="2003-02", end="2012-11"):
    """Return the arguments that some params and a period give."""
    return specifications.arguments({"measure": "m.f", "params": params, "period_start": start, "period_end": end},
                                    measured)


def test_params_are_typed_and_the_period_is_passed_on():
    assert given("who=a=b; times=3;") == {"who": "a=b", "times": 3, "start": 2003, "end": "2012-11"}
    assert given("who=x; times=3; whole=yes")["whole"] is True and given("who=x; times=3; whole=no")["whole"] is False
    assert given("who=x; times=3; unit=mi") == {"who": "x", "times": 3, "unit": "mi", "start": 2003, "end": "2012-11"}
    for params, period, message in [
        ("who=x; times=3; z=1; by=2", ("2003", "2012"), "^m.f does not take by, z; it takes who, times, start, "),
        ("who=x; times=3; who=y", ("2003", "2012"), "^'who=x; times=3; who=y', with a parameter given twice or one of"),
        ("who=x; times=3; end=2", ("2003", ""), "^'who=x; times=3; end=2', with a parameter given twice or one of"),
        ("who=x; times=3; end=2", ("2003", "2012"), "or one of the period$"),
        ("who=x", ("2003", ""), "^m.f also needs end, times$"),
        ("who=x; times=y", ("2003", "2012"), "^expected a number, found 'y'$"),
        ("who=x; times=٣", ("2003", "2012"), "^expected a number, found '٣'$"),
        ("who=x; times=3; whole=true", ("2003", "2012"), "^expected yes or no, found 'true'$"),
    ]:
        with pytest.raises(ValueError, match=message):
            given(params, *period)
    row = {"measure": "m.f", "params": "", "period_start": "2003", "period_end": ""}
    with pytest.raises(ValueError, match=r"^m\.f does not take start; it takes nothing$"):
        specifications.arguments(row, lambda tables: None)
    assert specifications.arguments(row | {"period_start": ""}, lambda tables: None) == {}


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("", -INF, INF), ("2.5", 2.5, 2.5), ("2012-12", 734838, 734868), ("2012-12-05", 734842, 734842),
     ("-1500", -1500, -1500), ("0001-01-02", 2, 2), ("9999-12-30", 3652058, 3652058)],
)
def test_bounds(text, low, high):
    assert (specifications.bound(text, "low"), specifications.bound(text, "high")) == (low, high)


def test_a_frame_says_which_function_made_it_and_which_tables_it_read():
    def made(book):
        return book["places"].head(1)

    made.__module__ = "evidence.measures.reach"
    book = tables.Tables({name: pd.DataFrame({"a": [1]}) for name in ("places", "units", "sources")})
    with book.watched() as outer:
        with book.watched() as inner:
            pass
        frame = tables.traced(made)(book)
        assert frame.attrs == {"function": "measures/reach.py: made", "data": ["places"]}
        book["units"]
    book["sources"]
    assert (outer, inner) == ({"places", "units"}, set()) and book.watchers == []


@pytest.mark.parametrize("text", ["inf", "nan", "1e400", "1_000", "٣", "1 km", "2012-13", "0000-01-01",
                                  "0001-01-01", "9999-12-31"])
def test_no_bound_is_made_of_other_words(text):
    with pytest.raises(ValueError):
        specifications.bound(text, "low")


ROW = {
    "spec_id": "C01.main", "claim_id": "C01", "tense": "writing", "role": "main", "measure": "training.rate",
    "params": "trained=K; host=C", "period_start": "2003", "period_end": "2012", "test": "within", "low": "1",
    "high": "2", "quorum": math.nan, "proxy": "no", "reason": "because",
    "closes": "a roster",
}


NONE = {"test": "none", "measure": "", "params": "", "low": "", "high": "", "period_start": "", "period_end": ""}


def test_a_row_is_parsed_whole():
    found = specifications.parse(ROW)
    assert (found.params == {"trained": "K", "host": "C", "start": 2003, "end": 2012}
            and found.function.__name__ == "rate")
    assert found.criterion == Criterion("within", 1, 2, 1.0) and not found.proxy
    assert [getattr(found, name)
            for name in ("spec_id", "claim_id", "tense", "role", "measure", "reason", "closes", "bounds")] == [
        "C01.main", "C01", "writing", "main", "training.rate", "because", "a roster", {"low": "1", "high": "2"},
    ]
    assert (found.period_start, found.period_end) == ("2003", "2012")
    assert (specifications.parse(ROW | {"quorum": 0.8, "proxy": "yes", "test": "at_least", "high": ""})
            .criterion.quorum == 0.8)
    assert specifications.parse(ROW | {"proxy": "yes"}).proxy
    assert found.name == "main"
    assert specifications.parse(ROW | {"spec_id": "C01.since-alt-kind", "tense": "since"}).name == "alt-kind"
    silent = specifications.parse(ROW | NONE)
    assert silent.function is None and silent.params == {} and silent.criterion.test == "none"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"spec_id": "C011.main"},
         "row C011.main, column spec_id: expected an id that starts with C01., found C011.main"),
        ({"tense": "since"}, "row C01.main, column spec_id: expected an id that starts with C01.since-, "
                             "found C01.main"),
        ({"low": "3"}, "row C01.main, column test: expected a test with its bounds, found low 3.0 is above high 2.0"),
        ({"low": "much"}, "row C01.main, column test: expected a test with its bounds, found not an ISO date, "
                          "month or year: 'much'"),
        ({"measure": "training.none"},
         "row C01.main, column measure: expected a function in book/evidence/measures, found 'training.none'"),
        ({"params": "trained=K"},
         "row C01.main, column params: expected the parameters of training.rate, found training.rate also needs host"),
        ({"measure": ""}, "row C01.main, column measure: expected a measure, unless the test is none "
                          "without parameters and period, found none"),
        (NONE | {"period_end": "2012"}, "row C01.main, column measure: expected a measure, unless the test is none "
                                        "without parameters and period, found none"),
        (NONE | {"params": "trained=K"}, "row C01.main, column measure: expected a measure, unless the test is none "
                                         "without parameters and period, found none"),
        ({"period_start": "2013"}, "row C01.main, column period_start, period_end: expected a period that ends no "
                                   "earlier than it begins, found 2013 to 2012"),
        ({"period_start": "2012-06", "period_end": "2012-05"},
         "row C01.main, column period_start, period_end: expected a period that ends no earlier than it begins, "
         "found 2012-06 to 2012-05"),
        ({"period_start": "0000"}, "row C01.main, column period_start, period_end: expected a period that ends no "
                                   "earlier than it begins, found year 0 is out of range"),
    ],
)
def test_a_row_that_does_not_parse_is_named(change, message):
    with pytest.raises(Fault) as raised:
        specifications.parse(ROW | change)
    assert str(raised.value) == f"data/specifications.csv, {message}"


@pytest.mark.parametrize("period", [("2012", "2012"), ("2012-06", "2012"), ("2012", "2012-06"), ("2003-02-01", "2012")])
def test_a_period_may_end_in_the_year_in_which_it_begins(period):
    found = specifications.parse(ROW | dict(zip(("period_start", "period_end"), period, strict=True)))
    assert (found.period_start, found.period_end) == period


@pytest.mark.parametrize(
    ("rows", "messages"),
    [
        ([{}], []),
        ([{}, {"spec_id": "C01.alt", "role": "alternative"}, {"spec_id": "C01.since-main", "tense": "since"}], []),
        ([{"role": "alternative"}], ["row C01, column role: expected one main specification for writing, found 0"]),
        ([{}, {"spec_id": "C01.two"}], ["row C01, column role: expected one main specification for writing, found 2"]),
        ([{"spec_id": "C09.main", "claim_id": "C09"}],
         ["row C09, column claim_id: expected a claim of data/claims.csv, found C09"]),
        (
            [{"spec_id": "C02.since-main", "claim_id": "C02", "tense": "since"}],
            ["row C02.since-main, column tense: expected writing, for a past event, found since"],
        ),
        ([{"spec_id": "C02.main", "claim_id": "C02"}], []),
        ([{"spec_id": "C03.main", "claim_id": "C03"} | NONE],
         ["row C03.main, column tense: expected since, for a forecast, found writing"]),
        ([{"spec_id": "C03.since-main", "claim_id": "C03", "tense": "since"} | NONE], []),
        (
            [{"spec_id": "C03.since-main", "claim_id": "C03", "tense": "since"}],
            ["row C03.since-main, column test: expected none, for a forecast that could not fail, found within"],
        ),
        ([NONE, {"spec_id": "C01.alt", "role": "alternative"} | NONE], [
            "row C01.alt, column role: expected main or diagnostic, where the test is none, found alternative",
        ]),
        ([NONE, {"spec_id": "C01.diag", "role": "diagnostic"} | NONE], []),
        ([{"test": "odd"}, {"spec_id": "C01.b", "low": "9"}], [
            "row C01.main, column test: expected a test with its bounds, found unknown test 'odd'",
            "row C01.b, column test: expected a test with its bounds, found low 9.0 is above high 2.0",
        ]),
    ],
)
def test_specifications_of_one_claim_together(rows, messages):
    given = pd.DataFrame([ROW | row for row in rows])
    if not messages:
        assert [s.spec_id for s in specifications.parse_all(given, CLAIMS)] == list(given["spec_id"])
        return
    with pytest.raises(Faults) as raised:
        specifications.parse_all(given, CLAIMS)
    assert [str(fault) for fault in raised.value.faults] == [f"data/specifications.csv, {message}"
                                                             for message in messages]


# -- intervals, criteria and series


def test_what_the_rules_can_give():
    given = {rules.verdict(main, others) for main in ("none", "open", "pass", "fail")
             for others in ((), ("fail",), ("pass",))}
    assert given == set(rules.VERDICTS)
    assert rules.outcome(Statistic(1, 2, "things"), Criterion("none")) == "none"
    assert rules.outcome(Statistic(1, 9, "things"), Criterion("within", 2, 6)) == "open", (
        "an interval may reach past both edges")
    assert rules.flip(Statistic(3, 3, "km"), Criterion("at_most", high=5)) == Flip(5, "high"), (
        "measured, unless a step is given")
    assert Criterion("within", 1, 1).holds(1), "a window may be one value"
    assert not Criterion("above", low=1).holds(1) and Criterion("above", low=1).holds(1.1)


def test_statistics_are_plain_floats_and_series_span_their_items():
    found = interval(pd.Series([1]).iloc[0], 2, "things", [])
    assert type(found.low) is float and point(3, "km", [("t", "A")]) == Statistic(3, 3, "km", rows=(("t", "A"),))
    both = series([Item("x", 1, 4), Item("y", 0, 2)], "km", [("t", "A")])
    assert (both.low, both.high, both.unit, both.rows) == (0, 4, "km", (("t", "A"),))


@pytest.mark.parametrize(
    ("test", "bounds", "message"),
    [("at_least", {"high": 1}, "at_least needs the bounds ('low',), got ['high']"),
     ("none", {"low": 1}, "none needs the bounds none, got ['low']")],
)
def test_a_test_takes_its_own_bounds(test, bounds, message):
    with pytest.raises(ValueError) as raised:
        Criterion(test, **bounds)
    assert str(raised.value) == f"test {message}"


@pytest.mark.parametrize(("quorum", "passing", "outcome"),
                         [(0.8, 4, "pass"), (0.8, 3, "fail"), (0.81, 4, "fail"), (1.0, 5, "pass")])
def test_a_quorum_counts_whole_items(quorum, passing, outcome):
    items = [Item(str(i), i < passing, i < passing) for i in range(5)]
    assert rules.outcome(series(items, "things", []), Criterion("at_least", low=1, quorum=quorum)) == outcome
    flipped = [replace(item, low=1 - item.low, high=1 - item.high) for item in items]
    assert rules.outcome(series(flipped, "things", []), Criterion("at_most", high=0, quorum=quorum)) == outcome


@pytest.mark.parametrize(("end", "value", "expected"),
                         [("low", 1, (1, 4)), ("low", 6, (6, 6)), ("high", 6, (2, 6)), ("high", 1, (1, 1))])
def test_an_end_is_moved_and_the_other_follows_when_passed(end, value, expected):
    found = moved(Statistic(2, 4, "things"), Criterion("at_least", low=3), end, value)
    assert (found.low, found.high, found.unit) == (*expected, "things")


# -- dates and tables


def test_spans_of_dates():
    assert dates.span("2012-02") == (pd.Timestamp("2012-02-01").toordinal(), pd.Timestamp("2012-02-29").toordinal())
    assert dates.span("2011") == (pd.Timestamp("2011-01-01").toordinal(), pd.Timestamp("2011-12-31").toordinal())
    assert dates.span("2012-12-05") == (734842, 734842) and dates.iso(734842.0) == "2012-12-05"
    assert dates.over_before("2012-05", "2012-06-01") and dates.over_before("2011", "2012")
    assert not dates.over_before("2012-06", "2012-06-02") and not dates.over_before("2012-06-02", "2012-06")
    assert not dates.over_before("2012-06-02", "2012-06-02")
    assert dates.DAY.findall("from 2012-05 to 2012-06-02, not 12012-05 or 2012") == ["2012-05", "2012-06-02"]
    for text in ("2012-", "12-05", "2012-12-05T00", "soon"):
        with pytest.raises(ValueError, match="not an ISO date"):
            dates.span(text)
    assert [dates.spoken(t) for t in ("2013-01-30", "2013-01", "2013")] == ["30 January 2013", "January 2013", "2013"]
    assert (dates.between("2003-08-06", "2003-08-12") == "6 to 12 August 2003"
            and dates.between("2005-08", "2005-08") == "August 2005")
    assert (dates.between("2003-08-06", "2004-08-12") == "6 August 2003 to 12 August 2004"
            and dates.between("2003", "2003-08") == "2003 to August 2003")
    assert dates.between("2003-08-06", "2003-08") == "6 August 2003 to August 2003"


def test_days_that_are_stated_are_those_of_the_sources():
    sources = tables.load()["sources"]
    assert sources.at["S-ARTICLE", "published"].startswith(dates.WRITTEN.isoformat())
    assert sources["accessed"].max() == dates.EVIDENCE_CHECKED.isoformat(), (
        "evidence was read after it was last checked")


def test_a_column_is_found_in_the_tables_that_have_it_and_in_no_other():
    book = tables.load()
    found = dict(tables.having(book, "also"))
    assert found["events"] is book["events"] and "sources" not in found and not list(tables.having(book, "none"))


def test_a_column_is_declared_by_its_name():
    assert tables.fields("trade")["year"]["type"] == "integer" and "none" not in tables.fields("units")


@pytest.mark.parametrize(("columns", "found"), [
    (["unit", "step", "meaning"], ""), (["step", "unit", "meaning"], "found step, unit, meaning"),
    (["unit", "step"], "found unit, step"), ([], "found "),
])
def test_a_header_is_that_which_is_declared(columns, found):
    fault = tables.header_fault(columns, "units")
    wanted = f"data/units.csv, row 1: expected the columns unit, step, meaning, {found}"
    assert str(fault) == wanted if found else fault is None


def test_records_of_a_file_are_text_by_column(tmp_path):
    (tmp_path / "some.csv").write_text('a,b\n1,"x, y"\n,\n', "utf-8")
    assert tables.records(tmp_path / "some.csv") == [{"a": "1", "b": "x, y"}, {"a": "", "b": ""}]


def test_a_fault_of_a_row_names_table_and_key():
    assert str(tables.fault("units", 3, "step", "1", 2.0)) == (
        "data/units.csv, row 3, column step: expected 1, found 2.0")


def test_what_is_verified_leaves_out_other_rows_and_other_cells():
    assert list(tables.verified(SMALL, "finds").index) == ["A", "AB", "B", "ART", "ART-A", "A2"]
    assert list(tables.verified(SMALL, "finds", source_key="a").index) == ["A", "AB"], "NO is of a, and was not read"
    assert list(tables.verified(SMALL, "finds", source_key="a", also="b").index) == ["AB"]
    assert tables.verified(SMALL, "finds", source_key="none").empty


def test_a_table_is_typed_by_its_schema():
    columns = [field["name"] for field in tables.resource("units")["schema"]["fields"]]
    text = pd.DataFrame([["km", "0", "kilometres"], ["NA", "", "none"]], columns=columns)
    found = tables.typed(text.copy(), "units")
    assert list(found.columns) == columns and list(found.index) == ["km", "NA"]
    assert found.at["km", "step"] == 0 and math.isnan(found.at["NA", "step"]) and found.index.name is None
    with pytest.raises(Fault, match=r"data/units\.csv, row NA, column step: expected a number, found 'x'"):
        tables.typed(text.assign(step=["0", "x"]), "units")
    with pytest.raises(Fault, match=r"data/units\.csv, row 1: expected the columns unit, step, meaning, found step, "
                                    r"unit, meaning"):
        tables.typed(text[["step", "unit", "meaning"]], "units")
    with pytest.raises(LookupError, match="expected a table none"):
        tables.resource("none")


def test_the_tables_of_a_folder_are_read_once_and_patched(tmp_path):
    texts = {
        "finds": "id,value,word\nA,1,NA\nB,,b\n",
        "patches": "patch_id,table,key,column,expect,replace\nP,finds,A,value,1,2\n",
    }
    kinds = {"value": "number"}
    resources = [{"name": "outlines", "path": "outlines.geojson"}]
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        fields = [{"name": column, "type": kinds.get(column, "string")} for column in text.split("\n")[0].split(",")]
        resources.append({"name": name, "path": f"{name}.csv",
                          "schema": {"fields": fields, "primaryKey": fields[0]["name"]}})
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources, "title": "Қ"}, ensure_ascii=False),
                                               "utf-8")
    book = tables.Tables(folder=tmp_path)
    assert tables.names(tmp_path) == ["finds", "patches"] and book["finds"] is book["finds"]
    assert (book["finds"].at["A", "value"] == 2 and book["finds"].at["A", "word"] == "NA"
            and math.isnan(book["finds"].at["B", "value"]))
    assert tables.Tables(book, more=book["finds"]).folder == tmp_path and book["patches"].at["P", "replace"] == "2"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": "Z"}, "row P1, column key: expected a row of finds, found 'Z'"),
        ({"column": "z"}, "row P1, column column: expected a column of finds, found 'z'"),
        ({"expect": "b"}, "row P1, column expect: expected a as finds says, found 'b'"),
    ],
)
def test_a_patch_that_no_longer_fits_is_named(change, message):
    patch = {"patch_id": "P1", "table": "finds", "key": "A", "column": "source_key", "expect": "a", "replace": "b"}
    found = tables.patched(SMALL["finds"], "finds", pd.DataFrame([patch]))
    assert found.at["A", "source_key"] == "b" and SMALL["finds"].at["A", "source_key"] == "a"
    assert (found != SMALL["finds"]).to_numpy().sum() == 1
    assert tables.patched(SMALL["plain"], "plain", pd.DataFrame([patch])).equals(SMALL["plain"])
    with pytest.raises(Fault) as raised:
        tables.patched(SMALL["finds"], "finds", pd.DataFrame([patch | change]))
    assert str(raised.value) == f"data/patches.csv, {message}"


@pytest.mark.parametrize("aim", ["trades", "patches", ""])
def test_a_patch_of_no_table_is_refused_and_not_passed_over(tmp_path, aim):
    for name in ("datapackage.json", "units.csv"):
        (tmp_path / name).write_bytes((paths.DATA / name).read_bytes())
    text = (paths.DATA / "patches.csv").read_text("utf-8")
    (tmp_path / "patches.csv").write_text(text, "utf-8")
    assert len(tables.Tables(folder=tmp_path)["units"])
    (tmp_path / "patches.csv").write_text(text.replace("P1,trade,", f"P1,{aim},"), "utf-8")
    aimless = tables.Tables(folder=tmp_path)
    for book in (aimless, tables.Tables(patches=aimless["patches"])):
        with pytest.raises(Fault) as raised:
            book["units"]
        assert str(raised.value) == (
            f"data/patches.csv, row P1, column table: expected a table that can be patched, found {aim!r}")

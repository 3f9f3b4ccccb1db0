"""Nothing that is published moves unnoticed: every verdict, record, row and caption is as tests/expected has it."""

import expected
import pytest
from drawn import rows
from evidence import tables
from evidence.verdicts import examine
from expected import CHANGELOG, changed, moved, published, read, read_published, unsaid
from spoiling import spoilt

BOOK, JUDGED = tables.load(), examine.all_judgements()
EXPECTED, PUBLISHED = read(), read_published()
COLUMNS = ("verdict", "outcome", "agree", "low", "high")
HOW = """
tests/expected has it otherwise. If you meant that, name each verdict that moved in CHANGELOG.md, then run
make rerun
.venv/bin/python tests/expected.py"""


def test_every_judgement_is_as_expected():
    lines = moved(JUDGED, EXPECTED, COLUMNS)
    assert not lines, "\n".join(["", *lines[:40], HOW])


def test_every_verdict_that_moved_is_in_the_changelog():
    assert unsaid(EXPECTED, CHANGELOG.read_text("utf-8")) == []


@pytest.fixture(scope="module")
def now():
    """Return what is published now."""
    return published(BOOK)


def test_what_is_published_is_as_expected(now):
    lines = changed(PUBLISHED, now)
    assert not lines, f"\n{lines}\n{HOW}"


def test_a_changed_record_and_a_changed_figure_are_shown(now, monkeypatch):
    monkeypatch.setattr(expected, "rows", lambda name: rows(name).iloc[int(name == "reach-distances") :])
    found = changed(now, published(spoilt("claims", "C28", stated_low="9"))).splitlines()
    assert found[:2] == ["- claims.txt, C28: stated.low: 1.0", "+ claims.txt, C28: stated.low: 9.0"]
    assert {line[2:].partition(",")[0] for line in found[2:]} == {"figures.txt", "reach-distances.csv"}
    assert all("reach-distances" in line for line in found[2:])


def test_a_new_file_is_one_line_and_of_many_lines_the_first_are_shown():
    found = changed({"a.csv": "1\n2\n3\n", "b.csv": "4\n"}, {"a.csv": "", "c.csv": "5\n"}, most=2)
    assert found.splitlines() == ["- a.csv, 1", "- a.csv, 2", "  a.csv, and 1 more", "- b.csv", "+ c.csv"]


def test_a_moved_verdict_is_noticed():
    places = BOOK["places"].copy()
    places["lon"] = places["lon"].where(places["area"] != "otar", 62.0)  # as if the range lay 1,200 miles away
    judged = examine.judgements(tables.Tables(BOOK, places=places))
    key = ("C73", "writing")
    (verdict, *_) = moved({key: judged[key]}, {key: EXPECTED[key]})
    assert verdict.startswith("C73 writing, verdict: expected contradicted, found ")
    assert moved({}, {key: EXPECTED[key]})[0] == "C73 writing, verdict: expected contradicted, found no judgement"


def test_a_move_the_changelog_is_silent_on_is_noticed():
    later = {("C73", "writing"): EXPECTED["C73", "writing"] | {"release": "0.2.0"}}
    silent = "# Changelog\n\n## 0.2.0, 1 May 2027\n\n- C7 moved.\n\n## 0.1.0, unreleased\n\n- C73: first data.\n"
    assert unsaid(later, silent) and not unsaid(later, silent.replace("C7 moved", "C73 moved"))

"""No verdict moves unnoticed: every judgement is the one committed in expected_verdicts.csv."""

import pytest
from drawn import rows
from evidence import tables
from evidence.verdicts import examine
from expected import CHANGELOG, DECIDED, moved, published, read, read_published, row, unsaid

BOOK, JUDGED = tables.load(), examine.all_judgements()
EXPECTED = read()
HOW = """is not as tests/{} has it. If you meant that, name each verdict that moved in CHANGELOG.md, then run
make rerun
.venv/bin/python tests/expected.py"""
VERDICTS, PUBLISHED = HOW.format("expected_verdicts.csv"), HOW.format("expected_published.csv")


def test_every_judgement_is_expected():
    assert set(JUDGED) == set(EXPECTED), f"the list of judgements {VERDICTS}"


@pytest.mark.parametrize("key", list(EXPECTED), ids="-".join)
def test_judgement_is_as_expected(key):
    assert row(JUDGED, key) | {"release": EXPECTED[key]["release"]} == EXPECTED[key], f"{' '.join(key)} {VERDICTS}"


def test_every_verdict_that_moved_is_in_the_changelog():
    assert unsaid(EXPECTED, CHANGELOG.read_text("utf-8")) == []


def test_what_is_published_is_as_expected():
    found, expected = published(BOOK), read_published()
    changed = sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
    assert changed == [], f"what is published of {', '.join(changed)} {PUBLISHED}"


def test_a_changed_caption_and_record_are_noticed(monkeypatch):
    claims = BOOK["claims"].copy()
    claims.at["C28", "stated_low"] = "9"
    assert published(tables.Tables(BOOK, claims=claims))["C28"] != read_published()["C28"]
    rows.cache_clear()
    monkeypatch.setitem(BOOK, "contacts", BOOK["contacts"].assign(occasion="other"))
    assert published(BOOK)["contacts-timeline"] != read_published()["contacts-timeline"]
    rows.cache_clear()


def test_a_moved_verdict_is_noticed():
    places = tables.load()["places"].copy()
    places["lon"] = places["lon"].where(places["area"] != "otar", 62.0)  # as if the range lay 1,200 miles away
    judged = examine.judgements(tables.Tables(tables.load(), places=places))
    key = ("C73", "writing")
    (verdict, *_) = moved({key: judged[key]}, {key: EXPECTED[key]}, DECIDED)
    assert verdict.startswith("C73 writing, verdict: expected contradicted, found ") and not moved({key: JUDGED[key]}, {key: EXPECTED[key]}, DECIDED)


def test_a_move_the_changelog_is_silent_on_is_noticed():
    later = {("C73", "writing"): EXPECTED["C73", "writing"] | {"release": "0.2.0"}}
    assert unsaid(later, "# Changelog\n\n## 0.2.0, 1 May 2027\n\n- C7 moved.\n\n## 0.1.0, unreleased\n\n- C73: first data.\n")
    assert not unsaid(later, "# Changelog\n\n## 0.2.0, 1 May 2027\n\n- C73 moved.\n")

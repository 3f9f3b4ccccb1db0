"""No number in the prose was typed, and the rules that say so catch what they should."""

import json

import pytest
from evidence.checks import everything, numbers, prose
from evidence.checks.prose import Passage

KNOWN = numbers.Known()


def kinds(text, **more):
    """Return what explains each number of a text, by its characters."""
    return {n.text: n.kind for n in numbers.classify(text, KNOWN, **more)}


def test_no_number_in_the_book_was_typed():
    texts = list(prose.everything())
    assert prose.faults(texts, prose.allowed(), KNOWN) == []
    assert len(texts) > 300 and {p.page for p in texts} >= {"index", "reach", "glossary", "charts/reach", "pages/show"}
    assert sum(n.kind == "cited" for p in texts for n in numbers.classify(p.text, KNOWN)) > 100


@pytest.mark.parametrize(
    "text",
    [
        "There were 6 of them", "some 1,200 miles", "up by 4.5%", "half of the trade", "twice as many",
        "a dozen drills", "two thirds of it", "nine tenths", "a third of its imports", "the fastest fifth",
        "one hundred men", "one per cent", "hundreds came", "the second-largest partner",
        "it doubled", "tenfold", "3 million men", "Three agencies",
    ],
)
def test_a_typed_quantity_is_seen(text):
    assert "typed" in kinds(text).values()


NO_QUANTITY = ["one of them", "the third claim", "first of all", "a second reading", "million US$", "no number at all",
               "the tenth drill", "both"]


@pytest.mark.parametrize("text", NO_QUANTITY)
def test_what_is_no_quantity_is_left_alone(text):
    assert kinds(text) == {}


@pytest.mark.parametrize(
    ("good", "kind", "bad"),
    [
        ('"two dozen" drills', "quoted", '"three dozen" drills'),
        ("\N{LEFT DOUBLE QUOTATION MARK}some one hundred\N{RIGHT DOUBLE QUOTATION MARK}", "quoted",
         '"one hundred in two decades"'),
        ("on 30 January 2013", "cited", "on 29 January 2013"),
        ("in June 2014", "cited", "in June 1914"),
        ("from 2003 to 2012", "cited", "from 2003 to 2011"),
        ("the ten years to 2012", "cited", "the ten years to 2011"),
        ("in 2012", "cited", "in 1912"),
        ("during Peace Mission 2010", "cited", "during Peace Mission 2033"),
        ("the J-10 fighters", "cited", "the J-11 fighters"),
        ("see C73", "cited", "see 73"),
    ],
)
def test_each_explanation_and_its_near_miss(good, kind, bad):
    assert set(kinds(good).values()) == {kind}
    assert "typed" in kinds(bad).values()


def test_a_heading_repeats_its_claim_and_nothing_else():
    assert set(kinds("Two dozen?", heading=True).values()) == {"quoted"}
    assert set(kinds("Two dozen?").values()) == {"typed"}
    assert set(kinds("Seventy dozen?", heading=True).values()) == {"typed", "quoted"}


def faults_of(text, rows=()):
    """Return the faults of one passage on the page "reach" under some rows of the list."""
    return [str(fault)
            for fault in prose.faults([Passage("reach", "book/reach.ipynb", "cell 0", text)], list(rows), KNOWN)]


def test_the_list_allows_a_phrase_on_its_page_only():
    row = {"page": "reach", "phrase": "about half as far", "reason": "a test"}
    assert len(faults_of("It lies about half as far.")) == 1
    assert faults_of("It lies about half as far.", [row]) == []
    assert "found 'half'" in faults_of("It is half full, and about half as far.", [row])[0]
    assert len(faults_of("It lies about half as far.", [row | {"page": "russia"}])) == 2, (
        "typed, and a line that allows nothing")
    assert "a typed number to allow on reach" in faults_of("It lies near.", [row])[0]
    assert "expected a reason" in faults_of("It lies about half as far.", [row | {"reason": ""}])[0]


def test_a_glossary_is_prose_and_other_fences_are_not():
    entry = "Term\n  Seventeen of them.\n```\n"
    found = [len(prose.faults(prose.passages("glossary", "book/glossary.md", "", fence + entry), [], KNOWN))
             for fence in ("```{glossary}\n", "```\n")]
    assert found == [1, 0]


def spoilt_book(tmp_path, cells):
    """Return a book with one notebook of some cells."""
    for folder in ("charts", "pages"):
        (tmp_path / "evidence" / folder).mkdir(parents=True)
    for name in ("pages/show.py", "pages/claims.py"):
        (tmp_path / "evidence" / name).write_text("", "utf-8")
    (tmp_path / "page.ipynb").write_text(
        json.dumps({"cells": [{"cell_type": kind, "source": source} for kind, source in cells]}), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        (
            [("markdown", "# Page\n\nThere are <!--c31.both:.0f-->7 of `data/9.csv`, "
                          "see [C31](sheets-exercises.ipynb#c31), Table {numref}`tab-1`.")], 0),
        (
            [("markdown", "On <!--c24.day-->24 April 2012<!--/-->, some <!--c73.low:,.0f-->1,200 miles, "
                          "or <!--c03.part:.0%-->40%")], 0),
        ([("markdown", "There are <!--c31.both:.0f-->7 and 9 more")], 1),
        ([("markdown", "There are <!-- c31.both -->7")], 1),
        ([("markdown", "- one\n- 7 more")], 1),
        ([("markdown", "| a | b |\n|:--|--:|\n| x | 17 |")], 1),
        ([("code", 'show.table(rows, "The 9 largest.", "tab-9")')], 1),
        ([("code", 'show.table(rows, f"The {n} largest.", "tab-9")')], 0),
        ([("code", 'x = 9  # and "9"')], 0),
    ],
)
def test_prose_is_found_where_readers_find_it(tmp_path, cells, count):
    assert len(prose.faults(prose.everything(spoilt_book(tmp_path, cells)), [], KNOWN)) == count


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ('def map_words(frame):\n    """Return 9."""\n    return f"All {frame.at[9, "x"]:.1f} of 17.", "Map."', 1),
        ('def map_words(frame):\n    """Return."""\n    finding = "; ".join(f"{a} of 17" for a in frame)\n'
         '    return finding, f"Map. {finding} And 18."', 2),
        ('def draw(frame):\n    """Return."""\n    return "17"', 0),
        ('MAP = Chart("m", d, w, "In 17 parts.")', 1),
    ],
)
def test_captions_of_figures_are_prose(tmp_path, code, count):
    book = spoilt_book(tmp_path, [])
    (book / "evidence" / "charts" / "some.py").write_text(code.replace('.at[9, "x"]', ".at[9, 'x']"), "utf-8")
    assert len(prose.faults(prose.everything(book), [], KNOWN)) == count


def test_a_typed_number_stops_the_build(monkeypatch):
    monkeypatch.setattr(prose, "everything",
                        lambda: [Passage("reach", "book/reach.ipynb", "cell 0", "About 17 miles.")])
    monkeypatch.setattr(everything, "all_faults", lambda **given: [])
    monkeypatch.setattr(prose, "allowed", list)
    (fault,) = everything.book_faults()
    expected = "a computed, quoted or cited number, or one that book/evidence/checks/numbers.csv allows on reach"
    assert str(fault) == f"book/reach.ipynb, row cell 0: expected {expected}, found '17' in 'About 17 miles.'"

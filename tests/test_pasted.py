"""Numbers in the prose stand in the text, are those that the notebook computes, and stand where any
reader of a notebook sees them."""

import json
import math

import numpy as np
import pytest
from evidence import paths
from evidence.checks import prose
from evidence.pages import pasted, show
from hypothesis import given
from hypothesis import strategies as st

KNOWN = {"c73.low": 605.639, "c73.part": 0.5717, "c05.change": -20905.0, "c31.both": 6, "c24.day": "24 April 2012",
         "c39.lead": -0.5}


def stored(key, value):
    """Return the output that stores a value."""
    return {"output_type": "display_data", "data": {"text/plain": [repr(value)]},
            "metadata": {"scrapbook": {"name": key}}}


def notebook(path, *texts, known=KNOWN):
    """Write a notebook of Markdown cells behind a cell that stores some values; return its path."""
    code = {"cell_type": "code", "id": "code", "metadata": {}, "source": [],
            "outputs": [stored(*pair) for pair in known.items()], "execution_count": 1}
    cells = [{"cell_type": "markdown", "id": f"text-{i}", "metadata": {}, "source": text.splitlines(keepends=True)}
             for i, text in enumerate(texts)]
    path.write_text(json.dumps({"cells": [code, *cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
                    + "\n", "utf-8")
    return path


def text_of(path):
    """Return the text of a notebook's Markdown cells."""
    return "\n".join("".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]
                     if cell["cell_type"] == "markdown")


SOUND = [
    "It lies <!--c73.low:.0f-->606 miles away.",
    "It lies <!--c73.low:.2f-->605.64. Full stop.",
    "Of <!--c31.both-->6, all.",
    "Of <!--c31.both:w-->six<!--/-->, all.",
    "Some <!--c73.part:.0%-->57% of it, (<!--c73.part:.0%-->57%).",
    "By <!--c05.change:+,.0f-->-20,905 persons.",
    "On <!--c24.day-->24 April 2012<!--/-->, <!--c73.low:.0f-->606 miles.",
    "- A list has <!--c31.both-->6 of them\n- and **<!--c73.low:.0f-->606**",
    "A line\nthat goes on has <!--c31.both-->6.",
    "| a |\n| :-- |\n| <!--c31.both-->6 |",
]
"""Text whose values are those of KNOWN."""


@pytest.mark.parametrize(
    ("text", "key", "expected", "found"),
    [
        ("It lies <!--c73.low:.0f-->605 miles away.", "c73.low", "606 (make rerun writes it)", "605"),
        ("It lies <!--c73.low:.0f-->606.4 miles away.", "c73.low", "606 (make rerun writes it)", "606.4"),
        ("It lies <!--c73.low:.0f-->1,606 miles away.", "c73.low", "606 (make rerun writes it)", "1,606"),
        ("It lies <!--c73.low:.0f-->606% away.", "c73.low", "606 (make rerun writes it)", "606%"),
        ("It lies <!--c73.low:.0f-->-606 away.", "c73.low", "606 (make rerun writes it)", "-606"),
        ("It lies <!--c73.low:.0f--> 606 miles away.", "c73.low", "a number, or words up to <!--/-->",
         "' 606 miles away.'"),
        ("It lies <!--c73.high:.0f-->606 miles away.", "c73.high", "a value that the notebook stores", "none"),
        ("On <!--c24.day-->24 April 2012, a day.", "c24.day", "24 April 2012 (make rerun writes it)", "24"),
        ("On <!--c24.day-->the day of <!--c31.both-->6<!--/-->", "c24.day", "a number, or words up to <!--/-->",
         "'the day of <!--c31.b'"),
        ("On <!--c24.day-->25 April 2012<!--/-->, a day.", "c24.day", "24 April 2012 (make rerun writes it)",
         "25 April 2012"),
        ("On <!--c24.day--><!--/-->, a day.", "c24.day", "24 April 2012 (make rerun writes it)", ""),
    ],
)
def test_a_value_that_is_not_the_computed_one_is_named_with_its_cell(tmp_path, text, key, expected, found):
    (fault,) = pasted.faults(notebook(tmp_path / "page.ipynb", "# Page", text))
    assert (fault.file, fault.row, fault.column, fault.expected, fault.found) == (
        "book/page.ipynb", "cell 2", key, expected, found)


@pytest.mark.parametrize(
    ("value", "form", "word"),
    [(0, "w", "no"), (1.0, "w", "one"), (12, "w", "twelve"), (13, ".0f", "13"), (-1, "w", ""), (2.7, "w", ""),
     (13, "w", "13"), (13.5, "w", ""), (10**400, ".0f", ""), ("abc", "w", ""), (606, ".0x", ""), ("abc", ".0f", ""),
     (-1, "c", ""), (10**20, "c", "")],
)
def test_a_format_that_does_not_suit_the_value_is_a_fault(tmp_path, monkeypatch, capsys, value, form, word):
    path = notebook(tmp_path / "page.ipynb", f"It is <!--a:{form}-->{word}<!--/-->.", known={"a": value})
    monkeypatch.setattr(paths, "BOOK", tmp_path)
    wanted = [] if word else [("cell 1", "a", "a format that suits the value",
                               f"a, {value!r}, in the format {form}, which does not suit it")]
    assert [(fault.row, fault.column, fault.expected, fault.found) for fault in pasted.faults(path)] == wanted
    assert pasted.main() == (not word)
    assert capsys.readouterr().err == "".join(f"book/page.ipynb: its text shows {found}\n" for *_, found in wanted)


class Odd:
    def __repr__(self):
        return "{[]}"


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, None, [1], Odd()])
def test_what_no_text_can_show_is_neither_stored_nor_read(tmp_path, value):
    path = notebook(tmp_path / "page.ipynb", "All text.", known={"a": value})
    (fault,) = pasted.faults(path)
    assert str(fault) == ("book/page.ipynb: expected stored values that text can show, "
                          f"found a, {repr(value)!r}, which is neither number nor words")


@pytest.mark.parametrize("value", [math.inf, math.nan, np.float64("nan")])
def test_no_number_is_glued_that_no_text_can_show(monkeypatch, value):
    kept = {}
    monkeypatch.setattr(show, "_glue", lambda key, one, display: kept.update({key: one}))
    show.glue({"a": np.float64(1.5), "b": "words"})
    assert kept == {"a": 1.5, "b": "words"}
    with pytest.raises(ValueError, match=f"^c is {value}, which no text can show$"):
        show.glue("c", value)
    assert "c" not in kept


@pytest.mark.parametrize("before", ["", "- ", "* ", "1. ", "> ", "  ", "Words before.\n", "Words before.\n\n- "])
def test_a_mark_first_in_a_line_is_refused_and_a_word_before_it_mends_it(tmp_path, before):
    (fault,) = pasted.faults(notebook(tmp_path / "page.ipynb", f"{before}<!--c31.both-->6 of them."))
    assert (fault.file, fault.row, fault.expected) == ("book/page.ipynb", "cell 1", "a word before a computed value")
    assert "<!--c31.both-->6" in fault.found
    assert list(pasted.faults(notebook(tmp_path / "page.ipynb", f"{before}All <!--c31.both-->6 of them."))) == []


def test_only_markdown_is_looked_at(tmp_path):
    path = notebook(tmp_path / "page.ipynb", "# Page")
    spoilt = json.loads(path.read_text("utf-8"))
    spoilt["cells"][0]["source"] = ["x = '<!--c73.low:.0f-->1'"]
    path.write_text(json.dumps(spoilt), "utf-8")
    assert list(pasted.faults(path)) == []


@pytest.mark.parametrize(
    ("stale", "fresh"),
    [
        ("It lies <!--c73.low:.0f-->605.2 miles away.", "It lies <!--c73.low:.0f-->606 miles away."),
        ("It lies <!--c73.low:.0f-->miles away.", "It lies <!--c73.low:.0f-->606miles away."),
        ("On <!--c24.day-->Monday<!--/-->, <!--c31.both-->7.",
         "On <!--c24.day-->24 April 2012<!--/-->, <!--c31.both-->6."),
        ("By <!--c39.lead:.1f-->0.7 or <!--c39.lead:.0%-->1%", "By <!--c39.lead:.1f-->-0.5 or <!--c39.lead:.0%-->-50%"),
    ],
)
def test_a_stale_value_is_written_anew_once(stale, fresh):
    assert pasted.written(stale, KNOWN) == fresh == pasted.written(fresh, KNOWN)


NUMBERS, FORMATS = st.floats(-1e9, 1e9), st.sampled_from([".0f", ",.0f", ".2f", "+.1f", ".0%", ",.1f"])


@given(NUMBERS, NUMBERS, FORMATS, st.sampled_from([" miles", ".", ", then", "]", ""]))
def test_any_number_is_written_over_by_any_other(old, new, form, after):
    def marked(value):
        return f"About <!--k.v:{form}-->{value:{form}}{after}"

    assert pasted.written(marked(old), {"k.v": new}) == marked(new)


def test_rewriting_a_notebook_leaves_it_without_faults_and_what_is_right_as_it_is(tmp_path):
    path = notebook(tmp_path / "page.ipynb", "# Page",
                    "It lies <!--c73.low:.0f-->605 miles away.\n\nOn <!--c24.day-->no day<!--/-->.\n", *SOUND)
    assert len(list(pasted.faults(path))) == 2
    pasted.rewrite(path)
    assert list(pasted.faults(path)) == [] and (
        "It lies <!--c73.low:.0f-->606 miles away.\n\nOn <!--c24.day-->24 April 2012<!--/-->.\n") in text_of(path)
    assert text_of(path).endswith("\n".join(SOUND))
    before = path.read_bytes()
    pasted.rewrite(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("path", sorted(paths.BOOK.glob("*.ipynb")), ids=lambda path: path.stem)
def test_rewriting_a_notebook_of_the_book_changes_no_byte(tmp_path, path):
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    pasted.rewrite(copy)
    assert copy.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Some <!--c99.none-->7.", "its text shows 'c99.none', which no cell stores"),
        ("On <!--c24.day-->Monday, <!--c31.both-->6.",
         "its text shows c24.day, '24 April 2012', without <!--/--> at its end"),
        ("On <!--c24.day-->24 April 2012.", "its text shows c24.day, '24 April 2012', without <!--/--> at its end"),
    ],
)
def test_the_rewriter_says_what_it_cannot_write_and_leaves_the_notebook(tmp_path, monkeypatch, capsys, text, said):
    before = notebook(tmp_path / "page.ipynb", "Of <!--c31.both-->7.", text).read_bytes()
    monkeypatch.setattr(paths, "BOOK", tmp_path)
    assert pasted.main() == 1
    assert capsys.readouterr().err == f"book/page.ipynb: {said}\n" and (tmp_path / "page.ipynb").read_bytes() == before


def test_a_stale_value_stops_the_check(tmp_path, monkeypatch):
    notebook(tmp_path / "page.ipynb", "# Page", "It lies <!--c73.low:.0f-->605 miles away.")
    monkeypatch.setattr(paths, "BOOK", tmp_path)
    assert [str(fault) for fault in prose.all_faults()] == [
        "book/page.ipynb, row cell 2, column c73.low: expected 606 (make rerun writes it), found 605"]


def test_no_number_is_marked_in_pages_that_no_cell_computes():
    assert not [path.name for path in paths.BOOK.glob("*.md") if "<!--" in path.read_text("utf-8")]

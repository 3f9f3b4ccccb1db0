"""What a notebook shows outside of the book: in Jupyter, on GitHub, in nbconvert, which know no MyST."""

import json
import re
import sys
import warnings
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Comment
from drawn import rows
from evidence import paths
from evidence.charts import all_charts
from evidence.pages import html, pasted
from evidence.publish import provenance
from nbconvert import HTMLExporter

sys.path.append(str(Path(__file__).parent / "mutation"))
import pages

NOTEBOOKS = {path.stem: path for path in sorted(paths.BOOK.glob("*.ipynb"))}
MYST = re.compile(r":::|\]\{\.|\{[a-z]+(?::[a-z]+)?\}|<!--|<Figure|object at 0x")
"""What only the book can read, and what stands where an output could not be shown."""
IN_PROSE = {"{term}", "{numref}", "{doc}", "{cite:p}", "{bibliography}"}
"""Roles that Markdown cells hold, and that are read there as they stand: fewer is better."""


def shown(notebook):
    """Return what nbconvert makes of a notebook: the words of its Markdown cells, those of its outputs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of values stored for the prose, which are not shown
        text, _ = HTMLExporter(template_name="basic").from_notebook_node(nbformat.from_dict(notebook))
    page = BeautifulSoup(text, "html.parser")
    for unread in page.select("svg, .input, .prompt"):
        unread.decompose()
    for comment in page.find_all(string=lambda node: isinstance(node, Comment)):
        comment.extract()
    return tuple(" ".join(cell.get_text() for cell in page.select(f"div.{kind}"))
                 for kind in ("text_cell", "code_cell"))


def read(name):
    """Return a notebook."""
    return nbformat.read(NOTEBOOKS[name], as_version=4)


def raw(name):
    """Return the marks of a notebook that a reader of nbconvert's HTML sees, and the book alone can read."""
    prose, outputs = shown(read(name))
    return sorted({*MYST.findall(prose)} - IN_PROSE), MYST.findall(outputs)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_nbconvert_shows_no_mark_of_myst(name):
    assert raw(name) == ([], [])


def a_notebook(text, data=None):
    """Return a notebook of one text cell and one output."""
    output = nbformat.v4.new_output("display_data", data=data or {})
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text),
                                           nbformat.v4.new_code_cell("show()", outputs=[output])])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (":::{table} Caption\n:name: tab-a\n\n| a |\n:-- |\n| 1 |\n:::", {":::", "{table}"}),
        ("[Supported]{.badge .supported}", {"]{."}),
        ("See {numref}`fig-a`, {cite:p}`a` and {glue:text}`c73.low:.0f`.", {"{numref}", "{cite:p}", "{glue:text}"}),
    ],
)
def test_a_mark_of_myst_would_be_noticed_in_prose_and_output(text, found):
    prose, output = shown(a_notebook(text, {"text/markdown": text, "text/plain": "x"}))
    assert {*MYST.findall(prose)} == {*MYST.findall(output)} == found
    output = shown(a_notebook("# Page", {"text/html": html.of(text), "text/markdown": text, "text/plain": "x"}))[1]
    assert not MYST.findall(output), "with HTML beside it, the Markdown is not shown"


def test_numbers_stand_in_the_text_that_nbconvert_shows():
    prose, _ = shown(a_notebook("It lies <!--c73.low:.0f-->606 miles away, as on <!--c24.day-->24 April 2012<!--/-->, "
                                "**<!--c73.part:.0f-->57 per cent**"))
    assert "It lies 606 miles away, as on 24 April 2012, 57 per cent" in prose
    text, known = shown(read("reach"))[0], pasted.values(read("reach"))
    assert f"is at most {known['c73.part']:.0f} per cent of" in text


def odd(notebook):
    """Return what is wrong with the outputs of a notebook: each is a value stored for the prose, a drawing
    with its words and rows, or Markdown with the same as HTML and in words."""
    found = []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data, about = output.get("data", {}), output.get("metadata", {})
            kinds = {kind for kind in data if not kind.startswith("image/svg+xml;")}
            if "scrapbook" in about:
                continue
            if kinds == {"image/svg+xml", "text/csv", "text/plain"}:
                found += [] if about["exhibit"]["kind"] == "figure" else ["a drawing that is no figure"]
            elif kinds == {"text/html", "text/markdown", "text/plain"}:
                text, words = ("".join(data[kind]) for kind in ("text/markdown", "text/html"))
                found += [] if words == html.of(text) else ["HTML that is not that of the Markdown"]
                found += ([] if (":::{table}" in text) == ("exhibit" in about)
                          else ["a numbered table that does not say what it is"])
            else:
                found.append(f"an output of {sorted(kinds)}")
    return found


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_output_can_be_read_in_the_book_and_outside(name):
    assert odd(read(name)) == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"text/markdown": "**a**", "text/plain": "a"}, "an output of ['text/markdown', 'text/plain']"),
        ({"text/html": "<b>b</b>", "text/markdown": "**a**", "text/plain": "a"},
         "HTML that is not that of the Markdown"),
        ({"text/plain": "<Figure size 640x480>", "image/svg+xml": "<svg/>"},
         "an output of ['image/svg+xml', 'text/plain']"),
        ({"text/plain": "7"}, "an output of ['text/plain']"),
        ({"image/png": "7", "text/plain": "7"}, "an output of ['image/png', 'text/plain']"),
        ({}, "an output of []"),  # what is printed or raised
    ],
)
def test_an_output_that_lacks_a_form_is_named(data, fault):
    assert odd({"cells": [{"outputs": [{"data": data, "metadata": {}}]}]}) == [fault]


def silent(outputs):
    """Return the figures among some outputs that are not described, where no picture is shown, by their alt text."""
    charts = all_charts()
    return [about["name"] for about, data in outputs
            if about["kind"] == "figure" and data["text/plain"] != charts[about["name"]].alt(rows(about["name"]))]


def test_every_figure_is_shown_once_and_its_plain_text_is_its_alt_text():
    outputs = [pair for path in NOTEBOOKS.values() for pair in provenance.outputs(path)]
    shown_once = sorted(about["name"] for about, _ in outputs if about["kind"] == "figure")
    assert silent(outputs) == [] and shown_once == sorted(all_charts()) != shown_once[1:], "one left out must show"
    about, data = next(pair for pair in outputs if pair[0]["kind"] == "figure")
    assert silent([(about, data | {"text/plain": "<Figure size 640x480 with 1 Axes>"})]) == [about["name"]]


# -- what an output says of itself, in its metadata, which nbval does not compare


def stale(name, stored):
    """Return the figures and tables of a page that do not say of themselves, as stored, what they say now."""
    now = json.loads(json.dumps(pages.exhibits(name)))  # with lists where Python has tuples
    fields = [(then["name"], field) for then, new in zip(stored, now, strict=True)
              for field in {*then, *new} if then.get(field) != new.get(field)]
    return sorted(fields)


def said(name):
    """Return what the figures and tables of a notebook say of themselves, as it is stored."""
    return [about for about, _ in provenance.outputs(NOTEBOOKS[name])]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_exhibits_say_of_themselves_what_a_fresh_run_says(name):
    assert stale(name, said(name)) == [], "run make rerun"


@pytest.mark.parametrize("field", ["kind", "name", "caption", "credit", "claims", "function", "data"])
def test_exhibits_that_say_something_else_are_noticed(field):
    first, *others = [dict(about) for about in said("reach")][::-1]  # a figure
    spoilt = [*others[::-1], first | {field: ["C99"] if field in ("claims", "data") else "another"}]
    assert stale("reach", spoilt) == [(spoilt[-1]["name"], field)]
    del spoilt[-1][field]
    assert field == "name" or stale("reach", spoilt) == [(first["name"], field)]


def test_an_exhibit_that_is_gone_is_noticed():
    with pytest.raises(ValueError, match="zip"):
        stale("reach", said("reach")[:-1])

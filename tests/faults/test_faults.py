"""One thing goes wrong: a clear error on the first and on the second run, and the last good
build stays as it was. Each fault is tried on a one-page book with the real data."""

import pytest
from one_page import CODE, build, cell, digest, edit, page, sources, words

SETUP = b'    app.connect("html-page-context", slim'
FAULTS = {
    "raising cell": (cell("1 / 0"), "index.ipynb: cell 1: ZeroDivisionError: division by zero"),
    "dead reference": (words("[gone](#c99)"), "'myst' cross-reference target not found: 'c99'"),
    "missing alt": (words("![](assets/dot.svg)"), "an image has no alt text"),
    "unknown node": (words("{math}`x`"), "no rule for the node math"),
    "missing glyph": (words("An ibis: \U00013000"),
                      "row cell 0: expected letters that the faces of the PDF have, found '\U00013000' (U+13000)"),
    "missing glyph in an output": (page(code=f"{CODE}\nprint('an ibis:', chr(0x13000))"), "Typst: "),
    **{
        f"conflict markers in {name}": (
            edit(name, b"\n", b"\n<<<<<<< HEAD\n"), f"{name}, row 2: expected no conflict that git has left")
        for name in ("_config.yml", "_toc.yml", "CITATION.cff")
    },
    "conflict markers": (
        edit("book/index.ipynb", b'{\n "cells"', b'\n<<<<<<< HEAD\n{\n "cells"'),
        "book/index.ipynb, row 2: expected JSON, as notebooks are, found '<<<<<<< HEAD'",
    ),
    "bad cell": (edit("data/places.csv", b"43.9071", b"43.9O71"), "data/places.csv, row 2 (URC_DIWOPU), column lat"),
    "module that does not compile": (
        edit("book/evidence/dates.py", b"\nimport", b"\nimport import"), 'File "book/evidence/dates.py", line',
    ),
    "notebook that reaches for the network": (
        cell("import contextlib, urllib.request\nwith contextlib.suppress(OSError):\n"
             "    urllib.request.urlopen('https://example.org/')"),
        "index.ipynb: tried to reach example.org; the book is built without the network",
    ),
    "extension that reaches for the network": (
        edit("book/_ext/slim.py", SETUP, b'    import contextlib, socket\n    with contextlib.suppress(OSError):\n'
             b'        socket.getaddrinfo("example.org", 443)\n' + SETUP),
        "the book does not render (html): something tried to reach example.org",
    ),
}
"""Faults that take a build to show; what is wrong with the data, tests/test_data.py tries on the check alone."""


def state(book):
    """Return what a failing build must leave as it is, by the words for a change of it."""
    return {
        "changed the last good build": digest(book / "_build" / "html"),
        "changed the last good PDF": digest(book / "_build" / "pdf"),
        "wrote outside _build": sources(book),
    }


def unseemly(book, change, message):
    """Spoil a book and build it twice; return what did not go as it should."""
    (book / "book" / "assets" / "dot.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>")
    change(book)
    before, found = state(book), []
    for turn in ("first", "second"):
        done = build(book)
        found += [f"{turn} run passes"] if done.returncode == 0 else []
        found += [] if message in done.stderr else [f"{turn} run says: {done.stderr[-800:]}"]
        found += [f"{turn} run shows a traceback"] if "Traceback" in done.stderr else []
        if message.startswith(("index.ipynb", "File")) and done.stderr.count("\n") != 1:
            found += [f"{turn} run says more than a line: {done.stderr}"]
        found += [f"{turn} run {what}" for what, now in state(book).items() if now != before[what]]
    return found


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_stops_the_build_and_leaves_the_last_one(book, name):
    assert unseemly(book, *FAULTS[name]) == []


def test_a_build_that_passes_and_writes_beside_it_would_be_noticed(book):
    found = unseemly(book, page(code=CODE + "\nopen('../../../stray.txt', 'w').close()"), "no such message")
    assert (found[0] == "first run passes" and found[1].startswith("first run says: ")
            and found[5] == "second run passes")
    assert found[2:5] == [f"first run {what}" for what in state(book)]

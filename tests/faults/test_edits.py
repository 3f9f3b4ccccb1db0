"""What is edited is what is published: after each edit only what depends on it runs, and nothing stale stays."""

import os
import re
import shutil

import pytest
from one_page import CODE, PAGE, build, digest, edit, page


def dated(name, old, new):
    """Return a change of one file, by as many letters, that keeps its date."""
    def change(book):
        assert len(old) == len(new)
        before = (book / name).stat()
        edit(name, old, new)(book)
        os.utime(book / name, ns=(before.st_atime_ns, before.st_mtime_ns))
    return change


EDITS = {
    "data": (edit("data/sources.csv", b"Accordi militari sino-kazaki", b"Another title"), True, "book/index.html",
             "Another title"),
    "helper of the same date and size": (
        dated("book/evidence/verdicts/wording.py", b".capitalize()", b".swapcase()  "), True, "book/index.html",
        "CONTRADICTED",
    ),
    "style": (edit("book/evidence/charts/style.py", b"#B84C00", b"#b84c07"), True, "_images/*.svg", "#b84c07"),
    "lock": (edit("requirements.txt", b"\n", b"\n# read again\n"), True, "book/index.html", "One page"),
    "notebook's code": (page(code=CODE + "\nprint('more', 6 * 7)"), True, "book/index.html", "more 42"),
    "notebook's prose": (page(text=PAGE + "\nOther prose.\n"), False, "book/index.html", "Other prose."),
    "Sphinx extension": (edit("book/_ext/charts.py", b'"Source: {exhibit', b'"From: {exhibit'), False,
                         "book/index.html", "From: "),
}
"""By what is edited: the edit, whether the notebook runs again, where to look, and what is found there."""


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_published(book, name):
    change, runs, where, text = EDITS[name]
    html = book / "_build" / "html"
    assert name == "lock" or not any(text in path.read_text("utf-8") for path in html.glob(where))
    change(book)
    done = build(book)
    assert done.returncode == 0, done.stderr
    assert bool(re.search(r"^executed: .*\bindex\b", done.stdout, re.M)) is runs
    assert any(text in path.read_text("utf-8") for path in html.glob(where))


@pytest.mark.parametrize("name", ["html", "html/book", "pdf", "executed", "doctrees", "jupyter_execute", "typst"])
def test_a_folder_of_the_build_that_is_lost_is_made_again(book, name):
    made = book / "_build"
    before = digest(made / "html"), digest(made / "pdf")
    shutil.rmtree(made / name)
    done = build(book)
    assert done.returncode == 0, done.stderr
    assert (digest(made / "html"), digest(made / "pdf")) == before

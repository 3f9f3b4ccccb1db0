"""One thing goes wrong: a clear error on the first and on the second run, and the last good
build stays as it was. Each fault is tried on a one-page book with the real data."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from evidence.figures import all_figures

ROOT = Path(__file__).resolve().parents[2]
PAGE = "# One page\n\nA link to [the card](#claim-c73).\n"
CODE = (
    "from evidence import notebook as show\nfrom evidence.ledger import CHAPTERS\nshow.start()\n"
    "for chapter in CHAPTERS:\n    show.cards_of(chapter)\nshow.sources()"
)


def code_cell(name, source, metadata=None):
    """Return a code cell without outputs."""
    return {"cell_type": "code", "id": name, "metadata": metadata or {}, "source": source, "outputs": [], "execution_count": None}


def notebook(text=PAGE, code=CODE):
    """Return a notebook of one text cell, one code cell and every figure, for the cards lead to them."""
    cells = [{"cell_type": "markdown", "id": "text", "metadata": {}, "source": text}, code_cell("code", code)]
    cells += [code_cell(f"figure-{name}", f'show.figure("{name}")', {"mystnb": {"figure": {"name": f"fig-{name}"}}}) for name in all_figures()]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


def build(book: Path) -> subprocess.CompletedProcess:
    """Build a book in a process of its own."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "book/_ext/build.py"], cwd=book, capture_output=True, text=True, env=environment, check=False)


def digest(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder."""
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """Return a one-page book that has been built; its path has a space and Cyrillic letters."""
    book = tmp_path_factory.mktemp("book") / "one page книга"
    book.mkdir()
    for name in ("book", "data", "seeds"):
        shutil.copytree(ROOT / name, book / name, ignore=shutil.ignore_patterns("*.ipynb", "*.md", "__pycache__"))
    shutil.copy(ROOT / "data" / "LICENSES.md", book / "data")
    for name in ("_config.yml", "CITATION.cff", "requirements.txt", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, book)
    numbers = book / "book" / "evidence" / "numbers.csv"
    kept = [line for line in numbers.read_text("utf-8").splitlines(keepends=True) if line.startswith(("page,", "figures/"))]
    numbers.write_text("".join(kept), "utf-8")  # the other pages it speaks of are not in this book
    (book / "_toc.yml").write_text("format: jb-book\nroot: book/index\n")
    (book / "book" / "index.ipynb").write_text(notebook(), "utf-8")
    done = build(book)
    assert done.returncode == 0, done.stderr
    return book


@pytest.fixture
def book(good, tmp_path):
    """Return a copy of the built book that a test may spoil."""
    return Path(shutil.copytree(good, tmp_path / "книга с ошибкой"))  # noqa: RUF001


def edit(name, old, new):
    """Return a change of one file."""
    def change(book):
        raw = (book / name).read_bytes()
        assert old in raw
        (book / name).write_bytes(raw.replace(old, new, 1))
    return change


def page(**parts):
    """Return a change of the one notebook."""
    return lambda book: (book / "book" / "index.ipynb").write_text(notebook(**parts), "utf-8")


FAULTS = {
    "raising cell": (page(code=CODE + "\n1 / 0"), "index.ipynb: cell 1: ZeroDivisionError: division by zero"),
    "dead reference": (page(text=PAGE + "\n[gone](#claim-c99)\n"), "'myst' cross-reference target not found: 'claim-c99'"),
    "missing alt": (page(text=PAGE + "\n![](assets/dot.svg)\n"), "an image has no alt text"),
    "writes to stderr": (page(code=CODE + "\nimport sys\nprint('oops', file=sys.stderr)"), "stderr"),
    "unknown figure": (page(code=CODE + '\nshow.figure("no-such")'), "KeyError: 'no-such'"),
    "unknown node": (page(text=PAGE + "\n{math}`x`\n"), "no rule for the node math"),
    "missing glyph": (page(text=PAGE + "\nAn ibis: \U00013000\n"), "Typst: "),
    "bad cell": (edit("data/places.csv", b"43.9071", b"43.9O71"), "data/places.csv, row 2 (URC_DIWOPU), column lat"),
    "missing column": (edit("data/places.csv", b",lat,", b","), "data/places.csv, row 1"),
    "quote not in the seed": (edit("data/claims.csv", b"Four H-6 bombers", b"Five H-6 bombers"), "data/claims.csv, row C70, column quote"),
    "missing table": (lambda book: (book / "data" / "places.csv").unlink(), "data/places.csv: expected a file, found none"),
    "cut table": (lambda book: (book / "data" / "places.csv").write_bytes((book / "data" / "places.csv").read_bytes()[:-40]), "found a cut line"),
    "byte order mark": (edit("data/places.csv", b"place_id", b"\xef\xbb\xbfplace_id"), "expected no byte order mark"),
    "carriage returns": (edit("data/places.csv", b"\n", b"\r\n"), "expected line feeds only"),
    "Latin-1": (edit("data/places.csv", b"Changji", b"Chang\xfc"), "expected UTF-8"),
    "rule that does not parse": (edit("data/specifications.csv", b"at_most", b"at_almost"), "column test"),
    "seed changed": (edit("seeds/000_a2192baadfa7392f.txt", b"Four", b"Five"), "expected sha256"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_stops_the_build_and_leaves_the_last_one(book, name):
    change, message = FAULTS[name]
    (book / "book" / "assets" / "dot.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>")
    before, pdf = digest(book / "_build" / "html"), digest(book / "_build" / "pdf")
    change(book)
    for run in ("first", "second"):
        done = build(book)
        assert done.returncode != 0, f"{run} run passes"
        assert message in done.stderr, f"{run} run says: {done.stderr[-800:]}"
        assert digest(book / "_build" / "html") == before, f"{run} run changed the last good build"
        assert digest(book / "_build" / "pdf") == pdf, f"{run} run changed the last good PDF"


def test_an_unchanged_book_is_not_built_again(good):
    assert build(good).stdout.startswith("nothing has changed")


def test_a_lost_output_is_built_again_to_the_same_bytes(book):
    before = digest(book / "_build" / "html")
    (book / "_build" / "html" / "claims.json").unlink()
    assert build(book).returncode == 0
    assert digest(book / "_build" / "html") == before

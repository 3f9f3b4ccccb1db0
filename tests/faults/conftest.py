"""A one-page book that has been built, once for all faults."""

import shutil
from pathlib import Path

import pytest
from evidence.ledger import CHAPTERS
from one_page import ROOT, TOC, build, empty, notebook


@pytest.fixture(scope="session")
def good(tmp_path_factory):
    """Return a one-page book that has been built; its path has a space and Cyrillic letters."""
    book = tmp_path_factory.mktemp("book") / "one page книга"
    book.mkdir()
    for name in ("book", "data", "seeds"):
        shutil.copytree(ROOT / name, book / name, ignore=shutil.ignore_patterns("*.ipynb", "*.md", "__pycache__"))
    # Each figure takes a second, and all are made alike.
    for module in (book / "book" / "evidence" / "charts").glob("*.py"):
        if module.stem not in ("__init__", "basemap", "reach", "style"):
            module.unlink()
    shutil.copy(ROOT / "data" / "LICENSES.md", book / "data")
    for name in ("_config.yml", "CITATION.cff", "requirements.txt", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, book)
    allowed = book / "book" / "evidence" / "checks" / "numbers.csv"  # numbers of pages that this book does not have
    rows = allowed.read_text("utf-8").splitlines(keepends=True)
    allowed.write_text("".join(row for row in rows if row.startswith(("page,phrase", "charts/reach,"))), "utf-8")
    (book / "_toc.yml").write_text(TOC)
    for name in CHAPTERS:  # the sheets lead to them
        (book / "book" / f"{name}.ipynb").write_text(empty(name), "utf-8")
    (book / "book" / "index.ipynb").write_text(notebook(), "utf-8")
    done = build(book)
    assert done.returncode == 0, done.stderr
    return book


@pytest.fixture
def book(good, tmp_path):
    """Return a copy of the built book that a test may spoil; its path has what may stand in the name of a folder."""
    return Path(shutil.copytree(good, tmp_path / "кни'га с \"50%\" #1 [x] $HOME"))  # noqa: RUF001

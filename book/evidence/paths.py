"""Where things are: one constant per location, resolved from this file, never from the
working directory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
"""The project folder."""

SEED = ROOT / "seeds" / "000_a2192baadfa7392f.txt"
"""The article under test, unchanged."""

SEED_ABSENT = ROOT / "seeds" / "ABSENT"
"""In a copy that leaves the article out, the file that says so."""

DATA = ROOT / "data"
"""Evidence tables, ledger, specifications and their data package."""

PACKAGE = DATA / "datapackage.json"
"""The Frictionless descriptor of every table in DATA."""

RECORDED = ROOT / "tests" / "expected" / "verdicts.csv"
"""The verdict of every claim when it was last recorded; tests/expected.py writes it."""

BOOK = ROOT / "book"
"""Notebooks and pages."""

CITATION = ROOT / "CITATION.cff"
"""The one source of title, contributors, version and date."""

COMMIT = ROOT / "COMMIT"
"""In the copy that is built, the commit that its files are from; not in the project's folder."""

BUILD = ROOT / "_build"
"""Everything generated; never committed."""

SOURCES = (
    "book", "data", "seeds", "tests", "Makefile", "_config.yml", "_toc.yml", "requirements.in", "requirements.txt",
    "pyproject.toml", "CITATION.cff", "LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "COMMIT",
)
"""What the book is built from, and what is packed for readers who run it again, below ROOT."""


def pages(contents: Any) -> Iterator[str]:
    """Yield the pages that contents, read from _toc.yml, list at any depth."""
    if isinstance(contents, dict):
        yield from (page for word in ("root", "file") if isinstance(page := contents.get(word), str))
    for part in contents.values() if isinstance(contents, dict) else contents if isinstance(contents, list) else ():
        yield from pages(part)

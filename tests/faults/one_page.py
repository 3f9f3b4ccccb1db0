"""A one-page book with the real data and the figures of one chapter, and ways to spoil it."""

import csv
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import nbformat
from evidence.ledger import CHAPTERS
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).resolve().parents[2]
FIGURES = {
    "TOLD": 'reach.told(load(), claims={"h6": "C70", "departure": "C72"})',
    "MAP": 'reach.courses(load(), start="URC_DIWOPU", target="GVARDEISKY", other="JIAYUGUAN", miles=1200)',
    "DISTANCES": 'reach.distances(load(), near="urumqi", far="gansu", target="otar")',
}
"""The charts of the page, and the code that computes their rows."""
with (ROOT / "data" / "claims.csv").open(encoding="utf-8", newline="") as lines:
    CLAIMS = [row["claim_id"] for row in csv.DictReader(lines)]
TOC = "format: jb-book\nroot: book/index\nparts:\n  - caption: Chapters\n    chapters:\n"
TOC += "".join(f"      - file: book/{chapter}\n" for chapter in CHAPTERS)
BUILD = (sys.executable, "-I", "book/making/watch.py", "book/making/build.py")
SECTIONS = ("How to read on", "How to cite", "Challenge a verdict", "Downloads")
"""Those of the front page that the PDF puts elsewhere."""
PAGE = (f"# One page\n\n{''.join(f'## {name}{chr(10) * 2}Words.{chr(10) * 2}' for name in SECTIONS)}## Found\n\n"
        "A link to [the sheet](#c73).\n")
CODE = (
    "from evidence.pages import dictionary, show\nfrom evidence.tables import load\nshow.start()\n"
    "sources = dictionary.sources(load())\nshow.table(sources, 'Every source.', 'tab-sources', raw=sources.columns)"
)


def notebook(text=PAGE, code=CODE, figures=FIGURES, claims=CLAIMS):
    """Return a notebook of one text cell, one code cell, the figures, and a sheet for each claim."""
    imports = "from evidence.charts import reach as charts\nfrom evidence.measures import reach\n"
    codes = [("code", code)]
    codes += [(f"figure-{name}", f"{imports}show.chart(charts.{name}, {figures[name]})") for name in figures]
    codes += [(f"sheet-{claim}", f'show.sheet("{claim}")') for claim in claims]
    return written([new_markdown_cell(text, id="text"), *(new_code_cell(source, id=name) for name, source in codes)])


def empty(name):
    """Return a notebook of a title."""
    return written([new_markdown_cell(f"# {name.capitalize()}\n", id="text")])


def written(cells):
    """Return the text of a notebook."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return nbformat.writes(new_notebook(cells=cells, metadata=metadata))


def run(book: Path, *command: str) -> subprocess.CompletedProcess:
    """Run a command in the folder of a book."""
    return subprocess.run(command, cwd=book, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1"},
                          check=False)


def build(book: Path) -> subprocess.CompletedProcess:
    """Build a book in a process of its own."""
    return run(book, *BUILD)


def digest(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder."""
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def sources(book: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a book and beside it, but for _build and Python's caches."""
    return {name: total for name, total in digest(book.parent).items()
            if "__pycache__" not in name and not name.startswith(f"{book.name}/_build/")}


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


def words(text):
    """Return a change of the one notebook to one with more text."""
    return page(text=f"{PAGE}\n{text}\n")


def cell(code):
    """Return a change of the one notebook to a cell that the build does not get past."""
    return page(code=code, figures=(), claims=())

"""A file that is not what it should be is named with its row, before anything reads it."""

import json
import shutil

import pytest
import watch
from evidence import paths
from evidence.checks import everything, files, prose


@pytest.fixture
def root(tmp_path):
    """Return a folder with a copy of the pages and settings that a test may spoil."""
    for path in paths.ROOT.glob("*.*"):
        if path.suffix in (".yml", ".cff", ".md"):
            shutil.copy(path, tmp_path)
    (tmp_path / "book").mkdir()
    for kind in ("*.ipynb", "*.md"):
        for path in paths.BOOK.glob(kind):
            shutil.copy(path, tmp_path / "book")
    return tmp_path


def said(root):
    """Return what is said of the files of a folder."""
    return [str(fault) for fault in files.faults(root)]


def replaced(old, new):
    """Return a change of the first place that has some bytes."""
    return lambda raw: raw.replace(old, new, 1)


def notebook(**changes):
    """Return a change of a notebook's own fields, or of its first cell of code."""
    def change(raw):
        found = json.loads(raw)
        cell = next(cell for cell in found["cells"] if cell["cell_type"] == "code")
        for name, value in changes.items():
            place = found if name in ("cells", "nbformat") else cell
            place[name] = value
        return json.dumps(found).encode()
    return change


OUTPUT = {"output_type": "display_data", "metadata": {}, "data": None}
SPOILT = {
    "conflict in a page": ("book/glossary.md", replaced(b"\n\n", b"\n\n<<<<<<< HEAD\nold\n=======\nnew\n>>>>>>> b\n"),
                           r"row 3: expected no conflict that git has left, found '<<<<<<< HEAD'"),
    "conflict in a cell": ("book/reach.ipynb", replaced(b'"source": [\n', b'"source": [\n    ">>>>>>> b\\n",\n'),
                           r"cell 0: expected no conflict that git has left, found '>>>>>>> b'"),
    "another encoding": ("CITATION.cff", replaced(b"contributors", "contribut\xf6rs".encode("latin-1")),
                         r"expected UTF-8, found b'\xf6'"),
    "UTF-16": ("_toc.yml", lambda raw: raw.decode().encode("utf-16"), r"row 1: expected UTF-8"),
    "latin-1 in a notebook": ("book/reach.ipynb", replaced(b"Otar", b"\xd6tar"), "expected UTF-8"),
    "an empty notebook": ("book/reach.ipynb", lambda raw: b"", "row 1: expected JSON, as notebooks are, found the end"),
    "no fields": ("book/reach.ipynb", lambda raw: b"{}", "column nbformat: expected a notebook of format 4 with cells"),
    "a list": ("book/reach.ipynb", lambda raw: b"[]", "with cells, found list"),
    "null": ("book/reach.ipynb", lambda raw: b"null", "with cells, found NoneType"),
    "no cells": ("book/reach.ipynb", notebook(cells=None), "expected a notebook of format 4 with cells"),
    "format 3": ("book/reach.ipynb", notebook(nbformat=3), "found 3"),
    "format 5": ("book/reach.ipynb", notebook(nbformat=5), "found 5"),
    "a cell of no kind": ("book/reach.ipynb", notebook(cells=[{"source": []}]), "cell 0"),
    "no source": ("book/reach.ipynb", notebook(source=None), "column source: expected what a notebook has there"),
    "no outputs": ("book/reach.ipynb", notebook(outputs=None), "column outputs: expected what a notebook has there"),
    "an output without data": ("book/reach.ipynb", notebook(outputs=[OUTPUT]), "expected what a notebook has there"),
    "a page that is not there": ("_toc.yml", replaced(b"book/method", b"book/methods"),
                                 "expected a page of the book, found book/methods"),
    "a part without a caption": ("_toc.yml", replaced(b"- caption: Background\n    ", b"- "),
                                 "column parts: expected for each a caption and chapters, found {'chapters':"),
    "an address": ("_toc.yml", replaced(b"- file: book/reach", b"- url: https://example.org"),
                   "column Implications: expected chapters that are each a file, found {'url': 'https://example.org'}"),
    "a page below a page": ("_toc.yml", replaced(b"book/economy\n", b"book/economy\n        sections: []\n"),
                            "column Implications: expected chapters that are each a file, found {'file': 'book/ec"),
    "a title of its own": ("_toc.yml", replaced(b"book/economy\n", b"book/economy\n        title: Another\n"),
                           "expected chapters that are each a file"),
    "a chapter of several files": ("_toc.yml", replaced(b"- file: book/reach", b"- file: [book/reach]"),
                                   "expected chapters that are each a file, found {'file': ['book/reach']}"),
    "a chapter of no kind": ("_toc.yml", replaced(b"- file: book/reach", b"- book/reach"),
                             "expected chapters that are each a file, found book/reach"),
    "chapters of no part": ("_toc.yml", replaced(b"parts:", b"chapters: [{file: book/reach}]\nparts:"),
                            "row 1: expected format, root and parts, found format, root, chapters, parts"),
    "contents that hold themselves": ("_toc.yml", replaced(b"format: jb-book", b"format: &a [*a]"), "expected YAML"),
    "empty contents": ("_toc.yml", lambda raw: b"", "row 1: expected fields with their values, found none"),
    "settings that are a list": ("_config.yml", lambda raw: b"- a\n", "row 1: expected fields with their values"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_file_that_is_spoilt_is_named(root, case):
    name, change, message = SPOILT[case]
    raw = (root / name).read_bytes()
    (root / name).write_bytes(change(raw))
    assert change(raw) != raw
    (found,) = said(root)
    assert found.startswith(f"{name}, ") and message in found


@pytest.mark.parametrize("name", ["book/glossary.md", "book/reach.ipynb", "CITATION.cff"])
def test_a_file_that_is_gone_is_named(root, name):
    (root / name).unlink()
    (found,) = said(root)
    assert name.rpartition(".")[0] in found and "expected a" in found


def test_the_book_and_whatever_else_a_notebook_may_hold_pass(root):
    path = root / "book/reach.ipynb"
    data = {"application/json": [1, {"a": "b"}], "text/plain": ["a\n", "b"]}
    change = notebook(source=["%time rows\n"], outputs=[{**OUTPUT, "data": data}])
    path.write_bytes(change(path.read_bytes()))
    assert said(root) == [] and list(prose.broken(path, prose.faces())) == []
    path.write_bytes(notebook(source=["show.table(rows, 'Three', 'tab-x')"])(path.read_bytes()))
    assert "Three" in [passage.text for passage in prose.of_notebook(path)]
    for source in ("show.table(x,", "%time show.table(rows, 'Three', 'tab-x')"):
        path.write_bytes(notebook(source=[source])(path.read_bytes()))
        (found,) = prose.broken(path, prose.faces())
        assert "expected Python, found" in str(found)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('key,a\nK0,b\n"K1,b\n",c\n', "row 3: expected cells of one line each"),
        ('key,a\nK1,b\n"K2,c\n', "row 3: expected cells between commas"),
        ('key,a\nK1,ex"cerpt\nK2,"c"d\n', "row 3: expected cells between commas, quoted as a whole"),
        (f"key,a\nK1,{'x' * 140_000}\n", "row 2: expected cells "),
        ("key,a\nK1,b", "row 2: expected a newline at the end"),
        ("key,a\nK1,\r\n", "row 2: expected line feeds only"),
        ("key,a\nK1,b\n<<<<<<< HEAD\nK2,c\n", "row 3: expected no conflict"),
        ('key,a\n"K,1","b ""c"""\n', ""),
    ],
)
def test_a_table_with_a_quotation_mark_that_is_not_closed_is_refused(tmp_path, text, message):
    (tmp_path / "t.csv").write_text(text, "utf-8", newline="")
    found = [str(fault) for fault in files.of([tmp_path / "t.csv"], tmp_path)]
    assert (message in found[0]) if message else found == []


@pytest.mark.parametrize("line", [3, 2636])
def test_no_quotation_mark_makes_rows_disappear(tmp_path, line):
    rows = (paths.DATA / "growth.csv").read_text("utf-8").splitlines(keepends=True)
    rows[line - 1] = f'"{rows[line - 1]}'
    (tmp_path / "growth.csv").write_text("".join(rows), "utf-8")
    assert str(files.of([tmp_path / "growth.csv"], tmp_path)[0]).startswith(f"growth.csv, row {line}: expected cells ")


def test_letters_that_nobody_sees_are_refused():
    known = prose.faces()
    assert "a" in known and "\n" in known and "\N{CYRILLIC SMALL LETTER ZHE}" in known
    for letter in "\0\u00ad\u200b\u200f\ufeff\ufff9":
        assert prose.unprintable(f"a{letter}b", known)


@pytest.mark.parametrize(
    ("column", "cell", "refused"),
    [
        ("accessed", "2013-02-30", True), ("published", "2013-13", True), ("published", "signed 2013-02-30", True),
        ("published", "signed 2013-02-28", False), ("authors", " A, B", True), ("authors", "A;  B, C", True),
        ("authors", "Smith and Jones", True), ("authors", "Smith, John et al.", True), ("authors", "123", True),
        ("authors", "\u00a0", True), ("authors", "van Berg, Ann Lee; Allen, M.", False), ("producer", ",", True),
    ],
)
def test_a_source_has_days_and_people_that_there_are(tmp_path, column, cell, refused):
    shutil.copytree(paths.DATA, tmp_path / "data")
    path = tmp_path / "data" / "sources.csv"
    header, first, *rest = path.read_text("utf-8").splitlines(keepends=True)
    made = dict.fromkeys(header.strip().split(","), "")
    made |= {"source_key": "S-X", column: cell}
    path.write_text("".join([header, first, ",".join(f'"{part}"' for part in made.values()), "\n", *rest]), "utf-8")
    found = [fault for fault in everything.cell_faults(tmp_path / "data") if fault.row == "S-X"]
    assert bool(found) == refused and all(fault.column == column for fault in found)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}'])
def test_a_note_of_a_build_that_was_cut_is_as_good_as_none(tmp_path, text):
    path = tmp_path / "note.json"
    path.write_text(text, "utf-8")
    assert watch.noted(path) == ({"a": 1} if "1" in text else {}) and watch.noted(tmp_path / "none.json") == {}

"""Whether each file of the book can be read as what it is: text, settings, JSON, a notebook, a table."""

import csv
import io
import json
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat.warnings import MissingIDFieldWarning

from .. import cff, paths
from ..faults import Fault

CONFLICT = re.compile(r"^(<{7}|>{7}) .*", re.M)
"""The lines between which git leaves what it could not merge."""
LONGEST = 100_000
"""How many letters a cell may have: readers of CSV refuse more, and none in the book is near it."""


def row_of(text: str, at: int) -> str:
    """Return the line of a text in which a position lies, from 1."""
    return str(text[:at].count("\n") + 1)


def text_faults(path: Path, file: str) -> list[Fault]:
    """Return a fault of a file that is not UTF-8, or in which git has left a conflict."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        odd = repr(raw[error.start : error.start + 1])
        return [Fault(file, str(raw[: error.start].count(b"\n") + 1), "", "UTF-8", odd)]
    found = CONFLICT.search(text) if path.suffix != ".ipynb" else None  # of a notebook, its cells are looked at
    if not found:
        return []
    return [Fault(file, row_of(text, found.start()), "", "no conflict that git has left", repr(found[0]))]


def json_faults(path: Path, file: str) -> list[Fault]:
    """Return a fault of a file that is not JSON."""
    try:
        json.loads(text := path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        found = "".join(text.splitlines()[error.lineno - 1 : error.lineno])[:80]
        wanted = "JSON, as notebooks are" if path.suffix == ".ipynb" else "JSON"
        return [Fault(file, str(error.lineno), "", wanted, repr(found) if found else "the end of the file")]
    return []


def notebook_faults(path: Path, file: str) -> list[Fault]:
    """Return a fault of a JSON file that is no notebook of format 4, or for a cell in which git has left a conflict."""
    found = json.loads(path.read_text("utf-8"))
    if not isinstance(found, dict) or found.get("nbformat") != 4 or not isinstance(found.get("cells"), list):
        told = found.get("nbformat", "none") if isinstance(found, dict) else type(found).__name__
        return [Fault(file, "", "nbformat", "a notebook of format 4 with cells", str(told))]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", MissingIDFieldWarning)  # the book runs those without
            nbformat.validate(nbformat.from_dict(found), relax_add_props=True)
    except nbformat.ValidationError as error:
        place = [str(part) for part in error.absolute_path]
        row = f"cell {place[1]}" if place[:1] == ["cells"] and len(place) > 1 else ""
        return [Fault(file, row, ".".join(place[2:] or place), "what a notebook has there", error.message[:200])]
    return [Fault(file, f"cell {number}", "", "no conflict that git has left", repr(left[0]))
            for number, cell in enumerate(found["cells"])
            if (left := CONFLICT.search("".join(cell["source"])))]


def table_faults(path: Path, file: str) -> list[Fault]:
    """Return what is wrong with the text of a table: a byte order mark, carriage returns, a last line that is cut, or a
    cell of several lines or quoted by half, for a quotation mark that is not closed swallows rows."""
    text = path.read_bytes().decode("utf-8")
    faults = []
    if text.startswith("\ufeff"):
        faults.append(Fault(file, "1", "", "no byte order mark", "one"))
    if "\r" in text:
        faults.append(Fault(file, row_of(text, text.index("\r")), "", "line feeds only", "a carriage return"))
    if not text.endswith("\n"):
        faults.append(Fault(file, row_of(text, len(text)), "", "a newline at the end of the file", "a cut line"))
    return faults or torn(text, file)


def torn(text: str, file: str) -> list[Fault]:
    """Return a fault for the first row of a table with a cell of several lines, or that is quoted by half."""
    rows, before = csv.reader(io.StringIO(text, newline=""), strict=True), 0
    try:
        for row in rows:
            if rows.line_num > before + 1:
                found = next(cell for cell in row if "\n" in cell)
                return [Fault(file, str(before + 1), "", "cells of one line each (is a quotation mark not closed?)",
                              repr(found[:60]))]
            if max(map(len, row), default=0) > LONGEST:
                return [Fault(file, str(rows.line_num), "", f"cells of at most {LONGEST:,} letters", row[0])]
            before = rows.line_num
    except csv.Error as error:
        return [Fault(file, str(before + 1), "", "cells between commas, quoted as a whole or not at all", str(error))]
    return []


OF_KIND: dict[str, tuple[Callable[[Path, str], list[Fault]], ...]] = {
    ".csv": (table_faults,), ".json": (json_faults,), ".geojson": (json_faults,),
    ".ipynb": (json_faults, notebook_faults),
}
"""What is looked at in a file beside its text, by its ending, each where the one before finds nothing."""


def of(paths: Iterable[Path], root: Path) -> list[Fault]:
    """Return what is wrong with some files below `root`."""
    found = ((look(path, path.relative_to(root).as_posix()) for look in (text_faults, *OF_KIND.get(path.suffix, ())))
             for path in paths)
    return [fault for looks in found for fault in next(filter(None, looks), [])]


def contents_faults(contents: Any) -> Iterator[Fault]:
    """Yield a fault for whatever contents are beside what the PDF can show: a front page, and captions with pages."""
    match contents:
        case {"root": str(), "parts": [*parts], **other} if other.keys() <= {"format"}:
            for part in parts:
                match part:
                    case {"caption": str(caption), "chapters": [*chapters], **other} if caption and not other:
                        for chapter in chapters:
                            if not isinstance(chapter, dict) or chapter != {"file": str(chapter.get("file"))}:
                                yield Fault("_toc.yml", "", caption, "chapters that are each a file", str(chapter))
                    case _:
                        yield Fault("_toc.yml", "", "parts", "for each a caption and chapters", str(part))
        case _:
            yield Fault("_toc.yml", "1", "", "format, root and parts", ", ".join(contents or ()) or "none")


def settings_faults(root: Path) -> list[Fault]:
    """Return a fault of the citation file, of settings that are no fields with values, or of contents that the PDF
    cannot show or that list a page which is not there."""
    try:
        cff.load(root / "CITATION.cff")
        settings = {name: cff.parsed(root / name) for name in ("_config.yml", "_toc.yml")}
    except Fault as fault:
        return [fault]
    faults = [Fault(name, "1", "", "fields with their values", "none")
              for name, found in settings.items() if not isinstance(found, dict)]
    text, contents = (root / "_toc.yml").read_text("utf-8"), settings["_toc.yml"]
    return faults or [*contents_faults(contents)] or [
        Fault("_toc.yml", row_of(text, text.find(page)), "", "a page of the book", page)
        for page in paths.pages(contents)
        if not any((root / f"{page}{kind}").is_file() for kind in (".ipynb", ".md"))
    ]


def faults(root: Path = paths.ROOT) -> list[Fault]:
    """Return what is wrong with pages, settings and texts as files."""
    found = [path for kind in ("*.yml", "*.cff", "*.md", "book/*.ipynb", "book/*.md") for path in root.glob(kind)]
    return of(sorted(found), root) or settings_faults(root)

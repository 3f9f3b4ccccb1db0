"""The prose of the book, and the proof that no number in it was typed: Markdown cells and pages,
captions of tables, and what captions, alt texts and credits of figures say without a computation.

What a figure's caption computes is checked against the rows drawn, in the tests.
"""

import ast
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from .. import paths
from ..charts import style
from ..faults import Fault
from ..pages import pasted
from ..tables import records
from .numbers import Known, classify

ALLOWED = Path(__file__).with_name("numbers.csv")
"""Phrases that may hold a typed number: columns page, phrase, reason."""
PASTED = "\N{MIDDLE DOT}"
"""Stands in a text for what a role, a computation or a literal puts there."""
ROLES = re.compile(r"\{term\}`([^`<]*[^`< ])(?: *<[^`]*>)?`|"
                   r"\{\w+(?::\w+)?\}`[^`]*`|```(?!\{glossary).*?```|^```[^\n]*$|`[^`]+`", re.S | re.M)
MARKUP = re.compile(r"(?<=\])\([^)]*\)|<[^>]*>|^\d+\. |[*|]", re.M)


@dataclass(frozen=True)
class Passage:
    """A piece of prose that stands by itself: its page, its file and place, its words."""

    page: str
    file: str
    place: str
    text: str
    heading: bool = False


def passages(page: str, file: str, place: str, markdown: str) -> Iterator[Passage]:
    """Yield each paragraph and each heading of some Markdown without its markup."""
    markdown = pasted.MARK.sub(PASTED, markdown)
    text = MARKUP.sub("", ROLES.sub(lambda m: m[1] or PASTED, markdown))
    for block in re.split(r"\n\s*\n|\n(?=- )|(?<=\n)(?=#)", text):
        yield Passage(page, file, place, block.strip().lstrip("# "), block.lstrip().startswith("#"))


def _words(node: ast.AST) -> Iterator[str]:
    """Yield each string of some code as a reader gets it, PASTED for each part that is computed;
    subscripts, comparisons and format specifications are not for readers."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else PASTED for part in node.values)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from _words(part.value)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, ast.FunctionDef):
        for statement in node.body[1:]:
            yield from _words(statement)
    elif not isinstance(node, ast.Subscript | ast.Compare):
        for child in ast.iter_child_nodes(node):
            yield from _words(child)


def captions(page: str, file: str, tree: ast.AST) -> Iterator[Passage]:
    """Yield the captions of tables, and the captions, alt texts and credits of figures, of some code."""
    for node in ast.walk(tree):
        spoken: Sequence[ast.stmt | ast.expr] = ()
        if isinstance(node, ast.FunctionDef) and node.name.endswith("_words"):
            spoken = [node]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "table":
            spoken = node.args[1:2]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Chart":
            spoken = node.args[3:4] + [keyword.value for keyword in node.keywords if keyword.arg in ("title", "unit")]
        for part in spoken:
            for text in _words(part):
                yield Passage(page, file, f"line {part.lineno}", text)


def of_notebook(path: Path) -> Iterator[Passage]:
    """Yield the prose of a notebook and the captions of its tables."""
    file = f"book/{path.name}"
    for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield from passages(path.stem, file, f"cell {number}", source)
        elif "show.table(" in source:
            for caption in captions(path.stem, file, ast.parse(source)):
                yield Passage(path.stem, file, f"cell {number}", caption.text)


def everything(book: Path = paths.BOOK) -> Iterator[Passage]:
    """Yield all prose of the book."""
    for path in sorted(book.glob("*.ipynb")):
        yield from of_notebook(path)
    for path in sorted(book.glob("*.md")):
        yield from passages(path.stem, f"book/{path.name}", "", path.read_text("utf-8"))
    package = book / "evidence"
    for path in (package / "pages" / "show.py", package / "pages" / "claims.py",
                 *sorted((package / "charts").glob("*.py"))):
        page = path.relative_to(package).with_suffix("").as_posix()
        yield from captions(page, path.relative_to(book.parent).as_posix(), ast.parse(path.read_text("utf-8")))


def faces() -> set[str]:
    """Return the letters that the faces of the PDF have and a reader can see, and the end of a line."""
    from matplotlib.ft2font import FT2Font

    fonts = [path for path in style.FONTS.iterdir() if path.suffix in (".otf", ".ttf")]
    letters = {chr(code) for path in fonts for code in FT2Font(str(path)).get_charmap()}
    return {"\n"} | {letter for letter in letters if unicodedata.category(letter) not in ("Cc", "Cf")}


def unprintable(text: str, known: set[str]) -> str:
    """Return which letters of a text are not known, each with its code point; "" for none."""
    return ", ".join(f"{letter!r} (U+{ord(letter):04X})" for letter in dict.fromkeys(text) if letter not in known)


def broken(path: Path, known: set[str]) -> Iterator[Fault]:
    """Yield a fault for each cell of a notebook that is code and no Python, or with letters that no face of the PDF
    has, in what it says or in what it stores."""
    file = f"book/{path.name}"
    for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
        shown = [text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
                 for output in cell.get("outputs", ())
                 for text in ("".join(output.get("text", ())), *map(_joined, output.get("data", {}).values()))]
        # Colours of a terminal are left out.
        if odd := unprintable("".join([*cell["source"], *shown]), known | {"\x1b"}):
            yield Fault(file, f"cell {number}", "", "letters that the faces of the PDF have", odd)
        elif cell["cell_type"] == "code":
            source = "".join(cell["source"])
            try:  # a magic takes what it runs as text, in which no caption would be found
                ast.parse(source if "show.table(" in source else TransformerManager().transform_cell(source))
            except SyntaxError as error:
                yield Fault(file, f"cell {number}", "", "Python", f"{error.msg}: {(error.text or '').strip()!r}")


def _joined(stored: Any) -> Any:
    """Return stored text in one piece, and what is no text as it is."""
    return "".join(stored) if isinstance(stored, list) and all(isinstance(line, str) for line in stored) else stored


def allowed(path: Path = ALLOWED) -> list[dict[str, str]]:
    """Return the rows of the list of allowed phrases: page, phrase, reason."""
    return records(path)


def faults(texts: Iterable[Passage], rows: list[dict[str, str]], known: Known) -> list[Fault]:
    """Return a fault for each typed number, and for each allowed phrase that has no reason or
    allows nothing."""
    found, used = [Fault("book/evidence/checks/numbers.csv", row["phrase"], "reason", "a reason", "none")
                   for row in rows if not row["reason"]], set()
    for passage in texts:
        phrases = [row["phrase"] for row in rows if row["page"] == passage.page]
        for number in classify(passage.text, known, phrases, passage.heading):
            used.add((passage.page, number.phrase))
            if number.kind == "typed":
                near = " ".join(passage.text.split())[max(0, number.start - 30) : number.start + 40]
                expected = ("a computed, quoted or cited number, "
                            f"or one that book/evidence/checks/numbers.csv allows on {passage.page}")
                found.append(Fault(passage.file, passage.place, "", expected, f"{number.text!r} in {near!r}"))
    unused = [row for row in rows if (row["page"], row["phrase"]) not in used]
    return found + [Fault("book/evidence/checks/numbers.csv", row["phrase"], "",
                          f"a typed number to allow on {row['page']}", "none") for row in unused]


def all_faults() -> list[Fault]:
    """Return every fault of the book's prose."""
    notebooks, known = sorted(paths.BOOK.glob("*.ipynb")), faces()
    unread = [fault for path in notebooks for fault in broken(path, known)]
    return (unread or [fault for path in notebooks for fault in pasted.faults(path)]
            or faults(everything(), allowed(), Known()))

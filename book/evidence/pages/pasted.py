"""Numbers that stand in the text of a notebook and are computed by it.

`<!--c73.low:.0f-->606` reads as 606 wherever the notebook is opened; words need an end,
`<!--c24.date-->24 April 2012<!--/-->`. `python -m evidence.pages.pasted` writes them anew.
"""

import ast
import json
import math
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .. import paths
from ..faults import Fault

NUMBER = r"[-+\u2212]?\d+(?:[,.]\d+)*%?"
MARK = re.compile(
    r"<!--(?P<key>[\w.-]+)(?::(?P<format>[^<>-]*))?-->"
    rf"(?:(?P<words>(?:(?!<!--).)*?)<!--/-->|(?P<number>{NUMBER}))?",
    re.S,
)
"""A mark with what stands behind it: a number as far as it goes, or words up to the end mark."""
WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
FIRST = re.compile(r"^\s*(?:[-*>]|\d+\.)?\s*<!--(?!/)", re.M)
"""A mark at the head of a line, list item or quotation would open a block of HTML."""


def values(notebook: dict) -> dict[str, object]:
    """Return what a notebook has stored for its text, by key; raise ValueError for what is neither number nor words."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    stored = {
        output["metadata"]["scrapbook"]["name"]: "".join(next(iter(output["data"].values())))
        for output in outputs if "scrapbook" in output.get("metadata", {})
    }
    return {key: _plain(key, text) for key, text in stored.items()}


def _plain(key: str, text: str) -> float | str:
    """Return a stored value; raise ValueError for one that is neither finite number nor words."""
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError):  # the last for {[]}
        value = None
    if not isinstance(value, str | int) and not (isinstance(value, float) and math.isfinite(value)):
        raise ValueError(f"{key}, {text!r}, which is neither number nor words")
    return value


def shown(mark: re.Match[str], known: Mapping[str, object]) -> str:
    """Return what should stand behind a mark, in the format w a count as a word, above twelve in digits; raise
    KeyError for a key that the notebook does not store, ValueError for a value that the format does not suit."""
    value: Any = known[mark["key"]]
    form = mark["format"] or ""
    try:
        if form != "w":
            return format(value, form)
        if value < 0 or value != int(value):
            raise ValueError("no count")
        return WORDS[int(value)] if value < len(WORDS) else f"{int(value)}"
    except (ValueError, OverflowError, TypeError) as error:
        raise ValueError(f"{mark['key']}, {value!r}, in the format {form}, which does not suit it") from error


def written(text: str, known: Mapping[str, object]) -> str:
    """Return a text with each marked value as it is computed; raise KeyError as `shown` does, and
    ValueError for words without an end, of which part would be written twice."""
    def one(mark: re.Match[str]) -> str:
        head, value = mark[0][: mark[0].index("-->") + 3], shown(mark, known)
        if mark["words"] is None and not re.fullmatch(NUMBER, value):
            raise ValueError(f"{mark['key']}, {value!r}, without <!--/--> at its end")
        return f"{head}{value}{'' if mark['words'] is None else '<!--/-->'}"

    return MARK.sub(one, text)


def faults(path: Path) -> Iterator[Fault]:
    """Yield a fault for each marked value of a notebook that is not the computed one, is not
    stored or cannot stand where it is."""
    notebook = json.loads(path.read_text("utf-8"))
    try:
        known = values(notebook)
    except ValueError as odd:
        yield Fault(f"book/{path.name}", "", "", "stored values that text can show", str(odd))
        return
    for number, cell in enumerate(notebook["cells"]):
        here, text = (f"book/{path.name}", f"cell {number}"), "".join(cell["source"])
        if cell["cell_type"] != "markdown":
            continue
        if first := FIRST.search(text):
            yield Fault(*here, "", "a word before a computed value",
                        repr(text[first.start() : first.end() + 20].strip()))
        for mark in MARK.finditer(text):
            found = mark["words"] if mark["words"] is not None else mark["number"]
            if mark["key"] not in known:
                yield Fault(*here, mark["key"], "a value that the notebook stores", "none")
                continue
            try:
                wanted = shown(mark, known)
            except ValueError as odd:
                yield Fault(*here, mark["key"], "a format that suits the value", str(odd))
                continue
            if found is None:
                yield Fault(*here, mark["key"], "a number, or words up to <!--/-->",
                            repr(text[mark.end() : mark.end() + 20]))
            elif found != wanted:
                yield Fault(*here, mark["key"], f"{wanted} (make rerun writes it)", found)


def rewrite(path: Path) -> None:
    """Write the values of a notebook's text anew."""
    notebook = json.loads(path.read_text("utf-8"))
    known = values(notebook)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = written("".join(cell["source"]), known).splitlines(keepends=True)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")


def main() -> int:
    """Write the values of every notebook's text anew; return the exit status."""
    for path in sorted(paths.BOOK.glob("*.ipynb")):
        try:
            rewrite(path)
        except KeyError as missing:
            print(f"book/{path.name}: its text shows {missing}, which no cell stores", file=sys.stderr)
            return 1
        except ValueError as endless:
            print(f"book/{path.name}: its text shows {endless}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

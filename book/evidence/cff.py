"""Read CITATION.cff, the one source of title, authors, version and date, and other YAML."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from . import paths
from .faults import Fault

NAMED = ("given-names", "name-particle", "family-names", "name-suffix")
"""The parts of a person's name, in the order in which they are said."""


def parsed(path: Path) -> Any:
    """Return what a YAML file says, all values as text. Raises Fault, which names the line that is no YAML."""
    try:
        return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Fault(path.name, str(mark.line + 1) if mark else "", "", "YAML", str(error).split("\n")[0]) from None


@cache
def load(path: Path = paths.CITATION) -> dict[str, Any]:
    """Return the citation file as a dictionary: `date-released` is a date, `license` the one of Creative Commons if
    there are several, every author has a `name`, and `keywords` is empty where it names none.

    All else is text as it is written: a version that is read as a number would lose its last zero. Raises
    Fault, which names the field that is missing or cannot be used.
    """
    found = parsed(path)
    if not isinstance(found, dict):
        raise Fault(path.name, "1", "", "fields with their values", repr(found))
    for field in ("title", "abstract", "version", "date-released", "license", "authors"):
        if not found.get(field):
            raise Fault(path.name, "", field, "a value", "none")
    licences = [found["license"]] if isinstance(found["license"], str) else found["license"]
    chosen = [name for name in licences if re.fullmatch(r"CC-BY[A-Z-]*-\d\.\d", name)]
    if not chosen:
        raise Fault(path.name, "", "license", "a Creative Commons licence, CC-BY-4.0", ", ".join(licences))
    try:
        day = date.fromisoformat(found["date-released"])
    except ValueError:
        raise Fault(path.name, "", "date-released", "a day, 2027-05-01", found["date-released"]) from None
    if not isinstance(found["authors"], list) or not all(isinstance(author, dict) for author in found["authors"]):
        raise Fault(path.name, "", "authors", "a list of persons or entities", repr(found["authors"]))
    authors = [{"name": " ".join(author[part] for part in NAMED if part in author) or author.get("alias", "")} | author
               for author in found["authors"]]
    if not all(author["name"] for author in authors):
        raise Fault(path.name, "", "authors", "a name for each", "none")
    return {"keywords": []} | found | {"license": chosen[0], "date-released": day, "authors": authors}

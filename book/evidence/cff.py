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


class Once(yaml.BaseLoader):
    """Reads YAML, all values as text; a field that is there twice is no YAML."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return a mapping; raise YAMLError for a field that is there twice."""
        seen = set()
        for key in [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]:  # no other can be a field
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} is there twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def parsed(path: Path) -> Any:
    """Return what a YAML file says, all values as text. Raises Fault, which names the line that is no YAML."""
    try:
        return yaml.load(path.read_text("utf-8"), Loader=Once)
    except FileNotFoundError:
        raise Fault(path.name, "", "", "a file", "none") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Fault(path.name, str(mark.line + 1) if mark else "", "", "YAML", str(error).split("\n")[0]) from None


TEXT = r"(?s:.*\S.*)"
FORMS = {"title": TEXT, "abstract": TEXT, "version": TEXT, "doi": r"10\.\d{4,9}/[^\s{}]+", "url": r"https?://[^\s{}]+",
         "repository-code": r"https?://\S+", "date-released": r"(19[89]\d|20\d\d|210[0-7])-\d\d-\d\d"}
"""What the fields that the book uses look like, where they are there; an archive has no day before 1980 or after 2107,
and BibTeX no address with a brace."""
EXAMPLES = {"doi": "10.5281/zenodo.1, without an address before it", "url": "an address, https://...",
            "repository-code": "an address, https://...", "date-released": "a day, 2027-05-01"}


def _listed(found: dict[str, Any], field: str, name: str) -> list[str]:
    """Return a field that is one value or several as a list; raise Fault where one of them is no text."""
    values = [found[field]] if isinstance(found[field], str) else found[field]
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise Fault(name, "", field, "text, or a list of it", repr(found[field]))
    return values


def _doi(found: dict[str, Any], name: str) -> Any:
    """Return the DOI, or without one the first among the identifiers, "" if there is none; raise Fault where one of
    them has no value."""
    identifiers = found.get("identifiers") or []
    if not isinstance(identifiers, list) or not all(isinstance(one, dict) for one in identifiers):
        raise Fault(name, "", "identifiers", "a list of types and values", repr(identifiers))
    dois = [one.get("value") for one in identifiers if one.get("type") == "doi"]
    if not all(dois):
        raise Fault(name, "", "identifiers, doi", "a value", "none")
    return found.get("doi") or next(iter(dois), "")


@cache
def load(path: Path = paths.CITATION) -> dict[str, Any]:
    """Return the fields of the citation file that are not empty: `date-released` is a date, `license` the one of
    Creative Commons if there are several, `doi` may be one of the `identifiers`, every author has a `name`, and
    `keywords` is an empty list where it names none.

    All else is text as it is written: a version that is read as a number would lose its last zero. Raises
    Fault, which names the field that is missing or cannot be used.
    """
    found = parsed(path)
    if not isinstance(found, dict):
        raise Fault(path.name, "1", "", "fields with their values", repr(found))
    for field in ("title", "abstract", "version", "date-released", "license", "authors"):
        if not found.get(field):
            raise Fault(path.name, "", field, "a value", "none")
    found["doi"] = _doi(found, path.name)
    for field, form in FORMS.items():
        value = found.get(field, "")
        if value != "" and not (isinstance(value, str) and re.fullmatch(form, value, re.ASCII)):
            raise Fault(path.name, "", field, EXAMPLES.get(field, "words"), str(value))
    licences = _listed(found, "license", path.name)
    chosen = [name for name in licences if re.fullmatch(r"CC-BY(-NC)?(-ND|-SA)?-\d\.\d", name)]
    if not chosen:
        raise Fault(path.name, "", "license", "a Creative Commons licence, CC-BY-4.0", ", ".join(licences))
    try:
        day = date.fromisoformat(found["date-released"])
    except ValueError:
        raise Fault(path.name, "", "date-released", "a day, 2027-05-01", found["date-released"]) from None
    if not isinstance(found["authors"], list) or not all(isinstance(author, dict) for author in found["authors"]):
        raise Fault(path.name, "", "authors", "a list of persons or entities", repr(found["authors"]))
    for author in found["authors"]:
        for part in (*NAMED, "name", "alias"):
            if part in author and not (isinstance(author[part], str) and author[part].strip()):
                raise Fault(path.name, "", f"authors, {part}", "a name", repr(author[part]))
    authors = [{"name": " ".join(author[part] for part in NAMED if part in author) or author.get("alias", "")} | author
               for author in found["authors"]]
    if not all(author["name"] for author in authors):
        raise Fault(path.name, "", "authors", "a name for each", "none")
    keywords = _listed(found, "keywords", path.name) if found.get("keywords") else []
    found = {field: value for field, value in found.items() if value != ""}
    return found | {"keywords": keywords, "license": chosen[0], "date-released": day, "authors": authors}

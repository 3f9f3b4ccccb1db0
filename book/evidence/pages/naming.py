"""What a reader sees of a source: its producer and date, leading to the list of sources."""

import re
from collections.abc import Iterable

import pandas as pd

from .. import dates
from ..tables import Tables
from .markdown import escape, source_anchor

BY_WHOM = re.compile(r"[,;(]| via | citing | quoting ")
"""Where the name of a producer ends and the account of how it was read begins."""


def people(source: pd.Series) -> list[list[str]]:
    """Return the persons who wrote a source, each as family name and given names, if told."""
    return [person.split(", ") for person in source["authors"].split("; ") if person]


def author(source: pd.Series) -> str:
    """Return whose work a source is: its authors by family name, or the name with which its producer begins."""
    if families := [family for family, *_ in people(source)]:
        return " and ".join(filter(None, [", ".join(families[:-1]), families[-1]]))
    return next(part.strip(" )") for part in BY_WHOM.split(source["producer"]) if part.strip(" )"))


def credit(source: pd.Series) -> str:
    """Return who is to be credited for a source: its authors, if any are named, and its producer."""
    return ". ".join(filter(None, [source["authors"].rstrip("."), source["producer"]]))


def published(source: pd.Series) -> str:
    """Return when a source was published, dates in words: "signed 30 January 2013"; "undated" where nobody says."""
    return dates.DAY.sub(lambda day: dates.spoken(day.group()), source["published"]) or "undated"


def label(tables: Tables, key: str) -> str:
    """Return a source in words: "Xinhua, 10 September 2010"; where nothing was published, the
    producer alone. Raises KeyError for an unknown key."""
    source = tables["sources"].loc[key]
    who = author(source)
    if not source["published"]:
        return who
    if day := dates.DAY.search(source["published"]):
        return f"{who}, {dates.spoken(day.group())}"
    year = re.search(r"\d{4}", source["published"])
    return f"{who}, {year.group() if year else 'undated'}"


def linked(tables: Tables, keys: Iterable[str]) -> str:
    """Return sources as links to the list of sources, in the order of their keys."""
    return "; ".join(f"[{escape(label(tables, key))}](#{source_anchor(key)})" for key in keys)

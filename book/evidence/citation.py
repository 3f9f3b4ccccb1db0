"""The book's own citation, from CITATION.cff."""

from __future__ import annotations

import calendar
from functools import cache

import yaml

from . import paths

NAME = "kazakh-chinese-exchanges"
"""The book's name in addresses, archives and citation keys."""


@cache
def load() -> dict:
    """Return CITATION.cff as a dictionary."""
    return yaml.safe_load(paths.CITATION.read_text("utf-8"))


def epoch() -> int:
    """Return the release date as seconds since 1970, midnight UTC: the build's only clock."""
    day = load()["date-released"]
    return calendar.timegm(day.timetuple())


def contributors() -> str:
    """Return the contributors as one string."""
    return " and ".join(author["name"] for author in load()["authors"])


def suggested() -> str:
    """Return the suggested citation in one sentence."""
    cff = load()
    year = cff["date-released"].year
    return f"{contributors()} ({year}). *{cff['title']}* (version {cff['version']})."


def bibtex(url: str = "") -> str:
    """Return a BibTeX entry for the book."""
    cff = load()
    fields = {
        "author": "{" + contributors() + "}",
        "title": "{" + cff["title"] + "}",
        "year": str(cff["date-released"].year),
        "version": cff["version"],
        "note": cff["abstract"].split(". ")[0] + ".",
        **({"url": url} if url else {}),
    }
    return "@book{exchanges,\n" + "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items()) + "}"

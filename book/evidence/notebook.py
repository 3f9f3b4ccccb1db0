"""What notebooks call to show things. Each function displays, and returns nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from IPython.display import Markdown, display
from myst_nb import glue as _glue

from . import cards, citation, examine, markdown, style
from .figures import show as figure
from .tables import load, names, resource

__all__ = [
    "cards_of", "dictionary", "figure", "glue", "how_to_cite", "readings", "scoreboard", "sources", "start", "summary", "table", "tally",
]


def start() -> None:
    """Set up a notebook: figure style."""
    style.use()


def table(rows: pd.DataFrame, caption: str, name: str, raw: Iterable[str] = ()) -> None:
    """Display a numbered table; the columns in `raw` already hold Markdown."""
    display(Markdown(markdown.table(rows, caption, name, raw)))


def readings(claim_id: str, tense: str = "writing") -> None:
    """Display every reading of a claim with its outcome."""
    display(Markdown(cards.readings(load(), examine.all_judgements()[claim_id, tense])))


def cards_of(chapter: str) -> None:
    """Display the cards of every claim of a chapter."""
    display(Markdown(cards.chapter_cards(load(), examine.all_judgements(), chapter)))


def tally() -> None:
    """Display the counts of verdicts."""
    display(Markdown(cards.tally(load(), examine.all_judgements())))


def scoreboard() -> None:
    """Display every claim with its state."""
    display(Markdown(cards.scoreboard(load(), examine.all_judgements())))


def glue(key: str, value: float | int | str) -> None:
    """Store a number for the prose, as a plain Python value; `key` is claim-id.quantity."""
    _glue(key, value.item() if hasattr(value, "item") else value, display=False)


def summary() -> None:
    """Display the state of the examination in one sentence."""
    display(Markdown(cards.summary(load(), examine.all_judgements())))


def how_to_cite() -> None:
    """Display the suggested citation and BibTeX."""
    display(Markdown(f"{citation.suggested()}\n\n```bibtex\n{citation.bibtex()}\n```\n\nTo cite one claim, add its number: claim C73."))


def sources() -> None:
    """Display every source with its lineage and the extent read."""
    rows = load()["sources"][["source_key", "producer", "title", "published", "lineage", "extent_read"]]
    headers = ["Key", "Producer", "Title", "Published", "Lineage", "Extent read"]
    table(rows.set_axis(headers, axis=1), "Every source, with how much of it was read.", "tab-sources")


def dictionary() -> None:
    """Display every table with its title, rows and rights."""
    rows = pd.DataFrame(
        [
            {"Table": name, "What it holds": resource(name)["description"], "Rows": len(load()[name]), "Licence": resource(name)["licenses"][0]["name"]}
            for name in names()
        ]
    )
    table(rows, "The evidence tables.", "tab-tables")

"""What notebooks call to show things. Each function displays, and returns nothing."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from IPython.display import Markdown, display
from myst_nb import glue as _glue

from .. import dates
from ..charts import show as figure
from ..charts import style
from ..publish import citation, provenance
from ..tables import load, names, resource
from ..verdicts import examine
from . import argument, cards, dictionary, markdown, naming

__all__ = [
    "argument_leaning", "argument_map", "card", "cards_of", "columns", "decided_by", "evidence_checked", "figure", "glue", "how_to_cite", "lineages",
    "made_from", "readings", "scoreboard", "sourced", "sources", "start", "table", "tables_held", "tally", "verdicts_of",
]


CITE_FILES = (
    'The same as <a href="../cite/book.bib">BibTeX</a>, <a href="../cite/book.ris">RIS</a> and <a href="../cite/book.json">CSL-JSON</a>. '
    "To cite one claim, add its number: claim C73. Each card and each figure has a link to its own BibTeX, and the PDF's index gives the page."
)


def start() -> None:
    """Set up a notebook: figure style."""
    style.use()


def table(rows: pd.DataFrame, caption: str, name: str, raw: Iterable[str] = ()) -> None:
    """Display a numbered table; the columns in `raw` already hold Markdown."""
    display(Markdown(markdown.table(rows, caption, name, raw)))


def readings(claim_id: str, tense: str = "writing") -> None:
    """Display every reading of a claim with its outcome."""
    display(Markdown(cards.readings(load(), examine.all_judgements()[claim_id, tense])))


def card(*claim_ids: str) -> None:
    """Display the cards of some claims, beside the evidence that decides them."""
    display(Markdown(cards.cards(load(), examine.all_judgements(), claim_ids)))


def verdicts_of(chapter: str) -> None:
    """Display the claims of a chapter with their verdicts, each leading to its card."""
    display(Markdown(cards.chapter_verdicts(load(), examine.all_judgements(), chapter)))


def sourced(keys: pd.Series) -> list[str]:
    """Return a column of source keys (one or more in each cell) as links, for a column in `raw`."""
    return [naming.linked(load(), cell.split()) for cell in keys]


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


def how_to_cite() -> None:
    """Display the suggested citation and BibTeX."""
    display(Markdown(f"{citation.suggested()}\n\n```bibtex\n{citation.bibtex()}```\n\n{CITE_FILES}"))


def evidence_checked() -> None:
    """Display when the evidence was last checked."""
    display(Markdown(f"Evidence last checked on {dates.long(dates.EVIDENCE_CHECKED)}. The article is judged as of {dates.long(dates.WRITTEN)}."))


def argument_map() -> None:
    """Display every conclusion of the article with what it offers for and against it."""
    display(Markdown(argument.outline(load(), examine.all_judgements())))


def argument_leaning() -> None:
    """Display how the claims offered for each conclusion stand."""
    rows = argument.leaning(load(), examine.all_judgements())
    table(rows, "Each conclusion with its verdict, and how the claims offered for it stand.", "tab-argument", raw=["Conclusion", "It says", "Verdict"])


def sources() -> None:
    """Display every source with its lineage, terms and the extent read."""
    rows = dictionary.sources(load())
    table(rows, "Every source, with its terms and how much of it was read.", "tab-sources", raw=rows.columns)


def lineages() -> None:
    """Display which sources are not independent of each other."""
    rows = dictionary.shared_lineages(load())
    table(rows, "Sources that repeat one release: they never confirm each other.", "tab-lineages", raw=rows.columns)


def decided_by() -> None:
    """Display which claims each source helps to decide."""
    rows = dictionary.decided_by(load(), examine.all_judgements())
    table(rows, "Which source helps to decide which claim.", "tab-decided-by", raw=["Source", "Which"])


def tables_held() -> None:
    """Display every table with its rows and rights."""
    rows = pd.DataFrame(
        [
            {"Table": name, "What it holds": resource(name)["description"], "Rows": len(load()[name]), "Licence": resource(name)["licenses"][0]["name"]}
            for name in names()
        ]
    )
    table(rows, "The tables.", "tab-tables")


def columns() -> None:
    """Display every column of every table."""
    rows = dictionary.columns()
    table(rows, "Every column of every table.", "tab-columns", raw=rows.columns)


def made_from() -> None:
    """Display which notebook, function and data each figure and table comes from."""
    rows = provenance.everything(examine.all_judgements())
    rows["item"] = [f'<a href="../cite/{item}.bib">{item}</a>' for item in rows["item"]]
    rows = rows.set_axis(["Figure or table", "Notebook", "Function", "Data"], axis=1)
    table(rows, "Where each figure and table comes from; the name leads to its BibTeX.", "tab-provenance", raw=["Figure or table"])

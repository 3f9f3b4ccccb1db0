"""The article, its claims, and the proof that no checkable word is left over."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from . import paths
from .faults import Fault

CHAPTERS = ("thesis", "contacts", "training", "exercises", "economy", "russia", "reach", "outlook")
"""The pages that own claims, in the order of the article's argument."""
REPORT = (*CHAPTERS, "since")
"""The chapters of the report: those, and the closing one, which decides no claim."""


@cache
def seed(path: Path = paths.SEED) -> str:
    """Return the article's text, unchanged."""
    return path.read_text("utf-8")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each blank-line-separated block of the text."""
    return [match.span() for match in re.finditer(r"\S(?:.|\n(?=[^\S\n]*\S))*", text)]


def paragraph_of(text: str, position: int) -> int:
    """Return the 0-based index of the block that holds a position."""
    return next(i for i, (start, end) in enumerate(paragraphs(text)) if start <= position < end)


def counted_paragraphs(claims: pd.DataFrame) -> pd.Series:
    """Return the paragraph of each claim as a reader counts them: the title runs into the first."""
    return (claims["paragraph"] - claims["paragraph"].min() + 1).astype(int)


def quote_faults(text: str, rows: pd.DataFrame, file: str) -> list[Fault]:
    """Return a fault for each quote that is not in the text exactly once, or whose paragraph is wrong."""
    faults = []
    for key, row in rows.iterrows():
        found = text.count(row["quote"]) if row["quote"] else 0
        if found != 1:
            faults.append(Fault(file, key, "quote", "words that stand in the seed exactly once",
                                f"{found} times: {row['quote']!r}"))
        elif (where := paragraph_of(text, text.index(row["quote"]))) != int(row["paragraph"]):
            faults.append(Fault(file, key, "paragraph", str(where), f"{row['paragraph']:g}"))
    return faults


ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def excerpt_faults(text: str, claims: pd.DataFrame, file: str) -> list[Fault]:
    """Return a fault for each claim whose word for a quantity, shorter or longer excerpt is not the
    article's around its quote."""
    faults = []
    for key, row in claims.iterrows():
        if row["said"] not in row["quote"]:
            faults.append(Fault(file, key, "said", "words of the quote", repr(row["said"])))
        if row["word"] not in row["quote"]:
            faults.append(Fault(file, key, "word", "words of the quote", repr(row["word"])))
        around = row["context"].removeprefix(f"{ELLIPSIS} ").removesuffix(f" {ELLIPSIS}")
        if row["quote"] not in around or around not in text:
            faults.append(Fault(file, key, "context", "words of the seed around the quote", repr(row["context"])))
    return faults


@dataclass(frozen=True)
class Token:
    """A checkable word of the article: where it stands and which rows hold it."""

    word: str
    kind: str
    start: int
    end: int
    rows: tuple[str, ...]


def tokens(text: str, words: pd.DataFrame, claims: pd.DataFrame, not_claims: pd.DataFrame) -> list[Token]:
    """Return every numeral, number word, ordinal, superlative, quantifier and forecast verb of
    the text, each with the claims and not-claims whose quote holds all of it.

    `words` holds one regular expression per row; the leftmost, longest match wins.
    """
    pattern = re.compile("|".join(rf"(?P<w{i}>\b(?:{p})\b)" for i, p in enumerate(words["pattern"])), re.IGNORECASE)
    spans = [
        (text.index(row["quote"]), text.index(row["quote"]) + len(row["quote"]), key)
        for rows in (claims, not_claims)
        for key, row in rows.iterrows()
        if row["quote"] in text
    ]
    found = []
    for match in pattern.finditer(text):
        holders = tuple(key for start, end, key in spans if start <= match.start() and match.end() <= end)
        found.append(Token(match.group(), words["kind"].iloc[int(str(match.lastgroup)[1:])], *match.span(), holders))
    return found


def left_over(found: list[Token], text: str) -> list[Fault]:
    """Return a fault for each checkable word that lies in no quote."""
    return [
        Fault("data/claims.csv", "", "quote", f"a claim or a not_claims row around {t.word!r} ({t.kind})",
              "none at " + repr(text[max(0, t.start - 30) : t.end + 30]))
        for t in found
        if not t.rows
    ]

"""What explains a number in a text: it is quoted from the article, it is a label that the data
carries, or it is allowed with a reason. Any other number was typed.

Numbers are digits, and the words of WORDS where they carry a quantity. "One" counts only before a
unit ("one hundred", "one per cent"), since it is mostly a pronoun; ordinals only as fractions
("a third", "the fastest fifth") or ranks ("second-largest"), since the rest are places in a text.

Labels are dates, years and names. A day or a month must be one of the tables, a pair of years
("2003 to 2012") a period over which a specification measures. A single year need only stand
somewhere in the tables: that finds slips like 1912 and 2102, and no more.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .. import paths
from ..dates import EVIDENCE_CHECKED, WRITTEN
from ..tables import records

_CARDINAL = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    "fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_SCALE = r"hundreds?|thousands?|(?:m|b)illions?(?! (?:US|TIV|dollars|cubic|yuan))|dozens?"
_PART = "third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|hundredth"
WORDS = (
    rf"one(?=[ -](?:{_SCALE}|{_PART}|per\b|year|decade))",
    _CARDINAL,
    _SCALE,
    "half|halves|halved?|halving|twice|thrice|doubled?|doubles|doubling|tripled?|[a-z]+fold",
    rf"(?:{_PART})s",
    rf"(?<=\ba )(?:{_PART})(?! (?:claim|reading|party|time|of these))|(?<=one )(?:{_PART})|(?<=est )(?:{_PART})",
    r"(?:second|third|fourth|fifth)-[a-z]+est",
)
"""Number words, as regular expressions."""
MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(MONTHS)
_YEAR = r"(?:19|20)\d\d"
_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)*(?:st|[nr]d|th|s|%)?"
NUMBER = re.compile(rf"(?<![\w.])(?:[A-Z]{{0,3}}-?){_DIGITS}(?![\w])|\b(?:{'|'.join(WORDS)})\b", re.I)
DATE = re.compile(
    rf"\b(?P<days>\d{{1,2}}(?: (?:or|and|to) \d{{1,2}})?) (?P<month>{_MONTH})(?: (?P<year>{_YEAR}))?\b"
    rf"|\b(?P<only>{_MONTH})(?: of)? (?P<in>{_YEAR})\b"
)
PERIOD = re.compile(rf"\b(?P<first>{_YEAR}) to (?P<last>{_YEAR})\b|\b(?P<count>five|ten) years to (?P<end>{_YEAR})\b")
REFERENCE = re.compile(
    r"\bC\d+\b|\[[A-Z]\w+\d\d\]|\b(?:Fig\.|Figure|Table|Chapter|Section)\s\d+(?:\.\d+)*|https?://\S+")
QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")


@dataclass(frozen=True)
class Number:
    """A number of a text: its characters, where they begin, and what explains them: "quoted",
    "cited" or "allowed" (by which phrase); "typed" if nothing does."""

    text: str
    start: int
    kind: str
    phrase: str = ""


def plain(text: str) -> str:
    """Return words in lower case with single spaces and straight quotation marks."""
    return " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").lower().split())


class Known:
    """What explains a number: the ledger's quotations, and the dates, periods and names of the tables."""

    def __init__(self, folder: Path = paths.DATA):
        self.tables = {path.stem: records(path) for path in sorted(folder.glob("*.csv"))}

    @cached_property
    def quotes(self) -> str:
        """The ledger's quotations: together they hold every number of the article."""
        return plain(" | ".join(row["quote"] for name in ("claims", "not_claims") for row in self.tables[name]))

    @cached_property
    def cells(self) -> str:
        """Every cell of the evidence."""
        return "\n".join(cell for rows in self.tables.values() for row in rows for cell in row.values() if cell)

    @cached_property
    def dates(self) -> set[str]:
        """Every date of the tables, as ISO or in words, with its month, its year, and its day without the year."""
        found = {WRITTEN.isoformat(), EVIDENCE_CHECKED.isoformat(),
                 *re.findall(r"(?<![\d.-])(?:19|20)\d\d(?:-\d\d){0,2}(?![\d.-])", self.cells)}
        for m in DATE.finditer(self.cells):
            if m["year"]:
                found |= {f"{m['year']}-{MONTHS[m['month']]:02d}-{int(day):02d}"
                          for day in re.findall(r"\d+", m["days"])}
            elif m["only"]:
                found.add(f"{m['in']}-{MONTHS[m['only']]:02d}")
        return (found | {day[:7] for day in found} | {day[:4] for day in found}
                | {day[4:] for day in found if len(day) == 10})

    @cached_property
    def periods(self) -> set[tuple[str, str]]:
        """Every period over which a specification measures, by first and last year."""
        return {(row["period_start"][:4], row["period_end"][:4]) for row in self.tables["specifications"]}

    def quoted(self, match: re.Match) -> str:
        """Return "quoted" if the words between quotation marks are the article's, "cited" if they
        stand in a table, "" otherwise; punctuation at the ends is the prose's."""
        words = match[1].strip(" .,;:?!")
        return "quoted" if plain(words) in self.quotes else "cited" if words in self.cells else ""

    def spans(self, match: re.Match) -> bool:
        """Return whether a period of the prose (a match of PERIOD) is one that a specification measures."""
        first = match["first"] or str(int(match["end"]) + 1 - {"five": 5, "ten": 10}[match["count"]])
        return (first, match["last"] or match["end"]) in self.periods

    def dated(self, match: re.Match) -> bool:
        """Return whether every day of a date (a match of DATE) is one of the tables."""
        if match["only"]:
            return f"{match['in']}-{MONTHS[match['only']]:02d}" in self.dates
        tail = f"{match['year'] or ''}-{MONTHS[match['month']]:02d}-"
        return all(f"{tail}{int(day):02d}" in self.dates for day in re.findall(r"\d+", match["days"]))

    def named(self, text: str, start: int, end: int) -> bool:
        """Return whether a number belongs to a name that the tables hold: Peace Mission 2010, J-10."""
        before = re.search(r"\b[A-Z][\w.]*[ -]$", text[:start])
        name = text[before.start() if before else start : end]
        return (any(map(str.isdigit, name)) and name[0].isupper() and name in self.cells
                and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.cells)))


def _explained(text: str, known: Known) -> list[tuple[int, int, str]]:
    """Return the stretches of a text that explain the numbers in them; a date or a period that no
    table holds explains its numbers as "typed"."""
    found = [(*m.span(), kind) for m in QUOTED.finditer(text) if (kind := known.quoted(m))]
    found += [(*m.span(), "cited") for m in REFERENCE.finditer(text)]
    found += [(*m.span(), "cited" if known.dated(m) else "typed") for m in DATE.finditer(text)]
    found += [(*m.span(), "cited" if known.spans(m) else "typed") for m in PERIOD.finditer(text)]
    return found


def _kind(text: str, start: int, end: int, known: Known, stretches: list[tuple[int, int, str]], heading: bool) -> str:
    """Return what explains one number without the list of allowed phrases."""
    number = text[start:end]
    if kind := next((kind for first, last, kind in stretches if first <= start and end <= last), ""):
        return kind
    if heading and re.search(rf"(?<!\w){re.escape(plain(number))}(?!\w)", known.quotes):
        return "quoted"
    return ("cited" if known.named(text, start, end) or (re.fullmatch(_YEAR, number) and number in known.dates)
            else "typed")


def classify(text: str, known: Known, allowed: Iterable[str] = (), heading: bool = False) -> list[Number]:
    """Return every number of a plain text with what explains it. A heading repeats its claim
    without quotation marks, so there a number of the ledger's quotations is "quoted"."""
    text = " ".join(text.split())
    stretches, found = _explained(text, known), []
    phrases = [(*m.span(), phrase) for phrase in allowed
               for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)]
    for m in NUMBER.finditer(text):
        kind = _kind(text, *m.span(), known, stretches, heading)
        phrase = (next((p for first, last, p in phrases if first <= m.start() and m.end() <= last), "")
                  if kind == "typed" else "")
        found.append(Number(m[0], m.start(), "allowed" if phrase else kind, phrase))
    return found

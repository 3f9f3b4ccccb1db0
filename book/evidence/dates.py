"""Dates as intervals of days: a day is one day, a month or a year all of its days."""

import calendar
import re
from datetime import date

WRITTEN = date(2013, 1, 15)
"""The date of the reprint; "at writing" ends here at the latest."""

EVIDENCE_CHECKED = date(2026, 11, 26)
"""When the evidence tables were last checked against their sources' compiled figures."""

DAY = re.compile(r"\b\d{4}-\d{2}(?:-\d{2})?\b", re.ASCII)
"""An ISO date or month in a text."""


def span(text: str) -> tuple[int, int]:
    """Return the first and last day of an ISO date, month or year as proleptic ordinals.

    "2010-09" gives 1 and 30 September 2010. Raises ValueError for anything else.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text, re.ASCII)
    if not match:
        raise ValueError(f"not an ISO date, month or year: {text!r}")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        return (date(year, month, day).toordinal(),) * 2
    first, last = (month, month) if month else (1, 12)
    return date(year, first, 1).toordinal(), date(year, last, calendar.monthrange(year, last)[1]).toordinal()


def over_before(one: str, other: str) -> bool:
    """Return whether one ISO date, month or year has ended before another begins: 2003-08 and 2003-08-06
    may be in any order. Raises ValueError for anything else."""
    return span(one)[1] < span(other)[0]


def decimal(text: str) -> float:
    """Return the middle of a day, month or year as a year with a fraction: "2012-07" is about 2012.5.

    Raises ValueError for anything else.
    """
    return 1 + sum(span(text)) / 2 / 365.2425


def iso(ordinal: float) -> str:
    """Return the ISO date of a proleptic ordinal."""
    return date.fromordinal(int(ordinal)).isoformat()


def long(day: date) -> str:
    """Return a date as the book prints it: 30 January 2013."""
    return f"{day.day} {day:%B} {day.year}"


def spoken(text: str) -> str:
    """Return an ISO date, month or year in words: 30 January 2013, January 2013, 2013.

    Raises ValueError for anything else.
    """
    first = date.fromordinal(span(text)[0])
    return {4: f"{first.year}", 7: f"{first:%B} {first.year}", 10: long(first)}[len(text)]


def period(low: float, high: float) -> str:
    """Return two proleptic ordinals in words, a whole month or year by its name: September 2010,
    2003, 6 to 12 August 2003."""
    first, last = iso(low), iso(high)
    whole = next((text for text in (first[:4], first[:7]) if span(text) == (low, high)), "")
    return spoken(whole) if whole else between(first, last)


def between(start: str, end: str) -> str:
    """Return two ISO dates, months or years in words: 6 to 12 August 2003, August 2005.

    Raises ValueError for anything else.
    """
    first, last = spoken(start), spoken(end)
    if first == last:
        return first
    shared = f" {last.partition(' ')[2]}" if start[:7] == end[:7] and len(start) == len(end) == 10 else ""
    return f"{first.removesuffix(shared)} to {last}"

"""Measures for the chapter on contacts: who met whom and when, who held which office, what was reported.

The statistics that specifications name come first, then the frames that charts draw.
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from .. import dates
from ..tables import ARTICLE_LINEAGE, Tables, traced
from .statistic import Statistic, floor, interval, keys, point


def _known(tables: Tables, rows: pd.DataFrame) -> pd.Series:
    """Return which of some rows are verified and do not go back to the article or its sibling: what
    only they report is shown and never counted."""
    lineage = rows["source_key"].map(tables["sources"]["lineage"])
    return (rows["verified"] == "yes") & (lineage != ARTICLE_LINEAGE)


def _independent(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[_known(tables, rows)]


def _floor(counted: pd.DataFrame, searched: pd.DataFrame, unit: str, name: str, per: float = 1) -> Statistic:
    """Return a count that is open above. What decides is what was counted, or, where nothing
    was, what was looked through."""
    rows = keys(counted if len(counted) else searched, name)
    return floor(len(counted) / per, unit, rows)


def in_window(tables: Tables, start: int, end: int) -> pd.DataFrame:
    """Return the contacts in the years from start to end, those that only the article reports
    included, as the table has them: columns date, place, level, setting, source_key and others."""
    rows = tables["contacts"]
    return rows[rows["date"].str[:4].astype(int).between(start, end)]


def count(tables: Tables, start: int, end: int, setting: str = "", day: str = "", levels: str = "") -> Statistic:
    """Return the known contacts, open above. `setting` and `day` keep those that match, `levels`
    ("colonel|general") those of some ranks."""
    rows = in_window(tables, start, end)
    known = _independent(tables, rows)
    known = known[known["setting"].str.contains(setting, regex=False) & known["date"].str.startswith(day)]
    known = known[known["level"].isin(levels.split("|"))] if levels else known
    return _floor(known, _independent(tables, rows), "contacts", "contacts")


def per_year(tables: Tables, start: int, end: int, setting: str = "") -> Statistic:
    """Return the known contacts a year, open above. Unit: contacts per year."""
    known = _independent(tables, in_window(tables, start, end))
    known = known[known["setting"].str.contains(setting, regex=False)]
    return _floor(known, known, "contacts per year", "contacts", per=end - start + 1)


def each_setting(tables: Tables, settings: str, start: int, end: int) -> Statistic:
    """Return the number of known contacts in the rarest of some settings ("a|b"), open above."""
    known = _independent(tables, in_window(tables, start, end))
    groups = [known[known["setting"] == setting] for setting in settings.split("|")]
    rarest = min(groups, key=len)
    return floor(len(rarest), "contacts", keys(known, "contacts"))


def held(row: pd.Series, day: date) -> str:
    """Return "yes" if an office was held on a day, "no" if not, "perhaps" if the sources leave it open."""
    text = day.isoformat()
    end = row["end_high"] or date.max.isoformat()
    if row["start_high"] <= text <= row["end_low"]:
        return "yes"
    return "perhaps" if row["start_low"] <= text <= end else "no"


def shared_year(tables: Tables, day: str) -> Statistic:
    """Return the years on whose `day` ("12-05") every office may have been held by its man, from
    the earliest to the latest. Unit: year."""
    offices = tables["office_holders"]
    month, number = (int(part) for part in day.split("-"))
    years = range(int(offices["start_low"].min()[:4]), dates.EVIDENCE_CHECKED.year + 1)
    men = [row for _, row in offices.iterrows()]
    found = [year for year in years if all(held(row, date(year, month, number)) != "no" for row in men)]
    return interval(found[0], found[-1], "year", keys(offices, "office_holders"))


def _about(tables: Tables, subject: str, start: int = 0, end: int = 9999) -> pd.DataFrame:
    """Return the reports on a subject, dated from start to end, as the table has them."""
    rows = tables["reports"]
    return rows[(rows["subject"] == subject) & rows["date"].str[:4].astype(int).between(start, end)]


def reported(
    tables: Tables, subject: str, side: str = "", form: str = "", start: int = 0, end: int = 9999,
) -> Statistic:
    """Return how many independent reports there are, open above: another may not have been found.

    `side` keeps statements of one side or of both, `form` those of one form.
    """
    rows = _about(tables, subject, start, end)
    known = _independent(tables, rows)
    if side:
        known = known[known["side"].isin([side, "both"])]
    if form:
        known = known[known["form"] == form]
    return _floor(known, rows, "reports", "reports")


def report_of_form(tables: Tables, subject: str, forms: str) -> Statistic:
    """Return how many reports of an event give it one of some forms ("a|b"). The event has one
    form only, so the count is closed."""
    rows = _independent(tables, _about(tables, subject))
    matching = int(rows["form"].isin(forms.split("|")).sum())
    return point(matching, "reports", keys(rows, "reports"))


def report_date(tables: Tables, subject: str, form: str = "") -> Statistic:
    """Return the day of what is reported. Unit: date."""
    rows = _independent(tables, _about(tables, subject))
    rows = rows[rows["form"] == form] if form else rows
    spans = [dates.span(text) for text in rows["date"]]
    return interval(min(s[0] for s in spans), max(s[1] for s in spans), "date", keys(rows, "reports"))


@traced
def meetings(tables: Tables) -> pd.DataFrame:
    """Return every contact by date: columns contact_id, date (ISO), year (with a fraction), level,
    setting, place, chinese (the Chinese side, as the table names it), known (whether a source
    other than the article or its sibling reports it)."""
    rows = tables["contacts"].sort_values("date", kind="stable")
    frame = rows[["contact_id", "date", "level", "setting", "place"]]
    frame = frame.assign(chinese=rows["china"], known=_known(tables, rows))
    frame.insert(2, "year", rows["date"].map(dates.decimal))
    return frame.reset_index(drop=True)


@traced
def offices(tables: Tables, *, day: str, start: int, end: int) -> pd.DataFrame:
    """Return one row per office: columns person, office, start_low and start (earliest and latest first day), end (last
    day on which it was held for certain), end_high (day by which it was over, or the last of the year
    `end`), and one column per `day` ("12-05") of the years from start to end: yes, perhaps or no."""
    rows = tables["office_holders"]
    frame = rows[["person", "office"]].assign(
        start_low=rows["start_low"], start=rows["start_high"], end=rows["end_low"],
        end_high=rows["end_high"].replace("", f"{end}-12-31"),
    )
    for year in range(start, end + 1):
        frame[f"{year}-{day}"] = [held(row, date.fromisoformat(f"{year}-{day}")) for _, row in rows.iterrows()]
    return frame.reset_index(drop=True)


@traced
def record(tables: Tables, *, subjects: Sequence[str]) -> pd.DataFrame:
    """Return the reports on some subjects, in their order and by date: columns report_id, subject,
    date (ISO day, month or year), year (its middle, with a fraction), form, known (whether a source
    that was read reports it, other than the article or its sibling)."""
    rows = tables["reports"]
    rows = rows[rows["subject"].isin(subjects)]
    frame = rows[["report_id", "subject", "date", "form"]].assign(known=_known(tables, rows))
    frame.insert(3, "year", rows["date"].map(dates.decimal))
    order = list(subjects)
    return frame.sort_values(["subject", "year"], ignore_index=True,
                             key=lambda column: column.map(order.index) if column.name == "subject" else column)

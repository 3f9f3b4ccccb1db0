"""What followed the article, from the same tables: trade, arms and drills side by side, and a list of events."""

import pandas as pd

from .. import dates
from ..tables import Tables, traced, verified
from .exercises import ACTIVE
from .russia import deliveries


def _trade(tables: Tables, country: str) -> list[tuple]:
    """Return Kazakhstan's trade with a country in each year, in billion US$: by the IMF's figures to 2012, by
    those of its Bureau of National Statistics from 2013."""
    rows = verified(tables, "trade", partner=country)
    rows = rows[rows["view"] == (rows["year"] <= 2012).map({True: "kazakhstan", False: "bns"})]
    return [
        ("trade", country, int(row.year), (row.exports + row.imports) / 1000)
        for row in rows.sort_values("year").itertuples()
    ]


@traced
def three_ties(tables: Tables, *, start: int, end: int) -> pd.DataFrame:
    """Return Kazakhstan's ties with China and Russia by year: columns tie, country, year, value.

    "trade" is in billion US$, "arms" in million TIV delivered to Kazakhstan, 0 in a year without any; "drills" are
    exercises of Kazakhstan and China alone with troops of both.
    """
    years = range(start, end + 1)
    rows = [row for country in ("Russia", "China") for row in _trade(tables, country)]
    drills = verified(tables, "exercises", framework="bilateral KZ-CN", means="troops")
    drills = drills[drills["kazakhstan"].isin(ACTIVE) & drills["china"].isin(ACTIVE)]
    rows += [("drills", "China", int(day[:4]), 1.0) for day in drills["start"]]
    given = deliveries(tables, "Kazakhstan", start, end).groupby(["supplier", "year"])["tiv"].sum()
    for country in ("Russia", "China"):
        rows += [("arms", country, year, given.get((country, year), 0.0)) for year in years]
    found = pd.DataFrame(rows, columns=["tie", "country", "year", "value"])
    return found[found["year"].isin(years)].reset_index(drop=True)


@traced
def followed(tables: Tables) -> pd.DataFrame:
    """Return the events after the article, the earliest first: columns date (ISO; a month or a year stands for its
    middle), side, short, said (the date in words)."""
    rows = verified(tables, "events")
    rows = rows[rows["date"] > dates.WRITTEN.isoformat()]
    middle = [dates.iso(sum(dates.span(text)) // 2) for text in rows["date"]]
    found = rows.assign(said=rows["date"].map(dates.spoken), date=middle)[["date", "side", "short", "said"]]
    return found.sort_values("date", kind="stable").reset_index(drop=True)

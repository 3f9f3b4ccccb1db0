"""Measures for the outlook: what became of each forecast, and how far a rule of thumb would have got."""

from collections.abc import Sequence

import pandas as pd

from .. import dates
from ..tables import Tables, traced, verified
from . import thesis
from .russia import by_supplier, chinese_facilities, deliveries
from .statistic import Statistic, interval, keys, point

BASE = dates.WRITTEN.year - 1
"""The last full year before the article: the baseline of its forecasts."""
FIRST = BASE - 9
"""The first of the ten years that the article looks back on, and that a rule of thumb goes by."""
WINDOW = 5
"""Years over which arms are summed."""
LAST_TOTAL = 2020
"""The last year with a total of Kazakhstan's trade, of which a partner has a share."""


def regional_share(tables: Tables, recipient: str, supplier: str, start: int, end: int) -> float:
    """Return a supplier's share of arms deliveries in a window, 0 to 1."""
    volumes = by_supplier(deliveries(tables, recipient, start, end))
    return volumes.get(supplier, 0.0) / volumes.sum()


@traced
def trade(tables: Tables, *, start: int, end: int) -> pd.DataFrame:
    """Return the trade of Kazakhstan and China in dollars of the day and of the baseline: columns view
    ("china" or "kazakhstan", whose count), year, current, constant (billion US$). A year without a
    verified figure has no row.

    China's count is the IMF's, then that of Chinese customs by the press; Kazakhstan's is the IMF's to
    the baseline, then that of its Bureau of National Statistics. Prices are those of consumers in the
    United States.
    """
    price = tables["us_prices"].set_index("year")["index"]
    found = []
    for year in range(start, end + 1):
        for view, count in (("china", "china"), ("kazakhstan", "kazakhstan" if year <= BASE else "bns")):
            try:
                value = thesis.bilateral_trade(tables, count, year).low / 1000
            except LookupError:
                continue
            found.append((view, year, value, value * price[BASE] / price[year]))
    rows = pd.DataFrame(found, columns=["view", "year", "current", "constant"])
    return rows.sort_values(["view", "year"]).reset_index(drop=True)


@traced
def supplied(tables: Tables, *, supplier: str, start: int, end: int) -> pd.DataFrame:
    """Return what a supplier delivered to the five states, by year and buyer: columns state, year, tiv
    (million), release, in the order of first deliveries."""
    rows = deliveries(tables, "all", start, end)
    rows = rows[(rows["supplier"] == supplier) & (rows["tiv"] > 0)].astype({"year": int})
    rows = rows.rename(columns={"recipient": "state"})[["state", "year", "tiv", "release"]]
    return rows.sort_values(["year", "state"]).reset_index(drop=True)


@traced
def region_shares(tables: Tables, *, windows: Sequence[tuple[int, int]], suppliers: Sequence[str]) -> pd.DataFrame:
    """Return the shares of some suppliers in the arms imports of the five states, by window: columns
    supplier, start, end, share (per cent)."""
    found = [
        (supplier, start, end, 100 * regional_share(tables, "all", supplier, start, end))
        for supplier in suppliers for start, end in windows
    ]
    return pd.DataFrame(found, columns=["supplier", "start", "end", "share"])


@traced
def troops(tables: Tables, *, areas: Sequence[str] = ("Afghanistan", "Kyrgyzstan")) -> pd.DataFrame:
    """Return US troops in some areas by year: columns area, year, all_troops (persons), estimate (whether
    nobody counted them)."""
    rows = (tables["us_forces"].query("area in @areas")
            .sort_values(["area", "year"], ascending=[False, True]).astype({"year": int}))
    return (rows.assign(estimate=rows["estimate"] == "yes")[["area", "year", "all_troops", "estimate"]]
            .reset_index(drop=True))


FLAT = 1.0
"""A change of less than so many points or per cent gives a rule of thumb no direction to go on in."""


def _direction(change: float) -> str:
    return "up" if change >= FLAT else "down" if change <= -FLAT else "flat"


def _side(ratio: float) -> str:
    """Return whether a tie lags behind another or leads, by the ratio of their shares."""
    return "lags" if ratio <= 1 else "leads"


@traced
def against_rule(tables: Tables) -> pd.DataFrame:
    """Return the forecasts that could fail beside a rule of thumb: that things go on as they did.

    Columns: claim_id; before and after (of trade the change of ten years, in per cent; of shares of arms
    the change from the five years before to the five years to the baseline, and from the ten years to the
    baseline to the ten after, in points; of defence ties China's share of arms over its share of trade);
    article, rule and came (up, down, flat, lags, leads); better (article, rule or tie).
    """
    horizon = BASE + 2 * WINDOW
    trades = (trade_change(tables, "china", FIRST, BASE).low, trade_change(tables, "china", BASE, horizon).low)
    ratios = [thesis.arms_over_trade(tables, "China", "total", *window).low
              for window in ((FIRST, BASE), (BASE + 1, LAST_TOTAL))]
    rows = [("C41", *trades, "up", *map(_direction, trades)), ("C47", *ratios, "lags", *map(_side, ratios))]
    for claim_id, supplier, article in (("C08", "China", "up"), ("C75", "Russia", "down")):
        windows = ((FIRST, BASE - WINDOW), (BASE - WINDOW + 1, BASE), (FIRST, BASE), (BASE + 1, horizon))
        one, two, ten, then = (100 * regional_share(tables, "all", supplier, *window) for window in windows)
        changes = (two - one, then - ten)
        rows.append((claim_id, *changes, article, *map(_direction, changes)))
    found = pd.DataFrame(rows, columns=["claim_id", "before", "after", "article", "rule", "came"])
    points = (found["article"] == found["came"]).astype(int) - (found["rule"] == found["came"]).astype(int)
    return found.assign(better=points.map({1: "article", 0: "tie", -1: "rule"}))


def us_change(tables: Tables, area: str, count: str, start: int, end: int) -> Statistic:
    """Return the change of US troops between two years, in persons. `count` is all_troops or
    active_duty."""
    rows = tables["us_forces"]
    rows = rows[(rows["area"] == area) & rows["year"].isin([start, end])].sort_values("year")
    first, last = rows[count]
    return point(last - first, "persons", keys(rows, "us_forces"))


def arms_share_change(tables: Tables, recipient: str, supplier: str, before: int, start: int, end: int) -> Statistic:
    """Return how a supplier's share of arms imports changed from the `before` years that end with
    the baseline to the window, in percentage points."""
    past, later = (BASE - before + 1, BASE), (start, end)
    change = regional_share(tables, recipient, supplier, *later) - regional_share(tables, recipient, supplier, *past)
    rows = pd.concat([deliveries(tables, recipient, *window) for window in (past, later)])
    return point(100 * change, "points", keys(rows, "arms"))


def trade_change(tables: Tables, view: str, start: int, end: int, dollars: str = "current") -> Statistic:
    """Return the change of trade between Kazakhstan and China, in per cent, in current dollars or in
    dollars of the first year ("constant")."""
    return thesis.trade_change(tables, view, start, end, dollars)


def linked_trade_change(tables: Tables, start: int, end: int) -> Statistic:
    """Return the change of trade with China as Kazakhstan counts it, in per cent, from a year of the IMF's series to
    one of the Bureau of National Statistics: an interval that spans its figures of the last year, in the press, in the
    Bureau's series as it stands, and in that series linked to the IMF's in each year that both have."""
    rows = verified(tables, "trade", partner="China")
    first, press = (thesis.bilateral_trade(tables, "kazakhstan", year) for year in (start, end))
    imf, own = (rows[rows["view"] == view].set_index("year") for view in ("kazakhstan", "bns"))
    links = (thesis.FLOWS["total"](imf) / thesis.FLOWS["total"](own)).dropna()
    last = thesis.bilateral_trade(tables, "bns", end)
    changes = [100 * (value / first.low - 1) for value in (press.low, last.low, *(last.low * links))]
    both = rows[rows["view"].isin(["kazakhstan", "bns"]) & rows["year"].isin(links.index)]
    return interval(min(changes), max(changes), "percent", first.rows + press.rows + last.rows + keys(both, "trade"))


def barriers_weaker(tables: Tables, before: int, start: int, end: int) -> Statistic:
    """Return how many of the four named barriers grew weaker, from those that did to all
    four: languages and traditions, and what the forces are busy with elsewhere, have no measure.

    Russia's domination is weaker if its share of the arms imports of the five states fell;
    the small presence of China's army if there is a Chinese facility, which is disputed.
    """
    russia = arms_share_change(tables, "all", "Russia", before, start, end)
    presence = chinese_facilities(tables, end)
    weaker = int(russia.high < 0) + int(presence.low >= 1)
    return interval(weaker, 4, "barriers", russia.rows + presence.rows)

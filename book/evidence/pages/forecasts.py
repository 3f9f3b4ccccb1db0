"""The outlook's forecasts as frames: each by horizon, and beside a rule of thumb."""

import pandas as pd

from .. import dates
from ..measures.outlook import BASE, WINDOW, against_rule
from ..tables import Tables, traced
from ..verdicts import rules, wording
from ..verdicts.examine import Judged, Judgement, Result
from .markdown import claim_link

HORIZONS = {"alt-five-years": f"{BASE + WINDOW}", "main": f"{BASE + 2 * WINDOW}", "alt-latest": "latest"}
"""The readings that grade a forecast by a horizon, and what the horizon is called."""
MINUS = "\N{MINUS SIGN}"


def _found(result: Result) -> str:
    """Return what a reading found, short: "up 22%", "down 9 pt", "0.04"."""
    statistic = result.statistic
    if statistic is None:
        return ""
    if statistic.unit in ("percent", "points"):
        return (f"{'up' if statistic.low > 0 else 'down'} "
                f"{abs(statistic.low):.0f}{'%' if statistic.unit == 'percent' else ' pt'}")
    return wording.found(result).partition("\N{NO-BREAK SPACE}")[0].removesuffix(" times")


def _cells(judgement: Judgement) -> list[tuple[str, int, str, str]]:
    """Return for each horizon its name, the last year of its reading (0 for none), what was found and
    the verdict by that reading alone."""
    cells = []
    for name, horizon in HORIZONS.items():
        result = judgement.readings.get(name, judgement.main)
        last = int(str(result.spec.params.get("end", 0)))
        cells.append((horizon, last, _found(result), rules.verdict(result.outcome)))
    return cells


GRADED_BY = {
    "C08": "China's share of the region's arms, in points",
    "C41": "trade as China counts it, against 2012",
    "C47": "its share of arms over its share of trade",
    "C75": "how many of the barriers grew weaker",
}
"""What the readings of a forecast that could fail have measured."""


@traced
def grid(tables: Tables, judged: Judged) -> pd.DataFrame:
    """Return the forecasts by horizon, those that could fail first: columns claim_id, text, hedge, could_fail,
    measure (what it is graded by), horizon, end (the last year that is read, 0 for none), found (in
    words), grade (the verdict by the reading of that horizon alone), verdict (by all readings)."""
    claims = tables["claims"][tables["claims"]["scope"] == "forecast"].sort_values(
        "could_fail", ascending=False, kind="stable")
    rows = []
    for claim_id, claim in claims.iterrows():
        judgement = judged[claim_id, "since"]
        head = (claim_id, claim["stated_text"], claim["hedge"], claim["could_fail"], GRADED_BY.get(claim_id, ""))
        rows += [(*head, *cell, judgement.verdict) for cell in _cells(judgement)]
    columns = ["claim_id", "text", "hedge", "could_fail", "measure", "horizon", "end", "found", "grade", "verdict"]
    return pd.DataFrame(rows, columns=columns)


INDICATORS = {
    "C41": ("Trade, as China counts it", "{:+,.0f}%"),
    "C47": ("China's share of arms over its share of trade", "{:.2f}"),
    "C08": ("China's share of the region's arms", "{:+.1f} pt"),
    "C75": ("Russia's share of the region's arms", "{:+.1f} pt"),
}
"""What stands for each forecast that could fail, and how its numbers are printed."""


@traced
def beside_a_rule(tables: Tables) -> pd.DataFrame:
    """Return outlook.against_rule() as a table: columns Forecast (Markdown), Measured by, Rule says (with
    what it goes by), Article says, What came, Better."""
    rows = []
    for row in against_rule(tables).itertuples():
        words, form = INDICATORS[row.claim_id]
        before, after = (form.format(value).replace("-", MINUS).replace("+0.0", "0.0")
                         for value in (row.before, row.after))
        rows.append((claim_link(row.claim_id), words, f"{row.rule} ({before})", row.article, f"{row.came} ({after})",
                     row.better))
    return pd.DataFrame(rows, columns=["Forecast", "Measured by", "Rule says", "Article says", "What came", "Better"])


def day(tables: Tables, event_id: str) -> str:
    """Return the day of an event in words."""
    return dates.spoken(tables["events"].at[event_id, "date"])

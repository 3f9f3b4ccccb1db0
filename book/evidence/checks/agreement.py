"""What two sources of one fact must agree on, and what one row must say alike in all of its cells.

As in consistency.py, each rule looks at rows beside their neighbours and yields a Fault for each slip.
"""

import math
import re
from collections.abc import Iterator

from ..faults import Fault
from ..tables import FIVE_STATES, Tables, fault, fields, group, having, verified

CLOSE = 1.0
"""By how many per cent two sources of one figure may differ, where a row's note says nothing."""
SAID = re.compile(r"\bWithin (\d+)% of\b")
"""What a note says where they differ by more: Within 11% of the IMF's."""


def estimated(book: Tables) -> Iterator[Fault]:
    """Yield estimates that stand as verified: they would decide."""
    for table, _ in having(book, "estimate"):
        for key in verified(book, table, estimate="yes").index:
            yield fault(table, key, "verified", "no, for an estimate", "yes")


def apart(book: Tables) -> Iterator[Fault]:
    """Yield figures of Kazakhstan's trade that two sources give otherwise than the note of the second says.

    The view bns is compared with the IMF's, and the press reports of Kazakhstan's total with China with both.
    """
    trade = book["trade"].set_index(["view", "year", "partner"])
    for row in book["trade"].query("view == 'bns'").itertuples():
        if ("kazakhstan", row.year, row.partner) in trade.index:
            other = trade.loc[("kazakhstan", row.year, row.partner)]
            for flow in ("exports", "imports"):
                yield from _near("trade", row, flow, getattr(row, flow), other[flow])
    for row in book["china_trade_press"].query("reporter == 'Kazakhstan'").itertuples():
        for view in ("kazakhstan", "bns"):
            if (view, row.year, "China") in trade.index:
                other = trade.loc[(view, row.year, "China")]
                yield from _near("china_trade_press", row, "total", row.total, other["exports"] + other["imports"])


def _near(table: str, row, column: str, one: float, other: float) -> Iterator[Fault]:
    """Yield a fault if two figures differ by more than the note of a row allows."""
    said = SAID.search(row.note)
    limit = float(said[1]) if said else CLOSE
    if abs(one / other - 1) * 100 > limit:
        wanted = f"within {limit:g}% of the {other:g} of another source, or a note of how far"
        yield fault(table, row.Index, column, wanted, f"{one:g}")


def unsummed(book: Tables) -> Iterator[Fault]:
    """Yield totals in the press that are not the sum of their parts: of exports and imports, of the five states."""
    rows = book["china_trade_press"]
    for row in rows.itertuples():
        if not (math.isnan(row.exports) or math.isnan(row.imports)):
            yield from _near("china_trade_press", row, "total", row.total, row.exports + row.imports)
    china, states = rows[rows["reporter"] == "China"], group("china_trade_press", "area", FIVE_STATES, book.folder)
    for _, same in china.groupby("year"):
        by_area = same.set_index("area")["total"]
        if {FIVE_STATES, *states} <= set(by_area.index):
            (total,) = same[same["area"] == FIVE_STATES].itertuples()
            yield from _near("china_trade_press", total, "total", total.total, by_area[states].sum())
    for year, same in book["export_shares"].groupby("year"):
        if same["share"].sum() > 100:
            wanted = f"at most 100% in {year:.0f}"
            yield fault("export_shares", same.index[0], "share", wanted, f"{same['share'].sum():g}")


def misflagged(book: Tables) -> Iterator[Fault]:
    """Yield exercises of the inventory whose flags are not those of the states that took part."""
    joined_in = fields("exercise_inventory", book.folder)["nato"]["joined"]
    for row in book["exercise_inventory"].itertuples():
        allies = {name for year, joined in joined_in.items() if year <= row.start[:4] for name in joined}
        states = {state.strip() for state in row.participants.split(";")}
        wanted = {
            "kazakhstan": "Kazakhstan" in states, "china": "China" in states, "russia": "Russia" in states,
            "united_states": "United States" in states, "nato": bool(states & allies),
        }
        for column, took_part in wanted.items():
            if (getattr(row, column) == "yes") != took_part:
                expected = "yes" if took_part else "no"
                yield fault("exercise_inventory", row.Index, column, expected, getattr(row, column))
        if not states & {"Kazakhstan", "China"}:
            expected = "Kazakhstan or China among them"
            yield fault("exercise_inventory", row.Index, "participants", expected, row.participants)


RULES = (estimated, apart, unsummed, misflagged)
"""Every rule."""

"""Every reading of every claim, alternatives and diagnostics too, computed again from the shipped
rows with nothing but the csv module."""

import plain
import pytest
from evidence.measures import reach
from evidence.verdicts import examine
from plain import MEASURES, close

JUDGED = examine.all_judgements()
RESULTS = {r.spec.spec_id: r for j in JUDGED.values() for r in (j.main, *j.alternatives, *j.diagnostics)}
READINGS = {row["spec_id"]: row for row in plain.rows("specifications") if row["measure"]}


def again(row):
    """Return what a reading gives, computed the other way: both ends, or a list of both ends."""
    p = dict(part.strip().split("=", 1) for part in row["params"].split(";") if part.strip())
    first, last = int(row["period_start"][:4] or 0), int(row["period_end"][:4] or 9999)
    found = MEASURES[row["measure"]](p, first, last)
    return [item if isinstance(item, tuple) else (item, item) for item in found] if isinstance(found, list) else found


def printed(result):
    """Return what the book found in the same form."""
    found = result.statistic
    return [(item.low, item.high) for item in found.items] if found.items else (found.low, found.high)


def agree(one, other, measure):
    """Return whether two findings are the same; distances on a sphere may be half a per cent off."""
    if isinstance(one, list) != isinstance(other, list):
        return False
    pairs = zip(one, other, strict=True) if isinstance(one, list) and len(one) == len(other) else [(one, other)]
    sphere = measure.startswith("reach.")
    return all(len(a) == len(b) == 2
               and all(close(x, y, sphere) for x, y in zip(a, b, strict=True)) for a, b in pairs)


@pytest.mark.parametrize("spec_id", READINGS)
def test_reading_is_found_again(spec_id):
    row = READINGS[spec_id]
    assert agree(printed(RESULTS[spec_id]), again(row), row["measure"])


def test_every_unit_of_a_distance_is_known_to_both():
    assert set(plain.UNITS) == set(reach.METRES), "add the unit to UNITS of tests/plain.py"


def test_every_measure_is_done_again():
    assert {row["measure"] for row in READINGS.values()} == set(MEASURES)
    assert set(READINGS) == {spec_id for spec_id, result in RESULTS.items() if result.statistic}


@pytest.mark.parametrize("spec_id", READINGS)
def test_a_finding_that_is_off_is_noticed(spec_id):
    row, found = READINGS[spec_id], printed(RESULTS[spec_id])
    if isinstance(found, list):
        wrong = [*found[:-1], (found[-1][0] - 1, found[-1][1] + 1)] if found[-1][1] < 1e300 else found[:-1]
    else:
        wrong = (found[0] * 1.02 + 0.02, found[1])
    assert not agree(wrong, again(row), row["measure"])


@pytest.mark.parametrize(
    ("spec_id", "table", "column"),
    [
        ("C38.alt-imports", "china_trade", "imports"), ("C39.alt-partners", "trade", "imports"),
        ("C42.alt-2008", "growth", "growth"), ("C56.diag-each-year", "arms", "tiv"),
        ("C31.alt-region", "exercises", "with_central_asia"), ("C53.alt-outside", "facilities", "state"),
        ("C31.main", "exercises", "start"), ("C09.main", "office_holders", "start_low"), ("C73.main", "places", "lon"),
        ("C64.main", "training", "low"), ("C22.main", "sources", "lineage"), ("C22.main", "contacts", "date"),
        ("C46.alt-china", "energy", "value"), ("C65.main", "csto_forces", "low"),
        ("C60.main", "treaties", "subject"), ("C21.main", "reports", "verified"),
        ("C05.main", "us_forces", "all_troops"), ("C41.since-main", "china_trade_press", "total"),
        ("C03.since-main", "trade_totals", "exports"), ("C13.main", "support_kinds", "verified"),
        ("C29.main", "exercise_inventory", "nato"), ("C29.alt-places", "us_training", "all_places"),
        ("C03.since-alt-latest", "export_shares", "share"), ("C41.since-diag-constant", "us_prices", "index"),
        ("C38.since-main", "china_trade_press", "total"), ("C40.since-alt-latest", "trade", "exports"),
        ("C55.main", "csto_forces", "force"), ("C33.main", "exercises", "sco"),
        ("C73.alt-geonames", "places", "source_key"),
    ],
)
def test_a_changed_row_is_noticed(monkeypatch, spec_id, table, column):
    row, found = READINGS[spec_id], []
    for half in (0, 1):
        plain.trade.cache_clear()
        with monkeypatch.context() as patch:
            plain.spoil(patch, table, column, half)
            try:
                found.append(again(row))
            except (KeyError, ValueError, ZeroDivisionError):  # a row, or the only year, that is no longer there
                found.append(())
    plain.trade.cache_clear()
    assert not all(agree(printed(RESULTS[spec_id]), one, row["measure"]) for one in found)

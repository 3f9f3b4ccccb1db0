"""Each rule of the tables against each other finds nothing in the data, and finds its own slip."""

import json

import pytest
from evidence import paths, tables
from evidence.checks import agreement, consistency, everything
from spoiling import spoilt

BOOK = tables.load()


SLIPS = [
    (consistency.repeated, "trade", "KAZ-2012-CHINA", {"partner": "Russia"}, "values that no other row has"),
    (consistency.repeated, "trade", "BNS-2024-CHINA", {"year": 2025.0},
     "values that no other row has, found bns, 2025, China"),
    (consistency.repeated, "us_prices", "CPI-2024", {"year": 2025.0}, "values that no other row has"),
    (consistency.misdated, "milex", "CHI-2005", {"year": 2006.0}, "the year that the key names, found 2006"),
    (consistency.misdated, "contacts", "2010-05-ASTANA", {"date": "2010-06-28"}, "the month that the key names"),
    (consistency.misnamed, "growth", "CHN-2009", {"economy": "Chad"}, "expected China, found Chad"),
    (consistency.released, "growth", "CHN-2009", {"source_key": "pwt_11_0"}, "expected wb_wdi_2026-07, found pwt_11_0"),
    (consistency.released, "arms", "KAZ-2025-CHINA", {"source_key": "sipri_at_nagehan"},
     "expected sipri_at_alexarui, found sipri_at_nagehan"),
    (consistency.released, "arms", "KAZ-2025-CHINA", {"year": 2024.0},
     "expected February 2026, which has Kazakhstan, 2024, found May 2026"),
    (consistency.gaps, "china_trade", "KAZ-2007", {}, "every year of Kazakhstan, found none for 2007"),
    (consistency.gaps, "trade", "KAZ-2007-CHINA", {}, "a row of China for kazakhstan, 2007"),
    (consistency.gaps, "growth", "CHN-2009", {}, "a row of China for 2009"),
    (consistency.jumps, "milex", "CHI-2005", {"spending": 7579.97}, "times the value before it"),
    (consistency.jumps, "us_forces", "AFG-2017", {"all_troops": 0.0}, "times the value before it, found 0 after 10803"),
    (consistency.jumps, "events", "KABUL-2021", {"verified": "no"}, "us_forces.csv, row AFG-2021"),
    (consistency.jumps, "events", "KABUL-2021", {"date": "2022-08-30"}, "us_forces.csv, row AFG-2021"),
    (consistency.jumps, "us_forces", "AFG-2022", {"all_troops": 900.0}, "times the value before it, found 900 after 6"),
    (consistency.disordered, "office_holders", "LIANG-MIN", {"end_low": "2013-04-01"},
     "no more than end_high, 2013-03-15"),
    (consistency.disordered, "exercises", "E2003", {"start": "2003-08-06", "end": "2003-07"},
     "no more than end, 2003-07, found 2003-08-06"),
    (consistency.disordered, "exercises", "E2003", {"end": "soon"}, "two numbers, or two ISO dates"),
    (consistency.disordered, "growth_ranks", "PWT-10-01-KAZ-2012", {"rank": 500.0}, "no more than ranked"),
    (consistency.too_early, "contacts", "2022-04-ASTANA", {"source_key": "S-MEET-2019"},
     "a source of 2022 or later, found S-MEET-2019 of 2019"),
    (consistency.too_early, "events", "POSTS", {"date": "2031"},
     "no later than 2026-11-26, when the evidence was last checked, found 2031"),
    (consistency.too_early, "contacts", "2026-02-BISHKEK", {"date": "2026-12-26"},
     "no later than 2026-11-26, when the evidence was last checked"),
    (consistency.too_early, "trade", "BNS-2025-CHINA", {"year": 2027.0},
     "no later than 2026-11-26, when the evidence was last checked, found 2027"),
    (consistency.unread_yet, "sources", "bns_panel", {"accessed": "2026-11-27"}, "no later than 2026-11-26"),
    (consistency.unused, "contacts", "2019-04-BISHKEK", {"source_key": "S-MEET-2022"}, "a row that names this source"),
    (consistency.unread, "exercises", "E2006A", {"verified": "yes"}, "a source that was read in the place of S-BG"),
    (consistency.unread, "exercises", "E2005", {"also": "S-BG"}, "a source that was read in the place of S-BG"),
    (consistency.unfinished, "specifications", "C37.main", {"claim_id": "C36"},
     "C37, column claim_id: expected a main specification"),
    (consistency.unfinished, "argument", "A01", {"premise": "C10"}, "C09, column premise: expected a conclusion"),
    (consistency.unfinished, "claims", "C70", {"quote": "the PLA should establish a more enduring military presence"},
     "found those of C70"),
    (consistency.sums, "trade_totals", "WORLD-2012", {"exports": 9228.5394}, "of the partners held"),
    (consistency.sums, "trade", "KAZ-2012-ITALY", {"exports": 90000.0}, "of its members"),
    (consistency.sums, "energy", "KAZ-OIL-CHN-2013", {"value": 110.0}, "no more oil sent than produced"),
    (consistency.second_sources, "china_trade", "KAZ-2012", {"exports": 11001.438}, "as trade has them"),
    (consistency.second_sources, "trade", "COW-2006-RUSSIA", {"exports": 3284.0}, "of the importer"),
    (consistency.ranks, "growth_ranks", "PWT-10-01-KAZ-2012", {"rank": 162.0}, "the order of growth"),
    (consistency.ranks, "growth_ranks", "PWT-10-01-KAZ-2008", {"growth": 33.0}, "of the World Bank's"),
    (consistency.deals, "arms_deals", "D01", {"ordered": 2009.0}, "no later than 2008"),
    (consistency.deals, "arms_deals", "D03", {"years": "2009 2008"}, "years in order"),
    (consistency.undelivered, "arms", "KAZ-2012-RUSSIA", {}, "Russia 2012, column year: expected a row where a deal"),
    (consistency.undelivered, "arms", "KAZ-2012-RUSSIA", {"tiv": 773.0}, "about the 377"),
    (consistency.misplaced, "places", "GVARDEISKY", {"lat": 77.0405, "lon": 43.3521}, "a point in Kazakhstan"),
    (consistency.misplaced, "places", "CHANGJI", {"area": "kashgar"}, "one of urumqi, gansu, otar, whose country is"),
    (consistency.misplaced, "places", "CHANGJI", {"lon": 85.30461}, "of every place of urumqi"),
    (agreement.estimated, "us_forces", "AFG-2019", {"verified": "yes"},
     "row AFG-2019, column verified: expected no, for an estimate"),
    (agreement.apart, "trade", "WITS-2018-RUSSIA", {"imports": 10237.5},
     "row WITS-2018-RUSSIA, column imports: expected within 11%"),
    (agreement.apart, "trade", "WITS-2018-RUSSIA", {"note": ""}, "expected within 1% of the"),
    (agreement.apart, "china_trade_press", "KAZ-2022", {"total": 26100.0}, "expected within 1% of the 24203.9"),
    (agreement.unsummed, "china_trade_press", "KAZ-2025-CHINA", {"exports": 22700.0},
     "column total: expected within 1% of the 41700"),
    (agreement.unsummed, "china_trade_press", "UZB-2024", {"total": 31780.0},
     "row FIVE-2024, column total: expected within 1% of the 112820"),
    (agreement.unsummed, "export_shares", "EU-2024", {"share": 76.7}, "at most 100% in 2024"),
    (agreement.misflagged, "exercise_inventory", "MME-2285", {"china": "yes"},
     "row MME-2285, column china: expected no, found yes"),
    (agreement.misflagged, "exercise_inventory", "MME-2530", {"participants": "Kyrgyzstan; Russia; Tajikistan"},
     "expected Kazakhstan or China among them"),
    (agreement.misflagged, "exercise_inventory", "MME-3231", {"nato": "no"}, "column nato: expected yes, found no"),
    (agreement.misflagged, "exercise_inventory", "MME-2285",
     {"start": "2009-01", "participants": "Kazakhstan; Croatia"}, "column nato: expected yes"),
]


@pytest.mark.parametrize(("rule", "table", "key", "cells", "message"), SLIPS,
                         ids=[f"{s[0].__name__}-{s[2]}" for s in SLIPS])
def test_a_slip_is_named_with_its_place(rule, table, key, cells, message):
    assert list(rule(BOOK)) == []
    found = [str(fault) for fault in rule(spoilt(table, key, **cells))]
    assert (found and all(fault.startswith("data/") for fault in found)
            and any(message in fault for fault in found)), found


@pytest.mark.parametrize(("start", "end"), [("2003-08-06", "2003-08"), ("2003-08", "2003-08-06"), ("2003", "2003-08"),
                                            ("2003-08-06", "2003-08-06")])
def test_a_month_may_stand_beside_one_of_its_days(start, end):
    assert not list(consistency.disordered(spoilt("exercises", "E2003", start=start, end=end)))


WORDS = {
    "uniqueKeys", "series", "everyYear", "always", "oneSource", "restsOn", "inKey", "happened", "notAbove",
    "largestStep", "living", "countries", "withinKm", "groups", "releases", "falls", "joined",
}
"""What the package declares in words of our own."""
STANDARD = {
    "name", "path", "title", "description", "profile", "format", "mediatype", "dialect", "encoding", "licenses",
    "sources", "schema", "fields", "primaryKey", "missingValues", "foreignKeys", "type", "constraints", "unit",
}


def declared(package):
    """Return every word that a package uses of a table, its schema or a column."""
    entries = package["resources"]
    schemas = [entry["schema"] for entry in entries if "schema" in entry]
    return {word for part in (*entries, *schemas, *(field for schema in schemas for field in schema["fields"]))
            for word in part}


def test_every_word_of_the_package_is_a_standard_one_or_explained():
    package = tables.package()
    assert declared(package) - STANDARD == WORDS
    listed = ((paths.ROOT / "CONTRIBUTING.md").read_text("utf-8")
              .partition("## What is declared of a table")[2].partition("\n## ")[0])
    assert all(f"`{word}`" in listed for word in WORDS)
    package = json.loads(json.dumps(package))
    package["resources"][-2]["schema"]["fields"][0]["notAbvoe"] = "high"
    assert declared(package) - STANDARD - WORDS == {"notAbvoe"}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("uniqueKeys", [["economy", "jahr"]]), ("series", {"by": ["jahr"]}),
        ("always", {"each": ["jahr"], "column": "economy", "values": ["Chad"]}),
        ("always", {"each": ["year"], "column": "jahr", "values": ["Chad"]}),
        ("releases", {"column": "jahr", "once": ["year"]}),
    ],
)
def test_a_column_that_is_not_there_cannot_be_declared(monkeypatch, word, value):
    entry = tables.resource("growth")
    monkeypatch.setitem(entry["schema"] if word == "uniqueKeys" else entry, word, value)
    assert [str(fault) for fault in consistency.faults(BOOK)] == [
        f"data/datapackage.json, row growth, column {word}: expected columns of the table, found jahr",
    ]


def test_a_column_is_not_above_one_that_is_there(monkeypatch):
    monkeypatch.setitem(tables.resource("growth")["schema"]["fields"][-1], "notAbove", "jahr")
    assert [fault.column for fault in consistency.faults(BOOK)] == ["notAbove"]


@pytest.mark.parametrize(
    ("table", "column", "declared", "message"),
    [
        ("us_training", "imet_places", {"largestStep": 3}, "largestStep: expected columns of the table, found year"),
        ("us_training", "imet_places", {"largestStep": 3}, "largestStep: expected series of the table, found none"),
        ("us_training", None, {"everyYear": True}, "everyYear: expected series of the table, found none"),
        ("units", None, {"oneSource": True}, "oneSource: expected columns of the table, found source_key"),
        ("units", "step", {"happened": True}, "happened: expected columns of the table, found source_key"),
    ],
)
def test_what_is_declared_has_what_it_needs(monkeypatch, table, column, declared, message):
    of = tables.fields(table)[column] if column else tables.resource(table)
    for word, value in declared.items():
        monkeypatch.setitem(of, word, value)
    assert f"data/datapackage.json, row {table}, column {message}" in [str(fault) for fault in consistency.faults(BOOK)]


@pytest.mark.parametrize("word", ["countries", "withinKm"])
def test_places_without_what_their_areas_need_are_told(monkeypatch, word):
    monkeypatch.delitem(tables.fields("places")["area"], word)
    monkeypatch.setitem(tables.fields("units")["unit"], word, {})  # of a column that is no area
    wanted = f"data/datapackage.json, row places, column {word}: expected declared of area, found nothing"
    assert [str(fault) for fault in consistency.faults(BOOK)] == [wanted]
    assert [str(fault) for fault in everything.all_faults(recorded=False)] == [wanted]


@pytest.mark.parametrize(("word", "value"), [("countries", {}), ("withinKm", 0)])
def test_places_lie_as_is_declared_of_their_own_areas(monkeypatch, word, value):
    monkeypatch.setitem(tables.fields("units")["unit"], word, value)
    assert list(consistency.misplaced(BOOK)) == []
    monkeypatch.setitem(tables.fields("places")["area"], word, value)
    assert list(consistency.misplaced(BOOK)) != []


def test_half_of_the_rows_of_another_source_are_named():
    rows = BOOK["us_training"].copy()
    rows = rows.iloc[: len(rows) // 2 * 2]
    rows.iloc[: len(rows) // 2, rows.columns.get_loc("source_key")] = "bns_panel"
    found = list(consistency.released(tables.Tables(BOOK, us_training=rows)))
    assert len(found) == len(rows) // 2 and {fault.column for fault in found} == {"source_key"}


def test_every_rule_has_a_slip_and_is_asked(monkeypatch):
    assert {slip[0] for slip in SLIPS} == set(consistency.RULES)
    fault = consistency.Fault("data/trade.csv", "", "", "a", "b")
    monkeypatch.setattr(consistency, "faults", lambda book: [fault])
    assert everything.book_faults() == [fault]

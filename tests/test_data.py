"""The tables are what their schemas say, and a fault is one line with its place."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from evidence import paths, tables
from evidence.checks import everything
from evidence.verdicts import examine
from spoiling import spoilt

BOOK = tables.load()


@pytest.fixture
def root(tmp_path):
    """Return a folder with a copy of data/ and of the article that a test may spoil."""
    shutil.copytree(paths.DATA, tmp_path / "data")
    shutil.copytree(paths.SEED.parent, tmp_path / "seeds")
    return tmp_path


def faults(root: Path) -> list[str]:
    """Return what `make check` says of the data and the article in a folder."""
    return [str(fault) for fault in everything.all_faults(root / "data", root / "seeds" / paths.SEED.name)]


def test_everything_checks():
    assert [str(f) for f in everything.book_faults()] == []


def test_a_slip_in_a_table_is_told_before_the_verdict_that_it_moves(monkeypatch):
    monkeypatch.setattr(everything, "all_faults", lambda recorded: [])
    monkeypatch.setattr(everything.readings, "untold", lambda *_: ["moved"])
    for slips in (["slip"], []):
        monkeypatch.setattr(everything.consistency, "faults", lambda _, slips=slips: slips)
        assert everything.book_faults() == (slips or ["moved"])


def edit(old, new):
    """Return a change of the first place in a file that has some bytes."""
    def change(path):
        raw = path.read_bytes()
        assert old in raw
        path.write_bytes(raw.replace(old, new, 1))
    return change


def cut(end):
    """Return a change that cuts a file off in its last row, and ends it with some bytes."""
    return lambda path: path.write_bytes(path.read_bytes()[: path.read_bytes().rindex(b",yes,")] + end)


CLAIMS, PLACES, SOURCES, PACKAGE = (f"data/{name}"
                                    for name in ("claims.csv", "places.csv", "sources.csv", "datapackage.json"))
SPOILT = {
    "not of the list": (CLAIMS, edit(b",state,", b",stat,"),
                        r"row 2 \(C01\), column scope: expected constraint \"enum\".*found stat"),
    "key twice": (CLAIMS, edit(b"C02,", b"C01,"), r"row 3 \(C01\), column claim_id: .*found C01"),
    "unknown unit": (CLAIMS, edit(b",ratio,", b",rato,"), r"column unit: expected a key of units, found rato"),
    "quote not in the article": (CLAIMS, edit(b"Four H-6 bombers", b"Five H-6 bombers"),
                                 r"data/claims.csv, row C70, column quote"),
    "letter for a digit": (PLACES, edit(b"43.9071", b"43.9O71"),
                           r"data/places.csv, row 2 \(URC_DIWOPU\), column lat: .*number.*found 43.9O71"),
    "out of range": (PLACES, edit(b"43.9071", b"143.9071"), r"column lat: expected constraint \"maximum\""),
    "renamed column": (PLACES, edit(b",lat,", b",latitude,"),
                       r"^data/places.csv, row 1: expected the columns .*, lat, .*, found .*, latitude,"),
    "missing column": (PLACES, edit(b",lat,", b","), r"data/places.csv, row 1"),
    "unknown source": (PLACES, edit(b"S-AIRPORTSDATA", b"S-NOWHERE"),
                       r"column source_key: expected a key of sources, found S-NOWHERE"),
    "cut file": (PLACES, cut(b""), r"a newline at the end of the file, found a cut line"),
    "cut row": (PLACES, cut(b"\n"), r"column (also|verified|note): expected .*found none"),
    "a comma too many": (PLACES, edit(b"URC_CITY,", b"URC_CITY,,"),
                         r"^data/places.csv, row 3 \(URC_CITY\): expected a cell for each column, found one more$"),
    "a package that is a list": (PACKAGE, lambda path: path.write_text("[]\n"),
                                 r"column resources: expected a list of tables with name and path"),
    "a table without a name": (PACKAGE, edit(b'"name": "claims"', b'"label": "claims"'), r"column resources: expected"),
    "a column without a type": (PACKAGE, edit(b'"type": "string"', b'"kind": "string"'),
                                r"column schema, fields: expected a list with name and type"),
    "a pattern that is none": (PACKAGE, edit(b'"pattern": "', b'"pattern": "('),
                               r"datapackage.json, row \w+, column \w+, pattern: expected a pattern, found missing"),
    "a key that is no column": (PACKAGE, edit(b'"primaryKey": "', b'"primaryKey": "x_'),
                                r"column primaryKey: expected one of its columns, found 'x_"),
    "a step that is no number": (PACKAGE, edit(b'"largestStep": 5', b'"largestStep": "5"'),
                                 r"column \w+, largestStep: expected a number, found '5'"),
    "a table renamed": (PACKAGE, edit(b'"name": "patches"', b'"name": "ptaches"'),
                        r"column name: expected that of its file, patches\.csv, found ptaches"),
    "a blank row": (PLACES, edit(b"\nURC_CITY,", b"\n,,,\nURC_CITY,"),
                    r"expected a row with values, found a blank one"),
    "decimal comma": ("data/trade.csv", edit(b",1653.081,", b',"1653,081",'),
                      r"column exports: expected a number, with a point for decimals .*, found 1653,081$"),
    "space at the end": (PLACES, edit(b",yes,", b",yes ,"), r"column verified: .*, found 'yes '"),
    "day first": (SOURCES, edit(b",2025-06,", b",06-2025,"), r"column published: .*, found 06-2025$"),
    "byte order mark": (PLACES, edit(b"place_id", b"\xef\xbb\xbfplace_id"), r"row 1: expected no byte order mark"),
    "carriage return": (PLACES, edit(b"\n", b"\r\n"), r"expected line feeds only"),
    "no yes nor no": (PLACES, edit(b"yes", b"maybe"), r"column verified: .*found maybe"),
    "open quotation": (PLACES, edit(b"URC_CITY,", b'URC_CITY,"'), r"(?s)data/places.csv.{,450}$"),
    "Latin-1": (PLACES, edit(b"Changji", b"Chang\xfc"), r"^data/places.csv, row \d+: expected UTF-8, found b'\\xfc'$"),
    "missing table": (PLACES, Path.unlink, r"^data/places.csv: expected a file, found none$"),
    "formula": (
        SOURCES, edit(b",Accordi militari", b",=HYPERLINK(A1) militari"),
        r"data/sources.csv, row S-AGC, column title: expected no spreadsheet formula",
    ),
    "script in an address": (
        SOURCES, edit(b"https://www.agcnews.eu/", b"https://example.org/a)<script>"),
        r"data/sources.csv, row 3 \(S-AGC\), column url",
    ),
    "table that leaves the folder": (PACKAGE, edit(b'"path": "units.csv"', b'"path": "../units.csv"'),
                                     r'path "../units.csv" is not safe'),
    "stray table": (
        "data/extra.csv", lambda path: path.write_text("a\n1\n"),
        r"^data/datapackage.json, column resources: expected every file of data/, found no resource for extra.csv$",
    ),
    **{
        f"{cell} for a number": (
            "data/personnel.csv", edit(b",956000,", f",{cell},".encode()),
            rf"row .*RUS-2012-ACTIVE.*, column persons: .*found .*{cell}",
        )
        for cell in ("INF", "-inf", "NaN", "1e400", "1e6", "\uff12\uff12\uff18", "٢٢٨", "956000km", "956 000",
                     "956_000", " 956000")
    },
    "separators in a number": ("data/personnel.csv", edit(b",956000,", b',"956,000",'),
                               r"column persons: .*number.*found 956,000"),
    "infinite correction": ("data/patches.csv", edit(b"6218.236", b"inf"),
                            r"^data/patches.csv, row P1, column replace: expected a number, found 'inf'$"),
    "infinite parameter": ("data/specifications.csv", edit(b"most=199", b"most=inf"),
                           r"row C29.alt-trained, column params: .*a number, found 'inf'$"),
    "unit glued to a bound": ("data/claims.csv", edit(b",100,100,", b",100km,100,"), r"column stated_low: .*100km"),
    "digits of another script in a date": ("data/csto_forces.csv", edit(b"2009-11", "٢٠٠٩-11".encode()),
                                           r"column as_of: .*٢٠٠٩-11"),
    "semicolons": (
        PLACES, lambda path: path.write_bytes(path.read_bytes().replace(b",", b";")),
        r"^data/places.csv, row 1: expected the columns place_id, name, .*, found place_id;name;",
    ),
    **{
        f"U+{ord(letter):04X}": (SOURCES, edit(b",Accordi", f",{letter} Accordi".encode()),
                                 rf"row S-AGC, column title: .*U\+{ord(letter):04X}\)$")
        for letter in "中\U0001f600\x1b"
    },
    "rule that does not parse": ("data/specifications.csv", edit(b"at_most", b"at_almost"), r"column test"),
    "another article": (f"seeds/{paths.SEED.name}", edit(b"Four", b"Five"),
                        rf"^seeds/{paths.SEED.name}: expected sha256 {everything.SEED_SHA256}"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_file_is_named_with_its_place(root, name, request):
    if name in ("quote not in the article", "another article"):
        request.getfixturevalue("article")
    file, spoil, message = SPOILT[name]
    spoil(root / file)
    found = faults(root)
    assert any(re.search(message, f) for f in found), found
    assert all("\n" not in f for f in found) and len(found) < 10, "one fault is not told a row at a time"


def test_letters_of_the_region_are_shown(root):
    edit(b",Accordi", ",Әскери Türkiye عسكري Accordi".encode())(root / SOURCES)
    assert faults(root) == []


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "-", "--1", "+49 30", "-1+2"])
def test_a_formula_is_named(tmp_path, cell):
    (tmp_path / "words.csv").write_text(f"key,word\nK,{cell}\n", "utf-8")
    assert [str(f) for f in everything.formula_faults(tmp_path)] == [
        f"data/words.csv, row K, column word: expected no spreadsheet formula, found {cell!r}"]


@pytest.mark.parametrize("cell", ["", "word", "two-word", "1-2", "-1", "-0.25", "-1e-05", "a=b"])
def test_a_number_or_a_word_is_no_formula(tmp_path, cell):
    (tmp_path / "words.csv").write_text(f"key,word\nK,{cell}\n", "utf-8")
    assert everything.formula_faults(tmp_path) == []


def test_a_bar_in_a_cell_does_not_change_how_a_table_is_read(root):
    path, descriptor = root / "data" / "specifications.csv", root / "data" / "datapackage.json"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    # Quotes in the last column alone leave it to guessing.
    rows["reason"], rows["closes"] = "a \\| b " + rows["reason"], ""
    rows.to_csv(path, index=False, lineterminator="\n")
    assert everything.package_faults(descriptor) == []
    package = json.loads(descriptor.read_text("utf-8"))
    package["resources"] = [{key: value for key, value in entry.items() if key != "dialect"}
                            for entry in package["resources"]]
    descriptor.write_text(json.dumps(package), "utf-8")
    found = everything.package_faults(descriptor)
    assert any("specifications.csv" in str(f) for f in found), (
        "without a declared dialect the bar is taken for the delimiter")


def test_an_unknown_key_in_also_is_named():
    (fault,) = everything.reference_faults(spoilt("places", "URC_CITY", also="S-GEONAMES S-NOBODY"))
    assert str(fault) == "data/places.csv, row URC_CITY, column also: expected a key of sources, found S-NOBODY"


def unused(book):
    """Return the units that nothing names; of sources, the rules of the tables against each other say it."""
    used = {u for name in tables.names() if "unit" in book[name].columns and name != "units"
            for u in book[name]["unit"]}
    results = [r for j in examine.all_judgements().values() for r in (j.main, *j.alternatives, *j.diagnostics)]
    used |= {r.statistic.unit for r in results if r.statistic}
    return {*book["units"].index} - used


def test_every_unit_is_used():
    assert unused(BOOK) == set()
    idle = BOOK["units"].iloc[:1].rename(index=lambda key: f"idle {key}")
    more = tables.Tables(BOOK, units=pd.concat([BOOK["units"], idle]))
    assert unused(more) == {*idle.index}, "a unit that nothing names must show"


LIMITS = {"imf_dots_2022": 400, "cow_trade_v4": 120, "ei_sr_2025": 100, "sipri_at_nagehan": 250,
          "sipri_at_alexarui": 50, "sipri_milex_suyash": 70,
          "mme_v7": 80, "bns_panel": 60, "wits_panel": 60, "bns_shares": 10}
"""The most rows this book may ship from a source that is not free, far below a tenth of it."""


def over(book):
    """Return the sources that are not free of which more rows are shipped than LIMITS allows, or none."""
    shipped = Counter(key for name in tables.names() if "source_key" in book[name].columns and name != "sources"
                      for key in book[name]["source_key"])
    return {source for source, most in LIMITS.items() if not 0 < shipped[source] <= most}


def test_rows_of_sources_that_are_not_free_are_few():
    assert over(BOOK) == set()
    assert over(tables.Tables(BOOK, trade=pd.concat([BOOK["trade"]] * 4))) == {
        "imf_dots_2022", "cow_trade_v4", "bns_panel", "wits_panel"}


def short_fields(trade):
    """Return the views and years that hold fewer than the five largest partners: one left out could take a rank."""
    kept = trade[trade["partner"] != "European Union"].groupby(["view", "year"]).size()
    return list(kept[kept < 5].index)


def test_no_partner_left_out_could_change_a_rank():
    assert short_fields(BOOK["trade"]) == []
    spoilt = BOOK["trade"].query("view != 'cow' or year != 2012 or partner == 'China'")
    assert short_fields(spoilt) == [("cow", 2012)]


def sealed(package):
    """Return the resources of a descriptor that carry a hash or a size: they would stop every honest correction."""
    return [entry["name"] for entry in package["resources"] if {"hash", "bytes"} & set(entry)]


def test_committed_descriptor_has_no_hash():
    package = json.loads(paths.PACKAGE.read_text("utf-8"))
    assert sealed(package) == []
    package["resources"][0]["hash"] = package["resources"][1]["bytes"] = "1"
    assert sealed(package) == [entry["name"] for entry in package["resources"][:2]]

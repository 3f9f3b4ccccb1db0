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
from evidence.faults import Fault
from evidence.verdicts import examine

BOOK = tables.load()


@pytest.fixture
def folder(tmp_path):
    """Return a copy of data/ that a test may spoil."""
    return Path(shutil.copytree(paths.DATA, tmp_path / "data"))


def faults(folder: Path) -> list[str]:
    """Return encoding, formula and package faults of a folder as text."""
    return [str(f) for f in everything.encoding_faults(folder) or everything.formula_faults(folder) or everything.package_faults(folder / "datapackage.json")]


def test_everything_checks():
    assert [str(f) for f in everything.book_faults()] == []


def test_a_clean_copy_checks(folder):
    assert faults(folder) == []


SPOILT = [
    ("claims.csv", lambda t: t.replace(",state,", ",stat,", 1), r"data/claims.csv, row 2 \(C01\), column scope: expected constraint \"enum\".*found stat"),
    ("claims.csv", lambda t: t.replace("C02,", "C01,", 1), r"row 3 \(C01\), column claim_id: .*found C01"),
    ("claims.csv", lambda t: t.replace(",ratio,", ",rato,", 1), r"column unit: expected a key of units, found rato"),
    ("places.csv", lambda t: t.replace("43.9071", "43.9O71"), r"data/places.csv, row 2 \(URC_DIWOPU\), column lat: .*number.*found 43.9O71"),
    ("places.csv", lambda t: t.replace("43.9071", "143.9071"), r"column lat: expected constraint \"maximum\""),
    ("places.csv", lambda t: t.replace(",lat,", ",latitude,"), r"data/places.csv, row 1, column lat"),
    ("places.csv", lambda t: t.replace("S-AIRPORTSDATA", "S-NOWHERE", 1), r"column source_key: expected a key of sources, found S-NOWHERE"),
    ("places.csv", lambda t: t[: t.rindex(",yes,")], r"a newline at the end of the file, found a cut line"),
    ("places.csv", lambda t: t[: t.rindex(",yes,")] + "\n", r"column (also|verified|note): expected .*found none"),
    ("places.csv", lambda t: "\ufeff" + t, r"row 1: expected no byte order mark"),
    ("places.csv", lambda t: t.replace("\n", "\r\n"), r"expected line feeds only"),
    ("places.csv", lambda t: t.replace("yes", "maybe", 1), r"column verified: .*found maybe"),
    ("places.csv", lambda t: t.replace("URC_CITY,", "URC_CITY,\"", 1), r"data/places.csv"),
]


@pytest.mark.parametrize(("name", "spoil", "message"), SPOILT, ids=[str(i) for i in range(len(SPOILT))])
def test_a_spoilt_table_is_named_with_its_place(folder, name, spoil, message):
    path = folder / name
    before = path.read_text("utf-8")
    path.write_bytes(spoil(before).encode())
    assert path.read_bytes() != before.encode()
    found = faults(folder)
    assert any(re.search(message, f) for f in found), found
    assert all("\n" not in f for f in found)


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "-", "--1", "+49 30", "-1+2"])
def test_a_formula_is_named(tmp_path, cell):
    (tmp_path / "words.csv").write_text(f"key,word\nK,{cell}\n", "utf-8")
    assert [str(f) for f in everything.formula_faults(tmp_path)] == [f"data/words.csv, row K, column word: expected no spreadsheet formula, found {cell!r}"]


@pytest.mark.parametrize("cell", ["", "word", "two-word", "1-2", "-1", "-0.25", "-1e-05", "a=b"])
def test_a_number_or_a_word_is_no_formula(tmp_path, cell):
    (tmp_path / "words.csv").write_text(f"key,word\nK,{cell}\n", "utf-8")
    assert everything.formula_faults(tmp_path) == []


def test_a_bar_in_a_cell_does_not_change_how_a_table_is_read(folder):
    path = folder / "specifications.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows["reason"] = "a \\| b " + rows["reason"]
    rows.to_csv(path, index=False, lineterminator="\n")
    assert faults(folder) == []
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    package["resources"] = [{key: value for key, value in entry.items() if key != "dialect"} for entry in package["resources"]]
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    assert any("specifications.csv" in f for f in faults(folder)), "without a declared dialect the bar is taken for the delimiter"


def test_latin_1_is_named(folder):
    (folder / "places.csv").write_bytes("place_id,name\nA,M\u00fcnchen\n".encode("latin-1"))
    assert faults(folder) == ["data/places.csv, row 2: expected UTF-8, found b'\\xfc'"]


def test_a_missing_table_is_named(folder):
    (folder / "places.csv").unlink()
    assert faults(folder) == ["data/places.csv: expected a file, found none"]


def test_a_stray_table_is_named(folder):
    (folder / "extra.csv").write_text("a\n1\n")
    assert faults(folder) == ["data/datapackage.json, column resources: expected every file of data/, found no resource for extra.csv"]


def test_an_unknown_key_in_also_is_named():
    places = BOOK["places"].copy()
    places.loc["URC_CITY", "also"] = "S-GEONAMES S-NOBODY"
    (fault,) = everything.reference_faults(tables.Tables(BOOK, places=places))
    assert str(fault) == "data/places.csv, row URC_CITY, column also: expected a key of sources, found S-NOBODY"


def patch(**cells):
    """Return a patches table of one row for places."""
    row = {"patch_id": "P1", "table": "places", "key": "URC_CITY", "column": "lat", "expect": "43.80096", "replace": "43.8", "reason": "r", "source_key": "s"}
    return pd.DataFrame([row | cells])


def test_a_patch_replaces_one_cell():
    before = tables.read("places")
    after = tables.patched(before, "places", patch())
    assert after.at["URC_CITY", "lat"] == 43.8 and before.at["URC_CITY", "lat"] == 43.80096
    assert after.drop(columns="lat").equals(before.drop(columns="lat"))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"expect": "43.9"}, "row P1, column expect: expected 43.80096 as places says, found '43.9'"),
        ({"key": "NOWHERE"}, "row P1, column key: expected a row of places, found 'NOWHERE'"),
        ({"column": "height"}, "row P1, column column: expected a column of places, found 'height'"),
    ],
)
def test_a_patch_that_no_longer_fits_stops_the_build(cells, message):
    with pytest.raises(Fault, match=message):
        tables.patched(tables.read("places"), "places", patch(**cells))


def unused(book):
    """Return the sources and the units that nothing names."""
    used = {"S-ARTICLE", "naturalearth"}  # the ledger and the basemap rest on these
    for name in tables.names():
        for column in ("source_key", "also"):
            if column in book[name].columns and name != "sources":
                used |= {key for cell in book[name][column] for key in str(cell).split()}
    used |= {u for name in tables.names() if "unit" in book[name].columns and name != "units" for u in book[name]["unit"]}
    results = [r for j in examine.all_judgements().values() for r in (j.main, *j.alternatives, *j.diagnostics)]
    used |= {r.statistic.unit for r in results if r.statistic}
    return {*book["sources"].index, *book["units"].index} - used


def test_every_source_and_every_unit_is_used():
    assert unused(BOOK) == set()


def test_an_unused_source_or_unit_would_be_noticed():
    more = {name: pd.concat([BOOK[name], BOOK[name].iloc[:1].rename(index=lambda key: f"idle {key}")]) for name in ("sources", "units")}
    assert unused(tables.Tables(BOOK, **more)) == {f"idle {BOOK[name].index[0]}" for name in more}


LIMITS = {"imf_dots_2022": 400, "cow_trade_v4": 120, "ei_sr_2025": 100, "sipri_at_nagehan": 250, "sipri_at_alexarui": 50, "sipri_milex_suyash": 70,
          "mme_v7": 80, "bns_panel": 60, "wits_panel": 60, "bns_shares": 10}
"""The most rows this book may ship from a source that is not free, far below a tenth of it."""


def over(book):
    """Return the sources that are not free of which more rows are shipped than LIMITS allows, or none."""
    shipped = Counter(key for name in tables.names() if "source_key" in book[name].columns and name != "sources" for key in book[name]["source_key"])
    return {source for source, most in LIMITS.items() if not 0 < shipped[source] <= most}


def test_rows_of_sources_that_are_not_free_are_few():
    assert over(BOOK) == set()
    assert over(tables.Tables(BOOK, trade=pd.concat([BOOK["trade"]] * 4))) == {"imf_dots_2022", "cow_trade_v4", "bns_panel", "wits_panel"}


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

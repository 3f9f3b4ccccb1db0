"""What is published beside the pages."""

import csv
import dataclasses
import functools
import json
import math
import re
import shutil
import zipfile

import jsonschema
import pytest
import watch
from drawn import rows
from evidence import dates, tables
from evidence.charts import all_charts
from evidence.checks import everything
from evidence.ledger import REPORT
from evidence.measures.statistic import Item, Statistic
from evidence.pages import claims
from evidence.publish import citation, downloads, preview
from evidence.verdicts import examine, rules, wording
from evidence.verdicts.rules import Criterion

BOOK = tables.load()
JUDGED = examine.all_judgements()
SCHEMA = json.loads((downloads.paths.BOOK / "evidence" / "publish" / "claims.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with everything published."""
    out = tmp_path_factory.mktemp("html")
    publish(out)
    return out


def publish(folder):
    """Publish everything that stands beside the pages."""
    downloads.write(folder, watch.listed(downloads.paths.ROOT)[0])
    downloads.write_rows(sorted(downloads.paths.BOOK.glob("*.ipynb")), folder / "data")


@pytest.fixture(scope="module")
def document(folder):
    """Return claims.json."""
    return json.loads((folder / "claims.json").read_text("utf-8"))


def test_claims_json_fits_its_schema(document):
    jsonschema.validate(document, SCHEMA)
    assert [c["id"] for c in document["claims"]] == list(BOOK["claims"].index)


C73 = list(BOOK["claims"].index).index("C73")
REFUSED = [
    (["schema"], "1"), (["claims", 0, "state"], "guessed"), (["claims", 0, "kind"], "hunch"),
    (["claims", 0, "extra"], 1), (["claims", 0, "url"], "elsewhere.html"),
    (["claims", 0, "sheet"], "book/reach.html#c73"), (["claims", 0, "readings"], []),
    (["claims", 0, "history", 0, "from"], "guessed"), (["claims", 0, "history", 0, "version"], "0.1.0"),
    (["claims", C73, "readings", 0, "role"], "best"), (["claims", C73, "readings", 0, "low"], "Infinity"),
    (["claims", C73, "readings", 0, "bounds", "low"], None), (["claims", C73, "readings", 0, "test"], "at_least"),
    (["claims", C73, "readings", 0, "quorum"], 0), (["claims", C73, "readings", 0, "unit"], None),
    (["claims", C73, "readings", 0, "outcome"], "none"),
    (["claims", C73, "readings", 0, "items"], [{"low": 1, "high": 2}]),
]


@pytest.mark.parametrize(("place", "value"), REFUSED)
def test_schema_refuses_what_it_should(document, place, value):
    spoilt = json.loads(json.dumps(document))
    functools.reduce(lambda part, key: part[key], place[:-1], spoilt)[place[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(spoilt, SCHEMA)


def end(value, open_end):
    """Return an end of claims.json as a number."""
    return open_end if value is None else dates.span(value)[0] if isinstance(value, str) else value


def interval(part, *more):
    """Return the low and high of a part of claims.json as numbers, with what else makes a statistic or an item."""
    return (end(part["low"], -math.inf), end(part["high"], math.inf), *more)


def rejudged(claim):
    """Return the outcomes and verdicts that the rules give on what claims.json holds of one claim alone."""
    found = {}
    for reading in claim["readings"]:
        items = tuple(Item(item["label"], *interval(item)) for item in reading["items"])
        statistic = Statistic(*interval(reading, reading["unit"] or "", items))
        outcome = rules.outcome(statistic, Criterion(reading["test"], *interval(reading["bounds"]), reading["quorum"]))
        held_open = reading["only_sibling"] and reading["role"] != "diagnostic" and outcome != "none"
        found.setdefault(reading["tense"], {}).setdefault(reading["role"], []).append("open" if held_open else outcome)
    return {tense: (by, rules.verdict(by["main"][0], by.get("alternative", ()))) for tense, by in found.items()}


def published(claim):
    """Return the outcomes and verdicts that claims.json says of one claim."""
    found = {}
    for reading in claim["readings"]:
        found.setdefault(reading["tense"], {}).setdefault(reading["role"], []).append(reading["outcome"])
    tenses = {"writing": claim["at_writing"], "since": claim["since"]}
    return {tense: (by, tenses[tense]["verdict"]) for tense, by in found.items()}


def test_claims_json_alone_is_enough_to_judge_again(document):
    assert [c["id"] for c in document["claims"] if rejudged(c) != published(c)] == []
    readings = [reading for claim in document["claims"] for reading in claim["readings"]]
    assert [reading["id"] for reading in readings] == [r.spec.spec_id for j in ordered() for r in j.readings.values()]
    assert any(reading["only_sibling"] for reading in readings) and any(reading["items"] for reading in readings)
    assert {claim["id"] for claim in document["claims"] if claim["history"]} == set(BOOK["reading_history"]["claim_id"])


def ordered():
    """Return the judgements in the order of claims, at writing before since."""
    keys = [(claim_id, tense) for claim_id in BOOK["claims"].index for tense in claims.TENSES]
    return [JUDGED[key] for key in keys if key in JUDGED]


def test_a_changed_reading_would_be_noticed(document):
    claim = json.loads(json.dumps(document["claims"][C73]))
    claim["readings"][0]["bounds"]["low"] = 600
    assert rejudged(claim) != published(claim)


def cells(path):
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def as_cells(claim, columns):
    """Return the row of claims.csv that a claim of claims.json should give."""
    flat = downloads.flat(claim)
    return {column: "" if flat.get(column) is None else str(flat[column]) for column in columns}


def test_claims_csv_is_the_same_data(folder, document):
    rows = cells(folder / "claims.csv")
    assert rows == [as_cells(claim, rows[0]) for claim in document["claims"]]
    assert {"id", "at_writing.verdict", "at_writing.flip.value", "since.verdict", "stated.low"} <= set(rows[0])
    assert [column for column in rows[0] if not any(row[column] for row in rows)] == []
    assert downloads.flat({"sources": [], "since": {"sources": ["a", "b"]}, "history": [], "readings": [{"id": "x"}]}
                          ) == {"sources": "", "since.sources": "a b"}
    spoilt = json.loads(json.dumps(document["claims"][0]))
    spoilt["at_writing"] = {"verdict": "guessed"}
    assert as_cells(spoilt, rows[0]) != rows[0]


def rowless(folder):
    """Return the figures whose table has not as many rows as are drawn."""
    return [name for name in all_charts() if not len(cells(folder / f"{name}.csv")) == len(rows(name)) > 0]


def test_every_figure_has_its_rows(folder, tmp_path):
    assert rowless(folder / "data") == []
    assert everything.package_faults(folder / "data" / "datapackage.json") == [], "each is described, and as it is"
    described = json.loads((folder / "data" / "datapackage.json").read_text("utf-8"))["resources"]
    assert all({"hash", "bytes"} <= set(entry) for entry in described)
    spoilt = shutil.copytree(folder / "data", tmp_path / "data")
    first = spoilt / "reach-map.csv"
    first.write_text("".join(first.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    assert rowless(spoilt) == ["reach-map"]
    found = [str(fault) for fault in everything.package_faults(spoilt / "datapackage.json")]
    assert any("reach-map.csv" in fault for fault in found), "another hash than the one described"


def formulas(folder):
    """Return a line for each cell of a published table that a spreadsheet would compute."""
    return [str(fault) for place in (folder, folder / "data") for fault in everything.formula_faults(place)]


def test_no_published_cell_is_a_formula(folder, tmp_path):
    assert formulas(folder) == []
    spoilt = shutil.copytree(folder, tmp_path / "spoilt")
    for path in (spoilt / "claims.csv", spoilt / "data" / "reach-map.csv"):
        first, _, rest = path.read_text("utf-8").partition("\n")
        path.write_text(f"{first}\n=1+1,{rest.partition(',')[2]}", "utf-8")
    assert [line.partition(",")[0] for line in formulas(spoilt)] == ["data/claims.csv", "data/reach-map.csv"]


def contents(folder):
    """Yield the name and content of every published file, those inside archives too."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{path.name}/{name}", archive.read(name)) for name in archive.namelist())
        else:
            yield path.name, path.read_bytes()


def reprints(folder):
    """Return the published files that hold a long passage of the article, or are it."""
    text = downloads.paths.SEED.read_text("utf-8")
    passages = [text[start : start + 900].encode() for start in range(0, len(text) - 900, 300)]
    assert len(passages) > 20
    return [name for name, content in contents(folder)
            if name.endswith(downloads.paths.SEED.name) or any(passage in content for passage in passages)]


def test_nothing_published_holds_the_article(folder, tmp_path, article):
    assert reprints(folder) == []
    seed = downloads.paths.SEED
    downloads.archive(tmp_path / "more.zip",
                      [("book/long.md", b"Words. " + seed.read_bytes()[2000:3500]), (f"seeds/{seed.name}", b"")])
    assert reprints(tmp_path) == ["more.zip/book/long.md", f"more.zip/seeds/{seed.name}"]


def promised():
    """Return the files that texts and Makefile name, which rerun.zip has to hold."""
    texts = ((downloads.paths.ROOT / name).read_text("utf-8") for name in ("Makefile", "README.md", "CONTRIBUTING.md"))
    found = {name for text in texts for name in re.findall(r"\b(?:book|data|tests)/[\w/-]+\.\w{2,5}\b", text)}
    return sorted(name for name in found if "node_modules" not in name)


def lacking(names):
    """Return what a rerun needs and an archive does not name, and what it should not name."""
    wanted = ["Makefile", "requirements.txt", "_config.yml", "book/index.ipynb", "seeds/ABSENT", "tests/conftest.py",
              *promised()]
    return [name for name in wanted if f"rerun.zip/kazakh-chinese-exchanges/{name}" not in names] + [
        name for name in names if "__pycache__" in name]


def test_archives_hold_what_a_rerun_needs(folder):
    names = [name for name, _ in contents(folder) if name.startswith("rerun.zip/")]
    assert lacking(names) == []
    assert lacking([name for name in names if "Makefile" not in name] + ["book/__pycache__/x.pyc"]) == [
        "Makefile", "book/__pycache__/x.pyc"]


def test_a_notebook_without_drawings_has_all_else():
    def output(**data):
        return {"output_type": "display_data", "data": data, "metadata": {}}

    cells = [{"cell_type": "code", "source": ["a"],
              "outputs": [output(**{"image/svg+xml": "<svg>", "text/plain": "alt"})]}, {"source": ["b"]}]
    found = json.loads(downloads.without_drawings(json.dumps({"cells": cells}).encode()))["cells"]
    assert found == [cells[0] | {"outputs": [output(**{"text/plain": "alt"})]}, cells[1]]


def clocked(path):
    """Return whether an archive carries a time that is not the release's, or its files in no order."""
    with zipfile.ZipFile(path) as archive:
        names, released = [info.filename for info in archive.infolist()], citation.load()["date-released"]
        return ({info.date_time for info in archive.infolist()} != {(*released.timetuple()[:3], 0, 0, 0)}
                or names != sorted(names))


def test_archives_carry_no_clock(folder, tmp_path):
    assert not clocked(folder / "data.zip") and not clocked(folder / "rerun.zip")
    with zipfile.ZipFile(tmp_path / "now.zip", "w") as archive:
        archive.writestr("a", "")
    assert clocked(tmp_path / "now.zip")


def test_a_flip_point_below_zero_is_no_formula():
    judgement = JUDGED["C05", "writing"]
    below = dataclasses.replace(judgement, flip=dataclasses.replace(judgement.flip, value=-1))
    assert (wording.flip(below) == "\N{MINUS SIGN}1\N{NO-BREAK SPACE}persons"
            and not everything.FORMULA.match(wording.flip(below)))


def named(text):
    """Return how many sources a line or a sheet names, and how many more it counts."""
    return text.count("(#source-"), sum(map(int, re.findall(r"; and (\d+) more\.", text)))


@pytest.mark.parametrize("show", [claims.line, claims.sheet])
def test_the_sources_that_few_rows_name_are_counted(show):
    many, few = (named(show(BOOK["claims"].loc[claim_id], JUDGED)) for claim_id in ("C31", "C73"))
    each = [len(JUDGED["C31", tense].sources) for tense in claims.TENSES if ("C31", tense) in JUDGED]
    assert min(each) > claims.FOLDED and many == (len(each) * claims.SHOWN, sum(each) - len(each) * claims.SHOWN)
    assert few == (len(JUDGED["C73", "writing"].sources), 0) and few[0] <= claims.FOLDED


def test_a_page_is_shared_with_its_title_beside_its_leading_chart(folder):
    preview.write([(path.stem.title(), path) for path in sorted(downloads.paths.BOOK.glob("*.ipynb"))], folder)
    shared = {path.stem: path.read_bytes() for path in (folder / preview.FOLDER).iterdir()}
    assert set(shared) == {*REPORT, "index"} and len(set(shared.values())) == len(shared)
    svg, alt = preview.leading(downloads.paths.BOOK / "reach.ipynb")
    assert (shared["reach"] == preview.picture("Reach", svg) != preview.picture("Reach.", svg)
            and alt.startswith(("Chart", "Table", "Dot")))
    assert tuple(int.from_bytes(shared["reach"][at : at + 4]) for at in (16, 20)) == preview.SIZE
    assert [preview.page(f"book/{name}") for name in ("since", "sheets-reach", "method")] == ["since", "reach", "index"]

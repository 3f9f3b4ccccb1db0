"""What is published beside the pages."""

import csv
import hashlib
import json
import zipfile

import jsonschema
import pytest
from evidence import publish, tables, wording
from evidence.figures import all_figures

BOOK = tables.load()
SCHEMA = json.loads((publish.paths.BOOK / "evidence" / "claims.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with everything published."""
    out = tmp_path_factory.mktemp("html")
    publish.write(out)
    return out


@pytest.fixture(scope="module")
def document(folder):
    """Return claims.json."""
    return json.loads((folder / "claims.json").read_text("utf-8"))


def test_claims_json_fits_its_schema(document):
    jsonschema.validate(document, SCHEMA)
    assert [c["id"] for c in document["claims"]] == list(BOOK["claims"].index)


@pytest.mark.parametrize(("key", "value"), [("state", "guessed"), ("kind", "hunch"), ("url", "elsewhere.html"), ("extra", 1)])
def test_schema_refuses_what_it_should(document, key, value):
    spoilt = json.loads(json.dumps(document))
    spoilt["claims"][0][key] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(spoilt, SCHEMA)


def test_forecasts_have_no_verdict_at_writing_and_events_none_since(document):
    for claim in document["claims"]:
        scope = BOOK["claims"].at[claim["id"], "scope"]
        if scope == "forecast":
            assert claim["at_writing"] is None
        if scope == "event":
            assert claim["since"] is None and claim["since_reason"] == "past event"
        assert (claim["since"] is None) == (claim["since_reason"] is not None)


def test_twelve_hundred_miles(document):
    claim = next(c for c in document["claims"] if c["slug"] == "twelve-hundred-miles")
    assert claim["stated"] == {"text": "targets 1,200 miles from the base", "low": 1200, "high": 1200, "unit": "mi"}
    assert claim["at_writing"]["verdict"] == "contradicted"
    assert claim["at_writing"]["flip"] == {"value": 1080.0, "unit": "mi", "text": "1,080 mi"}
    assert 600 < claim["at_writing"]["statistic"]["low"] < claim["at_writing"]["statistic"]["high"] < 700


def test_claims_csv_is_the_same_data(folder, document):
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len(document["claims"])
    for row, claim in zip(rows, document["claims"], strict=True):
        assert row["id"] == claim["id"]
        assert row["at_writing.verdict"] == (claim["at_writing"] or {"verdict": ""})["verdict"]


def test_every_figure_has_its_rows(folder):
    for name, figure in all_figures().items():
        rows = list(csv.DictReader((folder / "data" / f"{name}.csv").open(encoding="utf-8")))
        assert len(rows) == len(figure.frame(BOOK)) > 0


def test_published_descriptor_has_hash_and_bytes(folder):
    package = json.loads((folder / "data" / "datapackage.json").read_text("utf-8"))
    for entry in package["resources"]:
        raw = (folder / "data" / entry["path"]).read_bytes()
        assert entry["hash"] == "sha256:" + hashlib.sha256(raw).hexdigest() and entry["bytes"] == len(raw)


def contents(folder):
    """Yield the name and content of every published file, those inside archives too."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{path.name}/{name}", archive.read(name)) for name in archive.namelist())
        else:
            yield path.name, path.read_bytes()


def test_nothing_published_holds_the_article(folder):
    text = publish.paths.SEED.read_text("utf-8")
    passages = [text[start : start + 900].encode() for start in range(0, len(text) - 900, 300)]
    assert len(passages) > 20
    for name, content in contents(folder):
        assert not any(passage in content for passage in passages), name
        assert not name.endswith(publish.paths.SEED.name)


def test_archives_hold_what_a_rerun_needs(folder):
    names = [name for name, _ in contents(folder) if name.startswith("rerun.zip/")]
    for wanted in ("Makefile", "requirements.txt", "_config.yml", "book/index.ipynb", "data/claims.csv", "book/_ext/build.py", "seeds/ABSENT"):
        assert f"rerun.zip/kazakh-chinese-exchanges/{wanted}" in names
    assert not [name for name in names if "__pycache__" in name]


def test_archives_carry_no_clock(folder):
    with zipfile.ZipFile(folder / "data.zip") as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 24, 0, 0, 0)}
        assert [info.filename for info in archive.infolist()] == sorted(info.filename for info in archive.infolist())


def test_publishing_twice_gives_the_same_bytes(folder, tmp_path):
    publish.write(tmp_path)
    for path in folder.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / path.relative_to(folder)).read_bytes()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((606.4, 686.2, "mi"), "606 to 686 mi"),
        ((6, float("inf"), "exercises"), "at least 6 exercises"),
        ((0, float("inf"), "reports"), "0 or more reports"),
        ((1, 1, "facilities"), "1 facility"),
        ((2, 2, "rank"), "rank 2"),
        ((0.702, 0.702, "share"), "70.2%"),
        ((734898, 734898, "date"), "30 January 2013"),
        ((float("-inf"), 3, "km"), "at most 3 km"),
    ],
)
def test_intervals_in_words(args, words):
    assert wording.interval(*args).replace("\N{NO-BREAK SPACE}", " ") == words

"""Nothing is welded to one text: an invented article with five claims of its own goes through the
same ledger and engine. tests/fixture_article has its words, its data and its measures."""

import hashlib
import json
import shutil
import sys
from pathlib import Path

import pytest
from evidence import paths, tables
from evidence.checks import everything
from evidence.faults import Faults
from evidence.verdicts import examine

FIXTURE = Path(__file__).parent / "fixture_article"
LEDGER = ("units", "sources", "claims", "not_claims", "trigger_words", "specifications", "patches")
"""What every text has; the list of checkable words is that of the language, so the book's serves."""
sys.path.append(str(FIXTURE))
import ferry_measures  # noqa: E402


@pytest.fixture
def root(tmp_path):
    """Return a copy of the fixture with a descriptor: the book's ledger and one table of evidence."""
    shutil.copytree(FIXTURE, tmp_path, dirs_exist_ok=True)
    shutil.copy(paths.DATA / "trigger_words.csv", tmp_path / "data")
    package = json.loads(paths.PACKAGE.read_text("utf-8"))
    package["resources"] = [entry for entry in package["resources"] if entry["name"] in LEDGER]
    chapter = next(f for entry in package["resources"] for f in entry["schema"]["fields"] if f["name"] == "chapter")
    chapter["constraints"]["enum"] = ["lake"]
    package["resources"].append(json.loads((FIXTURE / "crossings.schema.json").read_text("utf-8")))
    (tmp_path / "data" / "datapackage.json").write_text(json.dumps(package), "utf-8")
    return tmp_path


def checked(root):
    """Return every fault of the invented article, as text."""
    seed = root / "seeds" / "ferries.txt"
    sha256 = hashlib.sha256(seed.read_bytes()).hexdigest()
    return [str(fault) for fault in everything.all_faults(root / "data", seed, sha256, ferry_measures)]


def spoil(root, file, old, new):
    """Change one place of one file; it has to be there."""
    path = root / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_its_verdicts_follow_from_its_own_rows(root):
    assert checked(root) == []
    book = tables.load(root / "data")
    judged = examine.judgements(book, ferry_measures)
    assert {key: judgement.verdict for key, judgement in judged.items()} == {
        ("C01", "writing"): "supported", ("C02", "writing"): "qualified", ("C03", "writing"): "contradicted",
        ("C04", "writing"): "untestable", ("C05", "since"): "unresolved",
    }
    assert judged["C03", "writing"].main.statistic.low == pytest.approx(171 / 412)
    assert judged["C01", "writing"].sources == ("S-PORT", "S-TOWN")
    assert set(book) <= {*LEDGER, "crossings"}, "a table of the book was read"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("seeds/ferries.txt", "Lake Orrin\n", "Lake Orrin in March\n", "a claim or a not_claims row around 'March'"),
        ("data/claims.csv", "1,Most of them carried freight,", "1,Most of them were late,", "row C03, column quote"),
        ("data/claims.csv", "freight,Most of them carried freight,", "freight,Most of them carried coal,",
         "row C03, column said"),
        ("data/claims.csv", "Crossings should exceed 500 in 2035.", "Crossings will exceed 500 in 2035.",
         "row C05, column context"),
        ("data/not_claims.csv", "two names", "three names", "row N01, column quote"),
        ("data/crossings.csv", "P-2031,2031,412,412,171,crossings,S-PORT,,yes",
         "P-2031,2031,412,412,171,crossings,S-PEER,,yes", "a key of sources"),
        ("data/specifications.csv", "The port's final count for 2035", "", "row C05.since-main, column closes"),
        ("data/specifications.csv", "ferries.freight", "reach.one_way", "row C03.main, column measure"),
        ("data/patches.csv", "high,814", "high,815", "row P1, column expect"),
    ],
)
def test_what_is_wrong_with_it_is_named(root, file, old, new, message):
    spoil(root, file, old, new)
    assert message in "\n".join(checked(root))


def test_the_invented_article_never_decides_by_itself(root):
    spoil(root, "data/specifications.csv", "C01,writing,main,ferries.crossings,source=S-PORT",
          "C01,writing,main,ferries.crossings,source=S-LAKE")
    judged = examine.judgements(tables.load(root / "data"), ferry_measures)
    assert judged["C01", "writing"].verdict == "unresolved" and judged["C01", "writing"].main.only_sibling


def test_without_its_own_measures_it_is_refused(root):
    with pytest.raises(Faults, match="a function in book/evidence/measures"):
        examine.judgements(tables.load(root / "data"))

"""README.md says what the evidence says, and its example does what it says."""

import re
import shutil

import pytest
from evidence import paths, tables
from evidence.publish import citation, readme
from evidence.verdicts import examine, what_if

TEXT = readme.README.read_text("utf-8")
EXAMPLE = re.search(r"In the row `(\S+)`, set `(\w+)` from (\S+) to (\S+), .*?Claim (C\d+) moves from (\w+) to (\w+)",
                    TEXT, re.S)


def test_what_is_generated_is_up_to_date():
    assert readme.rewritten(TEXT) == TEXT, "run make rerun"
    assert citation.bibtex() in TEXT


@pytest.mark.parametrize(("old", "new"),
                         [("| Contradicted |", "| Supported |"), ("606 to 686", "1,200"), ("@book{", "@misc{")])
def test_a_changed_part_is_noticed(old, new):
    spoilt = TEXT.replace(old, new, 1)
    assert spoilt != TEXT and readme.rewritten(spoilt) == TEXT


@pytest.mark.parametrize("name", readme.PARTS)
def test_lost_markers_are_noticed(name):
    with pytest.raises(ValueError, match=f"markers of its {name}"):
        readme.rewritten(TEXT.replace(f"<!-- end of {name} -->", ""))


def test_every_claim_contradicted_is_listed():
    found = {claim_id for (claim_id, _), judgement in examine.all_judgements().items()
             if judgement.verdict == "contradicted"}
    listed = set(re.findall(r"^\| (C\d+) \|", TEXT, re.M))
    assert found and listed == found | set(readme.HEADLINES)
    assert found <= set(readme.HEADLINES), "name it there, so that it stays in the table when its verdict moves"


def test_the_example_moves_the_verdict_as_it_says(tmp_path):
    spec_id, column, old, new, claim_id, before, after = EXAMPLE.groups()
    data = shutil.copytree(paths.DATA, tmp_path / "data")
    file = data / "specifications.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{spec_id},"))
    assert lines[at].count(f",{old},") == 1
    lines[at] = lines[at].replace(f",{old},", f",{new},")
    file.write_text("".join(lines), "utf-8")
    changed = examine.judgements(tables.load(data))[claim_id, "writing"]
    assert (examine.all_judgements()[claim_id, "writing"].verdict, changed.verdict) == (before, after)
    assert what_if.what_if(tables.load(), spec_id, **{column: new}).verdict == after
    assert {a.outcome for a in changed.alternatives} == {"fail"} and changed.main.outcome == "pass", (
        "README says that the other readings still fail, which they do not any more: change its sentence and this line")
    book = tables.load(data)
    (row,) = [line for line in readme.findings(book, examine.judgements(book)).splitlines()
              if line.startswith(f"| {claim_id} |")]
    assert row.endswith(f"| {after.capitalize()} |  |"), "a claim that moves stays in the table"
    (said,) = re.findall(r"ends with the line `(.*?)`", TEXT)
    assert readme.moved(examine.judgements(book)) == [said] and readme.moved(examine.all_judgements()) == []


def test_every_make_target_and_file_named_exists():
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (paths.ROOT / name).read_text("utf-8")
        targets = set(re.findall(r"^([a-z-]+):", (paths.ROOT / "Makefile").read_text("utf-8"), re.M))
        assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.M)) <= targets
        files = set(re.findall(r"`((?:book|data|tests|seeds)/[\w/.-]*|[A-Z]\w+\.(?:md|cff))`", text))
        assert files and [f for f in files if not (paths.ROOT / f).exists()] == []

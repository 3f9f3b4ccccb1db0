"""The workbench changes one choice, by the rules of the book, and nothing else."""

import nbformat
import pytest
from evidence import paths, tables
from evidence.faults import Fault, Faults
from evidence.verdicts import examine, what_if, wording
from nbclient import NotebookClient

BOOK, JUDGED = tables.load(), examine.all_judgements()


@pytest.mark.parametrize("key", [k for k, j in JUDGED.items() if j.main.spec.measure][::6], ids="-".join)
def test_no_change_gives_the_verdict_of_the_book(key):
    judgement = JUDGED[key]
    again = what_if.what_if(BOOK, judgement.main.spec.spec_id)
    assert again == judgement and again is not judgement


@pytest.mark.parametrize(
    ("spec_id", "tense", "cells", "before", "after"),
    [
        ("C73.main", "writing", {"low": 600}, "contradicted", "qualified"),
        ("C46.alt-china", "writing", {"role": "main"}, "qualified", "mixed"),
        ("C39.since-main", "since", {"params": "view=partners; flow=total"}, "mixed", "qualified"),
        ("C42.main", "writing", {"period_start": 2008}, "qualified", "contradicted"),
        ("C42.main", "writing", {"quorum": 1}, "qualified", "contradicted"),
    ],
)
def test_a_changed_choice_moves_the_verdict(spec_id, tense, cells, before, after):
    claim_id = spec_id.partition(".")[0]
    changed = what_if.what_if(BOOK, spec_id, **cells)
    assert (JUDGED[claim_id, tense].verdict, changed.verdict) == (before, after)
    assert examine.Judged(BOOK)[claim_id, tense].verdict == before, "the book's own tables were touched"
    now, then = ([result.spec.spec_id for result in (made.main, *made.alternatives)]
                 for made in (changed, JUDGED[claim_id, tense]))
    assert now[0] == spec_id and sorted(now) == sorted(then), "a new main reading changes places with the old"
    rows = what_if.compared(JUDGED[claim_id, tense], changed).set_index("What")
    assert list(rows.loc["Verdict"]) == [wording.VERDICT[before], wording.VERDICT[after]]
    assert ("changed:" in rows.loc["Main reading", "Changed"]) == ("role" not in cells)


@pytest.mark.parametrize(
    ("spec_id", "cells", "error", "message"),
    [
        ("C73.none", {}, LookupError, "no row 'C73.none'"),
        ("C73.main", {"lower": 600}, LookupError, "no column lower"),
        ("C73.main", {"low": 2000}, Faults, "low 2000.0 is above high 1320.0"),
        ("C73.main", {"low": "abc"}, Fault, "row C73.main, column low: expected a cell of the form .* found 'abc'"),
        ("C42.main", {"period_start": "2008x"}, Fault, "column period_start: .* found '2008x'"),
        ("C42.main", {"quorum": 2}, Fault, "column quorum: expected a number from 0 to 1, found 2"),
        ("C42.main", {"test": "around"}, Fault, "column test: expected one of within, at_least"),
        ("C73.main", {"period_start": 1908}, Faults, "reach.one_way does not take start; it takes departures, targets"),
        ("C24.main", {"low": "2012"}, Fault, "row C24.main, column low: expected an ISO date, found '2012'"),
        ("C73.main", {"low": "1000-01-01", "high": "2013-01-15"}, Fault,
         "row C73.main, column low: expected a number, in the unit mi"),
        ("C18.main", {"high": "9999-12-31"}, Faults, "column test: .* found no day on either side of 9999-12-31"),
        ("C42.main", {"test": "within", "low": 0, "high": 1}, Fault, "column test: .* a series takes a one-sided test"),
        ("C42.main", {"period_start": "2024"}, Faults, "expected a period that ends no earlier than it begins"),
        ("C73.main", {"params": "departures=mars; targets=otar; unit=mi"}, Fault, "no verified place or area 'mars'"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(spec_id, cells, error, message):
    with pytest.raises(error, match=message):
        what_if.what_if(BOOK, spec_id, **cells)


def test_an_empty_quorum_asks_for_every_item_as_in_the_table():
    assert what_if.what_if(BOOK, "C42.main", quorum="").main.spec.criterion.quorum == 1
    assert what_if.what_if(BOOK, "C42.main", quorum="0.5").main.spec.criterion.quorum == 0.5


def test_a_cell_is_held_to_the_package_of_its_own_tables(tmp_path):
    words = (paths.DATA / "datapackage.json").read_text("utf-8")
    (tmp_path / "datapackage.json").write_text(words.replace('"at_most", "none"]', '"at_most"]'), "utf-8")
    assert what_if.what_if(BOOK, "C73.main", test="at_most", low="").main.outcome == "pass"
    other = tables.Tables(BOOK)
    other.folder = tmp_path
    with pytest.raises(Fault, match="column test: expected one of within, at_least, above, at_most, found 'none'"):
        what_if.what_if(other, "C73.main", test="none")


def test_a_wrong_parameter_is_the_one_fault_and_is_told_with_those_that_are_right():
    with pytest.raises(Faults, match=r"economy\.rank does not take views; it takes .*view") as caught:
        what_if.what_if(BOOK, "C39.since-main", params="views=partners; flow=total")
    assert len(caught.value.faults) == 1


def test_the_choices_behind_a_claim():
    """They are the cells that can be changed, of every row of the claim; an unknown row has a word of its own."""
    rows = what_if.choices(BOOK, "C42.main")
    assert set(what_if.CHOICES) - set(rows.columns) <= {"low"} and rows.loc["C42.main", "quorum"] == "0.5"
    assert "quorum" not in what_if.choices(BOOK, "C73.main"), "nothing in any of its rows"
    assert {"C42.main", "C42.since-main"} < set(rows.index)
    with pytest.raises(LookupError, match=r"no row 'C99\.main'"):
        what_if.choices(BOOK, "C99.main")


@pytest.mark.parametrize(("low", "verdict"), [(600, "Qualified"), (700, "Contradicted")])
def test_papermill_can_set_the_choice_from_any_folder(tmp_path, low, verdict):
    """It puts a cell of its own after that with the tag `parameters`, and runs the notebook in
    the folder it was called in."""
    notebook = nbformat.read(paths.BOOK / "workbench.ipynb", as_version=4)
    (at,) = [i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", ())]
    notebook.cells.insert(at + 1, nbformat.v4.new_code_cell(f'cells = {{"low": {low}}}'))
    notebook.cells = notebook.cells[: at + 5]
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert f"| Verdict | Contradicted | {verdict} |" in notebook.cells[-1].outputs[-1].data["text/markdown"]

"""Each number that the prose pastes, computed again from the shipped rows with nothing but the
csv module, and compared with the one stored in the notebooks."""

import ast
import json
import re

import pytest
from plain import AGAIN, BY_KEYS, LEFT_OUT, ROOT, close, judged, leaning, spoil, where

NOTEBOOKS = [json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "book").glob("*.ipynb"))]


def glued(notebooks=NOTEBOOKS):
    """Return what each notebook stored for its prose, by key."""
    outputs = [out for book in notebooks for cell in book["cells"]
               for out in cell.get("outputs", ()) if "scrapbook" in out.get("metadata", {})]
    return {out["metadata"]["scrapbook"]["name"]: ast.literal_eval("".join(*out["data"].values())) for out in outputs}


GLUED = glued()


def agree(stored, again, key=""):
    """Return whether two values are the same, within what the key allows."""
    if isinstance(stored, str) or isinstance(again, str):
        return stored == again
    sphere = key in ("front.low", "front.high", "front.part") or (key.startswith("c73.") and key != "c73.margin")
    return close(stored, again, sphere)


def unlisted(keys):
    """Return the keys that are on neither list or on both, and the names that are no key."""
    return {*keys} ^ {*AGAIN} ^ {*LEFT_OUT}


@pytest.mark.parametrize("key", AGAIN)
def test_number_in_the_prose_is_found_again(key):
    assert agree(GLUED[key], AGAIN[key](), key)


def test_every_number_in_the_prose_is_on_one_list():
    assert unlisted(GLUED) == set()
    assert sum(len(keys.split()) for keys in BY_KEYS) == len(AGAIN), "a key stands in two rows"
    assert all(len(reason.split()) > 4 for reason in LEFT_OUT.values())


def test_a_new_number_on_no_list_and_one_on_both_are_noticed(monkeypatch):
    assert unlisted({**GLUED, "c99.new": 1}) == {"c99.new"}
    assert unlisted({key: 1 for key in GLUED if key != "c31.both"}) == {"c31.both"}
    monkeypatch.setitem(LEFT_OUT, "c31.both", "a key that the other list has too")
    assert unlisted(GLUED) == {"c31.both"}


@pytest.mark.parametrize("key", AGAIN)
def test_a_number_that_is_off_is_noticed(key):
    stored = GLUED[key]
    wrong = f"{stored}?" if isinstance(stored, str) else stored * 1.02 + 0.02
    assert not agree(wrong, AGAIN[key](), key)


@pytest.mark.parametrize(
    ("key", "table", "column"),
    [("c56.share", "arms", "tiv"), ("c46.surplus", "energy", "value"), ("c31.both", "exercises", "china"),
     ("c38.share_2012", "china_trade", "imports")],
)
def test_a_changed_row_is_noticed(monkeypatch, key, table, column):
    spoil(monkeypatch, table, column, half=1)
    assert not agree(GLUED[key], AGAIN[key](), key)


def test_the_thesis_names_the_conclusions_that_lean_on_what_fell():
    (text,) = [t for book in NOTEBOOKS for c in book["cells"]
               if "<!--c03.leaning-->" in (t := "".join(c["source"])) and c["cell_type"] == "markdown"]
    sentence = text[text.index("<!--c03.leaning-->") : text.index("Both can do without")]
    fallen = {claim_id for (claim_id, tense), row in judged().items()
              if (tense, row["verdict"]) == ("writing", "contradicted")}
    offered = {r["premise"] for r in where("argument", relation="supports")}
    assert set(re.findall(r"\[(C\d+)\]", sentence)) == {*leaning("contradicted"), *(fallen & offered)}

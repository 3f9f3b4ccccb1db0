"""Which notebook was executed because of what: the build's record of the files each one read."""

import json

import pytest
from evidence import paths
from execute import is_current

EXECUTED = paths.BUILD / "executed"
READ = {p.name.partition(".")[0]: json.loads(p.read_text("utf-8"))["files"] for p in (EXECUTED / "book").glob("*.manifest.json")}


def test_every_notebook_has_a_record():
    assert set(READ) == {path.stem for path in paths.BOOK.glob("*.ipynb")}


@pytest.mark.parametrize(
    ("table", "readers", "others"),
    [
        ("arms", {"russia", "thesis", "outlook", "index"}, {"exercises", "training", "reach", "economy"}),
        ("places", {"reach", "index"}, {"russia", "economy", "contacts"}),
        ("exercises", {"exercises"}, {"reach", "economy"}),
    ],
)
def test_a_table_concerns_those_who_read_it(table, readers, others):
    concerned = {name for name, files in READ.items() if f"data/{table}.csv" in files}
    assert readers <= concerned and not others & concerned


def test_modules_lock_style_and_the_notebook_itself_are_in_every_record():
    for name, files in READ.items():
        assert {f"book/{name}.ipynb", "book/evidence/style.py", "book/evidence/verdicts.py", "requirements.txt", "book/_ext/execute.py"} <= set(files), name
        assert not [file for file in files if file.startswith(("_build", ".venv"))]


def test_a_page_that_lists_all_notebooks_depends_on_all():
    assert {f"book/{name}.ipynb" for name in READ} <= set(READ["reproduce"])


@pytest.mark.parametrize("spoilt", ["source", "record", "output"])
def test_anything_that_changed_makes_a_notebook_stale(tmp_path, spoilt):
    for name, text in (("a.csv", "1"), ("a.ipynb", "output")):
        (tmp_path / name).write_text(text)
    manifest = tmp_path / "a.manifest.json"
    original = json.loads((EXECUTED / "book" / "reach.manifest.json").read_text("utf-8"))
    from execute import digests

    found = {"python": original["python"], "output": digests(tmp_path, ["a.ipynb"])["a.ipynb"], "files": digests(tmp_path, ["a.csv", "gone.csv"])}
    manifest.write_text(json.dumps(found))
    assert is_current(tmp_path, manifest, tmp_path / "a.ipynb")
    if spoilt == "source":
        (tmp_path / "a.csv").write_text("2")
    elif spoilt == "record":
        (tmp_path / "gone.csv").write_text("back")
    else:
        (tmp_path / "a.ipynb").write_text("another output")
    assert not is_current(tmp_path, manifest, tmp_path / "a.ipynb")

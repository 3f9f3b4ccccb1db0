"""Which notebook was executed because of what: the build's record of the files each one read."""

import json
import signal
import sys

import kernels
import nbformat
import pytest
from evidence import paths
from notebooks import STARTS, NotebookFailed, code_of, digests, execute, executing, is_current

EXECUTED = paths.BUILD / "executed"
RECORDS = {p.name.partition(".")[0]: json.loads(p.read_text("utf-8")) for p in (EXECUTED / "book").glob("*.manifest.json")}
READ = {name: record["files"] for name, record in RECORDS.items()}


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


def test_modules_lock_style_and_the_code_itself_are_in_every_record():
    for name, files in READ.items():
        assert RECORDS[name]["code"] == code_of(paths.BOOK / f"{name}.ipynb")
        assert {"book/evidence/charts/style.py", "book/evidence/verdicts/rules.py", "requirements.txt", "book/making/notebooks.py"} <= set(files), name
        assert not [file for file in files if file.startswith(("_build", ".venv"))]


def test_a_page_that_lists_all_notebooks_depends_on_all():
    assert {f"book/{name}.ipynb" for name in READ} <= set(READ["reproduce"])


@pytest.mark.parametrize("spoilt", ["source", "record", "output", "code"])
def test_anything_that_changed_makes_a_notebook_stale(tmp_path, spoilt):
    for name, text in (("a.csv", "1"), ("a.out", "output")):
        (tmp_path / name).write_text(text)
    manifest = tmp_path / "a.manifest.json"
    found = {"code": "1", "output": digests(tmp_path, ["a.out"])["a.out"], "files": digests(tmp_path, ["a.csv", "gone.csv"])}
    manifest.write_text(json.dumps(found | {"python": sys.version}))
    assert is_current(tmp_path, manifest, tmp_path / "a.out", "1")
    if spoilt == "source":
        (tmp_path / "a.csv").write_text("2")
    elif spoilt == "record":
        (tmp_path / "gone.csv").write_text("back")
    elif spoilt == "output":
        (tmp_path / "a.out").write_text("another output")
    assert not is_current(tmp_path, manifest, tmp_path / "a.out", "2" if spoilt == "code" else "1")


def test_one_notebook_depends_on_the_code_of_another_and_not_on_its_prose(tmp_path):
    def digest(code, prose):
        write_notebook(tmp_path / "a.ipynb", code, prose)
        return digests(tmp_path, ["a.ipynb"])["a.ipynb"]

    assert digest("1", "One.") == digest("1", "Two.") != digest("2", "Two.")


def test_a_forked_kernel_gives_what_a_fresh_one_gives():
    path = paths.BOOK / "reach.ipynb"
    with kernels.source() as source:
        if source is None:
            pytest.skip("kernels are forked on Linux only")
        forked = execute(path, source=source)
    assert forked == execute(path)
    assert sum("image/svg+xml" in output.get("data", {}) for cell in forked.cells for output in cell.get("outputs", [])) == 2


class Failing(kernels.Source):
    """A source whose first kernels are dead when they are made."""

    def __init__(self, dead):
        super().__init__()
        self.dead = dead

    def fork(self, *command):
        kernel = super().fork(*command)
        if self.dead:
            self.dead -= 1
            kernel.send_signal(signal.SIGKILL)
        return kernel


@pytest.mark.skipif(not kernels.SHARED, reason="kernels are forked on Linux only")
@pytest.mark.parametrize("dead", [2, 3])
def test_a_kernel_that_does_not_start_is_tried_again(tmp_path, monkeypatch, dead):
    write_notebook(tmp_path / "a.ipynb", "print(6 * 7)")
    monkeypatch.setattr(kernels, "Source", lambda: Failing(dead))
    with kernels.source() as source:
        if dead < STARTS:
            assert execute(tmp_path / "a.ipynb", source=source).cells[1].outputs[0].text == "42\n"
        else:
            with pytest.raises(NotebookFailed, match=r"a\.ipynb: Kernel died"):
                execute(tmp_path / "a.ipynb", source=source)


@pytest.mark.parametrize("forked", [True, False])
def test_a_kernel_that_dies_is_named_and_not_tried_again(tmp_path, forked):
    write_notebook(tmp_path / "a.ipynb", "import os; open('ran', 'a').write('x'); os._exit(3)")
    with kernels.source() as source, pytest.raises(NotebookFailed, match=r"a\.ipynb: Kernel died"):
        execute(tmp_path / "a.ipynb", source=source if forked else None)
    assert (tmp_path / "ran").read_text() == "x"


def write_notebook(path, code, prose="Some prose."):
    """Write a notebook of one text cell and one code cell."""
    cells = [nbformat.v4.new_markdown_cell(prose, id="text"), nbformat.v4.new_code_cell(code, id="code")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def test_only_what_depends_on_a_change_is_executed_and_nothing_stale_is_kept(tmp_path):
    book, table = tmp_path / "book", tmp_path / "data" / "table.csv"
    book.mkdir()
    (tmp_path / "_build").mkdir()
    table.parent.mkdir()
    table.write_text("1")
    (book / "style.py").write_text("COLOUR = 'blue'")
    (book / "helper.py").write_text("import style\ndef value():\n    return open('../data/table.csv').read() + style.COLOUR")
    (tmp_path / "requirements.txt").write_text("a==1")
    write_notebook(book / "reader.ipynb", "import helper\nprint(helper.value())")
    write_notebook(book / "other.ipynb", "print('alone')")

    def build():
        with executing(sorted(book.glob("*.ipynb")), tmp_path, tmp_path / "_build") as executed:
            names = set(executed())
        text, code = nbformat.read(tmp_path / "_build" / "book" / "reader.ipynb", as_version=4).cells
        return names, text.source, code.outputs[0].text.strip()

    assert build() == ({"reader", "other"}, "Some prose.", "1blue")
    assert build() == (set(), "Some prose.", "1blue")
    table.write_text("2")
    assert build() == ({"reader"}, "Some prose.", "2blue")
    (book / "style.py").write_text("COLOUR = 'vermilion'")
    assert build() == ({"reader"}, "Some prose.", "2vermilion")
    (book / "helper.py").write_text("def value():\n    return 'three'")
    assert build() == ({"reader"}, "Some prose.", "three")
    (tmp_path / "requirements.txt").write_text("a==2")
    assert build() == ({"reader", "other"}, "Some prose.", "three")
    write_notebook(book / "reader.ipynb", "import helper\nprint(helper.value())", "Other prose.")
    assert build() == (set(), "Other prose.", "three")
    write_notebook(book / "reader.ipynb", "print('four')", "Other prose.")
    assert build() == ({"reader"}, "Other prose.", "four")

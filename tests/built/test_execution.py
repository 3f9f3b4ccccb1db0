"""Notebooks run in forks: which because of what, by the build's record of the files each one read; what a cell shows is
what a kernel would store; and what goes wrong is said in one line."""

import json
import os
import re
import subprocess
import sys

import nbformat
import notebooks
import pytest
from evidence import paths
from nbclient import NotebookClient

EXECUTED = paths.BUILD / "executed"
RECORDS = {p.name.partition(".")[0]: json.loads(p.read_text("utf-8"))
           for p in (EXECUTED / "book").glob("*.manifest.json")}
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


ALL = {"book/evidence/charts/style.py", "book/evidence/verdicts/rules.py", "book/evidence/paths.py", "requirements.txt",
       "book/making/notebooks.py"}


def test_modules_lock_style_and_the_code_itself_are_in_every_record():
    for name, files in READ.items():
        assert RECORDS[name]["code"] == notebooks.sha256(paths.BOOK / f"{name}.ipynb", "source", "metadata")
        assert set(files) >= ALL, name
        assert not [file for file in files if file.startswith(("_build", ".venv", "/", ".."))]


def test_a_page_that_lists_all_notebooks_depends_on_all():
    assert {f"book/{name}.ipynb" for name in READ} <= set(READ["reproduce"])


def write_notebook(path, *code, prose="Some prose."):
    """Write a notebook of one text cell and some code cells; return its path."""
    cells = [nbformat.v4.new_markdown_cell(prose, id="text")]
    cells += [nbformat.v4.new_code_cell(one, id=f"code-{number}") for number, one in enumerate(code)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def run(path, to):
    """Return a notebook as it is after a run in a fork, which writes it to a file."""
    assert [one for one, _ in notebooks.run({path: to}, paths.ROOT)] == [path]
    return nbformat.read(to, as_version=4)


def by_kernel(path):
    """Return a notebook as a kernel gives it; what is printed piece by piece is joined."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name="python3", record_timing=False,
                   resources={"metadata": {"path": str(path.parent)}}).execute()
    for cell in notebook.cells:
        joined = []
        for output in cell.get("outputs", []):
            if joined and output.get("name") == joined[-1].get("name") is not None:
                joined[-1].text += output.text
            else:
                joined.append(output)
        if cell.cell_type == "code":
            cell.outputs = joined
    notebook.metadata = {"kernelspec": notebooks.KERNEL, "language_info": {"name": "python"}}
    return notebook


SHOWN = (
    "import os, sys\nprint('one')\nprint('two', end='')\nprint('three')\n'the value'",
    "'nothing is shown';",
    "from IPython.display import HTML, Image, Markdown, clear_output, display\n"
    "print('before')\ndisplay(Markdown('*a*'), metadata={'exhibit': {'name': 'x'}})\nprint('after')\nHTML('<b>b</b>')",
    "handle = display('first', display_id='a')\nother = display('other', display_id=True)\nhandle.update('second')",
    "handle.update('third')\nprint('changed above')",
    "print('gone')\nclear_output()\nprint('stays')",
    "print('stays until more is shown')\nclear_output(wait=True)",
    "print('gone too')\nclear_output(wait=True)\ndisplay({'text/plain': 'raw', 'image/png': b'png'}, raw=True)",
    "import pandas\npandas.DataFrame({'a': [1.5]})",
    "from matplotlib import pyplot\nfigure, axes = pyplot.subplots(figsize=(1, 1))\naxes.plot([1, 2])\nprint('drawn')",
    "_9 is Out[9], Out[9].iloc[0, 0], In[2]",
    "   ",
    "async def later():\n    return 6 * 7\nawait later()",
    "import time\nos.system('echo from a program')\ntime.sleep(1)",
    "%precision 2\n3.14159",
    "from myst_nb import glue\nglue('key', 606.4)",
    "import numbers\nclass Bad:\n    def _repr_html_(self):\n        return '<i>c</i>'\nBad()",
    "__name__, '' in sys.path, os.getcwd() == os.path.dirname(os.path.abspath('kernel.ipynb')), sys.stdin.isatty()",
)
"""Cells that show something in each way there is."""


def test_a_fork_stores_what_a_kernel_does(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # a kernel that sees it does not look at descriptors
    path = write_notebook(tmp_path / "kernel.ipynb", *SHOWN)
    forked, kernel = run(path, tmp_path / "out.ipynb"), by_kernel(path)
    for one, other in zip(forked.cells, kernel.cells, strict=True):
        hide = r"0x[0-9a-f]+|\\?\"display_id.*"  # where an object happens to be
        assert (re.sub(hide, "", json.dumps(one, sort_keys=True))
                == re.sub(hide, "", json.dumps(other, sort_keys=True))), one.source
    assert sum(len(cell.outputs) for cell in forked.cells[1:]) > 20


def test_a_chapter_is_stored_as_by_a_kernel(tmp_path):
    path = paths.BOOK / "reach.ipynb"
    assert run(path, tmp_path / "out.ipynb") == by_kernel(path)


FIRST = """
import sys
from pathlib import Path
sys.path.insert(0, "book/making")
import notebooks
list(notebooks.run({Path(sys.argv[1]): Path(sys.argv[2])}, Path()))
"""


def test_what_matplotlib_says_of_its_fonts_is_no_output_of_a_cell(tmp_path):
    """On a new machine matplotlib lists the fonts and says so where that takes long, as it does on macOS."""
    lister = tmp_path / "fc-list"
    lister.write_text('#!/bin/sh\ncase "$*" in *--help*) echo --format; exit 0;; esac\nsleep 7\n')
    lister.chmod(0o755)
    path = write_notebook(tmp_path / "a.ipynb", "from matplotlib import pyplot\npyplot.plot([1, 2])\npyplot.show()")
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "MPLCONFIGDIR": str(tmp_path / "new")}
    command = [sys.executable, "-c", FIRST, str(path), str(tmp_path / "out.ipynb")]
    done = subprocess.run(command, cwd=paths.ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "building the font cache" in done.stderr
    (drawing,) = nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[1].outputs
    assert "image/png" in drawing.data


FAILING = {
    "raises": ("1 / 0", "cell 2: ZeroDivisionError: division by zero"),
    "raises in words of two lines": ("raise ValueError('one\\n  two')", "cell 2: ValueError: one two"),
    "is no Python": ("1 +", "cell 2: SyntaxError: invalid syntax"),
    "leaves": ("import sys; sys.exit(3)", "cell 2: SystemExit: 3"),
    "is interrupted": ("raise KeyboardInterrupt", "cell 2: KeyboardInterrupt"),
    "cannot show its value": ("class Bad:\n    def _repr_html_(self):\n        raise OSError('no HTML')\nBad()",
                              "cell 2: OSError: no HTML"),
    "cannot draw": ("from matplotlib import pyplot\npyplot.title('$\\\\none$')", "cell 2: ValueError: "),
    "warns": ("import sys\nsys.stderr.write('slow\\n')", "cell 2: writes to stderr, which no page shows: slow"),
    "asks": ("input('?')", "cell 2: "),
    "ends its process": ("import os; os._exit(3)", "cell 2: its process ended itself with status 3"),
    "ends its process and says that all is well": ("import os; os._exit(0)",
                                                   "cell 2: its process ended itself with status 0"),
    "is killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
                  "cell 2: its process was ended by SIGKILL"),
    "takes too long": ("while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n"
                       "        pass", "cell 2: took longer than 4 s"),
}


@pytest.mark.parametrize("name", FAILING)
def test_a_cell_that_fails_is_named_in_one_line_and_the_others_end(tmp_path, monkeypatch, name):
    code, message = FAILING[name]
    monkeypatch.setattr(notebooks, "TIMEOUT_S", 4)
    bad = write_notebook(tmp_path / "bad.ipynb", "open('ran', 'a').write('x')", code)
    slow = write_notebook(tmp_path / "slow.ipynb", "import os, time; open('pid', 'w').write(str(os.getpid()))",
                          *["time.sleep(1)"] * 20)
    with pytest.raises(SystemExit) as failed:
        list(notebooks.run({slow: tmp_path / "slow.out", bad: tmp_path / "bad.out"}, tmp_path))
    assert str(failed.value).startswith(f"bad.ipynb: {message}") and "\n" not in str(failed.value)
    assert ((tmp_path / "ran").read_text() == "x" and not (tmp_path / "bad.out").exists()
            and not (tmp_path / "slow.out").exists())
    if pid := (tmp_path / "pid").read_text() if (tmp_path / "pid").exists() else "":
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


def test_one_notebook_depends_on_code_and_outputs_of_another_and_not_on_its_prose(tmp_path):
    path = tmp_path / "a.ipynb"

    def digest(code, prose, shown=()):
        write_notebook(path, code, prose=prose)
        notebook = nbformat.read(path, as_version=4)
        notebook.cells[1].outputs = list(shown)
        nbformat.write(notebook, path)
        return notebooks.made_of(tmp_path, path, path, ["a.ipynb"])["files"]["a.ipynb"]

    first = digest("1", "One.")
    assert first == digest("1", "Two.") != digest("2", "Two.")
    assert first != digest("1", "One.", [nbformat.v4.new_output("stream", text="one")])


def test_only_what_depends_on_a_change_is_executed_and_nothing_stale_is_kept(tmp_path, monkeypatch):
    book, table = tmp_path / "book", tmp_path / "data" / "table.csv"
    book.mkdir()
    table.parent.mkdir()
    table.write_text("1")
    (book / "style.py").write_text("COLOUR = 'blue'")
    (book / "helper.py").write_text(
        "import style\ndef value():\n    return open('../data/table.csv').read() + style.COLOUR")
    (tmp_path / "requirements.txt").write_text("a==1")
    write_notebook(book / "reader.ipynb", "import helper\nprint(helper.value())")
    write_notebook(book / "other.ipynb", "print('alone')")

    def build():
        names = set(notebooks.bring_up_to_date(tmp_path, sorted(book.glob("*.ipynb")), tmp_path / "_build"))
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
    write_notebook(book / "reader.ipynb", "import helper\nprint(helper.value())", prose="Other prose.")
    assert build() == (set(), "Other prose.", "three")
    write_notebook(book / "reader.ipynb", "print('four')", prose="Other prose.")
    assert build() == ({"reader"}, "Other prose.", "four")
    (tmp_path / "_build" / "book" / "reader.ipynb").write_text("{}")
    assert build() == ({"reader"}, "Other prose.", "four")
    (tmp_path / "requirements.txt").unlink()
    assert build() == ({"reader", "other"}, "Other prose.", "four")
    monkeypatch.setattr(notebooks.watch, "installed", lambda: "another Python")
    assert build() == ({"reader", "other"}, "Other prose.", "four")
    assert build() == (set(), "Other prose.", "four")

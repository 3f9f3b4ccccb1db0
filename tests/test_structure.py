"""How the code is put together: layers of modules, no long function, a docstring for each module and
each public function."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import bench
import pytest
from evidence import paths

FILES = sorted([*(paths.BOOK / "evidence").rglob("*.py"), *(paths.BOOK / "_ext").rglob("*.py"),
                *(paths.BOOK / "making").rglob("*.py")])
LONGEST = 40
"""Lines of a function, its docstring and blank lines left out."""
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def long_functions(source):
    """Return the functions of some code with more than LONGEST lines of their own."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = source.splitlines()[body[0].lineno - 1 : node.end_lineno] if body else []
            if sum(bool(line.strip()) for line in lines) > LONGEST:
                found.append(node.name)
    return found


def undocumented(source):
    """Return the module, if it has no docstring, and the public functions and classes that have none."""
    tree = ast.parse(source)
    found = [] if ast.get_docstring(tree) else ["the module"]
    kinds = (ast.FunctionDef, ast.ClassDef)
    return found + [n.name for n in tree.body if isinstance(n, kinds) and not n.name.startswith("_")
                    and not ast.get_docstring(n)]


def imports_out_of_order(book):
    """Return what import-linter says of the layers of a copy of book/, "" where it finds nothing."""
    command = [sys.executable, "-c", LINT, "--no-cache", paths.ROOT / "pyproject.toml"]
    done = subprocess.run(command, cwd=book, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode else ""


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("measures/reach.py", "", ""),
        ("measures/reach.py", "from ..publish import citation", "evidence.measures.reach -> evidence.publish.citation"),
        ("measures/russia.py", "from . import outlook", "No cycles are allowed in evidence.measures."),
        ("astray.py", "", "evidence.astray"),
    ],
)
def test_an_import_that_goes_up_or_round_is_noticed(tmp_path, file, line, said):
    shutil.copytree(paths.BOOK / "evidence", tmp_path / "evidence", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "evidence" / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    found = imports_out_of_order(tmp_path)
    assert said in found and bool(said) == bool(found), found


@pytest.mark.parametrize("path", FILES, ids=lambda path: Path(path).relative_to(paths.BOOK).as_posix())
def test_functions_are_short_and_documented(path):
    source = path.read_text("utf-8")
    assert long_functions(source) == [] and undocumented(source) == []


def test_a_long_or_silent_function_is_noticed():
    assert long_functions("def f():\n" + "    a = 1\n" * (LONGEST + 1)) == ["f"]
    assert long_functions('def f():\n    """Words."""\n' + "    a = 1\n\n" * LONGEST) == []
    assert undocumented("def f():\n    pass\n\n\ndef _g():\n    pass\n") == ["the module", "f"]


def test_what_the_bench_times_is_what_make_book_runs():
    makefile = (paths.ROOT / "Makefile").read_text("utf-8")
    words = dict(re.findall(r"^(VENV|PY) := (.*)", makefile, re.M))
    recipe = re.search(r"^book: .*\n\t@(.*)", makefile, re.M)[1]
    run = recipe.replace("$(PY)", words["PY"]).replace("$(VENV)", words["VENV"])
    assert tuple(run.split()) == bench.OURS

"""What a command of the book sees: the files that are listed and no others, bytecode of what the sources hold now, an
environment of its own, what the lock names, and this machine alone."""

import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import watch
from evidence import paths

STRAYS = (
    "data/.~lock.claims.csv#", "data/.DS_Store", "data/._claims.csv", "data/claims.csv~", "data/claims (copy).csv",
    "data/notes.txt", "book/.env", "book/.virtual_documents/reach.ipynb", "book/Untitled.ipynb", "book/index.md",
    "book/README.md", "book/matplotlibrc", "book/evidence/._rules.py", "book/evidence/rules.py.orig",
    "book/evidence/.rules.py.swp", "book/evidence/old/page.ipynb",
    "book/evidence/__pycache__/rules.cpython-311.pyc", "book/evidence/rules.pyc", "docutils.conf",
    "matplotlibrc", "notes.md", "tests/.x.py", "tests/web/node_modules/x/index.js",
)
"""Files that programs, editors and readers leave beside the book's own."""


def git(folder, *words):
    """Run git in a folder with a name and nothing else of its user's."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    own = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
    return subprocess.run(["git", *own, *words], cwd=folder, env=environment, capture_output=True, text=True,
                          check=True).stdout


def put(folder, *names):
    """Write files that hold their own names."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


@pytest.fixture
def project(tmp_path):
    """Return a small book: two pages, a table, modules, a font's licence and the lists of them."""
    folder = tmp_path / "project"
    put(folder, *BOOK)
    shutil.copy(paths.BOOK / "evidence" / "paths.py", folder / "book" / "evidence")
    (folder / "book" / "evidence" / "rules.py").write_text("word = 'old'\n")
    (folder / "book" / "evidence" / "__init__.py").write_text("")
    toc = "root: book/index\nparts:\n  - chapters:\n      - file: 'book/words'\n      - file: book/gone\n"
    (folder / "_toc.yml").write_text(toc)
    package = {"resources": [{"path": "claims.csv"}, {"path": "gone.csv"}, {"path": "../x.csv"}]}
    (folder / "data" / "datapackage.json").write_text(json.dumps(package))
    return folder


BOOK = {
    "README.md", "_toc.yml", "tests/pins.in", "book/evidence/__init__.py", "book/evidence/paths.py",
    "book/evidence/rules.py", "book/fonts/LICENSE_X", "book/index.ipynb", "book/words.md",
    "data/LICENSES.md", "data/claims.csv", "data/datapackage.json", "seeds/README.md", "seeds/article.txt",
}
"""The files of the small book."""


@pytest.mark.parametrize("added", [[], ["README.md"]])
def test_git_that_was_told_of_nothing_leaves_nothing_out(project, added):
    git(project, "init", "-q")
    git(project, "add", "--", *added)
    left = watch.listed(project)[1]
    assert ("book/evidence/rules.py" in left) == bool(added) and watch.tracked(project) == {*added}


@pytest.mark.parametrize("versioned", [True, False])
def test_only_files_that_are_listed_are_the_books(project, versioned):
    if versioned:
        git(project, "init", "-q")
        git(project, "add", "-A")
    assert watch.listed(project) == (sorted(BOOK), [])
    put(project, *STRAYS)
    assert watch.listed(project) == (sorted(BOOK), [])
    put(project, "book/evidence/more.py", "book/gone.md", "data/gone.csv")
    found, left = watch.listed(project)
    assert sorted({*found} - BOOK) == ([] if versioned else ["book/evidence/more.py"]) + [
        "book/gone.md", "data/gone.csv"]
    assert left == (["book/evidence/more.py"] if versioned else [])


@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("- file: book/more", True), ('- "file": book/more', True), ("- {file: book/more}", True),
        ("- {file: book/words, sections: [{file: book/more}]}", True),
        ("# - file: book/more", False), ("- url: book/more", False), ("- file: book/more.md", False), ("- [", None),
    ],
)
def test_pages_are_listed_as_yaml_has_them(project, line, listed):
    put(project, "book/more.md")
    with (project / "_toc.yml").open("a") as toc:
        toc.write(f"      {line}\n")
    found = {name for name in watch.listed(project)[0] if name in ("book/words.md", "book/more.md")}
    assert found == ({"book/words.md"} if listed is not None else set()) | ({"book/more.md"} if listed else set())


def test_of_two_pages_of_a_name_that_of_git_is_read_or_the_notebook(project):
    put(project, "book/words.ipynb")
    assert "book/words.ipynb" in watch.listed(project)[0] and "book/words.md" not in watch.listed(project)[0]
    git(project, "init", "-q")
    git(project, "add", "book/words.md")
    assert "book/words.md" in watch.listed(project)[0] and "book/words.ipynb" not in watch.listed(project)[0]


def test_a_package_that_cannot_be_read_is_left_to_the_check(project):
    (project / "data" / "datapackage.json").write_text("{")
    assert sorted(watch.listed(project)[0]) == sorted(BOOK - {"data/claims.csv"})


def files(folder):
    """Return the files below a folder but for bytecode, by name."""
    return {p.relative_to(folder).as_posix(): p.read_text()
            for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"}


def test_the_copy_is_what_is_listed_and_nothing_that_was(project, tmp_path, capsys):
    copy = tmp_path / "copy"
    watch.stage(project, copy)
    first = files(copy)
    assert first == {name: text for name, text in files(project).items() if name in BOOK}
    put(copy, "book/stray.py", "book/.hidden")
    put(project, *STRAYS)
    watch.stage(project, copy)
    assert files(copy) == first and not capsys.readouterr().err
    git(project, "init", "-q")
    git(project, "add", *BOOK)
    put(project, "book/evidence/more.py")
    watch.stage(project, copy)
    assert files(copy) == first and capsys.readouterr().err == "not in git, so not in the book: book/evidence/more.py\n"


def test_the_copy_says_of_which_commit_it_is_and_a_copy_of_it_says_the_same(project, tmp_path):
    git(project, "init", "-q")
    git(project, "add", *BOOK)
    assert watch.origin(project) == "", "no commit yet"
    git(project, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "One")
    watch.stage(project, tmp_path / "copy")
    said = (tmp_path / "copy" / "COMMIT").read_text()
    assert re.fullmatch(r"[0-9a-f]{40}\n", said)
    (project / "README.md").write_text("changed")
    watch.stage(project, tmp_path / "changed")
    assert (tmp_path / "changed" / "COMMIT").read_text() == f"{said.strip()}, with changes since\n"
    watch.stage(tmp_path / "copy", tmp_path / "again")
    assert (tmp_path / "again" / "COMMIT").read_text() == said


def test_what_has_not_changed_keeps_its_date_and_what_has_gets_another(project, tmp_path):
    copy = tmp_path / "copy"
    watch.stage(project, copy)
    os.utime(copy / "book" / "words.md", (1, 1))
    os.utime(copy / "README.md", (1, 1))
    (project / "README.md").write_text("changed")
    os.utime(project / "README.md", (0, 0))
    watch.stage(project, copy)
    assert (copy / "book" / "words.md").stat().st_mtime == 1 < (copy / "README.md").stat().st_mtime


IMPORT = "import sys; sys.path.insert(0, 'book'); from evidence import rules; print(rules.word)"


def imported(folder):
    """Return what a new Python finds in a module of the small book."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run([sys.executable, "-c", IMPORT], cwd=folder, env=environment, capture_output=True, text=True,
                          check=True).stdout.strip()


@pytest.mark.parametrize("guarded", [True, False])
def test_bytecode_of_other_contents_is_not_used_whatever_its_date(project, guarded):
    module = project / "book" / "evidence" / "rules.py"
    os.utime(module, (1, 1))
    assert imported(project) == "old"
    module.write_text("word = 'new'\n")
    os.utime(module, (1, 1))
    if guarded:
        watch.by_contents(project / "book")
    assert imported(project) == ("new" if guarded else "old")


def test_bytecode_in_the_copy_is_made_of_the_copy(project, tmp_path):
    for word in ("old", "new"):
        (project / "book" / "evidence" / "rules.py").write_text(f"word = '{word}'\n")
        watch.stage(project, tmp_path / "copy")
        made = Path(importlib.util.cache_from_source(tmp_path / "copy" / "book" / "evidence" / "rules.py"))
        assert made.read_bytes()[4:8] == watch.CHECKED and imported(tmp_path / "copy") == word


def test_a_module_that_does_not_compile_is_named_in_one_line(project):
    (project / "book" / "evidence" / "rules.py").write_text("word = 1\nword =\n")
    with pytest.raises(SystemExit,
                       match=r'^File "book/evidence/rules.py", line 2 word = \^ SyntaxError: invalid syntax$'):
        watch.by_contents(project / "book")


def launched(project, *command, **environment):
    """Run a command of a small book that has this project's starter."""
    (project / "book" / "making").mkdir(exist_ok=True)
    shutil.copy(watch.__file__, project / "book" / "making")
    command = [sys.executable, "-I", "book/making/watch.py", *command]
    own = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(command, cwd=project, env=own, capture_output=True, text=True, check=False)


SHOW = "import os, json; print(json.dumps(dict(os.environ)))"
HOSTILE = {
    "PYTHONPATH": "/x", "PYTHONHASHSEED": "7", "PYTHONSTARTUP": "/x", "JUPYTER_PATH": "/x", "IPYTHONDIR": "/x",
    "MPLBACKEND": "agg", "HOME": "/x", "MPLCONFIGDIR": "/x", "XDG_CONFIG_HOME": "/x", "TZ": "Pacific/Chatham",
    "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1", "GIT_DIR": "/x", "OPENBLAS_CORETYPE": "Nehalem", "SPHINXOPTS": "-W",
    "DOCUTILSCONFIG": "/x", "VIRTUAL_ENV": "/x",
}


@pytest.mark.parametrize("hostile", [HOSTILE, {}])
def test_a_command_has_nothing_of_its_users_environment(project, hostile):
    done = launched(project, "-c", SHOW, **hostile)
    assert done.returncode == 0, done.stderr
    wanted = {"PATH": os.environ["PATH"], "HOME": str(project / "_build" / "home"), **watch.SET}
    assert {name: value for name, value in json.loads(done.stdout).items() if name != "LC_CTYPE"} == wanted


def test_a_program_of_the_build_runs_in_the_copy(project):
    (project / "book" / "making").mkdir()
    (project / "book" / "making" / "where.py").write_text("import os, watch; "
                                                          "print(os.getcwd(), watch.BUILD, sep='\\n')")
    done = launched(project, "book/making/where.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(project / "_build" / "sources"), str(project / "_build")]


def test_every_command_of_the_makefile_is_started_so():
    lines = [line for line in (paths.ROOT / "Makefile").read_text("utf-8").splitlines() if line.startswith("\t")]
    assert sum("$(PY" in line for line in lines) > 12
    others = ("pip", "importlinter", "jupyter", "socket.create_server", " -I -V")
    assert [line for line in lines if "$(VENV)" in line and not any(word in line for word in others)] == []
    assert [line for line in lines if ".venv/bin/python" in line and "uv pip install" not in line] == []


def test_what_the_lock_names_is_looked_for(tmp_path):
    lock = tmp_path / "requirements.txt"

    def lacking(*pins):
        lock.write_text("".join(f"{pin} \\\n    --hash=sha256:0\n    # via x\n" for pin in pins))
        return watch.lacking(lock)

    held = f"pytest=={pytest.__version__}"
    assert lacking(held) == lacking("no-such-thing==1 ; sys_platform == 'none'") == []
    assert lacking(held, "no-such-thing==1") == ["no-such-thing==1"] and lacking("pytest==0.1") == ["pytest==0.1"]


def test_a_distribution_without_one_of_its_files_is_missed(tmp_path, monkeypatch):
    put(tmp_path, "thing.py", "thing-1.dist-info/METADATA")
    (tmp_path / "thing-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: thing\nVersion: 1\n")
    (tmp_path / "thing-1.dist-info" / "RECORD").write_text(
        "thing.py,sha256=0,8\n__pycache__/thing.pyc,,\nthing-1.dist-info/RECORD,,\n")
    (tmp_path / "lock").write_text("thing==1 \\\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert watch.lacking(tmp_path / "lock") == []
    before = watch.installed.__wrapped__()
    (tmp_path / "thing.py").unlink()
    assert watch.lacking(tmp_path / "lock") == ["thing==1"]
    with (tmp_path / "thing-1.dist-info" / "RECORD").open("a") as record:
        record.write("more.py,sha256=0,8\n")
    assert watch.installed.__wrapped__() != before


@pytest.mark.parametrize("attributes", [True, False])
def test_a_clone_keeps_line_feeds_whatever_git_is_told(tmp_path, attributes):
    origin = tmp_path / "origin"
    put(origin, "table.csv")
    (origin / "table.csv").write_bytes(b"a,b\n1,2\n")
    if attributes:
        if not (paths.ROOT / ".gitattributes").is_file():
            pytest.skip("this copy comes from no clone")
        shutil.copy(paths.ROOT / ".gitattributes", origin)
    git(origin, "init", "-q")
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "start")
    git(tmp_path, "clone", "-q", "-c", "core.autocrlf=true", str(origin), "clone")
    assert (b"\r" in (tmp_path / "clone" / "table.csv").read_bytes()) is not attributes


TRY = """
import socket, sys, urllib.request
sys.path.insert(0, "book/making")
import watch
watch.refuse()
try:
    {what}
except Exception as error:
    print(type(error).__name__, error)
print(watch.refused)
"""
REFUSED = {
    "socket.create_connection(('192.0.2.1', 80), 1)": "192.0.2.1",
    "socket.create_connection(('example.org', 80), 1)": "example.org",
    "socket.socket(socket.AF_INET6, socket.SOCK_STREAM).connect(('2001:db8::1', 80))": "2001:db8::1",
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))": "192.0.2.1",
    "socket.gethostbyname('example.org')": "example.org",
    "urllib.request.urlopen('https://example.org/', timeout=1)": "example.org",
}


def attempt(what: str) -> str:
    """Return what a process prints that tries something after the network was refused."""
    return subprocess.run([sys.executable, "-c", TRY.format(what=what)], cwd=paths.ROOT, capture_output=True, text=True,
                          check=True).stdout


@pytest.mark.parametrize("what", REFUSED)
def test_another_machine_is_refused_and_noted(what):
    said = attempt(what)
    assert f"the book is built without the network: {REFUSED[what]} was refused" in said
    assert f"['{REFUSED[what]}'" in said


def test_this_machine_is_not_refused():
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert attempt(f"socket.create_connection(('localhost', {server.getsockname()[1]}), 5)").strip() == "[]"


def test_what_is_here():
    assert all(map(watch.is_here, [None, "", "localhost", "127.0.0.1", b"127.0.0.1", "::1", 7]))
    assert not any(map(watch.is_here,
                       ["example.org", b"example.org", "8.8.8.8", "10.0.0.1", "::2", "localhost.example.org"]))

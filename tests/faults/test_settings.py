"""What is installed comes from the lock and what is read from the lists of the book, whatever else there is: settings of
the user, files that lie about, an environment that is broken."""

import ensurepip
import os
import shutil
import subprocess
import sys

import pytest
from evidence import paths
from one_page import BUILD, build, digest
from test_watch import STRAYS, put

PERSONAL = {
    "libs/pandas.py": "raise ImportError('not from the lock')",
    "libs/sitecustomize.py": "print('good morning')",
    "kernels/python3/kernel.json": '{"argv": ["/usr/bin/false"], "display_name": "other", "language": "python"}',
    ".config/matplotlib/matplotlibrc": "lines.linewidth: 7\naxes.grid: True\nfont.size: 20\n",
    ".ipython/profile_default/startup/a.py": "import pandas as pd\npd.set_option('display.precision', 1)\nprint('good morning')\n",
    ".ipython/profile_default/ipython_config.py": "c.InteractiveShell.ast_node_interactivity = 'all'\n",
    ".docutils": "[general]\nsmart_quotes: yes\nlanguage_code: de\n",
}


def hostile(home):
    """Return an environment that leads every program to the settings of its user."""
    for name, text in PERSONAL.items():
        put(home, name)
        (home / name).write_text(text)
    return {
        "PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(home / "libs"), "JUPYTER_PATH": str(home), "IPYTHONDIR": str(home / ".ipython"),
        "XDG_CONFIG_HOME": str(home / ".config"), "MPLCONFIGDIR": str(home / ".config" / "matplotlib"), "MPLBACKEND": "pdf",
        "PYTHONOPTIMIZE": "2",
        "PYTHONWARNINGS": "error", "SOURCE_DATE_EPOCH": "1", "LC_ALL": "C", "TZ": "Pacific/Chatham", "PYTHONUTF8": "0",
        "DOCUTILSCONFIG": str(home / ".docutils"),
    }


def forget(book):
    """Let the next build make everything anew."""
    for name in ("executed", "doctrees", "jupyter_execute", "typst", "home", "sources"):
        shutil.rmtree(book / "_build" / name)
    (book / "_build" / "fingerprint.json").unlink()


@pytest.mark.parametrize("given", ["hostile", "nothing"])
def test_settings_of_the_user_change_nothing(book, tmp_path, given):
    before = digest(book / "_build" / "html")
    environment = hostile(tmp_path / "home") if given == "hostile" else {}
    forget(book)
    done = subprocess.run(BUILD, cwd=book, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "morning" not in done.stdout, done.stderr
    assert digest(book / "_build" / "html") == before


def test_such_settings_do_harm_where_they_are_heeded(tmp_path):
    command = [sys.executable, "-c", "import pandas"]
    done = subprocess.run(command, env=hostile(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode and "not from the lock" in done.stderr and "good morning" in done.stdout


def test_files_that_are_not_the_books_change_nothing_and_stop_nothing(book):
    before = digest(book / "_build" / "html")
    put(book, *STRAYS)
    done = build(book)
    assert done.returncode == 0 and done.stdout.startswith("nothing has changed"), done.stderr
    forget(book)
    done = build(book)
    assert done.returncode == 0, done.stderr
    assert digest(book / "_build" / "html") == before


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a project whose lock asks for nothing but the pip that every environment has."""
    folder = tmp_path_factory.mktemp("environment") / "a project"
    (folder / "book" / "making").mkdir(parents=True)
    shutil.copy(paths.ROOT / "Makefile", folder)
    shutil.copy(paths.BOOK / "making" / "watch.py", folder / "book" / "making")
    (folder / "requirements.txt").write_text(f"pip=={ensurepip.version()} \\\n    --hash=sha256:{64 * '0'}\n")
    assert "installing the requirements" in make_env(folder)
    return folder


def make_env(folder):
    """Run `make env` and return what it says."""
    done = subprocess.run(["make", "env"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def break_link(venv):
    """Point the environment's Python to one that is gone."""
    for python in (venv / "bin").glob("python3.*"):
        python.unlink()
        python.symlink_to(f"/gone/{python.name}")


BROKEN = {
    "Python is gone": break_link,
    "a package is gone": lambda venv: shutil.rmtree(next(venv.glob("lib/*/site-packages/pip"))),
    "a file of a package is gone": lambda venv: next(venv.glob("lib/*/site-packages/pip/_internal/cli/main.py")).unlink(),
    "it was not finished": lambda venv: (venv / "requirements.txt").unlink(),
    "it is empty": lambda venv: [shutil.rmtree(venv), venv.mkdir()],
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_environment_that_is_broken_is_made_again(project, name):
    assert make_env(project) == ""
    BROKEN[name](project / ".venv")
    assert "installing the requirements" in make_env(project)
    assert make_env(project) == ""

"""What is installed comes from the lock and what is read from the lists of the book, whatever else there is: settings
of the user, files that lie about, an environment that is broken."""

import ensurepip
import os
import shutil
import socket
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
    ".ipython/profile_default/startup/a.py": "import pandas as pd\npd.set_option('display.precision', 1)\n"
                                             "print('good morning')\n",
    ".ipython/profile_default/ipython_config.py": "c.InteractiveShell.ast_node_interactivity = 'all'\n",
    ".docutils": "[general]\nsmart_quotes: yes\nlanguage_code: de\n",
}


def hostile(home):
    """Return an environment that leads every program to the settings of its user."""
    for name, text in PERSONAL.items():
        put(home, name)
        (home / name).write_text(text)
    return {
        "PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(home / "libs"), "JUPYTER_PATH": str(home),
        "IPYTHONDIR": str(home / ".ipython"), "XDG_CONFIG_HOME": str(home / ".config"),
        "MPLCONFIGDIR": str(home / ".config" / "matplotlib"), "MPLBACKEND": "pdf",
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
    assert "installing requirements.txt" in make_env(folder)
    return folder


def make(folder, *words):
    """Run make in a folder."""
    return subprocess.run(["make", *words], cwd=folder, capture_output=True, text=True, check=False)


def make_env(folder):
    """Run `make env` and return what it says."""
    done = make(folder, "env")
    assert done.returncode == 0 and not done.stderr, done.stdout + done.stderr
    return done.stdout


def break_link(venv):
    """Point the environment's Python to one that is gone."""
    for python in (venv / "bin").glob("python3.*"):
        python.unlink()
        python.symlink_to(f"/gone/{python.name}")


BROKEN = {
    "Python is gone": break_link,
    "a package is gone": lambda venv: shutil.rmtree(next(venv.glob("lib/*/site-packages/pip"))),
    "a file of a package is gone": lambda venv:
        next(venv.glob("lib/*/site-packages/pip/_internal/cli/main.py")).unlink(),
    "it was not finished": lambda venv: (venv / "requirements.txt").unlink(),
    "it is empty": lambda venv: [shutil.rmtree(venv), venv.mkdir()],
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_environment_that_is_broken_is_made_again(project, name):
    assert make_env(project) == ""
    BROKEN[name](project / ".venv")
    assert "installing requirements.txt" in make_env(project)
    assert make_env(project) == ""


def test_installing_takes_one_line_and_names_the_books_package(project):
    shutil.rmtree(project / ".venv")
    assert make_env(project) == "installing requirements.txt, which takes a minute or two\n"
    (named,) = project.glob(".venv/lib/*/site-packages/book.pth")
    assert named.read_text("utf-8") == f"{project / 'book'}\n"
    named.write_text("/moved/away\n")
    assert "installing" in make_env(project), "the project was moved"


def test_the_words_of_the_installer_are_shown_where_it_fails(project):
    lock = project / "requirements.txt"
    before = lock.read_text()
    lock.write_text(f"{before}./gone.whl --hash=sha256:{64 * '0'}\n")
    done = make(project, "env")
    assert done.returncode and "gone.whl" in done.stderr and done.stdout.startswith("installing"), done.stderr
    lock.write_text(before)
    assert "installing" in make_env(project) and make_env(project) == ""


def test_the_interpreter_can_be_chosen_and_one_that_will_not_do_is_named(project):
    assert make(project, "env", f"PYTHON={project}/.venv/bin/python").stdout == ""
    done = make(project, "env", "PYTHON=python1.5")
    assert done.returncode and done.stderr.startswith("no Python 3.11 to 3.14 found (tried python1.5): ")
    assert make_env(project) == "", "the environment is as it was"


def test_a_port_that_is_taken_is_named_with_another(project):
    make_env(project)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = make(project, "serve", f"port={port}")
    assert (done.returncode and done.stderr.splitlines()[0]
            == f"port {port} cannot be had: try make serve port={port + 1}")
    assert "Traceback" not in done.stderr

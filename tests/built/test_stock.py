"""`jupyter-book build .`, as its users type it, gives the same site as `make book`, from a
folder with an environment in it."""

import re
import subprocess
import sys
import zipfile

import build
import pytest
import watch
from common import dead
from evidence import paths
from evidence.publish import citation

HTML = paths.BUILD / "html"
STOCK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]

def words(path):
    """Return the text of a page's article, mark-up and white space folded."""
    body = re.search(r"<article.*?</article>", path.read_text("utf-8"), re.S).group()
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of the book's files with an environment of its reader's in it."""
    folder = tmp_path_factory.mktemp("stock") / "a project"
    watch.stage(paths.ROOT, folder)
    package = folder / "venv" / "lib" / "python3.13" / "site-packages" / "package"
    package.mkdir(parents=True)
    (package / "README.md").write_text("# A package\n")
    (folder / "notes.md").write_text("# Notes\n")
    return folder


def run(project, *command):
    """Run a command in the project."""
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)


def files(html):
    """Return the names of the files of a site, drawings left out: their names hold a digest."""
    names = {path.relative_to(html).as_posix() for path in html.rglob("*") if path.is_file()}
    return {name for name in names if not name.startswith(("_images/", "_sources/"))}


def test_stock_build_gives_the_same_site(project):
    done = run(project, *STOCK, "build", ".", "-W", "-n", "--keep-going", "-q")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    stock = project / "_build" / "html"
    assert files(stock) ^ files(HTML) == set() and len(files(stock)) > 300
    ours = {path.name: words(path) for path in (HTML / "book").glob("*.html")}
    assert [name for name, text in ours.items() if text != words(stock / "book" / name)] == []
    assert (stock / "book" / citation.PDF).stat().st_size > 1_000_000 and dead(stock) == []
    assert zipfile.ZipFile(stock / "rerun.zip").namelist() == zipfile.ZipFile(HTML / "rerun.zip").namelist()
    for _ in "first", "second, unchanged":
        sums = (stock / build.SUMS).read_text("utf-8")
        assert sums == build.sums(stock, lambda path: path.name != build.SUMS)
        assert run(project, *STOCK, "build", ".", "-q").returncode == 0


def test_a_change_of_data_reaches_pages_and_files_alike(project):
    """In the site that the test before this one has built, as another would take a minute more."""
    table, html = project / "data" / "claims.csv", project / "_build" / "html"
    places = [html / name for name in ("claims.json", "cite/c73.bib", "book/sheets-reach.html")]
    old, new = "targets 1,200 miles from the base", "targets twelve hundred miles from the base"
    assert [(old in text, new in text) for text in (path.read_text("utf-8") for path in places)] == [(True, False)] * 3
    table.write_text(table.read_text("utf-8").replace(old, new), "utf-8")
    assert run(project, *STOCK, "build", ".", "-q").returncode == 0
    assert [(old in text, new in text) for text in (path.read_text("utf-8") for path in places)] == [(False, True)] * 3


def test_latex_is_refused_in_one_line(project):
    done = run(project, *STOCK, "build", ".", "--builder", "latex", "-q")
    assert (done.returncode == 1
            and done.stderr.strip().splitlines()[-1].startswith("this book's PDF needs no LaTeX: jupyter-book build ."))
    assert "Traceback" not in done.stderr and not list(project.rglob("*.tex"))


def test_sphinx_reads_the_configuration_that_jupyter_book_writes(project):
    """Whether it then builds is Sphinx's part, and takes a minute: its configuration is read, and one extension speaks.
    Jupyter Book does not write where extensions are, so the command does (CONTRIBUTING.md)."""
    assert run(project, *STOCK, "config", "sphinx", ".").returncode == 0
    (where,) = re.findall(r"PYTHONPATH=(\S+) sphinx-build", (paths.ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    done = run(project, "env", f"PYTHONPATH={where}", sys.executable, "-m", "sphinx", "-b", "latex", ".",
               "_build/latex", "-q")
    assert done.returncode == 1 and "needs no LaTeX" in done.stderr, done.stderr
    ignored = paths.BUILD.parent / ".gitignore"
    assert not ignored.is_file() or "/conf.py" in ignored.read_text("utf-8").splitlines()


def test_nbval_runs_on_its_own(project):
    """Without the tests' own lock: xdist is told not to be there."""
    done = run(project, sys.executable, "-m", "pytest", "-p", "no:xdist", "--nbval", "book/workbench.ipynb")
    assert done.returncode == 0 and "passed" in done.stdout, done.stdout


def test_the_tests_of_rerun_zip_run_where_the_article_is_left_out(tmp_path):
    """Those that read the article or ask git; the others are the same here and there."""
    zipfile.ZipFile(HTML / "rerun.zip").extractall(tmp_path)
    names = [f"tests/test_{name}.py" for name in ("data", "ledger", "publish", "readme", "release", "watch")]
    done = run(tmp_path / citation.NAME, sys.executable, "-I", "book/making/watch.py", "-m", "pytest", *names)
    assert done.returncode == 0 and "skipped" in done.stdout, done.stdout[-2000:]

"""The same sources give the same bytes, wherever and by whomever the book is built, and without
any network."""

import hashlib
import os
import shutil
import subprocess
import sys

import namespaces
import pytest
import verify
from evidence import paths

HTML = paths.BUILD / "html"
OTHER = {
    "TZ": "Pacific/Chatham", "LC_ALL": "C", "LANGUAGE": "kk", "PYTHONUTF8": "1", "PYTHONHASHSEED": "77", "SOURCE_DATE_EPOCH": "1", "COLUMNS": "40",
    "MPLBACKEND": "agg",
}
"""How the second machine differs; beside its folder, umask, processors and the settings of its user."""
PERSONAL = {
    ".config/matplotlib/matplotlibrc": "lines.linewidth: 7\naxes.grid: True\nfont.size: 20\nfigure.dpi: 50\n",
    ".ipython/profile_default/startup/a.py": "import pandas as pd\npd.set_option('display.precision', 1)\nprint('good morning')\n",
    ".docutils": "[general]\nsmart_quotes: yes\n",
}


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """Return a second build of the book, made under every difference at once, and the process that made it."""
    top = tmp_path_factory.mktemp("second")
    folder, home = top / "другая папка", top / "home"
    for name, text in PERSONAL.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    folder.mkdir()
    before = list(namespaces.LOOPBACK) if namespaces.allowed(namespaces.LOOPBACK) else []
    one = ["taskset", "-c", str(min(os.sched_getaffinity(0)))] if shutil.which("taskset") else []
    before += ["sh", "-c", 'umask 077; exec "$@"', "sh", *one]
    done = verify.rebuild(folder, before, OTHER | {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")})
    return folder / "_build", done


def test_every_file_is_the_same_under_other_circumstances(again):
    folder, done = again
    assert done.returncode == 0, done.stderr
    assert len(verify.files(folder)) > 300
    assert verify.differences(paths.BUILD, folder) == []


def test_the_book_is_built_without_a_network(again):
    before = namespaces.need(namespaces.LOOPBACK)
    reach = "import socket; socket.create_connection(('192.0.2.1', 80), 5)"
    assert "unreachable" in subprocess.run([*before, sys.executable, "-c", reach], capture_output=True, text=True, check=False).stderr
    assert again[1].returncode == 0, again[1].stderr


def differing(one, other):
    """Return the pages of two builds that are not the same."""
    return {p.stem for p in (one / "html" / "book").glob("*.html") if p.read_bytes() != (other / "html" / "book" / p.name).read_bytes()}


def test_an_edited_page_is_written_again_and_others_where_they_show_it(tmp_path):
    folder, command = tmp_path / "edited", [sys.executable, "book/making/build.py"]
    verify.copy_sources(folder)
    shutil.copytree(paths.BUILD, folder / "_build")
    page, built = folder / "book" / "glossary.md", folder / "_build"
    before = page.read_text("utf-8")
    everywhere = {path.stem for path in (HTML / "book").glob("*.html")}
    retitled = before.replace("# Glossary", "# Zebras", 1)
    for text, pages in (f"{before}\nZebras graze here.\n", {"glossary"}), (before, set()), (retitled, everywhere):
        page.write_text(text, "utf-8")
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert differing(paths.BUILD, built) == pages
        assert ("zebra" in (built / "html" / "searchindex.js").read_text("utf-8")) is (text != before)
        assert text != before or verify.differences(paths.BUILD, built) == []


def test_make_test_passes_without_a_network():
    """The whole of `make test`, on one processor as the rest of this run needs the other."""
    before = namespaces.need(namespaces.LOOPBACK)
    command = [*before, sys.executable, "-m", "pytest", "-n0", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize("spoil", ["changed", "missing", "added"])
def test_a_difference_is_named(tmp_path, spoil):
    for build in ("one", "two"):
        (tmp_path / build / "html").mkdir(parents=True)
        (tmp_path / build / "html" / "a.html").write_text("a")
    assert verify.differences(tmp_path / "one", tmp_path / "two") == []
    html = tmp_path / "two" / "html"
    if spoil == "changed":
        (html / "a.html").write_text("b")
        line = "html/a.html: differs"
    elif spoil == "missing":
        (html / "a.html").unlink()
        line = f"html/a.html: only in {tmp_path / 'one'}"
    else:
        (html / "b.html").write_text("b")
        line = f"html/b.html: only in {tmp_path / 'two'}"
    assert verify.differences(tmp_path / "one", tmp_path / "two") == [line]


def test_the_published_sums_are_those_of_every_file():
    lines = (HTML / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: total for total, name in (line.split("  ", 1) for line in lines)}
    published = {p.relative_to(HTML).as_posix(): p for p in HTML.rglob("*") if p.is_file() and p.name != "SHA256SUMS"}
    assert list(sums) == sorted(published)
    assert [name for name, path in published.items() if sums[name] != hashlib.sha256(path.read_bytes()).hexdigest()] == []


def test_sha256sum_finds_a_changed_file(tmp_path):
    if not shutil.which("sha256sum"):
        pytest.skip("sha256sum is not installed")
    copy = shutil.copytree(HTML, tmp_path / "html")
    check = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=copy, check=False).returncode == 0
    with (copy / "claims.json").open("a") as claims:
        claims.write(" ")
    assert subprocess.run(check, cwd=copy, capture_output=True, check=False).returncode != 0

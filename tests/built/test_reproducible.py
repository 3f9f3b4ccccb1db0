"""The same sources give the same bytes, wherever, by whomever and on whatever processor the book is built, and without
any network; each surface names one version, and the list of sums is that of the files."""

import os
import shutil
import subprocess
import sys

import namespaces
import pytest
import release
import watch
from build import PDF, sums
from evidence import paths
from evidence.publish import citation

HTML = paths.BUILD / "html"
OTHER = {"TZ": "Pacific/Chatham", "LC_ALL": "C", "LANGUAGE": "kk", "SOURCE_DATE_EPOCH": "1", "COLUMNS": "40"}
"""How the second machine differs; beside its folder, umask and the number of its processors. Settings of its user, and
files that lie about, are tried on a small book (tests/faults)."""
PROCESSOR = {
    "OPENBLAS_CORETYPE": "SkylakeX", "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3", "PYTHONHASHSEED": "77",
    "TZ": "Pacific/Chatham",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-AVX2,-FMA,-FMA4,-AVX512F",
}
"""What lets libraries compute as on another processor."""


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """Return a second build of the book, made under every difference at once, and the process that made it."""
    folder = tmp_path_factory.mktemp("second") / "другая папка"
    before = list(namespaces.LOOPBACK) if namespaces.allowed(namespaces.LOOPBACK) else []
    one = ["taskset", "-c", str(min(os.sched_getaffinity(0)))] if shutil.which("taskset") else []
    before += ["sh", "-c", 'umask 077; exec "$@"', "sh", *one]
    return folder / "_build", release.rebuild(folder, before, OTHER)


def differences(one, other):
    """Return the files that two builds do not have alike."""
    found = [sums(build / "html") + sums(build / "pdf") for build in (one, other)]
    assert all(len(lines.splitlines()) > 300 for lines in found)
    return release.unlike(*found)


def test_every_file_is_the_same_under_other_circumstances(again):
    folder, done = again
    assert done.returncode == 0, done.stderr
    assert differences(paths.BUILD, folder) == []


def test_every_file_is_the_same_on_another_processor(tmp_path):
    """Where the starter of commands would drop what says so, the program is started without it."""
    copy = tmp_path / "_build" / "sources"
    watch.stage(paths.ROOT, copy)
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": "book", **watch.SET, **PROCESSOR}
    command = [sys.executable, "book/making/build.py"]
    done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert differences(paths.BUILD, tmp_path / "_build") == []


def test_the_book_is_built_without_a_network(again):
    before = namespaces.need(namespaces.LOOPBACK)
    reach = "import socket; socket.create_connection(('192.0.2.1', 80), 5)"
    assert "unreachable" in subprocess.run([*before, sys.executable, "-c", reach], capture_output=True, text=True,
                                           check=False).stderr
    assert again[1].returncode == 0, again[1].stderr


def differing(one, other):
    """Return the pages of two builds that are not the same."""
    return {p.stem for p in (one / "html" / "book").glob("*.html")
            if p.read_bytes() != (other / "html" / "book" / p.name).read_bytes()}


def test_an_edited_page_is_written_again_and_others_where_they_show_it(tmp_path):
    folder, command = tmp_path / "edited", [sys.executable, "-I", "book/making/watch.py", "book/making/build.py"]
    watch.stage(paths.ROOT, folder)
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
        assert text != before or differences(paths.BUILD, built) == []


def test_make_test_passes_without_a_network():
    """The whole of `make test`, on one processor as the rest of this run needs the other."""
    before = namespaces.need(namespaces.LOOPBACK)
    command = [*before, sys.executable, "-m", "pytest", "-n0", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize(("name", "text"), [("a.html", "b"), ("a.html", None), ("b.html", "b")])
def test_a_difference_is_named(tmp_path, name, text):
    for build in ("one", "two"):
        (tmp_path / build).mkdir()
        (tmp_path / build / "a.html").write_text("a")
    assert sums(tmp_path / "one") == sums(tmp_path / "two")
    changed = tmp_path / "two" / name
    changed.write_text(text) if text else changed.unlink()
    assert release.unlike(sums(tmp_path / "one"), sums(tmp_path / "two")) == [name]


def test_the_published_sums_are_those_of_every_file():
    assert release.built_faults(HTML) == []
    published = {p.relative_to(HTML).as_posix() for p in HTML.rglob("*") if p.is_file() and p.name != "SHA256SUMS"}
    listed = [line.split("  ", 1)[1] for line in (HTML / "SHA256SUMS").read_text("utf-8").splitlines()]
    assert listed == sorted(published)


def test_every_surface_has_the_version():
    found = release.versions(HTML, PDF / citation.PDF)
    assert len(found) == 6 and set(found.values()) == {citation.load()["version"]}


def test_sha256sum_finds_a_changed_file(tmp_path):
    if not shutil.which("sha256sum"):
        pytest.skip("sha256sum is not installed")
    copy = shutil.copytree(HTML, tmp_path / "html")
    check = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=copy, check=False).returncode == 0
    with (copy / "claims.json").open("a") as claims:
        claims.write(" ")
    assert subprocess.run(check, cwd=copy, capture_output=True, check=False).returncode != 0

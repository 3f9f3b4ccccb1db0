"""A release is refused for each thing that can be wrong with it, and its archive is whole."""

import hashlib
import os
import sys
import zipfile
from types import SimpleNamespace

import pytest
import release
from evidence import cff, dates, paths
from test_watch import git

ENTRY = "# Changelog\n\n## 0.2.0, 1 May 2027\n\n- C73 moved.\n\n## 0.1.0, 1 May 2026\n\n- First data.\n"


def test_a_clean_tree_is_asked_for(tmp_path):
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "start")
    assert release.tree_faults(git(tmp_path, "status", "--porcelain")) == []
    (tmp_path / "new.csv").write_text("a\n")
    (fault,) = release.tree_faults(git(tmp_path, "status", "--porcelain"))
    assert "not committed: new.csv" in fault


@pytest.mark.parametrize("surface", ["CITATION.cff", "datapackage.json", "claims.json", "the PDF"])
def test_a_version_that_differs_is_named(surface):
    found = dict.fromkeys(["CITATION.cff", "datapackage.json", "claims.json", "the PDF"], "0.2.0")
    assert release.version_faults(found, "0.2.0") == []
    assert release.version_faults(found | {surface: "0.1.0"}, "0.2.0") == [
        f"{surface}: expected version 0.2.0, found 0.1.0"]
    assert release.version_faults(found | {surface: ""}, "0.2.0") == [f"{surface}: expected version 0.2.0, found none"]


def test_a_changelog_with_its_entry_passes():
    assert release.changelog_faults(ENTRY, "0.2.0", "1 May 2027") == []


def test_the_changelog_of_the_book_begins_with_its_own_edition():
    edition, changes = cff.load(), (paths.ROOT / "CHANGELOG.md").read_text("utf-8")
    assert release.changelog_faults(changes, edition["version"], dates.long(edition["date-released"])) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ENTRY.replace("0.2.0, 1 May 2027", "0.2.0, unreleased"), "0.2.0, unreleased"),
        (ENTRY.replace("## 0.2.0, 1 May 2027\n\n- C73 moved.\n\n", ""), "0.1.0, 1 May 2026"),
        (ENTRY.replace("- C73 moved.\n", ""), "0.2.0, 1 May 2027"),
        (ENTRY.replace("# Changelog\n", "# Changelog\n\n## Unreleased\n\n- More.\n"), "Unreleased"),
        (ENTRY.replace("## 0.2.0", "## 0.3.0, 1 June 2027\n\n### Added\n\n- More.\n\n## 0.2.0"), "0.3.0, 1 June 2027"),
        ("# Changelog\n", "no entry"),
    ],
)
def test_a_changelog_without_it_is_refused(text, found):
    (fault,) = release.changelog_faults(text, "0.2.0", "1 May 2027")
    assert fault.endswith(f"found {found}")


@pytest.fixture
def html(tmp_path):
    """Return a small site with its list of sums."""
    folder = tmp_path / "html"
    (folder / "book").mkdir(parents=True)
    (folder / "index.html").write_text("<a href='book/index.html'>", "utf-8")
    (folder / "book" / "index.html").write_text("the book", "utf-8")
    (folder / release.SUMS).write_text(release.sums(folder), "utf-8")
    return folder


def test_a_site_that_is_not_what_was_built_is_refused(html):
    assert release.built_faults(html) == []
    (html / "book" / "index.html").write_text("another", "utf-8")
    assert {f"_build/html: book/index.html is not as {release.SUMS} has it"} == set(release.built_faults(html))
    (html / release.SUMS).unlink()
    assert len(release.built_faults(html)) == 2


def test_the_archive_unpacks_to_the_same_files_and_is_the_same_twice(html, tmp_path):
    first = release.pack(html, tmp_path / "release", "book-0.2.0").read_bytes()
    again = release.pack(html, tmp_path / "release", "book-0.2.0")
    assert again.read_bytes() == first
    with zipfile.ZipFile(again) as archive:
        archive.extractall(tmp_path / "out")
    out = tmp_path / "out" / "book-0.2.0"
    for line in (out / release.SUMS).read_text("utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    assert {p.name for p in out.iterdir()} == {"index.html", "book", release.SUMS}


@pytest.mark.parametrize("differs", [True, False])
def test_a_rebuild_that_differs_stops_it(monkeypatch, html, tmp_path, capsys, differs):
    quiet = {"tree": str, "tree_faults": lambda status: [], "everything": SimpleNamespace(all_faults=list),
             "versions": lambda html, pdf: {}, "HTML": html}
    quiet |= {"changelog_faults": lambda text, version, day: [], "RELEASE": paths.BUILD / "release-tried"}
    for name, value in quiet.items():
        monkeypatch.setattr(release, name, value)
    monkeypatch.setattr(release, "pack", lambda html, target, name: paths.CITATION)
    monkeypatch.setattr(release, "verify", lambda: int(differs))
    assert release.release() == int(differs)
    assert ("unpack it" in capsys.readouterr().out) != differs


@pytest.mark.parametrize(("path", "said"), [(os.environ["PATH"], "made in a clone"), ("", "a release needs git")])
def test_without_a_clone_or_git_it_says_so(monkeypatch, tmp_path, path, said):
    monkeypatch.setattr(release, "BUILD", tmp_path / "_build")
    monkeypatch.setenv("PATH", path)
    with pytest.raises(SystemExit, match=said):
        release.tree()


def test_without_a_build_it_says_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(release, "last_build", dict)
    assert release.main() == 1 and "make book first" in capsys.readouterr().err


def test_it_runs_as_the_makefile_calls_it():
    assert sys.modules["release"].__file__.endswith("book/making/release.py")
    assert "book/making/release.py" in (paths.ROOT / "Makefile").read_text("utf-8")

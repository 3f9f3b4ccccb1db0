"""What the commands of the book do with the files of its project."""

import sys

import build
import pytest
import watch


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Return the copy in which a command runs and the project, each with two pages."""
    copy, project = tmp_path / "_build" / "sources", tmp_path
    for folder in (copy, project):
        (folder / "book").mkdir(parents=True)
        for name in ("one", "two"):
            (folder / "book" / name).write_text("before")
    monkeypatch.setattr(build, "BUILD", project / "_build")
    monkeypatch.setattr(build.paths, "ROOT", copy)
    return copy, project


@pytest.mark.parametrize("meanwhile", ["before", "saved", None])
def test_what_was_saved_while_notebooks_ran_is_left_and_named(places, meanwhile):
    copy, project = places
    before = {copy / "book" / name: b"before" for name in ("one", "two")}
    (copy / "book" / "one").write_text("run")
    if meanwhile is None:
        (project / "book" / "one").unlink()
    else:
        (project / "book" / "one").write_text(meanwhile)
    (project / "book" / "two").write_text("saved too, and a run has changed nothing in it")
    assert build.store(before) == ([] if meanwhile == "before" else ["book/one"])
    found = {path.name: path.read_text() for path in (project / "book").iterdir()}
    kept = {"one": meanwhile} if meanwhile else {}
    assert found == ({"one": "run"} if meanwhile == "before" else kept) | {
        "two": "saved too, and a run has changed nothing in it"}


def full():
    """Do what a full disk does."""
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("words", [["book/making/build.py", "check"], ["book/making/release.py"]])
def test_a_machine_that_fails_is_said_of_the_command_that_it_fails(monkeypatch, capsys, words):
    monkeypatch.setattr(sys, "argv", words)
    assert watch.guarded(full) == 1
    assert capsys.readouterr().err == (
        f"{' '.join(words)}: [Errno 28] No space left on device; the last good site is unchanged\n")
    assert watch.guarded(int) == 0 and capsys.readouterr().err == ""

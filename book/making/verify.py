"""Build the book again from scratch in another folder and compare every file: `make verify`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(BOOK), str(BOOK / "making")]
from build import HTML, PDF  # noqa: E402
from evidence import paths  # noqa: E402

CACHES = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".pytest_cache")


def copy_sources(folder: Path) -> Path:
    """Copy what the book is built from into `folder`; return it."""
    for name in paths.SOURCES:
        source = paths.ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=CACHES)
        elif source.is_file():
            shutil.copy(source, folder)
    return folder


def rebuild(folder: Path, before: Sequence[str] = (), environment: dict[str, str] | None = None) -> subprocess.CompletedProcess:
    """Build a copy of the sources in `folder`, with nothing kept from an earlier build.

    `before` is put before the command; `environment` is added to this process's. Returns the
    finished process with what it said.
    """
    command = [*before, sys.executable, "book/making/build.py"]
    return subprocess.run(command, cwd=copy_sources(folder), env=os.environ | (environment or {}), capture_output=True, text=True, check=False)


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of every published file of a build folder by name: the site and the PDF."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for top in (folder / HTML.name, folder / PDF.name) for path in sorted(top.rglob("*")) if path.is_file()
    }


def differences(first: Path, second: Path) -> list[str]:
    """Return a line for each file that only one of two build folders has, or that differs."""
    one, two = files(first), files(second)
    lines = {name: f"{name}: only in {first if name in one else second}" for name in one.keys() ^ two.keys()}
    lines |= {name: f"{name}: differs" for name in one.keys() & two.keys() if one[name] != two[name]}
    return [lines[name] for name in sorted(lines)]


def main() -> int:
    """Print each differing file; return the exit status."""
    if not HTML.is_dir():
        print("verify compares with the built book: run make book first", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        done = rebuild(Path(folder))
        if done.returncode:
            print(done.stderr + "the book does not build again from its sources", file=sys.stderr)
            return 1
        lines = differences(paths.BUILD, Path(folder) / paths.BUILD.name)
    for line in lines:
        print(line, file=sys.stderr)
    count = len(files(paths.BUILD))
    print(f"{len(lines)} of {count} files differ" if lines else f"{count} files, built twice: the same bytes")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())

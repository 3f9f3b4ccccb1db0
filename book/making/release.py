"""Check that the built book can be released, and pack it: `make release`; or only build it again from
scratch in another folder and compare every file: `make verify`."""

import json
import os
import pwd
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import evidence
import watch
from build import BUILD, HTML, PDF, SUMS, fingerprint, last_build, sums
from evidence import dates, paths
from evidence.checks import everything
from evidence.publish import citation, downloads

RELEASE = BUILD / "release"
HEADING = re.compile(r"^## (\S+), (.+)\n+(?!#)\S", re.M)
"""An entry of CHANGELOG.md: version, date and at least one line."""


def tree() -> str:
    """Return what `git status --porcelain` says of the project. Raises SystemExit where there is no git or no clone."""
    own = {**os.environ, "HOME": pwd.getpwuid(os.getuid()).pw_dir}  # git's settings are its user's
    try:
        done = subprocess.run(["git", "status", "--porcelain"], cwd=BUILD.parent, env=own, capture_output=True,
                              text=True, check=False)
    except FileNotFoundError:
        raise SystemExit("a release needs git, and there is none") from None
    if done.returncode:
        raise SystemExit(f"a release is made in a clone of the project; git says: {done.stderr.strip()}")
    return done.stdout


def tree_faults(status: str) -> list[str]:
    """Return a fault if `git status --porcelain` names anything."""
    names = ", ".join(line[3:] for line in status.splitlines())
    return [f"the tree has changes that are not committed: {names}"] if names else []


def version_faults(found: Mapping[str, str], expected: str) -> list[str]:
    """Return a fault for each surface whose version is not the expected one."""
    wrong = {surface: version for surface, version in found.items() if version != expected}
    return [f"{surface}: expected version {expected}, found {version or 'none'}" for surface, version in wrong.items()]


def changelog_faults(text: str, version: str, date: str) -> list[str]:
    """Return a fault unless the first entry of the changelog is that of this version and date."""
    first = re.search(r"^## (.*)", text, re.M)
    entry = HEADING.match(text, first.start()) if first else None
    wrong = (f"CHANGELOG.md: expected first an entry {version}, {date} with a line of text, "
             f"found {first[1] if first else 'no entry'}")
    return [] if entry and entry.groups() == (version, date) else [wrong]


def unlike(one: str, other: str) -> list[str]:
    """Return the names of the files that two lists of sums do not have alike."""
    return sorted({line.split(maxsplit=1)[1] for line in {*one.splitlines()} ^ {*other.splitlines()}})


def built_faults(html: Path) -> list[str]:
    """Return a fault for each published file that its list of sums does not have as it is."""
    listed = (html / SUMS).read_text("utf-8") if (html / SUMS).is_file() else ""
    return [f"_build/html: {name} is not as {SUMS} has it"
            for name in unlike(listed, sums(html, lambda path: path.name != SUMS))]


def versions(html: Path, pdf: Path) -> dict[str, str]:
    """Return the version that each surface names, by surface; "" where it names none."""
    from pypdf import PdfReader

    front = re.search(r"Version (\d\S*?)[.,]?\s", PdfReader(pdf).pages[0].extract_text())
    places = {"data": paths.DATA, "_build/html/data": html / "data"}
    package = {place: json.loads((folder / "datapackage.json").read_text("utf-8")) for place, folder in places.items()}
    return {
        "CITATION.cff": citation.load()["version"],
        "book/evidence/__init__.py": evidence.__version__,
        **{f"{place}/datapackage.json": found["version"] for place, found in package.items()},
        "_build/html/claims.json": json.loads((html / "claims.json").read_text("utf-8"))["version"],
        f"the front page of {pdf.name}": front[1] if front else "",
    }


def pack(html: Path, target: Path, name: str) -> Path:
    """Write the site, with PDF, data and sums inside, to one zip below `target`; return it."""
    target.mkdir(parents=True, exist_ok=True)
    files = [(f"{name}/{p.relative_to(html).as_posix()}", p.read_bytes()) for p in html.rglob("*") if p.is_file()]
    downloads.archive(target / f"{name}.zip", files)
    return target / f"{name}.zip"


def rebuild(folder: Path, before: Sequence[str] = (),
            more: Mapping[str, str] | None = None) -> subprocess.CompletedProcess:
    """Build a copy of the book's files in `folder`, with nothing kept from an earlier build.

    `before` is put before the command, and `more` into its environment. Returns the finished
    process with what it said.
    """
    watch.stage(paths.ROOT, folder)
    command = [*before, sys.executable, "-I", "book/making/watch.py", "book/making/build.py"]
    return subprocess.run(command, cwd=folder, env={**os.environ, **(more or {})}, capture_output=True, text=True,
                          check=False)


def verify() -> int:
    """Build the book again and print each file that differs; return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        done = rebuild(Path(folder))
        if done.returncode:
            raise SystemExit(f"{done.stderr}the book does not build again from its sources")
        other = sums(Path(folder, "_build", "html"))
    lines = unlike(sums(HTML), other)
    for name in lines:
        print(f"{name}: differs", file=sys.stderr)
    count = len(other.splitlines())
    print(f"{len(lines)} of {count} files differ" if lines else f"{count} files, built twice: the same bytes")
    return int(bool(lines))


def release() -> int:
    """Print what stands in the way of a release, or pack it; return the exit status."""
    cff = citation.load()
    faults = tree_faults(tree()) + [str(fault) for fault in everything.all_faults()]
    faults += version_faults(versions(HTML, PDF / citation.PDF), cff["version"]) + built_faults(HTML)
    text = (paths.ROOT / "CHANGELOG.md").read_text("utf-8")
    faults += changelog_faults(text, cff["version"], dates.long(cff["date-released"]))
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults or verify():
        return 1
    made = pack(HTML, RELEASE, f"{citation.NAME}-{cff['version']}")
    print(f"{made.relative_to(BUILD.parent)}, {made.stat().st_size / 1e6:.1f} MB: unpack it and open index.html")
    return 0


def main() -> int:
    """Release the built book, or with the word "verify" only compare it; return the exit status."""
    if last_build() != fingerprint():
        print("this needs a built book of these sources: run make book first", file=sys.stderr)
        return 1
    return watch.guarded(verify if sys.argv[1:] == ["verify"] else release)


if __name__ == "__main__":
    raise SystemExit(main())

"""Check that the built book can be released, and pack it: `make release`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

BOOK = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(BOOK), str(BOOK / "making")]
import evidence  # noqa: E402
import verify  # noqa: E402
from build import HTML, PDF, SUMS, fingerprint, last_build, sums  # noqa: E402
from evidence import dates, paths  # noqa: E402
from evidence.publish import citation, downloads  # noqa: E402

RELEASE = paths.BUILD / "release"
HEADING = re.compile(r"^## (\S+), (.+)\n+- \S", re.M)
"""An entry of CHANGELOG.md: version, date and at least one line."""


def tree_faults(status: str) -> list[str]:
    """Return a fault if `git status --porcelain` names anything."""
    return [f"the tree has changes that are not committed: {', '.join(line[3:] for line in status.splitlines())}"] if status else []


def version_faults(found: Mapping[str, str], expected: str) -> list[str]:
    """Return a fault for each surface whose version is not the expected one."""
    return [f"{surface}: expected version {expected}, found {version or 'none'}" for surface, version in found.items() if version != expected]


def changelog_faults(text: str, version: str, date: str) -> list[str]:
    """Return a fault unless the first entry of the changelog is that of this version and date."""
    entry = HEADING.search(text)
    found = f"{entry[1]}, {entry[2]}" if entry else "no entry"
    return [] if found == f"{version}, {date}" else [f"CHANGELOG.md: expected first an entry {version}, {date}, found {found}"]


def built_faults(html: Path) -> list[str]:
    """Return a fault for each published file that its list of sums does not have as it is."""
    listed = (html / SUMS).read_text("utf-8").splitlines() if (html / SUMS).is_file() else []
    return [f"_build/html: {line.split(maxsplit=1)[1]} is not as {SUMS} has it" for line in sorted({*listed} ^ {*sums(html).splitlines()})]


def versions(html: Path, pdf: Path) -> dict[str, str]:
    """Return the version that each surface names, by surface; "" where it names none."""
    from pypdf import PdfReader

    front = re.search(r"Version (\d[\w.]*\w)", PdfReader(pdf).pages[0].extract_text())
    places = {"data": paths.DATA, "_build/html/data": html / "data"}
    package = {place: json.loads((folder / "datapackage.json").read_text("utf-8")) for place, folder in places.items()}
    return {
        "CITATION.cff": str(yaml.safe_load(paths.CITATION.read_text("utf-8"))["version"]),
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


def main() -> int:
    """Print what stands in the way of a release, or pack it; return the exit status."""
    cff, pdf = citation.load(), PDF / citation.PDF
    if last_build() != fingerprint():
        print("release needs a built book of these sources: run make book first", file=sys.stderr)
        return 1
    status = subprocess.run(["git", "status", "--porcelain"], cwd=paths.ROOT, capture_output=True, text=True, check=True).stdout
    day = dates.long(cff["date-released"])
    faults = tree_faults(status) + version_faults(versions(HTML, pdf), cff["version"]) + built_faults(HTML)
    faults += changelog_faults((paths.ROOT / "CHANGELOG.md").read_text("utf-8"), cff["version"], day)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults or verify.main():
        return 1
    made = pack(HTML, RELEASE, f"{citation.NAME}-{cff['version']}")
    print(f"{made.relative_to(paths.ROOT)}, {made.stat().st_size / 1e6:.1f} MB: unpack it and open index.html")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

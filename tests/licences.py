"""List the licence of everything the locks name in dependency-licences.csv: `make licences`."""

import csv
import importlib.metadata
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LISTED = HERE / "dependency-licences.csv"
LAB = "book/making/lab.txt"
LOCKS = ("requirements.txt", "tests/requirements.txt", LAB)
NPM_LOCK = "tests/web/package-lock.json"
FIELDS = ("lock", "package", "version", "licence")
ELSEWHERE = {"appnope": "BSD-2-Clause", "cffi": "MIT-0", "colorama": "BSD-3-Clause", "pycparser": "BSD-3-Clause",
             "pywinpty": "MIT"}
"""Packages of other systems, which this one does not install; read from PyPI on 25 November 2026."""
NOT_STATED = "not stated in its metadata"
UNSAID = ("pymupdf4llm", "pymupdf-layout", "parse-cache-control")
"""Packages whose metadata names no licence. Test tools bring them; nothing published holds them."""


def locked(root: Path = HERE.parent) -> list[tuple[str, str, str]]:
    """Return (lock, package, version) of everything the locks name, in their order."""
    rows = [(lock, *pin) for lock in LOCKS
            for pin in re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", (root / lock).read_text("utf-8"), re.M)]
    packages = json.loads((root / NPM_LOCK).read_text("utf-8"))["packages"]
    return rows + [(NPM_LOCK, name.rpartition("node_modules/")[2], entry["version"])
                   for name, entry in packages.items() if name]


def licence(package: str) -> str:
    """Return a Python package's licence as its metadata says: an SPDX expression, else classifiers, else words."""
    try:
        about = importlib.metadata.metadata(package)
    except importlib.metadata.PackageNotFoundError:
        return ELSEWHERE.get(package, "")
    classifiers = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier", []) if c.startswith("License ::")]
    words = (about.get("License") or "").split("\n")[0].strip()
    return about.get("License-Expression") or "; ".join(classifiers) or words


def listed() -> list[tuple[str, ...]]:
    """Return the rows of the committed list, without its header."""
    with LISTED.open(encoding="utf-8", newline="") as lines:
        return [tuple(row) for row in csv.reader(lines)][1:]


def main() -> int:
    """Write the list; return 1 if a package is without a licence that we know of."""
    npm = json.loads((HERE.parent / NPM_LOCK).read_text("utf-8"))["packages"]
    terms = {name.rpartition("node_modules/")[2]: entry.get("license", "") for name, entry in npm.items()}
    rows = [(lock, package, version, terms[package] if lock == NPM_LOCK else licence(package))
            for lock, package, version in locked()]
    rows = [(*row[:3], row[3] or (NOT_STATED if row[1] in UNSAID else "")) for row in rows]
    if silent := [package for _, package, _, words in rows if not words]:
        print(f"no licence found: {', '.join(silent)}", file=sys.stderr)
        return 1
    with LISTED.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([FIELDS, *rows])
    print(f"{len(rows)} packages, each with its licence")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""What a command of the book may see, and what it looked at.

As a program it starts every command of the Makefile: `python -I book/making/watch.py PROGRAM ...`.
A command has no settings of its user's, and no bytecode but that of its sources. A program of this
folder runs alone, in a copy of the files that the book is made of: no other is read or published.
"""

import csv
import fcntl
import hashlib
import importlib.util
import ipaddress
import json
import os
import py_compile
import re
import runpy
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT.parent if ROOT.parts[-2:] == ("_build", "sources") else ROOT / "_build"
"""Everything that is made. The copy in which programs of this folder run is below it."""
KEPT = ("PATH", "TMPDIR", "CI", "LD_LIBRARY_PATH")
"""What a command gets of its user's environment; without the last some Pythons do not start."""
SET = {
    "MPLCONFIGDIR": str(Path(sys.prefix, "matplotlib")),  # its list of fonts takes a second to make
    "PYTHONUTF8": "1",
    "DOCUTILSCONFIG": "",  # docutils looks for settings in three places otherwise
    "OPENBLAS_NUM_THREADS": "1",  # a fork has no threads, and no sum depends on their number
    "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES",  # macOS ends a fork of a process that has loaded a framework,
    "no_proxy": "*",  # and one that asks the system for its proxies
}
KINDS = (
    ".bib", ".css", ".csv", ".geojson", ".html", ".in", ".js", ".json", ".otf", ".py", ".svg", ".ttf", ".txt",
    ".typ", ".woff2",
)
"""Endings of the files that the book is made of, beside pages and those in capitals (LICENSE)."""
CHECKED = b"\x03\0\0\0"
"""In bytecode: it counts only where its source has the contents that it was made from."""
EVENTS = {
    "socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
}
"""Audit events that lead to another machine, and which argument names it."""
TERMINAL = os.dup(2) if os.isatty(2) and "CI" not in os.environ else None
"""Where progress is shown, whatever a process forked from this one does with its output; nowhere but on a terminal."""
refused: list[str] = []
"""Hosts that code of this process has tried to reach."""


def settle(root: Path) -> None:
    """Drop the user's environment. Home is below _build, for what programs look for and leave there."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(kept | SET | {"HOME": str(root / "_build" / "home")})


def tracked(root: Path) -> set[str]:
    """Return the names of the files that git lists below `root`, none where there is no git or nothing was added."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    with suppress(OSError, subprocess.CalledProcessError):
        if (root / ".git").exists():
            names = subprocess.run(["git", "ls-files", "-z"], cwd=root, env=own, capture_output=True, check=True).stdout
            return {*map(os.fsdecode, names.split(b"\0")[:-1])}
    return set()


def origin(root: Path) -> str:
    """Return the last commit of what the book is built from, and whether anything was changed
    since; "" where there is no git."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    found = []
    with suppress(OSError, subprocess.CalledProcessError):
        sources = runpy.run_path(str(root / "book/evidence/paths.py"))["SOURCES"]
        for command in ((["log", "-1", "--format=%H"], ["status", "--porcelain", "--untracked-files=no"])
                        if (root / ".git").exists() else ()):
            done = subprocess.run(["git", *command, "--", *sources], cwd=root, env=own, capture_output=True,
                                  check=True, text=True)
            found.append(done.stdout.strip())
    return f"{found[0]}{', with changes since' if found[1] else ''}\n" if len(found) == 2 and found[0] else ""


def contents(root: Path) -> Any:
    """Return what _toc.yml says, nothing where it is no YAML: the check says what is wrong with it."""
    import yaml  # not when the lock is compared with what is installed: it may not be

    with suppress(yaml.YAMLError):
        return yaml.load((root / "_toc.yml").read_text("utf-8", "replace"), Loader=yaml.BaseLoader)


def listed(root: Path) -> tuple[list[str], list[str]]:
    """Return the names of the files that the book is made of, and of those that it is not made of as git does not list
    them: pages are listed in _toc.yml, tables in the data package, other files by git or, in a copy without it, by
    their kind. Hidden files, and what npm installs, are never the book's."""
    known, tables = tracked(root), ["data/datapackage.json", "data/LICENSES.md"]
    with suppress(OSError, ValueError, LookupError, TypeError):  # the check says what is wrong with it
        tables += [f"data/{entry['path']}" for entry in json.loads((root / tables[0]).read_bytes())["resources"]]
    found, left = [name for name in tables if (root / name).is_file()], list[str]()
    own = runpy.run_path(str(root / "book/evidence/paths.py"))  # which asks no bytecode
    for page in own["pages"](contents(root)):
        pages = [page + kind for kind in (".ipynb", ".md") if (root / (page + kind)).is_file()]
        found += sorted(pages, key=lambda name: name not in known)[:1]
    for top in own["SOURCES"]:
        found += [top] if (root / top).is_file() else []
        for path in (root / top).rglob("*") if top != "data" else ():
            name = path.relative_to(root).as_posix()
            kind = path.suffix in KINDS or path.name.isupper() or (path.suffix == ".md" and top != "book")
            if kind and path.is_file() and "/." not in name and "/node_modules/" not in name:
                (found if not known or name in known else left).append(name)
    return sorted(found), sorted(left)


def by_contents(folder: Path) -> None:
    """See to it that bytecode below a folder counts only where its source has the contents it was made from, for dates
    may lie. Raises SystemExit for a module that does not compile."""
    for path in sorted(folder.rglob("*.py")):
        made = Path(importlib.util.cache_from_source(path))
        if not made.is_file() or made.read_bytes()[4:8] != CHECKED:
            try:
                py_compile.compile(str(path), doraise=True,
                                   invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
            except py_compile.PyCompileError as error:
                raise SystemExit(" ".join(error.msg.replace(f"{folder.parent}{os.sep}", "").split())) from None


def stage(root: Path, folder: Path) -> None:
    """Make `folder` hold the files that the book is made of, and no other; what has not changed keeps its date."""
    names, left = listed(root)
    made = {"COMMIT": commit.encode()} if (commit := origin(root)) else {}
    names = sorted({*names, *made})
    if left:
        print(f"not in git, so not in the book: {', '.join(left)}", file=sys.stderr)
    if {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"} - set(names):
        shutil.rmtree(folder)
    for name in names:
        contents, to = made.get(name) or (root / name).read_bytes(), folder / name
        if not to.is_file() or to.read_bytes() != contents:
            to.parent.mkdir(parents=True, exist_ok=True)
            Path(importlib.util.cache_from_source(to)).unlink(missing_ok=True)
            to.write_bytes(contents)
    by_contents(folder / "book")


def enter(root: Path) -> Path:
    """Hold the build folder of a project, until this process and its forks end, and copy its files; return the copy."""
    lock = os.open(root / "_build" / "lock", os.O_RDWR | os.O_CREAT)
    os.set_inheritable(lock, True)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("another build is running in this folder; waiting for it to end", file=sys.stderr, flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)
    stage(root, root / "_build" / "sources")
    return root / "_build" / "sources"


def start(program: str, *words: str) -> None:
    """Become a Python that runs a command; a program of this folder runs in the copy of the book's files."""
    (BUILD / "home").mkdir(parents=True, exist_ok=True)
    if own := program.startswith("book/making/"):
        os.chdir(enter(ROOT))
    else:
        by_contents(ROOT / "book")
    settle(ROOT)
    os.environ |= {"PYTHONPATH": "book"} if own else {}
    os.execv(sys.executable, [sys.executable, program, *words])


def noted(path: Path) -> dict[str, Any]:
    """Return what a build has noted in a file; nothing where it is not there, or was cut as a machine went down."""
    with suppress(OSError, ValueError):
        found = json.loads(path.read_bytes())
        return found if isinstance(found, dict) else {}
    return {}


def clear() -> None:
    """Clear the line of the terminal on which progress is shown."""
    if TERMINAL is not None:
        os.write(TERMINAL, b"\r\x1b[K")


class Progress:
    """What is being done, how far it is and how long it has taken: on a terminal, in one line that is written over."""

    def __init__(self, what: str, total: int = 0) -> None:
        self.what, self.total, self.done, self.started = what, total, -1, time.monotonic()
        self.step()

    def step(self) -> None:
        """Count one more that is done."""
        self.done += 1
        if TERMINAL is not None:
            far = f": {self.done} of {self.total}" if self.total else ""
            os.write(TERMINAL, f"{self.what}{far}, {self.end()}".encode())

    def end(self) -> str:
        """Clear the line; return how long it took."""
        clear()
        return f"{time.monotonic() - self.started:.0f} s"


def guarded(job: Callable[[], object]) -> int:
    """Do a job; return its exit status, 1 after saying so where it says what is wrong, or of which command where the
    machine has no space, no file or no right for it."""
    try:
        return int(bool(job()))
    except SystemExit as error:
        if not isinstance(error.code, str):
            raise
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        clear()
        print("stopped; the last good site is unchanged", file=sys.stderr)
    except OSError as error:
        print(f"{' '.join(sys.argv)}: {error}; the last good site is unchanged", file=sys.stderr)
    return 1


def scrap() -> int:
    """Return the descriptor of a file without a name, for what a process forked from this one has to say."""
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def said(descriptor: int, start: int = 0) -> str:
    """Return what was written to such a file."""
    return os.pread(descriptor, 1 << 26, start).decode("utf-8", "replace")


def fork(job: Callable[[], object]) -> int:
    """Return the number of a process forked from this one, which does a job and ends."""
    sys.stdout.flush()
    if pid := os.fork():
        return pid
    status = 1
    try:
        status = guarded(job)
    except BaseException:  # whatever it is, this process must end here
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


@cache
def installed() -> str:
    """Return one SHA-256 over what is installed: Python, and each distribution that it finds with its list of files."""
    total = hashlib.sha256(sys.version.encode())
    for folder in sorted(path for place in {*sys.path} for path in Path(place).glob("*.dist-info")):
        total.update(folder.name.encode() + b"\0" + b"".join(path.read_bytes() for path in folder.glob("RECORD")))
    return total.hexdigest()


def lacking(lock: Path) -> list[str]:
    """Return what a lock asks for on this machine and is not installed, whole and in that version."""
    from importlib import metadata

    from pip._vendor.packaging.requirements import Requirement  # no other package may be there

    def is_whole(pin: Requirement) -> bool:
        with suppress(metadata.PackageNotFoundError):
            held = metadata.distribution(pin.name)
            files = [row[0] for row in csv.reader((held.read_text("RECORD") or "").splitlines())
                     if not row[0].endswith(".pyc")]
            return held.version in pin.specifier and all(Path(str(held.locate_file(name))).exists() for name in files)
        return False

    pins = map(Requirement, re.findall(r"^[\w.-]+==[^\\\n]+", lock.read_text("utf-8"), re.M))
    return [str(pin) for pin in pins if (not pin.marker or pin.marker.evaluate()) and not is_whole(pin)]


def is_here(host: object) -> bool:
    """Return whether a host, or the address of a socket that is no internet socket, is this machine."""
    if not isinstance(host, (str, bytes)):
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name in ("", "localhost", socket.gethostname())


class NetworkRefused(OSError):
    """Code tried to reach another machine."""


def refuse() -> None:
    """From now on raise NetworkRefused for every connection but to this machine, and put the host into `refused`, so
    that code which swallows the error is found out too.

    It sees what Python asks for; a program that a cell starts is caught by the test that builds the
    book where there is no network at all.
    """
    def hook(event: str, args: tuple) -> None:
        if event not in EVENTS:
            return
        address = args[EVENTS[event]]
        plain = None if event in ("socket.connect", "socket.sendto") else address
        host = address[0] if isinstance(address, tuple) else plain
        if not is_here(host):
            refused.append(str(host))
            raise NetworkRefused(f"the book is built without the network: {host} was refused")

    sys.addaudithook(hook)


def trace(root: Path, note: Callable[[str], object]) -> None:
    """From now on note the name of each file below `root` that is opened for reading, once, and of a module for its
    bytecode."""
    seen, below = set[str](), f"{root}{os.sep}"

    def hook(event: str, args: tuple) -> None:
        if event != "open" or not isinstance(args[0], (str, bytes)) or {*str(args[1] or "r")} & {*"wax+"}:
            return
        path = os.path.abspath(os.fsdecode(args[0]))
        if path.startswith(below) and path not in seen:
            seen.add(path)
            note(os.path.relpath(importlib.util.source_from_cache(path) if path.endswith(".pyc") else path, root))

    sys.addaudithook(hook)


def main() -> int:
    """Start a command, or with --lacking and a lock print what is not installed; return the exit status."""
    if sys.argv[1] != "--lacking":
        return guarded(lambda: start(*sys.argv[1:]))
    if lacks := lacking(Path(sys.argv[2])):
        print(f"not installed: {', '.join(lacks[:5])}", file=sys.stderr)
    return int(bool(lacks))


if __name__ == "__main__":
    raise SystemExit(main())

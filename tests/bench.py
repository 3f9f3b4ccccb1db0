"""`make bench`: how long the book takes, beside Jupyter Book's own build and beside the least it can take.

stock  jupyter-book build --all, which executes one notebook after another; no PDF
ours   make book: data checks, execution, site, PDF and downloads
limit  the notebooks' code in one process, then a Sphinx build that executes nothing, then the PDF

Usage: bench.py [--runs N] [--chapters N ...]. Medians of interleaved runs; memory is the largest sum
of resident sets of all processes of a command. Ratios hold on one machine, seconds do not.
"""

import argparse
import itertools
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "book"), str(ROOT / "book" / "making")]
from evidence.ledger import CHAPTERS  # noqa: E402
from watch import Progress, guarded, stage  # noqa: E402

OURS = (".venv/bin/python", "-I", "book/making/watch.py", "book/making/build.py")
"""What `make book` runs in an environment that is there."""
STOCK = (sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", ".", "-q", "--path-output")
PDF = ("--builder", "custom", "--custom-builder", "typst")
ONCE = ("show.claim(", "show.sheet(")
"""Lines that show a claim's line or its sheet: their labels are their own."""
PLAIN = """
import json, os, sys
from pathlib import Path
os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from matplotlib_inline.backend_inline import configure_inline_support
shell = InteractiveShell.instance(display_pub_class=CapturingDisplayPublisher)
configure_inline_support(shell, os.environ["MPLBACKEND"])
os.chdir("book")
sys.path.insert(0, "")
for path in sorted(Path().glob("*.ipynb")):
    shell.reset()
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code" and not shell.run_cell("".join(cell["source"])).success:
            sys.exit(f"{path}: a cell raised")
drawn = sum("image/svg+xml" in output["data"] for output in shell.display_pub.outputs)
asked = sum(path.read_text("utf-8").count("show.chart(") for path in Path().glob("*.ipynb"))
drawn == asked or sys.exit(f"{asked} figures asked for, {drawn} drawn")
"""


class Run(NamedTuple):
    """What one command took."""

    seconds: float
    mib: float


def timed(command: tuple[str, ...], folder: Path) -> Run:
    """Run a command in a folder and return its time and memory; raises SystemExit where it fails."""
    start, peak = time.perf_counter(), 0
    with (folder / "bench.log").open("w") as log:
        process = psutil.Popen(command, cwd=folder, stdout=log, stderr=log, env=os.environ | {"MAKEFLAGS": ""})
        while process.poll() is None:
            peak = max(peak, resident(process))
            time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{(folder / 'bench.log').read_text()[-3000:]}")
    return Run(time.perf_counter() - start, peak / 2**20)


def resident(process: psutil.Process) -> int:
    """Return the bytes that a process and its descendants hold in memory."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        try:
            total += one.memory_info().rss
        except psutil.Error:  # it ended meanwhile
            continue
    return total


def project(folder: Path, chapters: int) -> Path:
    """Copy the project's sources into a folder, with its chapters repeated up to a number; return it."""
    stage(ROOT, folder)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    pages = []
    for number in range(chapters - len(CHAPTERS)):
        chapter, mark = CHAPTERS[number % len(CHAPTERS)], f"r{number:03d}"
        notebook = json.loads((ROOT / "book" / f"{chapter}.ipynb").read_text("utf-8"))
        (folder / "book" / f"{mark}.ipynb").write_text(json.dumps(repeated(notebook, mark)), "utf-8")
        pages.append(f"      - file: book/{mark}\n")
        allow(folder / "book" / "evidence" / "checks" / "numbers.csv", chapter, mark)
    toc = folder / "_toc.yml"
    toc.write_text(re.sub(r"( *- file: book/outlook\n)", lambda m: m[1] + "".join(pages), toc.read_text("utf-8")),
                   "utf-8")
    return folder


def repeated(notebook: dict, mark: str) -> dict:
    """Return a chapter under other labels and keys, without what a book can hold once only."""
    for cell in notebook["cells"]:
        lines = [line for line in cell["source"] if not line.startswith(ONCE)]
        source = re.sub(r'((?:"|`)tab-)', rf"\g<1>{mark}.", "".join(lines))
        source = re.sub(r"show\.chart\((charts\.\w+)",
                        rf'show.chart(__import__("dataclasses").replace(\1, name="{mark}-" + \1.name)', source)
        cell["source"] = re.sub(r"^\([\w-]+\)=\n", "", source, flags=re.M)
        if "mystnb" in cell["metadata"]:
            cell["metadata"]["mystnb"] = {"image": {"alt": "A figure, repeated"}}
    return notebook


def allow(numbers: Path, chapter: str, mark: str) -> None:
    """Allow a repeated chapter the typed numbers that the chapter is allowed."""
    lines = numbers.read_text("utf-8").splitlines(keepends=True)
    numbers.write_text("".join(
        lines + [mark + line.removeprefix(chapter) for line in lines if line.startswith(f"{chapter},")]), "utf-8")


PAGES_ONLY = ("    language: en-GB\n", "    language: en-GB\n    published: elsewhere\n")
"""What `configured` changes so that `jupyter-book build` writes pages alone, without downloads and PDF."""


def configured(folder: Path, old: str, new: str) -> Path:
    """Change a copy's configuration; return the copy."""
    config = folder / "_config.yml"
    text = config.read_text("utf-8")
    assert old in text, old
    config.write_text(text.replace(old, new), "utf-8")
    return folder


def edit(folder: Path, number: int) -> tuple[Run, Run]:
    """Change one chapter's prose and build, then one data cell and build; return both."""
    path = folder / "book" / "reach.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"][-1]["source"] = ["".join(notebook["cells"][-1]["source"]), "\n\nAnd no more." * (number + 1)]
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")
    prose = timed(OURS, folder)
    table = folder / "data" / "strike_reports.csv"
    one, other = ("A flown total", "A total flown")[:: 1 - 2 * (number % 2)]
    table.write_text(table.read_text("utf-8").replace(one, other), "utf-8")
    return prose, timed(OURS, folder)


def measure(chapters: int, runs: int) -> dict[str, list[Run]]:
    """Return the runs of each kind on a book of so many chapters."""
    found: dict[str, list[Run]] = {}
    progress = Progress(f"book of {chapters} chapters, builds", runs * 6)

    def run(command: tuple[str, ...], folder: Path) -> Run:
        made = timed(command, folder)
        progress.step()
        return made

    with tempfile.TemporaryDirectory() as top:
        ours, stock, off = (project(Path(top, name), chapters) for name in ("ours", "stock", "off"))
        configured(stock, *PAGES_ONLY)
        configured(off, "execute_notebooks: force", 'execute_notebooks: "off"')
        for number in range(runs):
            shutil.rmtree(ours / "_build", ignore_errors=True)
            found.setdefault("stock", []).append(run((*STOCK, "_build", "--all"), stock))
            found.setdefault("ours", []).append(run(OURS, ours))
            pages = (*STOCK, "_build")
            parts = (run((sys.executable, "-c", PLAIN), off),
                     run((*pages, "--all"), configured(off, *PAGES_ONLY)),
                     run((*pages, *PDF), configured(off, *PAGES_ONLY[::-1])))
            for name, part in zip(("  code", "  pages", "  PDF"), parts, strict=True):
                found.setdefault(name, []).append(part)
            found.setdefault("limit", []).append(Run(sum(p.seconds for p in parts), max(p.mib for p in parts)))
            found.setdefault("unchanged", []).append(run(OURS, ours))
            for name, edited in zip(("prose edited", "cell edited"), edit(ours, number), strict=True):
                found.setdefault(name, []).append(edited)
    progress.end()
    return found


def main() -> int:
    """Print one table per size of book and the cost of a chapter; return the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5,
                         help="interleaved runs of the book as it is; larger ones run once")
    options.add_argument("--chapters", type=int, nargs="*", default=[8, 40, 160])
    given = options.parse_args()
    ours = {}
    for chapters in given.chapters:
        found = measure(chapters, given.runs if chapters == len(CHAPTERS) else 1)
        median = {name: Run(*(statistics.median(values) for values in zip(*runs, strict=True)))
                  for name, runs in found.items()}
        print(f"\n{chapters} chapters, {len(found['ours'])} runs\n"
              f"{'':14}{'s':>8}{'/ stock':>9}{'/ limit':>9}{'/ ours':>9}{'MiB':>7}")
        for name, (seconds, mib) in median.items():
            ratios = "".join(f"{seconds / median[other].seconds:9.2f}" for other in ("stock", "limit", "ours"))
            print(f"{name:14}{seconds:8.1f}{ratios}{mib:7.0f}", flush=True)
        ours[chapters] = median["ours"].seconds
    sizes = sorted(ours)
    costs = [(ours[b] - ours[a]) / (b - a) for a, b in itertools.pairwise(sizes)]
    if len(costs) > 1:
        print(f"\nseconds per added chapter: {', '.join(f'{cost:.2f}' for cost in costs)}; "
              f"last over first {costs[-1] / costs[0]:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(guarded(main))

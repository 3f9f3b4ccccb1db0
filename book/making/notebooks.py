"""Run the book's notebooks, several at a time: each by an IPython shell in a process of its own.

A process is forked from one that has imported what notebooks need of other people's packages, by
importing this module. The book's own modules are imported in each anew, where it is noted which
notebook reads which file. What is stored is what a Jupyter kernel gives; the tests hold it to that.
"""

import base64
import gc
import hashlib
import io
import json
import os
import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import matplotlib
import nbformat
import watch
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import activate_matplotlib
from matplotlib_inline.backend_inline import configure_inline_support
from nbformat.v4 import new_output
from traitlets.config import Config

matplotlib.use("agg")  # what draws outside a notebook opens no window
for name in ("geographiclib.geodesic", "matplotlib.backends.backend_svg", "matplotlib.pyplot",
             "myst_nb.ext.glue", "pandas"):
    import_module(name)

JOBS = 3
"""Notebooks at a time."""
TIMEOUT_S = 120
"""How long a cell may take."""
INLINE = "module://matplotlib_inline.backend_inline"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def encoded(data: dict[str, Any]) -> dict[str, Any]:
    """Return what is shown, by format, as a notebook stores it: pictures in base64."""
    return {mime: base64.b64encode(part).decode() if isinstance(part, bytes) else part for mime, part in data.items()}


class Publisher(DisplayPublisher):
    """Keeps what a cell shows, as a notebook stores it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.outputs: list[Any] = []
        self.named: defaultdict[str | None, list[Any]] = defaultdict(list)
        self.clears = False

    def add(self, kind: str, **parts: Any) -> Any:
        if self.clears:
            self.clear_output()
        self.outputs.append(new_output(kind, **parts))
        return self.outputs[-1]

    def publish(  # type: ignore[no-untyped-def,override]
            self, data, metadata=None, *, transient=None, update=False, **ignored):
        shown, named = ({"data": encoded(data), "metadata": metadata or {}},
                        self.named[(transient or {}).get("display_id")])
        for output in named if update else ():
            output.update(shown)
        if not update:
            named.append(self.add("display_data", **shown))

    def clear_output(self, wait=False):  # type: ignore[no-untyped-def]
        self.clears = wait
        if not wait:
            self.outputs.clear()


class Hook(DisplayHook):
    """Keeps the value of a cell's last line."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict, md_dict=None):  # type: ignore[no-untyped-def]
        shown = {"data": encoded(format_dict), "metadata": md_dict or {}}
        self.shell.display_pub.add("execute_result", execution_count=self.prompt_count, **shown)

    def finish_displayhook(self) -> None:
        self._is_active = False


class Shell(InteractiveShell):
    """Keeps what a cell raised, be it while a value was shown."""

    def _showtraceback(self, etype, evalue, stb):  # type: ignore[no-untyped-def]
        self.raised = f"{etype.__name__}: {evalue}"


class Stream(io.TextIOBase):
    """Standard output or error: keeps what is printed, and what other programs write to the descriptor."""

    encoding = "utf-8"

    def __init__(self, name: str, descriptor: int, publisher: Publisher) -> None:
        self.name, self.descriptor, self.publisher, self.file, self.taken = (
            name, descriptor, publisher, watch.scrap(), 0)
        os.dup2(self.file, descriptor)

    def fileno(self) -> int:
        return self.descriptor

    def write(self, text: str) -> int:
        last = self.publisher.outputs[-1] if self.publisher.outputs and not self.publisher.clears else {}
        if text and last.get("name") == self.name:
            last["text"] += text
        elif text:
            self.publisher.add("stream", name=self.name, text=text)
        return len(text)

    def take(self) -> None:
        text, self.taken = watch.said(self.file, self.taken), os.fstat(self.file).st_size
        self.write(text)


def execute(path: Path, to: Path, root: Path, note: Callable[[str, object], object]) -> None:
    """Run a notebook in its own folder and write it with fresh outputs. What there is to `note` is the cell that runs
    and the files below `root` that are read. Raises RuntimeError with what a cell raised or warned of."""
    os.chdir(path.parent)
    sys.path[0] = ""  # as in a kernel; it was the folder of this program
    for name in [name for name in sys.modules if name.partition(".")[0] == "evidence"]:
        del sys.modules[name]
    os.environ["MPLBACKEND"] = INLINE
    settings = Config()
    settings.HistoryManager.enabled = False
    shell = Shell.instance(config=settings, display_pub_class=Publisher, displayhook_class=Hook)
    activate_matplotlib(INLINE)
    configure_inline_support(shell, INLINE)
    streams = [Stream(name, number, shell.display_pub) for number, name in ((1, "stdout"), (2, "stderr"))]
    sys.stdout, sys.stderr = streams
    watch.trace(root, lambda name: note("read", name))
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and cell.source.strip():
            note("cell", number)
            signal.alarm(TIMEOUT_S)  # which ends the process, whatever it does
            shell.display_pub.clear_output()
            shell.raised, cell.execution_count = "", shell.execution_count
            result = shell.run_cell(cell.source, store_history=True)
            for stream in streams:
                stream.take()
            if shell.raised or not result.success:
                raise RuntimeError(shell.raised or repr(result.error_before_exec or result.error_in_exec))
            cell.outputs = list(shell.display_pub.outputs)
            if warned := [output.text for output in cell.outputs if output.get("name") == "stderr"]:
                raise RuntimeError(f"writes to stderr, which no page shows: {warned[0]}")
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    nbformat.write(notebook, to)
    note("done", True)


def forked(path: Path, to: Path, root: Path, log: int) -> int:
    """Return the number of a process that runs a notebook and writes it; what there is to note comes into `log`."""
    def note(kind: str, value: object) -> None:
        os.write(log, (json.dumps([kind, value]) + "\n").encode())

    def job() -> None:
        try:
            execute(path, to, root, note)
        except BaseException as error:  # a cell may raise anything
            note("raised", " ".join(str(error).split()))
        for host in watch.refused:
            note("network", host)

    return watch.fork(job)


def fault(name: str, status: int, noted: dict[str, list]) -> str:
    """Return in one line what went wrong with a notebook, "" where nothing did."""
    if hosts := sorted({*noted["network"]}):
        return f"{name}: tried to reach {', '.join(hosts)}; the book is built without the network"
    if os.WIFSIGNALED(status):
        ended = signal.Signals(os.WTERMSIG(status))
        wrong = (f"took longer than {TIMEOUT_S} s" if ended == signal.SIGALRM
                 else f"its process was ended by {ended.name}")
    elif noted["done"]:
        return ""
    else:
        wrong = (noted["raised"] or [f"its process ended itself with status {os.WEXITSTATUS(status)}"])[0]
    return ": ".join([name, *(f"cell {number}" for number in noted["cell"][-1:]), wrong])


def run(wanted: dict[Path, Path], root: Path) -> Iterator[tuple[Path, list[str]]]:
    """Run notebooks and write each where `wanted` says; give each when it has ended, with the files below `root` that
    it read. Raises SystemExit with what went wrong with the first that fails, after ending the others."""
    gc.collect()
    gc.freeze()  # a fork that looks through what it shares for what can go gets a copy of it
    waiting, running = list(wanted), dict[int, tuple[Path, int]]()
    progress = watch.Progress("notebooks", len(wanted))
    try:
        while waiting or running:
            while waiting and len(running) < JOBS:
                path, log = waiting.pop(0), watch.scrap()
                running[forked(path, wanted[path], root, log)] = path, log
            pid, status = os.wait()
            path, log = running.pop(pid)
            noted = defaultdict[str, list](list)
            for line in watch.said(log).splitlines():
                noted[json.loads(line)[0]].append(json.loads(line)[1])
            if wrong := fault(path.name, status, noted):
                raise SystemExit(wrong)
            progress.step()
            yield path, noted["read"]
    finally:
        progress.end()
        for pid in running:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def sha256(path: Path, *parts: str) -> str:
    """Return the SHA-256 of a file, or of some parts of a notebook's code cells; "" where it is gone."""
    if not path.is_file():
        return ""
    cells = json.loads(path.read_bytes())["cells"] if parts else []
    code = [[cell.get(part) for part in parts] for cell in cells if cell["cell_type"] == "code"]
    return hashlib.sha256(json.dumps(code, sort_keys=True).encode() if parts else path.read_bytes()).hexdigest()


def made_of(root: Path, path: Path, to: Path, read: Iterable[str]) -> dict[str, Any]:
    """Return digests of what an executed notebook depends on, by what it `read` below `root`, and of what it is.

    Of another notebook it reads no more than code and what that shows (provenance.py).
    """
    own = {"installed": watch.installed(), "code": sha256(path, "source", "metadata"), "output": sha256(to),
           "whole": sha256(path)}
    code = {name: ("source", "metadata", "outputs") if name.endswith(".ipynb") else () for name in sorted(read)}
    return {**own, "files": {name: sha256(root / name, *parts) for name, parts in code.items()}}


def carry(path: Path, to: Path) -> None:
    """Give an executed notebook the prose of its source, whose code is as it was executed."""
    notebook, executed = (nbformat.read(one, as_version=4) for one in (path, to))
    outputs = iter([cell for cell in executed.cells if cell.cell_type == "code"])
    executed.cells = [next(outputs) if cell.cell_type == "code" else cell for cell in notebook.cells]
    nbformat.write(executed, to)


def bring_up_to_date(root: Path, paths: Iterable[Path], target: Path) -> list[str]:
    """Execute those notebooks whose last execution is not current, and write them below `target` as they are below
    `root`, each with a manifest. Return their names. Raises SystemExit where one fails."""
    stale = dict[Path, Path]()
    for path in paths:
        to = target / path.relative_to(root)
        manifest = to.with_suffix(".manifest.json")
        then = {"files": {}} | watch.noted(manifest)
        now = made_of(root, path, to, then["files"])
        if then != {**now, "whole": then.get("whole")}:
            to.parent.mkdir(parents=True, exist_ok=True)
            manifest.unlink(missing_ok=True)
            stale[path] = to
        elif then != now:
            carry(path, to)
            manifest.write_text(json.dumps(made_of(root, path, to, then["files"]), indent=1) + "\n", "utf-8")
    for path, read in run(stale, root):
        found = made_of(root, path, stale[path],
                        {*read, "requirements.txt", "book/making/notebooks.py", "book/making/watch.py"})
        stale[path].with_suffix(".manifest.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return sorted(path.stem for path in stale)

"""Run the book's notebooks, several at a time."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import kernels
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from tracing import NETWORK

JOBS = 3
"""Notebooks at a time: a kernel waits for a third of its time to start and to end, so three fill two cores."""
TIMEOUT_S = 120
STARTS = 3
"""Kernels to try: another program may take a port after it was chosen for one and before it is used."""


class NotebookFailed(Exception):
    """A cell raised or reached for the network; the message names notebook, cell and error."""


def settle(root: Path) -> None:
    """Keep personal settings of IPython and matplotlib out of the kernels, and their files below _build."""
    (root / "_build" / "kernels").mkdir(parents=True, exist_ok=True)
    os.environ.update({name: str(root / "_build" / "kernels") for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR")})
    os.environ.pop("MPLBACKEND", None)  # unset, a kernel draws into the page


def client_of(notebook: nbformat.NotebookNode, path: Path, log: Path | None, source: kernels.Source | None) -> NotebookClient:
    """Return what executes a notebook once, in a kernel of its own."""
    here, root = str(Path(__file__).parent), path.absolute().parents[1]
    first = f"import sys; sys.path.append({here!r}); import tracing; tracing.start({str(root)!r}, {str(log) if log else os.devnull!r})"
    arguments = [f"--IPKernelApp.exec_lines={first}", "--HistoryManager.hist_file=:memory:"]
    arguments.append("--IPKernelApp.log_level=40")  # a kernel warns of loopback TCP each time
    client = NotebookClient(
        notebook, timeout=TIMEOUT_S, kernel_name="python3", record_timing=False, extra_arguments=arguments,
        resources={"metadata": {"path": str(path.parent)}}, shutdown_kernel="immediate",
    )
    if source:
        source.get_ready()
        manager = client.create_kernel_manager()
        manager.provisioner = kernels.provisioner(source, manager)
    return client


def execute(path: Path, log: Path | None = None, source: kernels.Source | None = None) -> nbformat.NotebookNode:
    """Return a notebook with fresh outputs and no timestamps; it runs in its own folder.

    The project files it opens are listed in `log`; its kernel is forked from `source`, where there
    is one. Raises NotebookFailed when a cell raises or no kernel lives.
    """
    notebook = nbformat.read(path, as_version=4)
    settle(path.absolute().parents[1])
    for left in reversed(range(STARTS)):
        client = client_of(notebook, path, log, source)
        try:
            client.execute()
            break
        except CellExecutionError as error:
            cells = [i for i, cell in enumerate(notebook.cells) if any(o.output_type == "error" for o in cell.get("outputs", []))]
            raise NotebookFailed(f"{path.name}: cell {cells[0] if cells else '?'}: {error.ename}: {error.evalue}") from None
        except RuntimeError as error:  # nbclient has one of its own for a kernel that dies later
            atexit.unregister(client._cleanup_kernel)  # it takes for granted that the kernel started
            if not left or isinstance(error, DeadKernelError):
                raise NotebookFailed(f"{path.name}: {error}") from None
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    return notebook


def code_of(path: Path) -> str:
    """Return the SHA-256 of a notebook's code cells: what it depends on besides the files it reads."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = [(cell["source"], cell["metadata"]) for cell in cells if cell["cell_type"] == "code"]
    return hashlib.sha256(json.dumps(code, sort_keys=True).encode()).hexdigest()


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, of a notebook's code: one reads no more of another (provenance.py)."""
    return code_of(path) if path.suffix == ".ipynb" else sha256(path)


def digests(root: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the digest of files below `root` by name, "" for one that is gone."""
    return {name: digest(root / name) if (root / name).is_file() else "" for name in sorted(names)}


def is_current(root: Path, manifest: Path, target: Path, code: str) -> bool:
    """Return whether a notebook was executed with this Python, this code, and everything it read is the same."""
    if not (manifest.is_file() and target.is_file()):
        return False
    then = json.loads(manifest.read_text("utf-8"))
    return (then["python"], then.get("code"), then["output"], then["files"]) == (sys.version, code, sha256(target), digests(root, then["files"]))


def carried(notebook: nbformat.NotebookNode, executed: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a notebook with the outputs of its own code, executed before its prose was changed."""
    outputs = iter(cell for cell in executed.cells if cell.cell_type == "code")
    notebook.cells = [next(outputs) if cell.cell_type == "code" else cell for cell in notebook.cells]
    notebook.metadata = executed.metadata
    return notebook


def write(notebook: nbformat.NotebookNode, to: Path, manifest: Path, found: dict[str, object]) -> None:
    """Write an executed notebook, and beside it what it was made of and its outputs depend on."""
    nbformat.write(notebook, to)
    manifest.write_text(json.dumps(found | {"output": sha256(to)}, indent=1) + "\n", "utf-8")


def brought_up_to_date(path: Path, root: Path, target: Path, source: kernels.Source | None) -> str | None:
    """Execute a notebook whose last execution is not current; write it below `target` at its place
    below `root`. Return its name where it was executed. Raises NotebookFailed."""
    to = target / path.relative_to(root)
    manifest, log = to.with_suffix(".manifest.json"), to.with_suffix(".log")
    code, whole = code_of(path), sha256(path)
    if is_current(root, manifest, to, code):
        found = json.loads(manifest.read_text("utf-8"))
        if found["notebook"] != whole:
            write(carried(nbformat.read(path, as_version=4), nbformat.read(to, as_version=4)), to, manifest, found | {"notebook": whole})
        return None
    to.parent.mkdir(parents=True, exist_ok=True)
    manifest.unlink(missing_ok=True)
    log.write_text("", "utf-8")
    executed = execute(path, log, source)
    noted = log.read_text("utf-8").split("\n")
    if refused := sorted({line.removeprefix(NETWORK) for line in noted if line.startswith(NETWORK)}):
        raise NotebookFailed(f"{path.name}: tried to reach {', '.join(refused)}; the book is built without the network")
    read = {*noted, "requirements.txt", "book/making/notebooks.py"} - {""}
    files = digests(root, (name for name in read if not name.startswith((".venv", "_build"))))
    write(executed, to, manifest, {"python": sys.version, "notebook": whole, "code": code, "files": files})
    log.unlink()
    return path.stem


@contextmanager
def executing(notebooks: list[Path], root: Path, target: Path) -> Iterator[Callable[[], list[str]]]:
    """Bring notebooks up to date while the block runs; give what waits for the last of them and
    returns the names of those that were executed. Leaving the block drops those not begun."""
    with kernels.source() as source, ThreadPoolExecutor(JOBS) as pool:
        futures = [pool.submit(brought_up_to_date, path, root, target, source) for path in notebooks]
        try:
            yield lambda: [name for future in futures if (name := future.result())]
        finally:
            for future in futures:
                future.cancel()


def store(path: Path, source: kernels.Source | None = None) -> None:
    """Execute one notebook and store its outputs in it."""
    nbformat.write(execute(path, source=source), path)


def main() -> int:
    """Re-execute the named notebooks, or all, and store their outputs (`make rerun`)."""
    book = Path(__file__).resolve().parents[1]
    chosen = [book / f"{name}.ipynb" for name in sys.argv[1:]] or sorted(book.glob("*.ipynb"))
    if missing := [path.name for path in chosen if not path.is_file()]:
        print(f"book/ has no {', '.join(missing)}", file=sys.stderr)
        return 1
    try:
        with kernels.source() as source, ThreadPoolExecutor(JOBS) as pool:
            list(pool.map(lambda path: store(path, source), chosen))
    except NotebookFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

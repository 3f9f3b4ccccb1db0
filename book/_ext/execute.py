"""Run the book's notebooks, two at a time."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from tracing import NETWORK

JOBS = 2
TIMEOUT_S = 120


class NotebookFailed(Exception):
    """A cell raised or reached for the network; the message names notebook, cell and error."""


def settle(root: Path) -> None:
    """Keep personal settings of IPython and matplotlib out of the kernels, and their files below _build."""
    os.environ.update({name: str(root / "_build" / "kernels") for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR")})
    os.environ.pop("MPLBACKEND", None)  # unset, a kernel draws into the page


def execute(path: Path, log: Path | None = None) -> nbformat.NotebookNode:
    """Return a notebook with fresh outputs and no timestamps; it runs in its own folder.

    The project files it opens are listed in `log`. Raises NotebookFailed when a cell raises.
    """
    notebook = nbformat.read(path, as_version=4)
    here, root = str(Path(__file__).parent), path.absolute().parents[1]
    settle(root)
    first = f"import sys; sys.path.append({here!r}); import tracing; tracing.start({str(root)!r}, {str(log) if log else os.devnull!r})"
    arguments = [f"--IPKernelApp.exec_lines={first}", "--HistoryManager.hist_file=:memory:"]
    arguments.append("--IPKernelApp.log_level=40")  # a kernel warns of loopback TCP each time
    client = NotebookClient(
        notebook, timeout=TIMEOUT_S, kernel_name="python3", record_timing=False, extra_arguments=arguments,
        resources={"metadata": {"path": str(path.parent)}}, shutdown_kernel="immediate",
    )
    try:
        client.execute()
    except CellExecutionError as error:
        cells = [i for i, cell in enumerate(notebook.cells) if any(o.output_type == "error" for o in cell.get("outputs", []))]
        raise NotebookFailed(f"{path.name}: cell {cells[0] if cells else '?'}: {error.ename}: {error.evalue}") from None
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    return notebook


def digests(root: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of files below `root` by name, "" for one that is gone."""
    return {name: hashlib.sha256((root / name).read_bytes()).hexdigest() if (root / name).is_file() else "" for name in sorted(names)}


def is_current(root: Path, manifest: Path, target: Path) -> bool:
    """Return whether a notebook was executed with this Python and everything it read is the same."""
    if not (manifest.is_file() and target.is_file()):
        return False
    then = json.loads(manifest.read_text("utf-8"))
    return then["python"] == sys.version and then["output"] == hashlib.sha256(target.read_bytes()).hexdigest() and then["files"] == digests(root, then["files"])


def execute_all(sources: list[Path], root: Path, target: Path) -> list[str]:
    """Execute every notebook whose last execution is not current; write it below `target` at its
    place below `root`. Return the names of those that were executed."""
    def one(path: Path) -> str | None:
        to = target / path.relative_to(root)
        manifest, log = to.with_suffix(".manifest.json"), to.with_suffix(".log")
        if is_current(root, manifest, to):
            return None
        to.parent.mkdir(parents=True, exist_ok=True)
        for old in (manifest, log):
            old.unlink(missing_ok=True)
        nbformat.write(execute(path, log), to)
        noted = log.read_text("utf-8").split("\n")
        if refused := sorted({line.removeprefix(NETWORK) for line in noted if line.startswith(NETWORK)}):
            raise NotebookFailed(f"{path.name}: tried to reach {', '.join(refused)}; the book is built without the network")
        read = {*noted, path.relative_to(root).as_posix(), "requirements.txt", "book/_ext/execute.py"} - {""}
        files = digests(root, (name for name in read if not name.startswith((".venv", "_build"))))
        found = {"python": sys.version, "output": hashlib.sha256(to.read_bytes()).hexdigest(), "files": files}
        manifest.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
        log.unlink()
        return path.stem

    with ThreadPoolExecutor(JOBS) as pool:
        return [name for name in pool.map(one, sources) if name]


def store(path: Path) -> None:
    """Execute one notebook and store its outputs in it."""
    nbformat.write(execute(path), path)


def main() -> int:
    """Re-execute the named notebooks, or all, and store their outputs (`make rerun`)."""
    book = Path(__file__).resolve().parents[1]
    chosen = [book / f"{name}.ipynb" for name in sys.argv[1:]] or sorted(book.glob("*.ipynb"))
    if missing := [path.name for path in chosen if not path.is_file()]:
        print(f"book/ has no {', '.join(missing)}", file=sys.stderr)
        return 1
    try:
        with ThreadPoolExecutor(JOBS) as pool:
            list(pool.map(store, chosen))
    except NotebookFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

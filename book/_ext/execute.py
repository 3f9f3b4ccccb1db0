"""Run the book's notebooks, two at a time."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

JOBS = 2
TIMEOUT_S = 120


class NotebookFailed(Exception):
    """A cell raised; the message names notebook, cell and error."""


def execute(path: Path) -> nbformat.NotebookNode:
    """Return a notebook with fresh outputs and no timestamps; it runs in its own folder.

    Raises NotebookFailed when a cell raises.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=TIMEOUT_S, kernel_name="python3", record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=40"],  # a kernel warns of loopback TCP each time
        resources={"metadata": {"path": str(path.parent)}}, shutdown_kernel="immediate",
    )
    try:
        client.execute()
    except CellExecutionError as error:
        cells = [i for i, cell in enumerate(notebook.cells) if any(o.output_type == "error" for o in cell.get("outputs", []))]
        raise NotebookFailed(f"{path.name}: cell {cells[0] if cells else '?'}: {error.ename}: {error.evalue}") from None
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    return notebook


def execute_all(sources: list[Path], root: Path, target: Path) -> None:
    """Execute every notebook and write it below `target` at its place below `root`."""
    with ThreadPoolExecutor(JOBS) as pool:
        for path, notebook in zip(sources, pool.map(execute, sources)):
            to = target / path.relative_to(root)
            to.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(notebook, to)


def main() -> int:
    """Re-execute every notebook of the book and store its outputs (`make rerun`)."""
    book = Path(__file__).resolve().parents[1]
    try:
        execute_all(sorted(book.glob("*.ipynb")), book, book)
    except NotebookFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Tests see the book's package and its Sphinx extensions, as the build does."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import nbval.kernel
import pytest
from hypothesis import settings
from jupyter_client.manager import KernelManager

BOOK = Path(__file__).resolve().parents[1] / "book"
sys.path[:0] = [str(BOOK), str(BOOK / "_ext"), str(BOOK / "making"), str(BOOK / "_ext" / "typst")]

sys.dont_write_bytecode = False  # readers have it on, and what is stale in it has to show here too
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture
def article() -> None:
    """Skip a test that reads the article where the copy leaves it out, as rerun.zip does."""
    from evidence.checks import everything

    if everything.left_out():
        pytest.skip("the article is not in this copy")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the verdicts that moved below what failed: one change of data may fail many tests."""
    from evidence.faults import Fault, Faults
    from evidence.publish import readme
    from evidence.verdicts import examine

    if terminalreporter.stats.get("failed"):
        with suppress(Fault, Faults):
            for line in readme.moved(examine.all_judgements()):
                terminalreporter.write_line(
                    f"{line} is not recorded: undo it (git checkout . && make rerun), "
                    "or go on as CONTRIBUTING.md says below Correct a number")


settings.register_profile("book", deadline=None, derandomize=True)  # the same cases on every machine, however busy
settings.load_profile("book")

SOCKETS = TemporaryDirectory(prefix="book-", dir="/tmp")  # short, as the path of a socket has to be


def kernel_manager(**given) -> KernelManager:
    """Return what starts a kernel of nbval that talks through files: another program may take a port
    between the moment when it is chosen for a kernel and that when it is used."""
    return KernelManager(transport="ipc", connection_file=f"{SOCKETS.name}/{uuid4().hex}.json", **given)


nbval.kernel.KernelManager = kernel_manager

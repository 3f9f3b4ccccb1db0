"""Runs inside a kernel: note every file of the project that is opened, so that a notebook is
executed again when, and only when, something it read has changed; and note and refuse the network."""

from __future__ import annotations

import importlib.util
import os
import sys

import offline

NETWORK = "network: "
"""What a line of the log starts with when it names a host and not a file."""


def start(root: str, log: str) -> None:
    """Append the path of each project file that is opened for reading, below `root`, to `log`, once.

    A compiled module stands for its source. Hosts that code tries to reach are noted too.
    """
    seen: set[str] = set()

    def write(line: str) -> None:
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, (line + "\n").encode())
        os.close(descriptor)

    def note(event: str, args: tuple) -> None:
        if event != "open" or not isinstance(args[0], (str, bytes)) or (isinstance(args[1], str) and set("wax+") & set(args[1])):
            return
        path = os.path.abspath(os.fsdecode(args[0]))
        if path in seen or not path.startswith(root + os.sep):
            return
        seen.add(path)
        if path.endswith(".pyc"):
            path = importlib.util.source_from_cache(path)
        write(os.path.relpath(path, root))

    sys.addaudithook(note)
    offline.refuse(lambda host: write(NETWORK + host))

"""Refuse the network, in the build and inside every kernel: what a reader sees must come from
the sources alone, and the same build must work on a train.

It sees what Python code asks for. A program that a cell starts is caught by the test that
builds the book where there is no network at all.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Callable

EVENTS = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0, "socket.gethostbyaddr": 0}
"""Audit events that lead to another machine, and which argument names it."""


class NetworkRefused(OSError):
    """Code tried to reach another machine."""


def is_here(host: object) -> bool:
    """Return whether a host, or the address of a socket that is no internet socket, is this machine."""
    if not isinstance(host, (str, bytes)):
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name in ("", "localhost", socket.gethostname())


def refuse(note: Callable[[str], object]) -> None:
    """From now on raise NetworkRefused for every connection but to this machine.

    `note` is told the host first, so that code which swallows the error is found out too.
    """
    def watch(event: str, args: tuple) -> None:
        if event not in EVENTS:
            return
        address = args[EVENTS[event]]
        host = address[0] if isinstance(address, tuple) else address if event not in ("socket.connect", "socket.sendto") else None
        if not is_here(host):
            note(str(host))
            raise NetworkRefused(f"the book is built without the network: {host} was refused")

    sys.addaudithook(watch)

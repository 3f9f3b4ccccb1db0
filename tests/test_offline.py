"""Nothing but this machine can be reached while the book is built."""

import socket
import subprocess
import sys

import offline
import pytest
from evidence import paths

TRY = """
import socket, sys, urllib.request
sys.path[:0] = ["book/_ext", "book/making"]
import offline
noted = []
offline.refuse(noted.append)
try:
    {what}
except Exception as error:
    print(type(error).__name__, error)
print(noted)
"""
REFUSED = {
    "socket.create_connection(('192.0.2.1', 80), 1)": "192.0.2.1",
    "socket.create_connection(('example.org', 80), 1)": "example.org",
    "socket.socket(socket.AF_INET6, socket.SOCK_STREAM).connect(('2001:db8::1', 80))": "2001:db8::1",
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))": "192.0.2.1",
    "socket.gethostbyname('example.org')": "example.org",
    "urllib.request.urlopen('https://example.org/', timeout=1)": "example.org",
}


def attempt(what: str) -> str:
    """Return what a process prints that tries something after the network was refused."""
    return subprocess.run([sys.executable, "-c", TRY.format(what=what)], cwd=paths.ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("what", REFUSED)
def test_another_machine_is_refused_and_noted(what):
    said = attempt(what)
    assert f"the book is built without the network: {REFUSED[what]} was refused" in said
    assert f"['{REFUSED[what]}'" in said


def test_this_machine_is_not_refused():
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert attempt(f"socket.create_connection(('localhost', {server.getsockname()[1]}), 5)").strip() == "[]"


def test_what_is_here():
    assert all(map(offline.is_here, [None, "", "localhost", "127.0.0.1", b"127.0.0.1", "::1", 7]))
    assert not any(map(offline.is_here, ["example.org", b"example.org", "8.8.8.8", "10.0.0.1", "::2", "localhost.example.org"]))

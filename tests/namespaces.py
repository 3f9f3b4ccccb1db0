"""Linux namespaces for tests: no network but loopback, and mounts that only a test sees."""

import os
import subprocess
from functools import cache

import pytest

LOOPBACK = ("unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
"""Put before a command: it finds no network but this machine. Without loopback kernels hang."""
MOUNTS = ("unshare", "-rm")
"""Put before a command: what it mounts is gone when it ends."""


@cache
def allowed(prefix: tuple[str, ...]) -> bool:
    """Return whether this machine lets us make such a namespace."""
    try:
        return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def need(prefix: tuple[str, ...]) -> list[str]:
    """Return the prefix; where it is forbidden skip the test, but fail it in CI."""
    if not allowed(prefix):
        reason = (f"`{' '.join(prefix[:2])}` is forbidden on this machine: it needs Linux with unprivileged user "
                  "namespaces")
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return list(prefix)

"""Kernels that start at once: forked from one process that has imported what every notebook needs.

Only other people's packages are imported ahead. The book's own modules are imported in each kernel,
where the build notes which notebook reads which. Not pyplot either: a kernel forked after its
import loses its figures. FRESH_KERNELS=1 starts every kernel anew, as macOS always does, where a fork of a
process that has imported much is not safe.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

AHEAD = ("ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib.figure", "matplotlib.ticker", "myst_nb", "pandas", "yaml")
SHARED = sys.platform == "linux" and not os.environ.get("FRESH_KERNELS")


class Kernel:
    """A forked kernel, with as much of subprocess.Popen as jupyter_client asks for."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """Return None while the kernel runs, then 0; how it ended is not known."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    wait = poll

    def send_signal(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)


class Source:
    """The process that kernels are forked from."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[str] | None = None

    def get_ready(self) -> None:
        """Start, and wait until kernels can be forked: their ports are chosen after that, and soon used."""
        with self.lock:
            if not self.process:
                pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
                self.process = subprocess.Popen([sys.executable, __file__], **pipes)
                assert self.process.stdout
                self.process.stdout.readline()

    def fork(self, command: list[str], cwd: str, env: dict[str, str]) -> Kernel:
        """Return a new kernel, started as `command` would start it."""
        assert self.process and self.process.stdin and self.process.stdout
        with self.lock:
            print(json.dumps([command[command.index("-f"):], cwd, env]), file=self.process.stdin, flush=True)
            return Kernel(int(self.process.stdout.readline()))


@contextmanager
def source() -> Iterator[Source | None]:
    """Give what to fork kernels from while the block runs, or None where each is to start anew."""
    found = Source() if SHARED else None
    try:
        yield found
    finally:
        if found and found.process:
            found.process.kill()
            found.process.communicate()


def provisioner(source: Source, manager: Any) -> Any:
    """Return what gives a kernel manager forked kernels."""
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    class Forking(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
            kernel = source.fork(cmd, kwargs["cwd"], kwargs["env"])
            self.process: Any = kernel
            self.pid = self.pgid = kernel.pid
            return self.connection_info

    return Forking(kernel_id="", kernel_spec=manager.kernel_spec, parent=manager)


def become_kernel(arguments: list[str], cwd: str, env: dict[str, str]) -> None:
    """Turn this forked process into a kernel; never returns."""
    from ipykernel.kernelapp import launch_new_instance

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    try:
        launch_new_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
    except Exception as error:
        print(f"a kernel did not start: {error}", file=sys.stderr)
    finally:
        os._exit(1)


def main() -> None:
    """Fork a kernel for every line on standard input; answer with its process number."""
    del sys.path[0]  # this folder, which no kernel starts with
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who has ended is gone, not waited for
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"  # what a kernel sets before matplotlib is imported
    for name in AHEAD:
        import_module(name)
    gc.collect()
    gc.freeze()  # a kernel that looks through what it shares gets a copy of it, which took an eighth of its time
    gc.set_threshold(100_000, 50, 1000)
    print("ready", flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            become_kernel(*json.loads(line))
        os.setpgid(pid, pid)  # a kernel is ended with its group
        print(pid, flush=True)


if __name__ == "__main__":
    main()

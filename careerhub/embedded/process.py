"""Children that die with us: none may outlive the supervisor, however that ends."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

PR_SET_PDEATHSIG = 1


class ServerFailed(Exception):
    """A server did not start; the message says which, and what it last wrote."""


def bound_to_us(*, farewell: signal.Signals) -> dict[str, Any]:
    """Arguments for Popen: Ctrl-C reaches us alone, and our death sends `farewell` to the child.

    Only Linux can do the second; elsewhere the next start stops what was left behind.
    """
    arguments: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "linux":
        arguments["preexec_fn"] = _die_with_parent(farewell)
    return arguments


def _die_with_parent(farewell: signal.Signals) -> Callable[[], None]:
    # Loaded here: after the fork, loading a library could wait for a lock for ever.
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def ask_the_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, farewell)
        if os.getppid() != parent:
            os._exit(1)  # The parent died before the kernel was asked.

    return ask_the_kernel


def stop(process: subprocess.Popen[Any], *, by: signal.Signals, seconds: float) -> None:
    """Ask a child to end, and end it after `seconds` at the latest."""
    if process.poll() is None:
        process.send_signal(by)
    wait_and_kill(process, seconds=seconds)


def wait_and_kill(process: subprocess.Popen[Any], *, seconds: float) -> None:
    """Leave nothing behind: neither the child after `seconds` nor children of its own."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()

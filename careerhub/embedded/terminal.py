"""One terminal for several processes: each line says who wrote it."""

import os
import subprocess
import sys
import threading
from contextlib import suppress

COLOURS = {"web": 36, "worker": 32, "beat": 35}
_one_at_a_time = threading.Lock()


def say(sentence: str = "") -> None:
    _write(f"{sentence}\n")


def complain(sentence: str) -> None:
    print(f"careerhub: {sentence}", file=sys.stderr, flush=True)


def follow(name: str, child: subprocess.Popen[str]) -> None:
    """Copy the child's lines here until it closes its end."""
    threading.Thread(target=_copy, args=(name, child), daemon=True).start()


def _copy(name: str, child: subprocess.Popen[str]) -> None:
    assert child.stdout is not None  # noqa: S101 - it was started with a pipe.
    prefix = f"{name:>6} | "
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        prefix = f"\x1b[{COLOURS[name]}m{prefix}\x1b[0m"
    for line in child.stdout:
        _write(prefix + line)


def _write(text: str) -> None:
    # A reader that is gone (`up | head`) must not stop the children's pipes from being emptied.
    with _one_at_a_time, suppress(OSError):
        sys.stdout.write(text)
        sys.stdout.flush()

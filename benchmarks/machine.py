"""What the kernel knows of our processes; without /proc, of this one and its dead alone."""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
SECONDS_BETWEEN_LOOKS = 0.05


def processor_seconds() -> float:
    """Of this process and all below it: the embedded PostgreSQL and children that have ended."""
    if not (PROC / "self/stat").exists():
        used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(one.ru_utime + one.ru_stime for one in used)
    return sum(ticks for _, ticks in _family()) / TICKS


@contextmanager
def memory_of_python() -> Iterator[list[int]]:
    """The most that this process and its Python children held at once, as the list's one number.

    Looked at twenty times a second. Of a file that is mapped the kernel holds what it likes, and
    gives it back when asked: that is not counted. PostgreSQL's memory is its own affair.
    """
    most = [0]
    is_over = threading.Event()

    def look() -> None:
        while not is_over.wait(SECONDS_BETWEEN_LOOKS):
            pids = [os.getpid(), *(pid for pid, _ in _family() if _is_reader(pid))]
            most[0] = max(most[0], sum(map(_held, pids)))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield most
    finally:
        is_over.set()
        looking.join()


def load() -> str:
    """How busy the machine is with everything else: times mean little when it is."""
    one, five, _ = os.getloadavg()
    return f"load {one:.1f} over one minute and {five:.1f} over five, {os.cpu_count()} processors"


def _family() -> list[tuple[int, int]]:
    """(pid, ticks of it and of those of its children that have ended), ourselves included."""
    stats: dict[int, tuple[int, int]] = {}
    for path in PROC.glob("[0-9]*/stat"):
        try:
            # The name of a program may hold anything, a bracket and blanks too.
            after_name = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        stats[int(path.parent.name)] = (int(after_name[1]), sum(map(int, after_name[11:15])))
    family, grown = {os.getpid()}, True
    while grown:
        more = {pid for pid, (parent, _) in stats.items() if parent in family} - family
        family, grown = family | more, bool(more)
    return [(pid, stats[pid][1]) for pid in family if pid in stats]


def _is_reader(pid: int) -> bool:
    try:
        return b"alumni.importing.child" in (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return False


def _held(pid: int) -> int:
    try:
        _, resident, of_files, *_ = map(int, (PROC / str(pid) / "statm").read_text().split())
    except OSError:
        return 0
    return (resident - of_files) * PAGE

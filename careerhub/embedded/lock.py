"""One owner for `var`, and guests who use the owner's servers."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class InUse(Exception):
    """Another process owns the servers of this folder."""


def make_folder(var: Path) -> None:
    """Others may pass through `var`, as the user of PostgreSQL must, but not list it."""
    if not var.is_dir():
        var.mkdir(parents=True)
        var.chmod(0o711)


@contextmanager
def owning(var: Path, *, wait: bool = False) -> Iterator[None]:
    """Own the servers of `var`. The kernel frees the lock when its holder dies.

    Raises InUse when someone else owns them, or waits for that one to end.
    """
    how = fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB
    with _locked(var, "owner.lock", how):
        yield


@contextmanager
def visiting(var: Path) -> Iterator["Visit"]:
    """Use the servers, whoever owns them; a polite owner waits until its guests are gone."""
    with _locked(var, "guests.lock", fcntl.LOCK_SH) as descriptor:
        yield Visit(descriptor)


class Visit:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def be_the_last(self) -> None:
        """Wait for all other guests to leave, and let no new one in before we have left too."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)


@contextmanager
def _locked(var: Path, name: str, how: int) -> Iterator[int]:
    make_folder(var)
    descriptor = os.open(var / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock(descriptor, how, var)
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int, how: int, var: Path) -> None:
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError as error:
        raise InUse(str(var)) from error

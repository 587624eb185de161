"""One connection to the mail server for many mails: opening one takes longer than a mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from core.smtp import Backend

# Some servers take so many and no more; a new connection is cheap among a hundred.
MOST_MAILS = 100
One = TypeVar("One")


class Line:
    """Opened when it is needed, and anew after trouble."""

    def __init__(self) -> None:
        self._backend: BaseEmailBackend | None = None
        self._carried = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if self._backend is not None:
            self._backend.close()

    def send_in_turn(
        self, these: Sequence[One], write: Callable[[One], EmailMessage]
    ) -> Iterator[One | None]:
        """Each of them as soon as the server has taken its mail; None where it makes us wait.

        Raises at the first whose mail is not written or not taken. It may have arrived if the
        answer did not; nothing of the mails of those that come after it was said to anyone.
        """
        backend = self._opened(for_mails=len(these))
        mails, left = map(write, these), iter(these)
        if isinstance(backend, Backend):
            steps = backend.send_in_turn(mails)
        else:
            steps = _one_by_one(backend, mails)
        for is_taken in steps:
            yield next(left) if is_taken else None

    def drop(self) -> None:
        """Without a farewell: the other side may hang, or be gone."""
        open_one: Any = getattr(self._backend, "connection", None)
        if open_one is not None:
            open_one.close()
        self._backend = None

    def _opened(self, *, for_mails: int) -> BaseEmailBackend:
        if self._backend is not None and self._carried + for_mails > MOST_MAILS:
            self._backend.close()
            self._backend = None
        if self._backend is None:
            self._backend, self._carried = get_connection(), 0
            self._backend.open()
        self._carried += for_mails
        return self._backend


def _one_by_one(backend: BaseEmailBackend, mails: Iterator[EmailMessage]) -> Iterator[bool]:
    for mail in mails:
        backend.send_messages([mail])
        yield True

"""One connection to the mail server for many mails: opening one takes longer than a mail."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection

# Some servers take so many and no more; a new connection is cheap among a hundred.
MOST_MAILS = 100


class Line:
    """Lent to one mail after the other. After trouble the next mail gets a new one."""

    def __init__(self) -> None:
        self._backend: Any = None
        self._lent = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if self._backend is not None:
            self._backend.close()

    def lend_to(self, mail: EmailMessage) -> None:
        if self._lent >= MOST_MAILS:
            self._backend.close()
            self._backend = None
        if self._backend is None:
            self._backend, self._lent = get_connection(), 0
        self._lent += 1
        mail.connection = self._backend

    def drop(self) -> None:
        """Without a farewell: the other side may hang, or be gone."""
        if (open_one := getattr(self._backend, "connection", None)) is not None:
            open_one.close()
        self._backend = None

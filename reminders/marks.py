"""Writes down what a server took: at once, and without waiting for PostgreSQL.

Whoever is killed leaves one mail in doubt, and not all of a burst: what PostgreSQL was told, it
does. It does not flush each mark to the disk. The next claim's commit does so for all before it,
and what a crash made it forget until then is told again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Any, NamedTuple, Self

from django.db import DatabaseError, InterfaceError, connection

from core import mail
from core.patience import insist
from core.pipeline import Pipeline
from reminders import claim_statements as statements
from reminders.claims import Claim

TROUBLE = (DatabaseError, InterfaceError)


class Sent(NamedTuple):
    """A server took it."""

    claim: Claim
    at: datetime

    def tell(self, pipeline: Pipeline) -> None:
        rows, token = [row.pk for row in self.claim.rows], self.claim.token
        message_id = mail.message_id(self.claim.message_id)
        statements.mark(pipeline, rows, token, message_id=message_id, sent_at=self.at)


class Marks:
    """Those of a round of mails. While it is open, any other statement waits for them."""

    def __init__(self) -> None:
        self._pipeline = statements.marking()
        # For all we know not on the disk.
        self._unsure: list[Sent] = []
        self._is_broken = False
        self._others_wait = connection.execute_wrapper(self._settle_and_go_on)

    def __enter__(self) -> Self:
        self._others_wait.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        try:
            self._flush()
        finally:
            self._others_wait.__exit__(kind, error, trace)

    def add(self, sent: Sent) -> None:
        """Does not wait, and does not raise: nobody else's mail is held up by a PostgreSQL that is
        gone."""
        self._unsure.append(sent)
        try:
            sent.tell(self._pipeline)
        except TROUBLE:
            self._is_broken = True

    def settle(self) -> None:
        """They are written, if not flushed; also where PostgreSQL has to start anew for it."""
        try:
            self._pipeline.hear()
        except TROUBLE:
            self._is_broken = True
        if self._is_broken:
            self._tell_again()

    def before(self, take: Callable[[], list[Claim]]) -> list[Claim]:
        """What take() claims. A crash in which marks were forgotten breaks it as well."""
        self.settle()
        try:
            claims = take()
        except TROUBLE:
            self._tell_again()
            claims = take()
        if any(claim.rows for claim in claims):
            self._unsure.clear()  # To commit what was claimed flushes all that was written before.
        return claims

    def _flush(self) -> None:
        self.settle()
        if not self._unsure:
            return
        try:
            statements.flush()
        except TROUBLE:
            self._tell_again()
            insist(statements.flush)
        self._unsure.clear()

    def _tell_again(self) -> None:
        self._pipeline, self._is_broken = statements.marking(), False
        try:
            insist(self._tell_all)
        except BaseException:
            self._is_broken = True
            raise

    def _tell_all(self) -> None:
        for sent in self._unsure:
            sent.tell(self._pipeline)
        self._pipeline.hear()

    def _settle_and_go_on(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.settle()
        return execute(*statement)

"""A statement that PostgreSQL is told now, and whose answer is heard later (libpq's pipeline mode).

Once told it is carried out, even if this process is killed the next moment. psycopg's own pipeline
waits for the answers wherever a transaction ends; here each statement is a transaction of its own,
unless one is open, and nobody waits before hear().
"""

from __future__ import annotations

import psycopg
from django.db import DEFAULT_DB_ALIAS, InterfaceError, connections
from psycopg import errors, pq
from psycopg.generators import fetch

FAILED = (pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED)
IS_PREPARED = b"SELECT FROM pg_prepared_statements WHERE name = $1"


class Pipeline:
    """One statement, of a name of its own and with $1, $2 and so on for its values.

    Between the first tell() and hear() nothing else may be asked on Django's connection.
    """

    def __init__(self, name: str, statement: str) -> None:
        self._name, self._statement = name.encode(), statement.encode()
        # Of this thread, and looked up once.
        self._database = connections[DEFAULT_DB_ALIAS]
        self._line: psycopg.Connection | None = None
        self._unheard = 0

    def tell(self, *values: str) -> None:
        """Raises an error of django.db where nobody listens any more."""
        with self._database.wrap_database_errors:
            line, parameters = self._ready(), [value.encode() for value in values]
            if not self._unheard:
                line.enter_pipeline_mode()
            self._unheard += 1
            line.send_query_prepared(self._name, parameters)
            line.pipeline_sync()
            if line.flush():  # The other end is full: what we still hold would die with us.
                self._hear()

    def hear(self) -> None:
        """Wait until all that was told is done. Raises an error of django.db for the first that
        failed, or when the connection broke: then nobody knows which of them are done."""
        with self._database.wrap_database_errors:
            self._hear()

    def _ready(self) -> pq.abc.PGconn:
        self._database.ensure_connection()
        line = self._database.connection.pgconn
        if self._database.connection is not self._line:
            if self._unheard:
                raise InterfaceError("The connection was closed before its answers were heard.")
            # It stays with the connection, until psycopg forgets all of them after a ROLLBACK.
            if not _checked(line.exec_params(IS_PREPARED, [self._name])).ntuples:
                _checked(line.prepare(self._name, self._statement))
            self._line = self._database.connection
        if line.transaction_status == pq.TransactionStatus.IDLE and not self._line.autocommit:
            self._line.execute("SELECT")  # psycopg begins with the first that it sends itself.
        return line

    def _hear(self) -> None:
        unheard, self._unheard = self._unheard, 0
        if not unheard:
            return
        assert self._line is not None, "something was told"  # noqa: S101 - for the type checker
        line, failed = self._line.pgconn, None
        while unheard:
            # What has come already needs no waiting for, which is not free.
            result = self._line.wait(fetch(line)) if line.is_busy() else line.get_result()
            if result is None:  # The end of one statement's answer, or of all.
                if line.status != pq.ConnStatus.OK:
                    raise errors.OperationalError("The connection broke.")
                continue
            unheard -= result.status == pq.ExecStatus.PIPELINE_SYNC
            if result.status in FAILED:
                failed = failed or result
        line.exit_pipeline_mode()
        if failed:
            raise errors.error_from_result(failed)


def _checked(result: pq.abc.PGresult) -> pq.abc.PGresult:
    if result.status in FAILED:
        raise errors.error_from_result(result)
    return result

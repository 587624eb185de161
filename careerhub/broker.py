"""The queue's own door: a repaired transport, and whether the queue answers at all."""

from __future__ import annotations

from typing import Any

from celery import Celery
from kombu.exceptions import OperationalError
from kombu.transport import TRANSPORT_ALIASES, redis

SECONDS_TO_ANSWER = 2


class Channel(redis.Channel):
    """Closes as a whole, also when the queue is gone.

    Kombu 5.7 first reads the answer that it still waits for. If that fails, it leaves the channel
    half open, with the messages it holds. It is closed again when its connection is no more, which
    ends the worker in an AttributeError: whenever the queue's server dies while a worker works.
    """

    connection_errors: Any

    def close(self) -> None:
        try:
            super().close()
        except self.connection_errors:
            super().close()  # Nothing is waited for any longer.


class Transport(redis.Transport):
    Channel = Channel


def repair_transport() -> None:
    """By name, as a transport with a dot in it may not stand in the address of a queue."""
    name = f"{Transport.__module__}:{Transport.__qualname__}"
    TRANSPORT_ALIASES.update(redis=name, rediss=name)


def answers(app: Celery) -> bool:
    """Within some seconds, also when its machine is gone without a word."""
    patience = {
        "socket_timeout": SECONDS_TO_ANSWER,
        "socket_connect_timeout": SECONDS_TO_ANSWER,
    }
    try:
        with app.connection_for_write(transport_options=patience) as broker:
            broker.ensure_connection(max_retries=1, timeout=SECONDS_TO_ANSWER)
    except (OperationalError, OSError):
        return False
    return True

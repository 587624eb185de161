"""A worker or a beat whose loop no longer turns ends itself, so that it is started again.

Whoever started it does that: `up`, the containers, systemd (docs/running.md). Whoever waits for a
queue that is down is well, however long; so is a worker that was asked to end and finishes a task.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from typing import Any

from celery import Celery, bootsteps
from celery.signals import worker_shutting_down

from careerhub import broker

ROUND_SECONDS = 5.0
# A minute: twice what a worker waits at most between two tries to reach its queue. Counted in
# rounds, as a machine that slept, or a clock that was set, must not look like a loop that hangs.
SILENT_ROUNDS = 12
EXIT_CODE = os.EX_SOFTWARE

logger = logging.getLogger(__name__)


class Watchdog:
    """A thread beside the loop that it watches."""

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._has_turned = threading.Event()
        self._is_over = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def rest(self, **_: Any) -> None:
        self._is_over.set()

    def turned(self) -> None:
        """Said by the loop itself: Celery also lets a thread do its work while it stops."""
        if threading.current_thread() is threading.main_thread():
            self._has_turned.set()

    def _watch(self) -> None:
        silent = 0
        while not self._is_over.wait(ROUND_SECONDS):
            silent = silent + 1 if self._is_silent() else 0
            if silent >= SILENT_ROUNDS:
                _end()

    def _is_silent(self) -> bool:
        if self._has_turned.is_set():
            self._has_turned.clear()
            return False
        return broker.answers(self._app)


class TurnsOrEnds(bootsteps.StartStopStep):
    """The watchdog of a worker that gives its tasks to processes.

    Where tasks run in the loop itself (`--pool solo`), a long one would look like a hanging.
    """

    requires = ("celery.worker.components:Pool",)

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self._watchdog = Watchdog(worker.app)

    def include_if(self, worker: Any) -> bool:
        return worker.use_eventloop and worker.pool_cls.uses_semaphore

    def start(self, worker: Any) -> None:
        # Not when the worker stops by itself: an end that nobody asked for may hang as well.
        worker_shutting_down.connect(self._watchdog.rest)
        self._watchdog.start()

    def register_with_event_loop(self, worker: Any, hub: Any) -> None:
        hub.call_repeatedly(ROUND_SECONDS / 5, self._watchdog.turned)


def _end() -> None:
    """At once, without what Celery does at an end; its senders go when it goes."""
    # Also if it is the log that hangs.
    threading.Timer(ROUND_SECONDS, os._exit, [EXIT_CODE]).start()
    logger.critical(
        "The loop has not turned for %d seconds, though the queue answers. "
        "This process ends, to be started again. It stood at %s",
        ROUND_SECONDS * SILENT_ROUNDS,
        _where_the_loop_stands(),
    )
    os._exit(EXIT_CODE)


def _where_the_loop_stands() -> str:
    stands_at = sys._current_frames()[threading.main_thread().ident or 0]
    innermost_first = reversed(traceback.extract_stack(stands_at)[-4:])
    return " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in innermost_first)

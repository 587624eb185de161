"""Beat, which rings no bell that nobody hears, and is watched."""

from __future__ import annotations

from typing import Any

from celery.beat import PersistentScheduler, ScheduleEntry

from careerhub.watchdog import Watchdog

# Some minutes of all bells. Without workers they would pile up until memory ends; a short expiry
# instead would make a worker whose clock is ahead throw every bell away.
MOST_WAITING = 100


class CappedScheduler(PersistentScheduler):
    """Leaves out a bell while the queue is full: each says only “look”, and one is enough."""

    def setup_schedule(self) -> None:
        super().setup_schedule()
        self._watchdog = Watchdog(self.app)
        self._watchdog.start()

    def tick(self, *args: Any, **kwargs: Any) -> float:
        self._watchdog.turned()
        return super().tick(*args, **kwargs)

    def apply_async(self, entry: ScheduleEntry, *args: Any, **kwargs: Any) -> Any:
        if self._waiting(entry) >= MOST_WAITING:
            return None
        return super().apply_async(entry, *args, **kwargs)

    def _waiting(self, entry: ScheduleEntry) -> int:
        queue = (entry.options or {}).get("queue", self.app.conf.task_default_queue)
        channel: Any = self.connection.default_channel
        return channel.client.llen(queue)

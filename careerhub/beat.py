"""Beat, which rings no bell that nobody hears."""

from __future__ import annotations

from typing import Any

from celery.beat import PersistentScheduler, ScheduleEntry

# Some minutes of all bells. Without workers they would pile up until memory ends; a short expiry
# instead would make a worker whose clock is ahead throw every bell away.
MOST_WAITING = 100


class CappedScheduler(PersistentScheduler):
    """Leaves out a bell while the queue is full: each says only “look”, and one is enough."""

    def apply_async(self, entry: ScheduleEntry, *args: Any, **kwargs: Any) -> Any:
        if self._waiting(entry) >= MOST_WAITING:
            return None
        return super().apply_async(entry, *args, **kwargs)

    def _waiting(self, entry: ScheduleEntry) -> int:
        queue = (entry.options or {}).get("queue", self.app.conf.task_default_queue)
        channel: Any = self.connection.default_channel
        return channel.client.llen(queue)

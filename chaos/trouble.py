"""What goes wrong in a run, when and to whom: drawn by the seed."""

from __future__ import annotations

import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from random import Random

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from careerhub.embedded.postgres import Postgres
from careerhub.embedded.valkey import Valkey
from chaos.programs import Programs, kill_one
from core.localtime import local_date
from interviews import actions
from interviews.models import Interview

# Mean seconds between two of a kind.
SENDER_KILLED, WORKER_KILLED = 4, 25
REDIS_WIPED, POSTGRES_CRASHED = 25, 35
THANKED = 0.25


class Trouble:
    def __init__(self, seed: int, programs: Programs, postgres: Postgres, valkey: Valkey) -> None:
        self.chance = Random(seed)  # noqa: S311 - a run must repeat itself
        self.programs, self.postgres, self.valkey = programs, postgres, valkey
        self.done: Counter[str] = Counter()

    def go_on_for(self, seconds: float) -> None:
        """Until then something breaks every other second, and students write their thank-yous."""
        self._over = threading.Event()
        students = threading.Thread(target=self._write_thank_yous, args=(self.chance.random(),))
        students.start()
        try:
            self._break_things(time.monotonic() + seconds)
        finally:
            self._over.set()
            students.join()

    def _break_things(self, ends_at: float) -> None:
        turns: dict[Callable[[], None], float] = {
            self._kill_a_sender: SENDER_KILLED,
            self._kill_a_worker: WORKER_KILLED,
            self._wipe_redis: REDIS_WIPED,
            self._crash_postgres: POSTGRES_CRASHED,
        }
        now = time.monotonic()
        planned = {deed: now + self._wait(mean) for deed, mean in turns.items()}
        while True:
            deed = min(planned, key=planned.__getitem__)
            if planned[deed] >= ends_at:
                self.programs.keep_for(ends_at - time.monotonic())
                return
            self.programs.keep_for(planned[deed] - time.monotonic())
            deed()
            planned[deed] = time.monotonic() + self._wait(turns[deed])

    def _wait(self, mean: float) -> float:
        return self.chance.uniform(0.4, 1.6) * mean

    def _kill_a_sender(self) -> None:
        senders = self.programs.senders_of(self.chance.choice(self.programs.workers))
        if senders:
            self.done["processes killed"] += kill_one(self.chance.choice(senders))

    def _kill_a_worker(self) -> None:
        name = self.chance.choice(self.programs.workers)
        self.done["processes killed"] += self.programs.kill_worker(name)

    def _wipe_redis(self) -> None:
        wipe(self.valkey)
        self.done["Redis wiped"] += 1

    def _crash_postgres(self) -> None:
        crash(self.postgres)
        self.done["PostgreSQL crashed"] += 1

    def _write_thank_yous(self, seed: float) -> None:
        chance = Random(seed)  # noqa: S311 - likewise
        while not self._over.wait(chance.uniform(0, 2) * THANKED):
            # A student whose click failed in a crash clicks again another time.
            with suppress(DatabaseError, InterfaceError):
                self.done["thank-yous written"] += self._write_one(chance)
            connection.close_if_unusable_or_obsolete()
        connection.close()

    def _write_one(self, chance: Random) -> int:
        owed = Interview.objects.awaiting_thank_you().select_related("contact__student")
        count = owed.count()
        if not count:
            return 0
        talk, now = owed.order_by("pk")[chance.randrange(count)], timezone.now()
        today = local_date(now, talk.contact.student.time_zone)
        actions.record_thank_you(talk, mailed_on=today, at=now)
        return 1


def wipe(valkey: Valkey) -> None:
    """Killed, its files gone, and begun anew."""
    if valkey._server:
        valkey._server.kill()
        valkey._server.wait()
    shutil.rmtree(valkey.data, ignore_errors=True)
    valkey.socket.unlink(missing_ok=True)
    valkey.start()


def crash(postgres: Postgres) -> None:
    if postgres._server:
        postgres._server.kill()
        postgres._server.wait()
    postgres.start(seconds=60)

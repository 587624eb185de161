"""CareerHub's own worker and beat with a watchdog in a hurry, and a way to make them hang."""

from pathlib import Path
from threading import Event

from celery import bootsteps
from django.conf import settings

from careerhub import beat, watchdog
from careerhub.celery import app as app

watchdog.ROUND_SECONDS, watchdog.SILENT_ROUNDS = 0.2, 5
HANG, SENT = Path(settings.VAR) / "hang", Path(settings.VAR) / "sent"


def hang_if_told() -> None:
    """Once: for ever, and not interruptible by the loop, as a read without an end is."""
    if HANG.exists():
        HANG.unlink()
        Event().wait()


class MayHang(bootsteps.StartStopStep):
    requires = ("celery.worker.components:Pool",)

    def register_with_event_loop(self, worker, hub):
        hub.call_repeatedly(0.1, hang_if_told)


class HangingScheduler(beat.CappedScheduler):
    def tick(self, *args, **kwargs):
        hang_if_told()
        return super().tick(*args, **kwargs)


app.steps["worker"].add(MayHang)
app.conf.beat_scheduler = HangingScheduler
app.conf.beat_max_loop_interval = 0.1


@app.task
def write(number: int, seconds: float = 0) -> None:
    Event().wait(seconds)
    with SENT.open("a") as file:
        file.write(f"{number}\n")

"""CareerHub's Celery application, in a hurry: the same engine with shorter waits.

A lease is still longer than a send, and a send longer than the patience for one answer. A round
that ends in an error which no trouble explains is written down: others would mend its mails later.
"""

from __future__ import annotations

from datetime import timedelta

from billiard.exceptions import WorkerLostError
from celery.signals import task_failure
from django.db import InterfaceError, OperationalError

from careerhub.celery import app
from careerhub.embedded.servers import var_folder
from chaos.programs import MISTAKES

# By a server that is gone, and by a process that was killed.
EXPLAINED = (OperationalError, InterfaceError, OSError, WorkerLostError)

LEASE_SECONDS = 15
SEND_SECONDS = 8
ANSWER_SECONDS = 4
BEAT_SECONDS = 2


@app.on_after_finalize.connect
def _hurry(sender, **kwargs) -> None:
    from django.conf import settings

    from core import mail
    from reminders import claims

    settings.EMAIL_TIMEOUT = ANSWER_SECONDS
    mail.SECONDS_TO_SEND = SEND_SECONDS
    claims.LEASE = timedelta(seconds=LEASE_SECONDS)
    claims.FIRST_WAIT, claims.LONGEST_WAIT = timedelta(seconds=1), timedelta(seconds=8)
    bells = {
        name: bell | {"schedule": BEAT_SECONDS}
        for name, bell in settings.CELERY_BEAT_SCHEDULE.items()
        if str(bell["task"]).startswith("reminders.")
    }
    sender.conf.beat_schedule = bells


@task_failure.connect
def _write_down(sender, exception, **kwargs) -> None:
    if not isinstance(exception, EXPLAINED):
        with (var_folder() / MISTAKES).open("a") as file:
            file.write(f"{sender.name}: {type(exception).__name__}\n")

"""CareerHub's Celery application, in a hurry: the same engine with shorter waits.

A lease is still longer than a send, and a send longer than the patience for one answer.
"""

from __future__ import annotations

from datetime import timedelta

from careerhub.celery import app

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

"""The usual way: a Celery task for each mail, and a worker that does nothing else.

It is made easy for it: the mail is ready but for the address, no database is asked, nothing is
marked, and what a broker loses is lost.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from celery import Celery
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from careerhub.embedded.process import bound_to_us, stop

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerhub.settings")
QUEUE = "one_task_each"
app = Celery(QUEUE, broker=settings.CELERY_BROKER_URL)
app.conf.update(task_ignore_result=True, task_default_queue=QUEUE, worker_prefetch_multiplier=1)


@app.task
def send(address: str, subject: str, text: str, html: str, headers: dict[str, str]) -> None:
    line = get_connection("django.core.mail.backends.smtp.EmailBackend")
    mail = EmailMultiAlternatives(subject, text, to=[address], connection=line, headers=headers)
    mail.attach_alternative(html, "text/html")
    mail.send()


@contextmanager
def worker(port: int) -> Iterator[None]:
    """One process that hears the queue until the block ends."""
    command = [
        sys.executable, "-m", "celery", "-A", __name__, "worker", "--pool", "solo", "-Q", QUEUE,
        "--loglevel", "ERROR", "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    bound = bound_to_us(farewell=signal.SIGTERM)
    to_the_sink = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=to_the_sink, stdout=quiet, stderr=quiet, **bound)
    try:
        yield
    finally:
        stop(process, by=signal.SIGTERM, seconds=10)

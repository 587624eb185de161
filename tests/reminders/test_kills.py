"""Workers die at any moment: before their claim, between claim and mail, between mail and mark."""

import email
import multiprocessing
import os
import random
import signal
import time
from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import connection

from careerhub.embedded.mail import MailFolderBackend
from reminders import actions, claims
from reminders.models import Reminder
from tests.factories import UserFactory
from tests.reminders.conftest import march, talk_with

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, KILLS = 90, 12
# Longer than a busy machine lets a worker wait: whom it meanwhile takes from a worker that lives,
# that one sends as well.
LEASE = timedelta(seconds=4)


@pytest.fixture
def slow_post(settings, monkeypatch):
    """Leases are short and sends are slow, so that kills fall into them."""
    settings.EMAIL_BACKEND = "careerhub.embedded.mail.MailFolderBackend"
    send = MailFolderBackend.send_messages

    def send_slowly(backend, mails):
        time.sleep(random.uniform(0, 0.04))
        send(backend, mails)
        time.sleep(random.uniform(0, 0.04))

    monkeypatch.setattr(MailFolderBackend, "send_messages", send_slowly)
    monkeypatch.setattr(claims, "LEASE", LEASE)
    return settings.MAIL_FOLDER


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_workers_lose_nothing(slow_post, seed):
    random.seed(seed)
    for _ in range(PEOPLE):
        talk_with(UserFactory())
    workers = [_worker(), _worker()]
    for _ in range(KILLS):
        time.sleep(random.uniform(0.02, 0.2))
        victim = workers.pop(0)
        os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        workers.append(_worker())
    for worker in workers:
        worker.join(60)

    time.sleep(LEASE.total_seconds() + 0.1)
    actions.drain(at=march(3))

    mails = defaultdict(list)
    for path in slow_post.glob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes())
        mails[mail["To"]].append(mail["Message-ID"])
    assert len(mails) == PEOPLE
    assert not Reminder.objects.due(at=march(3)).exists()
    # Who died between mail and mark sent it twice, under one id.
    assert all(len(set(ids)) == 1 for ids in mails.values())
    assert sum(map(len, mails.values())) <= PEOPLE + KILLS


def _worker() -> multiprocessing.Process:
    worker = multiprocessing.get_context("fork").Process(target=_drain)
    worker.start()
    return worker


def _drain() -> None:
    # A child must not talk on the parent's line to the database, nor hang it up.
    connection.connection = None
    actions.drain(at=march(3))

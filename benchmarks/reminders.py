"""Looking for what is due among many rows, and one worker's mails against bare smtplib.

Ours does what a worker's task does, in this process: claim the rows of some people, check that each
is still owed, write the mails, send them, mark the rows. The limit only sends ready messages.
"""

from __future__ import annotations

import smtplib

from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from django.test import override_settings

from benchmarks import one_task_each, post, ready_mails, sink
from benchmarks.measuring import Figure, Scale, Spent, Wrong, in_turn, speed, spent_on
from careerhub import loaded
from reminders import actions, claims

LOOKS = 50
FEWEST_MAILS, MOST_MAILS = 20, 2000


def run(scale: Scale) -> list[Figure]:
    mails = max(FEWEST_MAILS, min(scale.rows // 50, MOST_MAILS))
    post.fill(mails=mails, rows=scale.rows)
    return [_looking(scale), *_sending(scale, mails)]


def _looking(scale: Scale) -> Figure:
    name = f"a claim among {scale.rows:,} rows, against {post.SMALL_ROWS:,}"
    try:
        for schema in ("public", post.SMALL):
            _look(schema)  # What is planned and read for the first time belongs to neither.
        large, small = in_turn(scale.runs, lambda: _look("public"), lambda: _look(post.SMALL))
    finally:
        post.look_into("public")
    return speed(name, large, small, goal=1 / 1.2, from_rows=100 * post.SMALL_ROWS)


def _look(schema: str) -> None:
    post.look_into(schema)
    for _ in range(LOOKS):
        with transaction.atomic():
            if not claims.take(at=post.MORNING):
                raise Wrong("Nothing is due.")
            transaction.set_rollback(True)


def _sending(scale: Scale, mails: int) -> list[Figure]:
    with sink.running() as port, override_settings(
        EMAIL_BACKEND="core.smtp.Backend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=port
    ), one_task_each.worker(port):  # fmt: skip
        written = _written(mails)
        ready = [message.message().as_bytes(linesep="\r\n") for message in written]
        ready_mails.by_tasks(written[:1], port)
        _refuse_loss(port, 1)  # The worker stands.
        yardsticks = {
            "ready ones on one line": (1, lambda: ready_mails.on_one_line(port, ready)),
            "ready ones, pipelined": (0.4, lambda: ready_mails.pipelined(port, ready)),
            "Django, a line for each": (5, lambda: ready_mails.by_django(written)),
            "a Celery task for each": (8, lambda: ready_mails.by_tasks(written, port)),
        }
        # As where a worker begins; with it the two thousand mails of the yardsticks.
        loaded.keep()
        ours: list[Spent] = []
        theirs: dict[str, list[Spent]] = {name: [] for name in yardsticks}
        for _ in range(scale.runs):
            ours.append(spent_on(lambda: actions.look(at=post.MORNING)))
            _refuse_loss(port, mails)
            post.unsend()
            for name, (_, send) in yardsticks.items():
                theirs[name].append(spent_on(send))
                _refuse_loss(port, mails)
    return [
        *(
            speed(f"mails, against {name}", ours, theirs[name], goal=goal)
            for name, (goal, _) in yardsticks.items()
        ),
        Figure("mails", [mails / spent.wall for spent in ours], unit="per second"),
    ]


def _written(mails: int) -> list[EmailMultiAlternatives]:
    """The mails of this morning, as ours writes them."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        actions.look(at=post.MORNING)
    post.unsend()
    if len(mail.outbox) != mails:
        raise Wrong(f"{len(mail.outbox)} mails were written, and {mails} were due.")
    return [_djangos_own(message) for message in mail.outbox]


def _djangos_own(message: EmailMessage) -> EmailMultiAlternatives:
    """The same mail, to be put together as Django does it."""
    assert isinstance(message, EmailMultiAlternatives)  # noqa: S101 - ours are
    its = (message.subject, message.body, message.from_email, message.to)
    theirs = EmailMultiAlternatives(*its, headers=message.extra_headers)
    for content, mimetype in message.alternatives:
        theirs.attach_alternative(content, mimetype)
    return theirs


def _refuse_loss(port: int, mails: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as line:
        _, said = line.verify("all")
    if said.split() != [b"%d" % mails, b"%d" % mails]:
        raise Wrong(f"{mails} mails were due; the server took {said.decode()} (all, different).")

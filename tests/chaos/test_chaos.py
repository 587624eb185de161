"""The engine under fire for some seconds; `./bin/careerhub chaos` does it for minutes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from careerhub.embedded.servers import REPOSITORY
from chaos import college, verdict
from reminders.models import Reminder


def test_engine_holds_under_fire(tmp_path):
    """Workers, Redis and PostgreSQL of its own, all of them real, and all of them killed."""
    ours = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    quick = ["--seeds", "1", "--reminders", "200", "--seconds", "12", "--no-idle"]

    run = subprocess.run(
        [sys.executable, "-m", "chaos", *quick], cwd=REPOSITORY, capture_output=True, text=True,
        env=ours | {"CAREERHUB_VAR": str(tmp_path)}, timeout=300, check=False,
    )  # fmt: skip

    assert run.returncode == 0, run.stdout + run.stderr
    assert "Everything held." in run.stdout
    assert "processes killed" in run.stdout


@pytest.mark.parametrize("hour", range(24))
def test_college_lies_where_it_is_eleven(hour):
    now = datetime(2026, 3, 2, hour, 30, tzinfo=UTC)

    assert now.astimezone(ZoneInfo(college.zone_where_it_is_eleven(now))).hour == 11


@pytest.fixture
def ending(tmp_path):
    """A morning of three people, and how it ended: by the rows and the book of the mail server."""
    college.fill(3)
    rows = list(Reminder.objects.due(at=timezone.now()).order_by("recipient__email"))
    assert [row.recipient.email.split(".")[0] for row in rows] == ["bad", "good", "good"]
    Reminder.objects.filter(pk=rows[0].pk).update(state="DEAD")
    _change(rows[1:], claim="6e3b9a52-6f5c-4a53-9d3c-0f7f0d6e7a11")
    _change(rows[1:], state="SENT")
    book = [_mail(row) for row in rows[1:]]

    def judge(*more, killed=0, broken=0):
        path = tmp_path / "book"
        path.write_text("".join(json.dumps(entry) + "\n" for entry in [*book, *more]))
        about = {"processes_killed": killed, "broken_rounds": broken}
        return verdict.judge([row.pk for row in rows], path, **about)

    judge.rows, judge.book = rows, book
    return judge


def _change(rows, **fields) -> None:
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(**fields)


def _mail(row, *, id="<1>", is_said=True) -> dict:
    return {"what": "taken", "to": row.recipient.email, "id": id, "is_said": is_said}


def test_good_ending_holds(ending):
    found = ending()

    assert (found.sent, found.refused, found.duplicates) == (2, 1, 0)
    assert found.holds


def test_round_that_broke_by_a_mistake_of_ours_does_not_hold(ending):
    """Its mails go out later all the same, so nothing else would tell."""
    assert not ending(broken=1).holds


def test_second_copy_needs_an_excuse(ending):
    again = _mail(ending.rows[1])

    assert not ending(again).holds
    assert ending(again, killed=1).holds
    assert ending(again | {"is_said": False}).holds


def test_second_copy_under_another_id_is_wrong(ending):
    assert ending(_mail(ending.rows[1], id="<2>"), killed=9).two_ids == 1


def test_mail_marked_sent_that_never_came_is_lost(ending):
    ending.book.pop()

    assert ending().lost == 1


def test_row_that_waits_for_ever_is_lost(ending):
    _change(ending.rows[2:], state="PENDING")

    assert ending().lost == 1


def test_good_address_given_up_and_bad_one_still_tried_are_wrong(ending):
    _change(ending.rows[2:], state="DEAD")
    _change(ending.rows[:1], state="PENDING")

    assert (ending().dead_good, ending().living_bad) == (1, 1)


def test_claim_after_the_deed_is_falsely_sent(ending):
    _change(ending.rows[2:], state="CANCELLED")
    assert ending().falsely_sent == 0

    _change(ending.rows[2:], claim="6e3b9a52-6f5c-4a53-9d3c-0f7f0d6e7a22")
    assert ending().falsely_sent == 1


def test_mail_without_any_claim_is_falsely_sent(ending):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM chaos_log WHERE reminder_id = %s", [ending.rows[1].pk])

    assert ending().falsely_sent == 1

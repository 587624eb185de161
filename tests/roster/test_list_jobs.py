"""A worker brings a list in, and takes it back: whole or not at all, whatever happens to it."""

import os
import signal
import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection, connections
from django.urls import reverse

from accounts.models import Role, User
from careerhub.celery import app
from roster import actions, tasks
from roster.actions import running
from roster.importing import progress
from roster.models import RosterMail, StudentList
from tests.factories import StudentProfileFactory, UserFactory

NOW = datetime(2026, 9, 2, 15, 0, tzinfo=UTC)
TWO = "Name,Email\nMaya Oyelaran,maya@example.edu\nBen Kowalski,ben@example.edu\n"


def checked(text=TWO):
    of_list = actions.upload_students(
        by=None, file_name="students.csv", content=text.encode(), at=NOW
    )
    actions.check_students(of_list, columns=of_list.columns, at=NOW)
    return of_list


def begun(text=TWO, *, leave=False):
    of_list = checked(text)
    assert actions.start_students(of_list, leave=leave, at=NOW)
    return of_list


def stands(of_list):
    of_list.refresh_from_db()
    return of_list.state, User.objects.filter(role=Role.STUDENT).count()


def bells() -> int:
    """How many messages wait for a worker: none runs beside the tests."""
    with app.connection_for_read() as broker:
        return broker.default_channel.client.llen("celery")


@pytest.fixture
def as_staff(client, staff):
    client.force_login(staff)
    return client


def page_of(name, of_list):
    return reverse(f"roster:{name}", args=[of_list.pk])


def test_two_clicks_ring_once_and_two_bells_bring_it_in_once(as_staff):
    of_list = checked()

    before = bells()
    for _ in range(2):
        assert as_staff.post(page_of("list_apply", of_list)).url == of_list.get_absolute_url()
    assert bells() == before + 1
    assert stands(of_list) == ("RUNNING", 0)

    for _ in range(2):
        tasks.run_list(of_list.pk)
    assert stands(of_list) == ("DONE", 2)
    assert RosterMail.objects.count() == 2


def test_undo_rings_once_and_is_done_once(as_staff):
    of_list = begun()
    tasks.run_list(of_list.pk)

    before = bells()
    for _ in range(2):
        as_staff.post(page_of("list_undo", of_list))
    assert bells() == before + 1
    assert stands(of_list) == ("UNDOING", 2)

    for _ in range(2):
        tasks.run_list(of_list.pk)
    assert stands(of_list) == ("UNDONE", 0)


def test_a_list_that_is_not_begun_is_not_brought_in_by_a_bell():
    of_list = checked()

    tasks.run_list(of_list.pk)

    assert stands(of_list) == ("CHECKED", 0)


def test_a_list_under_way_cannot_be_matched_or_checked_meanwhile(as_staff):
    of_list = begun()

    with pytest.raises(actions.NotNow):
        actions.check_students(of_list, columns=of_list.columns, at=NOW)
    assert as_staff.get(page_of("list_match", of_list)).url == of_list.get_absolute_url()


def test_progress_is_a_fragment_that_asks_again_until_it_is_done(as_staff):
    of_list = begun()
    StudentList.objects.update(percent=40)

    piece = as_staff.get(page_of("list_progress", of_list), headers={"HX-Request": "true"})
    assert "<html" not in piece.text
    assert "hx-get" in piece.text
    assert "40%" in piece.text
    assert "Look again" in as_staff.get(of_list.get_absolute_url()).text

    tasks.run_list(of_list.pk)
    piece = as_staff.get(page_of("list_progress", of_list), headers={"HX-Request": "true"})
    assert piece["HX-Redirect"] == of_list.get_absolute_url()
    assert as_staff.get(page_of("list_progress", of_list)).url == of_list.get_absolute_url()


def test_only_those_leave_of_whom_staff_did_not_say_that_they_stay(as_staff):
    for name in ("Gone Away", "Stays Here", "Gone Too"):
        StudentProfileFactory(student=UserFactory(name=name))
    of_list = checked()
    rows = {row.name: row.pk for row in of_list.rows.leaving()}
    stranger = of_list.rows.exclude(number=None).first()

    said = {"among": [*rows.values(), stranger.pk, "x"], "keep": [rows["Stays Here"], stranger.pk]}
    as_staff.post(page_of("list_keep", of_list), said)
    as_staff.post(page_of("list_apply", of_list), {"leave": "1"})
    tasks.run_list(of_list.pk)

    present = User.objects.filter(role=Role.STUDENT, is_active=True).values_list("name", flat=True)
    assert sorted(present) == ["Ben Kowalski", "Maya Oyelaran", "Stays Here"]
    as_staff.post(page_of("list_undo", of_list))
    tasks.run_list(of_list.pk)
    present = User.objects.filter(role=Role.STUDENT, is_active=True).values_list("name", flat=True)
    assert sorted(present) == ["Gone Away", "Gone Too", "Stays Here"]


def test_who_stays_is_kept_in_mind_by_pages_and_when_the_list_is_checked_again(as_staff):
    StudentProfileFactory(student=UserFactory(name="Stays Here"))
    StudentProfileFactory(student=UserFactory(name="Another"))
    of_list = checked()
    rows = {row.name: row.pk for row in of_list.rows.leaving()}

    as_staff.post(page_of("list_keep", of_list), {"among": [rows["Stays Here"]],
                                                  "keep": [rows["Stays Here"]]})  # fmt: skip
    answer = as_staff.post(page_of("list_keep", of_list), {"among": [rows["Another"]], "page": "2"})
    assert answer.url == f"{of_list.get_absolute_url()}?show=leaving&page=2"
    actions.check_students(of_list, columns=of_list.columns, at=NOW)

    assert [row.name for row in of_list.rows.staying()] == ["Stays Here"]
    assert "but for the 1 who stays" in as_staff.get(of_list.get_absolute_url()).text


def test_a_failure_is_told_and_can_be_tried_again(as_staff, monkeypatch, caplog):
    of_list = begun()
    with monkeypatch.context() as broken:
        broken.setattr(running, "apply_caseloads", lambda *args, **kwargs: 1 / 0)
        actions.run_list(of_list.pk, at=NOW)

    assert stands(of_list) == ("CHECKED", 0)
    assert "nothing was changed" in as_staff.get(of_list.get_absolute_url()).text
    assert "maya" not in caplog.text.lower()
    as_staff.post(page_of("list_apply", of_list))
    tasks.run_list(of_list.pk)
    assert stands(of_list) == ("DONE", 2)
    assert "nothing was changed" not in as_staff.get(of_list.get_absolute_url()).text


@pytest.mark.django_db(transaction=True)
def test_stopped_in_the_middle_nothing_is_changed_and_it_can_be_begun_again(monkeypatch):
    of_list = begun()
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", 0)
    assert actions.stop_list(of_list)

    actions.run_list(of_list.pk, at=NOW)

    assert stands(of_list) == ("CHECKED", 0)
    assert not actions.stop_list(of_list)
    assert actions.start_students(of_list, leave=False, at=NOW)
    actions.run_list(of_list.pk, at=NOW)
    assert stands(of_list) == ("DONE", 2)


@pytest.mark.django_db(transaction=True)
def test_stopped_undo_leaves_what_the_list_brought(monkeypatch):
    StudentProfileFactory(student=UserFactory(email="ben@example.edu", name="Ben"))
    of_list = begun()
    actions.run_list(of_list.pk, at=NOW)
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", 0)
    assert actions.start_undo(of_list, at=NOW)
    assert actions.stop_list(of_list)

    actions.run_list(of_list.pk, at=NOW)

    assert stands(of_list) == ("DONE", 2)
    assert User.objects.get(email="ben@example.edu").name == "Ben Kowalski"


@pytest.mark.django_db(transaction=True)
def test_killed_worker_leaves_nothing_half_and_the_next_look_finds_the_list():
    of_list, (heard, said) = begun(), os.pipe()
    worker = os.fork()
    if not worker:
        connections.close_all()
        running.apply_caseloads = lambda *args, **kwargs: (os.write(said, b"!"), time.sleep(60))
        actions.run_list(of_list.pk, at=NOW)
        os._exit(1)
    connections.close_all()

    # The students are written by now, and nothing is committed.
    assert os.read(heard, 1) == b"!"
    assert actions.waiting_lists() == []
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)

    assert stands(of_list) == ("RUNNING", 0)
    _wait_until(lambda: actions.waiting_lists() == [of_list.pk])
    before = bells()
    tasks.resume_lists()
    assert bells() == before + 1
    tasks.run_list(of_list.pk)
    assert stands(of_list) == ("DONE", 2)
    assert actions.waiting_lists() == []


@pytest.mark.django_db(transaction=True)
def test_cut_off_from_the_database_nothing_is_half(monkeypatch):
    of_list = begun()

    def cut_off(*args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            aside = connection.copy()
            with aside.cursor() as other:
                other.execute("SELECT pg_terminate_backend(%s)", cursor.fetchone())
            aside.close()

    with monkeypatch.context() as broken:
        broken.setattr(running, "apply_caseloads", cut_off)
        with pytest.raises(OperationalError):
            actions.run_list(of_list.pk, at=NOW)
    connection.close()

    assert stands(of_list) == ("RUNNING", 0)
    assert actions.waiting_lists() == [of_list.pk]


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_goes_away_while_the_first_is_at_work(monkeypatch):
    """It would hold up the mails if it waited. How far it is, others see meanwhile."""
    of_list = begun()
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", 0)
    apply_caseloads = running.apply_caseloads
    seen = []

    def with_another_beside(*args, **kwargs):
        other = threading.Thread(target=_look_on, args=[of_list.pk, seen])
        other.start()
        other.join(20)
        apply_caseloads(*args, **kwargs)

    monkeypatch.setattr(running, "apply_caseloads", with_another_beside)
    actions.run_list(of_list.pk, at=NOW)

    assert seen == [25, [], "gone"]
    assert stands(of_list) == ("DONE", 2)


def _look_on(pk, seen):
    try:
        seen.append(StudentList.objects.get().percent)
        seen.append(actions.waiting_lists())
        actions.run_list(pk, at=NOW)
        seen.append("gone")
    finally:
        connection.close()


def _wait_until(holds):
    give_up_at = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < give_up_at
        time.sleep(0.02)

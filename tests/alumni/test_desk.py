"""What an alum does on their desk, and what comes of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from alumni.actions import answers, desk, post
from alumni.actions.requests import withdraw
from alumni.announcements import request_answered, request_withdrawn
from alumni.models import Alum, AlumniMail, DeskChange, Import, ImportRow, Removal, Request
from alumni.removal import digest_of_email, digest_of_number, digests_of, removed_among
from reminders.models import Reminder
from tests.alumni.desk import an_alum, ask, token_of
from tests.factories import StudentProfileFactory

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
TIMES = {"on_1": "2026-03-05", "clock_1": "09:30", "time_zone": "America/New_York"}


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def alum():
    return an_alum(phone="555-0100")


@pytest.fixture
def asked(student, alum):
    return ask(student, alum)


@pytest.fixture
def do(client, alum, asked):
    """What a POST to a page of the desk answers."""

    def do(page, data=(), *, request=asked):
        token = token_of(Alum.objects.get(pk=alum.pk), request)
        return client.post(reverse(f"desk:{page}", args=[token]), dict(data))

    return do


def kinds() -> list[str]:
    return sorted(AlumniMail.objects.values_list("kind", flat=True))


def test_yes_with_times_reaches_the_student(do, asked):
    answer = do("accept", TIMES | {"on_2": "2026-03-06", "clock_2": "14:00", "reply": "Gladly."})

    asked.refresh_from_db()
    assert answer.status_code == 302
    assert answer["Location"].endswith("/?said=answered")
    assert (asked.state, asked.reply, asked.answered_at) == ("ACCEPTED", "Gladly.", NOW)
    assert asked.offered_times == [
        datetime(2026, 3, 5, 14, 30, tzinfo=UTC), datetime(2026, 3, 6, 19, 0, tzinfo=UTC),
    ]  # fmt: skip
    assert kinds() == ["KEPT"]


CHANGES = "If anything changes, answer the mail about it: that goes to Maya."


@pytest.mark.parametrize(
    ("fields", "words", "is_open"),
    [
        ({"state": "ACCEPTED", "offered_times": [NOW, NOW + timedelta(days=1)]},
         "Maya takes one of these, and you hear of it by mail.", True),
        ({"state": "ACCEPTED", "offered_times": [NOW]},
         "The times you offered have passed, and none was taken.", True),
        ({"state": "ACCEPTED", "offered_times": [NOW], "taken_time": NOW},
         "If something comes up, answer the mail about it", False),
        ({"state": "CALL", "call_number": "413 555 0100"}, "At 413 555 0100.", True),
        ({"state": "DECLINED"}, "That is fine, and Maya knows it.", True),
        ({"state": "WITHDRAWN"}, "no longer needs an answer", False),
    ],
)  # fmt: skip
def test_desk_says_how_an_answer_stands_and_whom_to_tell(
    client, alum, asked, fields, words, is_open
):
    Request.objects.filter(pk=asked.pk).update(answered_at=NOW, **fields)

    shown = client.get(reverse("desk:home", args=[token_of(alum, asked)])).text

    assert words in shown
    assert (CHANGES in shown) is is_open
    # By the clock of the office, as hers is not known.
    assert ("Monday, March 2, 10" in shown) is ("taken_time" in fields)


def test_times_are_read_by_the_clock_that_the_alum_chose(do, asked, alum):
    do("accept", TIMES | {"time_zone": "Asia/Tokyo"})

    asked.refresh_from_db()
    alum.refresh_from_db()
    assert asked.offered_times == [datetime(2026, 3, 5, 0, 30, tzinfo=UTC)]
    assert alum.time_zone == "Asia/Tokyo"


def test_college_clock_is_used_until_another_is_chosen(do, alum):
    do("accept", TIMES)

    alum.refresh_from_db()
    assert alum.time_zone == ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Choose a day."),
        ({"on_1": "2026-03-01"}, "That time has passed."),
        ({"clock_1": "5½"}, "Write the time like"),
        ({"on_1": "a\x00b"}, "Write the day as"),
        ({"on_1": "2027-03-05"}, "within the next four months"),
        ({"on_1": "9999-12-31"}, "within the next four months"),
        ({"on_1": "0001-01-01"}, "within the next four months"),
        ({"on_2": "2026-03-06"}, "A time needs its day"),
        ({"clock_3": "10:00"}, "A time needs its day"),
        ({"on_1": "2026-03-08", "clock_1": "02:30"}, "The clocks jump over that time"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"reply": "x" * 2001}, "Keep it to 2,000"),
        ({"reply": "\x00"}, "Null characters"),
    ],
)
def test_odd_times_are_asked_for_again(do, asked, data, words):
    typed = TIMES | {"reply": "Kept"} | data if data else {}

    answer = do("accept", typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "<title>Error: " in page
    if data and "reply" not in data:
        assert "Kept" in page
    asked.refresh_from_db()
    assert asked.state == "PENDING"


def test_second_click_is_told_that_it_is_answered(do, asked):
    do("accept", TIMES)
    answer = do("accept", TIMES | {"reply": "Again"})

    asked.refresh_from_db()
    assert answer["Location"].endswith("?said=already")
    assert asked.reply == ""
    assert kinds() == ["KEPT"]


def test_no_after_a_yes_changes_nothing(do, asked):
    do("accept", TIMES)
    do("decline", {})

    asked.refresh_from_db()
    assert asked.state == "ACCEPTED"


def test_same_time_twice_is_one(asked):
    at = NOW + timedelta(days=1)

    answers.accept(asked, times=[at, at], reply="", at=NOW)

    asked.refresh_from_db()
    assert asked.offered_times == [at]


def test_four_times_are_too_many(asked):
    with pytest.raises(answers.TimesRefused):
        answers.accept(
            asked, times=[NOW + timedelta(days=n) for n in range(1, 5)], reply="", at=NOW
        )


def test_no_can_name_somebody_else(do, asked):
    wen = {"named_name": "Wen Li", "named_email": "wen@example.org"}
    do("decline", wen | {"named_about": "Runs an archive", "may_use_name": "on", "reply": "Sorry"})

    asked.refresh_from_db()
    assert (asked.state, asked.named_name, asked.named_email, asked.named_about) == (
        "DECLINED", "Wen Li", "wen@example.org", "Runs an archive",
    )  # fmt: skip
    assert asked.may_use_name


def test_name_may_be_used_only_if_somebody_is_named(do, asked):
    do("decline", {"may_use_name": "on"})

    asked.refresh_from_db()
    assert (asked.state, asked.may_use_name) == ("DECLINED", False)


def test_address_of_nobody_is_asked_whose_it_is(do):
    answer = do("decline", {"named_email": "wen@example.org"})

    assert answer.status_code == 422
    assert "Write their name, too." in answer.content.decode()


def test_call_instead(do, asked):
    do("call", {"number": "555-0199", "reply": "Weekdays after five"})

    asked.refresh_from_db()
    assert (asked.state, asked.call_number, asked.reply) == (
        "CALL", "555-0199", "Weekdays after five",
    )  # fmt: skip


def test_call_needs_a_number(do):
    assert do("call", {"number": " "}).status_code == 422


@pytest.mark.parametrize("page", ["accept", "call", "decline"])
def test_answer_after_the_last_day_is_too_late(do, asked, page):
    with time_machine.travel(asked.expires_at, tick=False):
        answer = do(page, TIMES | {"number": "1"})

    asked.refresh_from_db()
    assert (answer.status_code, asked.state) == (410, "PENDING")


def test_answer_that_was_begun_in_time_and_sent_too_late_is_refused(asked):
    with pytest.raises(answers.TooLate):
        answers.decline(asked, reply="", named=answers.Named(), at=asked.expires_at)


def test_withdrawn_request_needs_no_answer(client, do, asked, alum):
    asked.state = "WITHDRAWN"
    asked.save()

    page = client.get(do("accept", TIMES)["Location"]).content.decode()

    assert "Nothing to do" in page
    assert "has its answer" not in page


@pytest.mark.parametrize(
    ("first", "said"), [("decline", "has its answer already"), ("withdraw", "Nothing to do")]
)
def test_answer_that_comes_too_late_changes_nothing(
    client, do, asked, alum, monkeypatch, first, said
):
    """In another tab, between the look at the request and its lock."""
    accept = answers.accept

    def after_another(request, **answer):
        if first == "decline":
            answers.decline(asked, reply="", named=answers.Named(), at=NOW)
        else:
            withdraw(asked, at=NOW)
        return accept(request, **answer)

    monkeypatch.setattr(answers, "accept", after_another)

    page = client.get(do("accept", TIMES | {"time_zone": "Asia/Tokyo"})["Location"])

    assert said in page.content.decode()
    alum.refresh_from_db()
    assert alum.time_zone == ""


def test_answer_is_announced_once_and_inside_its_transaction(do, asked):
    heard = []

    def hear(*, request, at, **kwargs):
        heard.append((request.pk, request.state, connection.in_atomic_block))

    request_answered.connect(hear)
    do("accept", TIMES)
    do("accept", TIMES)
    request_answered.disconnect(hear)

    assert heard == [(asked.pk, "ACCEPTED", True)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(5))
def test_of_a_yes_and_a_withdrawal_at_one_moment_one_wins(asked, attempt):
    barrier, outcomes = Barrier(2), []

    def accept():
        barrier.wait(10)
        try:
            answers.accept(asked, times=[NOW + timedelta(days=1)], reply="", at=NOW)
            outcomes.append("accepted")
        except answers.NoLongerNeeded:
            outcomes.append("refused")
        finally:
            connection.close()

    def withdraw():
        from django.db import transaction

        barrier.wait(10)
        with transaction.atomic():
            row = Request.objects.select_for_update().get(pk=asked.pk)
            if row.state == "PENDING":
                row.state = "WITHDRAWN"
                row.save()
                request_withdrawn.send(Request, request=row, at=NOW)
                outcomes.append("withdrawn")
        connection.close()

    threads = [Thread(target=accept), Thread(target=withdraw)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    asked.refresh_from_db()
    wanted = {"ACCEPTED": ["accepted"], "WITHDRAWN": ["refused", "withdrawn"]}
    assert sorted(outcomes) == wanted[asked.state]
    # Nobody had heard of it, so a withdrawal leaves no mail at all.
    assert kinds() == {"ACCEPTED": ["KEPT"], "WITHDRAWN": []}[asked.state]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_of_two_answers_at_one_moment_one_counts(asked, attempt):
    from tests.reminders.test_threads import at_once

    def answer(number):
        try:
            if number % 2:
                answers.decline(asked, reply="", named=answers.Named(), at=NOW)
            else:
                answers.accept(asked, times=[NOW + timedelta(days=1)], reply="", at=NOW)
        except answers.AlreadyAnswered:
            return "refused"
        return "kept"

    assert sorted(at_once(answer)) == ["kept", "refused", "refused", "refused"]
    assert kinds() == ["KEPT"]


def test_pause_and_its_end(do, alum):
    do("pause", {"until": "2026-06-01"})
    alum.refresh_from_db()
    assert alum.paused_until == date(2026, 6, 1)

    do("pause", {"resume": "1"})
    alum.refresh_from_db()
    assert alum.paused_until is None


def test_page_of_a_pause_begins_with_its_day(client, do, alum, asked):
    do("pause", {"until": "2026-06-01"})
    alum.refresh_from_db()

    page = client.get(reverse("desk:pause", args=[token_of(alum, asked)]))

    assert page.context["form"]["until"].value() == date(2026, 6, 1)


@pytest.mark.parametrize("until", ["", "2026-03-02", "1999-01-01", "2040-01-01", "soon", "\x00"])
def test_odd_pause_is_asked_for_again(do, alum, until):
    assert do("pause", {"until": until}).status_code == 422
    alum.refresh_from_db()
    assert alum.paused_until is None


def test_terms(do, alum):
    do("terms", {"ask_by": "CAREERHUB", "requests_per_month": "1", "days_between_requests": "30",
                 "hidden": ["email", "place"], "time_zone": "Europe/Berlin"})  # fmt: skip

    alum.refresh_from_db()
    assert (alum.ask_by, alum.requests_per_month, alum.days_between_requests) == (
        "CAREERHUB", 1, 30,
    )  # fmt: skip
    assert alum.hidden_fields == ["email", "city", "region", "country"]
    assert alum.time_zone == "Europe/Berlin"


def test_empty_terms_are_the_offices(do, alum):
    alum.requests_per_month = 1
    alum.save()

    do("terms", {"ask_by": "", "time_zone": "America/New_York"})

    alum.refresh_from_db()
    assert (alum.requests_per_month, alum.time_zone) == (None, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"requests_per_month": "5½"}, {"requests_per_month": "-1"}, {"ask_by": "PIGEON"},
        {"requests_per_month": "1" * 50}, {"hidden": ["desk_version"]}, {"time_zone": "x\x00"},
    ],
)  # fmt: skip
def test_odd_terms_are_asked_for_again(do, wrong):
    assert do("terms", {"time_zone": "America/New_York"} | wrong).status_code == 422


def test_office_can_save_whatever_an_alum_may_set(client, do, alum, staff):
    """A number that their form refuses would stand in the way of every other correction."""
    numbers = {"requests_per_month": "31", "days_between_requests": "365"}
    do("terms", {"time_zone": "America/New_York"} | numbers)
    client.force_login(staff)
    url = reverse("alumni:edit", args=[alum.pk])

    answer = client.post(url, {**record(name=alum.name), **numbers, "consent": "YES"})

    assert answer.status_code == 302
    too_many = do("terms", {"time_zone": "America/New_York", "requests_per_month": "32"})
    assert "Write 31 or less." in too_many.content.decode()


@pytest.mark.parametrize(
    ("page", "field", "most"),
    [("accept", "reply", 2000), ("call", "number", 40), ("decline", "named_about", 300)],
)
def test_words_that_are_too_long_are_kept_and_said_to_be_so(do, asked, page, field, most):
    page = do(page, TIMES | {"number": "1", "named_name": "N"} | {field: "é" * (most + 1)})

    assert page.status_code == 422
    assert f"That is too long. Keep it to {most:,} characters." in page.content.decode()
    assert "é" * (most + 1) in page.content.decode()
    asked.refresh_from_db()
    assert asked.state == "PENDING"


def record(**fields):
    return {"name": "Imani Brooks", "email": "imani@example.org", "class_year": "2011"} | fields


def test_alums_own_word_counts_at_once_and_is_remembered(do, alum):
    do("record", record(employer="NEPM", name="Imani Brooks-Lee", phone="555-0100"))

    alum.refresh_from_db()
    assert (alum.name, alum.given_name, alum.family_name, alum.employer) == (
        "Imani Brooks-Lee", "Imani", "Brooks-Lee", "NEPM",
    )  # fmt: skip
    (change,) = DeskChange.objects.all()
    assert change.changes == {
        "name": ["Imani Brooks", "Imani Brooks-Lee"], "employer": ["", "NEPM"],
    }  # fmt: skip


def test_saving_the_same_is_no_change(do):
    answer = do("record", record(phone="555-0100"))

    assert answer["Location"].endswith("?said=same")
    assert not DeskChange.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "?"}, {"email": "x"}, {"name": "\x00"},
                                   {"class_year": "5½"}, {"class_year": "17"},
                                   {"name": "a@b"}, {"note_to_students": "x" * 1001}])  # fmt: skip
def test_odd_record_is_asked_for_again(do, alum, wrong):
    answer = do("record", record(**wrong))

    assert answer.status_code == 422
    alum.refresh_from_db()
    assert alum.name == "Imani Brooks"


def test_address_of_another_record_is_refused_kindly(do):
    an_alum(email="other@example.org")

    answer = do("record", record(email="OTHER@example.org"))

    assert answer.status_code == 422


def test_consent_and_staff_fields_cannot_be_slipped_in(do, alum):
    do("record", record(external_id="7", consent="NO", desk_version="9", paused_until="2030-01-01"))

    alum.refresh_from_db()
    assert (alum.external_id, alum.consent, alum.desk_version, alum.paused_until) == (
        "", "YES", 1, None,
    )  # fmt: skip


def test_no_ends_what_waits(do, alum, asked):
    do("consent", {"consent": "NO"})

    alum.refresh_from_db()
    asked.refresh_from_db()
    assert (alum.consent, asked.state) == ("NO", "DECLINED")
    assert Reminder.objects.filter(kind="REQUEST_CLOSED", request=asked).exists()


@pytest.mark.parametrize("said", ["", "UNKNOWN", "PERHAPS", "\x00"])
def test_consent_is_yes_or_no(do, alum, said):
    assert do("consent", {"consent": said}).status_code == 422
    alum.refresh_from_db()
    assert alum.consent == "YES"


def test_removal_leaves_digests_alone(do, alum, asked, student, staff):
    """And no text of theirs: not in the record, not in what lists said."""
    alum.external_id = "00123"
    alum.save()
    contact = student.contacts.get(alum=alum)
    contact.phone, contact.why = "555-7777", "She knows archives."
    contact.save()
    desk.change(alum, to={"email": "new@example.org"}, at=NOW)
    listed = Import.objects.create(file_name="l.csv", uploaded_by=staff)
    row = ImportRow.objects.create(
        of_import=listed, number=2, outcome="CREATED", cells=["Imani Brooks"], alum=alum,
        name="Imani Brooks", originals={"phone": "555 01 00"}, replaced={"city": ["", "Boston"]},
    )  # fmt: skip

    answer = do("remove", {})

    assert answer["Location"] == reverse("desk:removed")
    assert not Alum.objects.exists()
    assert not Request.objects.exists()
    assert not DeskChange.objects.exists()
    row.refresh_from_db()
    assert (row.name, row.cells, row.originals, row.problems, row.replaced) == ("", [], {}, [], {})
    assert (row.alum, row.outcome) == (None, "CREATED")
    assert set(Removal.objects.values_list("digest", flat=True)) == {
        digest_of_email("imani@example.org"), digest_of_email("new@example.org"),
        digest_of_number("00123"),
    }  # fmt: skip
    contact.refresh_from_db()
    assert (contact.alum, contact.why, contact.phone) == (None, "She knows archives.", "555-7777")
    assert kinds() == ["LEFT", "REMOVED"]


def test_what_was_copied_from_the_directory_goes_with_the_alum(do, alum, student):
    """The e-mail and the number were the alum's; a name in the student's memory stays."""
    contact = student.contacts.get(alum=alum)
    Alum.objects.update(time_zone="Asia/Tokyo")
    contact.email, contact.phone, contact.time_zone = alum.email, alum.phone, "Asia/Tokyo"
    contact.save()

    do("remove", {})

    contact.refresh_from_db()
    assert (contact.email, contact.phone, contact.time_zone) == ("", "", "")
    assert contact.name


def test_digest_knows_an_address_however_it_is_written():
    assert digest_of_email(" Imani@Example.ORG ") == digest_of_email("imani@example.org")
    assert digest_of_email("1") != digest_of_number("1")
    assert digests_of(email=" ", external_id="") == set()


def test_importer_can_ask_who_was_removed(do, alum):
    do("remove", {})

    mine, other = digest_of_email(alum.email), digest_of_email("other@example.org")
    assert removed_among([mine, other]) == {mine}


def test_second_removal_finds_nobody(client, do, alum, asked):
    token = token_of(alum, asked)
    do("remove", {})

    answer = client.post(reverse("desk:remove", args=[token]))

    assert answer.status_code == 404


@pytest.mark.django_db(transaction=True)
def test_removal_and_answer_at_one_moment_do_not_wait_for_each_other_for_ever(student):
    for _ in range(5):
        alum = an_alum()
        asked = ask(student, alum)
        barrier, outcomes = Barrier(2), []

        def remove(alum=alum, barrier=barrier, outcomes=outcomes):
            barrier.wait(10)
            desk.remove(alum, at=NOW)
            outcomes.append("removed")
            connection.close()

        def answer(asked=asked, barrier=barrier, outcomes=outcomes):
            barrier.wait(10)
            with suppress(answers.AnswerRefused):
                answers.accept(asked, times=[NOW + timedelta(days=1)], reply="", at=NOW)
            outcomes.append("answered")
            connection.close()

        threads = [Thread(target=remove), Thread(target=answer)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["answered", "removed"]
        assert not Alum.objects.exists()


def test_desk_shows_who_asks_and_nothing_of_their_address(client, alum, asked, student):
    StudentProfileFactory(student=student, class_year=2027, majors=["Film"])

    page = client.get(reverse("desk:home", args=[token_of(alum, asked)])).content.decode()

    assert "Maya Oyelaran asks you for 20 minutes" in page
    assert "studies Film, class of 2027" in page
    assert student.email not in page


def test_text_of_a_student_is_never_markup(client, alum, asked):
    asked.words = "<script>alert(1)</script>"
    asked.save()

    page = client.get(reverse("desk:home", args=[token_of(alum, asked)])).content.decode()

    assert "<script>alert" not in page


def test_said_is_one_of_our_own_sentences(client, alum):
    url = reverse("desk:home", args=[token_of(alum)])

    assert "Saved." in client.get(f"{url}?said=saved").content.decode()
    assert "hacked" not in client.get(f"{url}?said=hacked").content.decode()


@pytest.mark.parametrize("page", ["home", "accept", "pause", "record", "terms", "consent"])
def test_pages_ask_the_database_little(client, alum, asked, page, django_assert_num_queries):
    token = token_of(alum, asked)

    with django_assert_num_queries(2):
        client.get(reverse(f"desk:{page}", args=[token]))


def test_office_reads_what_changed_and_the_directory_is_closed_to_others(
    client, staff, student, advisor, alum
):
    desk.change(alum, to={"employer": "NEPM", "hidden_fields": ["email"]}, at=NOW)
    url = reverse("alumni:desk", args=[alum.pk])

    client.force_login(staff)
    page = client.get(url).content.decode()
    assert "<strong>Employer:</strong> nothing → NEPM" in page
    for person in (student, advisor):
        client.force_login(person)
        assert client.get(url).status_code == 403


@pytest.mark.parametrize(("rows", "queries"), [(1, 5), (3, 5)])
def test_history_asks_the_database_as_little_for_three(
    client, staff, alum, rows, queries, django_assert_num_queries
):
    for number in range(rows):
        desk.change(alum, to={"employer": f"NEPM {number}"}, at=NOW)
    client.force_login(staff)

    with django_assert_num_queries(queries):
        client.get(reverse("alumni:desk", args=[alum.pk]))


def test_office_makes_links_useless_and_sends_a_new_one(client, staff, alum):
    old = token_of(alum)
    client.force_login(staff)

    client.post(reverse("alumni:desk_revoke", args=[alum.pk]))
    client.post(reverse("alumni:desk_send_link", args=[alum.pk]))

    assert client.get(reverse("desk:home", args=[old])).status_code == 410
    assert kinds() == ["LINK"]


def test_office_cannot_send_a_link_without_an_address(client, staff):
    alum = an_alum(email="")
    client.force_login(staff)

    answer = client.post(reverse("alumni:desk_send_link", args=[alum.pk]), follow=True)

    assert "There is no e-mail to send a link to." in answer.content.decode()
    assert kinds() == []


def test_zone_of_the_desk_is_not_that_of_a_student_who_looks(client, alum, asked, student):
    alum.time_zone = "Asia/Tokyo"
    alum.save()
    answers.accept(asked, times=[datetime(2026, 3, 5, 0, 30, tzinfo=UTC)], reply="", at=NOW)
    client.force_login(student)

    page = client.get(reverse("desk:home", args=[token_of(alum, asked)])).content.decode()

    assert "Thursday, March 5, 9:30 a.m." in page


def test_nothing_is_left_of_the_clock_of_the_desk(client, alum):
    client.get(reverse("desk:home", args=[token_of(alum)]))

    assert timezone.get_current_timezone_name() == "UTC"
    assert post.close_expired(at=NOW) == 0

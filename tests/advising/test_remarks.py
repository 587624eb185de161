"""Comments that the student reads, notes that they do not, and mails that are both."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Caseload
from advising import actions
from advising.models import Remark, Spoken
from reminders.actions import drain
from reminders.models import Reminder, ReminderChoice, TermBreak, Way
from tests.advising.deeds import AT, hold_talk
from tests.factories import CaseloadFactory, ContactFactory, UserFactory

COMMENT, NOTE, NUDGE = Remark.Kind.COMMENT, Remark.Kind.NOTE, Remark.Kind.NUDGE
MORNING = datetime(2026, 3, 11, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def as_advisor(client, advisor):
    client.force_login(advisor)
    return client


@pytest.fixture
def said(advisor, student):
    """One of each, by its kind."""
    return {
        COMMENT: actions.remark(advisor, student, kind=COMMENT, text="Well begun.", at=AT),
        NOTE: actions.remark(advisor, student, kind=NOTE, text="Seems shy.", at=AT),
        NUDGE: actions.nudge(advisor, [student], subject="Your note", text="Mail it.", at=AT)[0],
    }


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("student", {COMMENT, NUDGE}),
        ("advisor", {COMMENT, NOTE, NUDGE}),
        ("other_student", set()),
        ("other_advisor", set()),
        ("staff", set()),
        ("administrator", set()),
    ],
)
def test_remarks_are_seen_by_whom_they_are_for(request, said, who, kinds):
    """Notes are for the advisors of a student: staff see none."""
    seen = Remark.objects.visible_to(request.getfixturevalue(who))

    assert {one.kind for one in seen} == kinds


def test_remarks_pass_to_the_next_advisor_and_leave_the_last(said, student, advisor, other_advisor):
    Caseload.objects.update(until=date(2026, 9, 2))
    CaseloadFactory(advisor=other_advisor, student=student)

    assert Remark.objects.visible_to(other_advisor).count() == 3
    assert not Remark.objects.visible_to(advisor).exists()


@pytest.mark.parametrize(("kind", "mark"), [(COMMENT, "Maya sees it"), (NOTE, "does not see it")])
def test_page_writes_and_marks_who_may_read_it(as_advisor, student, kind, mark):
    answer = as_advisor.post(
        reverse("advising:remark_add", args=[student.pk]), {"text": "Well begun.", "kind": kind},
        follow=True,
    )  # fmt: skip

    assert Remark.objects.get().kind == kind
    assert "Well begun." in answer.text
    assert mark in answer.text


@pytest.mark.parametrize(
    "sent", [{}, {"text": "  ", "kind": "NOTE"}, {"text": "Yes"}, {"text": "Yes", "kind": "NUDGE"},
             {"text": "x" * 3001, "kind": "NOTE"}]
)  # fmt: skip
def test_page_says_what_is_missing(as_advisor, student, sent):
    answer = as_advisor.post(reverse("advising:remark_add", args=[student.pk]), sent)

    assert answer.status_code == 422
    assert not Remark.objects.exists()


def test_second_click_writes_nothing_twice(advisor, student):
    for _ in range(2):
        actions.remark(advisor, student, kind=NOTE, text="Seems shy.", at=AT)
        actions.nudge(advisor, [student], subject="Your note", text="Mail it.", at=AT)

    assert Remark.objects.count() == 2


def test_author_rewords_and_it_is_new_again(as_advisor, said, student):
    actions.read(student, at=AT)

    as_advisor.post(reverse("advising:remark", args=[said[COMMENT].pk]), {"text": "Very well."})

    said[COMMENT].refresh_from_db()
    assert (said[COMMENT].text, said[COMMENT].read_at) == ("Very well.", None)


@pytest.mark.parametrize("kind", [COMMENT, NOTE])
def test_only_the_author_changes_it(client, said, student, other_advisor, kind):
    Caseload.objects.update(until=date(2026, 9, 2))
    CaseloadFactory(advisor=other_advisor, student=student)
    client.force_login(other_advisor)

    edit = client.post(reverse("advising:remark", args=[said[kind].pk]), {"text": "Mine."})
    delete = client.post(reverse("advising:remark_delete", args=[said[kind].pk]))

    assert (edit.status_code, delete.status_code) == (403, 403)


def test_student_reads_it_on_their_own_page_and_no_note(client, student, said):
    client.force_login(student)
    today = client.get(reverse("home"))
    page = client.get(reverse("advising:words"))
    client.post(reverse("advising:words_read"))
    later = client.get(reverse("home"))

    assert "Ruth Halloran sent you 2 messages." in today.text
    assert "Well begun." in page.text
    assert "Seems shy." not in page.text + today.text
    assert "sent you" not in later.text
    assert Remark.objects.get(kind=NOTE).read_at is None


def test_looking_at_the_page_reads_nothing(client, student, said):
    client.force_login(student)
    client.get(reverse("advising:words"))

    assert not Remark.objects.filter(read_at__isnull=False).exists()


# Mails


def test_mail_goes_out_with_the_next_morning(advisor, student, said, mailoutbox):
    drain(at=MORNING - timedelta(seconds=1))
    assert mailoutbox == []
    drain(at=MORNING)

    (mail,) = mailoutbox
    assert mail.subject == "Your note: from Ruth Halloran"
    assert "Mail it." in mail.body
    assert "Mail it." in mail.alternatives[0][0]
    assert "Seems shy." not in mail.body
    assert "Well begun." not in mail.body


def test_mail_joins_the_one_message_of_the_morning(advisor, student, mailoutbox):
    hold_talk(ContactFactory(student=student, name="Dana"), on=date(2026, 3, 10))
    actions.nudge(advisor, [student], subject="Your note", text="Mail it.", at=AT)

    drain(at=MORNING)

    (mail,) = mailoutbox
    assert "Mail it." in mail.body
    assert "Thank Dana" in mail.body


def test_two_words_of_one_day_are_one_part(advisor, student, mailoutbox):
    actions.nudge(advisor, [student], subject="One", text="First.", at=AT)
    actions.nudge(advisor, [student], subject="Two", text="Second.", at=AT + timedelta(hours=1))

    drain(at=MORNING)
    actions.nudge(advisor, [student], subject="Three", text="Third.", at=MORNING + timedelta(1))
    drain(at=MORNING + timedelta(days=2))

    first, second = mailoutbox
    assert "First." in first.body
    assert "Second." in first.body
    assert "Third." in second.body
    assert "First." not in second.body


def test_mail_that_is_switched_off_stands_on_the_page_alone(client, advisor, student, mailoutbox):
    ReminderChoice.objects.create(user=student, kind="ADVISOR_WROTE", way=Way.IN_APP)
    actions.nudge(advisor, [student], subject="Your note", text="Mail it.", at=AT)

    drain(at=MORNING)
    client.force_login(student)

    assert mailoutbox == []
    assert Reminder.objects.get(kind="ADVISOR_WROTE").state == Reminder.State.WITHHELD
    assert "Mail it." in client.get(reverse("advising:words")).text


def test_mail_that_was_read_before_its_morning_is_not_sent(advisor, student, mailoutbox):
    actions.nudge(advisor, [student], subject="Your note", text="Mail it.", at=AT)
    actions.read(student, at=AT + timedelta(hours=1))

    drain(at=MORNING)

    assert mailoutbox == []


def test_mail_is_a_notice_until_it_is_read(client, advisor, student, mailoutbox):
    actions.nudge(advisor, [student], subject="Your note", text="Mail it.", at=AT)
    drain(at=MORNING)
    client.force_login(student)
    with time_machine.travel(MORNING + timedelta(hours=1), tick=False):
        told = client.get(reverse("post:notices")).text
        client.post(reverse("advising:words_read"))
        read = client.get(reverse("post:notices")).text

    assert "Your note" in told
    assert "Your note" not in read


def test_mail_that_is_unread_goes_out_once(advisor, student, mailoutbox):
    """Also when another one was written and taken away again."""
    actions.nudge(advisor, [student], subject="Your note", text="Mail it.", at=AT)
    drain(at=MORNING)
    (again,) = actions.nudge(advisor, [student], subject="Two", text="Second.", at=MORNING)
    actions.take_away(again, at=MORNING)
    for day in range(1, 4):
        drain(at=MORNING + timedelta(days=day))

    assert len(mailoutbox) == 1


def test_mail_waits_for_the_end_of_a_term_break(advisor, student, mailoutbox):
    TermBreak.objects.create(name="Spring", first_on=date(2026, 3, 11), last_on=date(2026, 3, 15))
    actions.nudge(advisor, [student], subject="Your note", text="Mail it.", at=AT)

    drain(at=MORNING)
    early = len(mailoutbox)
    drain(at=MORNING + timedelta(days=5))

    assert (early, len(mailoutbox)) == (0, 1)


def test_mail_is_taken_back_until_it_has_gone_out(advisor, student, mailoutbox):
    (written,) = actions.nudge(advisor, [student], subject="One", text="First.", at=AT)
    actions.take_away(written, at=AT)
    drain(at=MORNING)
    (again,) = actions.nudge(advisor, [student], subject="Two", text="Second.", at=MORNING)
    drain(at=MORNING + timedelta(days=1))

    with pytest.raises(actions.AlreadyMailed):
        actions.take_away(again, at=MORNING + timedelta(days=1))
    assert [mail.subject for mail in mailoutbox] == ["Two: from Ruth Halloran"]


@pytest.mark.parametrize(
    ("zone", "on"),
    [
        ("Pacific/Honolulu", date(2026, 3, 11)),
        ("America/New_York", date(2026, 3, 11)),
        ("Pacific/Auckland", date(2026, 3, 11)),
    ],
)
def test_mail_has_the_morning_of_the_student(advisor, zone, on):
    """Noon in New York: six in the morning in Honolulu, five in Auckland of the day after."""
    student = CaseloadFactory(advisor=advisor, student__time_zone=zone).student
    if zone == "Pacific/Honolulu":
        on = date(2026, 3, 10)

    (written,) = actions.nudge(advisor, [student], subject="One", text="First.", at=AT)

    assert written.goes_out_on == on


# The page


@pytest.fixture
def late(advisor, student):
    """Two students whose thank-you is late, and one of somebody else."""
    other = CaseloadFactory(advisor=advisor, student__name="Ann Lee").student
    stranger = CaseloadFactory().student
    for each in (student, other, stranger):
        hold_talk(ContactFactory(student=each), on=date(2026, 3, 2))
    return [student, other, stranger]


def test_page_begins_with_what_they_share(as_advisor, late):
    page = as_advisor.get(reverse("advising:write"), {"to": [one.pk for one in late]})

    assert page.context["form"].initial["subject"] == "Your thank-you note"
    assert [row.student.name for row in page.context["rows"]] == ["Ann Lee", "Maya Oyelaran"]


def test_page_shows_it_before_it_goes_and_goes_to_the_own_students_alone(as_advisor, late):
    words = {"subject": "Your\nnote", "text": "Mail it.", "why": "THANK_YOU"}
    to = [one.pk for one in late]

    preview = as_advisor.post(reverse("advising:write"), {"to": to, "go": "preview", **words})
    before = Remark.objects.count()
    as_advisor.post(reverse("advising:write"), {"to": to, "go": "send", **words})

    assert preview.context["is_preview"]
    assert before == 0
    assert [(one.student, one.subject) for one in Remark.objects.order_by("student__name")] == [
        (late[1], "Your note"), (late[0], "Your note"),
    ]  # fmt: skip


def test_who_was_written_to_leaves_the_list(as_advisor, advisor, late):
    hold = as_advisor.get(reverse("home")).context["in_need"]
    as_advisor.post(
        reverse("advising:write"),
        {"to": late[0].pk, "go": "send", "subject": "Note", "text": "Mail it.", "why": "THANK_YOU"},
    )

    left = as_advisor.get(reverse("home")).context["in_need"]
    assert {row.student.name for row in hold} == {"Maya Oyelaran", "Ann Lee"}
    assert [row.student.name for row in left] == ["Ann Lee"]
    assert Spoken.objects.get().student == late[0]


@pytest.mark.parametrize("to", [[], ["x"], ["99999999"], ["٣"]])
def test_page_without_anybody_asks_to_tick(as_advisor, student, to):
    answer = as_advisor.get(reverse("advising:write"), {"to": to}, follow=True)

    assert "Tick the students whom you want to write to." in answer.text


def test_page_says_what_is_missing_in_a_mail(as_advisor, student):
    answer = as_advisor.post(reverse("advising:write"), {"to": student.pk, "go": "send"})

    assert answer.status_code == 422
    assert not Remark.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_needs_the_same_queries_for_one_and_three(client, django_assert_num_queries, count):
    advisor = UserFactory(role="ADVISOR")
    students = [CaseloadFactory(advisor=advisor).student for _ in range(count)]
    client.force_login(advisor)

    # Session, user, and the rows of the board (5).
    with django_assert_num_queries(7):
        client.get(reverse("advising:write"), {"to": [student.pk for student in students]})

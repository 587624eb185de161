"""The demo college: the same for the same seed, and alive on the day on which it is made."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Role, Term, User
from advising.board import rows_of
from advising.goals import goals_in_sight, progress_of
from advising.models import Remark
from advising.owed import owed_by
from alumni.models import Alum, Consent
from alumni.searching.search import Wish, search
from careerhub.demo import college
from careerhub.demo.history import make_history
from careerhub.demo.people import PASSWORD
from careerhub.demo.writing import TOPICS
from contacts.models import Contact, Interaction
from interviews.models import Advice, Debrief, Interview, State
from letters.facts import findings_of
from letters.models import Letter
from reminders.actions import drain
from reminders.models import Reminder
from reports import actions as reports
from reports.measures import SLICE_BY_KEY
from reports.periods import year_from
from reports.reading import Report
from tests.factories import QuestionFactory, UserFactory

AT = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _embedded(settings):
    settings.EMBEDDED = True


def build(*, alumni=20, students=9, seed=1, at=AT):
    return college.build(alumni=alumni, students=students, seed=seed, at=at)


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("student", Role.STUDENT),
        ("advisor", Role.ADVISOR),
        ("staff", Role.STAFF),
        ("admin", Role.ADMINISTRATOR),
    ],
)
def test_demo_has_a_log_in_for_each_role(rf, who, role):
    build()

    user = authenticate(rf.post("/"), email=f"{who}@demo.example", password=PASSWORD)

    assert user is not None
    assert user.role == role


def test_demo_makes_as_many_as_asked_for():
    build(alumni=2_001, students=5)

    assert Alum.objects.count() == 2_001
    assert User.objects.filter(role=Role.STUDENT).count() == 5


def test_demo_finds_people_through_a_slip_of_the_keys():
    build()
    student = User.objects.get(email="student@demo.example")
    alum = Alum.objects.filter(consent=Consent.YES).order_by("pk").first()
    family = max(alum.name.split(), key=len)
    slip = family[:2] + family[3:]

    assert alum.name in [found.name for found in search(student, Wish(words=slip)).people]


def test_demo_student_owes_one_thing_of_each_kind():
    """G16, G38, G45: and one of them is late."""
    student = build().student

    owed = owed_by([student], at=AT)[student.pk]

    assert [(debt.what, debt.when) for debt in owed] == [
        ("Second letter to Aiko Hartmann", "3 days late"),
        ("Promised call to Samuel Adjei", "due today"),
        ("Thank-you to Dana Whitcomb", "due today"),
        ("Second letter to Marcus Bell", "due today"),
    ]


def test_demo_student_has_somebody_at_each_step():
    student = build().student

    states = Counter(Interview.objects.of(student).values_list("state", flat=True))

    assert states == {State.HELD: 4, State.ACCEPTED: 1, State.ASKED: 1, State.DECLINED: 1}
    assert Interview.objects.of(student).ahead(at=AT).count() == 1
    assert Contact.objects.of(student).filter(interviews=None).count() == 3


def test_demo_student_has_a_letter_at_each_stage():
    """G15, G40: the two thank-yous begin with the write-up; one draft gives the checks work."""
    student = build().student

    letters = Letter.objects.filter(contact__student=student).order_by("contact__name")

    assert [(letter.contact.name, letter.kind, letter.state) for letter in letters] == [
        ("Aiko Hartmann", "THANK_YOU", "SENT"),
        ("Lena Ortiz", "REQUEST", "IN_REVIEW"),
        ("Marcus Bell", "THANK_YOU", "SENT"),
        ("Samuel Adjei", "REQUEST", "SENT"),
        ("Wen Li", "REQUEST", "DRAFT"),
    ]
    found = {
        letter.contact.name: [finding.check for finding in findings_of(letter, at=AT)]
        for letter in letters
    }
    assert found == {
        "Aiko Hartmann": [],
        "Lena Ortiz": [],
        "Marcus Bell": [],
        "Samuel Adjei": [],
        "Wen Li": ["spelling", "blank", "extra_question"],
    }


def test_demo_student_prepared_one_talk_and_wrote_up_three():
    for topic in TOPICS:
        QuestionFactory(topic=topic)
    student = build().student

    ahead = Interview.objects.of(student).ahead(at=AT).get()
    advice = Advice.objects.filter(interview__contact__student=student)

    assert ahead.questions.count() == 6
    assert Debrief.objects.filter(interview__contact__student=student).count() == 3
    assert advice.filter(done_on=None).count() == 6
    assert advice.exclude(done_on=None).count() == 1


def test_demo_advisor_sees_the_late_the_stuck_and_the_rest():
    build(students=24)
    advisor = User.objects.get(email="advisor@demo.example")

    rows = rows_of(advisor, at=AT)

    assert len(rows) == 16
    assert {
        "late": any(row.is_late for row in rows),
        "stuck": any(row.stuck and not row.is_late for row in rows),
        "well": any(not row.needs_a_word for row in rows),
    } == {"late": True, "stuck": True, "well": True}


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 23, 5, 1, tzinfo=UTC),
        datetime(2026, 11, 24, 4, 59, tzinfo=UTC),
        # Its past reaches back over the change of clocks in spring, and over a leap day.
        datetime(2026, 3, 10, 12, 0, tzinfo=UTC),
        datetime(2028, 3, 2, 12, 0, tzinfo=UTC),
    ],
    ids=["just after midnight", "just before it", "clocks just changed", "leap year"],
)
def test_demo_can_be_made_at_any_hour(at):
    student = build(at=at).student

    assert len(owed_by([student], at=at)[student.pk]) == 4


def _words() -> list:
    return [
        list(Alum.objects.order_by("id").values_list("name", "email", "consent", "class_year")),
        list(User.objects.order_by("id").values_list("name", "email", "time_zone")),
        list(
            Interaction.objects.order_by("id").values_list("contact__name", "happened_on", "said")
        ),
        list(Interview.objects.order_by("id").values_list("contact__name", "state", "starts_at")),
    ]


def _made_anew(**options) -> list:
    Term.objects.all().delete()
    User.objects.all().delete()
    Alum.objects.all().delete()
    build(students=4, **options)
    return _words()


def test_demo_is_the_same_for_the_same_seed_and_another_for_another():
    first = _made_anew(seed=7)

    assert _made_anew(seed=7) == first
    assert _made_anew(seed=8) != first


def test_demo_sends_few_mails_and_one_for_each_person():
    build(students=24)
    before = Reminder.objects.pending().due(at=AT).values("recipient").distinct().count()

    drain(at=AT)

    recipients = [message.to[0] for message in mail.outbox]
    assert len(recipients) == len(set(recipients)) == before
    assert before <= 8
    assert any("student@demo.example" in recipient for recipient in recipients)


def test_demo_refuses_to_mix_with_people_who_are_there(capsys):
    UserFactory()

    with pytest.raises(CommandError, match="There are accounts here already"):
        call_command("demo")

    assert User.objects.count() == 1
    assert not Alum.objects.exists()


def test_demo_refuses_servers_that_are_not_embedded(settings):
    settings.EMBEDDED = False

    with pytest.raises(CommandError, match="embedded servers only"):
        call_command("demo")

    assert not User.objects.exists()


@pytest.mark.parametrize("argument", ["--alumni=-1", "--students=0", "--students=many"])
def test_demo_refuses_numbers_that_make_no_college(argument):
    with pytest.raises(CommandError, match="number of"):
        call_command("demo", argument)


def test_demo_prints_the_log_ins(capsys):
    call_command("demo", "--alumni=3", "--students=2")

    printed = capsys.readouterr().out
    assert "A demo college: 3 alumni, 2 students." in printed
    assert "student@demo.example" in printed
    assert PASSWORD in printed


def test_demo_has_years_to_tell_of():
    """The reports of the year before show numbers, by class and by field."""
    college.build(alumni=60, students=2, seed=1, at=AT, history=300)

    sheet = reports.sheet_of(year_from(2025))
    report = Report.of(year_from(2025), sheet)

    assert report.total.numbers["active"] > 250
    assert len(report.rows(SLICE_BY_KEY["class"])) >= 3
    assert len(report.rows(SLICE_BY_KEY["field"])) >= 8
    assert sheet.alumni["helped"] > 10
    assert Term.objects.count() == 9


def test_history_has_so_many_rows_of_each():
    now = timezone.now()
    students = make_history(20, seed=1, now=now, today=now.date())

    assert (len(students), Contact.objects.count()) == (20, 160)
    assert (Interview.objects.count(), Interaction.objects.count()) == (100, 400)
    # The next rows get keys of their own.
    assert UserFactory().pk > max(students)
    Interview.objects.create(contact=Contact.objects.order_by("pk")[0])


def test_demo_has_goals_half_way_and_words_of_the_advisor():
    campus = build(students=30)

    ruth = User.objects.get(email="advisor@demo.example")
    goals = progress_of(goals_in_sight(ruth, at=AT), among=User.objects.visible_to(ruth))
    assert [str(one.goal) for one in goals] == [
        "Three talks before the break", "Two thank-yous by mail",
    ]  # fmt: skip
    assert all(one.begun and one.there < one.students for one in goals)
    seen = Remark.objects.visible_to(campus.student).values_list("kind", flat=True)
    assert set(seen) == {"COMMENT"}
    assert Remark.objects.filter(kind="NOTE").count() == 2

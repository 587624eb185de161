"""What goes with the morning's mail, what goes promptly, and what goes at its hour."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.models import Role, User
from alumni.models import Import
from contacts import actions as contacts
from core.localtime import moment
from interviews import actions as interviews
from interviews.models import Interview
from letters import actions as letters
from letters.models import Letter
from reminders import actions, kinds
from reminders.kinds.declaration import Kind, Words
from reminders.kinds.steps import OnDay
from reminders.models import Reminder, TermBreak
from reminders.obligations import Dates
from tests.factories import CaseloadFactory, ContactFactory, LetterFactory, UserFactory
from tests.reminders.conftest import march, talk_with

State = Reminder.State
ONE_MINUTE = timedelta(minutes=1)


def agreed(student, starts_at, *, at=None) -> Interview:
    talk = interviews.begin(ContactFactory(student=student, name="Wen Li"), at=at or march(2))
    where = {"minutes": 20, "format": "PHONE", "place": ""}
    interviews.agree(talk, starts_at=starts_at, at=at or march(2), **where)
    interviews.confirm(talk, at=at or march(2), who_dials="ME", number_or_link="413 555 0119")
    return talk


def reviewed(student, advisor, *, at) -> Letter:
    letter = LetterFactory(
        contact=ContactFactory(student=student, name="Grace Adeyemi"), blocks={"greeting": "Dear"}
    )
    review = letters.ask_review(letter, question="", at=at)
    letters.answer_review(review, by=advisor, verdict="CHANGES", comment="Shorter.", at=at)
    return letter


def subjects(mailoutbox) -> list[str]:
    return [mail.subject for mail in mailoutbox]


def test_all_kinds_of_one_morning_are_one_message(student, advisor, mailoutbox):
    talk_with(student)
    agreed(student, march(4, time(10)))
    contacts.log_interaction(
        ContactFactory(student=student, name="Priya Raman"), at=march(2), channel="EMAIL",
        happened_on=date(2026, 3, 2), direction="OUT", promised_call_on=date(2026, 3, 3),
    )  # fmt: skip
    reviewed(student, advisor, at=march(2, time(22)))

    assert actions.drain(at=march(3)) == 1

    (mail,) = mailoutbox
    for name in ("Dana Whitcomb", "Wen Li", "Priya Raman", "Grace Adeyemi"):
        assert name in mail.body
    assert mail.subject.endswith(", and 3 more")


def test_hour_of_a_talk_comes_beside_the_mail_of_the_morning(student, mailoutbox):
    """G31."""
    talk_with(student)
    agreed(student, march(3, time(10, 30)), at=march(2, time(12)))
    actions.drain(at=march(3))

    assert actions.drain(at=march(3, time(9, 29))) == 0
    assert actions.drain(at=march(3, time(9, 30))) == 1

    assert subjects(mailoutbox)[1] == "Your talk with Wen Li begins soon: today at 10:30 a.m."
    assert "You call them" in mailoutbox[1].body
    assert "413 555 0119" in mailoutbox[1].body


def test_early_hour_does_not_stand_for_the_mail_of_the_morning(student, mailoutbox):
    """Somebody agreed on half past seven: the hour before it is quiet, and they are told."""
    talk_with(student)
    agreed(student, march(3, time(7, 30)), at=march(2, time(12)))

    assert actions.drain(at=march(3, time(6, 30))) == 1
    assert actions.drain(at=march(3)) == 1


def test_talk_that_is_moved_after_its_mail_is_announced_at_its_new_hour(student, mailoutbox):
    """On the way there they call: could it be at two?"""
    talk = agreed(student, march(3, time(10, 30)), at=march(2, time(12)))
    actions.drain(at=march(3, time(9, 30)))
    interviews.agree(
        talk, starts_at=march(3, time(14)), minutes=30, format="PHONE", place="",
        at=march(3, time(9, 45)),
    )  # fmt: skip

    assert actions.drain(at=march(3, time(12, 59))) == 0
    assert actions.drain(at=march(3, time(13))) == 1
    assert actions.drain(at=march(3, time(13, 1))) == 0

    first, second = mailoutbox
    assert second.subject == "Your talk with Wen Li begins soon: today at 2 p.m."
    # A mail program that has seen a Message-ID drops the second mail that has it.
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]


def test_talk_that_is_confirmed_after_its_mail_is_not_announced_again(student, mailoutbox):
    talk = agreed(student, march(3, time(10, 30)), at=march(2, time(12)))
    actions.drain(at=march(3, time(9, 30)))
    interviews.keep_arrangements(talk, at=march(3, time(9, 45)), number_or_link="413 555 0100")

    assert actions.drain(at=march(3, time(9, 46))) == 0


def test_hour_that_was_missed_is_not_said_afterwards(student, mailoutbox):
    agreed(student, march(3, time(10, 30)), at=march(2, time(12)))

    assert actions.drain(at=march(3, time(10, 31))) == 0


def test_call_back_comes_a_quarter_of_an_hour_before_its_hour(student, mailoutbox):
    """G19: 10:30 in Chicago is 11:30 in New York."""
    contact = ContactFactory(
        student=student, name="Wen Li", time_zone="America/Chicago", phone="312 555 0100"
    )
    hour = moment(date(2026, 3, 4), time(10, 30), "America/Chicago")
    contacts.log_interaction(
        contact, at=march(2), happened_on=date(2026, 3, 2), channel="PHONE", direction="OUT",
        call_back_at=hour,
    )  # fmt: skip
    actions.drain(at=march(3))
    actions.drain(at=march(4))

    assert actions.drain(at=hour - 16 * ONE_MINUTE) == 0
    assert actions.drain(at=hour - 15 * ONE_MINUTE) == 1

    assert "at 11:30 a.m. (10:30 a.m. for Wen Li)" in mailoutbox[-1].subject
    assert "312 555 0100" in mailoutbox[-1].body


@pytest.mark.parametrize(("late", "sent"), [(30, 1), (31, 0)])
def test_hour_of_a_call_that_is_long_past_is_not_said(student, mailoutbox, late, sent):
    """A worker that was away: the promise of that day stays owed, and has a mail of its own."""
    hour = march(3, time(15))
    contacts.log_interaction(
        ContactFactory(student=student), at=march(2), happened_on=date(2026, 3, 2), channel="PHONE",
        direction="OUT", call_back_at=hour,
    )  # fmt: skip
    actions.drain(at=march(3))

    assert actions.drain(at=hour + late * ONE_MINUTE) == sent


@pytest.mark.parametrize(
    ("answered", "sent"),
    [
        (march(3, time(14)), march(3, time(14))),
        (march(3, time(20, 59)), march(3, time(20, 59))),
        (march(3, time(21)), march(4)),
        (march(4, time(2)), march(4)),
    ],
    ids=["afternoon", "a minute before it is quiet", "as it becomes quiet", "at night"],
)
def test_news_comes_at_once_but_not_at_night(student, advisor, mailoutbox, answered, sent):
    """G15."""
    talk_with(student)
    actions.drain(at=march(3))
    reviewed(student, advisor, at=answered)

    assert actions.look(at=sent - ONE_MINUTE) == 0
    assert actions.look(at=sent) == 1
    assert "please change something" in mailoutbox[1].body.lower()


def test_news_tells_no_comment(student, advisor, mailoutbox):
    reviewed(student, advisor, at=march(3, time(14)))
    actions.look(at=march(3, time(14)))

    assert "Shorter" not in mailoutbox[0].body


def test_old_news_is_none(student, advisor, mailoutbox):
    reviewed(student, advisor, at=march(3, time(14)))

    assert actions.drain(at=march(10, time(15))) == 0
    assert actions.reconcile(at=march(10, time(15))) == 0


def test_talk_in_a_break_is_announced_and_a_letter_waits(student, mailoutbox):
    TermBreak.objects.create(name="Break", first_on=date(2026, 3, 3), last_on=date(2026, 3, 9))
    talk_with(student)
    agreed(student, march(5, time(10)))

    days = {day: actions.drain(at=march(day)) for day in range(2, 11)}

    assert [day for day, sent in days.items() if sent] == [4, 10]
    assert "Wen Li" in mailoutbox[0].body
    assert "Dana" not in mailoutbox[0].body


@pytest.mark.parametrize(
    ("minutes", "state", "is_told"),
    [(9, "DONE", True), (0, "DONE", False), (0, "FAILED", True), (9, "UNDONE", False)],
)
def test_import_is_told_to_who_did_not_wait_for_it(staff, minutes, state, is_told):
    at = march(3, time(14))
    listed = Import.objects.create(uploaded_by=staff, file_name="l.csv", state=state)
    times = {"started_at": at - timedelta(minutes=minutes), "finished_at": at, "updated_at": at}
    Import.objects.filter(pk=listed.pk).update(**times)

    assert actions.drain(at=at) == is_told


def test_import_of_somebody_who_left_is_told_to_nobody():
    at = march(3, time(14))
    Import.objects.create(file_name="l.csv", state="FAILED", finished_at=at)

    assert actions.drain(at=at) == 0


# The advisor's Monday


@pytest.fixture
def advisor_of(student):
    def make(zone="America/New_York") -> User:
        advisor = UserFactory(role=Role.ADVISOR, time_zone=zone, name="Ruth Halloran")
        CaseloadFactory(advisor=advisor, student=student, since=date(2026, 2, 1))
        return advisor

    return make


def mondays(mailoutbox, first=1, last=31) -> list[int]:
    days = []
    for day in range(first, last):
        before = len(mailoutbox)
        actions.drain(at=march(day))
        days += [day for mail in mailoutbox[before:] if mail.subject.startswith("Your caseload")]
    return days


def test_digest_comes_on_mondays_while_there_is_something_to_tell(student, advisor_of, mailoutbox):
    advisor_of()
    talk = talk_with(student, on=date(2026, 3, 3))
    assert mondays(mailoutbox, last=24) == [9, 16, 23]

    interviews.record_thank_you(talk, mailed_on=date(2026, 3, 24), at=march(24))

    assert mondays(mailoutbox, first=24, last=40) == []


def test_digest_names_students_and_not_their_contacts(student, advisor_of, mailoutbox):
    advisor_of()
    talk_with(student, "Dana Whitcomb", on=date(2026, 3, 3))
    mondays(mailoutbox, last=10)

    digest = next(mail for mail in mailoutbox if mail.subject.startswith("Your caseload"))
    assert digest.subject == "Your caseload this week: 1 student"
    assert "Maya Oyelaran: 3 days late" in digest.body
    assert "Dana" not in digest.body


def test_digest_comes_by_the_advisors_own_monday(student, advisor_of):
    advisor = advisor_of("Pacific/Auckland")
    actions.reconcile(at=datetime(2026, 3, 3, tzinfo=UTC))

    row = Reminder.objects.get(recipient=advisor)

    assert row.due_at == moment(date(2026, 3, 9), time(8), "Pacific/Auckland")


def test_advisor_without_a_caseload_gets_no_digest(mailoutbox):
    UserFactory(role=Role.ADVISOR)

    actions.reconcile(at=march(3))

    assert not Reminder.objects.exists()


# The registry


class Birthday(Kind):
    """What an app brings that nobody here has heard of."""

    key = "BIRTHDAY"
    label = "Birthdays"
    subject = Interview
    steps = (OnDay("DUE"), OnDay("LATE", days=2))
    words = Words("{name}", "It is the day of {name}", "Write to them.", "Write", "Write", "mail")

    def source(self, *, at):
        return Interview.objects.filter(minutes=33)

    def is_owed(self, subject, *, at):
        return subject.minutes == 33

    def dates(self, subject, recipient, *, at):
        return Dates(*[date(2026, 3, 9)] * 4)

    def url(self, owed):
        return "/"


@pytest.fixture
def birthday(monkeypatch):
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))
    kinds.register(Birthday)


def test_kind_of_another_app_is_reminded_of_without_a_change_here(birthday, student, mailoutbox):
    talk = interviews.begin(ContactFactory(student=student, name="Wen Li"), at=march(2))
    Interview.objects.update(minutes=33)
    talk.refresh_from_db()
    actions.reschedule(talk, at=march(2))

    assert [day for day in range(2, 20) if actions.drain(at=march(day))] == [9, 11]
    assert "It is the day of Wen Li" in mailoutbox[0].body


def test_row_of_a_kind_that_is_gone_is_dropped(talk, mailoutbox):
    Reminder.objects.filter(kind="THANK_YOU").update(kind="FORGOTTEN")

    assert actions.look(at=march(3)) == 0
    assert Reminder.objects.get(kind="FORGOTTEN", step="OPENS").state == State.CANCELLED


def test_two_kinds_cannot_have_one_key(birthday):
    class Another(Birthday):
        """The same key."""

    with pytest.raises(kinds.DeclaredTwice):
        kinds.register(Another)
    kinds.register(Birthday)
